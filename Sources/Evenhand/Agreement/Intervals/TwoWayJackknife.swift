/// An interval for a statistic of many judges and entries: how it moves when some judges, or some entries, are left out.
///
/// Judges are put into at most `groupLimit` groups (one each when they are fewer), and so are entries. From the statistic without each
/// group, V = (G − 1)/G Σ (θ₍g₎ − θ̄)² for judges and for entries. Both parts are added; what single scores contribute is in both, and is
/// taken off once where it is known, else the interval is a little wide. The interval is θ ± r on a scale where statistics near their limit
/// are less skewed. r is the smaller of t √V with Satterthwaite's degrees of freedom for the whole sum V, and √(t₁² V₁ + t₂² V₂) with each
/// part's own t once what scores give is taken off the part of fewer groups. Leaving judges out never compares a judge with a copy of that
/// judge, as resampling with replacement would.
///
/// Sources: Miller, *The jackknife: a review*, Biometrika 61 (1974), 1–15; Arvesen, *Jackknifing U-statistics*, Annals of Mathematical
/// Statistics 40 (1969), 2076–2100; Owen, *The pigeonhole bootstrap*, Annals of Applied Statistics 1 (2007), 386–411; Zou and Donner,
/// *Construction of confidence limits about effect measures*, Statistics in Medicine 27 (2008), 1693–1702, for limits of a sum from the
/// limits of its parts.
struct TwoWayJackknife: Sendable {
    /// Which scores are left out of a pass.
    enum Omission: Sendable, Equatable {
        case nothing
        /// The judges whose code leaves this rest on division by the number of groups.
        case judges(Int32, of: Int32)
        /// The entries likewise.
        case entries(Int32, of: Int32)

        func omits(judge: Int32) -> Bool {
            if case .judges(let group, let count) = self { return judge % count == group }
            return false
        }

        func omits(entry: Int32) -> Bool {
            if case .entries(let group, let count) = self { return entry % count == group }
            return false
        }
    }

    let judgeGroups: Int
    let entryGroups: Int
    private let size: Int

    /// More groups make t shorter by less than a twentieth.
    private static let groupLimit = 30
    /// Of very many scores fewer groups are enough, and faster.
    private static let fewGroups = 10
    private static let manyScores = 200_000

    /// - Parameter leavesJudges: whether judges are left out, too; not where every entry has judges of its own.
    init(of sheet: ScoreSheet, leavesJudges: Bool = true) {
        let limit = sheet.count > TwoWayJackknife.manyScores ? TwoWayJackknife.fewGroups : TwoWayJackknife.groupLimit
        judgeGroups = leavesJudges ? min(limit, sheet.judges.count) : 0
        (entryGroups, size) = (min(limit, sheet.entries.count), sheet.count)
    }

    /// The interval of a statistic; `nil` when it is undefined with some group left out.
    ///
    /// - Parameters:
    ///   - scale: the statistic on the scale of the interval; `nil` at its limit.
    ///   - back: from there to the statistic.
    func interval(
        level: Double, scale: (Double) -> Double?, back: (Double) -> Double, _ statistic: @Sendable (Omission) -> Double?
    ) -> JudgedInterval? {
        interval(level: level, of: passes(statistic).map { $0.flatMap(scale) }, back: back)
    }

    /// What a statistic is with nothing left out, then without each group of judges, if there are more than two, and of entries.
    func passes<Value: Sendable>(_ statistic: @Sendable (Omission) -> Value) -> [Value] {
        let omissions =
            (0..<judgeGroups).map { Omission.judges(Int32($0), of: Int32(judgeGroups)) }
            + (0..<entryGroups).map { .entries(Int32($0), of: Int32(entryGroups)) }
        let passes = [.nothing] + (judgeGroups > 2 ? omissions : Array(omissions.dropFirst(judgeGroups)))
        // A pass costs about a hundred times what a plain sum does.
        return Parallel.map(passes.count, size: 100 * size) { statistic(passes[$0]) }
    }

    /// The interval of a statistic from its passes, on its scale.
    ///
    /// - Parameter scores: the variance that single scores give to the statistic, which is part of what judges and of what entries give.
    func interval(level: Double, of found: [Double?], scores: Double = 0, back: (Double) -> Double) -> JudgedInterval? {
        guard entryGroups > 1, let center = found[0], found.allSatisfy({ $0 != nil }) else { return nil }
        let values = found.dropFirst().compactMap(\.self)
        let parts = judgeGroups > 2 ? [values.prefix(judgeGroups), values.dropFirst(judgeGroups)] : [values[...]]
        let variances = parts.map { (variance: TwoWayJackknife.variance($0), freedom: Double($0.count - 1)) }
        let sum = variances.reduce(0) { $0 + $1.variance }
        guard sum > 0 else { return nil }
        let whole = TwoWayJackknife.reach(level, sum, Estimate.freedom(ofSum: variances))
        // What scores give is taken off the part of fewer groups; what is left of it has too few degrees of freedom for one t of the sum.
        let ordered = variances.sorted { $0.freedom < $1.freedom }
        let apart = ordered.enumerated().map { position, part in
            TwoWayJackknife.reach(level, position == 0 ? max(0, part.variance - scores) : max(scores, part.variance), part.freedom)
        }
        let reach = parts.count == 1 ? whole : min(whole, apart.reduce(0) { $0 + $1 * $1 }.squareRoot())
        let ends = [back(center - reach), back(center + reach)].sorted()
        return JudgedInterval(range: ends[0]...ends[1], treatsJudgesAsSampled: parts.count == 2)
    }

    /// t √V.
    private static func reach(_ level: Double, _ variance: Double, _ freedom: Double) -> Double {
        StudentT(degreesOfFreedom: freedom).upperTailQuantile((1 - level) / 2) * variance.squareRoot()
    }

    private static func variance(_ values: ArraySlice<Double>) -> Double {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        return (count - 1) / count * values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
}

/// An interval, and the population of judges that it is about.
public struct JudgedInterval: Sendable, Equatable {
    /// From the lower to the upper limit.
    public let range: ClosedRange<Double>
    /// Whether judges count as drawn from a population; otherwise it holds for these judges only.
    public let treatsJudgesAsSampled: Bool
}
