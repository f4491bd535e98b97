import Evenhand
import EvenhandIO
import EvenhandReports

/// The lists that a plan is made from, and the problem that they pose.
struct PlanInput {
    private(set) var problem: AssignmentProblem
    /// Names in the files of pairs that are in neither list.
    private(set) var strangers: [PlanStrangers] = []
    /// The pairs of an earlier plan, as places in a table of all.
    private var earlier: Set<Int>?
    private let entryPlaces: [String: Int]
    private let judgePlaces: [String: Int]

    init(_ options: PlanOptions) throws {
        let entries = try Contestants(contentsOf: options.entries, of: .entry)
        let judges = try Contestants(contentsOf: options.judges, of: .judge)
        problem = try AssignmentProblem(entries: entries.names, judges: judges.names, perEntry: options.perEntry ?? 0)
        entryPlaces = Dictionary(uniqueKeysWithValues: problem.entries.enumerated().map { ($1, $0) })
        judgePlaces = Dictionary(uniqueKeysWithValues: problem.judges.enumerated().map { ($1, $0) })
        problem.most = try limits("max_load", of: judges, else: options.maxLoad)
        problem.least = try limits("min_load", of: judges, else: options.minLoad).map { $0 ?? 0 }
        for column in options.conflictColumns { try addConflicts(by: column, entries, judges) }
        for path in options.conflicts {
            for pair in try places(PairFile(contentsOf: path)) { problem.forbid(pair.entry, pair.judge) }
        }
        for path in options.must {
            for (entry, judges) in try panels(of: path).enumerated() { for judge in judges { try problem.fix(entry, judge) } }
        }
        if let anchors = options.anchors { try problem.addAnchors(anchors, seed: options.seed) }
        try addCosts(options)
    }

    /// What it costs to leave out a preferred pair, or a pair of an earlier plan, which counts for more than all preferences.
    private mutating func addCosts(_ options: PlanOptions) throws {
        guard options.prefer != nil || options.keep != nil else { return }
        let count = problem.judges.count
        var weights = [Double](repeating: 0, count: problem.entries.count * count)
        if let path = options.prefer {
            let file = try PairFile(contentsOf: path)
            for pair in file.pairs {
                guard let weight = pair.weight.isEmpty ? 1 : Double(pair.weight), weight.magnitude <= 1000 else {
                    throw PlanError.notAWeight(pair.weight, file: path)
                }
                if let entry = entryPlaces[pair.entry], let judge = judgePlaces[pair.judge] { weights[entry * count + judge] = weight }
            }
            _ = places(file)
        }
        // In hundredths, from the best pair down.
        let best = weights.max() ?? 0
        var costs = weights.map { Int(((best - $0) * 100).rounded()) }
        if let path = options.keep {
            let whole = 1 + problem.scoreCount * (costs.max() ?? 0)
            let kept = Set(keptPairs(in: try PairFile(contentsOf: path)))
            for place in costs.indices where !kept.contains(place) { costs[place] += whole }
            earlier = kept
        }
        for (place, cost) in costs.enumerated() { problem.setCost(place / count, place % count, to: cost) }
    }

    /// The pairs of an earlier plan whose entry and judge are still there, as places in a table of all.
    private func keptPairs(in file: PairFile) -> [Int] {
        file.pairs.compactMap { pair in
            guard let entry = entryPlaces[pair.entry], let judge = judgePlaces[pair.judge] else { return nil }
            return entry * problem.judges.count + judge
        }
    }

    /// How many pairs of the earlier plan a plan has, and of how many that are still possible; `nil` without an earlier one.
    func kept(in review: PlanReview) -> (count: Int, of: Int)? {
        guard let earlier else { return nil }
        return (review.seats.count { earlier.contains($0.entry * problem.judges.count + $0.judge) }, earlier.count)
    }

    /// The numbers in a column of the judges, and the same number for those without.
    private func limits(_ column: String, of judges: Contestants, else usual: Int?) throws -> [Int?] {
        guard let cells = judges.attribute(column) else { return judges.names.map { _ in usual } }
        return try zip(judges.names, cells).map { name, text in
            guard let text else { return usual }
            guard let number = Int(text), (0...1_000_000).contains(number) else {
                throw PlanError.notACount(name: name, column: column, text: text)
            }
            return number
        }
    }

    private mutating func addConflicts(by column: String, _ entries: Contestants, _ judges: Contestants) throws {
        func values(_ list: Contestants) throws -> [String?] {
            guard let values = list.attribute(column) else {
                throw PlanError.unknownAttribute(column, file: list.path, known: list.attributes.map(\.name))
            }
            return values
        }
        let judgeValues = try values(judges)
        for (entry, value) in try values(entries).enumerated() where value != nil {
            for judge in judgeValues.indices where judgeValues[judge] == value { problem.forbid(entry, judge) }
        }
    }

    /// The pairs of a file by place; names that are in neither list are kept for a warning.
    private mutating func places(_ file: PairFile) -> [(entry: Int, judge: Int)] {
        var unknown: [String] = []
        let pairs = file.pairs.compactMap { pair -> (entry: Int, judge: Int)? in
            let (entry, judge) = (entryPlaces[pair.entry], judgePlaces[pair.judge])
            unknown += (entry == nil ? [pair.entry] : []) + (judge == nil ? [pair.judge] : [])
            guard let entry, let judge else { return nil }
            return (entry, judge)
        }
        if !unknown.isEmpty { strangers.append(PlanStrangers(file: file.path, names: unknown)) }
        return pairs
    }

    /// The plan in a file: for each entry its judges.
    func panels(of path: String) throws -> [[Int]] {
        var panels = problem.entries.map { _ in [Int]() }
        for pair in try PairFile(contentsOf: path).pairs {
            guard let entry = entryPlaces[pair.entry] else { throw PlanError.unknownName(pair.entry, file: path) }
            guard let judge = judgePlaces[pair.judge] else { throw PlanError.unknownName(pair.judge, file: path) }
            panels[entry].append(judge)
        }
        return panels
    }
}
