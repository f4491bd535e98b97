import TestSupport
import Testing

@testable import Evenhand

/// Assignment problems whose exact optima an integer programme found (`Fixtures/plans`).
@Suite struct PlanOptimaTests {
    private struct Case {
        let name: String
        let problem: AssignmentProblem
        /// `nil` when there is no assignment.
        let optimum: Int?
    }

    private let cases: [Case]

    init() throws {
        func rows(_ path: String) throws -> [[String]] {
            try fixture(path).split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
        }
        func numbers(_ text: String) -> [Int] { text.split(separator: " ").compactMap { Int($0) } }
        let pairs = Dictionary(grouping: try rows("plans/pairs.csv")) { $0[0] }
        cases = try rows("plans/problems.csv").map { row in
            let (entries, judges) = (try #require(Int(row[1])), try #require(Int(row[2])))
            var problem = try AssignmentPlanTests.problem(entries, judges, per: try #require(Int(row[3])))
            problem.least = numbers(row[5])
            problem.most = numbers(row[6])
            if let group = Int(row[4]), group > 0 {
                problem.requirements = [PanelRequirement(name: "G", count: 1, members: (0..<judges).map { $0 < group })]
            }
            for pair in pairs[row[0]] ?? [] {
                let entry = try #require(Int(pair[1]))
                for (judge, cost) in pair[2].split(separator: " ").enumerated() {
                    if let cost = Int(cost) { problem.setCost(entry, judge, to: cost) } else { problem.forbid(entry, judge) }
                }
            }
            return Case(name: row[0], problem: problem, optimum: Int(row[7]))
        }
    }

    @Test func `costs equal those of an integer programme, with and without groups of judges`() throws {
        let solved = cases.filter { $0.optimum != nil && !$0.name.hasPrefix("keep") }
        #expect(solved.count { $0.name.hasPrefix("cost") } == 20 && solved.count { $0.name.hasPrefix("group") } >= 5)
        for found in solved {
            let plan = try AssignmentPlan(of: found.problem)
            AssignmentPlanTests.expectValid(plan, "\(found.name)")
            #expect(plan.cost == found.optimum, "\(found.name)")
        }
    }

    @Test func `an earlier plan is changed in as few pairs as an integer programme changes`() throws {
        let solved = cases.filter { $0.optimum != nil && $0.name.hasPrefix("keep") }
        #expect(solved.count >= 6 && solved.contains { $0.optimum ?? 0 > 2 })
        for found in solved { #expect(try AssignmentPlan(of: found.problem).cost == found.optimum, "\(found.name)") }
    }

    @Test func `every problem without a solution is recognised, with a cut that is too small by counting`() throws {
        let unsolved = cases.filter { $0.optimum == nil }
        #expect(unsolved.count > 10 && unsolved.contains { $0.name.hasPrefix("group") })
        for found in unsolved {
            let error = #expect(throws: PlanError.self) { try AssignmentPlan(of: found.problem) }
            guard case .infeasible(let bottleneck)? = error else {
                Issue.record("\(found.name): \(String(describing: error))")
                continue
            }
            PlanOptimaTests.expectNarrow(bottleneck, found.problem, "\(found.name)")
        }
    }

    /// Counts by hand: those who lack something need more than the other side can give them.
    static func expectNarrow(_ found: Bottleneck, _ problem: AssignmentProblem, _ comment: Comment) {
        #expect(found.needed > found.possible && found.partlyCount == 0, comment)
        let isEntries = found.kind == .entries
        let (rows, columns) = isEntries ? (problem.entries, problem.judges) : (problem.judges, problem.entries)
        let groups = problem.requirements.filter { found.groups.contains($0.name) }
        func isMeant(_ judge: Int) -> Bool { groups.isEmpty || groups.contains { $0.members[judge] } }
        func relation(_ row: Int, _ column: Int) -> AssignmentProblem.Relation {
            let (entry, judge) = isEntries ? (row, column) : (column, row)
            return isMeant(judge) ? problem.relation(entry, judge) : .conflict
        }
        let lacking = rows.indices.filter { found.lacking.contains(rows[$0]) }
        let full = columns.indices.filter { found.full.contains(columns[$0]) }
        func need(_ row: Int) -> Int {
            isEntries ? groups.isEmpty ? problem.needs[row] : groups.reduce(0) { $0 + $1.count } : problem.least[row]
        }
        var possible = full.reduce(0) { $0 + (isEntries ? problem.most[$1] ?? problem.entries.count : problem.needs[$1]) }
        for row in rows.indices {
            for column in columns.indices {
                let isFull = full.contains(column)
                if lacking.contains(row), !isFull, relation(row, column) != .conflict { possible += 1 }
                if !lacking.contains(row), isFull, relation(row, column) == .fixed { possible -= 1 }
            }
        }
        #expect(lacking.reduce(0) { $0 + need($1) } == found.needed && possible == found.possible, comment)
    }
}
