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

    /// Adds the slope of some equal votes.
    private func add(_ count: Double, _ cell: Int, _ outcome: PairwiseVotes.Outcome, to sum: inout SlopeSum) {
        let (pair, expected) = (likelihood.counts.cells[cell], expectations[cell])
        let excess = count * (outcome.score - expected.score)
        sum.add(excess, at: pair.first)
        sum.add(-excess, at: pair.second)
        if likelihood.hasPosition { sum.add(excess, at: likelihood.counts.entryCount) }
        if likelihood.hasTies { sum.add(count * ((outcome == .tie ? 1 : 0) - expected.tie), at: likelihood.tieIndex) }
    }

    /// Σ u uᵀ over votes.
    var ofVotes: Matrix {
        var (sum, slope) = (Matrix(rows: likelihood.size, columns: likelihood.size), SlopeSum(size: likelihood.size))
        for (index, cell) in likelihood.counts.cells.enumerated() {
            for (outcome, number) in [(PairwiseVotes.Outcome.first, cell.firstWins), (.second, cell.secondWins), (.tie, cell.ties)]
            where number > 0 {
                add(1, index, outcome, to: &slope)
                slope.close(into: &sum, times: number)
            }
        }
        return sum
    }

    /// Σ u uᵀ over judges, with u the sum over the judge's votes, times G / (G − 1).
    var ofJudges: Matrix {
        let ballots = JudgeBallots(of: fit.votes.votes, likelihood.counts)
        var (sum, slope) = (Matrix(rows: likelihood.size, columns: likelihood.size), SlopeSum(size: likelihood.size))
        let factor = ballots.count > 1 ? Double(ballots.count) / Double(ballots.count - 1) : 1
        for group in 0..<ballots.count {
            for ballot in ballots[group] { add(ballot.count, Int(ballot.cell), ballot.outcome, to: &slope) }
            slope.close(into: &sum, times: factor)
        }
        return sum
    }
}

/// A sum of slopes, most of whose elements are 0.
private struct SlopeSum {
    private var values: [Double]
    private var isTouched: [Bool]
    private var touched: [Int] = []

    init(size: Int) {
        (values, isTouched) = ([Double](repeating: 0, count: size), [Bool](repeating: false, count: size))
    }

    mutating func add(_ value: Double, at index: Int) {
        if !isTouched[index] {
            isTouched[index] = true
            touched.append(index)
        }
        values[index] += value
    }

    /// Adds the product with itself, and begins anew.
    mutating func close(into sum: inout Matrix, times factor: Double) {
        for column in touched { for row in touched { sum[row, column] += factor * values[row] * values[column] } }
        for index in touched { (values[index], isTouched[index]) = (0, false) }
        touched.removeAll(keepingCapacity: true)
    }
}
