/// A design as seats: for each entry its judges, and the heat in which each of them scores it.
package struct SeatPlan: Sendable, Equatable {
    /// How a design is laid out.
    package enum Kind: String, Sendable, CaseIterable {
        /// The plan itself.
        case plan
        /// The plan with one judge fewer for each entry.
        case fewer
        /// The plan with one judge more for each entry.
        case more
        /// Heats with panels that share nobody.
        case heats
        /// Heats in a row, each panel with one judge of the next.
        case chain
        /// Disjoint heats and a few entries that all panels score; some others have a judge less.
        case anchors
        /// Each entry before the next judges on a circle.
        case rotation
        /// Every entry before the same judges, as many as an entry has in the plan.
        case crossing

        /// Whether it has as many scores as the plan.
        package var isAsLarge: Bool { self != .fewer && self != .more }
    }

    /// A judge and the heat; -1 without heats.
    struct Seat: Sendable, Equatable {
        let judge, heat: Int
    }

    /// How it is laid out.
    package let kind: Kind
    let seats: [[Seat]]
    let judgeCount: Int
    let heatCount: Int
    /// Whether the entries and judges of a contest can take its positions without a broken conflict or limit.
    package internal(set) var isFeasible = true

    /// How many scores it has.
    package var scoreCount: Int { seats.reduce(0) { $0 + $1.count } }
    /// The most entries of a judge.
    package var mostLoad: Int {
        DesignEfficiency.loads(of: seats.map { Array(Set($0.map(\.judge))) }, judgeCount: judgeCount).max() ?? 0
    }

    /// Its seats under names, as `ContestDesign` takes a plan.
    package func named(entry: (Int) -> String, judge: (Int) -> String) -> [(entry: String, judge: String, heat: String?)] {
        seats.enumerated().flatMap { position, seats in
            seats.map { (entry(position), judge($0.judge), $0.heat < 0 ? nil : "H\(1000 + $0.heat)") }
        }
    }

    init(_ kind: Kind, panels: [[Int]], judgeCount: Int) {
        self.kind = kind
        seats = panels.map { $0.map { Seat(judge: $0, heat: -1) } }
        (self.judgeCount, heatCount) = (judgeCount, 0)
    }

    /// A plan.
    package init(_ review: PlanReview) { self.init(.plan, review) }

    private init(_ kind: Kind, _ review: PlanReview) {
        self.kind = kind
        seats = review.panels.enumerated().map { entry, panel in
            panel.map { Seat(judge: $0, heat: review.heat(PlanReview.Pair(entry: entry, judge: $0)) ?? -1) }
        }
        (judgeCount, heatCount) = (review.problem.judges.count, review.division?.panels.count ?? 0)
    }

    /// A plan, the same with one judge fewer and one more for each entry where that is possible, and the usual alternatives.
    ///
    /// - Parameter seed: the seed of the plan.
    package static func comparison(_ review: PlanReview, seed: UInt64) -> [SeatPlan] {
        let problem = review.problem
        let perEntry = review.seats.count / max(problem.entries.count, 1)
        let others = alternatives(entryCount: problem.entries.count, judgeCount: problem.judges.count, perEntry: perEntry)
        return [SeatPlan(review)]
            + [SeatPlan(.fewer, of: problem, seed: seed), SeatPlan(.more, of: problem, seed: seed)].compactMap(\.self)
            + others.map { plan in
                var plan = plan
                plan.isFeasible = plan.canBeSeated(problem, seed: seed)
                return plan
            }
    }

    /// The usual alternatives for as many entries, judges and scores; without those that need more judges or entries.
    package static func alternatives(entryCount: Int, judgeCount: Int, perEntry: Int) -> [SeatPlan] {
        [Kind.heats, .chain, .anchors, .rotation, .crossing].compactMap {
            SeatPlan($0, entryCount: entryCount, judgeCount: judgeCount, perEntry: perEntry)
        }
    }

    /// An assignment with a judge more or fewer for each entry but the anchors, in the same heats or else without exchanges; `nil` when
    /// there is none.
    private init?(_ kind: Kind, of problem: AssignmentProblem, seed: UInt64) {
        var problem = problem
        for entry in problem.entries.indices where !problem.anchors.contains(entry) {
            problem.setNeed(of: entry, to: problem.needs[entry] + (kind == .more ? 1 : -1))
            guard problem.needs[entry] >= max(1, problem.fixedJudges(of: entry).count) else { return nil }
        }
        if let schedule = problem.schedule {
            guard let seating = problem.seating(schedule, seed: seed), seating.faults == 0 else { return nil }
            self.init(kind, PlanReview(of: AssignmentPlan(problem, division: seating.division, seed: seed)))
            return
        }
        guard let limits = problem.limits(), let panels = try? AssignmentFlow(of: problem, limits: limits, seed: seed).panels() else {
            return nil
        }
        var connection = PlanConnection(problem, panels: panels, limits: limits, seed: seed)
        connection.join(keepingLoads: true)
        self.init(kind, panels: connection.panels, judgeCount: problem.judges.count)
    }

    private init?(_ kind: Kind, entryCount: Int, judgeCount: Int, perEntry: Int) {
        guard (1..<judgeCount).contains(perEntry) else { return nil }
        switch kind {
        case .rotation:
            self.init(
                kind, panels: (0..<entryCount).map { entry in (0..<perEntry).map { (entry + $0) % judgeCount } }, judgeCount: judgeCount)
        case .crossing: self.init(kind, panels: Array(repeating: Array(0..<perEntry), count: entryCount), judgeCount: judgeCount)
        default: self.init(heats: kind, entryCount: entryCount, judgeCount: judgeCount, perEntry: perEntry)
        }
    }

    private init?(heats kind: Kind, entryCount: Int, judgeCount: Int, perEntry: Int) {
        let step = kind == .chain ? perEntry - 1 : perEntry
        guard step > 0 else { return nil }
        let count = min(kind == .chain ? (judgeCount - 1) / step : judgeCount / step, entryCount)
        guard count > 1 else { return nil }
        (self.kind, self.judgeCount, heatCount) = (kind, judgeCount, count)
        func panel(_ heat: Int) -> [Seat] { (0..<perEntry).map { Seat(judge: heat * step + $0, heat: heat) } }
        let anchorCount = kind == .anchors ? min(4, entryCount / (count * perEntry - perEntry + 1)) : 0
        guard kind != .anchors || anchorCount > 0 && perEntry > 1 else { return nil }
        let rest = entryCount - anchorCount
        // As many entries lose a judge as anchors have scores more.
        let lost = anchorCount * (count * perEntry - perEntry)
        seats =
            (0..<anchorCount).map { _ in (0..<count).flatMap(panel) }
            + (0..<rest).map { entry in
                var seats = panel(entry * count / rest)
                if (entry + 1) * lost / rest > entry * lost / rest { seats.remove(at: entry % perEntry) }
                return seats
            }
    }
}
