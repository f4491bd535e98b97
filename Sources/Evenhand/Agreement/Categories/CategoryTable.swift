/// The scores of each performance as categories.
struct CategoryTable: Sendable {
    /// One score.
    struct Score: Sendable, Equatable {
        let judge: Int32
        let level: Int
    }

    /// The categories in units, ascending.
    let levels: [Double]
    /// The scores of each performance.
    let units: [[Score]]
    private let entries: [Int32]
    private let judgeCount: Int

    init(of sheet: ScoreSheet) {
        let levels = Set(sheet.units).sorted()
        let position = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
        units = sheet.performances.map { performance in
            performance.rows.map { Score(judge: sheet.judgeCodes[$0], level: position[sheet.units[$0]] ?? 0) }
        }
        (self.levels, entries, judgeCount) = (levels, sheet.performances.map(\.entry), sheet.judges.count)
    }

    /// How much two categories agree.
    private func weight(_ a: Int, _ b: Int, _ weights: CategoryAgreement.Weights) -> Double {
        let range = (levels.last ?? 0) - (levels.first ?? 0)
        let distance = range > 0 ? (levels[a] - levels[b]).magnitude / range : 0
        return switch weights {
        case .identity: a == b ? 1 : 0
        case .linear: 1 - distance
        case .quadratic: 1 - distance * distance
        }
    }

    private func kept(without omission: TwoWayJackknife.Omission) -> [[Score]] {
        zip(units, entries).compactMap { unit, entry in
            if omission.omits(entry: entry) { return nil }
            let scores = omission == .nothing ? unit : unit.filter { !omission.omits(judge: $0.judge) }
            return scores.isEmpty ? nil : scores
        }
    }

    /// A coefficient and its standard error.
    func coefficient(
        _ kind: CategoryAgreement.Kind, _ weights: CategoryAgreement.Weights, without omission: TwoWayJackknife.Omission
    ) -> (value: Double?, error: Double?) {
        let units = kept(without: omission)
        let matrix = levels.indices.map { a in levels.indices.map { weight(a, $0, weights) } }
        if kind == .cohen { return (cohen(units, matrix), nil) }
        return pooled(units, matrix, isGwet: kind == .gwet)
    }

    private static func product(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for position in a.indices { sum += a[position] * b[position] }
        return sum
    }

    /// The share of the pairs of scores of a performance that agree; `nil` of one score.
    private static func agreement(_ counts: [Double], _ matrix: [[Double]]) -> Double? {
        let total = counts.reduce(0, +)
        guard total > 1 else { return nil }
        var sum = 0.0
        for level in counts.indices { sum += counts[level] * (product(matrix[level], counts) - 1) }
        return sum / (total * (total - 1))
    }

    /// Fleiss' κ and Gwet's AC: Gwet (2014), equations 5.1 to 5.9.
    private func pooled(_ units: [[Score]], _ matrix: [[Double]], isGwet: Bool) -> (value: Double?, error: Double?) {
        let size = levels.count
        var counts: [[Double]] = []
        var shares = [Double](repeating: 0, count: size)
        for unit in units {
            var count = [Double](repeating: 0, count: size)
            for score in unit { count[score.level] += 1 }
            counts.append(count)
            for level in 0..<size { shares[level] += count[level] / Double(unit.count) / Double(units.count) }
        }
        // What chance gives a score of each category.
        let whole: Double = matrix.joined().reduce(0, +) / Double(size * (size - 1))
        let chances = (0..<size).map { isGwet ? whole * (1 - shares[$0]) : CategoryTable.product(matrix[$0], shares) }
        let expected = CategoryTable.product(shares, chances)
        let observed = counts.map { CategoryTable.agreement($0, matrix) }
        let pairs = observed.compactMap { $0 }
        guard !pairs.isEmpty, expected < 1 else { return (nil, nil) }
        let value = (pairs.reduce(0, +) / Double(pairs.count) - expected) / (1 - expected)
        let all = Double(units.count)
        guard all > 1 else { return (value, nil) }
        var squares = 0.0
        for (count, observed) in zip(counts, observed) {
            let own = observed.map { all / Double(pairs.count) * ($0 - expected) / (1 - expected) } ?? 0
            let chance = CategoryTable.product(count, chances) / count.reduce(0, +)
            let part = own - 2 * (1 - value) * (chance - expected) / (1 - expected)
            squares += (part - value) * (part - value)
        }
        return (value, (squares / (all * (all - 1))).squareRoot())
    }

    /// The mean of Cohen's κ over the pairs of judges for whom it is defined.
    private func cohen(_ units: [[Score]], _ matrix: [[Double]]) -> Double? {
        let size = levels.count
        var tables: [Int: [Double]] = [:]
        for unit in units {
            for (position, b) in unit.enumerated() {
                for a in unit[..<position] {
                    let (first, second) = a.judge < b.judge ? (a, b) : (b, a)
                    let key = Int(first.judge) * judgeCount + Int(second.judge)
                    tables[key, default: [Double](repeating: 0, count: size * size)][first.level * size + second.level] += 1
                }
            }
        }
        let values = tables.keys.sorted().compactMap { key in tables[key].flatMap { kappa($0, matrix) } }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// Cohen's κ of a table of two judges: the disagreement less than chance gives, whatever the scale of the weights.
    private func kappa(_ table: [Double], _ matrix: [[Double]]) -> Double? {
        let size = levels.count
        let total = table.reduce(0, +)
        var (rows, columns) = ([Double](repeating: 0, count: size), [Double](repeating: 0, count: size))
        for (position, count) in table.enumerated() {
            rows[position / size] += count
            columns[position % size] += count
        }
        var (observed, expected) = (0.0, 0.0)
        for k in 0..<size {
            for l in 0..<size {
                observed += (1 - matrix[k][l]) * table[k * size + l] * total
                expected += (1 - matrix[k][l]) * rows[k] * columns[l]
            }
        }
        return expected > 0 ? 1 - observed / expected : nil
    }
}
