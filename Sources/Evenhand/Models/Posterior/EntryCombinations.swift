import LinearAlgebra

/// What is drawn for each entry, as a combination of the effects of a crossed model at any variance ratios.
///
/// Given the dense columns, an eliminated effect is its weight times what they leave of its scores, plus independent noise of variance σ²
/// w. So whatever is asked is a combination of the dense columns, of the noise of eliminated judges, and of noise of its own.
struct EntryCombinations: Sendable {
    private let design: CrossedDesign
    private let subject: DrawSubject
    private let groupCodes: [Int32]
    /// The heats that count for each entry, with their shares.
    private let heats: [[(heat: Int, share: Double)]]
    /// The number of scores of each entry, and their mean less the center.
    private let sizes: [Double]
    private let scoreMeans: [Double]
    /// The share of each judge in the scores of each entry, where it is not the same for all.
    private let panels: [(judge: Int, entry: Int, share: Double)]
    private let judgeCount: Int

    var entryCount: Int { sizes.count }

    init(_ fit: CrossedEffects, subject: DrawSubject, heatMeans: CrossedEffects.HeatMeans) {
        self.init(
            fit.design, groupCodes: fit.design.groupCodes, subject: subject,
            heats: fit.heatEffects.isEmpty ? [] : fit.heatShares(), countsHeats: heatMeans == .strength)
    }

    init(
        _ design: CrossedDesign, groupCodes: [Int32], subject: DrawSubject, heats: [[(heat: Int, share: Double)]], countsHeats: Bool
    ) {
        (self.design, self.subject, self.groupCodes) = (design, subject, groupCodes)
        sizes = design.isEntryEliminated ? design.sizes : design.denseSizes
        judgeCount = design.isEntryEliminated ? design.random[0].count : design.sizes.count
        let sums = design.sums
        let totals = design.isEntryEliminated ? sums.eliminated : Array(sums.columns[design.random[0]])
        scoreMeans = zip(totals, sizes).map { $0 / $1 }
        // A heat's effect would recur with the same or another panel's scores under any assumption about it.
        let isCounted = subject == .merit || subject == .newPanel ? countsHeats : true
        self.heats = isCounted ? heats : []
        var panels: [(judge: Int, entry: Int, share: Double)] = []
        if subject != .merit {
            for level in design.sizes.indices {
                for (column, count) in design.counts.row(level) where design.random[0].contains(column) {
                    let (entry, judge) = design.isEntryEliminated ? (level, column) : (column, level)
                    panels.append((judge, entry, count / (design.isEntryEliminated ? design.sizes[level] : design.denseSizes[column])))
                }
            }
        }
        self.panels = panels
    }

    /// The posterior of what is asked, with σ² known or drawn.
    func normal(at equations: CrossedEquations, variance: Double?) -> StructuredNormal {
        let repeated: Double = if case .sameJudges(let share) = subject { share } else { 0 }
        var parts = DenseCombinations(rows: design.columnCount, columns: entryCount)
        for entry in 0..<entryCount { addMerit(of: entry, at: equations, to: &parts) }
        var extra = Matrix(rows: 0, columns: entryCount)
        if case .sameJudges = subject { extra = addPanels(at: equations, to: &parts) }
        if subject == .newPanel { extra = newPanels(at: equations) }
        let kept = 1 - repeated
        let means = parts.means.indices.map { design.center + kept * parts.means[$0] + repeated * scoreMeans[$0] }
        let weights = design.isEntryEliminated ? equations.weights : [Double](repeating: 0, count: entryCount)
        let own = zip(weights, sizes).map { weight, size in
            let fresh: Double
            switch subject {
            case .merit: fresh = 0
            case .newPanel: fresh = 1 / size
            case .sameJudges: fresh = (1 - repeated * repeated) / size
            }
            return (kept * kept * weight + fresh).squareRoot()
        }
        let solution = equations.solution
        return StructuredNormal(
            means: means, mixing: mixing(parts.coefficients.scalingRows(by: equations.scales), extra, kept, equations.cholesky), own: own,
            scale: variance.map { .known($0) } ?? .drawn(squares: solution.penalizedSquares, freedom: solution.freedom))
    }

    /// What entries share, from the coefficients of the dense columns.
    private func mixing(_ coefficients: Matrix, _ extra: Matrix, _ kept: Double, _ cholesky: Cholesky) -> StructuredNormal.Mixing {
        guard extra.rows == 0, entryCount > EntryCombinations.mostWhitened else {
            let whitened = cholesky.whitened(coefficients)
            return .product(whitened.stacked(on: extra).scaled(by: kept, rows: whitened.rows))
        }
        var builder = SparseRowBuilder(columnCount: coefficients.rows)
        for entry in 0..<entryCount {
            for (column, value) in coefficients.column(entry).enumerated() where value != 0 { builder.add(kept * value, at: column) }
            builder.endRow()
        }
        return .factored(cholesky, builder.rows())
    }

    /// More entries than this are more work to whiten than the draws of a block.
    private static let mostWhitened = 1024

    /// Combinations of dense columns, and what they come to.
    private struct DenseCombinations {
        var coefficients: Matrix
        var means: [Double]

        init(rows: Int, columns: Int) {
            coefficients = Matrix(rows: rows, columns: columns)
            means = [Double](repeating: 0, count: columns)
        }

        mutating func add(_ column: Int, _ value: Double, to entry: Int, _ columns: [Double]) {
            coefficients[column, entry] += value
            means[entry] += value * columns[column]
        }
    }

    private func addMerit(of entry: Int, at equations: CrossedEquations, to parts: inout DenseCombinations) {
        let columns = equations.solution.effects.columns
        parts.add(design.fixed.lowerBound + Int(groupCodes[entry]), 1, to: entry, columns)
        if !heats.isEmpty {
            for (heat, share) in heats[entry] { parts.add(design.random[1].lowerBound + heat, share, to: entry, columns) }
        }
        guard design.isEntryEliminated else { return parts.add(design.random[0].lowerBound + entry, 1, to: entry, columns) }
        for (column, count) in design.counts.row(entry) { parts.coefficients[column, entry] -= equations.weights[entry] * count }
        parts.means[entry] += equations.solution.effects.eliminated[entry]
    }

    /// Adds the mean severity of each entry's own judges; returns the noise of eliminated judges.
    private func addPanels(at equations: CrossedEquations, to parts: inout DenseCombinations) -> Matrix {
        guard !design.isEntryEliminated else {
            for (judge, entry, share) in panels {
                parts.add(design.random[0].lowerBound + judge, share, to: entry, equations.solution.effects.columns)
            }
            return Matrix(rows: 0, columns: entryCount)
        }
        let repeated: Double = if case .sameJudges(let share) = subject { share } else { 0 }
        var noise = Matrix(rows: judgeCount, columns: entryCount)
        for (judge, entry, share) in panels {
            let weight = equations.weights[judge]
            for (column, count) in design.counts.row(judge) { parts.coefficients[column, entry] -= share * weight * count }
            parts.means[entry] += share * equations.solution.effects.eliminated[judge]
            noise[judge, entry] += (1 - repeated) * share * weight.squareRoot()
        }
        return noise
    }

    /// New severities of the seats of each entry's panel.
    private func newPanels(at equations: CrossedEquations) -> Matrix {
        let deviation = equations.ratios[design.isEntryEliminated ? 1 : 0].squareRoot()
        var sources = Matrix(rows: judgeCount, columns: entryCount)
        for (judge, entry, share) in panels { sources[judge, entry] += share * deviation }
        return sources
    }
}

extension Matrix {
    fileprivate func scalingRows(by factors: [Double]) -> Matrix {
        var matrix = self
        for column in 0..<columns {
            for row in 0..<rows { matrix[row, column] *= factors[row] }
        }
        return matrix
    }

    /// The first rows multiplied by a factor.
    fileprivate func scaled(by factor: Double, rows count: Int) -> Matrix {
        guard factor != 1 else { return self }
        var matrix = self
        for column in 0..<columns {
            for row in 0..<count { matrix[row, column] *= factor }
        }
        return matrix
    }

    /// These rows above those of another matrix.
    fileprivate func stacked(on lower: Matrix) -> Matrix {
        guard lower.rows > 0 else { return self }
        return Matrix(rows: rows + lower.rows, columns: columns) { row, column in
            row < rows ? self[row, column] : lower[row - rows, column]
        }
    }
}
