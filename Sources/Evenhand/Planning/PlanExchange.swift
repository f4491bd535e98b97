import LinearAlgebra

/// Raises the average efficiency factor of a connected assignment by exchanges: two entries swap one judge each, which keeps all loads.
///
/// The sum of the reciprocals of the canonical factors is the trace of M⁻¹ less 1, where M = I + u uᵀ − K^(−1/2) Nᵀ R⁻¹ N K^(−1/2) and u
/// is the vector of the factor 0. An exchange of judge a for b changes Nᵀ R⁻¹ N by w dᵀ + d wᵀ, with d = e_b − e_a, so that the trace
/// follows from two-by-two matrices (Woodbury). As the trace is convex in M, its first-order change bounds the change from below, and most
/// exchanges are dismissed by that alone.
struct PlanExchange {
    private let problem: AssignmentProblem
    private let judgeCount: Int
    private let loads: [Double]
    /// The judges of all seats, entry after entry, and where those of each entry begin.
    private var judgeOfSeat: [Int]
    private let start: [Int]
    /// Judge after judge, whether an entry is open to them.
    private let isOpen: [Bool]
    /// K^(−1/2) M⁻¹ K^(−1/2) and K^(−1/2) M⁻² K^(−1/2).
    private var inverse = ExchangeMatrix(Matrix(rows: 0, columns: 0), panels: [])
    private var square = ExchangeMatrix(Matrix(rows: 0, columns: 0), panels: [])
    /// For each seat the sum of `square` over its judge and the judges of its entry; −∞ where the judge has to stay.
    private var sums: [Double] = []
    private var trace = 0.0
    private var stream: RandomStream
    /// The exchanges that may still be looked at.
    private var budget = PlanExchange.mostLooks

    /// Looks at so many exchanges at most: a second or two, which only plans of thousands of scores reach.
    private static let mostLooks = 200_000_000
    /// What it takes to work out an exchange, in looks.
    private static let looksPerChange = 10
    /// And to carry one out, for each judge and judge, and for each seat.
    private static let cellsPerLook = 2
    /// A round over all seats that lowers the trace by less, relative to it, is the last.
    private static let leastRoundGain = 3e-4
    /// Exchanges from one computation of the inverse to the next.
    private static let mostUpdates = 100
    /// What an exchange has to gain, relative to the trace: more than rounding.
    private static let leastGain = 1e-9

    init(_ problem: AssignmentProblem, panels: [[Int]], seed: UInt64) {
        (self.problem, judgeCount) = (problem, problem.judges.count)
        judgeOfSeat = panels.flatMap(\.self)
        start = panels.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        loads = DesignEfficiency.loads(of: panels, judgeCount: judgeCount).map { Double(max($0, 1)) }
        stream = RandomStream(seed: seed, stream: PlanStream.exchange.rawValue)
        isOpen = problem.judges.indices.flatMap { judge in problem.entries.indices.map { problem.relation($0, judge) == .open } }
    }

    /// For each entry the indices of its judges.
    var panels: [[Int]] { entries.map { Array(judgeOfSeat[seats(of: $0)]) } }

    /// Exchanges until hardly any is better, or the budget is used up.
    mutating func improve() {
        guard DesignEfficiency(of: panels, judgeCount: judgeCount).subsetCount == 1, judgeCount > 2, prepare() else { return }
        var updates = 0
        var before = Double.infinity
        while before - trace > PlanExchange.leastRoundGain * trace, budget > 0 {
            before = trace
            let pairs = stream.shuffled(entries.flatMap { entry in seats(of: entry).map { (entry, $0) } })
            for (entry, seat) in pairs where budget > 0 {
                guard let best = bestExchange(entry, seat) else { continue }
                apply(best)
                updates += 1
                if updates % PlanExchange.mostUpdates == 0, !prepare() { return }
            }
        }
    }

    private var entries: Range<Int> { problem.entries.indices }
    private var judges: Range<Int> { 0..<judgeCount }
    private func seats(of entry: Int) -> Range<Int> { start[entry]..<start[entry + 1] }
    private func share(of entry: Int) -> Double { 1 / Double(start[entry + 1] - start[entry]) }

    /// M⁻¹ and M⁻² anew.
    private mutating func prepare() -> Bool {
        let total = loads.reduce(0, +)
        let roots = loads.map { $0.squareRoot() }
        var matrix = Matrix(rows: judgeCount, columns: judgeCount) { roots[$0] * roots[$1] / total + ($0 == $1 ? 1 : 0) }
        for entry in entries {
            let share = share(of: entry)
            for a in judgeOfSeat[seats(of: entry)] {
                for b in judgeOfSeat[seats(of: entry)] { matrix[a, b] -= share / (roots[a] * roots[b]) }
            }
        }
        guard var found = (try? Cholesky(matrix))?.inverse else { return false }
        trace = judges.reduce(0) { $0 + found[$1, $1] }
        var product = found * found
        found.scaleSymmetrically(by: roots.map { 1 / $0 })
        product.scaleSymmetrically(by: roots.map { 1 / $0 })
        (inverse, square) = (ExchangeMatrix(found, panels: panels), ExchangeMatrix(product, panels: panels))
        sums = Array(repeating: 0, count: judgeOfSeat.count)
        for entry in entries { addUp(entry) }
        return true
    }

    private mutating func addUp(_ entry: Int) {
        for seat in seats(of: entry) {
            let judge = judgeOfSeat[seat]
            let isFree = isOpen[judge * entries.count + entry]
            sums[seat] = isFree ? judgeOfSeat[seats(of: entry)].reduce(0) { $0 + square.elements[$1, judge] } : -.infinity
        }
    }

    /// Two entries and the seats of the judges that they swap.
    private struct Exchange {
        let entry, seat, other, otherSeat: Int
        let change: PlanChange
    }

    /// The best exchange of a seat that gains something.
    private mutating func bestExchange(_ entry: Int, _ seat: Int) -> Exchange? {
        let judge = judgeOfSeat[seat]
        guard sums[seat] > -.infinity else { return nil }
        let panel = judgeOfSeat[seats(of: entry)]
        let views = (inverse.view(of: judge, in: panel, entry: entry), square.view(of: judge, in: panel, entry: entry))
        let (row, lengths, ownShare) = (views.1.row, views.1.lengths, share(of: entry))
        // For each judge who may come to the entry the part of the bound that depends on the entry; ∞ for the others.
        let own = judges.map { newJudge in
            isOpen[newJudge * entries.count + entry] && !panel.contains(newJudge)
                ? views.1.own[newJudge] - views.1.ownOfJudge + lengths[newJudge] * ownShare / 2 : .infinity
        }
        let (judgeOfSeat, sums, start) = (judgeOfSeat, sums, start)
        var best: Exchange?
        var least = -PlanExchange.leastGain * trace
        let open = judge * entries.count
        var looks = 0
        for other in entries where other != entry && isOpen[open + other] {
            let seats = start[other]..<start[other + 1]
            var theirs = 0.0
            var hasJudge = false
            for position in seats {
                theirs += row[judgeOfSeat[position]]
                if judgeOfSeat[position] == judge { hasJudge = true }
            }
            if hasJudge { continue }
            looks += seats.count
            let share = 1 / Double(seats.count)
            for otherSeat in seats {
                let newJudge = judgeOfSeat[otherSeat]
                // 2 dᵀ M⁻² w, at most the change of the trace.
                let bound = 2 * (own[newJudge] + share * (lengths[newJudge] / 2 - sums[otherSeat] + theirs))
                guard bound < least, isAllowed(entry, judge, newJudge, other) else { continue }
                looks += PlanExchange.looksPerChange
                let (half, theirPanel) = ((ownShare + share) / 2, judgeOfSeat[seats])
                let change = PlanChange(
                    inverse: inverse.products(views.0, other, theirPanel, newJudge: newJudge, half: half),
                    square: square.products(views.1, other, theirPanel, newJudge: newJudge, half: half))
                guard change.difference < least else { continue }
                // Equal exchanges differ in the last digits; the first of them is taken on every machine.
                least = change.difference - PlanExchange.leastGain * trace
                best = Exchange(entry: entry, seat: seat, other: other, otherSeat: otherSeat, change: change)
            }
        }
        budget -= looks
        return best
    }

    private func isAllowed(_ entry: Int, _ judge: Int, _ newJudge: Int, _ other: Int) -> Bool {
        guard
            problem.requirements.isEmpty
                || problem.mayReplace(judge, by: newJudge, in: judgeOfSeat[seats(of: entry)])
                    && problem.mayReplace(newJudge, by: judge, in: judgeOfSeat[seats(of: other)])
        else { return false }
        if problem.costs.isEmpty { return true }
        let before = problem.cost(entry, judge) + problem.cost(other, newJudge)
        return problem.cost(entry, newJudge) + problem.cost(other, judge) <= before
    }

    private mutating func apply(_ exchange: Exchange) {
        let (entry, other) = (exchange.entry, exchange.other)
        let (judge, newJudge) = (judgeOfSeat[exchange.seat], judgeOfSeat[exchange.otherSeat])
        let shares = (share(of: entry), share(of: other))
        let half = (shares.0 + shares.1) / 2
        let w =
            judgeOfSeat[seats(of: entry)].map { ($0, shares.0) } + judgeOfSeat[seats(of: other)].map { ($0, -shares.1) }
            + [(newJudge, half), (judge, -half)]
        let update = exchange.change.update(inverse.elements, square.elements, w: w, d: [(newJudge, 1), (judge, -1)])
        inverse.add(update.inverse.left, update.inverse.right, judgeOfSeat: judgeOfSeat, start: start)
        square.add(update.square.left, update.square.right, judgeOfSeat: judgeOfSeat, start: start)
        addToSums(update.square.left, update.square.right)
        trace += exchange.change.difference
        judgeOfSeat.swapAt(exchange.seat, exchange.otherSeat)
        for changed in [entry, other] {
            addUp(changed)
            inverse.count(changed, judgeOfSeat[seats(of: changed)])
            square.count(changed, judgeOfSeat[seats(of: changed)])
        }
        budget -= (judgeCount * judgeCount + judgeOfSeat.count) / PlanExchange.cellsPerLook
    }

    /// What left · rightᵀ adds to the sums of the seats.
    private mutating func addToSums(_ left: Matrix, _ right: Matrix) {
        for entry in entries {
            let seats = seats(of: entry)
            var total = (0.0, 0.0, 0.0, 0.0)
            for seat in seats {
                let judge = judgeOfSeat[seat]
                total.0 += right[judge, 0]
                total.1 += right[judge, 1]
                total.2 += right[judge, 2]
                total.3 += right[judge, 3]
            }
            for seat in seats {
                let judge = judgeOfSeat[seat]
                sums[seat] += left[judge, 0] * total.0 + left[judge, 1] * total.1 + left[judge, 2] * total.2 + left[judge, 3] * total.3
            }
        }
    }
}
