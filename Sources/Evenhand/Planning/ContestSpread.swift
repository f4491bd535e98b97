/// How far entries, judges and heats differ, and how noisy scores are: standard deviations in points, that of scales of their logarithm.
package struct ContestSpread: Sendable, Equatable {
    /// Of the entries' quality.
    package var entrySD: Double
    /// Of the judges' severities.
    package var judgeSD: Double
    /// Of the logarithm of the judges' scales.
    package var scaleSD: Double
    /// Of the noise of a score.
    package var noiseSD: Double
    /// Of the differences between heats.
    package var heatSD: Double

    /// The spreads of a model of made scores.
    package init(_ model: ScoreModel = ScoreModel()) {
        (entrySD, judgeSD, scaleSD, noiseSD, heatSD) = (model.entrySD, model.judgeSD, model.scaleSD, model.noiseSD, model.heatSD)
    }

    /// The spreads of an earlier contest, fitted by the crossed model to a sheet of totals; scales count as noise.
    ///
    /// - Throws: as `CrossedEffects`.
    package init(fittedTo sheet: ScoreSheet) throws {
        let fit = try CrossedEffects(of: sheet, heats: true)
        self.init()
        (entrySD, judgeSD, noiseSD) = (
            fit.entryVariance.squareRoot(), fit.judgeVariance.squareRoot(), fit.residualVariance.squareRoot()
        )
        (scaleSD, heatSD) = (0, (fit.heatVariance ?? 0).squareRoot())
    }

    /// The variance of a score around entry, judge and heat, when scales are not taken out.
    var residualVariance: Double { noiseSD * noiseSD + scaleSD * scaleSD * entrySD * entrySD }
}
