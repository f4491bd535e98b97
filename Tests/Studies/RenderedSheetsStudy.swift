import EvenhandIO
import TestSupport
import Testing

/// Some thousand contests in all layouts: how many are read at once, and how many are asked about.
@Suite(.enabled(if: Studies.areWanted)) struct RenderedSheetsStudy {
    @Test func `no contest is read as another one`() async throws {
        let outcomes = try await withThrowingTaskGroup(of: [(SheetRendering, RenderingOutcome)].self) { group in
            for part in 0..<50 {
                group.addTask {
                    try (0..<100).map { seed in
                        let rendering = SheetRendering(seed: UInt64(part * 100 + seed))
                        return (rendering, try rendering.outcome())
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.sorted { $0.0.seed < $1.0.seed }
        }
        let rows = SheetForm.allCases.map { form in
            let own = outcomes.filter { $0.0.form == form }.map(\.1)
            let codes = own.compactMap { if case .question(let text) = $0 { String(text.prefix(4)) } else { nil } }
            let asked = Dictionary(grouping: codes) { $0 }.map { "\($0) \($1.count)" }.sorted().joined(separator: ", ")
            let same = own.count { $0 == .same }
            return [form.rawValue, "\(own.count)", "\(same)", "\(codes.count)", asked, "\(own.count - same - codes.count)"]
        }
        Studies.show("Renderings", ["layout", "sheets", "read", "questions", "which", "faults"], rows)
        for (rendering, outcome) in outcomes {
            if case .fault(let fault) = outcome { Issue.record("seed \(rendering.seed), \(rendering.form), \(rendering.language): \(fault)\n\(rendering.text)") }
        }
    }
}
