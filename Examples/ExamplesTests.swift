import Foundation
import TestSupport
import Testing

@Suite struct ExamplesTests {
    private static func data(_ name: String) -> String { CommandRun.root.appending(path: "Data/\(name)").path }

    @Test func `a sheet is ranked`() throws {
        let lines = try rankASheet(at: Self.data("quickstart.csv"))
        #expect(lines.first == "项目B: 1.0 by z-scores, 1.0 by the trimmed mean" && lines.count == 6)
    }

    @Test func `a severe judge is found`() throws {
        var scores: [(entry: String, judge: String, points: Double)] = []
        for entry in 0..<12 {
            for (judge, name) in ["Li", "Wu", "Kim", "Ann"].enumerated() {
                let noise = (entry * (judge + 3)) % 5
                scores.append((entry: "E\(entry)", judge: name, points: Double(60 + 2 * entry + noise - (judge == 2 ? 6 : 0))))
            }
        }
        let lines = try findSevereJudges(in: scores)
        #expect(lines.count == 1 && lines[0].hasPrefix("Kim scores "), "\(lines)")
    }

    @Test func `the cut of a final is checked`() throws {
        let lines = try checkTheCut(of: Self.data("zhejiang-2022/scores.csv"), places: 10)
        #expect(
            lines == [
                "P028 is in with probability 0.7", "P072 is in with probability 0.36", "P049 is in with probability 0.38",
                "P066 is in with probability 0.46",
            ], "\(lines)")
    }
}
