import Evenhand

/// Criteria that are called penalties: above zero they would count for an entry, so nobody's words but the sheet's totals may add them.
struct PenaltyCriteria {
    private let sheet: ScoreSheet
    /// The criteria that totals of the sources add.
    private let added: Set<String>

    init(_ sheet: ScoreSheet, of sources: [Reading.Source]) {
        (self.sheet, added) = (sheet, sources.reduce(into: []) { $0.formUnion($1.addedCriteria) })
    }

    /// What has to be asked; nothing where the user named the scores, or where faults are added and the lowest is the best.
    func question(_ options: ReadingOptions, isLowerBetter: Bool) -> Question? {
        guard !isLowerBetter, options.ruleAttributes == nil, options.wideColumns.isEmpty, !options.weightsAreGiven,
            !sheet.criterionCodes.isEmpty
        else { return nil }
        let codes = sheet.criteria.indices.filter { code in
            let name = sheet.criteria[code]
            return !added.contains(name) && Claim(Header(name).words) == .deduction
        }
        // Hardly any sheet has one, so the scores are not looked at.
        guard !codes.isEmpty,
            let code = codes.first(where: { code in
                sheet.units.indices.contains { Int(sheet.criterionCodes[$0]) == code && sheet.units[$0] > 0 }
            })
        else { return nil }
        let name = sheet.criteria[code]
        let ones = sheet.criteria.map { "\($0)=1" }.joined(separator: ",")
        return Question(
            .deduction(column: name),
            answers: [
                .init(["--deduct", name], .taken(off: name)), .init(["--ignore", name], .leftOut(name)),
                .init(["--weights", ones], .shares),
            ])
    }

    /// A criterion that the user subtracts, and that no source has.
    static func unknown(in sheet: ScoreSheet, _ sources: [Reading.Source]) -> String? {
        sources.reduce(into: Set<String>()) { $0.formUnion($1.deductedCriteria) }.sorted().first { !sheet.criteria.contains($0) }
    }
}
