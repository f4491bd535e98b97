@testable import Evenhand
import Testing

/// Several stages with weights, and contests made from a model.
@Suite struct MeritModelTests {
    /// Two stages of eight entries, judged by five and four judges.
    static func contest() throws -> ScoreSheet {
        var (stream, rows) = (RandomStream(seed: 8), ["entry,judge,stage,score"])
        for (stage, judges) in [("first", 5), ("second", 4)] {
            let severities = (0..<judges).map { _ in 2 * stream.normal() }
            for entry in 0..<8 {
                let merit = 4 * stream.normal()
                for judge in 0..<judges {
                    rows.append(
                        "E\(entry),\(stage)\(judge),\(stage),\(((70 + merit + severities[judge] + 2 * stream.normal()) * 10).rounded() / 10)"
                    )
                }
            }
        }
        return try sheet(rows.joined(separator: "\n"))
    }

    static func list(_ weights: [(String, Fraction)]) throws -> OfficialList {
        let contest = try contest()
        var recipe = OfficialList.Recipe(.method(.mean))
        recipe.stageWeights = weights.map { OfficialList.StageWeight(stage: $0.0, weight: $0.1) }
        return try OfficialList(of: contest, heats: contest.heats(ofStage: "second").heats.map { contest.heats[$0] }, by: recipe)
    }

    static let weights = [("first", Fraction(1, over: 4)), ("second", Fraction(3, over: 2))]

    /// A stage's draws are made variance by variance, so that neighbours scatter alike; beside those of another stage they come in an order
    /// of their own. The first stage hardly counts here.
    @Test func `neighbouring draws of a later stage have nothing in common`() throws {
        let model = try MeritModel(of: Self.list([("first", Fraction(1, over: 1000)), ("second", Fraction(1))]), by: .crossed)
        let draws = try model.draws(8000, seed: 5).all
        let means = (0..<8).map { entry in draws.reduce(0) { $0 + $1[entry] } / 8000 }
        let scatter = draws.map { draw in
            var sum = 0.0
            for (number, mean) in zip(draw, means) { sum += (number - mean) * (number - mean) }
            return naturalLogarithm(sum)
        }
        let mean = scatter.reduce(0, +) / 8000
        let variance = scatter.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let shared = zip(scatter, scatter.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
        // The standard error of no correlation is 0.011.
        #expect((shared / variance).magnitude < 0.05, "\(shared / variance)")
    }

    @Test func `results of combined stages are the weighted sums of their means`() throws {
        let (list, contest) = (try Self.list(Self.weights), try Self.contest())
        let stages = try WeightedStages(of: contest, weights: list.recipe.stageWeights, criteria: CriterionRule())
        #expect(stages.stages.map(\.name) == ["first", "second"] && stages.stages.map(\.sheet.judges.count) == [5, 4])
        for (entry, name) in list.entries.enumerated() {
            func mean(_ stage: String) -> Double {
                let rows = contest.performances.filter {
                    contest.heats[Int($0.heat)].stage == stage && contest.entries[Int($0.entry)] == name
                }
                .flatMap { Array($0.rows) }
                return rows.reduce(0) { $0 + contest.score(at: $1) } / Double(rows.count)
            }
            #expect(agree(list.column.results.values[entry], 0.25 * mean("first") + 1.5 * mean("second"), within: 1e-13))
        }
        #expect(throws: DesignError.unknownStage("third", known: ["first", "second"])) {
            try WeightedStages(of: contest, weights: [.init(stage: "third", weight: Fraction(1))], criteria: CriterionRule())
        }
    }

    /// By hand: with a three times A has 28 in the first stage and 24 in the last, B 23 and 34; these count half and twice.
    @Test func `fair averages of a stage are those of what its heats mean`() throws {
        let term = try #require(try MeritModel(of: FinalsFixture.panels(), by: .crossed, heatMeans: .strength).terms.first)
        #expect(term.fairAverages(.leniency) == term.fit.fairAverages(heatMeans: .leniency))
        #expect(term.fairAverages(.leniency) != term.fairAverages(.strength))
    }

    @Test func `criteria have their weights in each of the stages that are combined`() throws {
        let contest = try sheet(
            """
            stage,entry,judge,criterion,score
            first,A,J,a,8
            first,A,J,b,4
            first,B,J,a,6
            first,B,J,b,5
            last,A,J,a,5
            last,A,J,b,9
            last,B,J,a,9
            last,B,J,b,7
            """)
        var recipe = OfficialList.Recipe(.method(.mean))
        recipe.criteria = CriterionRule(weights: ["a": Fraction(3), "b": Fraction(1)])
        recipe.stageWeights = [.init(stage: "first", weight: Fraction(1, over: 2)), .init(stage: "last", weight: Fraction(2))]
        let heats = try contest.heats(ofStage: "last").heats.map { contest.heats[$0] }
        let list = try OfficialList(of: contest, heats: heats, by: recipe)
        #expect(list.column.results.fractions == [Fraction(62), Fraction(159, over: 2)])
    }

    @Test func `sums of results that are not exact tie within the rounding of a stage`() throws {
        let stages = try WeightedStages(of: Self.contest(), weights: Self.list(Self.weights).recipe.stageWeights, criteria: CriterionRule())
        let entries = stages.stages[0].sheet.entries
        let alone = try stages.stages.map { try EntryResults(of: $0.sheet, by: .normalized(.zscore)) }
        let together = try stages.results(for: entries, by: .normalized(.zscore))
        #expect(together.tieGrid == alone.map(\.tieGrid).max() && together.tieGrid < 1e-6)
        for (entry, value) in together.values.enumerated() {
            #expect(agree(value, 0.25 * alone[0].values[entry] + 1.5 * alone[1].values[entry], within: 1e-12))
        }
    }

    @Test(arguments: [MeritModel.Kind.crossed, .calibrated])
    func `merits and draws of stages count with their weights`(kind: MeritModel.Kind) throws {
        let model = try MeritModel(of: Self.list(Self.weights), by: kind)
        let alone = try ["first", "second"].map { try MeritModel(of: Self.list([($0, Fraction(1))]), by: kind) }
        let count = 20_000
        func moments(_ model: MeritModel, seed: UInt64) throws -> [(mean: Double, variance: Double)] {
            let draws = try model.draws(count, seed: seed).all
            return model.entries.indices.map { entry in
                let moments = Moments(of: draws.map { $0[entry] })
                return (moments.mean!, moments.standardDeviation! * moments.standardDeviation!)
            }
        }
        let (together, first, second) = (try moments(model, seed: 1), try moments(alone[0], seed: 2), try moments(alone[1], seed: 3))
        for entry in model.entries.indices {
            #expect(agree(model.merits[entry], 0.25 * alone[0].merits[entry] + 1.5 * alone[1].merits[entry], within: 1e-12))
            let mean = 0.25 * first[entry].mean + 1.5 * second[entry].mean
            // Stages are drawn apart: variances add up with squared weights. The error of a variance of 20,000 draws is 1 %.
            let variance = 0.0625 * first[entry].variance + 2.25 * second[entry].variance
            #expect((together[entry].mean - mean).magnitude < 5 * (2 * variance / Double(count)).squareRoot())
            #expect(agree(together[entry].variance, variance, within: 0.08))
        }
    }

    @Test func `the same seed gives the same draws, another one others`() throws {
        let model = try MeritModel(of: Self.list(Self.weights))
        let first = try model.draws(50, seed: 1).all
        #expect(first == (try model.draws(50, seed: 1).all))
        #expect(first != (try model.draws(50, seed: 2).all))
    }

    /// E(MS) of a two-way table: entries J τ² + σ², judges n σ_J² + σ², rest σ² (Searle, Casella and McCulloch 1992, table 4.10).
    @Test func `contests made from a crossed fit have its variances`() throws {
        let list = try FinalsFixture.complete()
        let model = try MeritModel(of: list, by: .crossed)
        let truth = SimulatedScores(model.terms[0], heatMeans: .strength)
        let (n, j) = (10.0, 5.0)
        var (entries, judges, rest, merits, mean) = (0.0, 0.0, 0.0, 0.0, 0.0)
        let count = 2000
        for index in 0..<count {
            let contest = truth.contest(RandomStream(seed: 3, stream: UInt64(index)))
            let additive = try Additive(of: contest.sheet)
            func variance(_ values: [Double]) -> Double { let sd = Moments(of: values).standardDeviation ?? 0; return sd * sd }
            entries += j * variance(additive.fairAverages) / Double(count)
            judges += n * variance(additive.judgeEffects) / Double(count)
            rest += (additive.residualVariance ?? 0) / Double(count)
            merits += contest.merits.reduce(0) { $0 + $1 * $1 } / n / Double(count)
            mean += additive.fairAverages.reduce(0, +) / n / Double(count)
        }
        let fit = model.terms[0].fit
        #expect(agree(rest, fit.residualVariance, within: 0.03))
        #expect(agree(entries, j * fit.entryVariance + fit.residualVariance, within: 0.06))
        #expect(agree(judges, n * fit.judgeVariance + fit.residualVariance, within: 0.08))
        #expect(agree(merits, fit.entryVariance, within: 0.06))
        #expect(agree(mean, fit.groupMeans[0], within: 0.01))
    }

    @Test func `of heats that count as strength the merits have both variances`() throws {
        let fitted = try MeritModel(of: FinalsFixture.panels(), by: .crossed, heatMeans: .strength)
        let fit = fitted.terms[0].fit
        for (means, heats) in [(CrossedEffects.HeatMeans.strength, fit.heatVariance!), (.leniency, 0)] {
            let truth = SimulatedScores(fitted.terms[0], heatMeans: means)
            let squares = (0..<2000).reduce(0.0) { sum, index in
                let merits = truth.contest(RandomStream(seed: 4, stream: UInt64(index))).merits
                return sum + merits.reduce(0) { $0 + $1 * $1 } / Double(merits.count) / 2000
            }
            #expect(agree(squares, fit.entryVariance + heats, within: 0.03), "\(means)")
        }
    }

    @Test func `contests made from a calibrated fit have its population's scale and noise`() throws {
        let design = RuleDrawsTests.text(entries: 40, judges: 8, noise: 2, seed: 11)
        let sheet = try sheet(design)
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
        let part = try MeritModel(of: list).terms[0]
        let population = try #require(part.calibrated).population
        let truth = SimulatedScores(part, heatMeans: .strength)
        var (product, rest) = (0.0, 0.0)
        let count = 500
        for index in 0..<count {
            let contest = truth.contest(RandomStream(seed: 5, stream: UInt64(index)))
            let means = try EntryResults(of: contest.sheet, by: .mean).values
            let center = means.reduce(0, +) / 40
            product += zip(means, contest.merits).reduce(0) { $0 + ($1.0 - center) * $1.1 } / 39 / Double(count)
            rest += (try Additive(of: contest.sheet).residualVariance ?? 0) / Double(count)
        }
        // E b = β exp(τ_b² / 2); the rest also has what unlike scales make: Var b = E b² (exp τ_b² − 1).
        let scale = population.scale * exponential(population.scaleDeviation * population.scaleDeviation / 2)
        let noise = population.noise * population.noise * exponential(2 * population.noiseDeviation * population.noiseDeviation)
        let unlike = scale * scale * (exponential(population.scaleDeviation * population.scaleDeviation) - 1)
        #expect(agree(product, scale, within: 0.03))
        #expect(agree(rest, noise + unlike, within: 0.05))
    }

    /// Each judge's line through the merits, which are known, gives his location, scale and noise back.
    @Test func `made judges differ in location, scale and noise as the population does, each by its own deviation`() throws {
        let sheet = try madeContest(entries: 40, judges: 8, panel: 8, seed: 31)
        let population = JudgePopulation(
            location: 70, scale: 5, noise: 2, locationDeviation: 2, scaleDeviation: 0.1, noiseDeviation: 0.6)
        let calibrated = try Calibrated(of: sheet, start: population, isFree: [false, false, false, false, false])
        let part = MeritModel.Term(
            stage: nil, factors: [Double](repeating: 1, count: 40), isLinear: true, fit: try CrossedEffects(of: sheet),
            calibrated: calibrated, facets: nil, obstacle: nil, copies: JudgeCopies(of: sheet), positions: Array(0..<40))
        let truth = SimulatedScores(part, heatMeans: .strength)
        var (locations, scales, noises) = ([Double](), [Double](), [Double]())
        for index in 0..<200 {
            let contest = truth.contest(RandomStream(seed: 6, stream: UInt64(index)))
            var lines = [PairSums](repeating: PairSums(), count: 8)
            for performance in contest.sheet.performances {
                for row in performance.rows {
                    lines[Int(contest.sheet.judgeCodes[row])].add(
                        contest.merits[Int(performance.entry)], contest.sheet.units[row] / contest.sheet.unitsPerPoint)
                }
            }
            for line in lines {
                locations.append(line.intercept)
                scales.append(line.slope)
                noises.append(naturalLogarithm(line.residualVariance) / 2)
            }
        }
        func spread(_ values: [Double]) -> Double { Moments(of: values).standardDeviation! }
        // E σ² = 4 exp(2 · 0.36); lines through 40 merits have that over 40 in the variance of the intercept, over about 38 in that of the
        // slope.
        let square = 4 * exponential(0.72)
        #expect(agree(spread(locations), (4 + square / 38).squareRoot(), within: 0.06))
        #expect(agree(spread(scales), (25 * exponential(0.01) * (exponential(0.01) - 1) + square / 37).squareRoot(), within: 0.08))
        // The logarithm of an estimate on 38 degrees of freedom adds 1 / 76 and lies 1 / 76 lower.
        #expect(agree(spread(noises), (0.36 + 1.0 / 76).squareRoot(), within: 0.06))
        #expect((Moments(of: noises).mean! - naturalLogarithm(2) + 1.0 / 76).magnitude < 0.06)
    }

    /// Least squares of one number on another.
    private struct PairSums {
        var (count, x, y, xx, xy, yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

        mutating func add(_ a: Double, _ b: Double) {
            (count, x, y, xx, xy, yy) = (count + 1, x + a, y + b, xx + a * a, xy + a * b, yy + b * b)
        }

        var slope: Double { (xy - x * y / count) / (xx - x * x / count) }
        var intercept: Double { (y - slope * x) / count }
        var residualVariance: Double { (yy - y * y / count - slope * (xy - x * y / count)) / (count - 2) }
    }

    @Test(arguments: [(String?.none, "初赛"), ("决赛", "决赛")])
    func `an entry without scores is named with the stage`(stage: String?, named: String) throws {
        let sheet = try sheet("stage,heat,entry,judge,score\n初赛,h,A,J,5\n初赛,h,B,J,6\n")
        #expect(throws: DesignError.noStageResult(entry: "C", stage: named)) { try sheet.positions(of: ["A", "C"], stage: stage) }
    }
}
