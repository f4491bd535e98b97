extension GroupMoments {
    /// The moments of judges whose scores have been summed up: the same Doubles as those of the scores themselves.
    ///
    /// - Throws: `FitError.overflow` when exact sums pass 2¹²⁷.
    init(of sums: [ExactSum]) throws(FitError) {
        let least = sums.reduce(Int64.max) { min($0, $1.least) }
        let most = sums.reduce(Int64.min) { max($0, $1.most) }
        let pivot = ((Double(least) + Double(most)) / 2).rounded()
        guard abs(pivot) < 0x1p53, let whole = Int128(exactly: pivot) else { throw .overflow(of: "scores") }
        var centered: [(count: Int, deviation: Int128, square: Int128)] = []
        for sum in sums {
            // Σd = Σs − n p and Σd² = Σs² − p (Σs + Σd).
            let count = Int128(sum.count)
            let deviation = sum.sum - count * whole
            let (both, over) = whole.multipliedReportingOverflow(by: sum.sum + deviation)
            let (square, over1) = sum.squares.subtractingReportingOverflow(both)
            if over || over1 { throw .overflow(of: "squared scores") }
            centered.append((sum.count, deviation, square))
        }
        try self.init(centered: centered, pivot: pivot)
    }
}
