import LinearAlgebra

/// How the result of each entry, the mean of its judges' means over items, is spread over the levels of a component that is not the
/// entries' own: judges, items, judges with items.
///
/// Entries that met the same judges share their severity, which does not change the order of these entries; entries that did not share
/// nothing, and the severity of each panel is an error of its results.
struct LevelShares: Sendable {
    /// The share of each level in the result of each entry; one row where it is the same for all entries.
    private let rows: SparseRows

    init(of sheet: ScoreSheet, _ facets: Facets) {
        let columns = FacetColumns(sheet)
        let (term, entries, weights) = (columns.term(facets), EntryRows(of: sheet), sheet.resultWeights)
        var (starts, levels, shares) = ([0], [Int32](), [Double]())
        for entry in 0..<entries.count {
            let own = entries.performances(of: entry).flatMap { performance in
                sheet.performances[Int(performance)].rows.map { (level: term.codes[$0], weight: weights[$0]) }
            }
            .sorted { $0.level < $1.level }
            for (position, score) in own.enumerated() {
                if position == 0 || own[position - 1].level != score.level {
                    levels.append(score.level)
                    shares.append(0)
                }
                shares[shares.count - 1] += score.weight
            }
            starts.append(levels.count)
        }
        let all = SparseRows(columnCount: term.levelCount, starts: starts, columns: levels, values: shares)
        let width = starts[1]
        let isCommon = (1..<entries.count).allSatisfy { entry in
            let first = starts[entry]
            return starts[entry + 1] - first == width
                && (0..<width).allSatisfy { levels[first + $0] == levels[$0] && (shares[first + $0] - shares[$0]).magnitude < 1e-12 }
        }
        rows =
            isCommon
            ? SparseRows(
                columnCount: term.levelCount, starts: [0, width], columns: Array(levels[..<width]), values: Array(shares[..<width])) : all
    }

    /// Whether all entries share everything.
    var areCommon: Bool { rows.rowCount == 1 }
    var levelCount: Int { rows.columnCount }

    /// Σ (f share − g share′)² over the levels of two entries.
    func squaredDifference(_ a: Int, _ b: Int, factors f: Double, _ g: Double) -> Double {
        var differences: [Int: Double] = [:]
        for (level, share) in rows.row(areCommon ? 0 : a) { differences[level, default: 0] += f * share }
        for (level, share) in rows.row(areCommon ? 0 : b) { differences[level, default: 0] -= g * share }
        return differences.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * $1.value }
    }

    /// The sum of each entry's shares of effects.
    func means(of effects: [Double]) -> [Double] { rows * effects }
}

extension StructuredNormal {
    /// The same with further sources, of which each entry has its shares times a weight.
    func adding(_ further: [(weight: Double, shares: LevelShares)]) -> StructuredNormal {
        guard !further.isEmpty else { return self }
        let (own, first) = (mixing, mixing.sourceCount)
        let count = further.reduce(first) { $0 + $1.shares.levelCount }
        let mixing = Mixing.computed(sources: count) { sources in
            var values = own.times(Matrix(rows: first, columns: sources.columns) { sources[$0, $1] })
            let entryCount = values.count / max(1, sources.columns)
            var start = first
            for (weight, shares) in further {
                for draw in 0..<sources.columns {
                    let effects = (0..<shares.levelCount).map { weight * sources[start + $0, draw] }
                    for (entry, mean) in shares.means(of: effects).enumerated() { values[draw * entryCount + entry] += mean }
                }
                start += shares.levelCount
            }
            return values
        }
        return StructuredNormal(means: means, mixing: mixing, own: self.own, scale: scale)
    }
}
