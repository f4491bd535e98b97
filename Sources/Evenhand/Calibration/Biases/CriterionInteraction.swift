/// Whether a judge is severe on one criterion and lenient on another.
///
/// From each score of a criterion the mean of its ballot is taken, and the rest is fitted by performances and judges (least squares): what
/// a judge then gives above or below the panel is the interaction of judge and criterion, apart from the judge's severity as a whole. The
/// sizes of a judge add up to 0 over the criteria, those of a criterion over the judges of a subset. In points of the criterion as on the
/// ballot.
public struct CriterionInteraction: Sendable {
    /// One judge on one criterion.
    public struct Effect: Sendable, Equatable {
        /// The index of the judge.
        public let judge: Int
        /// The criterion, by name.
        public let criterion: String
        /// Points above (positive) or below what severity alone would give.
        public let size: Estimate?
        /// The number of ballots.
        public let ballots: Int
    }

    /// The effects, judge by judge.
    public let effects: [Effect]

    /// The interaction in complete ballots; `nil` when fewer than two criteria are on all of them.
    ///
    /// - Parameters:
    ///   - ballots: the ballots that `fit` has the totals of.
    init?(of ballots: CriterionBallots, _ fit: Additive) {
        guard ballots.criteria.count > 1 else { return nil }
        let design = fit.design
        let counts = fit.sheet.judgeScoreCounts
        let factors = design.factors.judges
        let means = fit.sheet.units.indices.map { row in
            ballots.values.reduce(0) { $0 + $1[row] } / Double(ballots.criteria.count)
        }
        let found = zip(ballots.criteria, ballots.values).map { criterion, values in
            let solution = design.fit(zip(values, means).map { $0 - $1 })
            let variance = design.degreesOfFreedom > 0 ? solution.squares / Double(design.degreesOfFreedom) : nil
            return fit.sheet.judges.indices.map { judge -> Effect in
                let size = variance.flatMap { variance -> Estimate? in
                    guard factors[judge] > 0 else { return nil }
                    return Estimate(
                        value: solution.judges[judge], standardError: (variance * factors[judge]).squareRoot(),
                        degreesOfFreedom: Double(design.degreesOfFreedom))
                }
                return Effect(judge: judge, criterion: criterion, size: size, ballots: counts[judge])
            }
        }
        effects = fit.sheet.judges.indices.flatMap { judge in found.map { $0[judge] } }
    }
}

/// The scores of complete ballots, criterion by criterion, parallel to the totals that were made of them.
struct CriterionBallots: Sendable {
    /// The criteria that are on every ballot.
    let criteria: [String]
    /// For each of them the scores in points, parallel to the rows of the sheet of totals.
    let values: [[Double]]

    init(_ ballots: ScoreSheet) {
        guard !ballots.criterionCodes.isEmpty else {
            (criteria, values) = ([], [])
            return
        }
        var columns = [[Double]](repeating: [], count: ballots.criteria.count)
        var number = 0
        for performance in ballots.performances {
            var last: Int32 = -1
            for row in performance.rows {
                if ballots.judgeCodes[row] != last { number += 1 }
                last = ballots.judgeCodes[row]
                columns[Int(ballots.criterionCodes[row])].append(ballots.points(at: row))
            }
        }
        let common = columns.indices.filter { columns[$0].count == number }
        (criteria, values) = (common.map { ballots.criteria[$0] }, common.map { columns[$0] })
    }
}
