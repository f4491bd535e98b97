import Benchmark
import Evenhand

/// Finals whose order of finish is drawn ten thousand times.
enum FinalSize: Int, CaseIterable {
    case final = 24
    case firstStage = 150

    private var judges: Int { self == .final ? 7 : 32 }
    private var panel: Int { self == .final ? 7 : 5 }

    /// A made contest.
    func sheet() throws -> ScoreSheet { try madeSheet(entryCount: rawValue, judgeCount: judges, panelSize: panel) }
}

private let draws = 10_000
private let places = 10

/// The calibrated model, draws of all entries from it, and the ranks of draws that are at hand.
func addFinals(_ size: FinalSize) {
    Benchmark("calibrated, \(size.rawValue) entries") { (benchmark: Benchmark, sheet: ScoreSheet) in
        for _ in benchmark.scaledIterations { blackHole(try Calibrated(of: sheet).fairAverages[0]) }
    } setup: {
        try size.sheet()
    }
    Benchmark("draws and their ranks, \(size.rawValue) entries") { (benchmark: Benchmark, fit: Calibrated) in
        for _ in benchmark.scaledIterations {
            blackHole(try RankUncertainty(of: fit.draws(draws, seed: 1), places: places).topProbabilities[0])
        }
    } setup: {
        try Calibrated(of: size.sheet())
    }
    Benchmark("ranks of draws, \(size.rawValue) entries") { (benchmark: Benchmark, drawn: PosteriorDraws) in
        for _ in benchmark.scaledIterations { blackHole(try RankUncertainty(of: drawn, places: places).topProbabilities[0]) }
    } setup: {
        PosteriorDraws(try Calibrated(of: size.sheet()).draws(draws, seed: 1).all)
    }
}
