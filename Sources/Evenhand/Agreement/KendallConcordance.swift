/// Kendall's W: how far the judges put the entries into one order, between 0 and 1.
///
/// In a heat whose n entries were all scored by the same m judges, with R_i the sum of entry i's average ranks and T_j = Σ (t³ − t) over
/// the ties of judge j, W = 12 Σ (R_i − R̄)² / (m² (n³ − n) − m Σ T_j) and χ² = m (n − 1) W with n − 1 degrees of freedom, which is
/// Friedman's statistic. Several heats add up their χ² and degrees of freedom; their W is the mean weighted by m (n − 1). Ranks need
/// complete heats: with scores missing W is undefined, and the correlation of pairs of judges takes its place.
///
/// W = 1/m is what judges without any agreement give on average, so the mean correlation ρ̄ = (m W − 1) / (m − 1) is easier to read; the
/// interval is made for it.
///
/// Source: Kendall and Gibbons, *Rank Correlation Methods* (1990), chapters 6 and 7.
public struct KendallConcordance: Sendable, Equatable {
    /// W; `nil` without complete heats, or when every judge gave all entries the same score.
    public let value: Double?
    /// W without the correction for ties.
    public let uncorrected: Double?
    /// χ² and its degrees of freedom.
    public let chiSquared: Double?
    /// The degrees of freedom of χ².
    public let degreesOfFreedom: Int
    /// The probability of a χ² as large when every judge gives ranks at random.
    public let p: Double?
    /// Where W lies for panels of this size from a population of judges; for these judges only when there are but two.
    public let interval: JudgedInterval?
    /// Whether each heat was scored in full by its panel.
    public let isComplete: Bool
    /// The heats that were ranked.
    public let heatCount: Int

    /// W of a sheet of totals.
    public init(of sheet: ScoreSheet, level: Double = 0.95) {
        let blocks = RankBlocks(of: sheet)
        isComplete = blocks.isComplete
        heatCount = blocks.blockCount
        guard let sums = blocks.sums(without: .nothing), blocks.isComplete else {
            (value, uncorrected, chiSquared, p, interval, degreesOfFreedom) = (nil, nil, nil, nil, nil, 0)
            return
        }
        value = sums.corrected / sums.largest
        uncorrected = sums.plain / sums.largest
        chiSquared = sums.corrected
        degreesOfFreedom = Int(sums.freedom)
        p = ChiSquared(degreesOfFreedom: sums.freedom).upperTail(sums.corrected)
        let interval = TwoWayJackknife(of: sheet).interval(
            level: level, scale: { $0.magnitude < 1 ? naturalLogarithm((1 + $0) / (1 - $0)) : nil },
            back: { 1 - 2 / (1 + exponential($0)) }
        ) { blocks.sums(without: $0)?.meanCorrelation }
        self.interval = interval.map { found in
            let ends = [found.range.lowerBound, found.range.upperBound].map {
                max(0, (sums.freedom + $0 * sums.pairFreedom) / sums.largest)
            }
            return JudgedInterval(range: ends[0]...ends[1], treatsJudgesAsSampled: found.treatsJudgesAsSampled)
        }
    }
}

/// Heats in which every judge scored every entry.
struct RankBlocks: Sendable {
    private struct Block {
        let entries: [Int32]
        let judges: [Int32]
        /// The scores of each judge, in the order of the entries.
        let scores: [[Double]]
    }

    /// Sums over heats of what W is made of.
    struct Sums {
        /// Σ m (n − 1) W, and without the correction for ties.
        var corrected = 0.0
        var plain = 0.0
        /// Σ (n − 1).
        var freedom = 0.0
        /// Σ m (n − 1), what the first would be if all judges agreed.
        var largest = 0.0
        /// Σ (m − 1) (n − 1).
        var pairFreedom = 0.0

        /// ρ̄ = (m W − 1) / (m − 1).
        var meanCorrelation: Double { (corrected - freedom) / pairFreedom }
    }

    private let blocks: [Block]
    let isComplete: Bool
    /// The heats that are ranked; one judge agrees with nobody, and one entry has no order.
    var blockCount: Int { blocks.count { $0.judges.count > 1 && $0.entries.count > 1 } }

    init(of sheet: ScoreSheet) {
        let heats = Dictionary(grouping: sheet.performances.indices) { sheet.performances[$0].heat }.sorted { $0.key < $1.key }
        var (blocks, isComplete) = ([Block](), true)
        for (_, performances) in heats {
            let first = sheet.performances[performances[0]].rows
            let panel = Array(sheet.judgeCodes[first])
            guard performances.allSatisfy({ Array(sheet.judgeCodes[sheet.performances[$0].rows]) == panel }) else {
                isComplete = false
                continue
            }
            let scores = panel.indices.map { seat in performances.map { sheet.units[sheet.performances[$0].rows.lowerBound + seat] } }
            blocks.append(Block(entries: performances.map { sheet.performances[$0].entry }, judges: panel, scores: scores))
        }
        (self.blocks, self.isComplete) = (blocks, isComplete)
    }

    /// The sums over heats with at least two judges and entries; `nil` when there are none, or every judge gave all entries the same score.
    func sums(without omission: TwoWayJackknife.Omission) -> Sums? {
        var sums = Sums()
        for block in blocks {
            let judges = block.judges.indices.filter { !omission.omits(judge: block.judges[$0]) }
            let entries = block.entries.indices.filter { !omission.omits(entry: block.entries[$0]) }
            guard judges.count > 1, entries.count > 1 else { continue }
            let (m, n) = (Double(judges.count), Double(entries.count))
            var (ranks, ties) = ([Double](repeating: 0, count: entries.count), 0.0)
            for judge in judges {
                let scores = block.scores[judge]
                let mine = Ranks.ascendingAverage(entries.count == scores.count ? scores : entries.map { scores[$0] })
                for (position, rank) in mine.enumerated() { ranks[position] += rank }
                // Σ (r − r̄)² of n ranks is (n³ − n − T) / 12.
                ties += n * n * n - n - 12 * mine.reduce(0) { $0 + ($1 - (n + 1) / 2) * ($1 - (n + 1) / 2) }
            }
            let scatter = 12 * ranks.reduce(0) { $0 + ($1 - m * (n + 1) / 2) * ($1 - m * (n + 1) / 2) }
            let whole = m * m * (n * n * n - n)
            guard whole - m * ties > 0 else { return nil }
            sums.corrected += m * (n - 1) * scatter / (whole - m * ties)
            sums.plain += m * (n - 1) * scatter / whole
            sums.freedom += n - 1
            sums.largest += m * (n - 1)
            sums.pairFreedom += (m - 1) * (n - 1)
        }
        return sums.freedom > 0 ? sums : nil
    }
}
