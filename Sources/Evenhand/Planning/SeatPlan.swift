/// A design as seats: for each entry its judges, and the heat in which each of them scores it.
package struct SeatPlan: Sendable, Equatable {
    /// How a design is laid out.
    package enum Kind: String, Sendable, CaseIterable {
        /// The plan itself.
        case plan
        /// Heats with panels that share nobody.
        case heats
        /// Heats in a row, each panel with one judge of the next.
        case chain
        /// Disjoint heats and a few entries that all panels score; some others have a judge less.
        case anchors
        /// Each entry before the next judges on a circle.
        case rotation
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

    /// How many scores it has.
    package var scoreCount: Int { seats.reduce(0) { $0 + $1.count } }

    /// A plan.
    package init(_ review: PlanReview) {
        kind = .plan
        seats = review.panels.enumerated().map { entry, panel in
            panel.map { Seat(judge: $0, heat: review.heat(PlanReview.Pair(entry: entry, judge: $0)) ?? -1) }
        }
        (judgeCount, heatCount) = (review.problem.judges.count, review.division?.panels.count ?? 0)
    }

    /// The usual alternatives for as many entries, judges and scores; without those that need more judges or entries.
    package static func alternatives(entryCount: Int, judgeCount: Int, perEntry: Int) -> [SeatPlan] {
        [Kind.heats, .chain, .anchors, .rotation].compactMap {
            SeatPlan($0, entryCount: entryCount, judgeCount: judgeCount, perEntry: perEntry)
        }
    }

    private init?(_ kind: Kind, entryCount: Int, judgeCount: Int, perEntry: Int) {
        guard (1..<judgeCount).contains(perEntry) else { return nil }
        self.kind = kind
        self.judgeCount = judgeCount
        if kind == .rotation {
            heatCount = 0
            seats = (0..<entryCount).map { entry in (0..<perEntry).map { Seat(judge: (entry + $0) % judgeCount, heat: -1) } }
            return
        }
        let step = kind == .chain ? perEntry - 1 : perEntry
        guard step > 0 else { return nil }
        let count = min(kind == .chain ? (judgeCount - 1) / step : judgeCount / step, entryCount)
        guard count > 1 else { return nil }
        heatCount = count
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
