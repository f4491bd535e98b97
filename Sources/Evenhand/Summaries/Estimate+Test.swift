extension Estimate {
    /// The two-sided p-value of the hypothesis that the truth is 0: P(|T| ≥ |value| / standard error) for Student's T; `nil` without a
    /// standard error above 0.
    public var p: Double? {
        guard standardError > 0 else { return nil }
        return min(1, 2 * StudentT(degreesOfFreedom: degreesOfFreedom).upperTail(value.magnitude / standardError))
    }
}
