/// Who leads, from exact sums in place of scores.
public struct PartialRanking: Sendable {
    /// The results and ranks of one method.
    public struct Column: Sendable {
        /// The method.
        public let method: ScoringMethod
        /// The result of each entry; more is better, so `direction` turns points for people.
        public let values: [Double]
        /// Which results are the best for people.
        public let direction: Direction
        /// The results in order.
        public let ranks: Ranks
        /// The entries with too few scores to trim: their result is the plain mean.
        public let untrimmed: [Int]
        /// The model that was fitted, for methods whose results are fair averages.
        public let model: FairAverages?

        /// The results as people read them.
        public var shown: [Double] { direction == .higherIsBetter ? values : values.map(direction.turned) }
    }

    /// How results are made and ranked.
    public struct Rules: Sendable, Equatable {
        /// How judges' scales are taken out.
        public var normalization = NormalizationRules()
        /// The digest of the judges' scales that z-scores of a second pass have to have been made with.
        public var scales: String?
        /// The same of percentiles.
        public var percentiles: String?
        /// How equal results share ranks.
        public var ties = TieRule.min
        /// Places to which results are rounded, half up, before they are ranked.
        public var decimals: Int?

        /// The defaults of a ranking.
        public init() {}
    }

    /// What was ranked.
    public let sums: PartialSums
    /// The methods in the order asked for.
    public let columns: [Column]
    /// The rules.
    public let rules: Rules
    /// The judges' scales, where a method takes them out.
    public let scales: JudgeScales?

    /// Ranks the entries by each method.
    ///
    /// Means, medians, trimmed and winsorized means are the same fractions as those of all scores on one machine, and so are their ranks.
    /// Mean z-scores and percentiles are within 10⁻¹² of those, since they are sums of whole numbers here and of Doubles there. Additive
    /// and crossed models are those of any scores with the same sums and pairs, within 10⁻⁹ SD.
    /// - Throws: `PartialError.notAvailable` for a method that needs more than the sums have; `.otherScales`; `FitError`.
    public init(of sums: PartialSums, by methods: [ScoringMethod], rules: Rules = Rules()) throws {
        (self.sums, self.rules) = (sums, rules)
        let isStandardized = methods.contains { $0.name == NormalizationMethod.zscore.rawValue }
        let scales = isStandardized ? try JudgeScales(of: sums, rules: rules.normalization) : nil
        self.scales = scales
        columns = try methods.map { method in
            if case .normalized(.zscore, within: nil) = method, let scales {
                return try Column(zscoresOf: sums, scales, rules)
            }
            if case .normalized(.percentile, within: nil) = method { return try Column(percentilesOf: sums, rules) }
            if method.needsPairs { return try Column(modelOf: sums, by: method, rules) }
            return try Column(of: sums, by: method, rules)
        }
    }

    /// How many entries two methods both place among the first `places`.
    public func agreement(_ a: Int, _ b: Int, places: Int) -> Int {
        let first = Set(columns[a].ranks.order.prefix(places))
        return columns[b].ranks.order.prefix(places).filter(first.contains).count
    }

    /// How groups did by the first method: what `Breakdown` makes of `GroupResults` of the scores. With the crossed model these are plain
    /// means, and its fair means.
    ///
    /// - Throws: `FitError.noResidual` for a crossed model that explains the scores exactly.
    public func breakdown(by grouping: Grouping) throws -> Breakdown {
        let (column, counts) = (columns[0], sums.entrySums.map(\.count))
        guard let model = column.model?.crossed else {
            return Breakdown(of: column.values, scores: counts, grouping, direction: column.direction)
        }
        guard model.residualVariance > 0 else { throw FitError.noResidual }
        let means = try PartialRanking.fractions(of: sums, by: .mean).map(\.value)
        return Breakdown(of: means, scores: counts, grouping, direction: column.direction, model: model)
    }
}

extension PartialRanking.Column {
    /// Results that are fractions of exact sums.
    fileprivate init(of sums: PartialSums, by method: ScoringMethod, _ rules: PartialRanking.Rules) throws {
        let direction = sums.terms.direction
        var fractions = try PartialRanking.fractions(of: sums, by: method)
        if let decimals = rules.decimals { fractions = try EntryResults.rounded(fractions, decimals, direction) }
        let untrimmed: [Int] =
            switch method {
            case .trimmed(let trim), .winsorized(let trim):
                sums.entrySums.indices.filter {
                    let drop = trim.dropped(of: sums.entrySums[$0].count)
                    return drop > 0 && sums.entrySums[$0].count < 2 * drop + 1
                }
            default: []
            }
        self.init(
            method: method, values: fractions.map(\.value), direction: direction, ranks: Ranks(of: fractions, ties: rules.ties),
            untrimmed: untrimmed, model: nil)
    }

    /// Fair averages of scores with the same sums.
    fileprivate init(modelOf sums: PartialSums, by method: ScoringMethod, _ rules: PartialRanking.Rules) throws {
        let scores = try SufficientScores(of: sums, for: method).sheet
        let results = try EntryResults(of: scores, by: method, roundedTo: rules.decimals)
        self.init(
            method: method, values: results.values, direction: results.direction,
            ranks: Ranks(of: results.values, closerThan: results.tieGrid, ties: rules.ties), untrimmed: [], model: results.model)
    }

    fileprivate init(percentilesOf sums: PartialSums, _ rules: PartialRanking.Rules) throws {
        let method = ScoringMethod.normalized(.percentile)
        guard let percentiles = sums.percentiles else {
            throw PartialError.notAvailable(method: method.name, sums.judgeCounts == nil ? .judgeCounts : .secondPass)
        }
        guard percentiles.scales == rules.percentiles else { throw PartialError.otherScales }
        let unit = Double(sign: .plus, exponent: -JudgePercentiles.bits, significand: 100)
        let grid = Ranks.grid(spread: 100, largest: 0)
        var values = zip(percentiles.sums, sums.entrySums).map { Double($0) * unit / Double($1.count) }
        if let decimals = rules.decimals { values = values.map { EntryResults.rounded($0, decimals, grid: grid) } }
        self.init(
            method: method, values: values, direction: .higherIsBetter, ranks: Ranks(of: values, closerThan: grid, ties: rules.ties),
            untrimmed: [], model: nil)
    }

    fileprivate init(zscoresOf sums: PartialSums, _ scales: JudgeScales, _ rules: PartialRanking.Rules) throws {
        guard let standardized = sums.standardized else {
            throw PartialError.notAvailable(method: NormalizationMethod.zscore.rawValue, .secondPass)
        }
        guard standardized.scales == rules.scales else { throw PartialError.otherScales }
        let scale = rules.normalization.scale
        let line = scale.map(mean: scales.grandMean, deviation: scales.grandDeviation)
        let unit = Double(sign: .plus, exponent: -scales.bits, significand: 1)
        let direction = NormalizationMethod.zscore.isInPoints(on: scale) ? sums.terms.direction : .higherIsBetter
        let grid = Ranks.grid(spread: line.slope, largest: direction == sums.terms.direction && scale == .points ? scales.grandMean : 0)
        var values = zip(standardized.sums, sums.entrySums).map { line.intercept + line.slope * (Double($0) * unit / Double($1.count)) }
        if let decimals = rules.decimals {
            values = values.map { direction.turned(EntryResults.rounded(direction.turned($0), decimals, grid: grid)) }
        }
        self.init(
            method: .normalized(.zscore), values: values, direction: direction,
            ranks: Ranks(of: values, closerThan: grid, ties: rules.ties), untrimmed: [], model: nil)
    }
}

extension ScoringMethod {
    /// Whether a result from sums needs to know who scored whom: models of entries and judges do.
    var needsPairs: Bool {
        switch self {
        case .additive, .crossed: true
        default: false
        }
    }
}

extension PartialRanking {
    /// The results of a method before the last division.
    fileprivate static func fractions(of sums: PartialSums, by method: ScoringMethod) throws(PartialError) -> [Fraction] {
        let (direction, unit) = (sums.terms.direction, Int128(sums.terms.scale.unitsPerPoint))
        func entry(_ sum: ExactSum) -> ExactSum { sum.turned(direction) }
        switch method {
        case .mean, .trimmed(.scores(0)): return sums.entrySums.map { Fraction(entry($0).sum, over: unit * Int128($0.count)) }
        case .trimmed(.scores(1)):
            return sums.entrySums.map { sum in
                let turned = entry(sum)
                if sum.count < 3 { return Fraction(turned.sum, over: unit * Int128(sum.count)) }
                return Fraction(turned.sum - Int128(turned.least) - Int128(turned.most), over: unit * Int128(sum.count - 2))
            }
        case .median: return try counted(sums, method).map(\.median)
        case .trimmed(let trim): return try counted(sums, method).map { $0.trimmed(trim, replacing: false) }
        case .winsorized(let trim): return try counted(sums, method).map { $0.trimmed(trim, replacing: true) }
        default: throw .notAvailable(method: method.name, .scores)
        }
    }

    private static func counted(_ sums: PartialSums, _ method: ScoringMethod) throws(PartialError) -> [CountedScores] {
        guard let counts = sums.counts else { throw .notAvailable(method: method.name, .counts) }
        var (results, start) = ([CountedScores](), 0)
        for entry in sums.entries.indices {
            var stop = start
            while stop < counts.count, counts[stop].owner == entry { stop += 1 }
            results.append(CountedScores(counts[start..<stop], sums.terms))
            start = stop
        }
        return results
    }
}

/// The scores of one entry in ascending order, equal ones together, and the results that follow from them exactly.
struct CountedScores {
    /// A score in units, of which more is better, and how many judges gave it.
    let scores: [(units: Int128, count: Int)]
    let count: Int
    let unitsPerPoint: Int128

    init(_ counts: ArraySlice<PartialSums.ScoreCount>, _ terms: PartialSums.Terms) {
        let ascending = counts.map { (units: Int128($0.units), count: $0.count) }
        scores = terms.direction == .higherIsBetter ? ascending : ascending.reversed().map { (0 - $0.units, $0.count) }
        count = scores.reduce(0) { $0 + $1.count }
        unitsPerPoint = Int128(terms.scale.unitsPerPoint)
    }

    /// The score at a position of the ascending order, from 0.
    func score(at position: Int) -> Int128 {
        var before = 0
        for score in scores {
            before += score.count
            if position < before { return score.units }
        }
        return scores.last?.units ?? 0
    }

    var sum: Int128 { scores.reduce(0) { $0 + $1.units * Int128($1.count) } }

    var median: Fraction { Fraction(score(at: (count - 1) / 2) + score(at: count / 2), over: 2 * unitsPerPoint) }

    /// The sum without the first and the last `drop` scores.
    private func sum(without drop: Int) -> Int128 {
        var (before, sum) = (0, Int128(0))
        for score in scores {
            let kept = min(before + score.count, count - drop) - max(before, drop)
            if kept > 0 { sum += score.units * Int128(kept) }
            before += score.count
        }
        return sum
    }

    /// The mean without scores at both ends, or with those moved to the next ones inside; of too few scores the plain mean.
    func trimmed(_ trim: ScoringMethod.Trim, replacing: Bool) -> Fraction {
        let drop = trim.dropped(of: count)
        guard drop > 0, count >= 2 * drop + 1 else { return Fraction(sum, over: unitsPerPoint * Int128(count)) }
        let inner = sum(without: drop)
        guard replacing else { return Fraction(inner, over: unitsPerPoint * Int128(count - 2 * drop)) }
        let ends = Int128(drop) * (score(at: drop) + score(at: count - 1 - drop))
        return Fraction(inner + ends, over: unitsPerPoint * Int128(count))
    }
}
