@testable import Evenhand
import TestSupport
import Testing

@Suite struct RaschInteractionTests {
    private func guilford() throws -> RaschModel {
        try RaschModel(of: try RaschFixture("guilford").sheet, by: RaschModel.Rules(scale: .ratingScale))
    }

    /// Adding the size to the scores of a judge on a criterion makes their sum the expected one.
    @Test func `a size makes the shared scores what is expected`() throws {
        let model = try guilford()
        let curve = try #require(model.point.curves(model.ratings)[0])
        for facet in [RaschModel.Facet.criterion, .entry] {
            let position = try #require(model.facets.firstIndex(of: facet))
            let found = model.interactions(with: facet)
            #expect(found.count == 3 * model.names(of: facet).count)
            for one in found where !one.isExtreme {
                let rows = (0..<model.ratings.count).filter {
                    Int(model.ratings.codes[1][$0]) == one.judge && Int(model.ratings.codes[position][$0]) == one.element
                }
                #expect(rows.count == one.count)
                let excess = rows.reduce(0) {
                    $0 + model.ratings.categories[$1] - curve.expectation(at: model.residuals.locations[$1] + one.size.value)
                }
                #expect(excess.magnitude < 1e-9)
                #expect(one.size.value.magnitude < 1e-9 || (one.size.value > 0) == (one.excess > 0))
            }
            // What one judge gives more of, over all, another gives less of.
            #expect(found.reduce(0) { $0 + $1.excess }.magnitude < 1e-9)
        }
    }

    /// By hand from two interactions: Welch's t and the degrees of freedom of Satterthwaite.
    @Test func `a contrast is the difference of two severities`() throws {
        let model = try guilford()
        let (all, contrasts) = (model.interactions(with: .criterion), model.contrasts)
        #expect(contrasts.count == 3 * 10)
        let one = try #require(contrasts.first { $0.judge == 1 && $0.a == 0 && $0.b == 3 })
        let (a, b) = (all.first { $0.judge == 1 && $0.element == 0 }!, all.first { $0.judge == 1 && $0.element == 3 }!)
        let difference = try #require(one.difference)
        #expect(isClose(difference.value, b.size.value - a.size.value, absolute: 1e-12))
        let t = StudentT(degreesOfFreedom: difference.degreesOfFreedom)
        #expect(isClose(try #require(one.p), 2 * t.upperTail((difference.value / difference.standardError).magnitude), relative: 1e-12))
        let (v, w) = (a.size.standardError * a.size.standardError, b.size.standardError * b.size.standardError)
        #expect(isClose(difference.standardError, (v + w).squareRoot(), relative: 1e-12))
        #expect(isClose(difference.degreesOfFreedom, (v + w) * (v + w) / (v * v / 6 + w * w / 6), relative: 1e-12))
        #expect(isClose(model.elements(of: .judge)[1].measure! - a.size.value, one.severityA.value, absolute: 1e-12))
    }

    /// A judge who gives one entry two points more than the model says is found.
    @Test func `a favour that was put in stands out`() throws {
        let sheet = try RaschFixture("three_facets_30x8x4").sheet
        let rows = sheet.performances.flatMap { performance in
            performance.rows.map { row in
                let (entry, judge) = (sheet.entries[Int(performance.entry)], sheet.judges[Int(sheet.judgeCodes[row])])
                let isFavoured = entry == "P03" && judge == sheet.judges[Int(sheet.judgeCodes[performance.rows.lowerBound])]
                return ScoreSheet.Row(
                    entry: entry, judge: judge, points: isFavoured ? 5 : sheet.score(at: row),
                    criterion: sheet.criteria[Int(sheet.criterionCodes[row])])
            }
        }
        let model = try RaschModel(of: try ScoreSheet(rows), by: RaschModel.Rules(scale: .ratingScale))
        let most = try #require(model.interactions(with: .entry).max { $0.t < $1.t })
        #expect(model.names(of: .entry)[most.element] == "P03" && most.isExtreme && most.excess > 8)
    }
}
