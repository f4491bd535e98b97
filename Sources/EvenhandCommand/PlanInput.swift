import Evenhand
import EvenhandIO
import EvenhandReports

/// The lists that a plan is made from, and the problem that they pose.
struct PlanInput {
    private(set) var problem: AssignmentProblem
    /// Names in the files of pairs that are in neither list.
    private(set) var strangers: [PlanStrangers] = []
    /// The pairs of an earlier plan, as indices in a table of all.
    private var earlier: Set<Int>?
    /// The pairs whose values match, as indices in a table of all, and whether that was asked.
    private var matching: Set<Int> = []
    private let hasMatch: Bool
    private let entryPositions: [String: Int]
    private let judgePositions: [String: Int]

    init(_ options: PlanOptions) throws {
        let entries = try Contestants(contentsOf: options.entries, of: .entry)
        let judges = try Contestants(contentsOf: options.judges, of: .judge)
        problem = try AssignmentProblem(entries: entries.names, judges: judges.names, perEntry: options.perEntry ?? 0)
        hasMatch = options.match != nil
        entryPositions = Dictionary(uniqueKeysWithValues: problem.entries.enumerated().map { ($1, $0) })
        judgePositions = Dictionary(uniqueKeysWithValues: problem.judges.enumerated().map { ($1, $0) })
        problem.most = try limits("max_load", of: judges, else: options.maxLoad)
        problem.least = try limits("min_load", of: judges, else: options.minLoad).map { $0 ?? 0 }
        for column in options.conflictColumns { try addConflicts(by: column, entries, judges) }
        for path in options.conflicts {
            for pair in try positions(PairFile(contentsOf: path)) { problem.forbid(pair.entry, pair.judge) }
        }
        for path in options.must {
            for (entry, judges) in try plan(in: path).panels.enumerated() { for judge in judges { try problem.fix(entry, judge) } }
        }
        if let anchors = options.anchors { try problem.addAnchors(anchors, seed: options.seed) }
        problem.spares = options.spares ?? 0
        problem.requirements = try options.groups.compactMap(\.self).map { try requirement($0.column, $0.value, $0.count, judges) }
        if options.heats != nil { problem.schedule = try schedule(options, entries, judges) }
        try addCosts(options, entries, judges)
    }

    /// What it costs to leave out a preferred pair, or a pair of an earlier plan, which counts for more than all preferences.
    private mutating func addCosts(_ options: PlanOptions, _ entries: Contestants, _ judges: Contestants) throws {
        guard options.prefer != nil || options.keep != nil || options.match != nil else { return }
        let count = problem.judges.count
        var weights = [Double](repeating: 0, count: problem.entries.count * count)
        if let path = options.prefer {
            let file = try PairFile(contentsOf: path)
            for pair in file.pairs {
                guard let weight = pair.weight.isEmpty ? 1 : Double(pair.weight), weight.magnitude <= 1000 else {
                    throw PlanError.notAWeight(pair.weight, file: path)
                }
                if let entry = entryPositions[pair.entry], let judge = judgePositions[pair.judge] {
                    weights[entry * count + judge] = weight
                }
            }
            _ = positions(file)
        }
        for pair in options.matches.compactMap(\.self) {
            let own = try PlanInput.values(pair.entries, of: entries, for: "--match")
            let theirs = try PlanInput.values(pair.judges, of: judges, for: "--match")
            guard own.contains(where: { $0 != nil && theirs.contains($0) }) else {
                throw PlanError.noMatch(entries: pair.entries, judges: pair.judges)
            }
            for (entry, value) in own.enumerated() where value != nil {
                for judge in theirs.indices where theirs[judge] == value {
                    weights[entry * count + judge] += 1
                    matching.insert(entry * count + judge)
                }
            }
        }
        // In hundredths, from the best pair down.
        let best = weights.max() ?? 0
        var costs = weights.map { Int(((best - $0) * 100).rounded()) }
        if let path = options.keep {
            problem.keepCost = 1 + problem.scoreCount * (costs.max() ?? 0)
            let file = try PairFile(contentsOf: path)
            let kept = Set(keptPairs(in: file))
            for position in costs.indices where !kept.contains(position) { costs[position] += problem.keepCost }
            earlier = kept
            if let heats = problem.schedule?.sizes.count {
                let plan = try self.plan(file, heats: heats, ignoringStrangers: true)
                problem.schedule?.earlier = plan.heatOfEntry.map { heatOf in
                    HeatDivision(
                        heatOfEntry: heatOf,
                        panels: (0..<heats).map { heat in
                            Array(Set(heatOf.indices.filter { heatOf[$0] == heat }.flatMap { plan.panels[$0] }))
                        }, spares: [])
                }
            }
        }
        for (position, cost) in costs.enumerated() { problem.setCost(position / count, position % count, to: cost) }
    }

    /// The pairs of an earlier plan whose entry and judge are still there, as indices in a table of all.
    private func keptPairs(in file: PairFile) -> [Int] {
        file.pairs.filter { !$0.isSpare }.compactMap { pair in
            guard let entry = entryPositions[pair.entry], let judge = judgePositions[pair.judge] else { return nil }
            return entry * problem.judges.count + judge
        }
    }

    /// How many scores come from a judge whose values match those of the entry; `nil` without --match.
    func matched(in review: PlanReview) -> Int? {
        hasMatch ? review.seats.count { matching.contains($0.entry * problem.judges.count + $0.judge) } : nil
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
        let judgeValues = try PlanInput.values(column, of: judges, for: "--conflict-by")
        for (entry, value) in try PlanInput.values(column, of: entries, for: "--conflict-by").enumerated() where value != nil {
            for judge in judgeValues.indices where judgeValues[judge] == value { problem.forbid(entry, judge) }
        }
    }

    /// The values of a column that an option names.
    static func values(_ column: String, of list: Contestants, for option: String) throws -> [String?] {
        guard let values = list.attribute(column) else {
            throw PlanError.unknownAttribute(column, option: option, file: list.path, known: list.attributes.map(\.name))
        }
        return values
    }

    /// The pairs of a file by index; names that are in neither list are kept for a warning.
    private mutating func positions(_ file: PairFile) -> [(entry: Int, judge: Int)] {
        var unknown: [String] = []
        let pairs = file.pairs.compactMap { pair -> (entry: Int, judge: Int)? in
            let (entry, judge) = (entryPositions[pair.entry], judgePositions[pair.judge])
            unknown += (entry == nil ? [pair.entry] : []) + (judge == nil ? [pair.judge] : [])
            guard let entry, let judge else { return nil }
            return (entry, judge)
        }
        if !unknown.isEmpty { strangers.append(PlanStrangers(file: file.path, names: unknown)) }
        return pairs
    }

    /// A plan in a file: for each entry its judges, those who stand by, and its heat, where the file says that of all.
    struct Plan {
        var panels, spares: [[Int]]
        var heatOfEntry: [Int?]?
    }

    /// The plan in a file.
    ///
    /// - Parameter heats: how many heats there are; without them what the file says of heats does not count.
    func plan(in path: String, heats: Int? = nil) throws -> Plan {
        try plan(PairFile(contentsOf: path), heats: heats, ignoringStrangers: false)
    }

    private func plan(_ file: PairFile, heats: Int?, ignoringStrangers: Bool) throws -> Plan {
        var plan = Plan(panels: problem.entries.map { _ in [] }, spares: problem.entries.map { _ in [] })
        var heatsOfEntry = problem.entries.map { _ in Set<Int>() }
        for pair in file.pairs {
            guard let entry = entryPositions[pair.entry], let judge = judgePositions[pair.judge] else {
                if ignoringStrangers { continue }
                throw PlanError.unknownName(entryPositions[pair.entry] == nil ? pair.entry : pair.judge, file: file.path)
            }
            if pair.isSpare { plan.spares[entry].append(judge) } else { plan.panels[entry].append(judge) }
            if let heats, !pair.heat.isEmpty {
                heatsOfEntry[entry].insert(try HeatList.heat(pair.heat, of: pair.entry, in: "heat", heats: heats))
            }
        }
        // An entry of several heats is an anchor.
        if heatsOfEntry.contains(where: { !$0.isEmpty }) { plan.heatOfEntry = heatsOfEntry.map { $0.count == 1 ? $0.first : nil } }
        return plan
    }
}
