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
