/// A matrix most of whose elements are 0, kept row by row: the places of the others and their values.
///
/// Made for counts: of the 2,000 judges of a large contest an entry met thirty. Work and memory grow with the elements that are not 0
/// and, for products of a row with itself, with their squares.
public struct SparseRows: Sendable, Equatable {
    /// The number of columns, 0 or more.
    public let columnCount: Int
    /// The elements of row i are at `starts[i] ..< starts[i + 1]`.
    private let starts: [Int]
    private let columns: [Int32]
    private var values: [Double]

    /// A matrix of rows, whose elements stand one row after the other.
    ///
    /// - Parameters:
    ///   - columnCount: the number of columns.
    ///   - starts: where each row begins, and where the last ends.
    ///   - columns: the columns of the elements, ascending within a row.
    ///   - values: the elements.
    /// - Precondition: the parts fit together and the columns exist.
    public init(columnCount: Int, starts: [Int], columns: [Int32], values: [Double]) {
        precondition(columns.count == values.count, "\(columns.count) columns for \(values.count) elements")
        precondition(starts.first == 0 && starts.last == columns.count, "the rows do not cover the elements")
        for (start, stop) in zip(starts, starts.dropFirst()) {
            precondition(start <= stop, "a row ends before it begins")
            for place in start..<stop {
                let isInside = columns[place] >= 0 && columns[place] < columnCount
                precondition(isInside && (place == start || columns[place - 1] < columns[place]), "columns out of order or range")
            }
        }
        (self.columnCount, self.starts, self.columns, self.values) = (columnCount, starts, columns, values)
    }

    /// The number of rows.
    public var rowCount: Int { starts.count - 1 }

    /// The elements of a row that are stored.
    public func row(_ row: Int) -> [(column: Int, value: Double)] {
        (starts[row]..<starts[row + 1]).map { (Int(columns[$0]), values[$0]) }
    }

    /// The same places with other elements.
    ///
    /// - Precondition: there is an element for each place.
    public func replacing(values: [Double]) -> SparseRows {
        precondition(values.count == columns.count, "\(values.count) elements for \(columns.count) places")
        var other = self
        other.values = values
        return other
    }

    /// The same rows, each multiplied by its factor.
    ///
    /// - Precondition: there is a factor for each row.
    public func scalingRows(by factors: [Double]) -> SparseRows {
        precondition(factors.count == rowCount, "\(factors.count) factors for \(rowCount) rows")
        var scaled = self
        for row in factors.indices {
            for place in starts[row]..<starts[row + 1] { scaled.values[place] *= factors[row] }
        }
        return scaled
    }

    /// The same rows with a value added to the element that each has in a column.
    ///
    /// - Precondition: every row has an element there.
    public func addingToColumn(_ column: Int, _ value: Double) -> SparseRows {
        var sum = self
        for row in 0..<rowCount {
            let place = (starts[row]..<starts[row + 1]).first { columns[$0] == Int32(column) }
            precondition(place != nil, "row \(row) has no element in column \(column)")
            if let place { sum.values[place] += value }
        }
        return sum
    }

    /// The product with a vector, one value for each row.
    ///
    /// - Precondition: the vector has a value for each column.
    public static func * (left: SparseRows, vector: [Double]) -> [Double] {
        precondition(vector.count == left.columnCount, "cannot multiply \(left.columnCount) columns by \(vector.count) values")
        return (0..<left.rowCount).map { row in
            var sum = 0.0
            for place in left.starts[row]..<left.starts[row + 1] { sum += left.values[place] * vector[Int(left.columns[place])] }
            return sum
        }
    }

    /// The product of the transpose with a vector, one value for each column.
    ///
    /// - Precondition: the vector has a value for each row.
    public func transposedTimes(_ vector: [Double]) -> [Double] {
        precondition(vector.count == rowCount, "cannot multiply \(rowCount) rows by \(vector.count) values")
        var product = [Double](repeating: 0, count: columnCount)
        for row in 0..<rowCount {
            for place in starts[row]..<starts[row + 1] { product[Int(columns[place])] += values[place] * vector[row] }
        }
        return product
    }

    /// The same rows with each column multiplied by its factor.
    ///
    /// - Precondition: there is a factor for each column.
    public func scalingColumns(by factors: [Double]) -> SparseRows {
        precondition(factors.count == columnCount, "\(factors.count) factors for \(columnCount) columns")
        var scaled = self
        for place in columns.indices { scaled.values[place] *= factors[Int(columns[place])] }
        return scaled
    }

    /// The value aᵢᵀ·Q·aᵢ of each row aᵢ for a symmetric Q, of which only the lower triangle is read.
    ///
    /// - Precondition: Q is square with a row for each column.
    public func quadraticForms(_ matrix: Matrix) -> [Double] {
        precondition(matrix.isSquare && matrix.rows == columnCount, "no quadratic form of \(columnCount) columns in \(matrix.shape)")
        let n = columnCount
        return (0..<rowCount).map { row in
            let range = range(row)
            return unsafe matrix.storage.withUnsafeBufferPointer { q in
                var sum = 0.0
                unsafe withElements(range) { columns, values in
                    for low in columns.indices {
                        let first = unsafe n * Int(columns[low])
                        var inner = unsafe 0.5 * values[low] * q[first + Int(columns[low])]
                        for high in low + 1..<columns.count { unsafe inner += values[high] * q[first + Int(columns[high])] }
                        unsafe sum += 2 * values[low] * inner
                    }
                }
                return sum
            }
        }
    }

    /// Hands over the elements of a row; inlined, because the body runs for each row.
    @inline(__always)
    fileprivate func withElements(_ range: Range<Int>, _ body: (UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Double>) -> Void) {
        unsafe columns.withUnsafeBufferPointer { columns in
            unsafe values.withUnsafeBufferPointer { values in
                unsafe body(UnsafeBufferPointer(rebasing: columns[range]), UnsafeBufferPointer(rebasing: values[range]))
            }
        }
    }

    fileprivate func range(_ row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }
}

extension Matrix {
    /// Takes Σᵢ wᵢ·aᵢ·aᵢᵀ off the lower triangle, for the rows aᵢ of a sparse matrix; the upper one is left as it is.
    ///
    /// - Precondition: the matrix is square with a row for each column of the sparse one, and each row has a weight.
    public mutating func subtractGram(of rows: SparseRows, weights: [Double]) {
        precondition(isSquare && self.rows == rows.columnCount, "the Gram matrix of \(rows.columnCount) columns is not \(shape)")
        precondition(weights.count == rows.rowCount, "\(weights.count) weights for \(rows.rowCount) rows")
        let n = self.rows
        unsafe storage.withUnsafeMutableBufferPointer { storage in
            for (row, weight) in weights.enumerated() where weight != 0 {
                unsafe rows.withElements(rows.range(row)) { columns, values in
                    for low in columns.indices {
                        let (first, factor) = unsafe (n * Int(columns[low]), weight * values[low])
                        for high in low..<columns.count {
                            unsafe storage[first + Int(columns[high])] -= factor * values[high]
                        }
                    }
                }
            }
        }
    }

    /// Multiplies row i and column i by the factor of place i: D·A·D for a diagonal D.
    ///
    /// - Precondition: the matrix is square with a factor for each row.
    public mutating func scaleSymmetrically(by factors: [Double]) {
        precondition(isSquare && factors.count == rows, "\(factors.count) factors do not scale \(shape)")
        for column in 0..<columns {
            let factor = factors[column]
            for row in 0..<rows { storage[row + rows * column] *= factor * factors[row] }
        }
    }
}
