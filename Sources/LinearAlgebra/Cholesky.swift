import COpenBLAS
import Glibc

/// The Cholesky factorisation A = L·Lᵀ of a symmetric positive definite matrix, L lower triangular.
///
/// The n×n matrix is factored once (LAPACK dpotrf); every question after that costs a back substitution.
/// An empty matrix has an empty factor and determinant 1.
public struct Cholesky: Sendable, Equatable {
    /// The n×n factor L: a positive diagonal, zeros above it.
    public let lower: Matrix

    /// Factors a matrix of which only the lower triangle is read.
    ///
    /// - Precondition: the matrix is square.
    /// - Throws: ``FactorizationError/notPositiveDefinite(minor:)`` with the order of the first leading minor that is not positive.
    public init(_ matrix: consuming Matrix) throws(FactorizationError) {
        precondition(matrix.isSquare, "a Cholesky factor needs a square matrix, not \(matrix.shape)")
        // Takes over the storage of a matrix that the caller gives up: a large one is not held twice.
        var factor = matrix
        guard factor.rows > 0 else {
            lower = factor
            return
        }
        let n = Int32(factor.rows)
        var info: Int32 = 0
        unsafe blas.dpotrf("L", [n], &factor.storage, [n], &info, 1)
        precondition(info >= 0, "dpotrf refuses argument \(-info)")
        guard info == 0 else { throw .notPositiveDefinite(minor: Int(info)) }
        // OpenBLAS's dpotrf, unlike LAPACK's own, lets NaN and infinity through.
        if let bad = (0..<factor.rows).first(where: { !(factor[$0, $0] > 0 && factor[$0, $0].isFinite) }) {
            throw .notPositiveDefinite(minor: bad + 1)
        }
        for column in 1..<max(factor.columns, 1) {
            let above = column * factor.rows..<column * factor.rows + column
            for index in above { factor.storage[index] = 0 }
        }
        lower = factor
    }

    private init(lower: Matrix) { self.lower = lower }

    /// The natural logarithm of the determinant, 2·Σ log Lᵢᵢ; 0 for an empty matrix.
    public var logDeterminant: Double {
        2 * (0..<lower.rows).reduce(0) { $0 + log(lower[$1, $1]) }
    }

    /// The n×n inverse A⁻¹, exactly symmetric (LAPACK dpotri).
    public var inverse: Matrix {
        var inverse = lower
        guard inverse.rows > 0 else { return inverse }
        let n = Int32(inverse.rows)
        var info: Int32 = 0
        unsafe blas.dpotri("L", [n], &inverse.storage, [n], &info, 1)
        precondition(info == 0, "dpotri found a zero on the diagonal of a positive one")
        inverse.mirrorLowerTriangle()
        return inverse
    }

    /// The factorisation of the first k rows and columns of A, which are those of L.
    ///
    /// - Precondition: 0 ≤ k ≤ n.
    public func leading(_ count: Int) -> Cholesky {
        precondition(0...lower.rows ~= count, "\(lower.shape) has no leading block of order \(count)")
        return Cholesky(lower: Matrix(rows: count, columns: count) { lower[$0, $1] })
    }

    /// The n×m solution X of A·X = B (LAPACK dpotrs).
    ///
    /// - Precondition: B has n rows.
    public func solve(_ right: Matrix) -> Matrix {
        precondition(right.rows == lower.rows, "cannot solve \(lower.shape) equations for \(right.shape) right-hand sides")
        return Matrix(rows: right.rows, columns: right.columns, elements: solved(right.storage, columns: right.columns))
    }

    /// The n values x of A·x = b (LAPACK dpotrs).
    ///
    /// - Precondition: b has n values.
    public func solve(_ right: [Double]) -> [Double] {
        precondition(right.count == lower.rows, "cannot solve \(lower.shape) equations for \(right.count) values")
        return solved(right, columns: 1)
    }

    /// The n×m product L⁻¹·B (BLAS dtrsm): the columns of B measured in standard deviations, since BᵀA⁻¹B is its Gram matrix.
    ///
    /// - Precondition: B has n rows.
    public func whitened(_ right: Matrix) -> Matrix {
        precondition(right.rows == lower.rows, "cannot divide \(right.shape) by a factor of \(lower.shape)")
        guard right.rows > 0, right.columns > 0 else { return right }
        var product = right
        let (n, m) = (Int32(right.rows), Int32(right.columns))
        unsafe blas.dtrsm(
            CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, n, m, 1, lower.storage, n, &product.storage, n)
        return product
    }

    /// The n×m product L⁻ᵀ·B (BLAS dtrsm): of standard normal columns, columns of covariance A⁻¹.
    ///
    /// - Precondition: B has n rows.
    public func coloured(_ right: Matrix) -> Matrix {
        precondition(right.rows == lower.rows, "cannot divide \(right.shape) by a factor of \(lower.shape)")
        guard right.rows > 0, right.columns > 0 else { return right }
        var product = right
        let (n, m) = (Int32(right.rows), Int32(right.columns))
        unsafe blas.dtrsm(CblasColMajor, CblasLeft, CblasLower, CblasTrans, CblasNonUnit, n, m, 1, lower.storage, n, &product.storage, n)
        return product
    }

    private func solved(_ right: [Double], columns: Int) -> [Double] {
        guard !right.isEmpty else { return right }
        var solution = right
        let n = Int32(lower.rows)
        var info: Int32 = 0
        unsafe blas.dpotrs("L", [n], [Int32(columns)], lower.storage, [n], &solution, [n], &info, 1)
        precondition(info == 0, "dpotrs refuses argument \(-info)")
        return solution
    }
}

/// Why a matrix has no such factorisation.
public enum FactorizationError: Error, Equatable, Sendable {
    /// The leading minor of this order (counted from 1) is not positive, so there is no Cholesky factor.
    ///
    /// Also thrown for the first order at which the factor would not be finite.
    case notPositiveDefinite(minor: Int)

    /// The iteration for the eigenvalues did not converge, or an element is not finite.
    case notConverged
}
