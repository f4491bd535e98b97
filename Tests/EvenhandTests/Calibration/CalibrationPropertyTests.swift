import Evenhand
import TestSupport
import Testing

@Suite struct CalibrationPropertyTests {
    private static func calibration(_ sheet: ScoreSheet, assuming assumption: PanelAssumption? = nil) throws -> JudgeCalibration {
        try JudgeCalibration(of: Totals(of: sheet), assuming: assumption)
    }

    @Test func `a judge with three times the noise has an outfit above 3, and is erratic`() throws {
        let sheet = try madeContest(entries: 150, judges: 32, panel: 5, seed: 3, noise: { $0 == 7 ? 15 : 5 })
        let calibration = try CalibrationPropertyTests.calibration(sheet)
        #expect(try #require(calibration.fit?.judges[7]).outfit > 3)
        // What such noise leaves of the order of entries may be too little to tell from none: a second name for the same judge.
        #expect(calibration.flags.judges[7].filter { $0 != .unrelated } == [.erratic])
        #expect(calibration.flags.judges.enumerated().allSatisfy { $1.isEmpty || $0 == 7 }, "\(calibration.flags.judges)")
    }

    @Test func `a severe judge is found with the size of the severity`() throws {
        let sheet = try madeContest(entries: 120, judges: 20, panel: 5, seed: 4, severity: { $0 == 3 ? 6 : 0 })
        let calibration = try CalibrationPropertyTests.calibration(sheet)
        let size = try #require(calibration.severity?.judges[3])
        #expect(size.interval(level: 0.999).contains(6))
        #expect(calibration.flags.judges[3] == [.severe])
    }

    @Test func `a typing error is the first outlying score and beyond chance`() throws {
        let made = try madeContest(entries: 60, judges: 12, panel: 5, seed: 5)
        var rows: [ScoreSheet.Row] = []
        for performance in made.performances {
            for row in performance.rows {
                let name = (made.entries[Int(performance.entry)], made.judges[Int(made.judgeCodes[row])])
                let points = rows.count == 100 ? 7.4 : made.score(at: row)
                rows.append(ScoreSheet.Row(entry: name.0, judge: name.1, points: points))
            }
        }
        let outlying = try #require(CalibrationPropertyTests.calibration(ScoreSheet(rows)).outlying)
        #expect(outlying.scores.first?.row == 100)
        #expect(outlying.scores.filter(\.isBeyondChance).map(\.row) == [100])
        #expect((outlying.scores.first?.expected ?? 0) > 50)
    }

    @Test func `other units change sizes and nothing else`() throws {
        let fixture = try CalibrationFixture.totals()
        let small = try JudgeCalibration(of: fixture)
        let large = try JudgeCalibration(
            of: Totals(
                of: fixture.ballots,
                by: CriterionRule(weights: Dictionary(uniqueKeysWithValues: fixture.ballots.criteria.map { ($0, Fraction(10)) }))))
        for judge in small.sheet.judges.indices {
            #expect(isClose(10 * small.severity!.judges[judge]!.value, large.severity!.judges[judge]!.value, relative: 1e-9))
            #expect(isClose(small.fit!.judges[judge]!.outfit, large.fit!.judges[judge]!.outfit, relative: 1e-6))
            #expect(isClose(small.comparison!.judges[judge]!.noiseP!, large.comparison!.judges[judge]!.noiseP!, relative: 1e-6))
            #expect(isClose(small.consistency!.judges[judge]!, large.consistency!.judges[judge]!, relative: 1e-9))
        }
        #expect(small.flags.judges == large.flags.judges)
    }

    @Test func `severities add up to 0 in each subset, and across subsets only an assumption compares them`() throws {
        let sheet = try madeContest(
            entries: 60, judges: 12, panel: 4, seed: 6, severity: { $0 < 6 ? 0 : 4 }, noise: { _ in 2 }, heats: 2)
        let own = try #require(CalibrationPropertyTests.calibration(sheet).severity)
        #expect(!own.isComparable && own.panels.subsetCount == 2)
        func sums(_ severity: Severity) -> [Double] {
            (0..<2).map { subset in
                zip(severity.judges, severity.panels.subsetOfJudge).reduce(0) { $0 + ($1.1 == Int32(subset) ? $1.0?.value ?? .nan : 0) }
            }
        }
        #expect(sums(own).allSatisfy { $0.magnitude < 1e-9 })
        let equalPanels = try #require(CalibrationPropertyTests.calibration(sheet, assuming: .equalPanels).severity)
        #expect(equalPanels.isComparable && equalPanels.judges == own.judges)
        let equalHeats = try #require(CalibrationPropertyTests.calibration(sheet, assuming: .equalHeats).severity)
        let found = sums(equalHeats)
        #expect((found[0] + found[1]).magnitude < 1e-9)
        // The difference of the panels is that of the heats' means.
        let means = sheet.heats.indices.map { heat in
            let units = sheet.performances.filter { Int($0.heat) == heat }.flatMap { $0.rows.map { sheet.units[$0] } }
            return units.reduce(0, +) / Double(units.count) / sheet.unitsPerPoint
        }
        #expect((found[1] / 6 - found[0] / 6 - (means[0] - means[1])).magnitude < 0.5)
        #expect(zip(own.judges, equalHeats.judges).allSatisfy { $0!.standardError < $1!.standardError })
        let random = try #require(CalibrationPropertyTests.calibration(sheet, assuming: .bothRandom).severity)
        #expect(random.judges.allSatisfy { $0?.degreesOfFreedom == .infinity })
    }

    @Test(
        arguments: [
            ("one judge", ["A": "5", "B": "7", "C": "6"]), ("one entry", ["A": "5 6 7"]), ("two by two", ["A": "5 6", "B": "7 9"]),
            ("all equal", ["A": "5 5 5", "B": "5 5 5", "C": "5 5 5"]), ("no rest", ["A": "5 6 7", "B": "6 7 8", "C": "7 8 9"]),
            ("one score each", ["A": "5 - -", "B": "- 6 -", "C": "- - 7"]),
            ("a judge who left", ["A": "5 6 8", "B": "6 7 -", "C": "7 9 -"]),
        ] as [(String, KeyValuePairs<String, String>)])
    func `awkward sheets have an answer without what cannot be computed`(name: String, entries: KeyValuePairs<String, String>) throws {
        let calibration = try CalibrationPropertyTests.calibration(sheet(entries))
        let sizes = try #require(calibration.severity).judges.compactMap(\.self)
        #expect(sizes.allSatisfy { $0.value.isFinite && $0.standardError.isFinite })
        let fits = calibration.fit?.judges.compactMap(\.self) ?? []
        #expect(fits.allSatisfy { $0.outfit.isFinite && $0.infit.isFinite })
        if name != "a judge who left", name != "two by two" {
            #expect(calibration.flags.judges.allSatisfy { $0.allSatisfy { $0 == .flat } })
        }
        if name == "all equal" { #expect(calibration.flags.judges == [[.flat], [.flat], [.flat]]) }
        if name == "one judge" { #expect(sizes.isEmpty && calibration.obstacle != nil) }
    }

    @Test func `a position that the rows of a performance disagree about is unknown`() throws {
        let text = "entry,judge,score,order\nA,J,5,1\nA,K,6,1\nB,J,4,2\nB,K,6,3\nC,J,4,x\nC,K,4,x\nD,J,1,-2\nD,K,2,-2.0"
        #expect(try sheet(text).performances.map(\.order) == [1, nil, nil, -2])
        #expect(try sheet("entry,judge,score\nA,J,5").performances.map(\.order) == [nil])
    }
}
