import LinearAlgebra

/// How often a design will choose the right entries, by simulated contests x = a_j + b_j θ_i + h + ε with known spreads.
///
/// Every design sees the same entries, judges, heats and noise in each contest. A contest is analysed by the mean of each entry's scores
/// and by the model of entries, judges and heats with the variances that made it (best linear unbiased prediction, Henderson 1984), which
/// takes scales for noise.
package struct ExpectedCorrectness: Sendable, Equatable {
    /// By what entries are ranked.
    package enum Method: String, Sendable, CaseIterable {
        /// The mean of an entry's scores.
        case mean
        /// The model of entries, judges and heats.
        case model
    }

    /// What a design and a method achieve.
    package struct Row: Sendable, Equatable {
        /// The design.
        package let kind: SeatPlan.Kind
        /// The method.
        package let method: Method
        /// How many of the truly best are among the first, on average, and its Monte-Carlo error.
        package let right, rightError: Double
        /// How often the truly best entry comes first.
        package let winner: Double
        /// The squared correlation of results and qualities, on average.
        package let reliability: Double
    }

    /// How many places there are.
    package let places: Int
    /// How many contests were simulated.
    package let draws: Int
    /// Each design by each method.
    package let rows: [Row]

    /// How many contests are simulated.
    package static let usualDraws = 2000
    /// Contests of one piece of work.
    private static let grain = 50

    /// Simulates contests.
    ///
    /// - Precondition: 1 ≤ places < entries; the designs have as many entries and judges.
    package init(of plans: [SeatPlan], spread: ContestSpread, places: Int, draws: Int = usualDraws, seed: UInt64) {
        let designs = plans.map { SimulatedDesign($0, spread) }
        let pieces = (draws + ExpectedCorrectness.grain - 1) / ExpectedCorrectness.grain
        let size = designs.reduce(0) { $0 + $1.plan.scoreCount } * draws
        let sums = Parallel.map(pieces, size: size) { piece in
            var sums = [Sums](repeating: Sums(), count: designs.count * 2)
            for draw in piece * ExpectedCorrectness.grain..<min((piece + 1) * ExpectedCorrectness.grain, draws) {
                let truth = Truth(designs, spread, places: places, seed: seed, draw: draw)
                for (index, design) in designs.enumerated() {
                    let results = design.results(truth)
                    sums[2 * index].add(results.means, truth)
                    sums[2 * index + 1].add(results.predictions, truth)
                }
            }
            return sums
        }
        (self.places, self.draws) = (places, draws)
        let total = sums.reduce(into: [Sums](repeating: Sums(), count: designs.count * 2)) { total, piece in
            for index in piece.indices { total[index].add(piece[index]) }
        }
        rows = total.enumerated().map { index, sums in
            let count = Double(draws)
            let mean = sums.right / count
            let variance = max(0, sums.squares / count - mean * mean)
            return Row(
                kind: plans[index / 2].kind, method: index % 2 == 0 ? .mean : .model, right: mean,
                rightError: (variance / max(count - 1, 1)).squareRoot(), winner: sums.winners / count, reliability: sums.reliability / count
            )
        }
    }
}

/// What is added up over contests.
private struct Sums: Sendable {
    // Whole numbers but for the last, so that sums are exact.
    var right = 0.0, squares = 0.0, winners = 0.0, reliability = 0.0

    mutating func add(_ other: Sums) {
        right += other.right
        squares += other.squares
        winners += other.winners
        reliability += other.reliability
    }

    mutating func add(_ results: [Double], _ truth: Truth) {
        let first = Truth.first(truth.places, of: results)
        let count = Double(first.count { truth.isAmongBest[$0] })
        right += count
        squares += count * count
        if first.first == truth.best { winners += 1 }
        reliability += Truth.squaredCorrelation(results, truth.qualities)
    }
}

/// One simulated contest before anybody is seated.
private struct Truth {
    let qualities, severities, scales, heats, noise: [Double]
    let places: Int
    let best: Int
    let isAmongBest: [Bool]

    init(_ designs: [SimulatedDesign], _ spread: ContestSpread, places: Int, seed: UInt64, draw: Int) {
        // The streams before are those of the plan itself.
        var stream = RandomStream(seed: seed, stream: UInt64(draw) + PlanStream.draws.rawValue)
        func normals(_ count: Int, _ sd: Double) -> [Double] { (0..<count).map { _ in sd * stream.normal() } }
        let judgeCount = designs.map(\.plan.judgeCount).max() ?? 0
        qualities = normals(designs.map(\.plan.seats.count).max() ?? 0, spread.entrySD)
        severities = normals(judgeCount, spread.judgeSD)
        scales = normals(judgeCount, spread.scaleSD).map { exponential($0) }
        heats = normals(designs.map(\.plan.heatCount).max() ?? 0, spread.heatSD)
        noise = normals(designs.map(\.plan.scoreCount).max() ?? 0, spread.noiseSD)
        self.places = places
        let first = Truth.first(places, of: qualities)
        best = first[0]
        var isAmongBest = [Bool](repeating: false, count: qualities.count)
        for entry in first { isAmongBest[entry] = true }
        self.isAmongBest = isAmongBest
    }

    /// The places of the largest values, the largest first.
    static func first(_ count: Int, of values: [Double]) -> [Int] {
        var first: [Int] = []
        first.reserveCapacity(count + 1)
        for place in values.indices {
            if first.count == count, values[place] <= values[first[count - 1]] { continue }
            var seat = first.count
            while seat > 0, values[first[seat - 1]] < values[place] { seat -= 1 }
            first.insert(place, at: seat)
            if first.count > count { first.removeLast() }
        }
        return first
    }

    static func squaredCorrelation(_ x: [Double], _ y: [Double]) -> Double {
        let count = Double(x.count)
        let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for place in x.indices {
            let (a, b) = (x[place] - meanX, y[place] - meanY)
            xx += a * a
            yy += b * b
            xy += a * b
        }
        return xx > 0 && yy > 0 ? xy * xy / (xx * yy) : 0
    }
}

/// A design with the equations of its model: the mean, the judges and the heats, after the entries are eliminated.
private struct SimulatedDesign: Sendable {
    let plan: SeatPlan
    /// What the number of an entry's scores is raised by: σ² / Var(θ).
    private let entryRatio: Double
    private let size: Int
    private let hasHeats: Bool
    /// The inverse of the equations, row after row.
    private let inverse: [Double]

    init(_ plan: SeatPlan, _ spread: ContestSpread) {
        self.plan = plan
        // A variance of 0 is a very small one, so that the equations have a solution.
        let noise = max(spread.residualVariance, 1e-8 * max(spread.entrySD * spread.entrySD, 1e-8))
        func ratio(_ sd: Double) -> Double { noise / max(sd * sd, 1e-8 * noise) }
        entryRatio = ratio(spread.entrySD)
        let hasHeats = spread.heatSD > 0 && plan.heatCount > 0
        self.hasHeats = hasHeats
        size = 1 + plan.judgeCount + (hasHeats ? plan.heatCount : 0)
        var matrix = Matrix(rows: size, columns: size)
        for judge in 0..<plan.judgeCount { matrix[1 + judge, 1 + judge] = ratio(spread.judgeSD) }
        for heat in 1 + plan.judgeCount..<max(size, 1 + plan.judgeCount) { matrix[heat, heat] = ratio(spread.heatSD) }
        for seats in plan.seats {
            let share = 1 / (Double(seats.count) + entryRatio)
            let columns = seats.map { [0, 1 + $0.judge] + (hasHeats ? [1 + plan.judgeCount + $0.heat] : []) }
            for row in columns { for a in row { for b in row { matrix[a, b] += 1 } } }
            let all = columns.flatMap(\.self)
            for a in all { for b in all { matrix[a, b] -= share } }
        }
        inverse = (try? Cholesky(matrix))?.inverse.elements ?? Matrix.identity(size).elements
    }

    /// The mean of each entry's scores, and what the model predicts of its quality.
    func results(_ truth: Truth) -> (means: [Double], predictions: [Double]) {
        var right = [Double](repeating: 0, count: size)
        var sums = [Double](repeating: 0, count: plan.seats.count)
        var place = 0
        for (entry, seats) in plan.seats.enumerated() {
            for seat in seats {
                let heat = seat.heat < 0 ? 0 : truth.heats[seat.heat]
                let score = truth.severities[seat.judge] + truth.scales[seat.judge] * truth.qualities[entry] + heat + truth.noise[place]
                place += 1
                sums[entry] += score
                forEachColumn(seat) { right[$0] += score }
            }
            let part = sums[entry] / (Double(seats.count) + entryRatio)
            for seat in seats { forEachColumn(seat) { right[$0] -= part } }
        }
        let effects = (0..<size).map { row in
            var sum = 0.0
            for column in 0..<size { sum += inverse[row * size + column] * right[column] }
            return sum
        }
        var predictions = sums
        for (entry, seats) in plan.seats.enumerated() {
            for seat in seats { forEachColumn(seat) { predictions[entry] -= effects[$0] } }
            predictions[entry] /= Double(seats.count) + entryRatio
        }
        return (zip(sums, plan.seats).map { $0 / Double(max($1.count, 1)) }, predictions)
    }

    @inline(__always)
    private func forEachColumn(_ seat: SeatPlan.Seat, _ body: (Int) -> Void) {
        body(0)
        body(1 + seat.judge)
        if hasHeats, seat.heat >= 0 { body(1 + plan.judgeCount + seat.heat) }
    }
}
