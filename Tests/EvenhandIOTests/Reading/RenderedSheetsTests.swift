import EvenhandIO
import TestSupport
import Testing

/// Whatever an organiser does with a contest, it is read as that contest or asked about.
@Suite struct RenderedSheetsTests {
    private static let outcomes = Result {
        try (0..<300).map { seed in
            let rendering = SheetRendering(seed: UInt64(seed))
            return (rendering, try rendering.outcome())
        }
    }

    @Test(arguments: SheetForm.allCases)
    func `a contest is read from any sheet, or asked about`(form: SheetForm) throws {
        for (rendering, outcome) in try RenderedSheetsTests.outcomes.get() where rendering.form == form {
            if case .fault(let fault) = outcome { Issue.record("seed \(rendering.seed), \(rendering.language): \(fault)\n\(rendering.text)") }
        }
    }

    @Test func `three of four sheets are read without a question`() throws {
        let outcomes = try RenderedSheetsTests.outcomes.get()
        #expect(outcomes.count { $0.1 == .same } * 4 >= outcomes.count * 3)
    }
}
