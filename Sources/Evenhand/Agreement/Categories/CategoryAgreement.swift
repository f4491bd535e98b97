/// How far judges agree who sort entries into a few kinds or grades, beyond chance.
///
/// Every coefficient is (p_a − p_e) / (1 − p_e), with p_a the weighted share of pairs of scores of one performance that agree and p_e what
/// chance gives; they differ in what chance is:
///
/// - **Cohen's κ** takes each judge's own shares of the categories; of more than two judges it is the mean over pairs (Light's κ).
/// - **Fleiss' κ** takes the shares of the categories over all judges, π, and Σ w_kl π_k π_l.
/// - **Gwet's AC₁** and, with weights, **AC₂** take Σ w / (q (q − 1)) · Σ π_k (1 − π_k) for q categories, which holds where nearly all
///   scores are in one category and κ falls to 0.
///
/// Weights are 1 for equal scores; linear ones fall with the distance of two scores, quadratic ones with its square, to 0 for the lowest
/// and the highest. Scores may be missing; performances with one score count for π only.
///
/// Sources: Cohen, Educational and Psychological Measurement 20 (1960), 37–46, and Psychological Bulletin 70 (1968), 213–220; Light,
/// Psychological Bulletin 76 (1971), 365–377; Fleiss, ibid. 378–382; Gwet, *Handbook of Inter-Rater Reliability* (2014), chapters 2 to 5.
public struct CategoryAgreement: Sendable, Equatable {
    /// What chance is taken for.
    public enum Kind: String, Sendable, CaseIterable {
        /// Each judge's own shares of the categories.
        case cohen
        /// The shares over all judges.
        case fleiss
        /// Gwet's, of scores that are given at random.
        case gwet
    }

    /// How much neighbouring categories agree.
    public enum Weights: String, Sendable, CaseIterable {
        /// Not at all.
        case identity
        /// 1 − distance / range.
        case linear
        /// 1 − (distance / range)².
        case quadratic
    }

    /// One coefficient.
    public struct Coefficient: Sendable, Equatable {
        /// What chance is taken for.
        public let kind: Kind
        /// How much neighbouring categories agree.
        public let weights: Weights
        /// At most 1; `nil` when chance alone would agree fully.
        public let value: Double?
        /// The standard error with entries as drawn and judges as given (Gwet 2014, equation 5.5); `nil` of Cohen's κ.
        public let standardError: Double?
        /// Where it lies in a population of judges and entries; for these judges only when there are but two.
        public let interval: JudgedInterval?
    }

    /// Cohen's and Fleiss' κ, AC₁, and the quadratic weights for Cohen's κ and AC₂.
    public let coefficients: [Coefficient]
    /// The performances with at least two scores.
    public let unitCount: Int
    /// The share of these whose scores are all equal.
    public let unanimous: Double

    private static let shown: [(Kind, Weights)] = [
        (.cohen, .identity), (.cohen, .quadratic), (.fleiss, .identity), (.gwet, .identity), (.gwet, .quadratic),
    ]

    /// The agreement on a sheet of totals; `nil` on a scale of more than 11 different scores, of one, or without pairs, as `ScoreMatches`.
    public init?(of sheet: ScoreSheet, level: Double = 0.95) {
        guard ScoreMatches(of: sheet) != nil else { return nil }
        let table = CategoryTable(of: sheet)
        let jackknife = TwoWayJackknife(of: sheet)
        unitCount = table.units.count { $0.count > 1 }
        let same = table.units.count { unit in unit.count > 1 && unit.allSatisfy { $0.level == unit[0].level } }
        unanimous = Double(same) / Double(unitCount)
        coefficients = CategoryAgreement.shown.map { kind, weights in
            let whole = table.coefficient(kind, weights, without: .nothing)
            let interval = jackknife.interval(
                level: level, scale: { $0 < 1 ? naturalLogarithm(1 - $0) : nil }, back: { max(-1, 1 - exponential($0)) }
            ) { table.coefficient(kind, weights, without: $0).value }
            return Coefficient(kind: kind, weights: weights, value: whole.value, standardError: whole.error, interval: interval)
        }
    }

    /// The coefficient of a kind, if it is one of those that are computed.
    public subscript(kind: Kind, weights: Weights) -> Coefficient? { coefficients.first { $0.kind == kind && $0.weights == weights } }

    /// A coefficient and its standard error, without an interval.
    package static func coefficient(of sheet: ScoreSheet, _ kind: Kind, _ weights: Weights) -> (value: Double?, error: Double?) {
        CategoryTable(of: sheet).coefficient(kind, weights, without: .nothing)
    }
}
