import LinearAlgebra

/// The second derivatives of a calibrated model in all that belongs to judges: locations, scales, noises and the common location.
///
/// Given the judges, an entry is normal with mean η̂ and variance v, so Louis's formula has a closed form: the expected second derivatives
/// of each meeting, less the covariance of its first derivatives, v ℓℓᵀ + 2 v² qqᵀ, with ℓ and q the linear and quadratic parts of the
/// first derivatives as functions of η − η̂. The columns are scaled by the population's standard deviations, so that D is 1 (0 for the
/// common location).
///
/// Source: Louis, *Finding the observed information matrix when using the EM algorithm*, Journal of the Royal Statistical Society B 44
/// (1982).
struct CalibratedCurvature: Sendable {
    /// The factor of the scaled matrix.
    let cholesky: Cholesky
    /// The population's standard deviation of each column, 1 for the common location.
    let deviations: [Double]
    /// vᵢ ℓᵢ: how each entry's mean depends on the columns.
    let effects: SparseRows
    /// The log determinant of the traits' block, locations eliminated and the common location held: the volume of Laplace's approximation.
    let logDeterminant: Double

    init(_ equations: CalibratedEquations) throws(FitError) {
        let design = equations.design
        let count = design.judgeCount
        let forms = CalibratedCurvature.forms(equations)
        var matrix = CalibratedCurvature.expected(equations)
        matrix.subtractGram(of: forms.linear, weights: equations.entryVariances)
        matrix.subtractGram(of: forms.quadratic, weights: equations.entryVariances.map { 2 * $0 * $0 })
        let population = equations.population
        let kinds = [population.locationDeviation, population.scaleDeviation, population.noiseDeviation]
        deviations = kinds.flatMap { [Double](repeating: $0, count: count) } + [1]
        matrix.scaleSymmetrically(by: deviations)
        for column in 0..<3 * count { matrix[column, column] += 1 }
        for members in design.subsets {
            for a in members { for b in members { matrix[count + a, count + b] += CalibratedEquations.subsetGrip / Double(members.count) } }
        }
        cholesky = try CalibratedCurvature.factored(matrix, traits: count..<3 * count)
        logDeterminant = (count..<3 * count).reduce(0) { [cholesky] in $0 + 2 * naturalLogarithm(cholesky.lower[$1, $1]) }
        effects = forms.linear.scalingRows(by: equations.entryVariances)
    }

    /// The step of the traits that would bring their derivatives to 0, locations following.
    func step(_ slope: JudgeTraits) -> JudgeTraits {
        let count = slope.scales.count
        let right = [Double](repeating: 0, count: count) + slope.scales + slope.noises + [0]
        let solution = cholesky.solve(right)
        var step = slope
        step.scales = Array(solution[count..<2 * count])
        step.noises = Array(solution[2 * count..<3 * count])
        return step
    }

    /// Far from the maximum the matrix may not be positive definite: then the traits are drawn toward the population more than they should
    /// be.
    private static func factored(_ matrix: Matrix, traits: Range<Int>) throws(FitError) -> Cholesky {
        var (matrix, added) = (matrix, 1.0)
        for _ in 0..<40 {
            if let cholesky = try? Cholesky(matrix) { return cholesky }
            for column in traits { matrix[column, column] += added }
            added *= 2
        }
        throw .notPositiveDefinite(minor: matrix.rows)
    }

    /// ℓ and q of each entry.
    private static func forms(_ equations: CalibratedEquations) -> (linear: SparseRows, quadratic: SparseRows) {
        let design = equations.design
        var (linear, quadratic) = ([Double](), [Double]())
        linear.reserveCapacity(3 * design.judges.count + design.entryCount)
        quadratic.reserveCapacity(2 * design.judges.count)
        for entry in 0..<design.entryCount {
            let meetings = design.starts[entry]..<design.starts[entry + 1]
            let merit = equations.merits[entry]
            let first = linear.count
            for meeting in meetings { linear.append(-equations.pulls[meeting]) }
            let common = linear[first...].reduce(0, +)
            for meeting in meetings {
                linear.append(
                    equations.pulls[meeting] * (equations.residuals[meeting] - equations.scales[design.judges[meeting]] * merit))
            }
            for meeting in meetings { linear.append(-2 * equations.pulls[meeting] * equations.residuals[meeting]) }
            linear.append(common)
            let squares = meetings.map { equations.pulls[$0] * equations.scales[design.judges[$0]] }
            quadratic += squares.map { -$0 }
            quadratic += squares
        }
        return (design.linearPattern.replacing(values: linear), design.quadraticPattern.replacing(values: quadratic))
    }

    /// The expected second derivatives, negative, in the lower triangle.
    private static func expected(_ equations: CalibratedEquations) -> Matrix {
        let (design, count) = (equations.design, equations.design.judgeCount)
        var matrix = Matrix(rows: design.columnCount, columns: design.columnCount)
        for entry in 0..<design.entryCount {
            let (merit, variance) = (equations.merits[entry], equations.entryVariances[entry])
            for meeting in design.starts[entry]..<design.starts[entry + 1] {
                let judge = design.judges[meeting]
                let (scale, residual) = (equations.scales[judge], equations.residuals[meeting])
                let weight = equations.weights[meeting]
                let product = merit * residual - scale * variance
                let square = residual * residual + scale * scale * variance
                matrix[judge, judge] += weight
                matrix[count + judge, judge] += weight * scale * merit
                matrix[2 * count + judge, judge] += 2 * weight * residual
                matrix[count + judge, count + judge] += weight * scale * (scale * (merit * merit + variance) - product)
                matrix[2 * count + judge, count + judge] += 2 * weight * scale * product
                matrix[2 * count + judge, 2 * count + judge] +=
                    2 * (weight * square + equations.precisions[judge] * design.scatters[meeting])
            }
        }
        for judge in 0..<count {
            matrix[3 * count, judge] = matrix[judge, judge]
            matrix[3 * count, count + judge] = matrix[count + judge, judge]
            matrix[3 * count, 2 * count + judge] = matrix[2 * count + judge, judge]
            matrix[3 * count, 3 * count] += matrix[judge, judge]
        }
        return matrix
    }
}
