import LinearAlgebra

/// The likelihood of votes under Davidson's model, with its slope and its information.
///
/// With d = θ_first − θ_second + δ, the first entry wins with probability e^(d/2) / D, the second with e^(−d/2) / D, and they tie with
/// ν / D, D being the sum of the three. Without ties ν is 0, and this is Bradley and Terry's model. The parameters are the θ, then δ where
/// the position is known, then log ν where there are ties; in them the logarithm of the likelihood is concave.
///
/// Sources: Davidson, *On extending the Bradley–Terry model to accommodate ties in paired comparison experiments*, Journal of the American
/// Statistical Association 65 (1970), 317–328, equation 2.3; Davidson and Beaver, *On extending the Bradley–Terry model to incorporate
/// within-pair order effects*, Biometrics 33 (1977), 693–702, whose γ is e^(−δ) and whose ν is ν e^(−δ/2) here.
struct PairLikelihood: Sendable {
    let counts: PairCounts
    let hasPosition: Bool
    let hasTies: Bool

    init(of counts: PairCounts, hasPosition: Bool) {
        (self.counts, self.hasPosition, hasTies) = (counts, hasPosition, counts.hasTies)
    }

    /// Values of the parameters.
    struct Point: Sendable {
        var abilities: [Double]
        var position = 0.0
        /// ν.
        var tie = 0.0

        func difference(_ cell: PairCounts.Cell) -> Double { abilities[cell.first] - abilities[cell.second] + position }
    }

    /// What a vote between two entries is expected to say.
    struct Expectation: Sendable {
        /// The probabilities that the first entry wins, that the second does, and that they tie.
        let first, second, tie: Double

        init(difference: Double, tie: Double) {
            let half = exponential(-difference.magnitude / 2)
            let sum = 1 + half * half + tie * half
            let (stronger, weaker) = (1 / sum, half * half / sum)
            (first, second) = difference < 0 ? (weaker, stronger) : (stronger, weaker)
            self.tie = tie * half / sum
        }

        /// The expected score of the first entry: a win counts 1, a tie ½.
        var score: Double { first + tie / 2 }
        /// The variance of that score, without a difference of large numbers.
        var variance: Double { first * second + tie * (first + second) / 4 }
        /// Its covariance with the indicator of a tie.
        var covariance: Double { tie * (second - first) / 2 }
    }

    var tieIndex: Int { counts.entryCount + (hasPosition ? 1 : 0) }
    var size: Int { tieIndex + (hasTies ? 1 : 0) }

    /// Equal abilities, and ν as it then is.
    var start: Point {
        let ties = counts.cells.reduce(0) { $0 + $1.ties }
        let total = counts.cells.reduce(0) { $0 + $1.total }
        return Point(abilities: [Double](repeating: 0, count: counts.entryCount), tie: hasTies ? 2 * ties / (total - ties) : 0)
    }

    func expectation(_ cell: PairCounts.Cell, _ point: Point) -> Expectation {
        Expectation(difference: point.difference(cell), tie: point.tie)
    }

    /// Σ log p over the votes.
    func logarithm(at point: Point) -> Double {
        func part(_ count: Double, _ probability: Double) -> Double { count > 0 ? count * naturalLogarithm(probability) : 0 }
        return counts.cells.reduce(0) { sum, cell in
            let expected = expectation(cell, point)
            return sum + part(cell.firstWins, expected.first) + part(cell.secondWins, expected.second) + part(cell.ties, expected.tie)
        }
    }

    /// The slope in the parameters.
    func slope(at point: Point) -> [Double] {
        var slope = [Double](repeating: 0, count: size)
        for cell in counts.cells {
            let expected = expectation(cell, point)
            let excess = cell.score - cell.total * expected.score
            slope[cell.first] += excess
            slope[cell.second] -= excess
            if hasPosition { slope[counts.entryCount] += excess }
            if hasTies { slope[tieIndex] += cell.ties - cell.total * expected.tie }
        }
        return slope
    }

    /// Fisher's information, which is less the second derivative: the lower triangle with the diagonal, one row for each parameter.
    func information(at point: Point) -> Matrix {
        var matrix = Matrix(rows: size, columns: size)
        let (position, tie) = (counts.entryCount, tieIndex)
        for cell in counts.cells {
            let expected = expectation(cell, point)
            let weight = cell.total * expected.variance
            matrix[cell.first, cell.first] += weight
            matrix[cell.second, cell.second] += weight
            matrix[max(cell.first, cell.second), min(cell.first, cell.second)] -= weight
            if hasPosition {
                matrix[position, position] += weight
                matrix[position, cell.first] += weight
                matrix[position, cell.second] -= weight
            }
            guard hasTies else { continue }
            let shared = cell.total * expected.covariance
            matrix[tie, cell.first] += shared
            matrix[tie, cell.second] -= shared
            if hasPosition { matrix[tie, position] += shared }
            matrix[tie, tie] += cell.total * expected.tie * (1 - expected.tie)
        }
        return matrix
    }
}
