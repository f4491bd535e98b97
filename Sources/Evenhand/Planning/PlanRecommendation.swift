/// Which of the designs to choose: of those with as many scores that can be carried out, the one that gets most right; the plan itself when
/// no other one is better by more than the error of the simulation.
package struct PlanRecommendation: Sendable, Equatable {
    /// The plan by the method that gets most right.
    package let own: ExpectedCorrectness.Row
    /// The best of the other designs that can be carried out, by its best method, if there is one.
    package let other: ExpectedCorrectness.Row?
    /// How many more are right in the other design, and its Monte-Carlo error.
    package let gain: (mean: Double, error: Double)?

    /// A difference of fewer standard errors is none: the best of several designs is compared.
    package static let leastErrors = 3.0

    /// The recommendation; `nil` when no row is the plan's.
    package init?(_ expected: ExpectedCorrectness) {
        func best(_ rows: [ExpectedCorrectness.Row]) -> ExpectedCorrectness.Row? {
            rows.reduce(nil) { best, row in best.map { $0.right >= row.right } ?? false ? best : row }
        }
        guard let own = best(expected.rows.filter { $0.plan.kind == .plan }) else { return nil }
        self.own = own
        other = best(expected.rows.filter { $0.plan.kind != .plan && $0.plan.kind.isAsLarge && $0.plan.isFeasible })
        gain = other.map { expected.gain(of: $0, over: own) }
    }

    /// Whether the difference between the plan and the other design is more than the error of the simulation.
    package var isClear: Bool { gain.map { $0.mean.magnitude > PlanRecommendation.leastErrors * $0.error } ?? true }

    /// The row to choose.
    package var chosen: ExpectedCorrectness.Row {
        guard let other, let gain, isClear, gain.mean > 0 else { return own }
        return other
    }

    package static func == (a: Self, b: Self) -> Bool {
        a.own == b.own && a.other == b.other && a.gain?.mean == b.gain?.mean && a.gain?.error == b.gain?.error
    }
}
