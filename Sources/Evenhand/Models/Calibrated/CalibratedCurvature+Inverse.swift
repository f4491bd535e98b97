import LinearAlgebra

/// H⁻¹ as a matrix, for blocks that are whole. Its rows are the locations of all judges, their scales, their noises, and the common
/// location.
extension CalibratedCurvature {
    /// H⁻¹ by the factor of H, whose last pivot, that of the common location, is what rounding leaves of large numbers where noise is next
    /// to nothing.
    ///
    /// - Throws: `FitError.notPositiveDefinite`.
    func inverse() throws(FitError) -> Matrix {
        precondition(design.blocks.isWhole, "judges of different blocks met the same entry")
        let common = 3 * design.judgeCount
        var matrix = matrixOfBlocks
        var unit = [SIMD2<Double>](repeating: .zero, count: common + 1)
        unit[common] = SIMD2(1, 0)
        for (column, value) in times(unit).enumerated() { matrix[common, column == common ? common : row(of: column)] = value.x }
        let corner = matrix[common, common]
        var raise = 1e-14
        while raise < Self.mostRounding {
            if let cholesky = try? Cholesky(matrix) { return cholesky.inverse }
            matrix[common, common] = corner * (1 + raise)
            raise *= 10
        }
        throw .notPositiveDefinite(minor: common + 1)
    }

    /// By more than this share, the last pivot is not raised to be positive.
    private static var mostRounding: Double { 1e-6 }

    /// Where a column of H is in the matrix.
    private func row(of column: Int) -> Int { column % 3 * design.judgeCount + column / 3 }

    /// The blocks of all judges, L Lᵀ, below the diagonal; the common location's row is empty.
    private var matrixOfBlocks: Matrix {
        var matrix = Matrix(rows: 3 * design.judgeCount + 1, columns: 3 * design.judgeCount + 1)
        for (block, members) in design.blocks.members.enumerated() {
            let (first, size) = (design.blocks.starts.triple[block], members.count)
            func lower(_ row: Int, _ column: Int) -> Double { factors.lower[first + row * 3 * size + column] }
            for a in 0..<3 * size {
                for b in 0...a {
                    let (row, column) = (row(of: 3 * members[a % size] + a / size), row(of: 3 * members[b % size] + b / size))
                    matrix[max(row, column), min(row, column)] = (0...b).reduce(0) { $0 + lower(a, $1) * lower(b, $1) }
                }
            }
        }
        return matrix
    }

    /// How each entry's fair average, in points, depends on the rows of `inverse`.
    var entryRows: SparseRows {
        let (scores, count) = (design.scores, design.judgeCount)
        var (starts, columns, values) = ([0], [Int32](), [Double]())
        for entry in 0..<scores.entryCount {
            let meetings = scores.starts[entry]..<scores.starts[entry + 1]
            let effects = meetings.map { effect(of: $0, terms.kept.merits[entry], terms.kept.variances[entry]) }
            for kind in 0..<3 {
                for (meeting, effect) in zip(meetings, effects) {
                    columns.append(Int32(kind * count + scores.judges[meeting]))
                    values.append(scores.unit * terms.deviations[kind] * effect[kind])
                }
            }
            columns.append(Int32(3 * count))
            values.append(scores.unit * effects.reduce(1) { $0 + $1[0] })
            starts.append(columns.count)
        }
        return SparseRows(columnCount: 3 * count + 1, starts: starts, columns: columns, values: values)
    }
}
