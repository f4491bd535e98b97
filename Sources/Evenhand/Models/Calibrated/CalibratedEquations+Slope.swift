import LinearAlgebra

/// How the density changes with traits and population: by Fisher's identity the posterior mean of the derivatives that one would have if
/// entries and locations were known.
extension CalibratedEquations {
    struct Slope: Sendable {
        /// ∂/∂ the traits.
        var traits: JudgeTraits
        /// ∂/∂ (log σ, β², τ_a², τ_b², τ_s²); 0 for a deviation that is 0.
        var population: [Double]
    }

    var slope: Slope {
        var (scaleScores, noiseScores) = (design.sums { _ in 0 }, design.sums { _ in 0 })
        var meritSquares = 0.0
        var shared = [Double](repeating: 0, count: design.mostMeetings)
        for entry in merits.indices {
            let (merit, variance) = (merits[entry], entryVariances[entry])
            let meetings = design.starts[entry]..<design.starts[entry + 1]
            // −Cov(η̂ᵢ, δⱼ) for the judge of each meeting, and what the locations add to the variance of η̂ᵢ.
            var spread = 0.0
            for (position, meeting) in meetings.enumerated() {
                let judge = design.judges[meeting]
                var sum = 0.0
                for other in meetings { sum += covariance[design.judges[other], judge] * pulls[other] }
                shared[position] = variance * sum
                spread += variance * pulls[meeting] * shared[position]
            }
            meritSquares += merit * merit + variance + spread
            for meeting in meetings {
                let judge = design.judges[meeting]
                let (scale, residual, common) = (scales[judge], residuals[meeting], shared[meeting - meetings.lowerBound])
                let weight = weights[meeting]
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
            noiseScores.reduce(0, +), (meritSquares / prior - Double(design.entryCount)) / (2 * prior),
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
}
