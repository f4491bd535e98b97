@testable import Evenhand
import TestSupport
import LinearAlgebra
import Testing

@Suite struct PosteriorDrawsTests {
    /// The posterior of a fixture for known variances.
    struct Known: Sendable, CustomTestStringConvertible {
        let name: String
        let subject: DrawSubject
        let about: String
        let variance: Double
        let ratios: (entry: Double, judge: Double)

        var testDescription: String { "\(name), \(about)" }

        static let all = [("10x6", 4.0, (2.0, 1.0)), ("6x9", 3.0, (1.5, 2.0))].flatMap { name, variance, ratios in
            [("merit", DrawSubject.merit), ("new-panel", .newPanel), ("same-judges", .sameJudges(repeatable: 0.4))].map {
                Known(name: name, subject: $1, about: $0, variance: variance, ratios: ratios)
            }
        }

        func draws(_ count: Int) throws -> PosteriorDraws {
            let sheet = try sheet(fixture("ranking/posterior_\(name).csv"))
            let codes = [Int32](repeating: 0, count: sheet.entries.count)
            let design = CrossedDesign(of: sheet, heats: false, groups: codes, groupCount: 1)
            let ordered = design.isEntryEliminated ? [ratios.entry, ratios.judge] : [ratios.judge, ratios.entry]
            let equations = try CrossedEquations(design, ratios: ordered, by: .reml)
            let combinations = EntryCombinations(design, groupCodes: codes, subject: subject, heats: [], countsHeats: false)
            return CrossedEffects.draws(count, from: [(equations, 1)], combinations, variance: variance, seed: 11)
        }
    }

    /// Dense normal equations and draws of numpy (`Fixtures/ranking`).
    @Test(arguments: Known.all)
    func `draws have the posterior's mean, covariance and ranks`(known: Known) throws {
        let count = 5000
        let expected = try rows(of: "ranking/posterior_\(known.name)_posterior.csv").filter { $0["about"] == known.about }
        let (draws, size) = (try known.draws(count), expected.count)
        let all = draws.all
        let means = expected.indices.map { entry in all.reduce(0) { $0 + $1[entry] } / Double(count) }
        func covariance(_ a: Int, _ b: Int) -> Double { Double(expected[a]["cov\(b + 1 < 10 ? "0" : "")\(b + 1)"]!)! }
        var worst = 0.0
        for a in 0..<size {
            worst = max(worst, (means[a] - Double(expected[a]["mean"]!)!).magnitude / (covariance(a, a) / Double(count)).squareRoot())
            for b in 0...a {
                let found = all.reduce(0) { $0 + ($1[a] - means[a]) * ($1[b] - means[b]) } / Double(count)
                let error = ((covariance(a, a) * covariance(b, b) + covariance(a, b) * covariance(a, b)) / Double(count)).squareRoot()
                worst = max(worst, (found - covariance(a, b)).magnitude / error)
            }
        }
        #expect(worst < 4.5)
        let ranks = try RankUncertainty(of: draws, places: 3)
        for entry in 0..<size {
            let p = Double(expected[entry]["top3"]!)!
            #expect(isClose(ranks.topProbabilities[entry], p, absolute: 4.5 * (p * (1 - p) / Double(count)).squareRoot()))
            #expect(isClose(ranks.expectedRanks[entry], Double(expected[entry]["expected_rank"]!)!, absolute: 0.12))
        }
    }

    @Test func `the same seed gives the same draws, in blocks or all at once`() throws {
        let fit = try CrossedEffects(of: sheet(fixture("ranking/posterior_10x6.csv")))
        let (a, b) = (try fit.draws(700, seed: 4), try fit.draws(700, seed: 4))
        #expect(a.all == b.all && a.count == 700)
        #expect(a.blocks.indices.flatMap { a.block($0) } == a.all.flatMap(\.self))
        #expect(try fit.draws(700, seed: 5).all != a.all)
    }

    @Test func `a normal vector is drawn with its covariance`() throws {
        let draws = try PosteriorDraws(means: [1, 2], covariance: [[4, -1.2], [-1.2, 1]], count: 40_000, seed: 8).all
        func mean(_ value: ([Double]) -> Double) -> Double { draws.reduce(0) { $0 + value($1) } / 40_000 }
        #expect(isClose(mean { $0[0] }, 1, absolute: 0.05) && isClose(mean { $0[1] }, 2, absolute: 0.025))
        #expect(isClose(mean { ($0[0] - 1) * ($0[1] - 2) }, -1.2, absolute: 0.12))
        #expect(throws: FitError.notPositiveDefinite(minor: 2)) {
            try PosteriorDraws(means: [0, 0], covariance: [[1, 2], [2, 1]], count: 1, seed: 1)
        }
    }

    @Test func `chi-squared numbers have their mean and variance`() {
        for freedom in [0.5, 1, 3, 92] {
            var stream = RandomStream(seed: 6)
            let numbers = (0..<40_000).map { _ in stream.chiSquared(freedom) }
            let mean = numbers.reduce(0, +) / 40_000
            let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40_000
            #expect(isClose(mean, freedom, absolute: 4.5 * (2 * freedom / 40_000).squareRoot()))
            #expect(isClose(variance, 2 * freedom, relative: 4.5 * ((2 + 12 / freedom) / 40_000).squareRoot()))
        }
    }

    /// With σ² unknown they are Student's t of ν degrees of freedom: squares/ν · ν/(ν − 2), and 4.8 % instead of 2 % beyond 2.3 of ν = 6.
    @Test func `draws with an unknown variance have Student's tails`() throws {
        var stream = RandomStream(seed: 12)
        let normal = StructuredNormal(
            means: [3], mixing: .product(Matrix(rows: 1, columns: 1)), own: [1], scale: .drawn(squares: 24, freedom: 6))
        let draws = normal.draws(60_000, from: &stream).map { ($0 - 3) / 2 }
        #expect(isClose(draws.reduce(0) { $0 + $1 * $1 } / 60_000, 1.5, relative: 0.05))
        let beyond = Double(draws.count { $0.magnitude > 2.3 }) / 60_000
        #expect(isClose(beyond, 2 * StudentT(degreesOfFreedom: 6).upperTail(2.3), absolute: 0.004))
    }

    /// Judges of their own for each entry: with items as without, a new panel adds what they differ by.
    @Test(arguments: [false, true]) func `a new panel scatters more than what entries are worth`(hasItems: Bool) throws {
        var stream = RandomStream(seed: 15)
        var rows: [ScoreSheet.Row] = []
        let judges = (0..<6).map { _ in 3 * stream.normal() }
        for entry in 0..<12 {
            for judge in 0..<6 {
                for item in 0..<(hasItems ? 4 : 1) {
                    let points = 70 + Double(entry) + judges[judge] + 2 * stream.normal() + Double(item)
                    rows.append(
                        .init(
                            entry: "E\(10 + entry)", judge: "J\(judge)", points: (points * 10).rounded() / 10,
                            item: hasItems ? "I\(item)" : nil))
                }
            }
        }
        let sheet = try ScoreSheet(rows)
        let model = try MeritModel(of: OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean))))
        func spread(_ subject: DrawSubject) throws -> Double {
            let gaps = try model.draws(4000, of: subject, seed: 2).all.map { $0[11] - $0[0] }
            let mean = gaps.reduce(0, +) / 4000
            return (gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000).squareRoot()
        }
        #expect(try spread(.newPanel) > 1.1 * spread(.merit))
    }

    @Test func `sources divided in each draw give the numbers of those that were divided before`() throws {
        let matrix = Matrix(rows: 3, columns: 3) { [[4.0, 1, 0.5], [1, 3, -0.4], [0.5, -0.4, 2]][$0][$1] }
        let coefficients = Matrix(rows: 3, columns: 4) { [[1.0, 0, 2, 0], [0, -1, 0.5, 0], [3, 0, 0, 0.25]][$0][$1] }
        let cholesky = try Cholesky(matrix)
        var builder = SparseRowBuilder(columnCount: 3)
        for entry in 0..<4 {
            for (column, value) in coefficients.column(entry).enumerated() where value != 0 { builder.add(value, at: column) }
            builder.endRow()
        }
        let ways: [StructuredNormal.Mixing] = [.product(cholesky.whitened(coefficients)), .factored(cholesky, builder.rows())]
        let draws = ways.map { mixing in
            var stream = RandomStream(seed: 4)
            return StructuredNormal(means: [1, 2, 3, 4], mixing: mixing, own: [0, 0.5, 0, 1], scale: .known(2)).draws(50, from: &stream)
        }
        #expect(zip(draws[0], draws[1]).allSatisfy { ($0 - $1).magnitude < 1e-12 } && Set(draws[0]).count > 150)
    }
}
