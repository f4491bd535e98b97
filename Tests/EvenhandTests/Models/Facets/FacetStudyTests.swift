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
        #expect(throws: DesignError.tooFew(of: "groups", found: 1, needed: 2)) { try covariates(["宁波", "宁波", "宁波", "宁波", "宁波", "宁波"]) }
        #expect(throws: DesignError.noNumber(attribute: "city", entry: "E2", text: "")) {
            try covariates(["宁波", "杭州", nil, "宁波", "杭州", "杭州"])
        }
        #expect(throws: DesignError.noNumber(attribute: "city", entry: "E1", text: "杭州")) {
            try covariates(["1", "杭州", "2", "3", "4", "5"])
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
