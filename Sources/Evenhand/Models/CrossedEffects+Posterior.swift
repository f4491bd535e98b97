import LinearAlgebra

/// The joint posterior of the entries, without a matrix of entries by entries: every answer is a quadratic form in the dense columns.
///
/// What entry i is worth is θᵢ plus a combination of dense columns. Given those columns θᵢ = wᵢ (Σx − Nᵢ·columns) plus independent noise of
/// variance σ² wᵢ, so the error of the whole is that noise plus cᵢ times the error of the columns, with cᵢ = aᵢ − wᵢ Nᵢ.
extension CrossedEffects {
    /// What is left of a combination when its eliminated effect has been taken out.
    private struct Combinations {
        /// wᵢ, 0 when the effect is itself a dense column.
        var own: [Double]
        var rows: SparseRows
    }

    /// What each entry would have got from the average judge: the mean of its group plus θ̂ and, where heats' means are strength, its heats' γ̂.
    public func fairAverages(heatMeans: HeatMeans = .leniency) -> [Double] {
        let values = entryEffects.indices.map { groupMeans[Int(design.groupCodes[$0])] + entryEffects[$0] }
        guard heatMeans == .strength, !heatEffects.isEmpty else { return values }
        let sizes = sheet.scoreCounts
        var fair = values
        for performance in sheet.performances {
            let entry = Int(performance.entry)
            fair[entry] += Double(performance.rows.count) / Double(sizes[entry]) * heatEffects[Int(performance.heat)]
        }
        return fair
    }

    /// The standard error of each fair average, that of the mean included.
    public func fairAverageErrors(heatMeans: HeatMeans = .leniency) -> [Double] {
        deviations(fairCombinations(heatMeans), holdingFixed: false)
    }

    /// The standard deviation of each θ̂ − θ given the scores: with the fixed effects held at their estimates, as lme4 has it, or with their
    /// uncertainty (Henderson's prediction error), which is larger.
    public func entryDeviations(holdingFixed: Bool = false) -> [Double] {
        deviations(effectCombinations(isEliminated: design.isEntryEliminated), holdingFixed: holdingFixed)
    }

    /// The same for β̂ − β of each judge.
    public func judgeDeviations(holdingFixed: Bool = false) -> [Double] {
        deviations(effectCombinations(isEliminated: !design.isEntryEliminated), holdingFixed: holdingFixed)
    }

    /// The same for γ̂ − γ of each heat.
    public func heatDeviations(holdingFixed: Bool = false) -> [Double] {
        guard design.random.count > 1 else { return [] }
        return deviations(columnCombinations(design.random[1]), holdingFixed: holdingFixed)
    }

    /// The covariance of the groups' means, a row for each of `groups`.
    public var groupCovariance: [[Double]] {
        design.fixed.map { a in design.fixed.map { residualVariance * inverse.matrix[a, $0] } }
    }

    /// The standard error of the difference of two entries' fair averages: not the root of summed variances, since the same judges and the same
    /// mean are in both.
    public func errorOfDifference(_ a: Int, _ b: Int, heatMeans: HeatMeans = .leniency) -> Double {
        guard a != b else { return 0 }
        let (first, second) = (fairCombination(of: a, heatMeans), fairCombination(of: b, heatMeans))
        var difference = Dictionary(uniqueKeysWithValues: first.row.map { ($0.column, $0.value) })
        for (column, value) in second.row { difference[column, default: 0] -= value }
        let shared = inverse.quadraticForm(difference.sorted { $0.key < $1.key }.map { (column: $0.key, value: $0.value) })
        return (residualVariance * (first.own + second.own + shared)).squareRoot()
    }

    /// Draws from the joint posterior of all fair averages, one value for each entry in each draw. Each draw has its own stream, so that the number of draws and
    /// the order in which they are made change none of them.
    public func samples(_ count: Int, seed: UInt64, heatMeans: HeatMeans = .leniency) throws(FitError) -> [[Double]] {
        let combinations = fairCombinations(heatMeans)
        let lower: Matrix
        do { lower = try Cholesky(inverse.matrix).lower } catch { throw .notPositiveDefinite(minor: design.columnCount) }
        let (means, scaled) = (fairAverages(heatMeans: heatMeans), combinations.rows.scalingColumns(by: inverse.scales))
        let noise = combinations.own.map { (residualVariance * $0).squareRoot() }
        let deviation = residualVariance.squareRoot()
        return Parallel.map(count, size: count * lower.rows) { draw in
            var stream = RandomStream(seed: seed, stream: UInt64(draw))
            let columns = lower * (0..<lower.rows).map { _ in deviation * stream.normal() }
            return zip(scaled * columns, zip(means, noise)).map { $0 + $1.0 + $1.1 * stream.normal() }
        }
    }

    private func deviations(_ combinations: Combinations, holdingFixed: Bool) -> [Double] {
        zip(combinations.own, inverse.quadraticForms(combinations.rows, holdingFixed: holdingFixed)).map {
            (residualVariance * max(0, $0 + $1)).squareRoot()
        }
    }

    private func effectCombinations(isEliminated: Bool) -> Combinations {
        guard isEliminated else { return columnCombinations(design.random[0]) }
        return Combinations(own: weights, rows: design.counts.replacingValues { level, _, count in -weights[level] * count })
    }

    private func columnCombinations(_ columns: Range<Int>) -> Combinations {
        Combinations(own: [Double](repeating: 0, count: columns.count), rows: rows(count: columns.count) { [(columns.lowerBound + $0, 1)] })
    }

    private func fairCombinations(_ heatMeans: HeatMeans) -> Combinations {
        guard design.isEntryEliminated else {
            let rows = rows(count: sheet.entries.count) { fairCombination(of: $0, heatMeans).row }
            return Combinations(own: [Double](repeating: 0, count: sheet.entries.count), rows: rows)
        }
        let rows = design.counts.replacingValues { fairCoefficient(of: $0, at: $1, count: $2, heatMeans) }
        return Combinations(own: weights, rows: rows)
    }

    /// What one entry's fair average is made of, with the columns in order.
    private func fairCombination(of entry: Int, _ heatMeans: HeatMeans) -> (own: Double, row: [(column: Int, value: Double)]) {
        if design.isEntryEliminated {
            let row = design.counts.row(entry).map { ($0.column, fairCoefficient(of: entry, at: $0.column, count: $0.value, heatMeans)) }
            return (weights[entry], row)
        }
        let shares = heatMeans == .strength && !heatEffects.isEmpty ? heatShares(of: entry) : []
        let heats = shares.map { (column: design.random[1].lowerBound + $0.heat, value: $0.share) }
        return (0, [(entry, 1)] + heats + [(design.fixed.lowerBound + Int(design.groupCodes[entry]), 1)])
    }

    /// The coefficient of a dense column for an eliminated entry with so many scores on it: its own share less what the eliminated effect takes.
    private func fairCoefficient(of entry: Int, at column: Int, count: Double, _ heatMeans: HeatMeans) -> Double {
        let taken = -weights[entry] * count
        if column >= design.fixed.lowerBound { return 1 + taken }
        let isHeat = heatMeans == .strength && column >= design.denseSizes.count
        return isHeat ? count / design.sizes[entry] + taken : taken
    }

    /// The heats of an entry, each once, with the share of its scores.
    private func heatShares(of entry: Int) -> [(heat: Int, share: Double)] {
        sheet.performances.filter { Int($0.entry) == entry }.map {
            (Int($0.heat), Double($0.rows.count) / design.denseSizes[entry])
        }
    }

    private func rows(count: Int, _ elements: (Int) -> [(column: Int, value: Double)]) -> SparseRows {
        var builder = SparseRowBuilder(columnCount: design.columnCount)
        for row in 0..<count {
            for (column, value) in elements(row) { builder.add(value, at: column) }
            builder.endRow()
        }
        return builder.rows()
    }
}
