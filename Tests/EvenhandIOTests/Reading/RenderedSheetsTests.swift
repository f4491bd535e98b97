import TestSupport
import Testing

/// Whatever an organiser does with a contest, it is read as that contest or asked about.
@Suite struct RenderedSheetsTests {
    private static let outcomes = Task { try await SheetRendering.outcomes(of: 0..<300) }

    @Test(arguments: SheetForm.allCases)
    func `a contest is read from any sheet, or asked about`(form: SheetForm) async throws {
        for (rendering, outcome) in try await RenderedSheetsTests.outcomes.value where rendering.form == form {
            if case .fault(let fault) = outcome {
                Issue.record("seed \(rendering.seed), \(rendering.language): \(fault)\n\(rendering.text)")
            }
        }
    }

    @Test func `three of four sheets are read without a question`() async throws {
        let outcomes = try await RenderedSheetsTests.outcomes.value
        #expect(outcomes.count { $0.outcome == .same } * 4 >= outcomes.count * 3)
    }
}
