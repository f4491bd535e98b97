import Benchmark
import Evenhand

/// Sizes at which entries and judges are fitted as crossed effects.
enum CrossedSize: String, CaseIterable {
    /// A contest: 750 scores.
    case contest = "150 entries, 32 judges"
    /// As many levels and scores as the ratings of lecturers that R's lme4 ships, InstEval.
    case lectures = "2,972 entries, 1,128 judges"

    private var panel: Int { self == .contest ? 5 : 25 }

    /// More would mean that the search has lost its way.
    var mostFactorizations: Int { self == .contest ? 8 : 5 }

    /// A made contest in which each entry has a panel of its own.
    func sheet() throws -> ScoreSheet {
        let (entries, judges) = self == .contest ? (150, 32) : (2_972, 1_128)
        return try madeSheet(entryCount: entries, judgeCount: judges, panelSize: panel)
    }
}

let factorizations = BenchmarkMetric.custom("Factorizations", polarity: .prefersSmaller, useScalingFactor: false)

/// The fit with the fair average of each entry and its standard error.
func addCrossed(_ size: CrossedSize) {
    var configuration = Benchmark.defaultConfiguration
    configuration.metrics += [factorizations]
    Benchmark("crossed, \(size.rawValue)", configuration: configuration) { (benchmark: Benchmark, sheet: ScoreSheet) in
        for _ in benchmark.scaledIterations {
            let fit = try CrossedEffects(of: sheet)
            precondition(fit.factorizations <= size.mostFactorizations, "\(fit.factorizations) factorizations are too many")
            precondition(fit.change <= 1e-6, "the last step is small")
            benchmark.measurement(factorizations, fit.factorizations)
            blackHole(zip(fit.fairAverages(), fit.fairAverageErrors()).reduce(0) { $0 + $1.0 * $1.1 })
        }
    } setup: {
        try size.sheet()
    }
}
