import LinearAlgebra

/// What is known about all judges and entries together: normal around the mode, with H⁻¹ of `CalibratedCurvature`.
struct CalibratedPosterior: Sendable {
    let curvature: CalibratedCurvature
    /// The fair average of each entry, in points, and its standard error.
    let means: [Double]
    let deviations: [Double]
    /// The diagonal of H⁻¹.
    let diagonal: [Double]
    /// The root mean square of the relative errors of `deviations`.
    let accuracy: Double
    /// What 1 is in points.
    let unit: Double
    private let form: Form

    /// How H⁻¹ is known.
    private enum Form: Sendable {
        case matrix(EntryPosterior)
        case estimated(EstimatedVariances)
    }

    /// How exactly a covariance is solved for.
    private static let tolerance = 1e-8

    /// - Parameter hasMatrix: whether H⁻¹ is formed, which takes blocks that are whole.
    init(_ mode: JudgeMode, hasMatrix: Bool) throws(FitError) {
        curvature = mode.curvature
        let (terms, scores) = (mode.terms, mode.terms.design.scores)
        let unit = scores.unit
        let means = (0..<scores.entryCount).map { scores.center + unit * (terms.point.location + terms.kept.merits[$0]) }
        (self.means, self.unit) = (means, unit)
        if hasMatrix {
            let inverse = try mode.curvature.inverse()
            let posterior = EntryPosterior(
                means: means, own: means.indices.map { unit * unit * terms.kept.variances[$0] }, rows: mode.curvature.entryRows,
                covariance: inverse)
            let count = scores.judgeCount
            diagonal = (0..<3 * count).map { inverse[$0 % 3 * count + $0 / 3, $0 % 3 * count + $0 / 3] } + [inverse[3 * count, 3 * count]]
            (deviations, accuracy, form) = (posterior.deviations, 0, .matrix(posterior))
        } else {
            let found = try EstimatedVariances(mode.curvature)
            deviations = found.shared.indices.map { unit * (terms.kept.variances[$0] + found.shared[$0]).squareRoot() }
            (diagonal, accuracy, form) = (found.diagonal, found.accuracy, .estimated(found))
        }
    }

    /// The standard deviation of the difference of two entries, from one solve.
    func deviationOfDifference(_ a: Int, _ b: Int) -> Double {
        guard a != b else { return 0 }
        var difference = [Double](repeating: 0, count: curvature.design.columnCount)
        curvature.addEffects(of: a, times: 1, to: &difference)
        curvature.addEffects(of: b, times: -1, to: &difference)
        let own = curvature.terms.kept.variances[a] + curvature.terms.kept.variances[b]
        return unit * max(0, own + variance(of: difference)).squareRoot()
    }

    /// cᵀ H⁻¹ c.
    func variance(of combination: [Double]) -> Double {
        let solved = curvature.solve(combination, tolerance: CalibratedPosterior.tolerance).vector
        return zip(combination, solved).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The same of all entries as a combination of independent sources.
    func normal() throws(FitError) -> StructuredNormal {
        switch form {
        case .matrix(let posterior): try posterior.normal()
        case .estimated(let variances): try normal(variances)
        }
    }

    /// Blocks and modes as they are, the rest as a part of each entry's own, so that every entry has its standard error.
    private func normal(_ variances: EstimatedVariances) throws(FitError) -> StructuredNormal {
        let own = means.indices.map { entry in
            unit * max(0, curvature.terms.kept.variances[entry] + variances.shared[entry] - variances.structured[entry]).squareRoot()
        }
        let stretch = try CalibratedPosterior.stretch(variances.modes.core)
        let (factors, modes) = (curvature.factors, variances.modes.vectors)
        let mixing = StructuredNormal.Mixing.computed(sources: curvature.design.columnCount) { [curvature, unit] sources in
            stride(from: 0, to: sources.columns, by: 8).flatMap { first in
                let width = min(8, sources.columns - first)
                var lanes = (0..<sources.rows).map { row in
                    var own = SIMD8<Double>.zero
                    for lane in 0..<width { own[lane] = sources[row, first + lane] }
                    return own
                }
                CalibratedPosterior.add(stretch, along: modes, to: &lanes)
                let effects = curvature.entryEffects(factors.dividedByTransposedRoot(lanes))
                return (0..<width).flatMap { lane in effects.map { unit * $0[lane] } }
            }
        }
        return StructuredNormal(means: means, mixing: mixing, own: own, scale: .known(1))
    }

    /// (I + C)^½ − I for the modes' C.
    private static func stretch(_ core: Matrix) throws(FitError) -> Matrix {
        let eigen: SymmetricEigen
        do { eigen = try SymmetricEigen(Matrix(rows: core.rows, columns: core.rows) { core[$0, $1] + ($0 == $1 ? 1 : 0) }) } catch {
            throw .notPositiveDefinite(minor: core.rows)
        }
        let roots = eigen.values.map { max(0, $0).squareRoot() }
        return Matrix(rows: core.rows, columns: core.rows) { row, column in
            roots.indices.reduce(row == column ? -1 : 0) { $0 + eigen.vectors[row, $1] * roots[$1] * eigen.vectors[column, $1] }
        }
    }

    /// Adds Q S Qᵀ x to each x.
    private static func add(_ stretch: Matrix, along modes: [[SIMD8<Double>]], to vectors: inout [SIMD8<Double>]) {
        var products: [SIMD8<Double>] = []
        for group in modes {
            for lane in 0..<8 {
                var sum = SIMD8<Double>.zero
                for index in vectors.indices { sum += vectors[index] * group[index][lane] }
                products.append(sum)
            }
        }
        for row in products.indices {
            var sum = SIMD8<Double>.zero
            for column in products.indices { sum += products[column] * stretch[row, column] }
            let group = modes[row >> 3]
            for index in vectors.indices { vectors[index] += sum * group[index][row & 7] }
        }
    }
}
