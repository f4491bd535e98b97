import Evenhand
import EvenhandIO

/// What came of reading a rendering.
public enum RenderingOutcome: Sendable, Equatable {
    /// The sheet of the contest.
    case same
    /// A question with answers, by its code.
    case question(String)
    /// Another sheet, or an error that is not a question.
    case fault(String)
}

extension SheetRendering {
    /// What comes of reading the renderings of seeds, in their order.
    public static func outcomes(of seeds: Range<UInt64>) async throws -> [(rendering: SheetRendering, outcome: RenderingOutcome)] {
        try await withThrowingTaskGroup(of: [(rendering: SheetRendering, outcome: RenderingOutcome)].self) { group in
            for start in stride(from: seeds.lowerBound, to: seeds.upperBound, by: 25) {
                group.addTask {
                    try (start..<min(seeds.upperBound, start + 25)).map { seed in
                        let rendering = SheetRendering(seed: seed)
                        return (rendering, try rendering.outcome())
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.sorted { $0.rendering.seed < $1.rendering.seed }
        }
    }

    /// Reads the rendering and its contest in long form.
    public func outcome() throws -> RenderingOutcome {
        let directory = try TemporaryDirectory()
        let expected = SheetRendering.described(try ScoreSheet(contentsOf: directory.write(long, to: "long.csv")))
        do {
            let found = SheetRendering.described(try ScoreSheet(contentsOf: directory.write(bytes, to: name)))
            if found == expected { return .same }
            let (missed, added) = (Set(expected).subtracting(found), Set(found).subtracting(expected))
            return .fault(
                "missed \(missed.count): \(missed.sorted().prefix(6)), added \(added.count): \(added.sorted().prefix(6)), of \(expected.count)"
            )
        } catch let error as ScoreSheetError {
            guard case .question(let question)? = error.problems.first?.kind, !question.answers.isEmpty else {
                return .fault(
                    "error: \(error.problems.prefix(3).map { "\($0.kind) line \($0.line ?? 0) \($0.column ?? "") “\($0.text)”" })")
            }
            return .question("\(question.kind.code) \(question.kind)")
        }
    }

    /// Entry, judge, criterion and score of each score, sorted.
    private static func described(_ sheet: ScoreSheet) -> [String] {
        sheet.units.indices.map { row in
            let entry = sheet.entries[Int(sheet.performances[sheet.performance(ofRow: row)].entry)]
            let criterion = sheet.criterionCodes.isEmpty ? "" : sheet.criteria[Int(sheet.criterionCodes[row])] + "/"
            return "\(entry)/\(sheet.judges[Int(sheet.judgeCodes[row])])/\(criterion)\(NumberFormat.shortest(sheet.score(at: row)))"
        }.sorted()
    }
}
