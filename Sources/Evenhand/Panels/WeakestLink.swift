import LinearAlgebra

/// How well the severities of judges can be compared, in the worst case.
///
/// In x_ij = θ_i + β_j + ε_ij with noise of standard deviation σ, eliminating the entries leaves the judges' Laplacian
/// L = Σ_i (diag(n_i) − n_i n_iᵀ / m_i), where n_ij is the number of scores of entry i by judge j and m_i their sum. Inside a subset
/// Var(β̂_a − β̂_b) = σ² (e_a − e_b)ᵀ L⁺ (e_a − e_b), the effective resistance between two nodes of an electrical network.
public struct WeakestLink: Sendable, Equatable {
    /// The two judges of one subset whose severities can be compared least; of several such pairs the first.
    public let judges: [Int]
    /// The standard error of the difference of their severities by least squares, in units of σ. In a complete design of n entries √(2/n).
    public let standardError: Double
    /// The smallest non-zero eigenvalue of L, in scores; in a complete design n. When it is small and strong entries meet the same judges,
    /// correcting for severity does harm.
    public let smallestEigenvalue: Double
    /// Whether the judges of some subset are connected by weak links: some contrast of them rests on fewer than two scores (the smallest
    /// eigenvalue), and that is because of the links and not of judges with few scores: with every judge's part of L brought to 1, the
    /// smallest non-zero eigenvalue is below 0.15. Panels drawn at random have 0.4 and more, however few their scores; a chain of 32
    /// neighbours has 0.03.
    public let isWeak: Bool

    /// The most judges of a subset: the work grows with the cube of their number.
    public static let mostJudges = 500
    private static let fewestScores = 2.0
    private static let smallestGap = 0.15

    /// The weakest link of a sheet of totals; `nil` when no two judges are connected, or a subset has more than `mostJudges`.
    public init?(of sheet: ScoreSheet, _ design: PanelDesign) {
        var members = [[Int]](repeating: [], count: design.subsetCount)
        for (judge, subset) in design.subsetOfJudge.enumerated() { members[Int(subset)].append(judge) }
        guard members.allSatisfy({ $0.count <= WeakestLink.mostJudges }) else { return nil }
        var (worst, eigenvalue) = ((pair: [Int](), variance: -1.0), Double.infinity)
        var isWeak = false
        for (subset, laplacian) in WeakestLink.laplacians(of: sheet, design, members).enumerated() where members[subset].count > 1 {
            guard let inverse = WeakestLink.inverse(laplacian), let values = (try? SymmetricEigen(laplacian))?.values else { return nil }
            // The first eigenvalue is the zero of the constant vector.
            eigenvalue = min(eigenvalue, values[1])
            if values[1] < WeakestLink.fewestScores, WeakestLink.gap(laplacian) < WeakestLink.smallestGap { isWeak = true }
            for a in 0..<laplacian.rows {
                for b in (a + 1)..<max(laplacian.rows, a + 1) {
                    let variance = inverse[a, a] + inverse[b, b] - 2 * inverse[a, b]
                    // Equal pairs differ in the last digits; the first of them shall be named on every machine.
                    if variance > worst.variance * (1 + 1e-9) { worst = ([members[subset][a], members[subset][b]], variance) }
                }
            }
        }
        guard !worst.pair.isEmpty else { return nil }
        (judges, standardError, smallestEigenvalue, self.isWeak) = (worst.pair, worst.variance.squareRoot(), eigenvalue, isWeak)
    }

    /// The Laplacian of each subset's judges.
    private static func laplacians(of sheet: ScoreSheet, _ design: PanelDesign, _ members: [[Int]]) -> [Matrix] {
        var position = [Int](repeating: 0, count: sheet.judges.count)
        for judges in members { for (index, judge) in judges.enumerated() { position[judge] = index } }
        var matrices = members.map { Matrix(rows: $0.count, columns: $0.count) }
        let entries = EntryRows(of: sheet)
        for entry in 0..<entries.count {
            let rows = entries.performances(of: entry).flatMap { sheet.performances[Int($0)].rows }
            guard rows.count > 1 else { continue }
            let subset = Int(design.subsetOfJudge[Int(sheet.judgeCodes[rows[0]])])
            let positions = rows.map { position[Int(sheet.judgeCodes[$0])] }
            let share = 1 / Double(rows.count)
            for a in positions {
                matrices[subset][a, a] += 1
                for b in positions { matrices[subset][a, b] -= share }
            }
        }
        return matrices
    }

    /// (L + 11ᵀ/n)⁻¹ = L⁺ + 11ᵀ/n: the constant drops out of differences.
    private static func inverse(_ laplacian: Matrix) -> Matrix? {
        let share = 1 / Double(laplacian.rows)
        let shifted = Matrix(rows: laplacian.rows, columns: laplacian.columns) { laplacian[$0, $1] + share }
        return (try? Cholesky(shifted))?.inverse
    }

    /// The smallest non-zero eigenvalue of D^(−1/2) L D^(−1/2), D the diagonal of L: how hard it is to cut the judges in two, whatever the
    /// number of their scores (Chung 1997, chapter 2).
    private static func gap(_ laplacian: Matrix) -> Double {
        var scaled = laplacian
        scaled.scaleSymmetrically(by: (0..<laplacian.rows).map { 1 / laplacian[$0, $0].squareRoot() })
        return (try? SymmetricEigen(scaled))?.values[1] ?? 1
    }
}
