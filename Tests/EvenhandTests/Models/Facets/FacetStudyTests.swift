import LinearAlgebra
import TestSupport
import Testing

@testable import Evenhand

@Suite struct FacetStudyTests {
    @Test func `errors are the components over how often their facets are sampled`() throws {
        let model = try FacetModel(of: FacetModelTests.balanced())
        let study = FacetStudy(of: model)
        #expect((study.judges, study.items, study.repetitions) == (4, 5, 2))
        let row = study.row(judges: 3, items: 50, repetitions: 2)
        var relative = model.variance([.entry, .judge]) / 3 + model.variance([.entry, .item]) / 50
        relative += model.variance([.entry, .judge, .item]) / 150 + model.residualVariance / 300
        var absolute = relative + model.variance(.judge) / 3 + model.variance(.item) / 50
        absolute += model.variance([.judge, .item]) / 150
        #expect(isClose(row.universeVariance, model.variance(.entry), relative: 1e-14))
        #expect(isClose(row.relativeErrorVariance, relative, relative: 1e-12))
        #expect(isClose(row.absoluteErrorVariance, absolute, relative: 1e-12))
        #expect(row.scores == 300)
        #expect(isClose(row.reliability ?? 0, row.universeVariance / (row.universeVariance + relative), relative: 1e-12))
    }

    /// Four heats of five entries before the same three judges: what a heat adds to the scores of its entries changes the order of entries
    /// of different heats, and more judges do not lessen it.
    @Test func `heats are an error of the order, whatever the number of judges`() throws {
        var stream = RandomStream(seed: 4)
        let rows = (0..<20).flatMap { entry in
            let merit = 3 * stream.normal()
            return (0..<3).map { judge in
                let points = 60 + merit + Double([0, 9, -6, 4][entry % 4] + 2 * judge) + stream.normal()
                return ScoreSheet.Row(
                    entry: "E\(10 + entry)", judge: "J\(judge)", points: (10 * points).rounded() / 10,
                    heat: Heat(stage: nil, name: "H\(entry % 4)"))
            }
        }
        let model = try FacetModel(of: ScoreSheet(rows), facets: [.entry, .judge, .heat])
        #expect(model.variance(.heat) > 1 && model.variance(.judge) > 1)
        let row = FacetStudy(of: model).row(judges: 6, items: 1)
        let relative = model.variance(.heat) + model.residualVariance / 6
        #expect(isClose(row.relativeErrorVariance, relative, relative: 1e-12))
        #expect(isClose(row.absoluteErrorVariance, relative + model.variance(.judge) / 6, relative: 1e-12))
    }

    @Test func `the error of an entry's mean is that of the study when all met the same judges and items`() throws {
        let model = try FacetModel(of: FacetModelTests.balanced())
        let row = FacetStudy(of: model).row(judges: 4, items: 5)
        for variance in model.relativeErrorVariances { #expect(isClose(variance, row.relativeErrorVariance, relative: 1e-10)) }
    }
}

/// Criteria that are fixed, and groups as fixed effects.
@Suite struct FixedFacetTests {
    /// Six entries of two cities, three judges, two criteria.
    private static func sheet(hasCriteria: Bool) throws -> ScoreSheet {
        var stream = RandomStream(seed: 17)
        let rows = (0..<6).flatMap { entry in
            let merit = 6 * stream.normal()
            return (0..<3).flatMap { judge in
                (hasCriteria ? ["content", "form"] as [String?] : [nil]).enumerated().map { index, criterion in
                    let points = 60 + merit + Double(4 * judge + (entry + index) % 2 * 5) + (2 * stream.normal()).rounded()
                    return ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: points.rounded(), criterion: criterion)
                }
            }
        }
        return try ScoreSheet(rows)
    }

    /// Brennan, *Generalizability Theory* (2001), section 4.3: with n fixed conditions the universe score has σ²(p) + σ²(pc)/n, and what
    /// has no other facet is no error.
    @Test func `the same criteria would be used again`() throws {
        let model = try FacetModel(of: Self.sheet(hasCriteria: true))
        #expect(model.variance([.entry, .criterion]) > 1 && model.variance(.judge) > 1)
        let row = FacetStudy(of: model).row(judges: 5, items: 1)
        let relative = model.variance([.entry, .judge]) / 5 + model.residualVariance / 10
        let absolute = relative + model.variance(.judge) / 5 + model.variance([.judge, .criterion]) / 10
        #expect(isClose(row.universeVariance, model.variance(.entry) + model.variance([.entry, .criterion]) / 2, relative: 1e-14))
        #expect(isClose(row.relativeErrorVariance, relative, relative: 1e-12))
        #expect(isClose(row.absoluteErrorVariance, absolute, relative: 1e-12))
        #expect((row.criteria, row.scores) == (2, 10))
        // Nothing is known of items.
        #expect(FacetStudy(of: model).rows.allSatisfy { $0.items == 1 })
    }

    /// Three repetitions of two criteria, 4 entries before 3 judges.
    @Test func `criteria are not repetitions`() throws {
        var stream = RandomStream(seed: 18)
        let rows = (0..<72).map { row in
            ScoreSheet.Row(
                entry: "E\(row / 18)", judge: "J\(row / 6 % 3)", points: Double(row / 18 * 3 + stream.index(below: 5)),
                criterion: row % 2 == 0 ? "content" : "form", repetition: "\(row / 2 % 3)")
        }
        let study = FacetStudy(of: try FacetModel(of: ScoreSheet(rows)))
        #expect((study.judges, study.items, study.repetitions) == (3, 1, 3))
        #expect(study.row(judges: 3, items: 1).scores == 18)
    }

    /// On complete scores the difference of two groups is that of the means of their entries, with the standard error of the t test.
    @Test func `a column of groups is a fixed effect of each but the first`() throws {
        let sheet = try Self.sheet(hasCriteria: false)
        let cities = ["宁波", "杭州", "宁波", "宁波", "杭州", "杭州"]
        let attribute = Attribute(name: "city", values: Factor(cities.map { $0 }))
        let grouped = sheet.adding(entryAttributes: [attribute])
        let covariates = try grouped.covariates("city")
        #expect(covariates.count == 1 && ["city: 杭州 − 宁波", "city: 宁波 − 杭州"].contains(covariates[0].name))
        let means = sheet.performances.map { own in own.rows.reduce(0) { $0 + sheet.units[$1] / sheet.unitsPerPoint } / 3 }
        let second = String(covariates[0].name.dropFirst(6).prefix(2))
        let (ones, others) = (means.indices.filter { cities[$0] == second }, means.indices.filter { cities[$0] != second })
        func mean(_ group: [Int]) -> Double { group.reduce(0) { $0 + means[$1] } / 3 }
        let squares = [ones, others].reduce(0.0) { sum, group in
            group.reduce(sum) { $0 + (means[$1] - mean(group)) * (means[$1] - mean(group)) }
        }
        for solver in [FacetModel.Solver.cells, .sparse] {
            let slope = try FacetModel(of: grouped, facets: nil, covariates: covariates, by: solver).slopes[0]
            #expect(isClose(slope.estimate.value, mean(ones) - mean(others), relative: 1e-9))
            #expect(isClose(slope.estimate.standardError, (squares / 4 * 2 / 3).squareRoot(), relative: 1e-5))
        }
    }

    @Test func `a column of one group and one with gaps are refused`() throws {
        let sheet = try Self.sheet(hasCriteria: false)
        func covariates(_ values: [String?]) throws -> [FacetModel.Covariate] {
            try sheet.adding(entryAttributes: [Attribute(name: "city", values: Factor(values))]).covariates("city")
        }
        #expect(throws: DesignError.constantCovariate("city")) {
            try covariates([String?](repeating: "宁波", count: 6))
        }
        #expect(throws: DesignError.noNumber(attribute: "city", entry: "E2", text: "")) {
            try covariates(["宁波", "杭州", nil, "宁波", "杭州", "杭州"])
        }
        #expect(throws: DesignError.noNumber(attribute: "city", entry: "E1", text: "杭州")) {
            try covariates(["1", "杭州", "2", "3", "4", "5"])
        }
    }
}

/// Entries with other judges and other items than their rivals.
@Suite struct LevelShareTests {
    /// Two judges for each of three groups of four entries, on three items, twice each.
    static func sheet() throws -> ScoreSheet {
        var stream = RandomStream(seed: 5)
        let severities = (0..<6).map { _ in 5 * stream.normal() }
        let tastes = (0..<18).map { _ in stream.normal() }
        return try ScoreSheet(
            (0..<12).flatMap { entry in
                let merit = 2 * stream.normal()
                return [entry % 3 * 2, entry % 3 * 2 + 1].flatMap { judge in
                    (0..<3).flatMap { item in
                        (0..<2).map { repetition in
                            let points = 60 + merit + severities[judge] + tastes[3 * judge + item] + stream.normal()
                            return ScoreSheet.Row(
                                entry: "E\(10 + entry)", judge: "J\(judge)", points: (10 * points).rounded() / 10, item: "I\(item)",
                                repetition: "\(repetition)")
                        }
                    }
                }
            })
    }

    /// Of two panels of two no judge is shared: Σ (½)² over four judges is 1 and Σ (1/6)² over twelve of their items ⅓; within a panel both
    /// are 0. Items are shared by all.
    @Test func `judges who are not shared tell results apart`() throws {
        let model = try FacetModel(of: Self.sheet())
        let parts = model.entryErrors(factors: [0.5, 1])
        let (judge, taste) = (model.variance(.judge), model.variance([.judge, .item]))
        #expect(judge > 1)
        let own = parts.own[0] + parts.own[1]
        #expect(isClose(parts.variance(ofDifference: 0, 1, factors: 1, 1), own + judge + taste / 3, relative: 1e-9))
        #expect(isClose(parts.variance(ofDifference: 0, 3, factors: 1, 1), parts.own[0] + parts.own[3], relative: 1e-9))
        // Items count as far as the factors differ: a quarter of three squares of a third.
        let items = model.variance(.item) / 12
        let halved = parts.own[0] / 4 + parts.own[1] + judge * (0.5 * 0.25 + 0.5) + taste * (1.0 / 6) * 1.25 + items
        #expect(isClose(parts.variance(ofDifference: 0, 1, factors: 0.5, 1), halved, relative: 1e-9))
    }

    /// Everybody met the same four judges on the same five items: of factors ½ and 1, (½ · ¼ − ¼)² of each judge, and so on, remains.
    @Test func `what all entries share counts as far as factors differ`() throws {
        let model = try FacetModel(of: FacetModelTests.balanced())
        let (judges, items, both) = (model.variance(.judge), model.variance(.item), model.variance([.judge, .item]))
        #expect(judges > 1 && items > 1)
        let parts = model.entryErrors(factors: [0.5, 1])
        let shared = judges / 4 + items / 5 + both / 20
        let expected = parts.own[0] / 4 + parts.own[1] + shared / 4
        #expect(isClose(parts.variance(ofDifference: 0, 1, factors: 0.5, 1), expected, relative: 1e-9))
        let own = parts.own[0] + parts.own[1]
        #expect(isClose(model.entryErrors().variance(ofDifference: 0, 1, factors: 1, 1), own, relative: 1e-9))
    }

    /// A result is the mean of judges' means: item 1 has ¾ of the one entry's, from ¼ and ½, and ¼ of the other's.
    @Test func `the same items in other shares are not shared alike`() throws {
        let cells = [("A", "J1", "1"), ("A", "J1", "2"), ("A", "J2", "1"), ("B", "J1", "2"), ("B", "J2", "1"), ("B", "J2", "2")]
        let sheet = try ScoreSheet(cells.map { ScoreSheet.Row(entry: $0.0, judge: $0.1, points: 5, item: $0.2) })
        let items = LevelShares(of: sheet, .item)
        #expect(!items.areCommon && isClose(items.squaredDifference(0, 1, factors: 1, 1), 0.5))
        // Each judge counts alike, however many items there are.
        #expect(LevelShares(of: sheet, .judge).areCommon)
        #expect(sheet.resultWeights == [0.25, 0.25, 0.5, 0.5, 0.25, 0.25])
    }

    /// The error of a result is that of the mean of judges' means: with J1 on three items and J2 on one, noise counts 3 (1/6)² + (1/2)².
    @Test func `errors are those of means of judges' means`() throws {
        var stream = RandomStream(seed: 4)
        var rows: [ScoreSheet.Row] = []
        for entry in 0..<8 {
            for (judge, item) in [("J1", 0), ("J1", 1), ("J1", 2), ("J2", entry % 3)] {
                rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: judge, points: Double(entry) + stream.normal(), item: "I\(item)"))
            }
        }
        let sheet = try ScoreSheet(rows)
        #expect(sheet.resultWeights.prefix(4).map { ($0 * 6).rounded() } == [1, 1, 1, 3])
        let noise = try FacetModel(of: sheet, facets: [.entry, .judge]).errorShares.noise
        for own in noise { #expect(isClose(own, 3.0 / 36 + 1.0 / 4, relative: 1e-12)) }
    }

    /// 21 scores whose likelihood has two maxima; entry, judge and item, then the score. Expected: the restricted likelihood of dense
    /// matrices by Nelder–Mead from sixty starts (numpy 2.4.6, scipy 1.17.1); the other maximum, 0.309 above, has noise of 0.135.
    @Test func `the better of two maxima is found`() throws {
        let scores = """
            202:49.41 410:48.39 221:51.06 520:49.95 210:51.01 312:50.23 012:49.35 401:48.23 001:49.05 402:49.84
            301:50.77 021:48.37 501:49.62 011:51.49 222:51.19 020:48.03 321:51.42 121:48.39 421:48.71 122:49.37
            502:50.96
            """
        let rows = scores.split(whereSeparator: \.isWhitespace).map { text -> ScoreSheet.Row in
            let (name, points) = (Array(text.prefix(3)).map(String.init), Double(text.dropFirst(4))!)
            return ScoreSheet.Row(entry: name[0], judge: name[1], points: points, item: name[2])
        }
        let model = try FacetModel(of: ScoreSheet(rows))
        #expect(isClose(model.variance(.entry), 0.4979729, relative: 1e-5) && model.variance([.judge, .item]) == 0)
        #expect(isClose(model.variance([.entry, .judge]), 0.2253161, relative: 1e-5))
        #expect(isClose(model.residualVariance, 0.6876190, relative: 1e-5))
    }

    /// Every entry has one score, by a judge of its own, so that no factor is left.
    @Test func `one score for each entry is too few`() throws {
        let rows = (0..<4).map { ScoreSheet.Row(entry: "E\($0)", judge: "J\($0)", points: Double($0)) }
        #expect(throws: DesignError.tooFew(of: "scores", found: 4, needed: 5)) {
            try FacetModel(of: ScoreSheet(rows), facets: [.entry, .judge])
        }
    }

    /// Two judges of two families: nothing of them is left besides the families.
    @Test func `covariates that tell all judges apart are named`() throws {
        var rows: [ScoreSheet.Row] = []
        for (entry, judge) in (0..<6).flatMap({ entry in (0..<2).map { (entry, $0) } }) {
            for item in 0..<3 {
                let points = Double((entry * 7 + judge * 3 + item * 5) % 11)
                rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: points, item: "I\(item)"))
            }
        }
        let sheet = try ScoreSheet(rows)
        let family = FacetModel.Covariate(name: "family", values: sheet.judgeCodes.map { Double($0) })
        #expect(throws: DesignError.replacedFacet("judges")) { try FacetModel(of: sheet, covariates: [family]) }
    }

    @Test func `a new panel's severities are those of its entries alone`() throws {
        let model = try FacetModel(of: Self.sheet())
        func spread(_ subject: DrawSubject, _ other: Int) throws -> Double {
            let gaps = try model.draws(20_000, of: subject, seed: 3).all.map { $0[0] - $0[other] }
            let mean = gaps.reduce(0, +) / 20_000
            return gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        }
        let (apart, together) = (try spread(.newPanel, 1) - spread(.merit, 1), try spread(.newPanel, 3) - spread(.merit, 3))
        #expect(apart > model.variance(.judge) && together < 0.3 * model.variance(.judge), "\(apart) \(together)")
    }

    /// By hand: A has half of J1 and of J2, B of J2 and of J3. With a deviation of 3 each varies by 9 (¼ + ¼), and both together by 9 · ¼.
    @Test func `levels are drawn with the deviation of their component`() throws {
        let shares = LevelShares(of: try EvenhandTests.sheet(["A": "1 2 -", "B": "- 2 3"]), .judge)
        let alone = StructuredNormal(means: [5, 7], mixing: .product(Matrix(rows: 1, columns: 2)), own: [0, 0], scale: .known(1))
        var stream = RandomStream(seed: 21)
        let draws = alone.adding([(weight: 3, shares: shares)]).draws(40_000, from: &stream)
        func mean(_ value: (Double, Double) -> Double) -> Double {
            (0..<40_000).reduce(0.0) { $0 + value(draws[2 * $1] - 5, draws[2 * $1 + 1] - 7) } / 40_000
        }
        #expect(isClose(mean { a, _ in a * a }, 4.5, relative: 0.05) && isClose(mean { _, b in b * b }, 4.5, relative: 0.05))
        #expect(isClose(mean { a, b in a * b }, 2.25, relative: 0.08))
    }

    /// Each judge has an item of their own: one of both is in the model.
    @Test func `judges and items that are the same are one`() throws {
        var stream = RandomStream(seed: 8)
        let rows = (0..<6).flatMap { entry in
            (0..<4).flatMap { judge in
                (0..<2).map { repetition -> ScoreSheet.Row in
                    let points = Double(20 + entry + 3 * judge) + (3 * stream.normal()).rounded()
                    return ScoreSheet.Row(
                        entry: "E\(entry)", judge: "J\(judge)", points: points, item: "I\(judge)", repetition: "\(repetition)")
                }
            }
        }
        let model = try FacetModel(of: ScoreSheet(rows))
        #expect(model.components.map(\.facets) == [.entry, .judge, [.entry, .judge]])
    }

    @Test func `the design is that of an entry`() throws {
        let study = FacetStudy(of: try FacetModel(of: Self.sheet()))
        #expect((study.judges, study.items, study.repetitions) == (2, 3, 2))
        #expect(study.rows[0].scores == 12)
    }

    @Test func `covariates that others determine are refused`() throws {
        let sheet = try Self.sheet()
        let values = sheet.units.indices.map { Double($0 % 7) }
        let columns = [("length", values), ("double", values.map { 2 * $0 + 1 })].map { FacetModel.Covariate(name: $0.0, values: $0.1) }
        #expect(throws: DesignError.tooFew(of: "independent covariates", found: 1, needed: 2)) {
            try FacetModel(of: sheet, covariates: columns)
        }
    }
}

@Suite struct FacetDrawTests {
    @Test func `draws by equations and in closed form have the same means and deviations`() throws {
        let sheet = try FacetModelTests.balanced()
        let draws = try FacetModel.Solver.allCases.map { solver in
            try FacetModel(of: sheet, facets: nil, covariates: [], by: solver).draws(20_000, seed: 3).all
        }
        for (a, b) in [(0, 1), (2, 5)] {
            let gaps = draws.map { all in all.map { $0[a] - $0[b] } }
            let means = gaps.map { $0.reduce(0, +) / 20_000 }
            let spreads = zip(gaps, means).map { gap, mean in (gap.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000).squareRoot() }
            for other in [1, 2] {
                #expect(isClose(spreads[0], spreads[other], relative: 0.05))
                #expect((means[0] - means[other]).magnitude < 0.05 * spreads[0])
            }
        }
    }

    @Test func `a new panel's results vary by its own judges and items besides`() throws {
        let model = try FacetModel(of: FacetModelTests.balanced())
        func spread(_ subject: DrawSubject) throws -> Double {
            let gaps = try model.draws(20_000, of: subject, seed: 3).all.map { $0[0] - $0[1] }
            let mean = gaps.reduce(0, +) / 20_000
            return gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        }
        let more = try spread(.newPanel) - spread(.merit)
        #expect(isClose(more, 2 * model.relativeErrorVariances[0], relative: 0.35))
    }

    @Test func `the same seed gives the same draws`() throws {
        let model = try FacetModel(of: FacetModelTests.simulated().sheet)
        #expect(try model.draws(300, seed: 1).all == model.draws(300, seed: 1).all)
        #expect(try model.draws(300, seed: 1).all != model.draws(300, seed: 2).all)
    }
}
