import Evenhand

/// Exact relations between columns of a table: what is the sum, the mean or the ranking of others.
struct Relations {
    /// The columns of the table.
    let columns: [ColumnEvidence]

    /// What a column may be of others; trimmed, without the highest and the lowest of them.
    enum Kind: CaseIterable {
        case sum, mean, trimmedMean, trimmedSum

        var isSum: Bool { self == .sum || self == .trimmedSum }
    }

    /// Whether a column follows from others in nearly every row; sums may be weighted, and something may be subtracted.
    func holds(
        _ kind: Kind, _ target: Int, of sources: [Int], weights: [Double]? = nil, minus deduction: Int? = nil, plus: Bool = false,
        isStrict: Bool = false
    ) -> Bool {
        var (agreeing, compared, moving, hasFractions) = (0, 0, Set<Double>(), false)
        for row in columns[target].numbers.indices {
            guard let written = columns[target].numbers[row] else { continue }
            var values: [Double] = []
            for (position, source) in sources.enumerated() {
                guard !columns[source].numbers.isEmpty, let number = columns[source].numbers[row] else { continue }
                values.append(number.value * (weights?[position] ?? 1))
            }
            guard values.count > 1 || sources.count == 1 && values.count == 1, var computed = Relations.value(kind, values) else {
                continue
            }
            if let deduction {
                let value = columns[deduction].numbers.isEmpty ? 0 : columns[deduction].numbers[row]?.value ?? 0
                computed += plus ? abs(value) : -abs(value)
            }
            compared += 1
            moving.insert(written.value)
            let unit = (0..<min(written.decimals, 9)).reduce(1.0) { value, _ in value / 10 }
            // Some cut, some round half to even: all within one unit, though not within one point where points are whole.
            if !written.isWhole { hasFractions = true }
            let tolerance = isStrict && kind.isSum ? 0 : unit * (isStrict || written.decimals == 0 ? 0.5001 : 1.0001)
            if abs(written.value - computed) <= tolerance + max(1, abs(computed)) * 1e-9 { agreeing += 1 }
        }
        return compared > 1 && (moving.count > 1 || compared > 2)
            && (isStrict
                // Without a word for it a mean has to have decimals: whole numbers near others are scores.
                ? agreeing == compared && compared > 2 && (kind.isSum || hasFractions)
                : agreeing * 5 >= compared * 4)
    }

    private static func value(_ kind: Kind, _ values: [Double]) -> Double? {
        let sum = values.reduce(0, +)
        switch kind {
        case .sum: return sum
        case .mean: return sum / Double(values.count)
        case .trimmedMean, .trimmedSum:
            // Of three the sum would be the middle one: a score.
            guard values.count > (kind == .trimmedSum ? 3 : 2), let low = values.min(), let high = values.max() else { return nil }
            let rest = sum - low - high
            return kind == .trimmedSum ? rest : rest / Double(values.count - 2)
        }
    }

    /// Whether a column is any known total of others.
    func isTotal(_ target: Int, of sources: [Int], isStrict: Bool = false) -> Bool {
        Kind.allCases.contains { holds($0, target, of: sources, isStrict: isStrict) }
    }

    /// Whether a column is the mean of others in every row; `code` is not a score.
    func holdsInEveryRow(_ target: Int, of sources: [Int], without code: Double?) -> Bool {
        var compared = 0
        for row in columns[target].numbers.indices {
            guard let written = columns[target].numbers[row] else { continue }
            let values = sources.compactMap { columns[$0].numbers.isEmpty ? nil : columns[$0].numbers[row]?.value }.filter { $0 != code }
            guard !values.isEmpty else { continue }
            compared += 1
            let unit = (0..<min(written.decimals, 9)).reduce(1.0) { value, _ in value / 10 }
            if abs(written.value - values.reduce(0, +) / Double(values.count)) > unit * 0.5001 + 1e-9 { return false }
        }
        return compared > 2
    }

    /// Whether a column is the sum or the mean over judges of what each of them gave in several columns, which may be weighted.
    func isPanelTotal(_ target: Int, of judges: [[Int]], weights: [Int: Double]) -> Bool {
        Kind.allCases.contains { kind in
            var (agreeing, compared) = (0, 0)
            for row in columns[target].numbers.indices {
                guard let written = columns[target].numbers[row] else { continue }
                let totals = judges.compactMap { group -> Double? in
                    let values = group.compactMap { column in
                        columns[column].numbers.isEmpty ? nil : columns[column].numbers[row].map { $0.value * (weights[column] ?? 1) }
                    }
                    return values.isEmpty ? nil : values.reduce(0, +)
                }
                guard !totals.isEmpty, let computed = Relations.value(kind, totals) else { continue }
                compared += 1
                let unit = (0..<min(written.decimals, 9)).reduce(1.0) { value, _ in value / 10 }
                if abs(written.value - computed) <= unit * (written.decimals == 0 ? 0.5001 : 1.0001) + max(1, abs(computed)) * 1e-9 {
                    agreeing += 1
                }
            }
            return compared > 1 && agreeing * 5 >= compared * 4
        }
    }

    /// Whether a column is in every row the highest (or lowest) of others, their number, or their spread.
    func isExtreme(_ target: Int, of sources: [Int], highest: Bool) -> Bool {
        rowwise(target, sources) { highest ? $0.max() : $0.min() }
    }

    private func rowwise(_ target: Int, _ sources: [Int], _ body: ([Double]) -> Double?) -> Bool {
        var compared = 0
        for row in columns[target].numbers.indices {
            guard let written = columns[target].numbers[row] else { continue }
            let values = sources.compactMap { columns[$0].numbers.isEmpty ? nil : columns[$0].numbers[row]?.value }
            guard !values.isEmpty, let computed = body(values) else { continue }
            compared += 1
            if abs(written.value - computed) > 1e-9 { return false }
        }
        return compared > 1
    }

    /// Whether a column ranks the rows by another one, the highest first or the lowest.
    func ranks(_ target: Int, by source: [Double?]) -> Bool {
        let pairs = places(target, by: source)
        return pairs.count > 3 && (Relations.agree(pairs, .higherIsBetter) || Relations.agree(pairs, .lowerIsBetter))
    }

    /// Whether the highest or the lowest number of a source has place 1, and in how many rows; `nil` when neither has, or both.
    func direction(ofPlaces target: Int, by source: [Double?]) -> (direction: Direction, rows: Int)? {
        let pairs = places(target, by: source)
        let (isFalling, isRising) = (Relations.agree(pairs, .higherIsBetter), Relations.agree(pairs, .lowerIsBetter))
        guard isFalling != isRising else { return nil }
        return (isFalling ? .higherIsBetter : .lowerIsBetter, pairs.count)
    }

    private func places(_ target: Int, by source: [Double?]) -> [(place: Double, value: Double)] {
        let places = columns[target].numbers
        return places.indices.compactMap { row in
            guard let place = places[row]?.value, let value = source[row] else { return nil }
            return (place, value)
        }
    }

    /// Whether every place is one more than the number of better rows.
    private static func agree(_ pairs: [(place: Double, value: Double)], _ direction: Direction) -> Bool {
        let sorted = pairs.sorted { direction == .higherIsBetter ? $0.value > $1.value : $0.value < $1.value }
        var first = 0
        for (position, pair) in sorted.enumerated() {
            if position > 0, abs(pair.value - sorted[position - 1].value) > 1e-9 { first = position }
            if pair.place != Double(first + 1) { return false }
        }
        return true
    }

    /// The mean of some columns in each row.
    func rowMeans(_ sources: [Int]) -> [Double?] {
        let rows = sources.first.map { columns[$0].texts.count } ?? 0
        return (0..<rows).map { row in
            let values = sources.compactMap { columns[$0].numbers.isEmpty ? nil : columns[$0].numbers[row]?.value }
            return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
    }

    /// Whether a column has one value for each entry.
    func isConstant(_ target: Int, within key: Int) -> Bool {
        var seen: [String: String] = [:]
        var repeats = false
        for (name, text) in zip(columns[key].texts, columns[target].texts) where !name.isEmpty {
            if let known = seen[name] {
                if known != text { return false }
                repeats = true
            }
            seen[name] = text
        }
        return repeats
    }
}
