import LinearAlgebra

/// The abilities of entries from rankings, by the model of Plackett and Luce.
///
/// A ranking is a choice of the best of its entries, then of the best of the others, and so on; each time entry i is chosen with
/// probability e^θ_i / Σ e^θ_j over those that are left. Entries that a judge did not rank say nothing. Abilities are in logits and add up
/// to 0; they are the maximum of the likelihood, found by Newton's method until no ability changes by 1e-10. A ranking of two is a vote,
/// and of votes the model is that of Bradley and Terry.
///
/// Sources: Plackett, *The analysis of permutations*, Applied Statistics 24 (1975), 193–202; Luce, *Individual Choice Behavior* (1959);
/// Hunter, *MM algorithms for generalized Bradley–Terry models*, The Annals of Statistics 32 (2004), section 5.
public struct PlackettLuce: Sendable {
    /// The rankings.
    public let ballots: RankedBallots
    /// The ability of each entry, in logits; their sum is 0.
    public let abilities: [Double]
    /// Σ log p of the rankings.
    public let logLikelihood: Double
    /// How many rankings of two or more each entry is in.
    public let voteCounts: [Int]
    /// How many of them it leads.
    public let wins: [Int]
    let inverse: Matrix
    private let ownInformation: [Double]

    private static let mostSteps = 200
    private static let closest = 1e-10
    private static let longest = 2.0

    /// Fits the model.
    ///
    /// - Throws: `VoteError.separate` or `.oneSided` where rankings do not determine abilities; `FitError.tooLarge` of entries,
    ///   `FitError.noMatrixLibrary`.
    public init(of ballots: RankedBallots) throws {
        let count = ballots.entries.count
        try TableMemory.require(squares: 4, of: count, "entries")
        let used = ballots.ballots.filter { $0.order.count > 1 }
        // Each entry beat the next one: what it beat further on follows.
        let edges = used.lazy.flatMap { ballot in zip(ballot.order, ballot.order.dropFirst()).map { (winner: Int($0), loser: Int($1)) } }
        try BeatenGraph(entryCount: count, edges: edges).requireConnected(ballots.entries)
        var abilities = [Double](repeating: 0, count: count)
        var state = RankingSlopes(used, abilities)
        var isFound = false
        for _ in 0..<PlackettLuce.mostSteps where !isFound {
            let step = try AbilityErrors.factored(state.information, entries: count).factor.solve(state.slope)
            let length = step.reduce(0) { max($0, $1.magnitude) }
            let share = min(1, PlackettLuce.longest / max(length, .leastNormalMagnitude))
            for entry in 0..<count { abilities[entry] += share * step[entry] }
            let mean = abilities.reduce(0, +) / Double(count)
            for entry in 0..<count { abilities[entry] -= mean }
            state = RankingSlopes(used, abilities)
            isFound = length < PlackettLuce.closest
            if !isFound, length.isNaN { break }
        }
        if !isFound { throw FitError.notConverged(steps: PlackettLuce.mostSteps, change: state.slope.reduce(0) { max($0, $1.magnitude) }) }
        inverse = try AbilityErrors.inverse(state.information, entries: count)
        ownInformation = (0..<count).map { state.information[$0, $0] }
        (self.ballots, self.abilities, logLikelihood) = (ballots, abilities, state.logLikelihood)
        var (votes, wins) = ([Int](repeating: 0, count: count), [Int](repeating: 0, count: count))
        for ballot in used {
            for entry in ballot.order { votes[Int(entry)] += 1 }
            wins[Int(ballot.order[0])] += 1
        }
        (voteCounts, self.wins) = (votes, wins)
    }

    /// The standard error of each ability by the information about it alone, as if the others were known.
    public var ownErrors: [Double] { ownInformation.map { 1 / $0.squareRoot() } }

    /// The scale separation reliability, as of `BradleyTerry`.
    public var separation: SeparationReliability? {
        SeparationReliability(of: abilities, errors: ownErrors, subsets: abilities.map { _ in 0 })
    }

    /// The standard errors of each kind that the rankings allow.
    public func standardErrors(_ kind: VoteErrors) -> [Double]? { (try? errors(kind))?.standardErrors }

    /// The errors of abilities; a ranking is one observation, and `judges` puts those of a judge together.
    ///
    /// - Throws: `VoteError.noJudges` of `judges` where fewer than two are named.
    func errors(_ kind: VoteErrors) throws(VoteError) -> AbilityErrors {
        let count = abilities.count
        if kind == .model { return AbilityErrors(full: inverse, entries: count) }
        if kind == .judges, ballots.judges.count < 2 { throw .noJudges }
        var groups: [Int32: [RankedBallots.Ballot]] = [:]
        for (index, ballot) in ballots.ballots.enumerated() where ballot.order.count > 1 {
            let isAlone = kind == .robust || ballot.judge == Factor.missing
            groups[isAlone ? -1 - Int32(index) : ballot.judge, default: []].append(ballot)
        }
        var filling = Matrix(rows: count, columns: count)
        for key in groups.keys.sorted() {
            let slope = RankingSlopes(groups[key] ?? [], abilities).slope
            let positions = slope.indices.filter { slope[$0] != 0 }
            for i in positions { for j in positions { filling[i, j] += slope[i] * slope[j] } }
        }
        let factor = kind == .judges && groups.count > 1 ? Double(groups.count) / Double(groups.count - 1) : 1
        let product = inverse * filling * inverse
        return AbilityErrors(full: Matrix(rows: count, columns: count) { factor * product[$0, $1] }, entries: count)
    }
}

/// The likelihood of rankings, its slope and its information at some abilities.
private struct RankingSlopes {
    var logLikelihood = 0.0
    var slope: [Double]
    /// The lower triangle with the diagonal.
    var information: Matrix

    init(_ ballots: [RankedBallots.Ballot], _ abilities: [Double]) {
        slope = [Double](repeating: 0, count: abilities.count)
        information = Matrix(rows: abilities.count, columns: abilities.count)
        for ballot in ballots { add(ballot.order.map { Int($0) }, abilities) }
    }

    /// Adds a ranking: at choice s entry i is taken with probability w_i / D_s, so that Σ 1/D_s and Σ 1/D_s² up to an entry's position are
    /// all that its row needs.
    private mutating func add(_ order: [Int], _ abilities: [Double]) {
        let top = order.reduce(-Double.infinity) { max($0, abilities[$1]) }
        let weights = order.map { exponential(abilities[$0] - top) }
        var sums = weights
        for index in order.indices.dropLast().reversed() { sums[index] += sums[index + 1] }
        var (inverses, squares) = ([Double](), [Double]())
        var (inverse, square) = (0.0, 0.0)
        for index in order.indices {
            // The last is not chosen.
            if index < order.count - 1 {
                inverse += 1 / sums[index]
                square += 1 / (sums[index] * sums[index])
                logLikelihood += naturalLogarithm(weights[index] / sums[index])
                slope[order[index]] += 1
            }
            inverses.append(inverse)
            squares.append(square)
        }
        for (index, entry) in order.enumerated() {
            slope[entry] -= weights[index] * inverses[index]
            information[entry, entry] += weights[index] * inverses[index] - weights[index] * weights[index] * squares[index]
            for before in 0..<index {
                let other = order[before]
                information[max(entry, other), min(entry, other)] -= weights[index] * weights[before] * squares[before]
            }
        }
    }
}
