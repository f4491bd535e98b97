public import Evenhand

/// Names that differ by case or by spaces only: probably one and the same, and never merged without being asked.
public struct ProbableDuplicates: Sendable, Equatable {
    /// Whether they are entries, judges, heats, stages or criteria.
    public let role: ColumnRole
    /// The names, in canonical order; at least two.
    public let names: [String]

    /// Looks through the names of a sheet.
    public static func find(in sheet: ScoreSheet) -> [ProbableDuplicates] {
        let columns: [(ColumnRole, [String])] = [
            (.entry, sheet.entries), (.judge, sheet.judges), (.criterion, sheet.criteria),
            (.heat, Factor(sheet.heats.map(\.name)).levels), (.stage, Factor(sheet.heats.map(\.stage)).levels),
        ]
        return columns.flatMap { role, names -> [ProbableDuplicates] in
            let groups = Dictionary(grouping: names.indices) { NameNormalization.confusableKey(names[$0]) }
            return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
                .map { ProbableDuplicates(role: role, names: $0.map { names[$0] }) }
        }
    }
}
