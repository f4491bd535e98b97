/// The intervals of a decision study: those of the reliabilities of one judge, stepped up; of studies with criteria, and where there are
/// none, from draws.
struct DecisionIntervals: Sendable {
    private let study: Generalizability
    private let fixed: Facets
    private let level: Double
    /// The intervals of a single score.
    private let single: (relative: ClosedRange<Double>?, absolute: ClosedRange<Double>?)?
    private let variances: [[Double]]

    init(_ study: Generalizability, fixed: Facets, level: Double, draws: Generalizability.Draws, jackknife: JackknifedVariances?) {
        (self.study, self.fixed, self.level) = (study, fixed, level)
        single = fixed.isEmpty ? DecisionIntervals.single(study, level: level, jackknife: jackknife) : nil
        variances = single == nil ? study.possibleVariances(draws) : []
    }

    private static func single(
        _ study: Generalizability, level: Double, jackknife: JackknifedVariances?
    ) -> (relative: ClosedRange<Double>?, absolute: ClosedRange<Double>?)? {
        let found = [study.judgeShare, 1].compactMap { share in jackknife?.interval(level: level, judgeShare: share) }
        if found.count == 2 { return (found[0], found[1]) }
        guard study.design == .crossed else { return nil }
        let correlations = IntraclassCorrelations(of: study, level: level)
        return (
            correlations.correlation(.consistency, isAverage: false)?.interval,
            correlations.correlation(.agreement, isAverage: false)?.interval
        )
    }

    func row(judges: Double, criteria: Int) -> (ClosedRange<Double>?, ClosedRange<Double>?) {
        if let single { return (stepped(single.relative, judges), stepped(single.absolute, judges)) }
        let errors = variances.map { DecisionErrors(study, $0, fixed, judges, criteria) }
        return (
            Generalizability.interval(errors.map { DecisionStudy.share($0.universe, $0.relative) ?? .nan }, level: level),
            Generalizability.interval(errors.map { DecisionStudy.share($0.universe, $0.absolute) ?? .nan }, level: level)
        )
    }

    /// A reliability is a share of variances: a limit below 0 stands for 0.
    private func stepped(_ interval: ClosedRange<Double>?, _ judges: Double) -> ClosedRange<Double>? {
        interval.map { limits in
            let ends = [limits.lowerBound, limits.upperBound].map { IntraclassCorrelation.stepUp(max(0, $0), judges: judges) }
            return ends[0]...ends[1]
        }
    }

    func judges(reaching target: Double, ofResults: Bool, criteria: Int) -> ClosedRange<Double>? {
        guard let single else {
            return Generalizability.interval(
                variances.map { DecisionErrors(study, $0, fixed, 1, criteria).judges(reaching: target, ofResults: ofResults) }, level: level
            )
        }
        return (ofResults ? single.absolute : single.relative).map { limits in
            let odds = target / (1 - target)
            let ends = [limits.upperBound, limits.lowerBound].map { $0 > 0 ? odds * (1 - $0) / $0 : .infinity }
            return ends[0]...ends[1]
        }
    }
}
