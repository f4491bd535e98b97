/// What a method makes of each entry's scores.
public struct EntryResults: Sendable {
    /// The result of each entry, in points or on the scale of the normalization; more is better, so `direction` turns points for people.
    public let values: [Double]
    /// The same before the last division, when the method's results are fractions of exact scores.
    public let fractions: [Fraction]?
    /// Which results are the best for people: of results in points that of the scores, of others the highest.
    public let direction: Direction
    /// Results closer than this are equal, where there are no fractions.
    public let tieGrid: Double
    /// The entries with too few scores to trim: their result is the plain mean.
    public let untrimmed: [Int]
    /// What was done to the judges' scales, for methods that normalize.
    public let normalization: Normalization?
    /// The model that was fitted, for methods whose results are fair averages.
    public internal(set) var model: FairAverages?

    /// The results of a sheet of totals.
    ///
    /// - Parameters:
    ///   - sheet: one score for each judge of a performance, as `Totals` makes them.
    ///   - method: how an entry's scores make one result.
    ///   - rules: for the methods that normalize.
    ///   - decimals: places to which results are rounded, half up, before they are ranked.
    /// - Throws: `FitError`, `DesignError`.
    public init(
        of sheet: ScoreSheet, by method: ScoringMethod, rules: NormalizationRules = NormalizationRules(), roundedTo decimals: Int? = nil
    ) throws {
        try self.init(of: sheet, EntryRows(of: sheet), criteria: [], by: method, rules: rules, roundedTo: decimals)
    }

    /// - Parameter criteria: the scores of each criterion, when each is to be normalized on its own scale.
    init(
        of sheet: ScoreSheet, _ rows: EntryRows, criteria: [ScoreSheet], by method: ScoringMethod, rules: NormalizationRules,
        roundedTo decimals: Int?
    ) throws {
        precondition(sheet.criteria.isEmpty, "results are made of judges' totals: pass Totals(of: sheet).sheet")
        var normalization: Normalization?
        var untrimmed: [Int] = []
        if case .trimmed(let trim) = method { untrimmed = EntryResults.untrimmed(rows, trim) }
        if case .winsorized(let trim) = method { untrimmed = EntryResults.untrimmed(rows, trim) }

        if sheet.isExact, let fractions = try ExactResults.fractions(of: sheet, rows, by: method) {
            let rounded = try decimals.map { try EntryResults.rounded(fractions, $0, sheet.direction) } ?? fractions
            self.fractions = rounded
            values = Parallel.array(count: rounded.count) { range, out in for entry in range { out[entry] = rounded[entry].value } }
            tieGrid = 0
        } else {
            var results: [Double]
            if case .normalized(let kind, let within) = method {
                var rules = rules
                rules.within = within ?? rules.within
                let normalized = try Normalization(of: sheet, by: kind, rules: rules)
                let means = try criteria.map { try EntryResults(of: $0, by: method, rules: rules).values }
                results =
                    criteria.isEmpty ? normalized.means(rows) : EntryResults.averaged(means, criteria.map(\.entries), for: sheet.entries)
                tieGrid = normalized.tieGrid
                normalization = normalized
            } else {
                model = try FairAverages(of: sheet, by: method)
                results =
                    model?.values
                    ?? rows.map(sheet.units) { ApproximateResults.value(of: $0, by: method, unitsPerPoint: sheet.unitsPerPoint) }
                let moments = try GroupMoments(
                    sheet.units, isExact: sheet.isExact, codes: [Int32](repeating: 0, count: sheet.count), groupCount: 1)
                tieGrid = Ranks.grid(
                    spread: moments.grandDeviation / sheet.unitsPerPoint, largest: results.reduce(0) { max($0, $1.magnitude) })
            }
            fractions = nil
            let grid = tieGrid
            let direction = normalization?.direction ?? sheet.direction
            values =
                decimals.map { places in
                    results.map { direction.turned(EntryResults.rounded(direction.turned($0), places, grid: grid)) }
                } ?? results
        }
        self.untrimmed = untrimmed
        self.normalization = normalization
        direction = normalization?.direction ?? sheet.direction
    }

    /// The results as people read them.
    public var shown: [Double] { direction == .higherIsBetter ? values : values.map(direction.turned) }

    /// The same before the last division.
    public func shownFraction(_ entry: Int) -> Fraction? { (fractions?[entry]).map(direction.turned) }

    /// The mean over criteria; criteria differ between heats, so an entry may lack some.
    private static func averaged(_ means: [[Double]], _ names: [[String]], for entries: [String]) -> [Double] {
        let position = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1, $0) })
        var sums = [(total: Double, count: Int)](repeating: (0, 0), count: entries.count)
        for (means, names) in zip(means, names) {
            for (mean, name) in zip(means, names) {
                guard let entry = position[name] else { continue }
                sums[entry] = (sums[entry].total + mean, sums[entry].count + 1)
            }
        }
        return sums.map { $0.total / Double(max(1, $0.count)) }
    }

    private static func untrimmed(_ rows: EntryRows, _ trim: ScoringMethod.Trim) -> [Int] {
        (0..<rows.count).filter { entry in
            let (count, drop) = (rows.scoreCount(of: entry), trim.dropped(of: rows.scoreCount(of: entry)))
            return drop > 0 && count < 2 * drop + 1
        }
    }

    static func rounded(_ fractions: [Fraction], _ decimals: Int, _ direction: Direction) throws(FitError) -> [Fraction] {
        var rounded: [Fraction] = []
        for fraction in fractions {
            guard let short = direction.turned(fraction).rounded(toDecimals: decimals) else {
                throw .overflow(of: "digits in a rounded result")
            }
            rounded.append(direction.turned(short))
        }
        return rounded
    }

    /// Half up to `decimals` places; what is below a half by rounding only, less than half a step of the grid, is a half.
    static func rounded(_ value: Double, _ decimals: Int, grid: Double) -> Double {
        let scale = ScoreBlock.powerOfTen(decimals)
        return ((value + grid / 2) * scale + 0.5).rounded(.down) / scale
    }
}

/// Results that are fractions of exact scores.
private enum ExactResults {
    static func fractions(of sheet: ScoreSheet, _ rows: EntryRows, by method: ScoringMethod) throws(FitError) -> [Fraction]? {
        let perPoint = Int128(sheet.unitsPerPoint)
        switch method {
        case .mean: return rows.map(sheet.units) { Fraction(sum($0), over: perPoint * Int128($0.count)) }
        case .median: return rows.map(sheet.units) { median($0, perPoint) }
        case .trimmed(let trim): return rows.map(sheet.units) { trimmed($0, trim, perPoint) }
        case .winsorized(let trim): return rows.map(sheet.units) { winsorized($0, trim, perPoint) }
        case .clipped(let distance):
            let most = sheet.scoreCounts.max() ?? 0
            // m² · units · denominator must stay below 2¹²⁶.
            let bits = 54 + 2 * (Int.bitWidth - most.leadingZeroBitCount) + (128 - (distance.denominator * perPoint).leadingZeroBitCount)
            guard bits < 126 else { throw .overflow(of: "clipped scores") }
            return rows.map(sheet.units) { clipped($0, distance, perPoint) }
        case .huber, .normalized, .additive, .crossed, .calibrated: return nil
        }
    }

    private static func sum(_ units: some Collection<Double>) -> Int128 {
        var (sum, magnitude) = (0.0, 0.0)
        for unit in units {
            sum += unit
            magnitude += unit.magnitude
        }
        return magnitude < 0x1p53 ? Int128(Int64(sum)) : units.reduce(Int128(0)) { $0 + Int128($1) }
    }

    private static func median(_ units: UnsafeBufferPointer<Double>, _ perPoint: Int128) -> Fraction {
        let sorted = units.sorted()
        let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
        return Fraction(Int128(low) + Int128(high), over: 2 * perPoint)
    }

    private static func trimmed(_ units: UnsafeBufferPointer<Double>, _ trim: ScoringMethod.Trim, _ perPoint: Int128) -> Fraction {
        let drop = trim.dropped(of: units.count)
        guard drop > 0, units.count >= 2 * drop + 1 else { return Fraction(sum(units), over: perPoint * Int128(units.count)) }
        let kept = Int128(units.count - 2 * drop)
        if drop == 1 {
            var (least, most) = (units[0], units[0])
            for unit in units { (least, most) = (min(least, unit), max(most, unit)) }
            return Fraction(sum(units) - Int128(Int64(least)) - Int128(Int64(most)), over: perPoint * kept)
        }
        return Fraction(sum(units.sorted()[drop..<units.count - drop]), over: perPoint * kept)
    }

    private static func winsorized(_ units: UnsafeBufferPointer<Double>, _ trim: ScoringMethod.Trim, _ perPoint: Int128) -> Fraction {
        let drop = trim.dropped(of: units.count)
        let count = Int128(units.count)
        guard drop > 0, units.count >= 2 * drop + 1 else { return Fraction(sum(units), over: perPoint * count) }
        let sorted = units.sorted()
        let (low, high) = (sorted[drop], sorted[units.count - 1 - drop])
        return Fraction(sum(sorted[drop..<units.count - drop]) + Int128(drop) * (Int128(low) + Int128(high)), over: perPoint * count)
    }

    /// Everything times m times the denominator of the distance, so that the mean m ± d is a whole number.
    private static func clipped(_ units: UnsafeBufferPointer<Double>, _ distance: Fraction, _ perPoint: Int128) -> Fraction {
        let (count, scale) = (Int128(units.count), distance.denominator)
        let center = sum(units) * scale
        let reach = distance.numerator * perPoint * count
        let total = units.reduce(Int128(0)) { $0 + min(max(Int128($1) * count * scale, center - reach), center + reach) }
        return Fraction(total, over: count * count * scale * perPoint)
    }
}

/// Results of scores that are not exact, and of methods that iterate.
private enum ApproximateResults {
    static func value(of units: UnsafeBufferPointer<Double>, by method: ScoringMethod, unitsPerPoint: Double) -> Double {
        let count = Double(units.count)
        let plain = units.reduce(0, +) / count
        let value: Double
        switch method {
        case .mean, .normalized, .additive, .crossed, .calibrated: value = plain
        case .median: value = Quantiles.median(ofSorted: units.sorted())
        case .huber: value = HuberLocation(of: units).value
        case .trimmed(let trim):
            let drop = trim.dropped(of: units.count)
            let kept = drop > 0 && units.count >= 2 * drop + 1 ? Array(units.sorted()[drop..<units.count - drop]) : Array(units)
            value = kept.reduce(0, +) / Double(kept.count)
        case .winsorized(let trim):
            let drop = trim.dropped(of: units.count)
            guard drop > 0, units.count >= 2 * drop + 1 else { return plain / unitsPerPoint }
            let sorted = units.sorted()
            let (low, high) = (sorted[drop], sorted[units.count - 1 - drop])
            value = units.reduce(0) { $0 + min(max($1, low), high) } / count
        case .clipped(let distance):
            let reach = distance.value * unitsPerPoint
            value = units.reduce(0) { $0 + min(max($1, plain - reach), plain + reach) } / count
        }
        return value / unitsPerPoint
    }
}

extension Ranks {
    /// The ranks of results, the highest first.
    public init(of results: EntryResults, ties: TieRule = .min) {
        if let fractions = results.fractions {
            self.init(of: fractions, ties: ties)
        } else {
            self.init(of: results.values, closerThan: results.tieGrid, ties: ties)
        }
    }
}
