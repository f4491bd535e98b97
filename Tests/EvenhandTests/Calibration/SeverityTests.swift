@testable import Evenhand
import TestSupport
import Testing

@Suite struct SeverityTests {
    /// In a complete table a severity is the mean over entries of how far the judge lies below the others, so that its error follows from
    /// the spread of these differences.
    @Test func `in a complete table the error is that of a judge's differences from the others, leaning on all`() throws {
        let sheet = try madeContest(entries: 12, judges: 5, panel: 5, seed: 9, severity: Double.init, noise: { Double(1 + $0) })
        let fit = try Additive(of: sheet)
        let severity = Severity(of: fit, crossed: nil, assuming: nil)
        var scores = [[Double]](repeating: [Double](repeating: 0, count: 5), count: 12)
        for performance in sheet.performances {
            for row in performance.rows {
                scores[Int(performance.entry)][Int(sheet.judgeCodes[row])] = sheet.units[row] / sheet.unitsPerPoint
            }
        }
        for judge in 0..<5 {
            let differences = scores.map { ($0.reduce(0, +) - $0[judge]) / 4 - $0[judge] }
            let mean = differences.reduce(0, +) / 12
            let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let panel = fit.residualVariance! * 5 / 4
            let estimate = try #require(severity.judges[judge])
            #expect(isClose(estimate.value, mean, relative: 1e-9, absolute: 1e-9))
            #expect(isClose(estimate.standardError, ((squares + panel) / 12 / 12).squareRoot(), relative: 1e-9))
            #expect(isClose(estimate.degreesOfFreedom, 12, relative: 1e-9))
        }
    }

    @Test func `two judges know no more of their noise together than alone`() throws {
        let sheet = try madeContest(entries: 8, judges: 2, panel: 2, seed: 4)
        let judges = Severity(of: try Additive(of: sheet), crossed: nil, assuming: nil).judges
        #expect(judges.allSatisfy { $0?.degreesOfFreedom == 7 })
    }

    /// By hand: the means are 5.5 and 7 in one heat, and 1.5, 3.5 and 5.5 in the other.
    @Test func `a judge is compared with the others of the own heat, not with all`() throws {
        let sheet = try sheet(["A": "5 7 - - -", "B": "6 7 - - -", "C": "- - 1 4 4", "D": "- - 2 3 7"])
        let severity = Severity(of: try Additive(of: sheet), crossed: nil, assuming: nil)
        #expect(severity.panels.subsetCount == 2)
        for (judge, points) in zip(severity.judges, [1.5, -1.5, 3, 0, -3]) {
            #expect(isClose(try #require(judge).value, points, absolute: 1e-12))
        }
    }

    /// `JudgeStudy` has the table; intervals of one noise for all hold for 87 % of such judges.
    @Test func `intervals hold for the noisiest judge as for the quietest`() throws {
        var holds = [0, 0]
        for contest in 0..<400 {
            let severities = [2.0, -1, 0, 3, -4]
            let sheet = try madeContest(
                entries: 12, judges: 5, panel: 5, seed: UInt64(5_000 + contest), severity: { severities[$0] },
                noise: { [8, 5, 5, 5, 3][$0] })
            let judges = Severity(of: try Additive(of: sheet), crossed: nil, assuming: nil).judges
            for (position, judge) in [0, 4].enumerated() {
                holds[position] += judges[judge]?.interval().contains(severities[judge]) ?? false ? 1 : 0
            }
        }
        #expect(holds.allSatisfy { (368...394).contains($0) }, "\(holds)")
    }

    /// One heat of strong entries by chance: its panel seems lenient, and the error knows it.
    @Test func `under equal heats the draw of the entries is part of the error`() throws {
        let sheet = try madeContest(entries: 24, judges: 10, panel: 5, seed: 6, entrySD: 10, noise: { _ in 1 }, heats: 2)
        let fit = try Additive(of: sheet)
        let severity = Severity(of: fit, crossed: nil, assuming: .equalHeats)
        // Half of the difference of two means of 12 entries.
        let least = 10 * (2.0 / 12).squareRoot() / 2
        #expect(severity.judges.allSatisfy { ($0?.standardError ?? 0) > 0.6 * least })
        #expect(fit.judgeErrors!.allSatisfy { $0 < 0.5 })
    }

    /// Two heats of 12 and 6 entries before panels of 5 and 5. Against the average panel a judge's heat weighs ½ and the other one ½, so that
    /// the variance of entries within heats, s² on 12 + 6 − 2 degrees of freedom, adds (½)² s²/12 + (½)² s²/6.
    @Test func `under equal heats the draw of each heat counts by its share of the judges`() throws {
        let sheet = try madeContest(entries: 24, judges: 10, panel: 5, seed: 6, entrySD: 4, heats: 2)
        let kept = sheet.performances.indices.filter { sheet.performances[$0].heat == 0 || $0 % 2 == 0 }
        let fewer = sheet.selecting(performances: kept) { _ in true }
        let fit = try Additive(of: fewer)
        let sizes = [0, 1].map { heat in fewer.performances.count { $0.heat == heat } }
        #expect(sizes == [12, 6])
        var squares = 0.0
        for heat in 0..<2 {
            let means = fewer.performances.filter { Int($0.heat) == heat }.map { own in
                own.rows.reduce(0) { $0 + fewer.points(at: $1) } / Double(own.rows.count)
            }
            let mean = means.reduce(0, +) / Double(means.count)
            squares += means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        let drawn = squares / 16 * (1.0 / 12 + 1.0 / 6) / 4
        let panels = [nil, PanelAssumption.equalHeats].map { Severity(of: fit, crossed: nil, assuming: $0).againstAll }
        for (within, across) in zip(panels[0], panels[1]) {
            let (a, b) = (try #require(within).standardError, try #require(across).standardError)
            #expect(isClose(b * b - a * a, drawn, relative: 1e-9))
        }
    }

    /// The median of m normal values has the variance π/2 · σ²/m, of three and fewer taken as σ²/m; so a judge's distance to the median of
    /// the others has σ²(1 + π/(2m)), where the distance to the mean of all m + 1 has σ² m/(m + 1).
    @Test(arguments: [3, 4, 5, 9]) func `the error of a distance to the median knows that medians vary more than means`(judges: Int) throws
    {
        let sheet = try madeContest(entries: 20, judges: judges, panel: judges, seed: 3)
        let severity = Severity(of: try Additive(of: sheet), crossed: nil, assuming: nil)
        let others = Double(judges - 1)
        let factor = ((1 + (judges > 3 ? Double.pi / 2 : 1) / others) * Double(judges) / others).squareRoot()
        for (all, median) in zip(severity.againstAll, severity.againstMedian) {
            #expect(try isClose(#require(median).standardError, factor * #require(all).standardError, relative: 1e-12, absolute: 0))
        }
    }

    /// The median of the others of each heat, weighted with the number of judges of the heat; here heats of three and of five.
    @Test func `under equal heats the others are the medians of all heats, as many judges as they have`() throws {
        let rows = try [(first: 0, judges: 0..<3), (first: 8, judges: 3..<8)].flatMap { heat in
            let sheet = try madeContest(
                entries: 8, judges: 8, panel: 8, seed: UInt64(21 + heat.first), severity: { 2 * Double($0 * $0 % 5) })
            return sheet.performances.flatMap { performance in
                performance.rows.filter { heat.judges.contains(Int(sheet.judgeCodes[$0])) }.map { row in
                    ScoreSheet.Row(
                        entry: "E\(heat.first + Int(performance.entry))", judge: "J\(sheet.judgeCodes[row])", points: sheet.points(at: row))
                }
            }
        }
        let severity = Severity(of: try Additive(of: ScoreSheet(rows)), crossed: nil, assuming: .equalHeats)
        let values = try severity.againstAll.map { try #require($0?.value) }
        func median(_ judges: [Int]) -> Double {
            let sorted = judges.map { values[$0] }.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }
        for (judge, found) in severity.againstMedian.enumerated() {
            let heats = [Array(0..<3), Array(3..<8)].map { $0.filter { $0 != judge } }
            let others = (3 * median(heats[0]) + 5 * median(heats[1])) / 8
            #expect(try isClose(#require(found).value, values[judge] - others, relative: 1e-9, absolute: 1e-9))
        }
    }
}
