import LinearAlgebra

/// The abilities of entries by the model of Bradley and Terry, with ties (Davidson) and an effect of the position where it is known.
///
/// The log-odds that entry i rather than j wins a vote that is not a tie are θ_i − θ_j, plus δ for the entry that was shown first.
/// Abilities are in logits and add up to 0. They are the maximum of the likelihood, which is found by Newton's method until no ability
/// changes by 1e-10.
///
/// An **adjustment** of ε votes replaces the s wins of an entry with m votes by s + ε (1 − 2s / m), which pulls abilities together and
/// makes those finite that won or lost everything; programs for comparative judgement use 0.3. What adjusted wins add up to more than
/// there are votes is taken off in proportion to information.
///
/// Sources: Bradley and Terry, *Rank analysis of incomplete block designs I*, Biometrika 39 (1952), 324–345; Davidson (1970); Hunter, *MM
/// algorithms for generalized Bradley–Terry models*, The Annals of Statistics 32 (2004), 384–406; Bertoli-Barsotti, Lando and Punzo,
/// *Estimating a Rasch model via fuzzy empirical probability functions* (2014), for the adjustment.
public struct BradleyTerry: Sendable {
    /// The votes.
    public let votes: PairwiseVotes
    /// ε; 0 is the maximum of the likelihood.
    public let adjustment: Double
    /// The ability of each entry, in logits; their sum is 0.
    public let abilities: [Double]
    /// δ: how much the entry that was shown first gains, in logits; `nil` where positions are not known.
    public let position: Estimate?
    /// ν: the ratio of ties to the geometric mean of wins and losses; `nil` without ties.
    public let tie: Estimate?
    /// Σ log p of the votes, without the constant of a multinomial distribution.
    public let logLikelihood: Double
    /// How many votes each entry had.
    public let voteCounts: [Int]
    /// How many of them it won.
    public let wins: [Int]
    /// How many were ties.
    public let ties: [Int]

    let likelihood: PairLikelihood
    let point: PairLikelihood.Point
    /// The inverse of the information in all parameters.
    let inverse: Matrix
    /// The information about each ability alone.
    let ownInformation: [Double]

    /// The square of an error of 1000 logits, which no finite maximum has.
    private static let largestVariance = 1e6

    /// Fits the model.
    ///
    /// - Parameters:
    ///   - votes: at least one of them not a tie.
    ///   - adjustment: ε, 0 or more.
    /// - Throws: `VoteError` where the votes do not determine abilities; `FitError.tooLarge` of entries, `FitError.noMatrixLibrary`.
    public init(of votes: PairwiseVotes, adjustment: Double = 0) throws {
        let counts = PairCounts(of: votes)
        let count = counts.entryCount
        try TableMemory.require(squares: 4, of: count, "entries")
        guard counts.cells.contains(where: { $0.firstWins + $0.secondWins > 0 }) else { throw VoteError.onlyTies }
        try counts.graph.requireConnected(votes.entries, allowsOneSided: adjustment > 0)
        let likelihood = PairLikelihood(of: counts, hasPosition: votes.hasPositions)
        let totals = counts.sums(\.total, \.total)
        if let small = totals.indices.min(by: { totals[$0] < totals[$1] }), 2 * adjustment >= totals[small] {
            throw VoteError.tooLarge(adjustment: adjustment, entry: votes.entries[small], votes: Int(totals[small]))
        }
        let scores = counts.sums(\.score) { $0.total - $0.score }
        let pulls = zip(scores, totals).map { adjustment * (1 - 2 * $0 / $1) }
        let search = AbilitySearch(likelihood: likelihood, pulls: pulls)
        let unbounded = adjustment > 0 ? VoteError.tooSmall(adjustment: adjustment) : VoteError.onlyPosition
        guard let found = try search.maximum() else { throw unbounded }
        let information = likelihood.information(at: found)
        let inverse = try AbilityErrors.inverse(information, entries: count)
        // On its way to infinity the slope vanishes too, but the error grows.
        if (0..<likelihood.size).contains(where: { inverse[$0, $0] > BradleyTerry.largestVariance }) { throw unbounded }
        self.inverse = inverse
        ownInformation = (0..<count).map { information[$0, $0] }
        (self.votes, self.adjustment, self.likelihood, point, abilities) = (votes, adjustment, likelihood, found, found.abilities)
        position =
            votes.hasPositions ? Estimate(value: found.position, standardError: max(0, inverse[count, count]).squareRoot()) : nil
        let index = likelihood.tieIndex
        // The error of ν from that of log ν.
        tie = likelihood.hasTies ? Estimate(value: found.tie, standardError: found.tie * max(0, inverse[index, index]).squareRoot()) : nil
        logLikelihood = likelihood.logarithm(at: found)
        voteCounts = totals.map { Int($0) }
        wins = counts.sums(\.firstWins, \.secondWins).map { Int($0) }
        ties = counts.sums(\.ties, \.ties).map { Int($0) }
    }

    /// The standard error of each ability by the information about it alone, as if the others were known: what programs for comparative
    /// judgement print.
    public var ownErrors: [Double] { ownInformation.map { 1 / $0.squareRoot() } }

    /// The scale separation reliability: the share of the variance of abilities that is not due to error, 1 − mean(error²) / variance, with
    /// the errors of each ability alone and divisor n − 1; `nil` of one entry.
    ///
    /// Source: Pollitt, *The method of adaptive comparative judgement*, Assessment in Education 19 (2012), 281–300.
    public var separation: SeparationReliability? {
        SeparationReliability(of: abilities, errors: ownErrors, subsets: abilities.map { _ in 0 })
    }
}

extension BradleyTerry {
    /// The votes between two entries beside what the model expects.
    package struct Pair: Sendable {
        /// The entries.
        package let a, b: Int
        /// The votes between them, and those that each won.
        package let votes, aWins, bWins: Int
        /// The expected score of `a`: a win counts 1, a tie ½.
        package let expected: Double
        /// The score of `a` less the expected one, in standard deviations.
        package let surprise: Double
    }

    /// The pairs that were voted on, whichever was shown first.
    package var pairs: [Pair] {
        let cells = likelihood.counts.cells
        let order = RadixOrder.ascending(count: cells.count) {
            UInt64(min(cells[$0].first, cells[$0].second)) << 32 | UInt64(max(cells[$0].first, cells[$0].second))
        }
        var (pairs, index) = ([Pair](), 0)
        while index < order.keys.count {
            let (key, start) = (order.keys[index], index)
            var (a, b, excess, variance, expected) = (0.0, 0.0, 0.0, 0.0, 0.0)
            var total = 0.0
            while index < order.keys.count, order.keys[index] == key {
                let cell = cells[Int(order.order[index])]
                let found = likelihood.expectation(cell, point)
                let isTurned = cell.first > cell.second
                a += isTurned ? cell.secondWins : cell.firstWins
                b += isTurned ? cell.firstWins : cell.secondWins
                excess += (isTurned ? -1 : 1) * (cell.score - cell.total * found.score)
                expected += cell.total * (isTurned ? 1 - found.score : found.score)
                variance += cell.total * found.variance
                total += cell.total
                index += 1
            }
            let cell = cells[Int(order.order[start])]
            pairs.append(
                Pair(
                    a: min(cell.first, cell.second), b: max(cell.first, cell.second), votes: Int(total), aWins: Int(a), bWins: Int(b),
                    expected: expected, surprise: variance > 0 ? excess / variance.squareRoot() : 0))
        }
        return pairs
    }
}

/// The search for the parameters that make votes most probable.
struct AbilitySearch {
    let likelihood: PairLikelihood
    /// What is added to the score of each entry.
    let pulls: [Double]

    private static let mostSteps = 200
    private static let closest = 1e-10
    /// The most that a parameter moves in a step: Newton's steps are too long far from the maximum.
    private static let longest = 2.0
    /// A parameter beyond this is on its way to infinity.
    private static let farthest = 50.0

    /// The parameters; `nil` when they grow without end.
    func maximum() throws(FitError) -> PairLikelihood.Point? {
        let count = likelihood.counts.entryCount
        var point = likelihood.start
        let surplus = pulls.reduce(0, +)
        for _ in 0..<AbilitySearch.mostSteps {
            let information = likelihood.information(at: point)
            var slope = likelihood.slope(at: point)
            let whole = (0..<count).reduce(0) { $0 + information[$1, $1] }
            for entry in 0..<count { slope[entry] += pulls[entry] - surplus * information[entry, entry] / whole }
            let step: [Double]
            do { step = try AbilityErrors.factored(information, entries: count).factor.solve(slope) } catch { return nil }
            let length = step.reduce(0) { max($0, $1.magnitude) }
            let share = min(1, AbilitySearch.longest / max(length, .leastNormalMagnitude))
            for entry in 0..<count { point.abilities[entry] += share * step[entry] }
            if likelihood.hasPosition { point.position += share * step[count] }
            if likelihood.hasTies { point.tie *= exponential(share * step[likelihood.tieIndex]) }
            let mean = point.abilities.reduce(0, +) / Double(count)
            for entry in 0..<count { point.abilities[entry] -= mean }
            if length < AbilitySearch.closest { return point }
            if point.position.magnitude > AbilitySearch.farthest
                || point.abilities.contains(where: { $0.magnitude > 4 * AbilitySearch.farthest })
            {
                return nil
            }
        }
        return nil
    }
}
