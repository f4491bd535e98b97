/// Judges of whom every entry, or every heat, needs some: `field=投资人:1`.
package struct PanelRequirement: Sendable, Equatable {
    /// What is asked for, as it was written: `field=投资人`.
    package let name: String
    /// How many of them at least.
    package var count: Int
    /// For each judge whether they are meant.
    package let members: [Bool]

    /// A requirement.
    package init(name: String, count: Int, members: [Bool]) { (self.name, self.count, self.members) = (name, count, members) }

    /// How many fewer a panel has than it needs.
    func lack(in panel: some Sequence<Int>) -> Int { max(0, count - panel.reduce(0) { $0 + (members[$1] ? 1 : 0) }) }
}

/// The rows of the network of entries and judges: one for each entry. Where panels have to include judges of some groups, the first row of
/// an entry may choose among all judges, and passes what it needs on to one row for each group and one for the other judges.
struct DemandRows {
    /// How many scores each row needs beside those that are fixed.
    private(set) var supply: [Int] = []
    /// The row that passes on to this one; -1 without.
    private(set) var parent: [Int] = []
    /// Rows of one entry.
    let stride: Int
    private let groupOfJudge: [Int]

    init(_ problem: AssignmentProblem) {
        let groups = problem.requirements
        stride = groups.isEmpty ? 1 : groups.count + 2
        groupOfJudge = problem.judges.indices.map { judge in groups.firstIndex { $0.members[judge] } ?? groups.count }
        for entry in problem.entries.indices {
            let fixed = problem.fixedJudges(of: entry)
            var rest = problem.needs[entry] - fixed.count
            guard stride > 1 else {
                supply.append(max(rest, 0))
                parent.append(-1)
                continue
            }
            let lacks = groups.map { $0.lack(in: fixed) }
            rest -= lacks.reduce(0, +)
            supply += [max(rest, 0)] + lacks + [0]
            parent += [-1] + Array(repeating: entry * stride, count: stride - 1)
        }
    }

    /// The row of an entry from which a judge is reached.
    func row(_ entry: Int, _ judge: Int) -> Int { stride == 1 ? entry : entry * stride + 1 + groupOfJudge[judge] }
}
