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
        let ranked = Parallel.map(rows.count) { group -> [Double] in
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
