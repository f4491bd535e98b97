import COpenBLAS

extension Matrix {
    /// The product A·B, m×n from m×k and k×n (BLAS dgemm).
    ///
    /// With k = 0 every element is 0. Products of integer-valued Doubles are exact while every partial sum stays below 2⁵³.
    ///
    /// - Precondition: the left factor has as many columns as the right one has rows.
    public static func * (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.columns == right.rows, "cannot multiply \(left.shape) by \(right.shape)")
        return gemm(left, CblasNoTrans, right, rows: left.rows, inner: left.columns)
    }

    /// The product A·x, m values from m×n and n values (BLAS dgemv).
    ///
    /// - Precondition: the vector has as many values as the matrix has columns.
    public static func * (left: Matrix, vector: [Double]) -> [Double] {
        precondition(left.columns == vector.count, "cannot multiply \(left.shape) by \(vector.count) values")
        return gemv(left, CblasNoTrans, vector, count: left.rows)
    }

    /// The product Aᵀ·B, m×n from k×m and k×n, without transposing in memory (BLAS dgemm).
    ///
    /// - Precondition: both have the same number of rows.
    public func transposedTimes(_ right: Matrix) -> Matrix {
        precondition(rows == right.rows, "cannot multiply the transpose of \(shape) by \(right.shape)")
        return Matrix.gemm(self, CblasTrans, right, rows: columns, inner: rows)
    }

    /// The product Aᵀ·x, n values from m×n and m values, without transposing in memory (BLAS dgemv).
    ///
    /// - Precondition: the vector has as many values as the matrix has rows.
    public func transposedTimes(_ vector: [Double]) -> [Double] {
        precondition(rows == vector.count, "cannot multiply the transpose of \(shape) by \(vector.count) values")
        return Matrix.gemv(self, CblasTrans, vector, count: columns)
    }

    /// Adds A·Bᵀ, m×n from m×k and n×k (BLAS dgemm).
    ///
    /// - Precondition: the factors have as many columns, and as many rows as this matrix has rows and columns.
    public mutating func add(_ left: Matrix, timesTransposed right: Matrix) {
        precondition(
            left.columns == right.columns && left.rows == rows && right.rows == columns,
            "cannot add \(left.shape) times the transpose of \(right.shape) to \(shape)")
        guard rows > 0, columns > 0, left.columns > 0 else { return }
        unsafe blas.dgemm(
            CblasColMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(columns), Int32(left.columns),
            1, left.storage, Int32(rows), right.storage, Int32(columns), 1, &storage, Int32(rows))
    }

    /// The Gram matrix Aᵀ·A, n×n from m×n, exactly symmetric (BLAS dsyrk).
    public var gram: Matrix {
        var product = Matrix(rows: columns, columns: columns)
        guard rows > 0, columns > 0 else { return product }
        let (n, k) = (Int32(columns), Int32(rows))
        unsafe blas.dsyrk(CblasColMajor, CblasLower, CblasTrans, n, k, 1, storage, k, 0, &product.storage, n)
        product.mirrorLowerTriangle()
        return product
    }

    /// The product S·x with the symmetric matrix S whose lower triangle this is; the upper one is not read (BLAS dsymv).
    ///
    /// - Precondition: the matrix is square, with as many columns as the vector has values.
    public func symmetricTimes(_ vector: [Double]) -> [Double] {
        precondition(isSquare && columns == vector.count, "cannot multiply symmetric \(shape) by \(vector.count) values")
        var product = [Double](repeating: 0, count: rows)
        guard rows > 0 else { return product }
        let n = Int32(rows)
        unsafe blas.dsymv(CblasColMajor, CblasLower, n, 1, storage, n, vector, 1, 0, &product, 1)
        return product
    }

    /// A column of the symmetric matrix whose lower triangle this is; the upper one is not read.
    ///
    /// - Precondition: the matrix is square and the column exists.
    public func symmetricColumn(_ column: Int) -> [Double] {
        precondition(isSquare && column >= 0 && column < columns, "symmetric \(shape) has no column \(column)")
        return (0..<rows).map { storage[max($0, column) + rows * min($0, column)] }
    }

    /// Copies the lower triangle onto the upper one: LAPACK's symmetric results come as one half.
    public mutating func mirrorLowerTriangle() {
        precondition(isSquare, "\(shape) has no triangles")
        let (n, side) = (rows, 32)
        unsafe storage.withUnsafeMutableBufferPointer { elements in
            // In squares that fit the cache, since one side of the copy jumps from column to column.
            for right in stride(from: 0, to: n, by: side) {
                for top in stride(from: 0, through: right, by: side) {
                    for column in right..<min(right + side, n) {
                        for row in top..<min(top + side, column) { unsafe elements[row + n * column] = unsafe elements[column + n * row] }
                    }
                }
            }
        }
    }

    var shape: String { "\(rows)×\(columns)" }

    private static func gemm(_ a: Matrix, _ form: CBLAS_TRANSPOSE, _ b: Matrix, rows: Int, inner: Int) -> Matrix {
        var product = Matrix(rows: rows, columns: b.columns)
        guard rows > 0, inner > 0, b.columns > 0 else { return product }
        unsafe blas.dgemm(
            CblasColMajor, form, CblasNoTrans, Int32(rows), Int32(b.columns), Int32(inner),
            1, a.storage, Int32(a.rows), b.storage, Int32(b.rows), 0, &product.storage, Int32(rows))
        return product
    }

    private static func gemv(_ a: Matrix, _ form: CBLAS_TRANSPOSE, _ x: [Double], count: Int) -> [Double] {
        var product = [Double](repeating: 0, count: count)
        guard a.rows > 0, a.columns > 0 else { return product }
        let (m, n) = (Int32(a.rows), Int32(a.columns))
        unsafe blas.dgemv(CblasColMajor, form, m, n, 1, a.storage, m, x, 1, 0, &product, 1)
        return product
    }
}
