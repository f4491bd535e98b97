/// The sums of squares of a complete table with one score in each cell, exact before the last division.
///
/// With T_S the totals over the cells that agree in the facets S, n_f the levels of facet f and N all cells, A_S = Π_{f ∈ S} n_f · Σ T_S²
/// is a whole number, and the sum of squares of an effect is SS_α = Σ_{S ⊆ α} (−1)^{|α| − |S|} A_S / N. Scores that are not exact are taken
/// apart into effects, whose squares are added.
///
/// Source: Scheffé, *The Analysis of Variance* (1959), section 4.6.
public struct FactorialSums: Sendable, Equatable {
    /// How many levels each side of the table has: entries, judges, criteria, items.
    public let levels: [Int]
    /// The mean of all cells, in points.
    public let grandMean: Double
    /// The sum of squares of each effect, by its facets' bits, in squared points.
    private let squares: [Double]

    /// The sums of cells in the order of entries, in these of judges, in these of criteria.
    ///
    /// - Parameters:
    ///   - cells: scores in units, one for each combination of levels.
    ///   - levels: the number of entries, judges and, if there are any, criteria.
    ///   - unitsPerPoint: how many units a point has.
    ///   - isExact: whether the cells are whole numbers.
    /// - Throws: `FitError.overflow` when the sums pass 2¹²⁷.
    public init(cells: [Double], levels: [Int], unitsPerPoint: Double, isExact: Bool) throws(FitError) {
        precondition(cells.count == levels.reduce(1, *) && !cells.isEmpty, "\(cells.count) cells do not fill a table of \(levels) levels")
        self.levels = levels
        let keys = FactorialSums.keys(levels)
        let square = unitsPerPoint * unitsPerPoint
        guard isExact else {
            let moments = Moments(of: cells)
            grandMean = (moments.mean ?? 0) / unitsPerPoint
            squares = FactorialSums.effects(cells, keys).map { $0 / square }
            return
        }
        let pivot = Int64(cells[0])
        let reach = cells.reduce(0.0) { max($0, ($1 - cells[0]).magnitude) }
        // The largest number that is formed is a sum of eight terms of at most (N · reach)².
        let largest = Double(cells.count) * reach
        guard 8 * largest * largest < 0x1p126 else { throw .overflow(of: "squared scores") }
        let shifted = cells.map { Int64($0) - pivot }
        let terms = keys.map { FactorialSums.term(shifted, $0) }
        let divisor = Double(cells.count) * square
        squares = terms.indices.map { effect in
            let sum = terms.indices.filter { $0 & effect == $0 }.reduce(Int128(0)) { sum, part in
                sum + ((effect ^ part).nonzeroBitCount % 2 == 0 ? terms[part] : -terms[part])
            }
            return Double(nearest: sum) / divisor
        }
        let total = shifted.reduce(Int128(0)) { $0 + Int128($1) } + Int128(pivot) * Int128(cells.count)
        grandMean = PivotMean(total: total, count: Int128(cells.count)).quotient(unitsPerPoint)
    }

    /// The sum of squares of an effect: the interaction of its facets, or the main effect of one.
    public func sumOfSquares(_ effect: Facets) -> Double { squares[effect.rawValue] }

    /// The product of the levels less one of the facets of an effect.
    public func degreesOfFreedom(_ effect: Facets) -> Int { effect.positions.reduce(1) { $0 * (levels[$1] - 1) } }

    /// For each set of facets the group of each cell, and the number of groups.
    private static func keys(_ levels: [Int]) -> [(codes: [Int], count: Int)] {
        (0..<1 << levels.count).map { set in
            let count = levels.indices.filter { set >> $0 & 1 == 1 }.reduce(1) { $0 * levels[$1] }
            let codes = (0..<levels.reduce(1, *)).map { cell in
                var (rest, code, scale) = (cell, 0, 1)
                for facet in levels.indices.reversed() {
                    if set >> facet & 1 == 1 { (code, scale) = (code + rest % levels[facet] * scale, scale * levels[facet]) }
                    rest /= levels[facet]
                }
                return code
            }
            return (codes, count)
        }
    }

    private static func term(_ cells: [Int64], _ key: (codes: [Int], count: Int)) -> Int128 {
        var totals = [Int128](repeating: 0, count: key.count)
        for (cell, code) in zip(cells, key.codes) { totals[code] += Int128(cell) }
        return Int128(key.count) * totals.reduce(Int128(0)) { $0 + $1 * $1 }
    }

    /// The squared effects of numbers that are not exact: each effect is a mean less the effects inside it.
    private static func effects(_ cells: [Double], _ keys: [(codes: [Int], count: Int)]) -> [Double] {
        var effects: [[Double]] = []
        for (set, key) in keys.enumerated() {
            var means = [Double](repeating: 0, count: key.count)
            let rest = cells.indices.map { cell in
                effects.indices.filter { $0 & set == $0 }.reduce(cells[cell]) { $0 - effects[$1][cell] }
            }
            for (value, code) in zip(rest, key.codes) { means[code] += value * Double(key.count) / Double(cells.count) }
            effects.append(key.codes.map { means[$0] })
        }
        return effects.enumerated().map { set, effect in set == 0 ? 0 : effect.reduce(0) { $0 + $1 * $1 } }
    }
}
