import LinearAlgebra

/// Raises the average efficiency factor of a connected assignment by exchanges: two entries swap one judge each, which keeps all loads.
///
/// The sum of the reciprocals of the canonical factors is the trace of M⁻¹ less 1, where M = I + u uᵀ − K^(−1/2) Nᵀ R⁻¹ N K^(−1/2) and u
/// is the vector of the factor 0. An exchange of judge a for b changes Nᵀ R⁻¹ N by w dᵀ + d wᵀ, with d = e_b − e_a, so that the trace
/// follows from two-by-two matrices (Woodbury). As the trace is convex in M, its first-order change bounds the change from below, and most
/// exchanges are dismissed by that alone.
struct PlanExchange {
    private let problem: AssignmentProblem
    private(set) var panels: [[Int]]
    private let judgeCount: Int
    private let loads: [Double]
    /// K^(−1/2) M⁻¹ K^(−1/2) and K^(−1/2) M⁻² K^(−1/2), row after row.
    private var inverse: [Double] = []
    private var square: [Double] = []
    private var trace = 0.0
    private var stream: RandomStream
    /// The exchanges that may still be looked at.
    private var budget: Int

    /// Looks at so many exchanges at most: about two seconds, which only plans of thousands of scores reach.
    private static let mostLooks = 5_000_000
    /// A round over all seats that lowers the trace by less, relative to it, is the last.
    private static let leastRoundGain = 3e-4
    /// Exchanges from one computation of the inverse to the next.
    private static let mostUpdates = 100
    /// What an exchange has to gain, relative to the trace: more than rounding.
    private static let leastGain = 1e-9

    init(_ problem: AssignmentProblem, panels: [[Int]], seed: UInt64) {
        (self.problem, self.panels, judgeCount) = (problem, panels, problem.judges.count)
        loads = DesignEfficiency.loads(of: panels, judgeCount: judgeCount).map { Double(max($0, 1)) }
        stream = RandomStream(seed: seed, stream: PlanStream.exchange.rawValue)
        budget = PlanExchange.mostLooks
    }

    /// Exchanges until hardly any is better, or the budget is used up.
    mutating func improve() {
        guard DesignEfficiency(of: panels, judgeCount: judgeCount).subsetCount == 1, judgeCount > 2, prepare() else { return }
        var updates = 0
        var before = Double.infinity
        while before - trace > PlanExchange.leastRoundGain * trace, budget > 0 {
            before = trace
            let seats = stream.shuffled(panels.indices.flatMap { entry in panels[entry].indices.map { (entry, $0) } })
            for (entry, seat) in seats where budget > 0 {
                guard let best = bestExchange(entry, seat) else { continue }
                apply(best)
                updates += 1
                if updates % PlanExchange.mostUpdates == 0, !prepare() { return }
            }
        }
    }

    /// M⁻¹ and M⁻² anew.
    private mutating func prepare() -> Bool {
        let total = loads.reduce(0, +)
        let roots = loads.map { $0.squareRoot() }
        var matrix = Matrix(rows: judgeCount, columns: judgeCount) { roots[$0] * roots[$1] / total + ($0 == $1 ? 1 : 0) }
        for panel in panels {
            let share = 1 / Double(panel.count)
            for a in panel { for b in panel { matrix[a, b] -= share / (roots[a] * roots[b]) } }
        }
        guard let found = (try? Cholesky(matrix))?.inverse else { return false }
        trace = judges.reduce(0) { $0 + found[$1, $1] }
        let product = found * found
        (inverse, square) = ([], [])
        for a in judges {
            for b in judges {
                inverse.append(found[a, b] / (roots[a] * roots[b]))
                square.append(product[a, b] / (roots[a] * roots[b]))
            }
        }
        return true
    }

    private var judges: Range<Int> { 0..<judgeCount }

    /// Two entries and the seats of the judges that they swap.
    private struct Exchange {
        let entry, seat, other, otherSeat: Int
        let gain: Double
    }

    /// The best exchange of a seat that gains something.
    private mutating func bestExchange(_ entry: Int, _ seat: Int) -> Exchange? {
        let judge = panels[entry][seat]
        guard problem.relation(entry, judge) == .open else { return nil }
        let own = weights(of: entry)
        var best: Exchange?
        var least = -PlanExchange.leastGain * trace
        for other in panels.indices where other != entry && problem.relation(other, judge) == .open && !panels[other].contains(judge) {
            for otherSeat in panels[other].indices {
                let newJudge = panels[other][otherSeat]
                guard isAllowed(entry, judge, newJudge, other) else { continue }
                budget -= 1
                guard firstOrder(own, entry, judge, newJudge, other) < least else { continue }
                guard let change = change(entry, judge, newJudge, other), change < least else { continue }
                // Equal exchanges differ in the last digits; the first of them is taken on every machine.
                least = change - PlanExchange.leastGain * trace
                best = Exchange(entry: entry, seat: seat, other: other, otherSeat: otherSeat, gain: -change)
            }
        }
        return best
    }

    private func isAllowed(_ entry: Int, _ judge: Int, _ newJudge: Int, _ other: Int) -> Bool {
        guard problem.relation(entry, newJudge) == .open, problem.relation(other, newJudge) == .open, !panels[entry].contains(newJudge)
        else { return false }
        if problem.costs.isEmpty { return true }
        let before = problem.cost(entry, judge) + problem.cost(other, newJudge)
        return problem.cost(entry, newJudge) + problem.cost(other, judge) <= before
    }

    /// M⁻² times the entry's judges, divided by their number.
    private func weights(of entry: Int) -> [Double] {
        let share = 1 / Double(panels[entry].count)
        return judges.map { row in panels[entry].reduce(0) { $0 + square[row * judgeCount + $1] } * share }
    }

    /// 2 dᵀ M⁻² w, at most the change of the trace.
    private func firstOrder(_ own: [Double], _ entry: Int, _ judge: Int, _ newJudge: Int, _ other: Int) -> Double {
        let (a, b) = (judge * judgeCount, newJudge * judgeCount)
        var theirs = 0.0
        for member in panels[other] { theirs += square[b + member] - square[a + member] }
        let length = square[b + newJudge] - 2 * square[a + newJudge] + square[a + judge]
        let shares = (1 / Double(panels[entry].count), 1 / Double(panels[other].count))
        return 2 * (own[newJudge] - own[judge] - theirs * shares.1 + length * (shares.0 + shares.1) / 2)
    }

    /// The vectors d and w as judges with their coefficients.
    private func vectors(_ entry: Int, _ judge: Int, _ newJudge: Int, _ other: Int) -> (d: [(Int, Double)], w: [(Int, Double)]) {
        let shares = (1 / Double(panels[entry].count), 1 / Double(panels[other].count))
        let half = (shares.0 + shares.1) / 2
        let w = panels[entry].map { ($0, shares.0) } + panels[other].map { ($0, -shares.1) } + [(newJudge, half), (judge, -half)]
        return ([(newJudge, 1), (judge, -1)], w)
    }

    private func product(_ matrix: [Double], _ x: [(Int, Double)], _ y: [(Int, Double)]) -> Double {
        var sum = 0.0
        for (a, p) in x { for (b, q) in y { sum += p * q * matrix[a * judgeCount + b] } }
        return sum
    }

    /// The change of the trace; `nil` when the exchange would tear the design apart.
    private func change(_ entry: Int, _ judge: Int, _ newJudge: Int, _ other: Int) -> Double? {
        let (d, w) = vectors(entry, judge, newJudge, other)
        let (ww, wd, dd) = (product(inverse, w, w), 1 - product(inverse, w, d), product(inverse, d, d))
        let determinant = ww * dd - wd * wd
        guard determinant < -1e-9 else { return nil }
        return -(dd * product(square, w, w) + 2 * wd * product(square, w, d) + ww * product(square, d, d)) / determinant
    }

    private mutating func apply(_ exchange: Exchange) {
        let (judge, newJudge) = (panels[exchange.entry][exchange.seat], panels[exchange.other][exchange.otherSeat])
        let (d, w) = vectors(exchange.entry, judge, newJudge, exchange.other)
        let (ww, wd, dd) = (product(inverse, w, w), 1 - product(inverse, w, d), product(inverse, d, d))
        let determinant = ww * dd - wd * wd
        // The inverse of ((−ww, wd), (wd, −dd)).
        let (s00, s01, s11) = (-dd / determinant, -wd / determinant, -ww / determinant)
        let (h00, h01, h11) = (product(square, w, w), product(square, w, d), product(square, d, d))
        let (t00, t01, t11) = (
            s00 * s00 * h00 + 2 * s00 * s01 * h01 + s01 * s01 * h11,
            s00 * s01 * h00 + (s00 * s11 + s01 * s01) * h01 + s01 * s11 * h11,
            s01 * s01 * h00 + 2 * s01 * s11 * h01 + s11 * s11 * h11
        )
        let (p0, p1) = (combined(inverse, w), combined(inverse, d))
        let (q0, q1) = (combined(square, w), combined(square, d))
        for a in judges {
            let (x0, x1) = (s00 * p0[a] + s01 * p1[a], s01 * p0[a] + s11 * p1[a])
            let (y0, y1) = (s00 * q0[a] + s01 * q1[a], s01 * q0[a] + s11 * q1[a])
            let (z0, z1) = (t00 * p0[a] + t01 * p1[a], t01 * p0[a] + t11 * p1[a])
            for b in judges {
                square[a * judgeCount + b] += x0 * q0[b] + x1 * q1[b] + (y0 + z0) * p0[b] + (y1 + z1) * p1[b]
                inverse[a * judgeCount + b] += x0 * p0[b] + x1 * p1[b]
            }
        }
        trace -= exchange.gain
        panels[exchange.entry][exchange.seat] = newJudge
        panels[exchange.other][exchange.otherSeat] = judge
    }

    /// A matrix times a vector.
    private func combined(_ matrix: [Double], _ x: [(Int, Double)]) -> [Double] {
        judges.map { row in x.reduce(0) { $0 + $1.1 * matrix[row * judgeCount + $1.0] } }
    }
}
