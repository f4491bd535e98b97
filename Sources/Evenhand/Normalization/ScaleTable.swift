/// The location and scale that each group's scores are measured by, after the rules for constant and for few scores.
struct ScaleTable: Sendable {
    let pivot: Double
    /// The location of each group less the pivot, in units.
    let offsets: [Double]
    /// The scale of each group in units; 0 where z is 0 throughout.
    let scales: [Double]
    let treatments: [Normalization.Treatment]

    /// Means and SDs.
    init(_ moments: GroupMoments, rules: NormalizationRules) {
        self.init(
            pivot: moments.pivot, counts: moments.counts, offsets: moments.offsets, scales: moments.deviations,
            pool: (moments.grandOffset, moments.pooledDeviation), rules: rules)
    }

    /// Medians and robust scales; the pool is the median of all scores and the root mean square of the groups' robust scales.
    init(robustOf units: [Double], _ grouping: ScaleGrouping, _ moments: GroupMoments, rules: NormalizationRules) {
        let rows = grouping.rowsByGroup()
        let robust = Parallel.map(rows.count, size: units.count) { group in RobustScale(of: rows[group].map { units[$0] - moments.pivot }) }
        let freedom = moments.counts.reduce(0) { $0 + max(0, $1 - 1) }
        let squares = zip(moments.counts, robust).reduce(0.0) { $0 + Double(max(0, $1.0 - 1)) * $1.1.scale * $1.1.scale }
        let center = Quantiles.median(ofSorted: units.sorted()) - moments.pivot
        self.init(
            pivot: moments.pivot, counts: moments.counts, offsets: robust.map(\.median),
            scales: zip(moments.counts, robust).map { $0 < 2 ? nil : $1.scale },
            pool: (center, freedom == 0 ? 0 : (squares / Double(freedom)).squareRoot()), rules: rules)
    }

    /// No scale; ranks and coefficients only say who has few scores.
    init(unscaled moments: GroupMoments, rules: NormalizationRules) {
        pivot = moments.pivot
        (offsets, scales) = (moments.offsets, [])
        treatments = zip(moments.counts, moments.deviations).map { count, deviation in
            deviation == 0 ? .constant : count < rules.minimumScores ? .few : .own
        }
    }

    private init(
        pivot: Double, counts: [Int], offsets: [Double], scales: [Double?], pool: (offset: Double, scale: Double), rules: NormalizationRules
    ) {
        self.pivot = pivot
        var (newOffsets, newScales) = (offsets, scales.map { $0 ?? 0 })
        treatments = counts.indices.map { group in
            if counts[group] >= rules.minimumScores { return scales[group] == 0 ? .constant : .own }
            if rules.below != .own {
                let count = Double(counts[group])
                let weight = rules.below == .pool ? 0 : count / (count + NormalizationRules.poolWeight)
                newOffsets[group] = weight * offsets[group] + (1 - weight) * pool.offset
                // One score has no scale of its own; a judge who gives every entry the same score keeps z = 0.
                if scales[group] != 0 { newScales[group] = weight * (scales[group] ?? pool.scale) + (1 - weight) * pool.scale }
            }
            if scales[group] == 0 { return .constant }
            return rules.below == .own ? .few : rules.below == .pool ? .pooled : .shrunk
        }
        (self.offsets, self.scales) = (newOffsets, newScales)
    }

    /// x − location + grand mean, in points.
    func centered(_ sheet: ScoreSheet, _ codes: [Int32], mean: Double) -> MeasuredScores {
        let measures = offsets.map { SIMD2($0, sheet.unitsPerPoint) }
        return MeasuredScores(units: sheet.units, codes: codes, pivot: pivot, measures: measures, intercept: mean, slope: 1)
    }

    /// intercept + slope · (x − location) / scale, z being 0 where there is no scale.
    func standardized(_ sheet: ScoreSheet, _ codes: [Int32], _ line: (intercept: Double, slope: Double)) -> MeasuredScores {
        // An infinite scale makes z exactly 0 without a test in the loop.
        let measures = zip(offsets, scales).map { SIMD2($0, $1 > 0 ? $1 : .infinity) }
        return MeasuredScores(
            units: sheet.units, codes: codes, pivot: pivot, measures: measures, intercept: line.intercept, slope: line.slope)
    }
}

/// Scores seen through the location and scale of their group; computed when asked for.
struct MeasuredScores: Sendable {
    let units: [Double]
    let codes: [Int32]
    let pivot: Double
    /// The location of each group less the pivot, and its scale.
    let measures: [SIMD2<Double>]
    let intercept: Double
    let slope: Double

    var values: [Double] {
        withView { view in
            Parallel.array(count: units.count) { range, values in
                for row in range { values[row] = intercept + slope * view[row] }
            }
        }
    }

    /// The mean over the scores of each entry; the intercept comes last, since a large one would round each score.
    func means(_ rows: EntryRows) -> [Double] { withView { rows.means($0) }.map { intercept + slope * $0 } }

    private func withView<Result>(_ body: (View) -> Result) -> Result {
        units.withUnsafeBufferPointer { units in
            codes.withUnsafeBufferPointer { codes in
                measures.withUnsafeBufferPointer {
                    body(View(units: units, codes: codes, measures: $0, pivot: pivot))
                }
            }
        }
    }

    /// Distances from the location in units of the scale, reached through pointers, since it is asked for each score; read only, so it may
    /// cross threads.
    private struct View: RowValues, @unchecked Sendable {
        let units: UnsafeBufferPointer<Double>
        let codes: UnsafeBufferPointer<Int32>
        let measures: UnsafeBufferPointer<SIMD2<Double>>
        let pivot: Double

        @inline(__always)
        subscript(row: Int) -> Double {
            let measure = measures[Int(codes[row])]
            return (units[row] - pivot - measure[0]) / measure[1]
        }
    }
}

/// Which scores share a scale.
struct ScaleGrouping: Sendable {
    /// For each score the index of its group.
    let codes: [Int32]
    /// The judge and heat of each group, in canonical order.
    let groups: [(judge: Int32?, heat: Int32?)]

    init(of sheet: ScoreSheet, within: NormalizationRules.Within) {
        switch within {
        case .judge:
            codes = sheet.judgeCodes
            groups = sheet.judges.indices.map { (Int32($0), nil) }
        case .heat:
            codes = sheet.performances.flatMap { performance in performance.rows.map { _ in performance.heat } }
            groups = sheet.heats.indices.map { (nil, Int32($0)) }
        case .judgeHeat:
            let judgeCount = sheet.judges.count
            let cells = sheet.performances.flatMap { performance in
                performance.rows.map { Int(sheet.judgeCodes[$0]) + Int(performance.heat) * judgeCount }
            }
            let kept = Set(cells).sorted()
            let code = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, Int32($0)) })
            codes = cells.map { code[$0] ?? 0 }
            groups = kept.map { (Int32($0 % judgeCount), Int32($0 / judgeCount)) }
        }
    }

    /// The rows of each group, in order.
    func rowsByGroup() -> [[Int]] {
        var rows = groups.map { _ in [Int]() }
        for (row, code) in codes.enumerated() { rows[Int(code)].append(row) }
        return rows
    }

    /// A function of each score's ascending average rank in its group, and the size of the group.
    func ranked(_ units: [Double], _ value: @Sendable (_ rank: Double, _ count: Double) -> Double) -> [Double] {
        let rows = rowsByGroup()
        let ranked = Parallel.map(rows.count, size: units.count) { group -> [Double] in
            let ranks = Ranks.ascendingAverage(rows[group].map { units[$0] })
            return ranks.map { value($0, Double(ranks.count)) }
        }
        var values = [Double](repeating: 0, count: units.count)
        for (group, results) in ranked.enumerated() {
            for (row, result) in zip(rows[group], results) { values[row] = result }
        }
        return values
    }
}
