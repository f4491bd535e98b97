/// Divides entries and judges into heats: first until every demand is kept (simulated annealing), then by changes that lose nothing.
///
/// What comes first is not given up for what follows: pairs of an earlier plan, one connected design, preferences, even loads, and the
/// average efficiency factor.
struct HeatSearch {
    private(set) var seating: HeatSeating
    private let problem: AssignmentProblem
    private let schedule: HeatSchedule
    private var stream: RandomStream

    /// How often the search begins anew, and how often as long as some demand is not kept.
    private static let usualAttempts = 6, mostAttempts = 24
    /// Steps of the annealing, and more for each seat.
    private static let fewestSteps = 4000, stepsPerSeat = 300
    /// Looks at changes in the improvement for each seat, and the multiplications that efficiency factors may take in it.
    private static let improvementsPerSeat = 400, mostWork = 300_000_000
    /// From all to almost none of the changes for the worse.
    private static let temperatures = (first: 2.0, last: 0.02)

    /// - Precondition: every heat has as many judges who can be present as a panel and its spares need.
    private init(_ problem: AssignmentProblem, _ schedule: HeatSchedule, panelSize: Int, earlier: HeatDivision?, seed: UInt64) {
        (self.problem, self.schedule) = (problem, schedule)
        stream = RandomStream(seed: seed, stream: PlanStream.flow.rawValue)
        let seats = panelSize + problem.spares
        var heatOf = schedule.heatOfEntry
        var room = schedule.sizes
        for heat in heatOf.compactMap(\.self) { room[heat] -= 1 }
        let free = stream.shuffled(problem.entries.indices.filter { heatOf[$0] == nil && !problem.anchors.contains($0) })
        var rest: [Int] = []
        for entry in free {
            if let heat = earlier?.heatOfEntry[entry], room.indices.contains(heat), room[heat] > 0 {
                heatOf[entry] = heat
                room[heat] -= 1
            } else {
                rest.append(entry)
            }
        }
        let slots = room.indices.flatMap { Array(repeating: $0, count: max(room[$0], 0)) }
        for (entry, heat) in zip(rest, slots) { heatOf[entry] = heat }
        var panels: [[Int]] = []
        for heat in schedule.sizes.indices {
            let kept = earlier.flatMap { $0.panels.indices.contains(heat) ? $0.panels[heat] : nil } ?? []
            let present = problem.judges.indices.filter { schedule.isPresent($0, at: heat) }
            let others = stream.shuffled(present.filter { !kept.contains($0) })
            panels.append(Array((kept.filter(present.contains) + others).prefix(seats)))
        }
        seating = HeatSeating(problem, schedule, panelSize: panelSize, heatOf: heatOf, panels: panels)
    }

    /// The best division of a few searches, whether or not it keeps every demand.
    static func best(
        _ problem: AssignmentProblem, _ schedule: HeatSchedule, panelSize: Int, seed: UInt64
    ) -> HeatSeating {
        let earlier = schedule.earlier
        var best: HeatSearch?
        for attempt in 0..<mostAttempts {
            var search = HeatSearch(problem, schedule, panelSize: panelSize, earlier: earlier, seed: seed &+ UInt64(attempt))
            search.anneal(from: earlier != nil && attempt == 0 ? 0.2 : temperatures.first)
            if search.seating.faults == 0 { search.improve() }
            if best.map({ search.order.precedes($0.order) }) ?? true { best = search }
            guard let best, best.seating.faults == 0 else { continue }
            if attempt + 1 >= usualAttempts || problem.costs.isEmpty && best.order.subsets == 1 { break }
        }
        // There is at least one attempt.
        return best?.seating ?? HeatSeating(problem, schedule, panelSize: panelSize, heatOf: schedule.heatOfEntry, panels: [])
    }

    /// What counts, in this order.
    private struct Order {
        let faults, lost, subsets, cost, squares: Int

        func precedes(_ other: Order) -> Bool {
            (faults, lost, subsets, cost, squares) < (other.faults, other.lost, other.subsets, other.cost, other.squares)
        }
    }

    private var order: Order {
        Order(
            faults: seating.faults, lost: seating.cost / problem.keepCost, subsets: subsetCount, cost: seating.cost,
            squares: seating.squares)
    }

    /// The panels of heats, and the judges of each anchor.
    private var panels: [[Int]] {
        seating.panels.map { Array($0.prefix(seating.panelSize)) }
            + problem.anchors.map { entry in
                problem.judges.indices.filter { seating.panelCounts[$0] > 0 && problem.relation(entry, $0) != .conflict }
            }
    }

    private var subsetCount: Int {
        let subsets = DesignEfficiency.subsets(of: panels, judgeCount: problem.judges.count)
        return problem.judges.indices.count { seating.panelCounts[$0] > 0 && subsets[$0] == $0 }
    }

    private var efficiency: Double {
        DesignEfficiency(
            of: panels, judgeCount: problem.judges.count, weights: schedule.sizes + problem.anchors.map { _ in 1 }
        ).average ?? 0
    }

    /// A change: one judge for another, two judges for each other, or two entries for each other.
    private enum Step {
        case replace(heat: Int, seat: Int, judge: Int, old: Int)
        case swap(heat: Int, seat: Int, other: Int, otherSeat: Int)
        case entries(Int, Int)
    }

    private mutating func draw() -> Step? {
        let kind = stream.index(below: 3)
        if kind == 0 {
            let (entry, other) = (stream.index(below: problem.entries.count), stream.index(below: problem.entries.count))
            guard schedule.heatOfEntry[entry] == nil, schedule.heatOfEntry[other] == nil, let a = seating.heatOf[entry],
                let b = seating.heatOf[other], a != b
            else { return nil }
            return .entries(entry, other)
        }
        let heat = stream.index(below: seating.panels.count)
        let seat = stream.index(below: seating.panels[heat].count)
        let old = seating.panels[heat][seat]
        if kind == 1 {
            let judge = stream.index(below: problem.judges.count)
            guard schedule.isPresent(judge, at: heat), !seating.panels[heat].contains(judge) else { return nil }
            return .replace(heat: heat, seat: seat, judge: judge, old: old)
        }
        let other = stream.index(below: seating.panels.count)
        let otherSeat = stream.index(below: seating.panels[other].count)
        let judge = seating.panels[other][otherSeat]
        if heat == other {
            // A judge of the panel and one who stands by.
            guard seat < seating.panelSize, otherSeat >= seating.panelSize else { return nil }
        } else {
            guard schedule.isPresent(judge, at: heat), schedule.isPresent(old, at: other), !seating.panels[heat].contains(judge),
                !seating.panels[other].contains(old)
            else { return nil }
        }
        return .swap(heat: heat, seat: seat, other: other, otherSeat: otherSeat)
    }

    private mutating func apply(_ step: Step, undoing: Bool = false) {
        switch step {
        case .replace(let heat, let seat, let judge, let old): seating.replace(heat, seat, by: undoing ? old : judge)
        case .swap(let heat, let seat, let other, let otherSeat):
            let (a, b) = (seating.panels[heat][seat], seating.panels[other][otherSeat])
            seating.replace(heat, seat, by: b)
            seating.replace(other, otherSeat, by: a)
        case .entries(let entry, let other): seating.exchange(entry, other)
        }
    }

    /// Random changes, for the worse ever more seldom.
    private mutating func anneal(from first: Double) {
        let seats = seating.panels.reduce(0) { $0 + $1.count }
        let steps = HeatSearch.fewestSteps + HeatSearch.stepsPerSeat * seats
        let highest = Double(max(problem.costs.max() ?? 1, 1))
        let size = Double(max(schedule.sizes.max() ?? 1, 1))
        func energy(_ seating: HeatSeating) -> Double {
            10 * Double(seating.faults) + Double(seating.cost) / highest + 0.25 * Double(seating.squares) / (size * size)
        }
        var now = energy(seating)
        for step in 0..<steps {
            guard let change = draw() else { continue }
            let temperature = first * exponential(Double(step) / Double(steps) * naturalLogarithm(HeatSearch.temperatures.last / first))
            apply(change)
            let next = energy(seating)
            if next <= now || stream.uniform() < exponential((now - next) / temperature) {
                now = next
            } else {
                apply(change, undoing: true)
            }
        }
    }

    /// Random changes that make nothing worse that counts more than what they improve.
    private mutating func improve() {
        var best = order
        var factor = best.subsets == 1 ? efficiency : 0
        let judges = problem.judges.count
        var looks = HeatSearch.mostWork / max(1, judges * judges * judges)
        for _ in 0..<HeatSearch.improvementsPerSeat * seating.panels.reduce(0, { $0 + $1.count }) {
            guard let change = draw() else { continue }
            apply(change)
            // Subsets take longest to count; where there is one already, what costs more is out without that.
            let isWorse = best.subsets == 1 && (seating.cost, seating.squares) > (best.cost, best.squares)
            let next = seating.faults > 0 || isWorse ? nil : order
            guard let next, !best.precedes(next) else {
                apply(change, undoing: true)
                continue
            }
            // Entries that swap heats leave panels, and so efficiency, as they are.
            if case .entries = change {
                best = next
                continue
            }
            if next.precedes(best) || next.subsets > 1 {
                best = next
                factor = next.subsets == 1 ? efficiency : 0
                continue
            }
            guard looks > 0 else {
                apply(change, undoing: true)
                continue
            }
            looks -= 1
            let found = efficiency
            if found > factor + 1e-9 { factor = found } else { apply(change, undoing: true) }
        }
    }
}
