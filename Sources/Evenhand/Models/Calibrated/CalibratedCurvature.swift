/// The second derivatives of a calibrated model, never formed: H times vectors, several side by side, by a pass over the meetings.
///
/// Given the judges, an entry is normal with mean η̂ and variance v, so Louis's formula has a closed form: the expected second derivatives
/// E of each meeting, less the covariance of its first derivatives, v ℓℓᵀ + 2 v² qqᵀ, with ℓ and q the linear and quadratic parts of the
/// first derivatives as functions of η − η̂. So H = I + T (E − Σᵢ vᵢ ℓᵢ ℓᵢᵀ + 2 vᵢ² qᵢ qᵢᵀ) T with T the population's standard deviations;
/// without I and T for the common location, which comes last.
///
/// Source: Louis, *Finding the observed information matrix when using the EM algorithm*, Journal of the Royal Statistical Society B 44
/// (1982).
struct CalibratedCurvature: Sendable {
    let terms: CalibratedTerms
    let factors: BlockFactors

    var design: CalibratedDesign { terms.design }

    /// H times vectors; the lanes of an element belong to different vectors.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    func times<Lanes: SIMD>(_ vectors: [Lanes]) -> [Lanes] where Lanes.Scalar == Double, Lanes: Sendable {
        let (judges, deviations) = (design.judgeCount, terms.deviations)
        var product = bent(vectors)
        for judge in 0..<judges {
            for kind in 0..<3 { product[3 * judge + kind] = product[3 * judge + kind] * deviations[kind] + vectors[3 * judge + kind] }
        }
        for members in design.scores.subsets {
            let mean = members.reduce(Lanes.zero) { $0 + vectors[3 * $1 + 1] } * (JudgeBlocks.subsetGrip / Double(members.count))
            for judge in members { product[3 * judge + 1] += mean }
        }
        return product
    }

    /// (E − Σᵢ vᵢ ℓᵢ ℓᵢᵀ + 2 vᵢ² qᵢ qᵢᵀ) T times vectors.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    func bent<Lanes: SIMD>(_ vectors: [Lanes]) -> [Lanes] where Lanes.Scalar == Double, Lanes: Sendable {
        let moved = inPoints(vectors)
        let parts = Parallel.map(design.pieces.count, size: design.size) { taken(moved, design.pieces[$0]) }
        var product = [Lanes](repeating: .zero, count: vectors.count)
        for judge in 0..<design.judgeCount {
            let e = terms.sums[CalibratedTerms.Sum.width * judge]
            let (a, b, c) = (moved[3 * judge], moved[3 * judge + 1], moved[3 * judge + 2])
            var x: Lanes = a * e[0]
            x += b * e[1]
            x += c * e[2]
            var y: Lanes = a * e[1]
            y += b * e[3]
            y += c * e[4]
            var z: Lanes = a * e[2]
            z += b * e[4]
            z += c * e[5]
            for part in parts {
                x -= part[3 * judge]
                y -= part[3 * judge + 1]
                z -= part[3 * judge + 2]
            }
            (product[3 * judge], product[3 * judge + 1], product[3 * judge + 2]) = (x, y, z)
            product[3 * design.judgeCount] += x
        }
        return product
    }

    /// Standardised vectors as changes of α + δ, log c and log σ.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    private func inPoints<Lanes: SIMD>(_ vectors: [Lanes]) -> [Lanes] where Lanes.Scalar == Double {
        let (common, deviations) = (vectors[3 * design.judgeCount], terms.deviations)
        var moved = vectors
        for judge in 0..<design.judgeCount {
            moved[3 * judge] = vectors[3 * judge] * deviations[0] + common
            moved[3 * judge + 1] *= deviations[1]
            moved[3 * judge + 2] *= deviations[2]
        }
        return moved
    }

    /// Σ v ℓℓᵀ + 2 v² qqᵀ times vectors, over a piece of the entries.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    private func taken<Lanes: SIMD>(_ moved: [Lanes], _ entries: Range<Int>) -> [Lanes] where Lanes.Scalar == Double {
        var sums = [Lanes](repeating: .zero, count: 3 * design.judgeCount)
        let (kept, scores) = (terms.kept, design.scores)
        // −ℓ of location and noise, ℓ of scale, and q of noise of each meeting of an entry.
        let forms = UnsafeMutablePointer<SIMD4<Double>>.allocate(capacity: max(1, design.mostMeetings))
        defer { forms.deallocate() }
        sums.withUnsafeMutableBufferPointer { sums in
            moved.withUnsafeBufferPointer { moved in
                design.judges.withUnsafeBufferPointer { judges in
                    terms.factors.withUnsafeBufferPointer { factors in
                        scores.counts.withUnsafeBufferPointer { counts in
                            scores.means.withUnsafeBufferPointer { means in
                                for entry in entries {
                                    let (first, last) = (scores.starts[entry], scores.starts[entry + 1])
                                    let (variance, merit) = (kept.variances[entry], kept.merits[entry])
                                    var (linear, quadratic) = (Lanes.zero, Lanes.zero)
                                    for meeting in first..<last {
                                        let code = Int(judges[meeting])
                                        let (pull, scale) = (counts[meeting] * factors[code].pull, factors[code].scale)
                                        let level = scale * merit
                                        let residual = means[meeting] - factors[code].location - level
                                        let form = SIMD4(pull, pull * (residual - level), 2 * pull * residual, pull * scale)
                                        (forms + meeting - first).initialize(to: form)
                                        let (a, b, c) = (moved[3 * code], moved[3 * code + 1], moved[3 * code + 2])
                                        linear += b * form[1]
                                        linear -= c * form[2]
                                        linear -= a * form[0]
                                        quadratic += (c - b) * form[3]
                                    }
                                    linear *= variance
                                    quadratic *= 2 * variance * variance
                                    for meeting in first..<last {
                                        let (code, form) = (Int(judges[meeting]), forms[meeting - first])
                                        let turned = quadratic * form[3]
                                        sums[3 * code] -= linear * form[0]
                                        sums[3 * code + 1] += linear * form[1] - turned
                                        sums[3 * code + 2] += turned - linear * form[2]
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return sums
    }

    /// cᵢᵀ times vectors for each entry i: how the entry's fair average, in the unit of the scores, depends on the columns; vᵢ ℓᵢ, and 1
    /// for the common location.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    func entryEffects<Lanes: SIMD>(_ vectors: [Lanes]) -> [Lanes] where Lanes.Scalar == Double, Lanes: Sendable {
        let (moved, common) = (inPoints(vectors), vectors[3 * design.judgeCount])
        let kept = terms.kept
        let pieces = Parallel.map(design.pieces.count, size: design.size) { piece in
            design.pieces[piece].map { entry -> Lanes in
                let (merit, variance) = (kept.merits[entry], kept.variances[entry])
                var sum = common
                for meeting in design.scores.starts[entry]..<design.scores.starts[entry + 1] {
                    let (judge, effect) = (Int(design.judges[meeting]), effect(of: meeting, merit, variance))
                    for kind in 0..<3 { sum += moved[3 * judge + kind] * effect[kind] }
                }
                return sum
            }
        }
        return pieces.flatMap { $0 }
    }

    /// How an entry's mean depends on a meeting's judge: v ℓ by location, log scale and log noise.
    func effect(of meeting: Int, _ merit: Double, _ variance: Double) -> SIMD4<Double> {
        let (pull, residual) = terms.values(of: meeting, merit)
        let scale = terms.scales[Int(design.judges[meeting])]
        return variance * SIMD4(-pull, pull * (residual - scale * merit), -2 * pull * residual, 0)
    }

    /// cᵢ of one entry times `factor`, added to a vector.
    func addEffects(of entry: Int, times factor: Double, to vector: inout [Double]) {
        let deviations = terms.deviations
        var common = 1.0
        for meeting in design.scores.starts[entry]..<design.scores.starts[entry + 1] {
            let judge = Int(design.judges[meeting])
            let effect = effect(of: meeting, terms.kept.merits[entry], terms.kept.variances[entry])
            for kind in 0..<3 { vector[3 * judge + kind] += factor * effect[kind] * deviations[kind] }
            common += effect[0]
        }
        vector[3 * design.judgeCount] += factor * common
    }
}
