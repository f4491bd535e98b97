extension SparseRows {
    /// The matrix with rows and columns exchanged.
    public var transposed: SparseRows {
        SparseRows(
            columnCount: rowCount, starts: positions.columnStarts, columns: positions.byColumn.map(\.row),
            values: positions.byColumn.map { values[Int($0.position)] })
    }

    /// The pattern of a symmetric matrix of which this is the lower triangle.
    ///
    /// - Precondition: the last element of each row is on the diagonal.
    public var symmetricPattern: SparsePattern { SparsePattern(starts: positions.starts, columns: positions.columns) }

    /// The elements in the order of their rows, each made from that which is there.
    public func elements(_ element: (_ row: Int, _ column: Int, _ value: Double) -> Double) -> [Double] {
        var elements = values
        for row in 0..<rowCount {
            for position in positions.row(row) { elements[position] = element(row, Int(positions.columns[position]), values[position]) }
        }
        return elements
    }

    /// The product of a symmetric matrix, of which this is the lower triangle, with a vector.
    ///
    /// - Precondition: the last element of each row is on the diagonal; the vector has a value for each row.
    public func symmetricTimes(_ vector: [Double]) -> [Double] {
        precondition(vector.count == rowCount, "cannot multiply \(rowCount) columns by \(vector.count) values")
        var product = [Double](repeating: 0, count: rowCount)
        for row in 0..<rowCount {
            let (range, own) = (positions.row(row), vector[row])
            var sum = 0.0
            for position in range.dropLast() {
                let (column, value) = (Int(positions.columns[position]), values[position])
                sum += value * vector[column]
                product[column] += value * own
            }
            product[row] += sum + values[range.upperBound - 1] * own
        }
        return product
    }
}
