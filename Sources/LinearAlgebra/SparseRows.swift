/// A matrix most of whose elements are 0, kept row by row: the positions of the others and their values.
///
/// Made for counts: of the 2,000 judges of a large contest an entry met thirty. Work and memory grow with the elements that are not 0
/// and, for products of a row with itself, with their squares.
public struct SparseRows: Sendable, Equatable {
    let positions: SparsePositions
    var values: [Double]

    /// A matrix of rows, whose elements are one row after the other.
    ///
    /// - Parameters:
    ///   - columnCount: the number of columns.
    ///   - starts: where each row begins, and where the last ends.
    ///   - columns: the columns of the elements, ascending within a row.
    ///   - values: the elements.
    /// - Precondition: the parts fit together and the columns exist.
    public init(columnCount: Int, starts: [Int], columns: [Int32], values: [Double]) {
        precondition(columns.count == values.count, "\(columns.count) columns for \(values.count) elements")
        positions = SparsePositions(columnCount: columnCount, starts: starts, columns: columns)
        self.values = values
    }

    /// The number of columns.
    public var columnCount: Int { positions.columnCount }

    /// The number of rows.
    public var rowCount: Int { positions.rowCount }

    /// The number of elements that are stored.
    public var elementCount: Int { values.count }

    /// The elements of a row that are stored.
    public func row(_ row: Int) -> [(column: Int, value: Double)] {
        positions.row(row).map { (Int(positions.columns[$0]), values[$0]) }
    }

    /// The product with a vector, one value for each row.
    ///
    /// - Precondition: the vector has a value for each column.
    public static func * (left: SparseRows, vector: [Double]) -> [Double] { left.times(vector) }

    /// The product with a vector, one value for each row.
    ///
    /// - Precondition: the vector has a value for each column.
    public func times(_ vector: [Double], tasks: Tasks = .inTurn) -> [Double] {
        precondition(vector.count == columnCount, "cannot multiply \(columnCount) columns by \(vector.count) values")
        return withUnsafeArrays { parts in
            unsafe vector.withUnsafeBufferPointer { vector in
                nonisolated(unsafe) let vector = unsafe vector
                return computed(rowCount, tasks) { row in
                    var sum = 0.0
                    for position in positions.row(row) {
                        unsafe sum += parts.values[position] * vector[Int(parts.columns[position])]
                    }
                    return sum
                }
            }
        }
    }

    /// The product of the transpose with a vector, one value for each column.
    ///
    /// - Precondition: the vector has a value for each row.
    public func transposedTimes(_ vector: [Double], tasks: Tasks = .inTurn) -> [Double] {
        precondition(vector.count == rowCount, "cannot multiply \(rowCount) rows by \(vector.count) values")
        let pieces = pieces(of: rowCount)
        var sums = Matrix(rows: columnCount, columns: pieces.count)
        unsafe sums.storage.withUnsafeMutableBufferPointer { sums in
            nonisolated(unsafe) let sums = unsafe sums
            withUnsafeArrays { parts in
                tasks(pieces.count) { piece in
                    let first = piece * columnCount
                    for row in pieces[piece] {
                        let factor = vector[row]
                        for position in positions.row(row) {
                            unsafe sums[first + Int(parts.columns[position])] += parts.values[position] * factor
                        }
                    }
                }
            }
        }
        return sums.rowSums
    }

    /// An array whose elements do not depend on each other, computed in pieces.
    private func computed(_ count: Int, _ tasks: Tasks, _ element: @Sendable (Int) -> Double) -> [Double] {
        unsafe [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
            nonisolated(unsafe) let results = unsafe buffer
            let pieces = pieces(of: count)
            tasks(pieces.count) { piece in
                for index in pieces[piece] { unsafe results.initializeElement(at: index, to: element(index)) }
            }
            initialized = count
        }
    }

    /// Pieces of rows or columns, as many as the elements make worth while.
    func pieces(of count: Int) -> [Range<Int>] {
        let number = max(1, min(16, count, values.count / 20_000))
        return (0..<number).map { count * $0 / number..<count * ($0 + 1) / number }
    }
}

extension SparseRows {
    /// The same positions with other elements.
    ///
    /// - Precondition: there is an element for each position.
    public func replacing(values: [Double]) -> SparseRows {
        precondition(values.count == elementCount, "\(values.count) elements for \(elementCount) places")
        var other = self
        other.values = values
        return other
    }

    /// The same positions with elements made from those there.
    public func replacingValues(_ value: (_ row: Int, _ column: Int, _ value: Double) -> Double) -> SparseRows {
        var replaced = self
        for row in 0..<rowCount {
            for position in positions.row(row) {
                replaced.values[position] = value(row, Int(positions.columns[position]), values[position])
            }
        }
        return replaced
    }

    /// The same rows with each column multiplied by its factor.
    ///
    /// - Precondition: there is a factor for each column.
    public func scalingColumns(by factors: [Double]) -> SparseRows {
        precondition(factors.count == columnCount, "\(factors.count) factors for \(columnCount) columns")
        return replacingValues { $2 * factors[$1] }
    }

    /// The same rows, each multiplied by its factor.
    ///
    /// - Precondition: there is a factor for each row.
    public func scalingRows(by factors: [Double]) -> SparseRows {
        precondition(factors.count == rowCount, "\(factors.count) factors for \(rowCount) rows")
        return replacingValues { $2 * factors[$0] }
    }
}
