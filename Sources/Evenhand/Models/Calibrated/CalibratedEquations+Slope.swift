import LinearAlgebra

/// How the density changes with traits and population: by Fisher's identity the posterior mean of the derivatives that one would have if
/// entries and locations were known.
extension CalibratedEquations {
    struct Slope: Sendable {
        /// ∂/∂ the traits.
        var traits: JudgeTraits
        /// ∂/∂ (log β, log σ, τ_a², τ_b², τ_s²); 0 for a deviation that is 0.
        var population: [Double]
    }

    var slope: Slope {
        var (scaleScores, noiseScores) = (design.sums { _ in 0 }, design.sums { _ in 0 })
        var meritSquares = 0.0
        for entry in merits.indices {
            let (merit, variance) = (merits[entry], entryVariances[entry])
            let meetings = design.starts[entry]..<design.starts[entry + 1]
            let shared = sharedErrors(meetings, variance)
            let spread = variance * meetings.reduce(0) { $0 + pull($1) * shared[$1 - meetings.lowerBound] }
            meritSquares += merit * merit + variance + spread
            for meeting in meetings {
                let judge = design.judges[meeting]
                let (scale, residual, common) = (scales[judge], residuals[meeting], shared[meeting - meetings.lowerBound])
                let weight = design.counts[meeting] * precisions[judge]
                let product = merit * residual - scale * (variance + spread) + common
                let square =
                    residual * residual + scale * scale * (variance + spread) + covariance[judge, judge] - 2 * scale * common
                scaleScores[judge] += weight * scale * product
                noiseScores[judge] += weight * square + precisions[judge] * design.scatters[meeting] - design.counts[meeting]
            }
        }
        return slope(scaleScores, noiseScores, meritSquares)
    }

    private func slope(_ scaleScores: [Double], _ noiseScores: [Double], _ meritSquares: Double) -> Slope {
        func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        func perVariance(_ slope: Double, _ deviation: Double) -> Double { deviation > 0 ? slope / (2 * deviation) : 0 }
        let prior = population.scale * population.scale
        let (a, b, s) = (population.locationDeviation, population.scaleDeviation, population.noiseDeviation)
        let locationSquares = severities.indices.reduce(0) { $0 + severities[$1] * severities[$1] + covariance[$1, $1] }
        let gradient = [
            meritSquares / prior - Double(design.entryCount), noiseScores.reduce(0, +),
            a > 0 ? (locationSquares / (a * a) - Double(design.judgeCount)) / (2 * a * a) : 0,
            perVariance(product(traits.scales, scaleScores), b), perVariance(product(traits.noises, noiseScores), s),
        ]
        var slope = Slope(traits: traits, population: gradient)
        for judge in scaleScores.indices {
            slope.traits.scales[judge] = b * scaleScores[judge] - traits.scales[judge]
            slope.traits.noises[judge] = s * noiseScores[judge] - traits.noises[judge]
        }
        for members in design.subsets {
            let mean = members.reduce(0) { $0 + traits.scales[$1] } / Double(members.count)
            for judge in members { slope.traits.scales[judge] -= CalibratedEquations.subsetGrip * mean }
        }
        return slope
    }

    /// w c.
    func pull(_ meeting: Int) -> Double {
        let judge = design.judges[meeting]
        return design.counts[meeting] * precisions[judge] * scales[judge]
    }

    /// −Cov(η̂ᵢ, δⱼ) for the judge of each meeting of an entry.
    private func sharedErrors(_ meetings: Range<Int>, _ variance: Double) -> [Double] {
        meetings.map { meeting in
            let judge = design.judges[meeting]
            var sum = 0.0
            for other in meetings { sum += covariance[design.judges[other], judge] * pull(other) }
            return variance * sum
        }
    }
}
