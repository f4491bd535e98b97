/// Scores as a fitted model makes them, on its own design: new entries, new judges and new noise.
struct SimulatedScores: Sendable {
    let term: MeritModel.Term
    let heatMeans: CrossedEffects.HeatMeans

    /// Scores and the merits behind them.
    struct Contest {
        let sheet: ScoreSheet
        let merits: [Double]
    }

    init(_ term: MeritModel.Term, heatMeans: CrossedEffects.HeatMeans) { (self.term, self.heatMeans) = (term, heatMeans) }

    func contest(_ start: RandomStream) -> Contest {
        var stream = start
        return term.calibrated.map { calibrated(&stream, $0.population) } ?? crossed(&stream)
    }

    private func crossed(_ stream: inout RandomStream) -> Contest {
        let (fit, sheet) = (term.fit, term.fit.sheet)
        func effects(_ variance: Double, _ count: Int) -> [Double] { stream.normals(count).map { variance.squareRoot() * $0 } }
        let entries = effects(fit.entryVariance, sheet.entries.count)
        let judges = effects(fit.judgeVariance, sheet.judges.count)
        let heats = effects(fit.heatVariance ?? 0, sheet.heats.count)
        let noise = effects(fit.residualVariance, sheet.count)
        let mean = fit.groupMeans.reduce(0, +) / Double(max(1, fit.groupMeans.count))
        var merits = entries
        if heatMeans == .strength, fit.heatVariance != nil {
            for (entry, shares) in fit.heatShares().enumerated() { merits[entry] += shares.reduce(0) { $0 + $1.share * heats[$1.heat] } }
        }
        return contest(merits) { performance, judge, row in
            mean + entries[Int(performance.entry)] + judges[judge] + heats[Int(performance.heat)] + noise[row]
        }
    }

    private func calibrated(_ stream: inout RandomStream, _ population: JudgePopulation) -> Contest {
        let sheet = term.fit.sheet
        let merits = stream.normals(sheet.entries.count)
        let judges = sheet.judges.map { _ in
            (
                location: population.location + population.locationDeviation * stream.normal(),
                scale: population.scale * exponential(population.scaleDeviation * stream.normal()),
                noise: population.noise * exponential(population.noiseDeviation * stream.normal())
            )
        }
        let noise = stream.normals(sheet.count)
        return contest(merits) { performance, judge, row in
            judges[judge].location + judges[judge].scale * merits[Int(performance.entry)] + judges[judge].noise * noise[row]
        }
    }

    /// The design with scores in points, cut to its decimals.
    private func contest(_ merits: [Double], _ points: (Performance, Int, Int) -> Double) -> Contest {
        let sheet = term.fit.sheet
        var units = sheet.units
        for performance in sheet.performances {
            for row in performance.rows {
                let exact = points(performance, Int(sheet.judgeCodes[row]), row) * sheet.unitsPerPoint
                units[row] = sheet.isExact ? exact.rounded() : exact
            }
        }
        return Contest(sheet: sheet.replacing(units: units), merits: merits)
    }
}
