import COpenBLAS

/// The eigendecomposition A = V·diag(λ)·Vᵀ of a symmetric matrix (LAPACK dsyevd, divide and conquer).
///
/// The vectors are orthonormal. The sign of each, and the basis of a repeated eigenvalue's space, are arbitrary.
public struct SymmetricEigen: Sendable, Equatable {
    /// The n eigenvalues in ascending order.
    public let values: [Double]

    /// The n×n matrix whose column j is the eigenvector of value j.
    public let vectors: Matrix

    /// Decomposes a matrix of which only the lower triangle is read.
    ///
    /// - Precondition: the matrix is square.
    /// - Throws: ``FactorizationError/notConverged`` if an element is not finite or, never seen in practice, the iteration fails.
    public init(_ matrix: Matrix) throws(FactorizationError) {
        precondition(matrix.isSquare, "an eigendecomposition needs a square matrix, not \(matrix.shape)")
        guard matrix.storage.allSatisfy(\.isFinite) else { throw .notConverged }
        guard matrix.rows > 0 else {
            (values, vectors) = ([], matrix)
            return
        }
        let n = matrix.rows
        // The smallest workspaces that LAPACK's documentation of dsyevd allows when vectors are wanted.
        var work = [Double](repeating: 0, count: 1 + 6 * n + 2 * n * n)
        var integerWork = [Int32](repeating: 0, count: 3 + 5 * n)
        let sizes = (work: Int32(work.count), integer: Int32(integerWork.count))
        var values = [Double](repeating: 0, count: n)
        var vectors = matrix
        var info: Int32 = 0
        unsafe blas.dsyevd(
            "V", "L", [Int32(n)], &vectors.storage, [Int32(n)], &values,
            &work, [sizes.work], &integerWork, [sizes.integer], &info, 1, 1)
        precondition(info >= 0, "dsyevd refuses argument \(-info)")
        guard info == 0 else { throw .notConverged }
        (self.values, self.vectors) = (values, vectors)
    }
}
