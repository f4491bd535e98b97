extension SparseRows {
    /// Σᵢ wᵢ·aᵢ·aᵢᵀ of the rows aᵢ, down one column from the diagonal, taken off the values of that column.
    @inline(__always)
    fileprivate func subtractGramColumn(
        _ column: Int, _ weights: UnsafeBufferPointer<Double>, _ parts: SparseArrays, from values: UnsafeMutablePointer<Double>
    ) {
        for index in positions.column(column) {
            let element = unsafe parts.byColumn[index]
            let (row, first) = (Int(element.row), Int(element.position))
            let factor = unsafe weights[row] * parts.values[first]
            for position in first..<positions.starts[row + 1] {
                unsafe values[Int(parts.columns[position])] -= factor * parts.values[position]
            }
        }
    }

    /// The value aᵢᵀ·T·Q·T·aᵢ of each row aᵢ for a symmetric Q, of which only the lower triangle is read, and a diagonal T.
    ///
    /// The lower triangle is read once, column by column.
    /// - Parameter factors: the diagonal of T; ones when `nil`.
    /// - Precondition: Q is square with a row (and a factor) for each column.
    public func quadraticForms(_ matrix: Matrix, scaledBy factors: [Double]? = nil, tasks: Tasks = .inTurn) -> [Double] {
        precondition(matrix.isSquare && matrix.rows == columnCount, "no quadratic form of \(columnCount) columns in \(matrix.shape)")
        precondition(factors.map { $0.count == columnCount } ?? true, "not \(columnCount) factors")
        let pieces = pieces(of: columnCount)
        var sums = Matrix(rows: rowCount, columns: pieces.count)
        unsafe sums.storage.withUnsafeMutableBufferPointer { sums in
            nonisolated(unsafe) let sums = unsafe sums
            withUnsafeArrays { parts in
                tasks(pieces.count) { piece in
                    let own = unsafe UnsafeMutableBufferPointer(rebasing: sums[piece * rowCount..<(piece + 1) * rowCount])
                    var scaled = [Double](repeating: 0, count: factors == nil ? 0 : columnCount)
                    for column in pieces[piece] where !positions.column(column).isEmpty {
                        let plain = column * columnCount..<(column + 1) * columnCount
                        guard let factors else {
                            unsafe matrix.storage[plain].withUnsafeBufferPointer { unsafe addForms(column, $0, parts, to: own) }
                            continue
                        }
                        for row in column..<columnCount {
                            scaled[row] = matrix.storage[plain.lowerBound + row] * factors[row] * factors[column]
                        }
                        unsafe scaled.withUnsafeBufferPointer { unsafe addForms(column, $0, parts, to: own) }
                    }
                }
            }
        }
        return sums.rowSums
    }

    /// Adds to the form of each row what its element in a column makes with itself and those after it.
    @inline(__always)
    private func addForms(
        _ column: Int, _ matrixColumn: UnsafeBufferPointer<Double>, _ parts: SparseArrays, to sums: UnsafeMutableBufferPointer<Double>
    ) {
        for index in positions.column(column) {
            let element = unsafe parts.byColumn[index]
            let (row, first) = (Int(element.row), Int(element.position))
            let value = unsafe parts.values[first]
            var inner = unsafe 0.5 * value * matrixColumn[column]
            for position in first + 1..<positions.starts[row + 1] {
                unsafe inner += parts.values[position] * matrixColumn[Int(parts.columns[position])]
            }
            unsafe sums[row] += 2 * value * inner
        }
    }
}

extension Matrix {
    /// Takes Σᵢ wᵢ·aᵢ·aᵢᵀ off the lower triangle, for the rows aᵢ of a sparse matrix; the upper one is left as it is.
    ///
    /// - Precondition: the matrix is square with a row for each column of the sparse one, and each row has a weight.
    public mutating func subtractGram(of rows: SparseRows, weights: [Double], tasks: Tasks = .inTurn) {
        unsafe changeColumns(rows, weights, tasks) { column, values, subtract in unsafe subtract(values) }
    }

    /// Multiplies row i and column i by factor i: D·A·D for a diagonal D.
    ///
    /// - Precondition: the matrix is square with a factor for each row.
    public mutating func scaleSymmetrically(by factors: [Double]) {
        precondition(isSquare && factors.count == rows, "\(factors.count) factors do not scale \(shape)")
        for column in 0..<columns {
            let factor = factors[column]
            for row in 0..<rows { storage[row + rows * column] *= factor * factors[row] }
        }
    }

    /// Makes the lower triangle that of T(G − NᵀWN)T + D for sparse rows N and diagonal T, W and D.
    ///
    /// - Parameters:
    ///   - diagonal: the first elements of G's diagonal, in whose rows and columns G has nothing else before the border.
    ///   - border: the last columns of G.
    ///   - rows: N.
    ///   - weights: W.
    ///   - factors: T.
    ///   - added: the first elements of D; the others are 0.
    /// - Precondition: the shapes fit together.
    public mutating func setToComplement(
        diagonal: [Double], border: Matrix, rows: SparseRows, weights: [Double], scaledBy factors: [Double], adding added: [Double],
        tasks: Tasks = .inTurn
    ) {
        let n = self.rows
        precondition(diagonal.count + border.columns == n && border.rows == n, "\(border.shape) is not a border of \(shape)")
        precondition(factors.count == n && added.count <= n, "\(factors.count) factors do not scale \(shape)")
        unsafe changeColumns(rows, weights, tasks) { column, values, subtract in
            for row in min(column, diagonal.count)..<diagonal.count { unsafe values[row] = row == column ? diagonal[row] : 0 }
            for row in max(column, diagonal.count)..<n { unsafe values[row] = border[column, row - diagonal.count] }
            unsafe subtract(values)
            for row in column..<n { unsafe values[row] *= factors[column] * factors[row] }
            if column < added.count { unsafe values[column] += added[column] }
        }
    }

    /// Hands each column, as a pointer to its first row, to `change`, with a closure that takes the column of the Gram matrix off it.
    private mutating func changeColumns(
        _ rows: SparseRows, _ weights: [Double], _ tasks: Tasks,
        _ change: @Sendable (Int, UnsafeMutablePointer<Double>, (UnsafeMutablePointer<Double>) -> Void) -> Void
    ) {
        precondition(isSquare && self.rows == rows.columnCount, "the Gram matrix of \(rows.columnCount) columns is not \(shape)")
        precondition(weights.count == rows.rowCount, "\(weights.count) weights for \(rows.rowCount) rows")
        let n = self.rows
        unsafe storage.withUnsafeMutableBufferPointer { storage in
            guard let start = storage.baseAddress else { return }
            nonisolated(unsafe) let columns = unsafe start
            unsafe weights.withUnsafeBufferPointer { weights in
                nonisolated(unsafe) let weights = unsafe weights
                rows.withUnsafeArrays { parts in
                    let pieces = rows.pieces(of: n)
                    tasks(pieces.count) { piece in
                        for column in pieces[piece] {
                            unsafe change(column, columns + column * n) { unsafe rows.subtractGramColumn(column, weights, parts, from: $0) }
                        }
                    }
                }
            }
        }
    }
}
