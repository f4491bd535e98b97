import LinearAlgebra

extension CalibratedEquations {
    /// How the density changes with the traits: by Fisher's identity the posterior mean of the derivatives that one would have if entries
    /// and locations were known.
    var slope: JudgeTraits {
        var (scaleScores, noiseScores) = (design.sums { _ in 0 }, design.sums { _ in 0 })
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
        var slope = traits
        for judge in scaleScores.indices {
            slope.scales[judge] = population.scaleDeviation * scaleScores[judge] - traits.scales[judge]
            slope.noises[judge] = population.noiseDeviation * noiseScores[judge] - traits.noises[judge]
        }
        for members in design.subsets {
            let mean = members.reduce(0) { $0 + traits.scales[$1] } / Double(members.count)
            for judge in members { slope.scales[judge] -= CalibratedEquations.subsetGrip * mean }
        }
        return slope
    }
}
