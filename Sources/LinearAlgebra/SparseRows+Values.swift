extension SparseRows {
    /// The same places with other elements.
    ///
    /// - Precondition: there is an element for each place.
    public func replacing(values: [Double]) -> SparseRows {
        precondition(values.count == elementCount, "\(values.count) elements for \(elementCount) places")
        var other = self
        other.values = values
        return other
    }

    /// The same places with elements made from those there.
    public func replacingValues(_ value: (_ row: Int, _ column: Int, _ value: Double) -> Double) -> SparseRows {
        var replaced = self
        for row in 0..<rowCount {
            for place in places.row(row) { replaced.values[place] = value(row, Int(places.columns[place]), values[place]) }
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

    /// The same rows with a value added to the element that each has in a column.
    ///
    /// - Precondition: every row has an element there.
    public func addingToColumn(_ column: Int, _ value: Double) -> SparseRows {
        let found = places.column(column)
        precondition(found.count == rowCount, "\(rowCount - found.count) rows have no element in column \(column)")
        var sum = self
        for index in found { sum.values[Int(places.byColumn[index].place)] += value }
        return sum
    }
}
