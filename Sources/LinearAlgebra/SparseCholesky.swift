import Glibc

/// The Cholesky factorisation A = L·Lᵀ of a sparse symmetric positive definite matrix, whose last columns are factored as a dense one.
///
/// Rows of the factor come one after the other from those above (the up-looking method); what the sparse columns leave of the rest is
/// factored by LAPACK. Where the rest is most of the work, as in crossed designs, that is many times as fast as a factor that is sparse to
/// the end.
///
/// Source: Davis, *Direct Methods for Sparse Linear Systems* (2006), section 4.8.
public struct SparseCholesky: Sendable {
    /// Where the elements of the factor are.
    public let pattern: SparsePattern
    /// The factor of what the sparse columns leave of the last rows and columns.
    public let dense: Cholesky
    private let values: [Double]
    private let diagonal: [Double]

    /// Factors the matrix with these elements at the positions of the pattern.
    ///
    /// - Precondition: there is an element for each position.
    /// - Throws: ``FactorizationError/notPositiveDefinite(minor:)`` with the order of the first leading minor that is not positive.
    public init(_ pattern: SparsePattern, _ elements: [Double]) throws(FactorizationError) {
        precondition(elements.count == pattern.columns.count, "\(elements.count) elements for \(pattern.columns.count) places")
        let (first, side) = (pattern.firstDense, pattern.size - pattern.firstDense)
        var (values, diagonal) = ([Double](repeating: 0, count: pattern.columnRows.count), [Double](repeating: 0, count: first))
        var (next, work) = (pattern.columnStarts, [Double](repeating: 0, count: pattern.size))
        var rest = Matrix(rows: side, columns: side)
        for row in 0..<pattern.size {
            for position in pattern.starts[row]..<pattern.starts[row + 1] { work[Int(pattern.columns[position])] = elements[position] }
            for position in pattern.rowStarts[row]..<pattern.rowStarts[row + 1] {
                let column = Int(pattern.rowColumns[position])
                let element = work[column] / diagonal[column]
                work[column] = 0
                for below in pattern.columnStarts[column]..<next[column] { work[Int(pattern.columnRows[below])] -= values[below] * element }
                work[row] -= element * element
                values[next[column]] = element
                next[column] += 1
            }
            if row < first {
                guard work[row] > 0, work[row].isFinite else { throw .notPositiveDefinite(minor: row + 1) }
                diagonal[row] = work[row].squareRoot()
                work[row] = 0
            } else {
                for column in first...row {
                    rest[row - first, column - first] = work[column]
                    work[column] = 0
                }
            }
        }
        (self.pattern, self.values, self.diagonal) = (pattern, values, diagonal)
        do { dense = try Cholesky(consume rest) } catch {
            guard case .notPositiveDefinite(let minor) = error else { throw error }
            throw .notPositiveDefinite(minor: first + minor)
        }
    }

    /// The natural logarithm of the determinant.
    public var logDeterminant: Double { 2 * diagonal.reduce(0) { $0 + log($1) } + dense.logDeterminant }

    /// The solution x of A·x = b.
    ///
    /// - Precondition: b has a value for each row.
    public func solve(_ right: [Double]) -> [Double] {
        precondition(right.count == pattern.size, "cannot solve \(pattern.size) equations for \(right.count) values")
        var solution = right
        for column in diagonal.indices {
            let value = solution[column] / diagonal[column]
            solution[column] = value
            guard value != 0 else { continue }
            for below in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
                solution[Int(pattern.columnRows[below])] -= values[below] * value
            }
        }
        solution.replaceSubrange(pattern.firstDense..., with: dense.solve(Array(solution[pattern.firstDense...])))
        substituteBack(&solution)
        return solution
    }

    /// L⁻ᵀ z: of standard normal values, values of covariance A⁻¹.
    ///
    /// - Precondition: there is a row for each row of A.
    public func coloured(_ sources: Matrix) -> Matrix {
        precondition(sources.rows == pattern.size, "cannot divide \(sources.shape) by a factor of \(pattern.size) rows")
        let first = pattern.firstDense
        let lower = dense.coloured(
            Matrix(rows: pattern.size - first, columns: sources.columns) { row, column in sources[first + row, column] })
        var coloured = sources
        for column in 0..<sources.columns {
            var values = Array(sources.column(column))
            values.replaceSubrange(first..., with: lower.column(column))
            substituteBack(&values)
            for row in 0..<pattern.size { coloured[row, column] = values[row] }
        }
        return coloured
    }

    /// The sparse columns of L⁻ᵀ, from the last to the first, once the dense ones are done.
    private func substituteBack(_ values: inout [Double]) {
        for column in diagonal.indices.reversed() {
            var value = values[column]
            for below in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
                value -= self.values[below] * values[Int(pattern.columnRows[below])]
            }
            values[column] = value / diagonal[column]
        }
    }

    /// The diagonal of A⁻¹, and its elements in the last rows and columns.
    ///
    /// Elements at the positions of L follow from those after them, so that none elsewhere is needed.
    ///
    /// Source: Takahashi, Fagan and Chin, *Formation of a sparse bus impedance matrix* (1973); Erisman and Tinney, *On computing certain
    /// elements of the inverse of a sparse matrix*, Communications of the ACM 18 (1975).
    public func selectedInverse() -> (diagonal: [Double], dense: Matrix) {
        let (first, lower) = (pattern.firstDense, dense.inverse)
        var inverse = [Double](repeating: 0, count: values.count)
        var result = [Double](repeating: 0, count: pattern.size)
        for row in first..<pattern.size { result[row] = lower[row - first, row - first] }
        var (positionOfRow, sums) = ([Int](repeating: -1, count: pattern.size), [Double]())
        for column in diagonal.indices.reversed() {
            let own = pattern.columnStarts[column]..<pattern.columnStarts[column + 1]
            sums = [Double](repeating: 0, count: own.count)
            for position in own { positionOfRow[Int(pattern.columnRows[position])] = position }
            for position in own {
                let (row, factor) = (Int(pattern.columnRows[position]), values[position])
                if row >= first {
                    // Rows ascend, so all from here on are dense.
                    for other in position..<own.upperBound {
                        let element = lower[Int(pattern.columnRows[other]) - first, row - first]
                        sums[other - own.lowerBound] += factor * element
                        if other > position { sums[position - own.lowerBound] += values[other] * element }
                    }
                } else {
                    sums[position - own.lowerBound] += factor * result[row]
                    for below in pattern.columnStarts[row]..<pattern.columnStarts[row + 1] {
                        let other = positionOfRow[Int(pattern.columnRows[below])]
                        guard other >= 0 else { continue }
                        sums[position - own.lowerBound] += values[other] * inverse[below]
                        sums[other - own.lowerBound] += factor * inverse[below]
                    }
                }
            }
            var square = 0.0
            for position in own {
                positionOfRow[Int(pattern.columnRows[position])] = -1
                inverse[position] = -sums[position - own.lowerBound] / diagonal[column]
                square += values[position] * inverse[position]
            }
            result[column] = (1 / diagonal[column] - square) / diagonal[column]
        }
        return (result, lower)
    }
}
