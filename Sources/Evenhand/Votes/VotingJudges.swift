/// How each judge votes, as far as the abilities that all votes lead to say.
///
/// A judge's own log-odds are a (θ_first − θ_second) + δ + p: a is the judge's **discrimination**, 1 for one who sees differences as the
/// others do, 0 for one who votes by chance, negative for one who votes against the others; p is what the judge adds for the entry that was
/// shown first. Both are pulled towards 1 and 0 by normal populations of judges whose variances come from the votes, so that a judge whose
/// votes all say the same has finite values too.
///
/// Sources: the mean squares are those of Wright and Masters, *Rating Scale Analysis* (1982), chapter 5; the populations follow Efron and
/// Morris, *Data analysis using Stein's estimator*, Journal of the American Statistical Association 70 (1975), 311–319.
public struct VotingJudges: Sendable, Equatable {
    /// What is known of one judge.
    public struct Judge: Sendable, Equatable {
        /// How many votes the judge gave.
        public let votes: Int
        /// The mean square of what votes leave, each weighted by its variance: above 1 for votes that are less expected than chance.
        public let infit: Double
        /// The plain mean square, which single surprising votes dominate.
        public let outfit: Double
        /// The share of votes between entries of different ability, ties aside, in which the one with the higher ability won; `nil`
        /// without such votes.
        public let agreement: Double?
        /// a, pulled towards 1.
        public let discrimination: Estimate
        /// p in logits, pulled towards 0; `nil` where positions are not known.
        public let position: Estimate?
        /// How many votes that are not ties went to the entry shown first, and to the second.
        public let firsts, seconds: Int

        /// Whether all votes that are not ties went to the same side, which the model lets happen to any of the judges with a probability
        /// below 0.05 (Bonferroni).
        public let isOneSided: Bool
        /// Whether the judge votes against the others, with 97.5 % certainty.
        public var isContrary: Bool { discrimination.value + 1.96 * discrimination.standardError < 0 }
    }

    /// The judges, in the order of the votes' judges.
    public let judges: [Judge]
    /// The standard deviation of discriminations, and of the judges' own effects of the position.
    public let discriminationDeviation, positionDeviation: Double

    /// The judges of votes.
    public init(of fit: BradleyTerry) {
        let votes = fit.votes.votes.filter { $0.judge >= 0 }
        let named = fit.votes.votes.indices.filter { fit.votes.votes[$0].judge >= 0 }
        let counts = fit.likelihood.counts
        let ballots = JudgeBallots(of: votes, counts.selecting(named))
        let model = JudgeModel(fit)
        let first = Parallel.map(ballots.count, size: votes.count) { model.slopes(ballots[$0], at: .usual) }
        let spread = JudgeSpread(of: first, hasPosition: fit.votes.hasPositions)
        (discriminationDeviation, positionDeviation) = (spread.discrimination.squareRoot(), spread.position.squareRoot())
        judges = Parallel.map(ballots.count, size: votes.count) { model.judge(ballots[$0], spread, of: ballots.count) }
    }
}

/// Variances of the populations of judges.
struct JudgeSpread: Sendable {
    private(set) var discrimination = 0.25
    private(set) var position = 0.25
    let hasPosition: Bool

    private static let least = 1e-4
    private static let mostSteps = 200

    /// Variances with which what the first votes say of each judge is most probable, by expectation and maximization on the normal
    /// approximation of each judge's likelihood.
    init(of slopes: [JudgeModel.Slopes], hasPosition: Bool) {
        self.hasPosition = hasPosition
        guard slopes.count > 1 else { return }
        for _ in 0..<JudgeSpread.mostSteps {
            let before = self
            var (a, p) = (0.0, 0.0)
            for slope in slopes {
                let (step, covariance) = slope.step(self, at: .usual)
                a += step.a * step.a + covariance.aa
                p += step.p * step.p + covariance.pp
            }
            discrimination = max(JudgeSpread.least, a / Double(slopes.count))
            if hasPosition { position = max(JudgeSpread.least, p / Double(slopes.count)) }
            let change = max((discrimination - before.discrimination).magnitude, (position - before.position).magnitude)
            if change < 1e-7 { break }
        }
    }
}

/// The likelihood of one judge's votes, given the abilities.
struct JudgeModel: Sendable {
    /// a and p.
    struct Point: Sendable {
        var a, p: Double
        static let usual = Point(a: 1, p: 0)
    }

    /// Slope and information in a and p.
    struct Slopes: Sendable {
        var (a, p, aa, ap, pp) = (0.0, 0.0, 0.0, 0.0, 0.0)

        /// Newton's step towards the most probable point under the populations, and the covariance there.
        func step(_ spread: JudgeSpread, at point: Point) -> (step: Point, covariance: (aa: Double, pp: Double)) {
            let (slopeA, infoA) = (a - (point.a - 1) / spread.discrimination, aa + 1 / spread.discrimination)
            guard spread.hasPosition else { return (Point(a: slopeA / infoA, p: 0), (1 / infoA, 0)) }
            let (slopeP, infoP) = (p - point.p / spread.position, pp + 1 / spread.position)
            let determinant = infoA * infoP - ap * ap
            return (
                Point(a: (infoP * slopeA - ap * slopeP) / determinant, p: (infoA * slopeP - ap * slopeA) / determinant),
                (infoP / determinant, infoA / determinant)
            )
        }
    }

    private let cells: [PairCounts.Cell]
    private let abilities: [Double]
    private let position, tie: Double
    private let hasPositions: Bool

    init(_ fit: BradleyTerry) {
        (cells, abilities) = (fit.likelihood.counts.cells, fit.abilities)
        (position, tie, hasPositions) = (fit.point.position, fit.point.tie, fit.votes.hasPositions)
    }

    private func difference(_ ballot: JudgeBallots.Ballot) -> Double {
        let cell = cells[Int(ballot.cell)]
        return abilities[cell.first] - abilities[cell.second]
    }

    func slopes(_ ballots: ArraySlice<JudgeBallots.Ballot>, at point: Point) -> Slopes {
        var slopes = Slopes()
        for ballot in ballots {
            let difference = difference(ballot)
            let expected = PairLikelihood.Expectation(difference: point.a * difference + position + point.p, tie: tie)
            let (excess, variance) = (ballot.count * (ballot.outcome.score - expected.score), ballot.count * expected.variance)
            slopes.a += excess * difference
            slopes.p += excess
            slopes.aa += variance * difference * difference
            slopes.ap += variance * difference
            slopes.pp += variance
        }
        return slopes
    }

    func judge(_ ballots: ArraySlice<JudgeBallots.Ballot>, _ spread: JudgeSpread, of judgeCount: Int) -> VotingJudges.Judge {
        var (count, squares, variances, standardized) = (0.0, 0.0, 0.0, 0.0)
        var (agreeing, unequal, firsts, seconds) = (0.0, 0.0, 0.0, 0.0)
        // The logarithms of the probabilities that all votes go to the first, and to the second.
        var (allFirst, allSecond) = (0.0, 0.0)
        for ballot in ballots {
            let difference = difference(ballot)
            let expected = PairLikelihood.Expectation(difference: difference + position, tie: tie)
            let excess = ballot.outcome.score - expected.score
            count += ballot.count
            squares += ballot.count * excess * excess
            variances += ballot.count * expected.variance
            standardized += ballot.count * excess * excess / expected.variance
            guard ballot.outcome != .tie else { continue }
            if ballot.outcome == .first { firsts += ballot.count } else { seconds += ballot.count }
            // Between equals neither has the higher ability, whatever rounding says.
            if difference.magnitude > VoteAnalysis.closest {
                unequal += ballot.count
                if (ballot.outcome == .first) == (difference > 0) { agreeing += ballot.count }
            }
            allFirst += ballot.count * naturalLogarithm(expected.first / (expected.first + expected.second))
            allSecond += ballot.count * naturalLogarithm(expected.second / (expected.first + expected.second))
        }
        let (point, covariance) = mode(ballots, spread)
        let chance = exponential(allFirst) + exponential(allSecond)
        return VotingJudges.Judge(
            votes: Int(count), infit: variances > 0 ? squares / variances : 1, outfit: standardized / count,
            agreement: unequal > 0 ? agreeing / unequal : nil,
            discrimination: Estimate(value: point.a, standardError: covariance.aa.squareRoot()),
            position: hasPositions ? Estimate(value: point.p, standardError: covariance.pp.squareRoot()) : nil, firsts: Int(firsts),
            seconds: Int(seconds),
            isOneSided: hasPositions && min(firsts, seconds) == 0 && chance * Double(judgeCount) < 0.05)
    }

    private static let mostSteps = 30

    /// The most probable a and p; the logarithm of their density is concave, so that halved steps reach it.
    private func mode(_ ballots: ArraySlice<JudgeBallots.Ballot>, _ spread: JudgeSpread) -> (Point, (aa: Double, pp: Double)) {
        var point = Point.usual
        for _ in 0..<JudgeModel.mostSteps {
            let (step, covariance) = slopes(ballots, at: point).step(spread, at: point)
            let length = max(step.a.magnitude, step.p.magnitude)
            let share = min(1, 1 / max(length, 1))
            (point.a, point.p) = (point.a + share * step.a, point.p + share * step.p)
            if length < 1e-8 { return (point, covariance) }
        }
        return (point, slopes(ballots, at: point).step(spread, at: point).covariance)
    }
}
