import LinearAlgebra

/// The scores of a facet model in sparse counts: W = [Z X] with an indicator column for each level and the columns of fixed effects last.
///
/// Factors of many levels come first: their columns meet few others, and none of their own kind, so that the factor of WᵀW fills up only
/// where the small factors meet.
struct FacetDesign: Sendable {
    let terms: [FacetTerms.Term]
    /// The first column of each factor.
    let offsets: [Int]
    /// The columns of the fixed effects, a value for each score.
    let fixed: [[Double]]
    /// The scores in points, less `center`.
    let values: [Double]
    let center: Double

    /// Where WᵀW is not 0, and its elements there (lower triangle, row after row).
    let pattern: SparsePattern
    let gram: SparseRows
    /// Wᵀy.
    let sums: [Double]

    /// The number of columns of random effects.
    var randomCount: Int { terms.reduce(0) { $0 + $1.levelCount } }
    var columnCount: Int { gram.rowCount }
    var scoreCount: Int { values.count }
    /// n − p.
    var freedom: Double { Double(scoreCount - fixed.count) }

    /// The columns of a factor.
    func columns(of term: Int) -> Range<Int> { offsets[term]..<offsets[term] + terms[term].levelCount }

    /// The most bytes of a factor, as a part of memory.
    private static var mostBytes: Int { TableMemory.limit / 4 }

    /// - Throws: `FitError.tooLarge` when a factor of the equations has no room.
    init(_ terms: [FacetTerms.Term], fixed: [[Double]], values: [Double], center: Double) throws(FitError) {
        (self.terms, self.fixed, self.values, self.center) = (terms, fixed, values, center)
        let order = terms.indices.sorted { (-terms[$0].levelCount, $0) < (-terms[$1].levelCount, $1) }
        var (offsets, next) = ([Int](repeating: 0, count: terms.count), 0)
        for term in order {
            offsets[term] = next
            next += terms[term].levelCount
        }
        self.offsets = offsets
        gram = FacetDesign.gram(order.map { (terms[$0], offsets[$0]) }, fixed, randomCount: next)
        var sums = [Double](repeating: 0, count: gram.rowCount)
        for (term, offset) in zip(terms, offsets) {
            for (row, code) in term.codes.enumerated() where code >= 0 { sums[offset + Int(code)] += values[row] }
        }
        for (position, column) in fixed.enumerated() { sums[next + position] = zip(column, values).reduce(0) { $0 + $1.0 * $1.1 } }
        self.sums = sums
        pattern = gram.symmetricPattern
        let bytes = 8 * pattern.elementCount
        guard bytes <= FacetDesign.mostBytes else {
            let largest = order.first.map { terms[$0].levelCount } ?? 0
            throw .tooLarge(of: "levels", count: largest, bytes: Double(bytes), limit: FacetDesign.mostBytes)
        }
    }

    /// The lower triangle of WᵀW, row after row.
    ///
    /// Column after column of the triangle, each from the scores of its level; then turned into rows.
    private static func gram(
        _ ordered: [(term: FacetTerms.Term, offset: Int)], _ fixed: [[Double]], randomCount: Int
    ) -> SparseRows {
        let size = randomCount + fixed.count
        var (rows, values, starts) = ([Int32](), [Double](), [0])
        var (sums, touched) = ([Double](repeating: 0, count: size), [Int32]())
        var isTouched = [Bool](repeating: false, count: size)
        func add(_ value: Double, _ row: Int) {
            if !isTouched[row] {
                isTouched[row] = true
                touched.append(Int32(row))
            }
            sums[row] += value
        }
        func endColumn() {
            touched.sort()
            for row in touched {
                rows.append(row)
                values.append(sums[Int(row)])
                (sums[Int(row)], isTouched[Int(row)]) = (0, false)
            }
            touched.removeAll(keepingCapacity: true)
            starts.append(rows.count)
        }
        for (position, own) in ordered.enumerated() {
            let members = LevelMembers(own.term)
            let later = ordered[(position + 1)...]
            for level in 0..<own.term.levelCount {
                let scores = members.rows(of: level)
                add(Double(scores.count), own.offset + level)
                for other in later {
                    for row in scores where other.term.codes[Int(row)] >= 0 { add(1, other.offset + Int(other.term.codes[Int(row)])) }
                }
                for (column, values) in fixed.enumerated() { for row in scores { add(values[Int(row)], randomCount + column) } }
                endColumn()
            }
        }
        for first in fixed.indices {
            for second in first..<fixed.count { add(zip(fixed[first], fixed[second]).reduce(0) { $0 + $1.0 * $1.1 }, randomCount + second) }
            endColumn()
        }
        return SparseRows(columnCount: size, starts: starts, columns: rows, values: values).transposed
    }

    /// WᵀW times values of the columns.
    func gramTimes(_ vector: [Double]) -> [Double] { gram.symmetricTimes(vector) }

    /// y − W·effects, score by score: a difference of sums would lose the digits that the effects explain.
    func residuals(_ effects: [Double]) -> [Double] {
        var rest = values
        for (term, offset) in zip(terms, offsets) {
            for (row, code) in term.codes.enumerated() where code >= 0 { rest[row] -= effects[offset + Int(code)] }
        }
        for (position, column) in fixed.enumerated() {
            let effect = effects[randomCount + position]
            for (row, value) in column.enumerated() { rest[row] -= value * effect }
        }
        return rest
    }
}

/// The scores of each level of a factor.
struct LevelMembers {
    private let starts: [Int]
    private let order: [Int32]

    init(_ term: FacetTerms.Term) {
        var starts = [Int](repeating: 0, count: term.levelCount + 1)
        for code in term.codes where code >= 0 { starts[Int(code) + 1] += 1 }
        for level in 0..<term.levelCount { starts[level + 1] += starts[level] }
        var (next, order) = (starts, [Int32](repeating: 0, count: term.codes.count))
        for (row, code) in term.codes.enumerated() where code >= 0 {
            order[next[Int(code)]] = Int32(row)
            next[Int(code)] += 1
        }
        (self.starts, self.order) = (starts, order)
    }

    func rows(of level: Int) -> ArraySlice<Int32> { order[starts[level]..<starts[level + 1]] }
}
