/// Judges in blocks: those who depend on each other so much that their parameters are factored together.
///
/// Judges are coupled through the entries that they share. With n entries each before k judges drawn at random, a judge's coupling with any
/// other is of the order of 1/(n k), and hardly matters; the judges of a panel that scores the same entries are coupled by 1/(k − 1).
/// So judges are joined from the strongest coupling down, as long as it is strong and the block stays small. A subset that fits into a
/// block is one.
struct JudgeBlocks: Sendable {
    /// The judges of each block, ascending.
    let members: [[Int]]
    let blockOfJudge: [Int]
    /// The position of each judge in the block.
    let positionInBlock: [Int]
    /// For each block of several judges, the meetings of entries that met two of them or more, entry after entry.
    let groups: [Groups]
    /// Where the elements of each block's matrix begin, for one row and for three rows for each judge; the last is the number of all.
    let starts: (single: [Int], triple: [Int])
    /// The subsets that are larger than a block, when there are several subsets.
    let pins: [[Int]]
    /// Whether each block is a whole subset of several.
    let isSubset: [Bool]
    /// Whether each judge's block has other judges.
    let isShared: [Bool]

    /// Meetings in groups.
    struct Groups: Sendable {
        var entries: [Int32] = []
        var starts: [Int] = [0]
        var meetings: [Int32] = []
    }

    /// How strongly judges of a subset are held to the mean scale of their subset, when there are several subsets: the mean has this
    /// many times the precision that the population gives it.
    static let subsetGrip = 1e4
    /// Judges of a block at most: the work on it grows with the cube.
    static let mostJudges = 32
    /// Below this, a coupling's square is left to the iterations.
    static let leastCoupling = 0.1
    /// Entries that met more judges couple none of them much.
    private static let mostCoupled = 64

    /// Whether judges of different blocks never meet the same entry: nothing is left out.
    let isWhole: Bool

    init(_ design: CalibratedScores, most: Int = JudgeBlocks.mostJudges) {
        var union = Union(count: design.judgeCount, most: most)
        if design.judgeCount <= most { for judge in 1..<max(1, design.judgeCount) where design.subsets.isEmpty { union.join(0, judge) } }
        for subset in design.subsets where subset.count <= most { for judge in subset { union.join(subset[0], judge) } }
        for (a, b) in JudgeBlocks.couplings(design, most: most) { union.join(a, b) }
        let members = union.members
        var (block, position) = ([Int](repeating: 0, count: design.judgeCount), [Int](repeating: 0, count: design.judgeCount))
        for (index, judges) in members.enumerated() {
            for (at, judge) in judges.enumerated() { (block[judge], position[judge]) = (index, at) }
        }
        (self.members, blockOfJudge, positionInBlock) = (members, block, position)
        starts = (
            members.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count * $1.count) },
            members.reduce(into: [0]) { $0.append($0[$0.count - 1] + 9 * $1.count * $1.count) }
        )
        groups = JudgeBlocks.groups(design, members, block)
        var whole = [Bool](repeating: false, count: members.count)
        for subset in design.subsets where members[block[subset[0]]].count == subset.count { whole[block[subset[0]]] = true }
        isSubset = whole
        isShared = block.map { members[$0].count > 1 }
        pins = design.subsets.filter { !whole[block[$0[0]]] }
        isWhole = pins.isEmpty && members.count == max(1, design.subsets.count)
    }

    /// The diagonal of matrices with a row for each judge of a block.
    func diagonal(of values: [Double]) -> [Double] {
        blockOfJudge.indices.map { values[starts.single[blockOfJudge[$0]] + positionInBlock[$0] * (members[blockOfJudge[$0]].count + 1)] }
    }

    /// Says where a judge is among others.
    func position(_ judge: Int, in factor: inout JudgeFactor) {
        let (block, position) = (blockOfJudge[judge], positionInBlock[judge])
        guard members[block].count > 1 else { return }
        (factor.block, factor.position) = (Int32(block), Int32(position))
        factor.row = Int32(starts.single[block] + position * members[block].count)
    }

    /// Pairs of strongly coupled judges, the strongest first.
    private static func couplings(_ design: CalibratedScores, most: Int) -> [(Int, Int)] {
        guard most > 1 else { return [] }
        let counts = design.sums { _ in 1 }
        var (starts, entries) = ([0], [Int32](repeating: 0, count: design.judges.count))
        for count in counts { starts.append(starts[starts.count - 1] + Int(count)) }
        var (next, sizes) = (starts, [Double](repeating: 0, count: design.judgeCount))
        for entry in 0..<design.entryCount {
            let range = design.starts[entry]..<design.starts[entry + 1]
            for meeting in range {
                let judge = design.judges[meeting]
                entries[next[judge]] = Int32(entry)
                next[judge] += 1
                sizes[judge] += 1 - 1 / Double(range.count)
            }
        }
        let found = Parallel.map(16, size: design.judges.count) { [starts, entries, sizes] piece in
            var (pairs, touched) = ([(Double, Int, Int)](), [Int]())
            var shared = [Double](repeating: 0, count: design.judgeCount)
            for judge in design.judgeCount * piece / 16..<design.judgeCount * (piece + 1) / 16 {
                for index in starts[judge]..<starts[judge + 1] {
                    let entry = Int(entries[index])
                    let range = design.starts[entry]..<design.starts[entry + 1]
                    guard range.count <= mostCoupled else { continue }
                    for other in design.judges[range] where other > judge {
                        if shared[other] == 0 { touched.append(other) }
                        shared[other] += 1 / Double(range.count)
                    }
                }
                for other in touched {
                    let coupling = shared[other] / (sizes[judge] * sizes[other]).squareRoot()
                    if coupling > leastCoupling { pairs.append((coupling, judge, other)) }
                    shared[other] = 0
                }
                touched.removeAll(keepingCapacity: true)
            }
            return pairs
        }
        return found.flatMap(\.self).sorted { ($1.0, $0.1, $0.2) < ($0.0, $1.1, $1.2) }.map { ($0.1, $0.2) }
    }

    private static func groups(_ design: CalibratedScores, _ members: [[Int]], _ block: [Int]) -> [Groups] {
        var groups = [Groups](repeating: Groups(), count: members.count)
        guard members.count < design.judgeCount else { return groups }
        for entry in 0..<design.entryCount {
            let meetings = (design.starts[entry]..<design.starts[entry + 1]).filter { members[block[design.judges[$0]]].count > 1 }
            for (at, meeting) in meetings.enumerated() {
                let own = block[design.judges[meeting]]
                // A group is added at the first of its meetings.
                guard !meetings[..<at].contains(where: { block[design.judges[$0]] == own }) else { continue }
                let all = meetings[at...].filter { block[design.judges[$0]] == own }
                guard all.count > 1 else { continue }
                groups[own].entries.append(Int32(entry))
                groups[own].meetings += all.map { Int32($0) }
                groups[own].starts.append(groups[own].meetings.count)
            }
        }
        return groups
    }
}

/// Disjoint sets of limited size.
private struct Union {
    private var parents: [Int]
    private var sizes: [Int]
    private let most: Int

    init(count: Int, most: Int) { (parents, sizes, self.most) = (Array(0..<count), [Int](repeating: 1, count: count), most) }

    private mutating func root(_ judge: Int) -> Int {
        var judge = judge
        while parents[judge] != judge {
            parents[judge] = parents[parents[judge]]
            judge = parents[judge]
        }
        return judge
    }

    mutating func join(_ a: Int, _ b: Int) {
        let (first, second) = (min(root(a), root(b)), max(root(a), root(b)))
        guard first != second, sizes[first] + sizes[second] <= most else { return }
        parents[second] = first
        sizes[first] += sizes[second]
    }

    /// The sets, in the order of their first members.
    var members: [[Int]] {
        var copy = self
        var members = [[Int]](repeating: [], count: parents.count)
        for judge in parents.indices { members[copy.root(judge)].append(judge) }
        return members.filter { !$0.isEmpty }
    }
}
