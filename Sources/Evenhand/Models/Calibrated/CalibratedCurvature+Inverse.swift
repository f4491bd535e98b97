import LinearAlgebra

/// H⁻¹ as a matrix, for blocks that are whole. Its rows are the locations of all judges, their scales, their noises, and the common
/// location.
extension CalibratedCurvature {
    /// H⁻¹: the blocks' inverses, joined by the common location alone (the inverse of a bordered matrix).
    var inverse: Matrix {
        precondition(design.blocks.isWhole, "judges of different blocks met the same entry")
        let (count, common) = (design.judgeCount, 3 * design.judgeCount)
        var unit = [SIMD2<Double>](repeating: .zero, count: common + 1)
        unit[common] = SIMD2(1, 0)
        var border = times(unit)
        let corner = border[common].x
        border[common] = .zero
        let solved = factors.solve(border)
        let rest = zip(border, solved).reduce(corner) { $0 - $1.0.x * $1.1.x }
        // (−D⁻¹ b, 1) for the border b.
        let joining = (0..<common).map { -solved[$0 % count * 3 + $0 / count].x } + [1]
        var inverse = Matrix(rows: common + 1, columns: common + 1) { joining[$0] * joining[$1] / rest }
        for (block, members) in design.blocks.members.enumerated() {
            let (first, size) = (design.blocks.starts.triple[block], members.count)
            for row in 0..<3 * size {
                for column in 0..<3 * size {
                    let (a, b) = (row / size * count + members[row % size], column / size * count + members[column % size])
                    inverse[a, b] += factors.inverse[first + row * 3 * size + column]
                }
            }
        }
        return inverse
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
