import LinearAlgebra

/// Whether groups differ, by comparison with what happens when their labels are permuted: within strata (heats), if there are any.
///
/// The statistic is the F of groups adjusted for strata. With the results centred in each stratum, t_g the sums of the groups and
/// C = Σ_h (diag(n_hg) − n_hg n_hgᵀ / n_h), the groups' part of the sum of squares is Q = tᵀC⁻t and F = (Q / df₁) / ((S − Q) / df₂), where
/// S is the sum of squares within strata, df₁ the rank of C and df₂ = n − strata − df₁. With one stratum it is the F of the analysis of
/// variance. S is the same for every permutation, so that F and Q order them alike.
///
/// p = (1 + permutations with F at least as large) / (1 + draws). Where there are no more different permutations than draws, all of them
/// are counted and p is exact.
///
/// Sources: Fisher, *The Design of Experiments* (1935); Phipson and Smyth, *Permutation p-values should never be zero*, Statistical
/// Applications in Genetics and Molecular Biology 9 (2010).
public struct PermutationTest: Sendable, Equatable {
    /// How many permutations are drawn by default.
    public static let usualDraws = 10_000

    /// F; `nil` when the results do not differ within strata, or differ between groups only.
    public let fRatio: Double?
    /// The number of differences between groups that the strata let see: the groups less one, or fewer when some never meet in a stratum.
    public let degreesOfFreedomBetween: Int
    /// The degrees of freedom that are left for the spread.
    public let degreesOfFreedomWithin: Int
    /// Q.
    public let between: Double
    /// S − Q.
    public let within: Double
    /// P(F or more) when labels mean nothing; `nil` when no permutation differs from any other in its statistic.
    public let p: Double?
    /// The number of permutations that were looked at.
    public let draws: Int
    /// Whether these were all that there are.
    public let isExact: Bool
    /// The number of strata that hold an entry of a group.
    public let strataCount: Int
    /// The number of groups that have an entry.
    public let groupCount: Int

    /// η² of groups within strata, Q / S.
    public var etaSquared: Double? { between + within > 0 ? between / (between + within) : nil }
    /// ω², an estimate of the population's share; negative when F < 1.
    public var omegaSquared: Double? { corrected { between + within + $0 } }
    /// ε², the same without the noise below the line.
    public var epsilonSquared: Double? { corrected { _ in between + within } }

    private func corrected(_ whole: (Double) -> Double) -> Double? {
        guard degreesOfFreedomWithin > 0, between + within > 0 else { return nil }
        let noise = max(0, within) / Double(degreesOfFreedomWithin)
        return (between - Double(degreesOfFreedomBetween) * noise) / whole(noise)
    }

    /// Tests one result for each entry.
    ///
    /// - Parameters:
    ///   - results: one for each entry.
    ///   - groups: the group of each entry, `Factor.missing` for one that is left out.
    ///   - strata: the stratum of each entry within which labels are permuted; one for all when `nil`.
    ///   - draws: how many permutations are drawn, each from a random stream of its own.
    ///   - seed: for the draws.
    public init(of results: [Double], groups: [Int32], strata: [Int32]? = nil, draws: Int = usualDraws, seed: UInt64 = 1) {
        precondition(results.count == groups.count && strata?.count ?? groups.count == groups.count, "labels must run parallel to results")
        precondition(draws > 0, "a permutation test needs at least one draw")
        let layout = StratifiedLabels(results, groups: groups, strata: strata)
        let form = GroupSumForm(layout)
        let observed = form.squares(layout.observedSums.map { Double($0) })
        let unit = layout.unit * layout.unit
        (strataCount, groupCount) = (layout.strataCount, layout.groupCount)
        degreesOfFreedomBetween = form.rank
        degreesOfFreedomWithin = layout.count - layout.strataCount - form.rank
        let whole = layout.sumOfSquares
        between = form.rank == 0 ? 0 : min(whole, observed * unit)
        within = whole - between
        guard form.rank > 0, whole > 0 else {
            (fRatio, p, self.draws, isExact) = (nil, nil, 0, false)
            return
        }
        let noise = degreesOfFreedomWithin > 0 ? within / Double(degreesOfFreedomWithin) : 0
        fRatio = within > 1e-12 * whole && noise > 0 ? between / Double(form.rank) / noise : nil
        // Results are whole numbers of small units, rounded; permutations that differ by less than that rounding are equal.
        let limit = observed - PermutationTest.tolerance * whole / unit
        if let all = LabelEnumeration(layout, most: draws) {
            (self.draws, isExact) = (all.count, true)
            p = Double(all.count { form.squares($0.map { Double($0) }) >= limit }) / Double(all.count)
        } else {
            let shuffle = LabelShuffle(layout, form: form, seed: seed)
            (self.draws, isExact) = (draws, false)
            p = Double(1 + shuffle.count(of: draws, atLeast: limit)) / Double(1 + draws)
        }
    }

    private static let tolerance = 1e-8
}

/// The quadratic form of group sums that is the groups' adjusted sum of squares.
struct GroupSumForm: Sendable {
    /// The rank of the form.
    let rank: Int
    /// With one stratum 1 / n_g of each group; otherwise W with WᵀW = C⁻, a row for each dimension.
    private let inverseSizes: [Double]
    private let whitening: Matrix?

    init(_ layout: StratifiedLabels) {
        let sizes = layout.groupSizes.map { Double($0) }
        guard layout.strataCount > 1 else {
            (rank, inverseSizes, whitening) = (max(0, sizes.count - 1), sizes.map { 1 / $0 }, nil)
            return
        }
        // C = diag(n_g) − NᵀN with the counts of each stratum over the root of its size.
        let counts = layout.counts
        let scaled = Matrix(rows: counts.count, columns: sizes.count) { stratum, group in
            Double(counts[stratum][group]) / Double(counts[stratum].reduce(0, +)).squareRoot()
        }
        var information = scaled.gram
        for column in 0..<sizes.count {
            for row in 0..<sizes.count { information[row, column] = (row == column ? sizes[row] : 0) - information[row, column] }
        }
        // Symmetric and finite, so that it has eigenvalues; those of differences that no stratum shows are 0.
        let eigen = try? SymmetricEigen(information)
        let largest = eigen?.values.last ?? 0
        let kept = (eigen?.values ?? []).indices.filter { (eigen?.values[$0] ?? 0) > 1e-9 * largest && largest > 1e-9 }
        (rank, inverseSizes) = (kept.count, [])
        whitening = eigen.map { eigen in
            Matrix(rows: kept.count, columns: sizes.count) { row, group in
                eigen.vectors[group, kept[row]] / eigen.values[kept[row]].squareRoot()
            }
        }
    }

    /// Q of one permutation's sums.
    func squares(_ sums: [Double]) -> Double { squares(Matrix(rows: sums.count, columns: 1, elements: sums))[0] }

    /// Q of each column of sums.
    func squares(_ sums: Matrix) -> [Double] {
        guard let whitening else {
            return (0..<sums.columns).map { zip(sums.column($0), inverseSizes).reduce(0) { $0 + $1.0 * $1.0 * $1.1 } }
        }
        let products = whitening * sums
        return (0..<sums.columns).map { products.column($0).reduce(0) { $0 + $1 * $1 } }
    }
}
