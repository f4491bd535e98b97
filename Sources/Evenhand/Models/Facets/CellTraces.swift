import LinearAlgebra

/// zᵀP̃z of each level of each term of a facet model by cells, with z the level's column: what the scores tell of its effect.
///
/// Of kept and swept terms that is (1 − c)/λ with c on the diagonal of the inverse of the scaled equations. In a group P̃ is
/// V⁻¹ − V⁻¹ U C Uᵀ V⁻¹, where C, the inverse, is needed for the columns of one block at a time.
struct CellTraces {
    /// By term and level.
    let ofLevels: [[Double]]

    init(_ elimination: CellElimination, _ ratios: [Double]) {
        let cells = elimination.cells
        let scales = elimination.keptScales
        var inverse = elimination.kept.inverse.elements
        let size = cells.keptCount
        var traces = cells.terms.map { [Double](repeating: 0, count: $0.levelCount) }
        let least = zip(ratios, cells.terms).map { max($0, FacetEquations.least($1)) }
        for term in cells.terms.indices where cells.roles[term] == .kept {
            for level in traces[term].indices {
                traces[term][level] = (1 - inverse[(cells.offsets[term] + level) * (size + 1)]) / least[term]
            }
        }
        // − L⁻ᵀ (L⁻¹R) C of the kept columns is C of the swept with the kept ones.
        let solved = (elimination.cross * Matrix(rows: size, columns: size, elements: inverse)).elements
        for column in 0..<size { for row in 0..<size { inverse[row + size * column] *= scales[row] * scales[column] } }
        for block in 0..<cells.blockCount {
            let parts = BlockInverse(elimination, block, solved)
            let first = cells.columnStarts[block]
            for term in cells.terms.indices where cells.roles[term] == .swept {
                for cell in cells.groups[cells.blocks[block]]..<cells.groups[cells.blocks[block + 1]] {
                    let level = Int(cells.codes[term][cell])
                    let column = Int(cells.columnOf[term][level]) - first
                    let scale = elimination.sweptScales[first + column]
                    traces[term][level] = (1 - parts.own[column * (parts.width + 1)] / (scale * scale)) / least[term]
                }
            }
            for group in cells.blocks[block]..<cells.blocks[block + 1] {
                CellTraces.add(group, elimination, parts, inverse, &traces)
            }
        }
        ofLevels = traces
    }

    /// Adds the terms of a group.
    private static func add(
        _ group: Int, _ elimination: CellElimination, _ parts: BlockInverse, _ inverse: [Double], _ traces: inout [[Double]]
    ) {
        let cells = elimination.cells
        let (first, start) = (cells.groups[group], cells.squares[group])
        let count = cells.groups[group + 1] - first
        // U C Uᵀ.
        var known = [Double](repeating: 0, count: count * count)
        for one in 0..<count {
            for other in 0...one {
                known[one + count * other] = parts.covariance(cells, first + one, first + other, inverse)
                known[other + count * one] = known[one + count * other]
            }
        }
        var half = [Double](repeating: 0, count: count * count)
        for column in 0..<count {
            for inner in 0..<count {
                let weight = elimination.inverses[start + inner + count * column]
                for row in 0..<count { half[row + count * column] += known[row + count * inner] * weight }
            }
        }
        for term in cells.terms.indices where cells.roles[term] == .group {
            let codes = cells.codes[term]
            for column in 0..<count {
                for row in 0..<count where codes[first + row] == codes[first + column] {
                    var element = elimination.inverses[start + row + count * column]
                    for inner in 0..<count {
                        element -= elimination.inverses[start + row + count * inner] * half[inner + count * column]
                    }
                    traces[term][Int(codes[first + column])] += element
                }
            }
        }
    }
}

/// The inverse of the equations for the columns of one block, in the units of scores: with each other and with the kept columns.
private struct BlockInverse {
    let width, size: Int
    /// Column after column.
    let own: [Double]
    /// A row for each of the block's columns.
    let shared: [Double]

    init(_ elimination: CellElimination, _ block: Int, _ solved: [Double]) {
        let cells = elimination.cells
        let (first, width, size) = (cells.columnStarts[block], elimination.width(block), cells.keptCount)
        let rows = cells.sweptCount
        var (shared, own) = ([Double](repeating: 0, count: width * size), [Double](repeating: 0, count: width * width))
        for column in 0..<size { for row in 0..<width { shared[row + width * column] = solved[first + row + rows * column] } }
        // I + (L⁻¹R) C (L⁻¹R)ᵀ, then L⁻ᵀ from the left and L⁻¹ from the right.
        for column in 0..<size {
            for right in 0..<width {
                let factor = elimination.cross[first + right, column]
                for row in 0..<width { own[row + width * right] += shared[row + width * column] * factor }
            }
        }
        for row in 0..<width { own[row * (width + 1)] += 1 }
        for column in 0..<width { elimination.back(block, &own, at: width * column) }
        own = (0..<width * width).map { own[$0 / width + width * ($0 % width)] }
        for column in 0..<width { elimination.back(block, &own, at: width * column) }
        for column in 0..<size {
            elimination.back(block, &shared, at: width * column)
            let scale = elimination.keptScales[column]
            for row in 0..<width { shared[row + width * column] *= -scale * elimination.sweptScales[first + row] }
        }
        for column in 0..<width {
            let scale = elimination.sweptScales[first + column]
            for row in 0..<width { own[row + width * column] *= elimination.sweptScales[first + row] * scale }
        }
        (self.width, self.size, self.own, self.shared) = (width, size, own, shared)
    }

    /// The covariance of the effects that two cells of the block have.
    func covariance(_ cells: FacetCells, _ one: Int, _ other: Int, _ inverse: [Double]) -> Double {
        var sum = 0.0
        let kept = other * cells.keptWidth..<(other + 1) * cells.keptWidth
        for mine in one * cells.keptWidth..<(one + 1) * cells.keptWidth {
            let (column, weight) = (Int(cells.keptColumns[mine]) * size, cells.keptWeights[mine])
            for position in kept { sum += inverse[column + Int(cells.keptColumns[position])] * weight * cells.keptWeights[position] }
        }
        let swept = other * cells.sweptWidth..<(other + 1) * cells.sweptWidth
        for mine in one * cells.sweptWidth..<(one + 1) * cells.sweptWidth {
            let row = Int(cells.sweptColumns[mine])
            for position in kept { sum += shared[row + width * Int(cells.keptColumns[position])] * cells.keptWeights[position] }
            for position in swept { sum += own[row + width * Int(cells.sweptColumns[position])] }
        }
        for position in swept {
            let row = Int(cells.sweptColumns[position])
            for mine in one * cells.keptWidth..<(one + 1) * cells.keptWidth {
                sum += shared[row + width * Int(cells.keptColumns[mine])] * cells.keptWeights[mine]
            }
        }
        return sum
    }
}
