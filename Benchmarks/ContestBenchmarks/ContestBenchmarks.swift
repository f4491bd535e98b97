import Benchmark
import Evenhand
import EvenhandIO
import EvenhandReports

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .cpuTotal, .peakMemoryResident], warmupIterations: 1, maxDuration: .seconds(2), maxIterations: 200)
    for size in Size.allCases {
        addRead(size)
        addNormalize(size)
        addRank(size)
        addTable(size)
    }
    CrossedSize.allCases.forEach(addCrossed)
    FinalSize.allCases.forEach(addFinals)
    addGroups()
}

private func addRead(_ size: Size) {
    Benchmark("read, \(size.rawValue)") { benchmark in
        for _ in benchmark.scaledIterations {
            let sheet = try ScoreSheet(contentsOf: size.path)
            precondition(sheet.count == size.rows && sheet.isExact, "every row is an exact score")
            blackHole(sheet)
        }
    } setup: {
        try size.writeFile()
    } teardown: {
        size.removeFile()
    }
}

private func addNormalize(_ size: Size) {
    Benchmark("normalize, \(size.rawValue)") { (benchmark: Benchmark, sheet: ScoreSheet) in
        for _ in benchmark.scaledIterations {
            let normalization = try Normalization(of: sheet, by: .zscore)
            let values = normalization.values
            // Where no judge has few scores, the z-scores of each add up to 0.
            precondition(normalization.groups.allSatisfy { $0.treatment == .own }, "every judge has enough scores")
            precondition(values.count == size.rows, "every score has a z-score")
            precondition(values.reduce(0, +).magnitude < 1e-6, "z-scores add up to 0")
            blackHole(values)
        }
    } setup: {
        try size.sheet()
    }
}

private func addRank(_ size: Size) {
    Benchmark("rank, \(size.rawValue)") { (benchmark: Benchmark, sheet: ScoreSheet) in
        for _ in benchmark.scaledIterations {
            let ranking = try Ranking(of: sheet, by: usualMethods)
            for column in ranking.columns {
                precondition(column.ranks.ranks[Int(column.ranks.order[0])] == 1, "the first has rank 1")
                precondition(column.results.values.count == sheet.entries.count, "every entry has a result")
            }
            blackHole(ranking)
        }
    } setup: {
        try size.sheet()
    }
}

private func addTable(_ size: Size) {
    Benchmark("table, \(size.rawValue)") { (benchmark: Benchmark, table: Table) in
        for _ in benchmark.scaledIterations {
            let bytes = table.csv
            precondition(bytes.count(where: { $0 == UInt8(ascii: "\n") }) == table.rowCount + 1, "a line for each entry, and the header")
            blackHole(bytes)
        }
    } setup: {
        let totals = try Totals(of: try size.sheet())
        let ranking = try Ranking(of: totals.sheet, by: usualMethods)
        let selection = try Selection(of: totals.sheet)
        return try Report(ranking, totals: totals, selection: selection, layout: RankingLayout(), in: .en).tables[0]
    }
}

/// What `evenhand rank` computes when nobody chooses.
private let usualMethods: [ScoringMethod] = [.mean, .trimmed(.scores(1)), .normalized(.zscore)]
