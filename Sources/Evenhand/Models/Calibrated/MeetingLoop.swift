/// vᵢ and η̂ᵢ of each entry.
///
/// Written once by several threads, each at positions of its own, and read from then on. What belongs to a meeting is computed again
/// wherever it is read, which costs less than memory.
final class EntryValues: @unchecked Sendable {
    let variances: UnsafeMutablePointer<Double>
    let merits: UnsafeMutablePointer<Double>

    init(entries: Int) { (variances, merits) = (.allocate(capacity: max(1, entries)), .allocate(capacity: max(1, entries))) }

    deinit {
        variances.deallocate()
        merits.deallocate()
    }
}

/// What the loops over meetings read of a judge.
struct JudgeFactor: Sendable {
    /// c, 1/σⱼ² and c/σⱼ².
    var scale: Double
    var precision: Double
    var pull: Double
    /// α + δ, and the posterior variance of δ.
    var location: Double
    var variance: Double
    /// The block of several judges, −1 without one; the position in it, and the row of the block's covariances.
    var block: Int32 = -1
    var position: Int32 = 0
    var row: Int32 = 0
}

/// The sums over meetings of a calibrated model, a piece of the entries at a time.
struct MeetingLoop: Sendable {
    let design: CalibratedDesign
    let factors: [JudgeFactor]
    /// The posterior covariances of the locations in each block.
    let covariances: [Double]
    /// 1/β².
    let prior: Double

    /// What a piece of the entries adds.
    struct Sums: Sendable {
        var sums: [SIMD8<Double>]
        var squares = 0.0
        var logs = 0.0
        var locationCurvature = 0.0
    }

    func sum(_ entries: Range<Int>, keeping kept: EntryValues) -> Sums {
        var part = Sums(sums: [SIMD8<Double>](repeating: .zero, count: CalibratedTerms.Sum.width * design.judgeCount))
        let most = max(1, design.mostMeetings)
        // The pulls and residuals of an entry, and what its judges' locations have in common with its merit.
        let room = UnsafeMutablePointer<Double>.allocate(capacity: 3 * most)
        defer { room.deallocate() }
        design.judges.withUnsafeBufferPointer { judges in
            design.scores.counts.withUnsafeBufferPointer { counts in
                design.scores.means.withUnsafeBufferPointer { means in
                    factors.withUnsafeBufferPointer { factors in
                        for entry in entries {
                            let (first, last) = (design.scores.starts[entry], design.scores.starts[entry + 1])
                            let meetings = Meetings(
                                judges: UnsafeBufferPointer(rebasing: judges[first..<last]),
                                counts: UnsafeBufferPointer(rebasing: counts[first..<last]),
                                means: UnsafeBufferPointer(rebasing: means[first..<last]),
                                factors: factors,
                                pulls: room,
                                residuals: room + most,
                                shared: room + 2 * most)
                            let (variance, merit) = add(meetings, to: &part)
                            (kept.variances + entry).initialize(to: variance)
                            (kept.merits + entry).initialize(to: merit)
                        }
                    }
                }
            }
        }
        return part
    }

    /// The meetings of an entry.
    fileprivate struct Meetings {
        let judges: UnsafeBufferPointer<Int32>
        let counts: UnsafeBufferPointer<Double>
        let means: UnsafeBufferPointer<Double>
        let factors: UnsafeBufferPointer<JudgeFactor>
        let pulls: UnsafeMutablePointer<Double>
        let residuals: UnsafeMutablePointer<Double>
        let shared: UnsafeMutablePointer<Double>
    }

    private func add(_ of: Meetings, to part: inout Sums) -> (variance: Double, merit: Double) {
        let count = of.judges.count
        var (information, pulled, squares, common) = (0.0, 0.0, 0.0, 0.0)
        for index in 0..<count {
            let judge = of.factors[Int(of.judges[index])]
            let (pull, rest) = (of.counts[index] * judge.pull, of.means[index] - judge.location)
            (of.pulls + index).initialize(to: pull)
            (of.residuals + index).initialize(to: rest)
            information += pull * judge.scale
            pulled += pull * rest
            squares += of.counts[index] * judge.precision * rest * rest
            common += pull
        }
        let variance = 1 / (prior + information)
        let merit = variance * pulled
        let spread = shared(of, variance)
        part.squares += squares - merit * pulled
        part.logs += naturalLogarithm(variance * prior)
        part.locationCurvature += -variance * common * common
        part.sums.withUnsafeMutableBufferPointer { sums in
            for index in 0..<count { sums.add(index, of, variance, merit, spread) }
        }
        return (variance, merit)
    }

    /// What the locations of the entry's judges add to the variance of its merit; fills `shared` with their covariance with it.
    private func shared(_ of: Meetings, _ variance: Double) -> Double {
        let count = of.judges.count
        var spread = 0.0
        covariances.withUnsafeBufferPointer { covariances in
            for index in 0..<count {
                let judge = of.factors[Int(of.judges[index])]
                var sum = judge.variance * of.pulls[index]
                if judge.block >= 0 {
                    for other in 0..<count where other != index {
                        let second = of.factors[Int(of.judges[other])]
                        if second.block == judge.block { sum += covariances[Int(judge.row + second.position)] * of.pulls[other] }
                    }
                }
                (of.shared + index).initialize(to: variance * sum)
                spread += variance * of.pulls[index] * variance * sum
            }
        }
        return spread
    }
}

extension UnsafeMutableBufferPointer<SIMD8<Double>> {
    /// Adds a meeting to the sums of its judge.
    @inline(__always)
    fileprivate func add(_ index: Int, _ of: MeetingLoop.Meetings, _ variance: Double, _ merit: Double, _ spread: Double) {
        let code = Int(of.judges[index])
        let judge = of.factors[code]
        let (pull, scale, common) = (of.pulls[index], judge.scale, of.shared[index])
        let (weight, residual) = (of.counts[index] * judge.precision, of.residuals[index] - scale * merit)
        let sums = baseAddress.unsafelyUnwrapped + CalibratedTerms.Sum.width * code
        let (product, square) = (merit * residual - scale * variance, residual * residual + scale * scale * variance)
        // ℓ of this judge, as in `CalibratedCurvature`, and the square of its q.
        let (byScale, byNoise) = (pull * (residual - scale * merit), -2 * pull * residual)
        let quadratic = 2 * variance * variance * (pull * scale) * (pull * scale)
        // The expected second derivatives, negative: of location; scale and location; noise and location; scale; noise and scale; noise.
        sums[0] += SIMD8(
            weight, pull * merit, 2 * weight * residual, pull * (scale * (merit * merit + variance) - product), 2 * pull * product,
            2 * weight * square, pull * (common - scale * spread),
            weight * (scale * scale * spread + judge.variance - 2 * scale * common))
        let left = SIMD8(-pull, byScale, byNoise, byScale, byNoise, byNoise, 0, 0)
        let right = SIMD8(-pull, -pull, -pull, byScale, byScale, byNoise, 0, 0)
        sums[1] += left * right * variance + SIMD8(0, 0, 0, quadratic, -quadratic, quadratic, 0, 0)
    }
}
