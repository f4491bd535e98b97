/// An intraclass correlation: which part of the variance of scores belongs to the entries, by the names of McGraw and Wong.
public struct IntraclassCorrelation: Sendable, Equatable {
    /// What counts as error.
    public enum Form: String, Sendable, CaseIterable {
        /// ICC(1): all that differs between scores of one entry, when it is not known (or not used) who gave which.
        case oneWay = "1"
        /// ICC(A, ·): noise and differences in severity; scores must be the same.
        case agreement = "A"
        /// ICC(C, ·): noise alone; scores must have the same order and distances.
        case consistency = "C"
    }

    /// The F test of no differences between entries.
    public struct Test: Sendable, Equatable {
        /// Mean square of entries over that of the error.
        public let fRatio: Double
        /// The degrees of freedom above and below the line.
        public let numeratorDegreesOfFreedom, denominatorDegreesOfFreedom: Double
        /// The probability of a ratio as large when the correlation is 0.
        public let p: Double
    }

    /// What counts as error.
    public let form: Form
    /// The number of judges whose mean it is about; 1 for a single score.
    public let judges: Double
    /// The correlation, at most 1; negative when scores of one entry differ more than scores of different entries. `nil` when all scores,
    /// or for a mean all entries' means, are equal.
    public let value: Double?
    /// Where the correlation in the population of judges and entries lies; `nil` where the scores leave no noise to estimate it from.
    public let interval: ClosedRange<Double>?
    /// The test; of complete tables only.
    public let test: Test?

    /// `ICC(A,1)`, `ICC(C,k)`, …: a single ICC(1) has no second letter.
    public var name: String {
        if form == .oneWay { return isAverage ? "ICC(1,k)" : "ICC(1)" }
        return "ICC(\(form.rawValue),\(isAverage ? "k" : "1"))"
    }

    /// Whether it is about the mean of several judges.
    public var isAverage: Bool { judges != 1 }

    /// From the lower to the upper limit; `nil` when one of them does not exist.
    static func limits(_ low: Double, _ high: Double) -> ClosedRange<Double>? {
        low.isFinite && high.isFinite ? min(low, high)...max(low, high) : nil
    }

    /// The reliability of a mean of k scores when that of one is ρ: k ρ / (1 + (k − 1) ρ) (Spearman 1910, Brown 1910); −∞ from a ρ at which
    /// the variance of the mean would be 0 or negative.
    public static func stepUp(_ correlation: Double, judges: Double) -> Double {
        let variance = 1 + (judges - 1) * correlation
        return variance > 1e-12 ? judges * correlation / variance : -.infinity
    }
}

/// The intraclass correlations of a sheet of totals.
///
/// Complete tables: from mean squares, with F intervals (McGraw and Wong 1996, tables 4, 7 and 8); k is the number of judges. Incomplete
/// tables: from the variances of `CrossedEffects`, with Monte-Carlo intervals; k is the harmonic mean of the scores of an entry. Entries
/// that each had judges of their own: ICC(1) alone, since nothing separates severity from noise.
///
/// The single-score ICC(A,1) interval uses Satterthwaite's degrees of freedom; that of ICC(A,k) is its transform by Spearman and Brown. All
/// of these take judges to have one scale and one normal noise; `Agreement` makes intervals by leaving judges and entries out, which hold
/// as well where that is not so.
///
/// Sources: Shrout and Fleiss, *Intraclass correlations*, Psychological Bulletin 86 (1979), 420–428; McGraw and Wong, *Forming inferences
/// about some intraclass correlation coefficients*, Psychological Methods 1 (1996), 30–46.
public struct IntraclassCorrelations: Sendable {
    /// What intervals are made of.
    public enum Intervals: Sendable {
        /// F distributions of mean squares.
        case fDistributions
        /// Draws of the mean squares that a complete table of the same information would have.
        case monteCarlo
        /// The correlations without some judges or entries (`JackknifedVariances`).
        case jackknife
    }

    /// What the intervals are made of.
    public let intervals: Intervals
    /// The variances behind them.
    public let generalizability: Generalizability
    /// The correlations that the design allows: single scores first, then means of k.
    public let all: [IntraclassCorrelation]
    /// The probability of differences between judges as large as these when none is more severe; of complete tables only.
    public let severityTest: IntraclassCorrelation.Test?

    /// The correlation of a form, of one score or of the mean of k.
    public func correlation(_ form: IntraclassCorrelation.Form, isAverage: Bool) -> IntraclassCorrelation? {
        all.first { $0.form == form && $0.isAverage == isAverage }
    }

    /// The correlations of variances.
    ///
    /// - Precondition: the variances are of totals, without criteria.
    public init(of generalizability: Generalizability, level: Double = 0.95, draws: Generalizability.Draws = .init()) {
        self.init(of: generalizability, level: level, possible: draws)
    }

    /// - Parameter draws: `nil` where an incomplete table is to have no intervals yet.
    init(of generalizability: Generalizability, level: Double, possible draws: Generalizability.Draws?) {
        self.generalizability = generalizability
        let singles: [IntraclassCorrelation]
        switch generalizability.design {
        case .crossed:
            let squares = TwoWaySquares(generalizability)
            singles = squares.correlations(level: level)
            severityTest = squares.severityTest
        case .nestedJudges:
            let (between, within) = (generalizability.components[0], generalizability.components[1])
            let test = OneWayTest(
                between.meanSquare, between.degreesOfFreedom, within.meanSquare, within.degreesOfFreedom,
                size: generalizability.judgesPerEntry)
            singles = [test.correlation(.oneWay, level: level)]
            severityTest = nil
        case .incomplete:
            singles = [.agreement, .consistency].map { IntraclassCorrelations.single($0, generalizability, level: level, draws) }
            severityTest = nil
        case .crossedWithCriteria, .judgesInCriteria:
            preconditionFailure("an intraclass correlation is made of judges' totals: pass Totals(of: sheet).sheet")
        }
        intervals = generalizability.design == .incomplete ? .monteCarlo : .fDistributions
        all = IntraclassCorrelations.withAverages(singles, generalizability)
    }

    /// The correlations of the design, ICC(1) only where entries had judges of their own, with intervals that leave judges and entries out.
    ///
    /// - Returns: the same with the intervals that it had where one of the new ones is undefined.
    func jackknifed(_ jackknife: JackknifedVariances?, level: Double) -> IntraclassCorrelations {
        let ofDesign = all.filter { !$0.isAverage && ($0.form != .oneWay || generalizability.design == .nestedJudges) }
        let found = ofDesign.compactMap { single in
            jackknife?.interval(level: level, judgeShare: single.form == .agreement ? 1 : 0).map(single.with)
        }
        let isComplete = found.count == ofDesign.count
        return IntraclassCorrelations(isComplete ? found : ofDesign, of: self, intervals: isComplete ? .jackknife : intervals)
    }

    private init(_ singles: [IntraclassCorrelation], of other: IntraclassCorrelations, intervals: Intervals) {
        (generalizability, severityTest, self.intervals) = (other.generalizability, other.severityTest, intervals)
        all = IntraclassCorrelations.withAverages(singles, generalizability)
    }

    private static func withAverages(_ singles: [IntraclassCorrelation], _ study: Generalizability) -> [IntraclassCorrelation] {
        singles + (study.judgesPerEntry == 1 ? [] : singles.map { $0.average(of: study.judgesPerEntry) })
    }

    /// σ²_entry over itself and the error, from the variances of a model.
    private static func single(
        _ form: IntraclassCorrelation.Form, _ study: Generalizability, level: Double, _ draws: Generalizability.Draws?
    ) -> IntraclassCorrelation {
        func value(_ entry: Double, _ judge: Double, _ noise: Double) -> Double {
            entry / (entry + noise + (form == .agreement ? judge : 0))
        }
        let (entry, judge, noise) = (study.variance(.entry), study.variance(.judge), study.variance([.entry, .judge]))
        let values = draws.map { study.possibleVariances($0).map { value($0[0], $0[1], $0[2]) } }
        return IntraclassCorrelation(
            form: form, judges: 1, value: value(entry, judge, noise),
            interval: values.flatMap { Generalizability.interval($0, level: level) }, test: nil)
    }
}

extension IntraclassCorrelation {
    fileprivate func with(_ interval: ClosedRange<Double>) -> IntraclassCorrelation {
        IntraclassCorrelation(form: form, judges: judges, value: value, interval: interval, test: test)
    }

    /// The correlation of the mean of so many judges, from that of a single score.
    fileprivate func average(of judges: Double) -> IntraclassCorrelation {
        func transformed(_ value: Double) -> Double { IntraclassCorrelation.stepUp(value, judges: judges) }
        let mean = value.map(transformed)
        return IntraclassCorrelation(
            form: form, judges: judges, value: mean.flatMap { $0.isFinite ? $0 : nil },
            interval: interval.flatMap { IntraclassCorrelation.limits(transformed($0.lowerBound), transformed($0.upperBound)) }, test: test)
    }
}
