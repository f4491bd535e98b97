import LinearAlgebra

/// The joint posterior of the entries, without a matrix of entries by entries: every answer is a quadratic form in the dense columns.
///
/// What entry i is worth is θᵢ plus a combination of dense columns. Given those columns θᵢ = wᵢ (Σx − Nᵢ·columns) plus independent noise of
/// variance σ² wᵢ, so the error of the whole is that noise plus cᵢ times the error of the columns, with cᵢ = aᵢ − wᵢ Nᵢ.
extension CrossedEffects {
    /// What each entry would have got from the average judge: the mean of its group plus θ̂ and, where heats' means are strength, its
    /// heats' γ̂.
    public func fairAverages(heatMeans: HeatMeans = .leniency) -> [Double] {
        let values = entryEffects.indices.map { groupMeans[Int(design.groupCodes[$0])] + entryEffects[$0] }
        guard heatMeans == .strength, !heatEffects.isEmpty else { return values }
        return zip(values, heatShares()).map { value, shares in
            shares.reduce(value) { $0 + $1.share * heatEffects[$1.heat] }
        }
    }

    /// The standard error of each fair average, that of the mean included.
    public func fairAverageErrors(heatMeans: HeatMeans = .leniency) -> [Double] {
        let shares = fairShares(of: sheet.entries.indices, heatMeans)
        if design.isEntryEliminated { return errors(own: weights, fairForms(shares)) }
        let forms = shares.enumerated().map { inverse.quadraticForm([($0, 1)] + $1) }
        return errors(own: forms.map { _ in 0 }, forms)
    }

    /// The standard deviation of each θ̂ − θ given the scores: with the fixed effects held at their estimates, as lme4 has it, or with
    /// their uncertainty (Henderson's prediction error), which is larger.
    public func entryDeviations(holdingFixed: Bool = false) -> [Double] {
        deviations(isEliminated: design.isEntryEliminated, holdingFixed)
    }

    /// The same for β̂ − β of each judge.
    public func judgeDeviations(holdingFixed: Bool = false) -> [Double] {
        deviations(isEliminated: !design.isEntryEliminated, holdingFixed)
    }

    /// The same for γ̂ − γ of each heat.
    public func heatDeviations(holdingFixed: Bool = false) -> [Double] {
        guard design.random.count > 1 else { return [] }
        return deviations(of: design.random[1], holdingFixed)
    }

    /// The covariance of the groups' means, a row for each of `groups`.
    public var groupCovariance: [[Double]] {
        design.fixed.map { a in design.fixed.map { workingVariance * inverse.matrix[a, $0] } }
    }

    /// The standard error of the difference of two entries' fair averages: not the root of summed variances, since the same judges and the
    /// same mean are in both.
    public func errorOfDifference(_ a: Int, _ b: Int, heatMeans: HeatMeans = .leniency) -> Double {
        guard a != b else { return 0 }
        let (first, second) = (fairCombination(of: a, heatMeans), fairCombination(of: b, heatMeans))
        var difference = Dictionary(uniqueKeysWithValues: first.row.map { ($0.column, $0.value) })
        for (column, value) in second.row { difference[column, default: 0] -= value }
        let shared = inverse.quadraticForm(difference.sorted { $0.key < $1.key }.map { (column: $0.key, value: $0.value) })
        return (workingVariance * (first.own + second.own + shared)).squareRoot()
    }

    /// Given the dense columns an eliminated effect is −w N of them plus its own noise.
    private func deviations(isEliminated: Bool, _ holdingFixed: Bool) -> [Double] {
        guard isEliminated else { return deviations(of: design.random[0], holdingFixed) }
        let forms = holdingFixed ? inverse.holdingFixed(forms, of: design.counts) : forms
        return errors(own: weights, zip(weights, forms).map { $0 * $0 * $1 })
    }

    private func deviations(of columns: Range<Int>, _ holdingFixed: Bool) -> [Double] {
        let parts = holdingFixed ? design.fixed.map { inverse.scaledColumn($0) } : []
        let forms = columns.map { column in
            inverse.quadraticForm([(column, 1)]) - (holdingFixed ? inverse.fixedShare(parts.map { $0[column] }) : 0)
        }
        return errors(own: forms.map { _ in 0 }, forms)
    }

    private func errors(own: [Double], _ forms: [Double]) -> [Double] {
        zip(own, forms).map { (workingVariance * max(0, $0 + $1)).squareRoot() }
    }

    /// cᵀ·TBT·c of each fair average, c = a − w n, from the forms of the counts n: a, the shares of group and heats, has few elements.
    private func fairForms(_ shares: [[(column: Int, value: Double)]]) -> [Double] {
        let border = design.denseSizes.count..<design.columnCount
        let columns = border.map { inverse.scaledColumn($0) }
        let met = zip(border, columns).map { column, values in
            design.counts.times(values.map { $0 * inverse.scales[column] }, tasks: Parallel.tasks(size: design.scoreCount))
        }
        return shares.enumerated().map { entry, shares in
            let shared = shares.reduce(0.0) { sum, a in
                sum + a.value
                    * shares.reduce(0.0) { $0 + $1.value * inverse.scales[a.column] * columns[a.column - border.lowerBound][$1.column] }
            }
            let mixed = shares.reduce(0.0) { $0 + $1.value * met[$1.column - border.lowerBound][entry] }
            return shared - 2 * weights[entry] * mixed + weights[entry] * weights[entry] * forms[entry]
        }
    }

    /// The dense columns that are part of the fair averages of some entries, with their shares: where heats' means are strength, the heats
    /// of an entry, and its group.
    private func fairShares(of entries: Range<Int>, _ heatMeans: HeatMeans) -> [[(column: Int, value: Double)]] {
        let groups = entries.map { (column: design.fixed.lowerBound + Int(design.groupCodes[$0]), value: 1.0) }
        guard heatMeans == .strength, !heatEffects.isEmpty else { return groups.map { [$0] } }
        return zip(heatShares(of: entries), groups).map { heats, group in
            heats.map { (column: design.random[1].lowerBound + $0.heat, value: $0.share) } + [group]
        }
    }

    /// The heats of some entries, all if not said, each with the share of the entry's scores.
    func heatShares(of chosen: Range<Int>? = nil) -> [[(heat: Int, share: Double)]] {
        let entries = chosen ?? sheet.entries.indices
        let sizes = design.isEntryEliminated ? design.sizes : design.denseSizes
        var shares = [[(heat: Int, share: Double)]](repeating: [], count: entries.count)
        for performance in sheet.performances where entries.contains(Int(performance.entry)) {
            let entry = Int(performance.entry)
            shares[entry - entries.lowerBound].append((Int(performance.heat), Double(performance.rows.count) / sizes[entry]))
        }
        return shares
    }

    /// The combination of one fair average.
    private func fairCombination(of entry: Int, _ heatMeans: HeatMeans) -> (own: Double, row: [(column: Int, value: Double)]) {
        let shares = fairShares(of: entry..<entry + 1, heatMeans)[0]
        var row = Dictionary(uniqueKeysWithValues: shares.map { ($0.column, $0.value) })
        if design.isEntryEliminated {
            for (column, count) in design.counts.row(entry) { row[column, default: 0] -= weights[entry] * count }
        } else {
            row[entry] = 1
        }
        return (design.isEntryEliminated ? weights[entry] : 0, row.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
}
