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
        let values = entryEffects.indices.map { groupMeans[Int(groupCodes[$0])] + entryEffects[$0] }
        guard heatMeans == .strength, !heatEffects.isEmpty else { return values }
        return zip(values, heatShares()).map { value, shares in shares.reduce(value) { $0 + $1.share * heatEffects[$1.heat] } }
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
        let first = design.fixed.lowerBound
        return groups.indices.map { a in groups.indices.map { residualVariance * inverse.matrix[first + a, first + $0] } }
    }

    /// The standard error of the difference of two entries' fair averages: not the root of summed variances, since the same judges and the same
    /// mean are in both.
    public func errorOfDifference(_ a: Int, _ b: Int, heatMeans: HeatMeans = .leniency) -> Double {
        let combinations = fairCombinations(heatMeans)
        guard a != b else { return 0 }
        var difference = [Double](repeating: 0, count: design.columnCount)
        for (column, value) in combinations.rows.row(a) { difference[column] += value }
        for (column, value) in combinations.rows.row(b) { difference[column] -= value }
        let places = difference.indices.filter { difference[$0] != 0 }
        let row = SparseRows(
            columnCount: difference.count, starts: [0, places.count], columns: places.map { Int32($0) },
            values: places.map { difference[$0] })
        let shared = inverse.quadraticForms(row, holdingFixed: false)[0]
        return (residualVariance * (combinations.own[a] + combinations.own[b] + shared)).squareRoot()
    }

    private func deviations(_ combinations: Combinations, holdingFixed: Bool) -> [Double] {
        zip(combinations.own, inverse.quadraticForms(combinations.rows, holdingFixed: holdingFixed)).map {
            (residualVariance * max(0, $0 + $1)).squareRoot()
        }
    }

    private func effectCombinations(isEliminated: Bool) -> Combinations {
        guard isEliminated else { return columnCombinations(design.random[0]) }
        return Combinations(
            own: weights, rows: rows(count: weights.count) { level in design.counts.row(level).map { ($0, -weights[level] * $1) } })
    }

    private func columnCombinations(_ columns: Range<Int>) -> Combinations {
        Combinations(
            own: [Double](repeating: 0, count: columns.count), rows: rows(count: columns.count) { [(columns.lowerBound + $0, 1)] })
    }

    private func fairCombinations(_ heatMeans: HeatMeans) -> Combinations {
        let effects = effectCombinations(isEliminated: design.isEntryEliminated)
        let shares = heatMeans == .strength && !heatEffects.isEmpty ? heatShares() : []
        let firstHeat = design.random.last?.lowerBound ?? 0
        let rows = rows(count: sheet.entries.count) { entry in
            var combination = Dictionary(uniqueKeysWithValues: effects.rows.row(entry).map { ($0.column, $0.value) })
            combination[design.fixed.lowerBound + Int(groupCodes[entry]), default: 0] += 1
            if !shares.isEmpty {
                for (heat, share) in shares[entry] { combination[firstHeat + heat, default: 0] += share }
            }
            return combination.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }
        return Combinations(own: effects.own, rows: rows)
    }

    /// The heats of each entry with the share of its scores.
    func heatShares() -> [[(heat: Int, share: Double)]] {
        let counts = sheet.scoreCounts
        var shares = [[(heat: Int, share: Double)]](repeating: [], count: sheet.entries.count)
        for performance in sheet.performances {
            let entry = Int(performance.entry)
            shares[entry].append((Int(performance.heat), Double(performance.rows.count) / Double(counts[entry])))
        }
        return shares
    }

    private func rows(count: Int, _ elements: (Int) -> [(column: Int, value: Double)]) -> SparseRows {
        var (starts, columns, values) = ([0], [Int32](), [Double]())
        for row in 0..<count {
            for (column, value) in elements(row) {
                columns.append(Int32(column))
                values.append(value)
            }
            starts.append(columns.count)
        }
        return SparseRows(columnCount: design.columnCount, starts: starts, columns: columns, values: values)
    }
}
