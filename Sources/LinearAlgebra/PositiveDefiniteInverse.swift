import COpenBLAS

/// The inverse of a symmetric positive definite matrix and the pivots of its factorisation, found in place: what a likelihood and its
/// derivatives need.
///
/// Blocks of rows are swept one after the other (Gauss–Jordan elimination; Goodnight, *A Tutorial on the SWEEP Operator*, The American
/// Statistician 33, 1979). That takes n³ operations, as many as dpotrf and dpotri together and nearly all of them in products of matrices
/// (BLAS dgemm) that threads can share, and no second matrix.
public struct PositiveDefiniteInverse: Sendable, Equatable {
    /// The n×n inverse in the lower triangle with the diagonal; what is above it has no meaning.
    public let lower: Matrix

    /// The n pivots, which are the squares of the Cholesky factor's diagonal: the determinant of the first k rows and columns is the
    /// product of the first k.
    public let pivots: [Double]

    /// Blocks of this size keep the products large and the part that no thread can share small.
    private static let blockSize = 128

    /// Inverts a matrix of which only the lower triangle is read, in its own storage where the caller gives it up.
    ///
    /// - Precondition: the matrix is square.
    /// - Throws: ``FactorizationError/notPositiveDefinite(minor:)`` with the order of the first leading minor that is not positive.
    public init(_ matrix: consuming Matrix, tasks: Tasks = .inTurn) throws(FactorizationError) {
        precondition(matrix.isSquare, "only a square matrix has an inverse, not \(matrix.shape)")
        var swept = consume matrix
        var pivots: [Double] = []
        let n = swept.rows
        var panels = Panels(
            half: Matrix(rows: n, columns: min(n, Self.blockSize)), whole: Matrix(rows: n, columns: min(n, Self.blockSize)))
        let blocks = stride(from: 0, to: n, by: Self.blockSize).map { $0..<min($0 + Self.blockSize, n) }
        for pivot in blocks.indices {
            let (first, width) = (blocks[pivot].lowerBound, blocks[pivot].count)
            let factor: Cholesky
            do { factor = try Cholesky(Matrix(rows: width, columns: width) { swept[first + $0, first + $1] }) } catch {
                guard case .notPositiveDefinite(let minor) = error else { throw error }
                throw .notPositiveDefinite(minor: first + minor)
            }
            for position in 0..<width { pivots.append(factor.lower[position, position] * factor.lower[position, position]) }
            swept.sweep(blocks, pivot, factor, &panels, tasks)
        }
        unsafe swept.storage.withUnsafeMutableBufferPointer { elements in
            nonisolated(unsafe) let start = unsafe elements
            tasks(blocks.count) { block in
                for column in blocks[block] {
                    for position in column * n + column..<(column + 1) * n { unsafe start[position] = unsafe -start[position] }
                }
            }
        }
        (lower, self.pivots) = (swept, pivots)
    }
}

/// A_:K L⁻ᵀ and A_:K (A_KK)⁻¹.
private struct Panels {
    var half: Matrix
    var whole: Matrix
}

extension Matrix {
    fileprivate mutating func sweep(_ blocks: [Range<Int>], _ pivot: Int, _ factor: Cholesky, _ panels: inout Panels, _ tasks: Tasks) {
        let n = rows
        unsafe storage.withUnsafeMutableBufferPointer { matrix in
            unsafe panels.half.storage.withUnsafeMutableBufferPointer { half in
                unsafe panels.whole.storage.withUnsafeMutableBufferPointer { whole in
                    guard let matrix = matrix.baseAddress, let half = half.baseAddress, let whole = whole.baseAddress else { return }
                    unsafe Sweep(size: n, blocks: blocks, pivot: pivot, factor: factor, matrix: matrix, half: half, whole: whole)
                        .run(tasks)
                }
            }
        }
    }
}

/// One block of pivots K swept: with R the others, A_RR loses A_RK (A_KK)⁻¹ A_KR, A_RK becomes A_RK (A_KK)⁻¹ and A_KK becomes −(A_KK)⁻¹.
/// After all blocks the matrix is −A⁻¹.
///
/// With A_KK = L·Lᵀ the product is that of A_RK L⁻ᵀ with its own transpose, so that among rows not yet swept this is Cholesky's
/// factorisation, as stable as it is. (A product with an explicit (A_KK)⁻¹ is not: it breaks down when the matrix is nearly singular.)
@safe private struct Sweep: @unchecked Sendable {
    let size: Int
    let blocks: [Range<Int>]
    let pivot: Int
    let factor: Cholesky
    /// The matrix and the panels; columns have `size` elements.
    let matrix: UnsafeMutablePointer<Double>
    let half: UnsafeMutablePointer<Double>
    let whole: UnsafeMutablePointer<Double>

    private var own: Range<Int> { blocks[pivot] }

    func run(_ tasks: Tasks) {
        let others = blocks.indices.filter { $0 != pivot }
        tasks(others.count) { fillPanels(others[$0]) }
        tasks(others.count) { update(others[$0]) }
        let inverse = factor.inverse
        for column in 0..<own.count {
            for row in column..<own.count {
                unsafe matrix[(own.lowerBound + column) * size + own.lowerBound + row] = -inverse[row, column]
            }
        }
    }

    /// The rows of a block in both panels.
    private func fillPanels(_ block: Int) {
        let rows = blocks[block]
        copyPanel(rows, isAbove: block < pivot, toPanel: true)
        unsafe solve(rows, CblasTrans, half)
        for column in 0..<own.count {
            for row in rows { unsafe whole[column * size + row] = unsafe half[column * size + row] }
        }
        unsafe solve(rows, CblasNoTrans, whole)
    }

    /// Multiplies rows of a panel by L⁻ᵀ or L⁻¹ from the right.
    private func solve(_ rows: Range<Int>, _ form: CBLAS_TRANSPOSE, _ panel: UnsafeMutablePointer<Double>) {
        let k = Int32(own.count)
        unsafe blas.dtrsm(
            CblasColMajor, CblasRight, CblasLower, form, CblasNonUnit, Int32(rows.count), k, 1, factor.lower.storage, k,
            panel + rows.lowerBound, Int32(size))
    }

    /// The columns of a block from the diagonal down, and its part of the pivots' rows or columns.
    private func update(_ block: Int) {
        let columns = blocks[block]
        let below = block < pivot ? [columns.lowerBound..<own.lowerBound, own.upperBound..<size] : [columns.lowerBound..<size]
        let (k, n) = (Int32(own.count), Int32(size))
        for rows in below where !rows.isEmpty {
            unsafe blas.dgemm(
                CblasColMajor, CblasNoTrans, CblasTrans, Int32(rows.count), Int32(columns.count), k, -1, half + rows.lowerBound, n,
                half + columns.lowerBound, n, 1, matrix + columns.lowerBound * size + rows.lowerBound, n)
        }
        copyPanel(columns, isAbove: block < pivot, toPanel: false)
    }

    /// Copies A_:K for some rows out of the lower triangle (transposed where they are above the pivots), or its new values back.
    private func copyPanel(_ rows: Range<Int>, isAbove: Bool, toPanel: Bool) {
        let pivots = own.lowerBound
        // Squares of this side keep the transposed copy in the cache.
        for first in stride(from: rows.lowerBound, to: rows.upperBound, by: 32) {
            for column in 0..<own.count {
                let (start, step) = isAbove ? (pivots + column, size) : ((pivots + column) * size, 1)
                for row in first..<min(first + 32, rows.upperBound) {
                    if toPanel {
                        unsafe half[column * size + row] = matrix[start + row * step]
                    } else {
                        unsafe matrix[start + row * step] = whole[column * size + row]
                    }
                }
            }
        }
    }
}
