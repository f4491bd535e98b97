/// What makes entries and judges of panels without a common judge comparable: the scores cannot say.
public enum PanelAssumption: String, Sendable, CaseIterable {
    /// Panels are equally severe: means as they are.
    case equalPanels = "equal-panels"
    /// Heats are equally strong: severity taken out within each panel.
    case equalHeats = "equal-heats"
    /// Panels and heats are both drawn at random: the crossed model with heat effects.
    case bothRandom = "both-random"
}
