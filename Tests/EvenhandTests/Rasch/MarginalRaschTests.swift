@testable import Evenhand
import LinearAlgebra
import TestSupport
import Testing

@Suite struct MarginalRaschTests {
    /// TAM's and sirt's data, which may not be passed on, with the maximum found by quadrature and Newton's method in numpy; TAM and sirt
    /// agree as far as their stop rules let them.
    @Test(
        .enabled(if: RaschFixture.isPresent("rasch/tam_ex10_mml")),
        arguments: ["rasch/tam_ex10_mml", "rasch/sirt_ratings1_mml_rsm", "rasch/sirt_ratings1_mml_pcm"])
    func `every number of a marginal fit is the reference's`(path: String) throws {
        let fixture = try RaschFixture(shared: path)
        var rules = RaschModel.Rules(scale: path.hasSuffix("pcm") ? .partialCredit : .ratingScale)
        rules.estimation = .mml
        let model = try RaschModel(of: fixture.sheet, by: rules)
        var found = RaschFixture.quantities(model)
        found["eap_reliability"] = model.posteriorReliability
        for scale in model.scales.indices {
            for (position, category) in model.categories.filter({ $0.scale == scale }).dropFirst().enumerated() {
                let name =
                    model.scales[scale].criterion.map { "step.\(model.sheet.criteria[$0]).\(position)" } ?? "step.step\(position + 1)"
                found[name] = category.threshold?.value
            }
        }
        #expect(fixture.keys.count > 20)
        for key in fixture.keys {
            let expected = try #require(fixture[key])
            let value = try #require(found[key], "\(path) \(key)")
            let relative = key == "loglik" || key == "deviance" ? 1e-9 : 1e-6
            #expect(isClose(value, expected, relative: relative, absolute: 1e-7), "\(path) \(key): \(value) for \(expected)")
        }
        #expect(model.deviance <= fixture["deviance"]! * (1 + 1e-9))
    }

    /// The slope of the marginal likelihood and its information against differences of the likelihood itself.
    @Test(arguments: RaschModel.Scale.allCases) func `the slope is that of the likelihood`(scale: RaschModel.Scale) throws {
        let sheet = try RaschFixture("three_facets_30x8x4").sheet
        var rules = RaschModel.Rules(scale: scale)
        rules.estimation = .mml
        let ratings = try RaschRatings(of: sheet, by: rules)
        let layout = RaschLayout(of: ratings)
        let cells = RaschCells(of: ratings, layout)
        var stream = RandomStream(seed: 11)
        var point = RaschPoint(entryCount: sheet.entries.count, layout: layout)
        for position in 0..<layout.size { point.others[position] = 0.3 * stream.normal() }
        let sums = MarginalSums(cells, point, 0.2, .fine)
        func likelihood(_ position: Int, _ change: Double) -> MarginalSums {
            var moved = point
            if position < layout.size { moved.others[position] += change }
            return MarginalSums(cells, moved, position < layout.size ? 0.2 : 0.2 + change, .fine)
        }
        let coarse = MarginalSums(cells, point, 0.2, .coarse)
        #expect(isClose(coarse.logLikelihood, sums.logLikelihood, relative: 1e-8))
        for (a, b) in zip(coarse.slope, sums.slope) { #expect(isClose(a, b, relative: 1e-6, absolute: 1e-6)) }
        let change = 1e-5
        for position in 0...layout.size {
            let (above, below) = (likelihood(position, change), likelihood(position, -change))
            let slope = (above.logLikelihood - below.logLikelihood) / (2 * change)
            #expect(isClose(slope, sums.slope[position], relative: 1e-6, absolute: 1e-6), "\(position)")
            for other in position...layout.size {
                let curvature = (below.slope[other] - above.slope[other]) / (2 * change)
                #expect(isClose(curvature, sums.information[other, position], relative: 1e-6, absolute: 1e-5), "\(position) \(other)")
            }
        }
    }

    /// Half the distance and twice the reach change rounding alone, of narrow posteriors and of wide ones with two scores each.
    @Test(arguments: [-1.0, 0.2, 1.5], [0, 20]) func `fine sums are exact to rounding`(spread: Double, leftOut: Int) throws {
        let sheet = try RaschFixture("three_facets_30x8x4").sheet
        let some = sheet.selecting(performances: Array(sheet.performances.indices)) { row in leftOut == 0 || row % (leftOut - 4) == 0 }
        var rules = RaschModel.Rules(scale: .ratingScale)
        rules.estimation = .mml
        let ratings = try RaschRatings(of: some, by: rules)
        let layout = RaschLayout(of: ratings)
        let cells = RaschCells(of: ratings, layout)
        let point = RaschPoint(entryCount: some.entries.count, layout: layout)
        let fine = MarginalSums(cells, point, spread, .fine)
        let finest = MarginalSums(cells, point, spread, MarginalSums.Quadrature(spacing: 0.2, depth: 90))
        #expect(isClose(fine.logLikelihood, finest.logLikelihood, relative: 1e-14))
        for (a, b) in zip(fine.means + fine.variances, finest.means + finest.variances) {
            #expect(isClose(a, b, relative: 1e-13, absolute: 1e-13))
        }
        for (a, b) in zip(fine.slope, finest.slope) { #expect(isClose(a, b, relative: 1e-12, absolute: 1e-12)) }
    }

    /// Judges agree on every entry: the likelihood grows with the entries' variance.
    @Test(arguments: [2, 3, 6]) func `entries without chance have no finite variance`(entries: Int) throws {
        let rows = (0..<entries).flatMap { entry in
            ["J", "K"].map { ScoreSheet.Row(entry: "E\(entry)", judge: $0, points: Double(1 + entry % 3)) }
        }
        var rules = RaschModel.Rules(scale: .ratingScale)
        rules.estimation = .mml
        #expect(throws: RaschError.noChance) { try RaschModel(of: try ScoreSheet(rows), by: rules) }
    }

    @Test func `entries that differ by chance alone have no variance`() throws {
        // Every entry has the same scores, once each.
        let rows = (0..<6).flatMap { entry in
            (0..<3).map { judge in ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: Double((entry + judge) % 3)) }
        }
        var rules = RaschModel.Rules(scale: .ratingScale)
        rules.estimation = .mml
        #expect(throws: RaschError.noDifferences) { try RaschModel(of: try ScoreSheet(rows), by: rules) }
    }
}
