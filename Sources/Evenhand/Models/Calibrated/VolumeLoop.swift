/// How the log determinant of the blocks changes with each judge's location, log scale and log noise: one pass backward over the meetings.
///
/// With G = T D⁻¹ T block by block and the matrix A = E − Σᵢ (vᵢ ℓᵢ ℓᵢᵀ + 2 vᵢ² qᵢ qᵢᵀ) of `CalibratedCurvature`, d log |D| = tr G dA. Each
/// meeting adds a function of its weight w, its judge's scale c, its residual r, and the entry's v and η̂; these are functions of the
/// judges in turn, r = x − λ − c η̂, η̂ = v P, v = 1/(β⁻² + I), P = Σ w c (x − λ), I = Σ w c². So derivatives by v and η̂ are summed up
/// over an entry's meetings first, and then handed down to its judges (Griewank and Walther, *Evaluating Derivatives* (2008), section
/// 3.2).
struct VolumeLoop: Sendable {
    let terms: CalibratedTerms
    /// G of each block, as `BlockFactors.inverse` has its elements.
    let weights: [Double]
    /// The elements of G that belong to each judge alone: (0,0), (1,0), (2,0), (1,1), (2,1), (2,2).
    private let own: [SIMD8<Double>]

    init(_ terms: CalibratedTerms, weights: [Double]) {
        (self.terms, self.weights) = (terms, weights)
        let blocks = terms.design.blocks
        own = (0..<terms.design.judgeCount).map { judge in
            let (block, position) = (blocks.blockOfJudge[judge], blocks.positionInBlock[judge])
            let size = blocks.members[block].count
            func element(_ row: Int, _ column: Int) -> Double {
                weights[blocks.starts.triple[block] + (row * size + position) * 3 * size + column * size + position]
            }
            return SIMD8(element(0, 0), element(1, 0), element(2, 0), element(1, 1), element(2, 1), element(2, 2), 0, 0)
        }
    }

    /// ∂ log |D| by the location, log scale and log noise of each judge.
    var slope: [SIMD4<Double>] {
        let design = terms.design
        let parts = Parallel.map(design.pieces.count, size: design.size) { sum(design.pieces[$0]) }
        var sums = parts[0]
        for part in parts.dropFirst() { for judge in sums.indices { sums[judge] += part[judge] } }
        // Scatter inside meetings is a part of the noises' expected second derivatives.
        for judge in sums.indices { sums[judge][2] -= 4 * own[judge][5] * terms.precisions[judge] * design.scatterTotals[judge] }
        return sums
    }

    /// What is handed down to a meeting: derivatives by −λ, log c and −2 log σ, and what the second pass needs of it.
    private struct Share {
        var slope: SIMD4<Double>
        var pull: Double
        var rest: Double
        var scale: Double
        var linear: (Double, Double, Double)
        var square: Double
    }

    private func sum(_ entries: Range<Int>) -> [SIMD4<Double>] {
        let (design, kept) = (terms.design, terms.kept)
        var sums = [SIMD4<Double>](repeating: .zero, count: design.judgeCount)
        var room = [Share](
            repeating: Share(slope: .zero, pull: 0, rest: 0, scale: 0, linear: (0, 0, 0), square: 0), count: max(1, design.mostMeetings))
        room.withUnsafeMutableBufferPointer { shares in
            for entry in entries {
                let (first, last) = (design.scores.starts[entry], design.scores.starts[entry + 1])
                let (variance, merit) = (kept.variances[entry], kept.merits[entry])
                for meeting in first..<last {
                    let scale = terms.scales[Int(design.judges[meeting])]
                    let (pull, residual) = terms.values(of: meeting, merit)
                    shares[meeting - first] = Share(
                        slope: .zero, pull: pull, rest: residual + scale * merit, scale: scale,
                        linear: (-pull, pull * (residual - scale * merit), -2 * pull * residual), square: pull * scale)
                }
                var (ofMerit, ofVariance) = (0.0, 0.0)
                for meeting in first..<last {
                    add(meeting, first..<last, variance, merit, shares, &ofMerit, &ofVariance)
                }
                ofVariance += ofMerit * merit / variance
                let (ofPulled, ofInformation) = (ofMerit * variance, -variance * variance * ofVariance)
                for meeting in first..<last {
                    let share = shares[meeting - first]
                    let (pulled, information) = (ofPulled * share.pull, ofInformation * share.square)
                    let shared = pulled * share.rest + information
                    let all = share.slope + SIMD4(pulled, shared + information, shared, 0)
                    sums[Int(design.judges[meeting])] += all * SIMD4(-1, 1, -2, 0)
                }
            }
        }
        return sums
    }

    /// What a meeting adds to the derivatives by its own judge's parameters, v and η̂ held, and to those by η̂ and v.
    @inline(__always)
    private func add(
        _ meeting: Int, _ meetings: Range<Int>, _ variance: Double, _ merit: Double, _ shares: UnsafeMutableBufferPointer<Share>,
        _ ofMerit: inout Double, _ ofVariance: inout Double
    ) {
        let judge = Int(terms.design.judges[meeting])
        let (share, g) = (shares[meeting - meetings.lowerBound], own[judge])
        let (pull, scale, linear, square) = (share.pull, share.scale, share.linear, share.square)
        let (residual, weight) = (share.rest - scale * merit, terms.design.scores.counts[meeting] * terms.precisions[judge])

        // G ℓ and G q of the judge, with the other judges of the block who met the entry.
        var first = g[0] * linear.0 + g[1] * linear.1 + g[2] * linear.2
        var second = g[1] * linear.0 + g[3] * linear.1 + g[4] * linear.2
        var third = g[2] * linear.0 + g[4] * linear.1 + g[5] * linear.2
        var (turnedScale, turnedNoise) = (square * (g[4] - g[3]), square * (g[5] - g[4]))
        if terms.design.blocks.isShared[judge] {
            addOthers(meeting, meetings, shares, &first, &second, &third, &turnedScale, &turnedNoise)
        }

        let (a, b, c) = (-2 * variance * first, -2 * variance * second, -2 * variance * third)
        let turn = -4 * variance * variance * (turnedNoise - turnedScale)
        let ofLinear = pull * (b * (residual - scale * merit) - a - 2 * c * residual)
        let ofSquare = square * turn
        // The expected second derivatives: their sum, and its derivatives by c (times c), r, η̂ and v.
        let (level, bend) = (scale * merit, scale * scale * variance)
        let cross = level * residual
        let (g10, g20, g11, g21, g22) = (2 * g[1], 2 * g[2], g[3], 2 * g[4], g[5])
        let expected =
            weight
            * (g[0] + g10 * level + 2 * g20 * residual + g11 * (level * level + 2 * bend - cross) + 2 * g21 * (cross - bend)
                + 2 * g22 * (residual * residual + bend))
        let byScale =
            weight
            * (g10 * level + g11 * (2 * level * level + 4 * bend - cross) + 2 * g21 * (cross - 2 * bend) + 4 * g22 * bend)
        let byResidual = weight * (2 * g20 + (2 * g21 - g11) * level + 4 * g22 * residual) + pull * (b - 2 * c)
        ofMerit += pull * (g10 + g11 * (2 * level - residual) + 2 * g21 * residual) - square * b - scale * byResidual
        ofVariance += 2 * square * (g11 - g21 + g22)
        ofVariance -= linear.0 * first + linear.1 * second + linear.2 * third
        ofVariance -= 4 * variance * square * (turnedNoise - turnedScale)
        shares[meeting - meetings.lowerBound].slope = SIMD4(
            byResidual, byScale + ofLinear + 2 * ofSquare - level * (pull * b + byResidual), expected + ofLinear + ofSquare, 0)
    }

    private func addOthers(
        _ meeting: Int, _ meetings: Range<Int>, _ shares: UnsafeMutableBufferPointer<Share>,
        _ first: inout Double, _ second: inout Double, _ third: inout Double, _ turnedScale: inout Double, _ turnedNoise: inout Double
    ) {
        let (blocks, judges) = (terms.design.blocks, terms.design.judges)
        let block = blocks.blockOfJudge[Int(judges[meeting])]
        let (size, start) = (blocks.members[block].count, blocks.starts.triple[block])
        let position = blocks.positionInBlock[Int(judges[meeting])]
        for other in meetings where other != meeting && blocks.blockOfJudge[Int(judges[other])] == block {
            let share = shares[other - meetings.lowerBound]
            let column = blocks.positionInBlock[Int(judges[other])]
            func row(_ kind: Int, _ values: (Double, Double, Double)) -> Double {
                let at = start + (kind * size + position) * 3 * size + column
                return weights[at] * values.0 + weights[at + size] * values.1 + weights[at + 2 * size] * values.2
            }
            first += row(0, share.linear)
            second += row(1, share.linear)
            third += row(2, share.linear)
            let quadratic = (0.0, -share.square, share.square)
            turnedScale += row(1, quadratic)
            turnedNoise += row(2, quadratic)
        }
    }
}
