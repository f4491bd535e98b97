import LinearAlgebra

/// What the errors of abilities are made of.
public enum VoteErrors: String, Sendable, CaseIterable {
    /// The information of the model, which holds where votes are independent and the model is right.
    case model
    /// The squares of what each vote leaves (sandwich), which also holds where the model is not right.
    case robust
    /// The squares of what all votes of a judge leave together, which also holds where the votes of a judge depend on each other; it needs
    /// many judges.
    case judges
}

extension BradleyTerry {
    /// The errors of abilities.
    ///
    /// With A the inverse of the information and u the slope of one vote, `robust` is A (Σ u uᵀ) A. In `judges` the sum of u over the votes
    /// of a judge takes the place of u, and the result is multiplied by G / (G − 1) for G judges; a vote without a judge counts as one.
    ///
    /// Source: White, *Maximum likelihood estimation of misspecified models*, Econometrica 50 (1982), 1–25; Cameron and Miller, *A
    /// practitioner's guide to cluster-robust inference*, Journal of Human Resources 50 (2015), equation 11.
    ///
    /// - Throws: `VoteError.noJudges` of `judges` where fewer than two are named.
    func errors(_ kind: VoteErrors) throws(VoteError) -> AbilityErrors {
        let count = abilities.count
        switch kind {
        case .model: return AbilityErrors(full: inverse, entries: count)
        case .robust: return AbilityErrors(full: sandwich(VoteSlopes(of: self).ofVotes), entries: count)
        case .judges:
            if votes.judges.count < 2 { throw .noJudges }
            return AbilityErrors(full: sandwich(VoteSlopes(of: self).ofJudges), entries: count)
        }
    }

    private func sandwich(_ filling: Matrix) -> Matrix { inverse * filling * inverse }

    /// The standard errors of each kind that the votes allow.
    public func standardErrors(_ kind: VoteErrors) -> [Double]? { (try? errors(kind))?.standardErrors }
}

/// Sums of products of the slopes of votes.
private struct VoteSlopes {
    private let fit: BradleyTerry
    private let likelihood: PairLikelihood
    private let expectations: [PairLikelihood.Expectation]

    init(of fit: BradleyTerry) {
        self.fit = fit
        likelihood = fit.likelihood
        let point = fit.point
        expectations = fit.likelihood.counts.cells.map { PairLikelihood.Expectation(difference: point.difference($0), tie: point.tie) }
    }

    /// The parameters that a vote of a cell depends on, each with its share in the slope.
    private func parts(_ cell: PairCounts.Cell, excess: Double, tie: Double) -> [(index: Int, value: Double)] {
        var parts = [(cell.first, excess), (cell.second, -excess)]
        if likelihood.hasPosition { parts.append((likelihood.counts.entryCount, excess)) }
        if likelihood.hasTies { parts.append((likelihood.tieIndex, tie)) }
        return parts
    }

    private func parts(_ cell: PairCounts.Cell, _ outcome: PairwiseVotes.Outcome, _ expected: PairLikelihood.Expectation) -> [(
        index: Int, value: Double
    )] {
        parts(cell, excess: outcome.score - expected.score, tie: (outcome == .tie ? 1 : 0) - expected.tie)
    }

    /// Σ u uᵀ over votes.
    var ofVotes: Matrix {
        var sum = Matrix(rows: likelihood.size, columns: likelihood.size)
        for (cell, expected) in zip(likelihood.counts.cells, expectations) {
            for (outcome, number) in [(PairwiseVotes.Outcome.first, cell.firstWins), (.second, cell.secondWins), (.tie, cell.ties)]
            where number > 0 {
                let parts = parts(cell, outcome, expected)
                for (i, a) in parts { for (j, b) in parts { sum[i, j] += number * a * b } }
            }
        }
        return sum
    }

    /// Σ u uᵀ over judges, with u the sum over the judge's votes, times G / (G − 1).
    var ofJudges: Matrix {
        let ballots = JudgeBallots(of: fit.votes.votes, likelihood.counts)
        var (sum, slope) = (Matrix(rows: likelihood.size, columns: likelihood.size), [Double](repeating: 0, count: likelihood.size))
        var isTouched = [Bool](repeating: false, count: likelihood.size)
        for group in 0..<ballots.count {
            var touched: [Int] = []
            for ballot in ballots[group] {
                let cell = Int(ballot.cell)
                for (place, value) in parts(likelihood.counts.cells[cell], ballot.outcome, expectations[cell]) {
                    slope[place] += ballot.count * value
                    if !isTouched[place] { touched.append(place) }
                    isTouched[place] = true
                }
            }
            for i in touched { for j in touched { sum[i, j] += slope[i] * slope[j] } }
            for place in touched { (slope[place], isTouched[place]) = (0, false) }
        }
        let factor = ballots.count > 1 ? Double(ballots.count) / Double(ballots.count - 1) : 1
        return Matrix(rows: sum.rows, columns: sum.columns) { factor * sum[$0, $1] }
    }
}
