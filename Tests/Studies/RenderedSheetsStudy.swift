import EvenhandIO
import TestSupport
import Testing

/// Some thousand contests in all layouts: how many are read at once, and how many are asked about.
@Suite(.enabled(if: Studies.areWanted)) struct RenderedSheetsStudy {
    @Test func `no contest is read as another one`() async throws {
        let outcomes = try await SheetRendering.outcomes(of: 0..<5000)
        let rows = SheetForm.allCases.map { form in
            let own = outcomes.filter { $0.rendering.form == form }.map(\.outcome)
            let codes = own.compactMap { if case .question(let text) = $0 { String(text.prefix(4)) } else { nil } }
            let asked = Dictionary(grouping: codes) { $0 }.map { "\($0) \($1.count)" }.sorted().joined(separator: ", ")
            let same = own.count { $0 == .same }
            return [form.rawValue, "\(own.count)", "\(same)", "\(codes.count)", asked, "\(own.count - same - codes.count)"]
        }
        Studies.show("Renderings", ["layout", "sheets", "read", "questions", "which", "faults"], rows)
        for (rendering, outcome) in outcomes {
            if case .fault(let fault) = outcome {
                Issue.record("seed \(rendering.seed), \(rendering.form), \(rendering.language): \(fault)\n\(rendering.text)")
            }
        }
    }
}
