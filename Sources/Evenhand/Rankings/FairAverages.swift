/// What entries would have got from the average judge, with standard errors and the model that says so.
public struct FairAverages: Sendable {
    /// The model.
    public enum Model: Sendable {
        case additive(Additive)
        case crossed(CrossedEffects)
    }

    /// The model.
    public let model: Model
    /// The fair average of each entry, in points.
    public let values: [Double]
    /// Their standard errors; `nil` when the design leaves no degrees of freedom for the noise.
    public let errors: [Double]?

    /// The fair averages by a method that fits a model; `nil` for the others.
    ///
    /// - Throws: `DesignError.tooFew`, `FitError`.
    init?(of sheet: ScoreSheet, by method: ScoringMethod) throws {
        switch method {
        case .additive:
            let fit = try Additive(of: sheet)
            (model, values, errors) = (.additive(fit), fit.fairAverages, fit.fairAverageErrors)
        case .crossed(let estimation, let heatMeans):
            let fit = try CrossedEffects(of: sheet, by: estimation, heats: heatMeans != nil)
            let means = heatMeans ?? .leniency
            (model, values, errors) = (.crossed(fit), fit.fairAverages(heatMeans: means), fit.fairAverageErrors(heatMeans: means))
        default: return nil
        }
    }

    /// The crossed model, when it is one.
    public var crossed: CrossedEffects? {
        guard case .crossed(let fit) = model else { return nil }
        return fit
    }
}
