/// What entries would have got from the average judge, with standard errors and the model that says so.
public struct FairAverages: Sendable {
    /// The model.
    public enum Model: Sendable {
        /// Entries and judges as fixed effects, fitted by least squares.
        case additive(Additive)
        /// Entries and judges as crossed random effects.
        case crossed(CrossedEffects)
        /// Judges who differ in scale and noise as well as in severity.
        case calibrated(Calibrated)
    }

    /// The model.
    public let model: Model
    /// The fair average of each entry, in points.
    public let values: [Double]
    /// Their standard errors; `nil` when the design leaves no degrees of freedom for the noise.
    public let errors: [Double]?
    /// Why `model` is crossed although calibrated was asked for.
    public let obstacle: FitObstacle?
    /// Judges with equal scores beyond chance, where calibrated was asked for.
    public let copies: JudgeCopies?

    /// The fair averages by a method that fits a model; `nil` for the others.
    ///
    /// - Throws: `DesignError.tooFew`, `FitError`.
    init?(of sheet: ScoreSheet, by method: ScoringMethod) throws {
        switch method {
        case .additive: self.init(.additive(try Additive(of: sheet)))
        case .crossed(let estimation, let heatMeans):
            let fit = try CrossedEffects(of: sheet, by: estimation, heats: heatMeans != nil)
            self.init(.crossed(fit), heatMeans: heatMeans ?? .leniency)
        case .calibrated:
            let copies = JudgeCopies(of: sheet)
            switch FitObstacle.result({ try Calibrated(of: sheet) }) {
            case .success(let fit): self.init(.calibrated(fit), copies: copies)
            case .failure(let obstacle): self.init(.crossed(try CrossedEffects(of: sheet)), obstacle: obstacle, copies: copies)
            }
        default: return nil
        }
    }

    private init(_ model: Model, heatMeans: CrossedEffects.HeatMeans = .leniency, obstacle: FitObstacle? = nil, copies: JudgeCopies? = nil)
    {
        (self.model, self.obstacle, self.copies) = (model, obstacle, copies)
        switch model {
        case .additive(let fit): (values, errors) = (fit.fairAverages, fit.fairAverageErrors)
        case .crossed(let fit):
            (values, errors) = (fit.fairAverages(heatMeans: heatMeans), fit.fairAverageErrors(heatMeans: heatMeans))
        case .calibrated(let fit): (values, errors) = (fit.fairAverages, fit.fairAverageErrors)
        }
    }

    /// The crossed model, when it is one.
    public var crossed: CrossedEffects? {
        guard case .crossed(let fit) = model else { return nil }
        return fit
    }

    /// The calibrated model, when it is one.
    public var calibrated: Calibrated? {
        guard case .calibrated(let fit) = model else { return nil }
        return fit
    }
}
