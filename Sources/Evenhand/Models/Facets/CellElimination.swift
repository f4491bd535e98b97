import LinearAlgebra

/// The equations of a facet model by cells at given variance ratios, with the swept columns eliminated.
///
/// With V the covariance of the cells' means in their groups over σ², U the columns of kept and swept effects and T their scales, the
/// equations are T Uᵀ V⁻¹ U T + D. Swept columns are in one block each: their part is a matrix of a few rows for each block, Q = L Lᵀ,
/// which leaves S − Σ (L⁻¹R)ᵀ (L⁻¹R) of the kept columns' part S, with R what both share.
struct CellElimination {
    let cells: FacetCells
    /// V⁻¹ of each group, column after column.
    let inverses: [Double]
    /// T of the kept and of the swept columns.
    let keptScales, sweptScales: [Double]
    /// L of each block, column after column, from `factorStarts`.
    let factors: [Double]
    let factorStarts: [Int]
    /// L⁻¹R, a row for each swept column and a column for each kept one.
    let cross: Matrix
    /// The factor of what is left of the kept columns.
    let kept: Cholesky
    /// log |V*| + log |XᵀV*⁻¹X|, with V* the covariance of all scores over σ².
    let logDeterminant: Double

    /// - Throws: `FitError.notPositiveDefinite` where fixed effects depend on each other.
    init(_ cells: FacetCells, ratios: [Double]) throws(FitError) {
        self.cells = cells
        var (keptScales, sweptScales) = ([Double](repeating: 1, count: cells.keptCount), [Double](repeating: 1, count: cells.sweptCount))
        for (term, role) in cells.roles.enumerated() where role != .group {
            let scale = max(ratios[term], FacetEquations.least(cells.terms[term])).squareRoot()
            for level in 0..<cells.terms[term].levelCount {
                if role == .kept { keptScales[cells.offsets[term] + level] = scale }
                if role == .swept { sweptScales[Int(cells.columnOf[term][level])] = scale }
            }
        }
        (self.keptScales, self.sweptScales) = (keptScales, sweptScales)
        let (inverses, logGroups) = CellElimination.inverses(cells, ratios)
        self.inverses = inverses
        var blocks = CellBlocks(cells)
        for block in 0..<cells.blockCount { try blocks.eliminate(block, inverses, keptScales, sweptScales) }
        (factors, factorStarts) = (blocks.factors, blocks.factorStarts)
        cross = Matrix(rows: cells.sweptCount, columns: cells.keptCount, elements: blocks.cross)
        let size = cells.keptCount
        var rest = blocks.kept
        let explained = cross.gram.elements
        for column in 0..<size {
            for row in column..<size {
                let index = row + size * column
                rest[index] = rest[index] * keptScales[row] * keptScales[column] - explained[index]
            }
            if column < cells.constant { rest[column + size * column] += 1 }
        }
        for first in 0..<cells.covariateCount {
            for second in 0...first {
                rest[cells.constant + 1 + first + size * (cells.constant + 1 + second)] += cells.within[first, second]
            }
        }
        do { kept = try Cholesky(Matrix(rows: size, columns: size, elements: rest)) } catch {
            throw .notPositiveDefinite(minor: cells.sweptCount + size)
        }
        logDeterminant = logGroups + blocks.logDeterminant + kept.logDeterminant
    }

    /// V⁻¹ of each group, and log |V| of all, with the scores of cells for themselves.
    private static func inverses(_ cells: FacetCells, _ ratios: [Double]) -> ([Double], Double) {
        let terms = cells.roles.indices.filter { cells.roles[$0] == .group }
        var (inverses, logDeterminant) = ([Double](repeating: 0, count: cells.squares[cells.squares.count - 1]), 0.0)
        for group in 0..<cells.groups.count - 1 {
            let (first, start) = (cells.groups[group], cells.squares[group])
            let count = cells.groups[group + 1] - first
            for column in 0..<count {
                inverses[start + column * (count + 1)] = 1 / cells.sizes[first + column]
                logDeterminant += naturalLogarithm(cells.sizes[first + column])
            }
            for term in terms {
                let (codes, ratio) = (cells.codes[term], ratios[term])
                for column in 0..<count {
                    for row in 0..<count where codes[first + row] == codes[first + column] {
                        inverses[start + row + count * column] += ratio
                    }
                }
            }
            logDeterminant += invert(&inverses, start, count)
        }
        return (inverses, logDeterminant)
    }

    /// Inverts a positive definite matrix in place by the steps of Gauss and Jordan, and gives the logarithm of its determinant.
    private static func invert(_ matrix: inout [Double], _ start: Int, _ count: Int) -> Double {
        var determinant = 1.0
        var logDeterminant = 0.0
        for step in 0..<count {
            let pivot = matrix[start + step * (count + 1)]
            determinant *= pivot
            // Far from what a number can hold.
            if determinant > 1e100 || determinant < 1e-100 {
                logDeterminant += naturalLogarithm(determinant)
                determinant = 1
            }
            let pivots = Array(matrix[start + count * step..<start + count * (step + 1)])
            for column in 0..<count {
                let first = start + count * column
                let factor = (column == step ? 1 : matrix[first + step]) / pivot
                if column == step { for row in 0..<count { matrix[first + row] = 0 } }
                matrix.withUnsafeMutableBufferPointer { matrix in
                    for row in 0..<count { matrix[first + row] -= factor * pivots[row] }
                }
                matrix[first + step] = factor
            }
        }
        return logDeterminant + naturalLogarithm(determinant)
    }

    /// V⁻¹ times a value of each cell.
    func weighted(_ values: [Double]) -> [Double] {
        var weighted = [Double](repeating: 0, count: values.count)
        for group in 0..<cells.groups.count - 1 {
            let (first, start) = (cells.groups[group], cells.squares[group])
            let count = cells.groups[group + 1] - first
            for column in 0..<count {
                let value = values[first + column]
                for row in 0..<count { weighted[first + row] += inverses[start + row + count * column] * value }
            }
        }
        return weighted
    }

    /// A vector of scores, projected: P̃ times it.
    struct Projection {
        /// The sum over the scores of each cell.
        let sums: [Double]
        /// The effects of the kept columns that were taken away.
        let kept: [Double]
        /// What is left of the means of cells, times what V⁻¹ makes of it, and the squares of the random effects over their scales.
        let squares: Double
    }

    /// - Parameters:
    ///   - means: the means of the vector's cells.
    ///   - products: its products with the covariates within cells.
    func projection(_ means: [Double], products: [Double]) -> Projection {
        let weights = weighted(means)
        var (kept, swept) = ([Double](repeating: 0, count: cells.keptCount), [Double](repeating: 0, count: cells.sweptCount))
        forEachCell { cell, firstColumn in
            let weight = weights[cell]
            for position in cell * cells.keptWidth..<(cell + 1) * cells.keptWidth {
                kept[Int(cells.keptColumns[position])] += weight * cells.keptWeights[position]
            }
            for position in cell * cells.sweptWidth..<(cell + 1) * cells.sweptWidth {
                swept[firstColumn + Int(cells.sweptColumns[position])] += weight
            }
        }
        for (covariate, product) in products.enumerated() { kept[cells.constant + 1 + covariate] += product }
        for column in kept.indices { kept[column] *= keptScales[column] }
        for column in swept.indices { swept[column] *= sweptScales[column] }
        solve(&kept, &swept)
        var squares = swept.reduce(0) { $0 + $1 * $1 }
        for column in 0..<cells.constant { squares += kept[column] * kept[column] }
        for column in kept.indices { kept[column] *= keptScales[column] }
        for column in swept.indices { swept[column] *= sweptScales[column] }
        var rest = means
        forEachCell { cell, firstColumn in
            var sum = 0.0
            for position in cell * cells.keptWidth..<(cell + 1) * cells.keptWidth {
                sum += kept[Int(cells.keptColumns[position])] * cells.keptWeights[position]
            }
            for position in cell * cells.sweptWidth..<(cell + 1) * cells.sweptWidth {
                sum += swept[firstColumn + Int(cells.sweptColumns[position])]
            }
            rest[cell] -= sum
        }
        let sums = weighted(rest)
        squares += zip(rest, sums).reduce(0) { $0 + $1.0 * $1.1 }
        return Projection(sums: sums, kept: kept, squares: squares)
    }

    private func forEachCell(_ body: (_ cell: Int, _ firstColumn: Int) -> Void) {
        for block in 0..<cells.blockCount {
            let column = cells.columnStarts[block]
            for cell in cells.groups[cells.blocks[block]]..<cells.groups[cells.blocks[block + 1]] { body(cell, column) }
        }
    }

    /// Solves the equations for what is in both.
    private func solve(_ kept: inout [Double], _ swept: inout [Double]) {
        for block in 0..<cells.blockCount { forward(block, &swept) }
        let explained = cross.transposedTimes(swept)
        for column in kept.indices { kept[column] -= explained[column] }
        kept = self.kept.solve(kept)
        let shared = cross * kept
        for column in swept.indices { swept[column] -= shared[column] }
        for block in 0..<cells.blockCount { back(block, &swept) }
    }

    /// L⁻¹ of a block times its part of a vector.
    private func forward(_ block: Int, _ values: inout [Double]) {
        let (first, width, start) = (cells.columnStarts[block], width(block), factorStarts[block])
        for column in 0..<width {
            values[first + column] /= factors[start + column * (width + 1)]
            for row in column + 1..<max(width, column + 1) {
                values[first + row] -= factors[start + row + width * column] * values[first + column]
            }
        }
    }

    /// L⁻ᵀ of a block times its part of a vector.
    func back(_ block: Int, _ values: inout [Double]) { back(block, &values, at: cells.columnStarts[block]) }

    /// L⁻ᵀ of a block times so many values from an index on.
    func back(_ block: Int, _ values: inout [Double], at first: Int) {
        let (width, start) = (width(block), factorStarts[block])
        for row in (0..<width).reversed() {
            var value = values[first + row]
            for below in row + 1..<max(width, row + 1) { value -= factors[start + below + width * row] * values[first + below] }
            values[first + row] = value / factors[start + row * (width + 1)]
        }
    }

    func width(_ block: Int) -> Int { cells.columnStarts[block + 1] - cells.columnStarts[block] }
}

/// The elimination of one block after the other.
private struct CellBlocks {
    let cells: FacetCells
    /// The kept columns' part of the equations, unscaled, below the diagonal.
    var kept: [Double]
    var factors: [Double] = []
    var factorStarts = [0]
    var cross: [Double]
    var logDeterminant = 0.0

    init(_ cells: FacetCells) {
        self.cells = cells
        kept = [Double](repeating: 0, count: cells.keptCount * cells.keptCount)
        cross = [Double](repeating: 0, count: cells.sweptCount * cells.keptCount)
    }

    mutating func eliminate(_ block: Int, _ inverses: [Double], _ keptScales: [Double], _ sweptScales: [Double]) throws(FitError) {
        let (first, size) = (cells.columnStarts[block], cells.keptCount)
        let width = cells.columnStarts[block + 1] - first
        var (own, shared) = ([Double](repeating: 0, count: width * width), [Double](repeating: 0, count: width * size))
        for group in cells.blocks[block]..<cells.blocks[block + 1] { add(group, width, inverses, &own, &shared) }
        for column in 0..<width {
            for row in 0..<width { own[row + width * column] *= sweptScales[first + row] * sweptScales[first + column] }
            own[column * (width + 1)] += 1
        }
        for step in 0..<width {
            guard own[step * (width + 1)] > 0 else { throw .notPositiveDefinite(minor: first + step + 1) }
            let root = own[step * (width + 1)].squareRoot()
            logDeterminant += 2 * naturalLogarithm(root)
            own[step * (width + 1)] = root
            for row in step + 1..<max(width, step + 1) { own[row + width * step] /= root }
            for column in step + 1..<max(width, step + 1) {
                let factor = own[column + width * step]
                for row in column..<width { own[row + width * column] -= own[row + width * step] * factor }
            }
        }
        factors += own
        factorStarts.append(factors.count)
        let rows = cells.sweptCount
        cross.withUnsafeMutableBufferPointer { cross in
            own.withUnsafeBufferPointer { own in
                for column in 0..<size {
                    let values = UnsafeMutableBufferPointer(rebasing: cross[first + rows * column..<first + rows * column + width])
                    for row in 0..<width { values[row] = shared[row + width * column] * sweptScales[first + row] * keptScales[column] }
                    for step in 0..<width {
                        let value = values[step] / own[step * (width + 1)]
                        values[step] = value
                        for row in step + 1..<max(width, step + 1) { values[row] -= own[row + width * step] * value }
                    }
                }
            }
        }
    }

    /// Adds the cells of a group: Uᵀ V⁻¹ U.
    private mutating func add(_ group: Int, _ width: Int, _ inverses: [Double], _ own: inout [Double], _ shared: inout [Double]) {
        let (first, start, size) = (cells.groups[group], cells.squares[group], cells.keptCount)
        let count = cells.groups[group + 1] - first
        for one in 0..<count {
            for other in 0..<count {
                let weight = inverses[start + one + count * other]
                let kept = (first + other) * cells.keptWidth..<(first + other + 1) * cells.keptWidth
                for swept in (first + one) * cells.sweptWidth..<(first + one + 1) * cells.sweptWidth {
                    let row = Int(cells.sweptColumns[swept])
                    for position in kept { shared[row + width * Int(cells.keptColumns[position])] += weight * cells.keptWeights[position] }
                    for position in (first + other) * cells.sweptWidth..<(first + other + 1) * cells.sweptWidth {
                        own[row + width * Int(cells.sweptColumns[position])] += weight
                    }
                }
                for mine in (first + one) * cells.keptWidth..<(first + one + 1) * cells.keptWidth {
                    let (row, part) = (Int(cells.keptColumns[mine]), weight * cells.keptWeights[mine])
                    for position in kept where Int(cells.keptColumns[position]) <= row {
                        self.kept[row + size * Int(cells.keptColumns[position])] += part * cells.keptWeights[position]
                    }
                }
            }
        }
    }
}
