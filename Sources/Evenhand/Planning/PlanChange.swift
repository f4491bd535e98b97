import LinearAlgebra

/// One of the matrices K^(−1/2) M⁻¹ K^(−1/2) and K^(−1/2) M⁻² K^(−1/2), with its sums over the judges of each entry (`PlanExchange`).
struct ExchangeMatrix {
    private(set) var elements: Matrix
    /// For each entry the mean of the elements between its judges.
    private(set) var means: [Double]

    init(_ elements: Matrix, panels: [[Int]]) {
        self.elements = elements
        means = panels.map { panel in
            let sum = panel.reduce(0) { sum, a in panel.reduce(sum) { $0 + elements[a, $1] } }
            return sum / Double(panel.count * panel.count)
        }
    }

    /// What an exchange of a judge of an entry needs to know of all other judges.
    struct View {
        /// The judge's row, the means over the judges of the entry, and the squared lengths of e_b − e_a.
        let row, own, lengths: [Double]
        let mean, ownOfJudge: Double
    }

    func view(of judge: Int, in panel: ArraySlice<Int>, entry: Int) -> View {
        let (judges, share) = (0..<elements.rows, 1 / Double(panel.count))
        let row = judges.map { elements[$0, judge] }
        let own = judges.map { other in panel.reduce(0) { $0 + elements[$1, other] } * share }
        return View(
            row: row, own: own, lengths: judges.map { elements[$0, $0] - 2 * row[$0] + row[judge] }, mean: means[entry],
            ownOfJudge: own[judge])
    }

    /// wᵀAw, wᵀAd and dᵀAd.
    func products(_ view: View, _ other: Int, _ panel: ArraySlice<Int>, newJudge: Int, half: Double) -> (Double, Double, Double) {
        let share = 1 / Double(panel.count)
        var (theirs, cross) = (0.0, 0.0)
        for judge in panel {
            theirs += elements[judge, newJudge] - view.row[judge]
            cross += view.own[judge]
        }
        let length = view.lengths[newJudge]
        let difference = view.own[newJudge] - view.ownOfJudge - theirs * share
        let ww = view.mean + means[other] - 2 * cross * share + 2 * half * difference + half * half * length
        return (ww, difference + half * length, length)
    }

    /// Adds left · rightᵀ.
    mutating func add(_ left: Matrix, _ right: Matrix, judgeOfSeat: [Int], start: [Int]) {
        elements.add(left, timesTransposed: right)
        for entry in means.indices {
            let seats = start[entry]..<start[entry + 1]
            var sum = 0.0
            for column in 0..<left.columns {
                var (a, b) = (0.0, 0.0)
                for seat in seats {
                    a += left[judgeOfSeat[seat], column]
                    b += right[judgeOfSeat[seat], column]
                }
                sum += a * b
            }
            means[entry] += sum / Double(seats.count * seats.count)
        }
    }

    /// Counts the judges of an entry anew.
    mutating func count(_ entry: Int, _ panel: ArraySlice<Int>) {
        let sum = panel.reduce(0) { sum, a in panel.reduce(sum) { $0 + elements[a, $1] } }
        means[entry] = sum / Double(panel.count * panel.count)
    }
}

/// What an exchange of two judges between two entries does to the trace of M⁻¹ (`PlanExchange`).
struct PlanChange {
    /// The inverse of ((−ww, 1 − wd), (1 − wd, −dd)) for M⁻¹, and the products for M⁻².
    private let s, h: (Double, Double, Double)
    /// The change of the trace; ∞ when the design would fall apart.
    let difference: Double

    /// - Parameters: wᵀAw, wᵀAd and dᵀAd for both matrices.
    init(inverse: (Double, Double, Double), square: (Double, Double, Double)) {
        let (ww, wd, dd) = (inverse.0, 1 - inverse.1, inverse.2)
        h = square
        let determinant = ww * dd - wd * wd
        s = (-dd / determinant, -wd / determinant, -ww / determinant)
        difference = determinant < -1e-9 ? -(dd * h.0 + 2 * wd * h.1 + ww * h.2) / determinant : .infinity
    }

    /// What the exchange adds to both matrices, as products left · rightᵀ; w and d are given as judges with their coefficients.
    func update(
        _ inverse: Matrix, _ square: Matrix, w: [(judge: Int, value: Double)], d: [(judge: Int, value: Double)]
    ) -> (inverse: (left: Matrix, right: Matrix), square: (left: Matrix, right: Matrix)) {
        let t = (
            s.0 * s.0 * h.0 + 2 * s.0 * s.1 * h.1 + s.1 * s.1 * h.2,
            s.0 * s.1 * h.0 + (s.0 * s.2 + s.1 * s.1) * h.1 + s.1 * s.2 * h.2,
            s.1 * s.1 * h.0 + 2 * s.1 * s.2 * h.1 + s.2 * s.2 * h.2
        )
        let count = inverse.rows
        var (p, x) = (Matrix(rows: count, columns: 2), Matrix(rows: count, columns: 2))
        var (left, right) = (Matrix(rows: count, columns: 4), Matrix(rows: count, columns: 4))
        for (column, vector) in [w, d].enumerated() {
            for a in vector {
                for row in 0..<count {
                    p[row, column] += a.value * inverse[row, a.judge]
                    right[row, column] += a.value * square[row, a.judge]
                }
            }
        }
        for row in 0..<count {
            let (p0, p1, q0, q1) = (p[row, 0], p[row, 1], right[row, 0], right[row, 1])
            (x[row, 0], x[row, 1]) = (s.0 * p0 + s.1 * p1, s.1 * p0 + s.2 * p1)
            (left[row, 0], left[row, 1], right[row, 2], right[row, 3]) = (x[row, 0], x[row, 1], p0, p1)
            left[row, 2] = s.0 * q0 + s.1 * q1 + t.0 * p0 + t.1 * p1
            left[row, 3] = s.1 * q0 + s.2 * q1 + t.1 * p0 + t.2 * p1
        }
        return ((x, p), (left, right))
    }
}
