import LinearAlgebra

/// What the volume by blocks leaves out, to second order, and how far it moves the population.
///
/// With D the blocks, D = P⁻¹ where subsets are pinned, and N = H − D, which is 0 inside blocks, log |H| = log |D| + log |I + E| with
/// E = P^½ N P^½ and tr E = 0. So the likelihood is larger by about ¼ tr E². tr E² is a mean over vectors z of random signs (Hutchinson,
/// as in `EstimatedVariances`): |E z|² = qᵀ P q with q = N w, w = P^½ z. The same signs in several populations give differences that chance
/// hardly touches.
///
/// What is left out changes slowly: one step by its derivatives does.
struct BlockCoupling: Sendable {
    typealias Lanes = SIMD8<Double>

    private static let seed: UInt64 = 1989
    /// The width of a difference, as a share of a variance or of σ, and how exactly judges are followed over it.
    private static let width = 0.02
    private static let tolerance = 1e-5

    private let signs: [Lanes]

    init(_ design: CalibratedDesign) {
        var stream = RandomStream(seed: BlockCoupling.seed)
        signs = (0..<design.columnCount).map { column in
            let bits = stream.next()
            // The common location is held.
            guard column < design.columnCount - 1 else { return .zero }
            var lanes = Lanes(repeating: 1)
            for lane in 0..<8 where bits >> (63 - UInt64(lane)) & 1 == 1 { lanes[lane] = -1 }
            return lanes
        }
    }

    /// The coordinates that what blocks leave out leads to; `nil` where nothing is left out.
    ///
    /// - Parameters:
    ///   - mode: at the coordinates, where the likelihood by blocks has its maximum.
    ///   - open: the coordinates that are estimated.
    ///   - curvature: what is known about them.
    func corrected(
        _ mode: JudgeMode, at coordinates: PopulationCoordinates, _ open: [Int], _ curvature: PopulationCurvature
    ) throws(FitError) -> PopulationCoordinates? {
        guard !mode.terms.design.blocks.isWhole, !open.isEmpty else { return nil }
        let here = gain(mode)
        var gradient = [Double](repeating: 0, count: coordinates.values.count)
        for coordinate in open {
            let width = BlockCoupling.width * (coordinate == 0 ? 1 : max(0.01, coordinates[coordinate]))
            let population = coordinates.moved(coordinate, by: width).population
            let moved = try JudgeMode(
                mode.terms.design, population, from: mode.point(in: population), mode.factors.covariances,
                tolerance: BlockCoupling.tolerance)
            gradient[coordinate] = (gain(moved) - here) / width
        }
        let step = curvature.step(gradient, open)
        return coordinates.moved(open, by: step)
    }

    /// ¼ tr E².
    func gain(_ mode: JudgeMode) -> Double {
        let (curvature, factors, blocks) = (mode.curvature, mode.factors, mode.factors.blocks)
        var ways = factors.dividedByTransposedRoot(signs)
        var known = factors.timesRoot(signs)
        // P^½ z = a − τ u Σ a over the scales of a pinned subset, with a = L⁻ᵀ z and u = D⁻¹ 1.
        for (members, pin) in zip(blocks.pins, factors.pins) {
            let grip = JudgeBlocks.subsetGrip / Double(members.count)
            let square = 1 / pin - 1 / grip
            let root = (1 - (1 - pin * square).squareRoot()) / square
            let sum = members.reduce(Lanes.zero) { $0 + ways[3 * $1 + 1] } * root
            let ones = factors.ones(members)
            for index in ways.indices { ways[index] -= sum * ones[index] }
            let mean = members.reduce(Lanes.zero) { $0 + ways[3 * $1 + 1] } * grip
            for judge in members { known[3 * judge + 1] += mean - sum }
        }
        var rest = zip(curvature.times(ways), known).map { $0 - $1 }
        rest[rest.count - 1] = .zero
        let solved = factors.solve(rest)
        var total = Lanes.zero
        for index in rest.indices { total += rest[index] * solved[index] }
        return total.sum() / 32
    }
}

extension BlockFactors {
    /// D⁻¹ 1 over the scales of some judges.
    fileprivate func ones(_ members: [Int]) -> [Double] {
        var ones = [SIMD2<Double>](repeating: .zero, count: 3 * blocks.blockOfJudge.count + 1)
        for judge in members { ones[3 * judge + 1] = SIMD2(1, 0) }
        return timesInverses(ones).map(\.x)
    }
}
