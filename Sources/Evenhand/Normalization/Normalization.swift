/// How scores are brought to one scale.
public enum NormalizationMethod: String, Sendable, CaseIterable {
    /// x − mean + grand mean: severity taken out, in points.
    case centered
    /// (x − mean) / SD, sample SD.
    case zscore
    /// (x − median) / (1.4826 · MAD).
    case robustZ = "robust-z"
    /// 100 (rank − 0.5) / n, ranks ascending, average for ties.
    case percentile
    /// Φ⁻¹((rank − 1/2) / n), ranks as for percentiles.
    case rankit
    /// x · R / A with A the mean result of the heat and R that of all entries (修正系数).
    case coefficient

    /// Whether results are z-scores, which can be shown on other scales.
    public var isStandardized: Bool { self == .zscore || self == .robustZ || self == .rankit }
    /// Whether results are in points: always where no scale is taken out, and of z-scores where they are shown so.
    public func isInPoints(on scale: NormalizationRules.Scale) -> Bool {
        self == .centered || self == .coefficient || (isStandardized && scale == .points)
    }
    /// Whether it rests on a location that few scores determine badly, so that the rules for few scores apply.
    public var hasLocation: Bool { self == .centered || self == .zscore || self == .robustZ }
}

/// The choices of a normalization, each with its default.
public struct NormalizationRules: Sendable, Equatable {
    /// What a z-score is shown as.
    public enum Scale: String, Sendable, CaseIterable {
        /// As it is.
        case z
        /// 50 + 10 z (标准分).
        case t
        /// M + S z with the mean and SD (n − 1) of all scores.
        case points
    }

    /// Whose scores share a scale.
    public enum Within: String, Sendable, CaseIterable {
        /// All scores of a judge, whatever the heat.
        case judge
        /// All scores of a heat, whoever gave them.
        case heat
        /// The scores of a judge in one heat.
        case judgeHeat = "judge-heat"
    }

    /// What happens to a judge with few scores.
    public enum Below: String, Sendable, CaseIterable {
        /// Mean and SD are drawn toward the pool, with weight n / (n + 4) on their own.
        case shrink
        /// Mean and SD are those of the pool.
        case pool
        /// Nothing.
        case own
    }

    /// What a z-score is shown as.
    public var scale = Scale.z
    /// Whose scores share a scale.
    public var within = Within.judge
    /// Fewer scores than this are few.
    public var minimumScores = 8
    /// What happens to a judge with few scores.
    public var below = Below.shrink

    /// The defaults: z, within judge, at least eight scores, shrunk below that.
    public init() {}

    /// The weight of the pool in a shrunken mean or SD, in scores.
    static let poolWeight = 4.0
}

/// Scores with judges' scales taken out, and what was done to each judge.
public struct Normalization: Sendable {
    /// A judge, a heat, or a judge in a heat, whose scores share a scale.
    public struct Group: Sendable, Equatable {
        /// The judge, when judges make the groups.
        public let judge: Int32?
        /// The heat, when heats make the groups.
        public let heat: Int32?
        /// The number of its scores.
        public let count: Int
        /// How its own location and scale were treated.
        public let treatment: Treatment
    }

    /// What was done to a group's own location and scale.
    public enum Treatment: Sendable, Equatable {
        /// Enough scores: its own location and scale were used.
        case own
        /// All scores equal: z is 0 throughout.
        case constant
        /// Few scores: shrunk toward the pool.
        case shrunk
        /// Few scores: replaced by the pool's.
        case pooled
        /// Few scores, used as they are.
        case few
    }

    /// The method.
    public let method: NormalizationMethod
    /// The rules.
    public let rules: NormalizationRules
    /// Which normalized scores are the best for people: of those in points that of the scores, of others the highest.
    public let direction: Direction
    /// The normalized scores, parallel to the sheet's; computed at each call. More is better, so `direction` turns points for people.
    public var values: [Double] {
        switch scores {
        case .measured(let measured): measured.values
        case .stored(let values): values
        }
    }
    private let scores: Scores
    /// The groups in canonical order.
    public let groups: [Group]
    /// Differences of results below this are rounding (`Ranks.grid`): 1e-10 of the SD of the scale that they are on.
    public let tieGrid: Double

    /// Brings the scores of a sheet of totals to one scale.
    ///
    /// The rules in their order: a group whose scores are all equal gets z = 0; a group with fewer than `minimumScores` is treated as
    /// `below` says, with the root mean variance *within* groups as the pool's SD, since the total SD contains severities.
    /// - Throws: `FitError.overflow`; `DesignError.zeroHeatMean` for coefficients.
    public init(of sheet: ScoreSheet, by method: NormalizationMethod, rules: NormalizationRules = NormalizationRules()) throws {
        let grouping = ScaleGrouping(of: sheet, within: method == .coefficient ? .heat : rules.within)
        let moments = try GroupMoments(sheet.units, isExact: sheet.isExact, codes: grouping.codes, groupCount: grouping.groups.count)
        let scales: ScaleTable
        switch method {
        case .centered, .zscore: scales = ScaleTable(moments, rules: rules)
        case .robustZ: scales = ScaleTable(robustOf: sheet.units, grouping, moments, rules: rules)
        case .percentile, .rankit, .coefficient: scales = ScaleTable(unscaled: moments, rules: rules)
        }
        let deviation = moments.grandDeviation / sheet.unitsPerPoint
        let mean = (moments.pivot + moments.grandOffset) / sheet.unitsPerPoint
        switch method {
        case .centered: scores = .measured(scales.centered(sheet, grouping.codes, mean: mean))
        case .zscore, .robustZ:
            scores = .measured(scales.standardized(sheet, grouping.codes, rules.scale.map(mean: mean, deviation: deviation)))
        case .percentile: scores = .stored(grouping.ranked(sheet.units) { rank, count in 100 * (rank - 0.5) / count })
        case .rankit:
            let (intercept, slope) = rules.scale.map(mean: mean, deviation: deviation)
            scores = .stored(
                grouping.ranked(sheet.units) { rank, count in
                    intercept + slope * NormalDistribution.standard.quantile((rank - 0.5) / count)
                })
        case .coefficient: scores = .stored(try PanelCoefficient(of: sheet).applied(to: sheet))
        }
        self.method = method
        self.rules = rules
        direction = method.isInPoints(on: rules.scale) ? sheet.direction : .higherIsBetter
        groups = grouping.groups.indices.map { index in
            let group = grouping.groups[index]
            return Group(judge: group.judge, heat: group.heat, count: moments.counts[index], treatment: scales.treatments[index])
        }
        let spread =
            method.isStandardized ? rules.scale.map(mean: mean, deviation: deviation).slope : method == .percentile ? 100 : deviation
        tieGrid = Ranks.grid(spread: spread, largest: method.isInPoints(on: rules.scale) ? mean : 0)
    }
}

extension Normalization {
    private enum Scores: Sendable {
        case measured(MeasuredScores)
        case stored([Double])
    }

    /// The mean of each entry's normalized scores; a mean, not a sum, so that an entry seen by more judges does not gain.
    func means(_ rows: EntryRows) -> [Double] {
        switch scores {
        case .measured(let measured): measured.means(rows)
        case .stored(let values): rows.means(values)
        }
    }
}

extension NormalizationRules.Scale {
    /// The line that takes z to the scale.
    func map(mean: Double, deviation: Double) -> (intercept: Double, slope: Double) {
        switch self {
        case .z: (0, 1)
        case .t: (50, 10)
        case .points: (mean, deviation)
        }
    }
}

/// The coefficient of each heat (修正系数): R / A_h, with A_h the mean of the heat's entry results and R that of all entries.
///
/// It makes all heats equally strong on average, which takes real differences between heats away with those of their panels.
public struct PanelCoefficient: Sendable, Equatable {
    /// The mean of the entry results of each heat, in points.
    public let heatMeans: [Double]
    /// The mean of all entry results, in points.
    public let overallMean: Double
    /// R / A_h for each heat.
    public let coefficients: [Double]

    /// The coefficients of a sheet of totals; an entry's result in a heat is the mean of its scores there.
    ///
    /// - Throws: `DesignError.zeroHeatMean` when a heat has mean 0.
    public init(of sheet: ScoreSheet) throws(DesignError) {
        var sums = [(total: Double, count: Int)](repeating: (0, 0), count: sheet.heats.count)
        for performance in sheet.performances {
            let total = performance.rows.reduce(0.0) { $0 + sheet.units[$1] }
            let heat = Int(performance.heat)
            sums[heat] = (sums[heat].total + total / Double(performance.rows.count), sums[heat].count + 1)
        }
        let total = sums.reduce(0.0) { $0 + $1.total }
        overallMean = total / Double(sheet.performances.count) / sheet.unitsPerPoint
        heatMeans = sums.map { $0.total / Double($0.count) / sheet.unitsPerPoint }
        for (heat, mean) in heatMeans.enumerated() where mean == 0 { throw .zeroHeatMean(heat: sheet.heats[heat].name ?? "") }
        let overall = overallMean
        coefficients = heatMeans.map { overall / $0 }
    }

    func applied(to sheet: ScoreSheet) -> [Double] {
        sheet.performances.flatMap { performance in
            performance.rows.map { sheet.units[$0] / sheet.unitsPerPoint * coefficients[Int(performance.heat)] }
        }
    }
}
