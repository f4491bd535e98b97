@testable import Evenhand
import TestSupport
import Testing

@Suite struct RaschModelTests {
    /// Guilford's ratings (1954, p. 282) and two simulated contests; R's VGAM and Newton's method in numpy (`Fixtures/rasch`).
    @Test(arguments: ["guilford", "two_facets_25x5", "three_facets_30x8x4"])
    func `every number of a joint fit is the reference's`(name: String) throws {
        let fixture = try RaschFixture(name)
        let found = RaschFixture.quantities(try RaschModel(of: fixture.sheet, by: RaschModel.Rules(scale: .ratingScale)))
        #expect(fixture.keys.count > 190)
        for key in fixture.keys {
            let expected = try #require(fixture[key])
            let value = try #require(found[key], "\(name) \(key)")
            let relative = key == "loglik" ? 1e-10 : 1e-7
            #expect(isClose(value, expected, relative: relative, absolute: 1e-9), "\(name) \(key): \(value) for \(expected)")
        }
    }

    /// Linacre, *Many-Facet Rasch Measurement* (1989): what the average judge is expected to give the entry, here on each criterion with its
    /// own steps and difficulty.
    @Test func `with steps of each criterion the fair average is the mean over criteria`() throws {
        let model = try RaschModel(of: RaschFixture("three_facets_30x8x4").sheet, by: RaschModel.Rules(scale: .partialCredit))
        let (curves, criteria) = (model.point.curves(model.ratings), model.elements(of: .criterion))
        let severities = try model.elements(of: .judge).map { try #require($0.measure) }
        let mean = severities.reduce(0, +) / Double(severities.count)
        let difficulties = try criteria.map { try #require($0.measure) }
        #expect(difficulties.contains { $0.magnitude > 0.1 } && model.scales.count == criteria.count)
        for entry in model.elements(of: .entry) where entry.standing == .measured {
            let expected = try model.scales.enumerated().map { position, scale in
                let location = try #require(entry.measure) - mean - difficulties[try #require(scale.criterion)]
                return scale.label(of: try #require(curves[position]).expectation(at: location))
            }
            #expect(isClose(try #require(entry.fairAverage), expected.reduce(0, +) / Double(expected.count), relative: 1e-9))
        }
    }

    /// What the likelihood demands: of each element the scores add up to what is expected, and each category occurs as often.
    @Test(arguments: ["guilford", "two_facets_25x5", "three_facets_30x8x4"])
    func `the score equations hold on every facet`(name: String) throws {
        let sheet = try RaschFixture(name).sheet
        for scale in sheet.criteria.isEmpty ? [RaschModel.Scale.ratingScale] : RaschModel.Scale.allCases {
            let model = try RaschModel(of: sheet, by: RaschModel.Rules(scale: scale))
            #expect(RaschSums(of: model.ratings, at: model.point, hasInformation: false).largestSlope < 1e-10, "\(scale)")
        }
    }
}
