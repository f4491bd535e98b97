@testable import Evenhand
import LinearAlgebra
import TestSupport
import Testing

/// What heats gained, and the list under each assumption about them, against numpy and scipy (`FinalsFixture`).
@Suite struct HeatsTests {
    static func fit(_ label: String) throws -> CrossedEffects {
        try CrossedEffects(of: FinalsFixture.panels().totals.sheet, heats: label == "heats")
    }

    @Test(arguments: ["plain", "heats"]) func `the models are those of a dense likelihood`(label: String) throws {
        let (fit, variances) = (try Self.fit(label), try FinalsFixture.values(label + "_variance"))
        #expect(try agree(fit.criterion, FinalsFixture.value(label + "_criterion"), within: 1e-10))
        #expect(agree(fit.entryVariance, variances["entries"], within: 1e-4))
        #expect(agree(fit.judgeVariance, variances["judges"], within: 1e-4))
        #expect(agree(fit.residualVariance, variances["noise"], within: 1e-4))
        #expect(label == "plain" || agree(fit.heatVariance, variances["heats"], within: 1e-3))
        for (name, value) in zip(fit.sheet.entries, fit.fairAverages()) {
            #expect(try agree(value, FinalsFixture.values(label + "_fair")[name], within: 1e-5))
        }
        guard label == "heats" else { return }
        for (name, value) in zip(fit.sheet.entries, fit.fairAverages(heatMeans: .strength)) {
            #expect(try agree(value, FinalsFixture.values("heats_fair_strength")[name], within: 1e-5))
        }
    }

    @Test(arguments: [("plain", CrossedEffects.HeatMeans.leniency), ("heats", .leniency), ("heats", .strength)])
    func `a heat's luck is the severity of its panel, with the error of the posterior`(label: String, means: CrossedEffects.HeatMeans)
        throws
    {
        let luck = HeatLuck(of: try Self.fit(label), heatMeans: means)
        let points = try FinalsFixture.values("\(label)_luck_\(means.rawValue)")
        let errors = try FinalsFixture.values("\(label)_luck_se_\(means.rawValue)")
        #expect(luck.lucks.count == 3)
        for heat in luck.lucks {
            let name = "H\(heat.heat + 1)"
            #expect(agree(heat.points, points[name], within: 1e-3), "\(name)")
            #expect(agree(heat.error, errors[name], within: 1e-3), "\(name)")
            let interval = heat.interval(level: 0.95)
            #expect(agree(interval.upperBound - heat.points, 1.959963984540054 * heat.error, within: 1e-12))
            #expect(agree(heat.points - interval.lowerBound, 1.959963984540054 * heat.error, within: 1e-12))
        }
    }

    /// The judges are eliminated here. With V the covariance of the scores, c theirs with a combination k of judges' effects, and P = V⁻¹ −
    /// V⁻¹11ᵀV⁻¹ / 1ᵀV⁻¹1, the combination is predicted as cᵀPx with the error variance σ_J² |k|² − cᵀPc (Henderson 1975).
    @Test func `the luck of heats with more judges than entries is that of dense matrices`() throws {
        let sheet = try madeContest(
            entries: 6, judges: 10, panel: 5, seed: 12, severity: { 3 * Double($0 % 4) }, noise: { _ in 2 }, heats: 2)
        let fit = try CrossedEffects(of: sheet)
        #expect(!fit.design.isEntryEliminated && fit.judgeVariance > 1 && fit.entryVariance > 1)
        let rows = sheet.performances.flatMap { own in own.rows.map { (entry: own.entry, heat: own.heat, judge: sheet.judgeCodes[$0]) } }
        let factor = try Cholesky(
            Matrix(rows: rows.count, columns: rows.count) { a, b in
                (rows[a].entry == rows[b].entry ? fit.entryVariance : 0) + (rows[a].judge == rows[b].judge ? fit.judgeVariance : 0)
                    + (a == b ? fit.residualVariance : 0)
            })
        func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let (ones, points) = (factor.solve(rows.map { _ in 1 }), rows.indices.map { sheet.points(at: $0) })
        for luck in HeatLuck(of: fit).lucks {
            let own = rows.filter { Int($0.heat) == luck.heat }
            let shares = sheet.judges.indices.map { judge in
                Double(own.count { Int($0.judge) == judge }) / Double(own.count)
                    - Double(rows.count { Int($0.judge) == judge }) / Double(rows.count)
            }
            let shared = rows.map { fit.judgeVariance * shares[Int($0.judge)] }
            let (solved, mean) = (factor.solve(shared), product(ones, shared) / ones.reduce(0, +))
            let variance = fit.judgeVariance * product(shares, shares) - product(shared, solved) + mean * product(ones, shared)
            #expect(isClose(luck.points, product(solved, points) - mean * product(ones, points), relative: 1e-6))
            #expect(isClose(luck.error, variance.squareRoot(), relative: 1e-6))
        }
    }

    @Test func `readings rank by means, within heats, and with heats at random`() throws {
        let list = try FinalsFixture.panels()
        let readings = try #require(HeatAssumptions(of: list.totals.sheet))
        let all = [
            ("equalPanels", readings.equalPanels), ("equalHeats", readings.equalHeats), ("bothRandom", try #require(readings.bothRandom)),
            ("bothRandomLeniency", try #require(readings.bothRandomLeniency)),
        ]
        for (name, ranks) in all {
            let expected = try FinalsFixture.values("rank_" + name)
            #expect(ranks == list.entries.map { expected[$0]! }, "\(name)")
        }
        let depending = readings.depending(places: 4)
        #expect(depending == list.entries.indices.filter { entry in Set(all.map { $0.1[entry] <= 4 }).count == 2 })
        #expect(HeatAssumptions(of: try FinalsFixture.complete().totals.sheet) == nil)
    }

    /// Heats whose panels share no judge, of unlike severity: what a heat adds may count for its entries or not.
    @Test func `an entry that one reading alone takes in or leaves out depends on it`() throws {
        var alone = [0, 0, 0, 0]
        for seed in 0..<12 as Range<UInt64> {
            let sheet = try madeContest(
                entries: 18, judges: 9, panel: 3, seed: 60 + seed, severity: { 3 * Double($0 / 3) }, noise: { _ in 3 }, heats: 3)
            let readings = try #require(HeatAssumptions(of: sheet))
            let all = [
                readings.equalPanels, readings.equalHeats, try #require(readings.bothRandom), try #require(readings.bothRandomLeniency),
            ]
            for places in 1...17 {
                let isIn = sheet.entries.indices.map { entry in all.map { $0[entry] <= Double(places) } }
                #expect(readings.depending(places: places) == isIn.indices.filter { Set(isIn[$0]).count == 2 })
                for answers in isIn {
                    for reading in all.indices where answers.count(where: { $0 == answers[reading] }) == 1 { alone[reading] += 1 }
                }
            }
        }
        #expect(alone.allSatisfy { $0 > 0 }, "\(alone)")
    }

    /// As strength, what the heat gained is the entries' own; as leniency, it is taken from them.
    @Test func `entries of the heat with the highest scores rank better where heats differ in strength`() throws {
        var better = 0
        for seed in 60..<72 as Range<UInt64> {
            let sheet = try madeContest(
                entries: 18, judges: 9, panel: 3, seed: seed, severity: { 3 * Double($0 / 3) }, noise: { _ in 3 }, heats: 3)
            let (readings, heats) = (try #require(HeatAssumptions(of: sheet)), try #require(sheet.heatOfEntry))
            let totals = sheet.performances.reduce(into: [0.0, 0, 0]) { $0[Int($1.heat)] += sheet.units[$1.rows].reduce(0, +) }
            func sum(_ ranks: [Double]?) throws -> Double {
                zip(try #require(ranks), heats).reduce(0) { $0 + (totals[Int($1.1)] == totals.max() ? $1.0 : 0) }
            }
            let (strength, leniency) = (try sum(readings.bothRandom), try sum(readings.bothRandomLeniency))
            #expect(strength <= leniency, "\(seed)")
            better += strength < leniency ? 1 : 0
        }
        #expect(better > 3, "\(better)")
    }

    @Test func `the interval of the deviation of heats holds the estimate and grows with its level`() throws {
        let fit = try Self.fit("heats")
        let (wide, narrow) = (try fit.heatDeviationInterval(level: 0.9)!, try fit.heatDeviationInterval(level: 0.5)!)
        #expect(wide.contains(fit.heatVariance!.squareRoot()))
        #expect(wide.lowerBound <= narrow.lowerBound && narrow.upperBound < wide.upperBound)
        #expect(try Self.fit("plain").heatDeviationInterval(level: 0.9) == nil)
    }

    /// The posterior of the three ratios on a grid of their logarithms (`VariancePosterior` has the priors), by numpy 2.4.6 on dense matrices.
    @Test(arguments: [(0.9, 0.119, 5.164702395449026), (0.8, 0.233, 3.8538914139696017)])
    func `the interval of the deviation of heats has the posterior's quantiles`(level: Double, low: Double, high: Double) throws {
        let interval = try #require(try Self.fit("heats").heatDeviationInterval(level: level))
        #expect(agree(interval.lowerBound, low, within: 0.05) && agree(interval.upperBound, high, within: 0.05), "\(interval)")
        // Between the quantiles of 15 and 35 %.
        let narrow = try #require(try Self.fit("heats").heatDeviationInterval(level: 0.5))
        #expect((0.347...0.840).contains(narrow.lowerBound) && agree(narrow.upperBound, 2.3526721551416014, within: 0.05), "\(narrow)")
    }

    @Test(arguments: [CrossedEffects.HeatMeans.leniency, .strength])
    func `the luck of heats is that of what their means are taken for`(means: CrossedEffects.HeatMeans) throws {
        var rules = FinalsAnalysis.Rules(places: 4)
        (rules.model, rules.heatMeans, rules.draws) = (.crossed, means, 10)
        let list = try FinalsFixture.panels()
        let luck = try #require(try FinalsAnalysis(of: list, rules: rules, parts: [.heats]).luck)
        let fit = try CrossedEffects(of: list.totals.sheet, heats: true)
        for (found, expected) in zip(luck.lucks, HeatLuck(of: fit, heatMeans: means).lucks) {
            #expect(isClose(found.points, expected.points, relative: 1e-9) && isClose(found.error, expected.error, relative: 1e-9))
        }
    }
}
