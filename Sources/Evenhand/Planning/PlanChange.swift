import LinearAlgebra

/// What an exchange of two judges between two entries does to the trace of M⁻¹ (`PlanExchange`).
struct PlanChange {
    /// The vectors w and d as judges with their coefficients.
    private let w: [(judge: Int, value: Double)]
    private let d: [(judge: Int, value: Double)]
    /// The inverse of ((−ww, 1 − wd), (1 − wd, −dd)) for M⁻¹, and the products for M⁻².
    private let s: (Double, Double, Double)
    private let h: (Double, Double, Double)
    /// The change of the trace; `nil` when the design would fall apart.
    let difference: Double?

    /// - Parameters:
    ///   - inverse: K^(−1/2) M⁻¹ K^(−1/2).
    ///   - square: K^(−1/2) M⁻² K^(−1/2).
    ///   - panel: the judges of the entry that gives up `judge` for `newJudge`.
    ///   - other: those of the entry that does the opposite.
    init(_ inverse: Matrix, _ square: Matrix, _ panel: ArraySlice<Int>, _ other: ArraySlice<Int>, judge: Int, newJudge: Int) {
        let shares = (1 / Double(panel.count), 1 / Double(other.count))
        let half = (shares.0 + shares.1) / 2
        w = panel.map { ($0, shares.0) } + other.map { ($0, -shares.1) } + [(newJudge, half), (judge, -half)]
        d = [(newJudge, 1), (judge, -1)]
        func product(_ matrix: Matrix, _ x: [(judge: Int, value: Double)], _ y: [(judge: Int, value: Double)]) -> Double {
            var sum = 0.0
            for a in x {
                var part = 0.0
                for b in y { part += b.value * matrix[b.judge, a.judge] }
                sum += a.value * part
            }
            return sum
        }
        let (ww, wd, dd) = (product(inverse, w, w), 1 - product(inverse, w, d), product(inverse, d, d))
        h = (product(square, w, w), product(square, w, d), product(square, d, d))
        let determinant = ww * dd - wd * wd
        s = (-dd / determinant, -wd / determinant, -ww / determinant)
        difference = determinant < -1e-9 ? -(dd * h.0 + 2 * wd * h.1 + ww * h.2) / determinant : nil
    }

    /// Brings both matrices to what they are after the exchange, and returns what was added to the second one: left · rightᵀ.
    func update(_ inverse: inout Matrix, _ square: inout Matrix) -> (left: Matrix, right: Matrix) {
        let t = (
            s.0 * s.0 * h.0 + 2 * s.0 * s.1 * h.1 + s.1 * s.1 * h.2,
            s.0 * s.1 * h.0 + (s.0 * s.2 + s.1 * s.1) * h.1 + s.1 * s.2 * h.2,
            s.1 * s.1 * h.0 + 2 * s.1 * s.2 * h.1 + s.2 * s.2 * h.2
        )
        let count = inverse.rows
        var (p, left, right) = (Matrix(rows: count, columns: 2), Matrix(rows: count, columns: 4), Matrix(rows: count, columns: 4))
        for row in 0..<count {
            for (column, x) in [w, d].enumerated() {
                for a in x {
                    p[row, column] += a.value * inverse[row, a.judge]
                    right[row, column] += a.value * square[row, a.judge]
                }
                right[row, column + 2] = p[row, column]
            }
        }
        var x = Matrix(rows: count, columns: 2)
        for row in 0..<count {
            let (p0, p1, q0, q1) = (p[row, 0], p[row, 1], right[row, 0], right[row, 1])
            (x[row, 0], x[row, 1]) = (s.0 * p0 + s.1 * p1, s.1 * p0 + s.2 * p1)
            (left[row, 0], left[row, 1]) = (x[row, 0], x[row, 1])
            left[row, 2] = s.0 * q0 + s.1 * q1 + t.0 * p0 + t.1 * p1
            left[row, 3] = s.1 * q0 + s.2 * q1 + t.1 * p0 + t.2 * p1
        }
        inverse.add(x, timesTransposed: p)
        square.add(left, timesTransposed: right)
        return (left, right)
    }
}
