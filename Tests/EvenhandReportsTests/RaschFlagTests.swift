import Testing

@testable import Evenhand
@testable import EvenhandReports

@Suite struct RaschFlagTests {
    /// A mean square by its value and q, the standard deviation that the model gives it.
    typealias Fit = (value: Double, deviation: Double)

    /// Beyond 0.5 to 1.5 (Linacre 2002) where chance does not explain it: |z| ≥ 2 by Wilson and Hilferty, (M^⅓ − 1) 3/q + q/3.
    @Test(arguments: [
        (Fit(1, 0.2), Fit(1.6, 0.2), [RaschFlag.misfit]), (Fit(1.6, 0.2), Fit(1, 0.2), [.misfit]), (Fit(1, 0.2), Fit(0.4, 0.2), [.overfit]),
        (Fit(0.4, 0.2), Fit(1, 0.2), [.overfit]), (Fit(1, 0.2), Fit(1.6, 0.3), []), (Fit(1, 0.2), Fit(1.4, 0.1), []),
        (Fit(1, 0.2), Fit(1, 0.2), []), (Fit(0.4, 0.2), Fit(1.6, 0.2), [.misfit]),
    ])
    func `an element is marked by its infit or its outfit`(infit: Fit, outfit: Fit, flags: [RaschFlag]) {
        func square(_ fit: Fit) -> RaschMeanSquare { RaschMeanSquare(fit.value, variance: fit.deviation * fit.deviation) }
        let element = RaschElement(
            facet: .judge, index: 0, score: 30, count: 10, observedAverage: 3, fairAverage: 3, measure: 0, standardError: 0.3,
            fullError: 0.3, infit: square(infit), outfit: square(outfit), correlation: 0.5, expectedCorrelation: 0.5, standing: .measured)
        #expect(element.flags == flags)
    }
}
