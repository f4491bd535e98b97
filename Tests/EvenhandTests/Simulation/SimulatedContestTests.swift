import Testing

@testable import Evenhand

@Suite struct SimulatedContestTests {
    @Test func `the same seed makes the same contest, another seed another`() throws {
        let design = try ContestDesign()
        #expect(SimulatedContest(of: design, seed: 1) == SimulatedContest(of: design, seed: 1))
        #expect(SimulatedContest(of: design, seed: 1).scores != SimulatedContest(of: design, seed: 2).scores)
    }

    @Test func `one more judge changes no entry and no other judge`() throws {
        let few = SimulatedContest(of: try ContestDesign(judgeCount: 4), seed: 5)
        let more = SimulatedContest(of: try ContestDesign(judgeCount: 5), seed: 5)
        #expect(few.entries == more.entries)
        #expect(few.judges == Array(more.judges.prefix(4)))
    }

    @Test func `a large contest shows the means and spreads it was made with`() throws {
        var model = ScoreModel()
        model.mean = 60
        model.scaleSD = 0.3
        model.noiseSpread = 0.4
        let contest = SimulatedContest(of: try ContestDesign(entryCount: 2000, judgeCount: 400, panelSize: 4, model: model), seed: 6)

        #expect(abs(mean(contest.entries.map(\.quality))) < 4 * 5 / 2000.0.squareRoot())
        #expect(abs(deviation(contest.entries.map(\.quality)) - 5) < 0.32)
        #expect(abs(mean(contest.judges.map(\.location)) - 60) < 4 * 4 / 400.0.squareRoot())
        #expect(abs(deviation(contest.judges.map(\.location)) - 4) < 0.57)

        // What the truth leaves over is noise of mean 0 and, divided by each judge's own σ, of standard deviation 1.
        let noise = contest.scores.map { score in
            let judge = contest.judges[Int(score.judge)]
            let expected = judge.location + judge.scale * contest.entries[Int(score.entry)].quality
            return (Double(score.units) / 10 - expected) / judge.noise
        }
        #expect(abs(mean(noise)) < 4 / 8000.0.squareRoot())
        #expect(abs(deviation(noise) - 1) < 4 / 16_000.0.squareRoot())
    }

    @Test func `heats differ by what the truth says`() throws {
        var model = ScoreModel()
        (model.entrySD, model.judgeSD, model.scaleSD, model.noiseSD, model.heatSD, model.decimals) = (0, 0, 0, 0, 2, 6)
        let contest = SimulatedContest(of: try ContestDesign(entryCount: 12, heatCount: 3, model: model), seed: 7)
        #expect(Set(contest.heats.map(\.difference)).count == 3)
        #expect(contest.scores.allSatisfy { abs(Double($0.units) / 1e6 - 80 - contest.heats[Int($0.heat)].difference) < 1e-6 })
    }

    @Test func `judges' noises and heats differ as much as the model says`() throws {
        var model = ScoreModel()
        (model.noiseSpread, model.heatSD) = (0.5, 3)
        let contest = SimulatedContest(of: try ContestDesign(entryCount: 800, heatCount: 400, judgeCount: 400, model: model), seed: 21)
        let noises = contest.judges.map { naturalLogarithm($0.noise / model.noiseSD) }
        #expect(noises.count == 400 && abs(deviation(noises) - 0.5) < 0.06)
        #expect(contest.heats.count == 400 && abs(deviation(contest.heats.map(\.difference)) - 3) < 0.36)
    }

    @Test func `what is scored in one heat of a plan differs by the same`() throws {
        var model = ScoreModel()
        model.heatSD = 5
        let seats = [("A", "h"), ("B", "h"), ("C", "k"), ("D", "k")].map { (entry: $0.0, judge: "J", heat: String?.some($0.1)) }
        let differences = SimulatedContest(of: try ContestDesign(plan: seats, model: model), seed: 3).heats.map(\.difference)
        #expect(differences.count == 4 && differences[0] == differences[1] && differences[2] == differences[3])
        #expect(differences[0] != differences[2] && !differences.contains(0))
    }

    /// Without a relation of both a pair of 20 and 20 names is missing once in 70,000,000,000 times: 2 / C(40, 20).
    @Test func `the city of an entry does not follow from its sector`() throws {
        func shares(_ names: [String]) -> [ContestDesign.Share] { names.map { ContestDesign.Share(name: $0, share: 1) } }
        let heat = ContestDesign.Heat(name: nil, entries: 40, panel: ["j"])
        let design = try ContestDesign(
            sectors: shares(["a", "b"]), cities: shares(["x", "y"]), judges: [.init(name: "j")], heats: [heat])
        #expect(Set(SimulatedContest(of: design, seed: 1).entries.map { [$0.sector, $0.city] }).count == 4)
    }

    @Test func `scores are clipped to the range and rounded half up`() throws {
        func scores(mean: Double, decimals: Int, noise: Double = 0) throws -> Set<Int32> {
            var model = ScoreModel()
            (model.mean, model.entrySD, model.judgeSD, model.noiseSD, model.decimals) = (mean, 0, 0, noise, decimals)
            return Set(SimulatedContest(of: try ContestDesign(model: model), seed: 8).scores.map(\.units))
        }
        #expect(try scores(mean: 82.5, decimals: 0) == [83])
        #expect(try scores(mean: 82.25, decimals: 1) == [823])
        #expect(try scores(mean: 82.125, decimals: 2) == [8213])
        #expect(try scores(mean: 50, decimals: 6) == [50_000_000])
        #expect(try scores(mean: 100, decimals: 1, noise: 40).max() == 1000)
        #expect(try scores(mean: 0, decimals: 1, noise: 40).min() == 0)
    }

    @Test func `criteria are parts whose totals behave as undivided scores`() throws {
        var model = ScoreModel()
        (model.mean, model.entrySD, model.judgeSD, model.scaleSD) = (50, 0, 0, 0)
        let design = try ContestDesign(entryCount: 1000, judgeCount: 3, criterionCount: 3, model: model)
        #expect(design.criteria.map(\.maximum) == [33, 33, 34])
        let scores = SimulatedContest(of: design, seed: 9).scores
        let totals = stride(from: 0, to: scores.count, by: 3).map { first in
            Double(scores[first..<first + 3].reduce(0) { $0 + $1.units }) / 10
        }
        #expect(abs(mean(totals) - 50) < 0.25)
        #expect(abs(deviation(totals) - 3) < 0.16)
    }

    @Test func `of equal entries those with the lower numbers go on`() throws {
        var model = ScoreModel()
        (model.entrySD, model.judgeSD, model.scaleSD, model.noiseSD) = (0, 0, 0, 0)
        let heats = [("x", 5, 2), ("y", 4, 1)].map { name, entries, advancing in
            ContestDesign.Heat(name: name, entries: entries, panel: ["a"], advancing: advancing)
        }
        let design = try ContestDesign(
            model: model, judges: [.init(name: "a")], stage: "first", heats: heats, final: .init(stage: "last", heat: "z", panel: ["a"]))
        #expect(SimulatedContest(of: design, seed: 1).heats[2].entries == [0, 1, 5])
    }

    @Test func `the final is held by the best of each heat`() throws {
        let judges = ["a", "b", "c"].map { ContestDesign.Judge(name: $0) }
        let heats = [("x", 5, 2), ("y", 4, 1)].map { name, entries, advancing in
            ContestDesign.Heat(name: name, entries: entries, panel: ["a", "b"], advancing: advancing)
        }
        let design = try ContestDesign(judges: judges, stage: "first", heats: heats, final: .init(stage: "last", heat: "z", panel: ["c"]))
        let contest = SimulatedContest(of: design, seed: 10)
        func results(_ heat: Int) -> [(entry: Int, sum: Int)] {
            contest.heats[heat].entries.map { entry in
                (entry, contest.scores.reduce(0) { $0 + (Int($1.entry) == entry && Int($1.heat) == heat ? Int($1.units) : 0) })
            }.sorted { $0.sum > $1.sum }
        }
        let expected = results(0).prefix(2).map(\.entry) + results(1).prefix(1).map(\.entry)
        #expect(contest.heats[2].entries == expected.sorted())
        #expect(contest.scores.count == 9 * 2 + 3)
        #expect(contest.scores.filter { $0.heat == 2 }.allSatisfy { $0.judge == 2 })
    }

    @Test func `a planned contest has the same scores whatever the order of its seats`() throws {
        let seats = ["A", "B", "C"].flatMap { entry in ["J", "K", "L"].map { (entry: entry, judge: $0, heat: String?.none) } }
        let contests = try [seats, seats.reversed()].map { SimulatedContest(of: try ContestDesign(plan: $0), seed: 5) }
        #expect(contests[0].scores == contests[1].scores)
    }
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

private func deviation(_ values: [Double]) -> Double {
    let center = mean(values)
    return (values.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(values.count - 1)).squareRoot()
}
