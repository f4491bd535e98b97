@testable import Evenhand
import TestSupport
import Testing

@Suite struct AdditiveTests {
    @Test func `more judges than memory has room for two by two are refused beforehand`() throws {
        let count = 400_000
        let rows = (0..<count).flatMap { judge in
            (0..<2).map { ScoreSheet.Row(entry: "E\($0)", judge: "J\(judge)", points: Double((judge + $0) % 7)) }
        }
        let sheet = try ScoreSheet(rows)
        let error = #expect(throws: FitError.self) { try Additive(of: sheet) }
        guard case .tooLarge(of: "judges", count: count, let bytes, let limit) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(bytes == 3 * 8 * Double(count) * Double(count) && Double(limit) < bytes)
        #expect(throws: FitError.self) { try JudgePairs(of: sheet) }
    }

    @Test func `in a complete table fair averages are means and effects differences of means`() throws {
        let sheet = try sheet(["A": "7 8 6", "B": "5 9 4", "C": "8 8 9"])
        let fit = try Additive(of: sheet)
        #expect(zip(fit.fairAverages, [7, 6, 25.0 / 3]).allSatisfy { isClose($0, $1, relative: 1e-14) })
        // Judges' means 20/3, 25/3 and 19/3 less the grand mean 64/9.
        #expect(zip(fit.judgeEffects, [-4.0 / 9, 11.0 / 9, -7.0 / 9]).allSatisfy { isClose($0, $1, relative: 1e-13) })
        // Sums of squares of the two-way table: total 224/9, entries 74/9, judges 62/9, so 88/9 on 4 degrees of freedom.
        #expect(fit.degreesOfFreedom == 4)
        #expect(isClose(fit.residualVariance!, 22.0 / 9, relative: 1e-13))
        #expect(fit.fairAverageErrors!.allSatisfy { isClose($0, (22.0 / 27).squareRoot(), relative: 1e-12) })
        #expect(fit.judgeErrors!.allSatisfy { isClose($0, (22.0 / 9 * 2 / 9).squareRoot(), relative: 1e-12) })
    }

    @Test func `a severe judge is taken out of an incomplete table`() throws {
        // J1 gives 2 points more than J2, J3 1 point less than J2; entries are 10, 20, 30, 40 by J2's measure.
        let sheet = try sheet(["A": "12 10 -", "B": "- 20 19", "C": "32 - 29", "D": "- 40 -"])
        let fit = try Additive(of: sheet)
        let (effects, averages) = (fit.judgeEffects.map { $0 * 3 }, fit.fairAverages.map { $0 * 3 })
        #expect(zip(effects, [5, -1, -4]).allSatisfy { isClose($0, $1, relative: 1e-12) })
        #expect(zip(averages, [31, 61, 91, 121]).allSatisfy { isClose($0, $1, relative: 1e-12) })
    }

    @Test func `judges of each subset add up to 0`() throws {
        let sheet = try sheet(["A": "1 3 - -", "B": "2 6 - -", "C": "- - 7 8", "D": "- - 9 6"])
        let fit = try Additive(of: sheet)
        #expect(fit.panels.subsetCount == 2)
        #expect(isClose(fit.judgeEffects[0] + fit.judgeEffects[1], 0, absolute: 1e-13))
        #expect(isClose(fit.judgeEffects[2] + fit.judgeEffects[3], 0, absolute: 1e-13))
        #expect(zip(fit.fairAverages, [2, 4, 7.5, 7.5]).allSatisfy { isClose($0, $1, relative: 1e-13) })
        #expect(fit.degreesOfFreedom == 2)
    }

    /// The definition: what a score's residual changes by when the score changes by one.
    @Test func `the freedom of a score is the part of it that its residual keeps`() throws {
        let contest = try madeContest(entries: 14, judges: 6, panel: 3, seed: 4)
        let fit = try Additive(of: contest)
        let freedoms = fit.design.freedoms
        for row in contest.units.indices {
            var units = contest.units
            units[row] += contest.unitsPerPoint
            let change = try Additive(of: contest.replacing(units: units)).residuals[row] - fit.residuals[row]
            #expect(isClose(freedoms[row], change, relative: 1e-9, absolute: 1e-9), "\(row)")
        }
        #expect(isClose(freedoms.reduce(0, +), Double(fit.degreesOfFreedom), relative: 1e-9, absolute: 0))
    }

    @Test func `without degrees of freedom there are no standard errors`() throws {
        let fit = try Additive(of: try sheet(["A": "1 3", "B": "2 -"]))
        #expect(fit.degreesOfFreedom == 0)
        #expect(fit.fairAverageErrors == nil && fit.judgeErrors == nil && fit.residualVariance == nil)
    }
}
