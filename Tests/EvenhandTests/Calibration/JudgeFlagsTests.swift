@testable import Evenhand
import TestSupport
import Testing

@Suite struct JudgeFlagsTests {
    private static let panel = FlagContest("24 entries, 5 judges", entries: 24, judges: 5, panel: 5)

    private static func calibration(
        _ contest: FlagContest, seed: UInt64, number: Int, assuming assumption: PanelAssumption? = nil
    ) throws -> JudgeCalibration {
        try JudgeCalibration(of: Totals(of: contest.sheet(seed: seed, contest: number)), assuming: assumption, parts: [.judges])
    }

    /// The long study has a thousand contests of each kind; at 5 % six or more of forty would come up once in 70 times.
    @Test(arguments: [false, true], [1, 6])
    func `contests in which no judge differs seldom show a flag, with heavy tails and under equal heats too`(isHeavy: Bool, heats: Int)
        throws
    {
        var contest =
            heats == 1 ? Self.panel : FlagContest("heats", entries: 12 * heats, judges: 4 * heats, panel: 4, heats: heats)
        contest.hasHeavyTails = isHeavy
        let flagged = try (0..<40).count { number in
            let calibration = try Self.calibration(contest, seed: 71, number: number, assuming: heats == 1 ? nil : .equalHeats)
            return calibration.flags.flaggedCount > 0
        }
        #expect(flagged < 6)
    }

    /// 1.645 is the 95 % quantile of the normal distribution.
    @Test func `a correlation that is clear of 0 is neither opposed nor unrelated`() {
        #expect([-3, -1.65, -1.64, 0, 1.64].map(JudgeFlags.following) == [.opposed, .opposed, .unrelated, .unrelated, .unrelated])
        #expect([1.65, 3].allSatisfy { JudgeFlags.following($0) == nil })
    }

    @Test(
        arguments: [
            (.severe, .severe), (.noisy, .erratic), (.opposed, .opposed), (.unrelated, .unrelated), (.constant, .flat), (.copying, .copies),
        ] as [(FlagContest.Odd, JudgeFlags.Flag)])
    func `one odd judge is found, and hardly anybody else is flagged`(odd: FlagContest.Odd, flag: JudgeFlags.Flag) throws {
        var contest = Self.panel
        contest.odd = odd
        var (found, innocent) = (0, 0)
        for number in 0..<30 {
            let calibration = try Self.calibration(contest, seed: 72, number: number)
            let flags = Dictionary(uniqueKeysWithValues: zip(calibration.sheet.judges, calibration.flags.judges))
            found += flags[FlagContest.oddJudge]?.contains(flag) ?? false ? 1 : 0
            let guilty = odd == .copying ? [FlagContest.oddJudge, "J101"] : [FlagContest.oddJudge]
            innocent += flags.contains { !$0.value.isEmpty && !guilty.contains($0.key) } ? 1 : 0
        }
        // Of a thousand contests an unrelated judge is found in 78 %, any other in 97 % and more: three standard deviations of 30 below.
        let least = odd == .unrelated ? 17 : 27
        #expect(found >= least, "\(found)")
        #expect(innocent <= 5, "\(innocent)")
    }

    /// J0 has one impression for all criteria, likes the entries of its city, or gives more the later an entry appears.
    @Test(arguments: [JudgeFlags.Flag.halo, .home, .drift])
    func `one impression, partiality and drift are found, each with its judge`(flag: JudgeFlags.Flag) throws {
        var stream = RandomStream(seed: 12)
        let (cities, orders) = (["杭州", "宁波"], stream.shuffled(Array(1...40)))
        var lines = ["entry,order,judge,criterion,score"]
        for entry in 0..<40 {
            let qualities = (0..<3).map { _ in 60 + 5 * stream.normal() }
            for judge in 0..<6 {
                let odd = judge == 0 ? flag : nil
                let impression = odd == .halo ? 4 * stream.normal() : 0
                let more = impression + (odd == .home && entry % 2 == 0 ? 5 : 0) + (odd == .drift ? 0.2 * Double(orders[entry]) : 0)
                for criterion in 0..<3 {
                    let points = qualities[criterion] + more + 2 * stream.normal()
                    lines.append("E\(10 + entry),\(orders[entry]),J\(judge),C\(criterion),\((10 * points).rounded() / 10)")
                }
            }
        }
        let contest = try sheet(lines.joined(separator: "\n"))
            .adding(entryAttributes: [Attribute(name: "city", values: Factor((0..<40).map { cities[$0 % 2] }))])
            .adding(judgeAttributes: [Attribute(name: "city", values: Factor((0..<6).map { cities[$0 % 2] }))])
        let flags = try JudgeCalibration(of: Totals(of: contest)).flags.judges
        #expect(flags.map { $0.contains(flag) } == [true, false, false, false, false, false], "\(flags)")
    }

    /// J100 gives the entries of its own city five points less than the others do.
    @Test func `a judge who is harder on entries from home has no flag for it`() throws {
        let made = try madeContest(entries: 40, judges: 6, panel: 6, seed: 12, noise: { _ in 2 })
        let units = made.performances.flatMap { performance in
            performance.rows.map { row in
                made.units[row] - (performance.entry % 2 == 0 && made.judgeCodes[row] == 0 ? 5 * made.unitsPerPoint : 0)
            }
        }
        let contest = made.replacing(units: units)
            .adding(entryAttributes: [Attribute(name: "city", values: Factor((0..<40).map { ["X", "Y"][$0 % 2] }))])
            .adding(judgeAttributes: [Attribute(name: "city", values: Factor((0..<6).map { $0 == 0 ? "X" : "Z" }))])
        let calibration = try JudgeCalibration(of: Totals(of: contest))
        let size = try #require(calibration.homeBiases.first?.judges.first?.size)
        #expect(size.value < -3 && (size.p ?? 1) < 1e-6 && calibration.flags.families.contains(.home))
        #expect(calibration.flags.judges.allSatisfy { !$0.contains(.home) }, "\(calibration.flags.judges)")
    }

    @Test func `noise ratio and correlation with the others are those of dense regressions`() throws {
        let calibration = try CalibrationFixture.calibration()
        let comparison = try #require(calibration.comparison)
        let judges = Dictionary(uniqueKeysWithValues: zip(calibration.sheet.judges, comparison.judges))
        var misses = try CalibrationFixture.misses("noise_ratio", judges.mapValues { $0?.noiseRatio })
        misses += try CalibrationFixture.misses("following", judges.mapValues { $0?.correlation })
        #expect(misses.isEmpty, "\(misses)")
    }

    @Test func `equal heats leave the chance of who met which heat in the error`() throws {
        // Balanced heats of 12 entries and 4 judges: Var = s̃²/12 (1 − 1/4) within the panel by the judge's own noise, and S²/12 (1 − 1/H)
        // of the heats' means, S² their entries' variance.
        let contest = FlagContest("heats", entries: 72, judges: 24, panel: 4, heats: 6)
        let calibration = try Self.calibration(contest, seed: 73, number: 0, assuming: .equalHeats)
        let (fit, severity) = (try #require(calibration.additive), try #require(calibration.severity))
        let sheet = calibration.sheet
        let heatOfEntry = sheet.performances.reduce(into: [Int](repeating: 0, count: 72)) { $0[Int($1.entry)] = Int($1.heat) }
        let squares = (0..<6).reduce(0.0) { sum, heat in
            let own = fit.fairAverages.indices.filter { heatOfEntry[$0] == heat }.map { fit.fairAverages[$0] }
            let mean = own.reduce(0, +) / 12
            return sum + own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        let noise = try #require(fit.residualVariance)
        for (found, ratio) in zip(severity.judges, JudgeNoise(of: fit).ratios) {
            let expected = (ratio * noise / 12 * 0.75 + squares / 66 / 12 * (1 - 1.0 / 6)).squareRoot() * 24 / 23
            #expect(isClose(found?.standardError ?? 0, expected, relative: 1e-9))
        }
    }

    @Test func `a judge noisier than the median of the others and less noisy than all of them together has no flag`() throws {
        let sheet = try madeContest(entries: 300, judges: 7, panel: 7, seed: 21, noise: { [12, 1, 1, 1, 1, 3, 1][$0] })
        let calibration = try JudgeCalibration(of: Totals(of: sheet))
        let comparison = try #require(calibration.comparison?.judges[5])
        #expect(comparison.isNoisier && (comparison.noiseRatio ?? 1) < 1 && (comparison.noiseP ?? 1) < 0.01)
        #expect(calibration.flags.judges[0].contains(.erratic))
        #expect(!calibration.flags.judges[5].contains(.erratic) && !calibration.flags.judges[5].contains(.predictable))
    }

    @Test func `each family of questions has its share of the level`() throws {
        // Adjusted p-values that a family would flag if it were the only one.
        var between = 0
        for number in 0..<20 {
            let sheet = try madeContest(
                entries: 24, judges: 5, panel: 5, seed: UInt64(7_400 + number), severity: { [0, 0, 1, 2, 3][$0] },
                noise: { [4, 4, 4, 4, 6][$0] })
            let calibration = try JudgeCalibration(of: Totals(of: sheet), parts: [.judges])
            let (flags, share) = (calibration.flags, 0.05 / Double(calibration.flags.families.count))
            #expect(flags.families.count > 3 && isClose(flags.familyLevel, share))
            let severity = PAdjustment.bh.adjusted(try #require(calibration.severity).againstMedian.map { $0?.p })
            for (own, p) in zip(flags.judges, severity) {
                #expect((own.contains(.severe) || own.contains(.lenient)) == (p! <= share), "\(number)")
                between += share < p! && p! <= 0.05 ? 1 : 0
            }
            for (own, p) in zip(flags.judges, try #require(calibration.comparison).judges.map { $0?.noiseP }) where p! > share {
                #expect(!own.contains(.erratic) && !own.contains(.predictable), "\(number)")
                between += p! <= 0.05 ? 1 : 0
            }
        }
        #expect(between > 5)
    }
}
