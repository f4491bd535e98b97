@testable import Evenhand
import TestSupport
import Testing

/// Expected: `Fixtures/calibration`, dense numpy (dummy variables, the inverse of the covariance matrix, scores really left out); severity,
/// home bias and outfit agree with R's lm and with hatvalues of lme4. The standard error of a severity has the judge's own noise in
/// place of lm's.
@Suite struct JudgeCalibrationTests {
    @Test func `severity is least squares with an interval by t from the judge's own noise`() throws {
        let calibration = try CalibrationFixture.calibration()
        let (names, sizes) = (calibration.sheet.judges, try #require(calibration.severity).judges)
        func named(_ value: (Estimate) -> Double) -> [String: Double?] {
            Dictionary(uniqueKeysWithValues: zip(names, sizes.map { $0.map(value) }))
        }
        var misses = try CalibrationFixture.misses("severity", named(\.value))
        let errors = try #require(calibration.additive?.judgeErrors)
        misses += try CalibrationFixture.misses("severity_se_lm", Dictionary(uniqueKeysWithValues: zip(names, errors)))
        misses += try CalibrationFixture.misses("severity_se", named(\.standardError))
        misses += try CalibrationFixture.misses("severity_low", named { $0.interval().lowerBound })
        misses += try CalibrationFixture.misses("severity_high", named { $0.interval().upperBound })
        #expect(misses.isEmpty, "\(misses)")
    }

    @Test func `infit, outfit, leverage and deleted residuals are those of the dense model`() throws {
        let calibration = try CalibrationFixture.calibration()
        let (sheet, crossed) = (calibration.sheet, try #require(calibration.crossed))
        let fit = Dictionary(uniqueKeysWithValues: zip(sheet.judges, try #require(calibration.fit).judges))
        // The reference found the variances to 7 digits.
        var misses = try CalibrationFixture.misses("outfit", fit.mapValues { $0?.outfit }, relative: 1e-6)
        misses += try CalibrationFixture.misses("infit", fit.mapValues { $0?.infit }, relative: 1e-6)
        let residuals = CrossedResiduals(crossed)
        var (leverages, deleted) = ([String: Double?](), [String: Double?]())
        for performance in sheet.performances {
            for row in performance.rows {
                let name = sheet.entries[Int(performance.entry)] + "|" + sheet.judges[Int(sheet.judgeCodes[row])]
                leverages[name] = residuals.leverages[row]
                deleted[name] = residuals.values[row] / (1 - residuals.leverages[row])
            }
        }
        misses += try CalibrationFixture.misses("leverage", leverages, relative: 1e-6)
        misses += try CalibrationFixture.misses("deleted_residual", deleted, relative: 1e-5)
        #expect(misses.isEmpty, "\(misses)")
    }

    @Test func `consistency, pairs and separation follow their definitions`() throws {
        let calibration = try CalibrationFixture.calibration()
        let names = calibration.sheet.judges
        var misses = try CalibrationFixture.misses(
            "consistency", Dictionary(uniqueKeysWithValues: zip(names, try #require(calibration.consistency).judges)))
        let pairs = try #require(calibration.pairs).pairs
        func named(_ value: (JudgePairs.Pair) -> Double?) -> [String: Double?] {
            Dictionary(uniqueKeysWithValues: pairs.map { ("\(names[$0.a])|\(names[$0.b])", value($0)) })
        }
        misses += try CalibrationFixture.misses("pair_common", named { Double($0.common) })
        misses += try CalibrationFixture.misses("pair_difference", named(\.meanDifference))
        misses += try CalibrationFixture.misses("pair_correlation", named(\.correlation))
        let separation = ["entries": calibration.entrySeparation, "judges": calibration.judgeSeparation]
        misses += try CalibrationFixture.misses("separation", separation.mapValues { $0?.separation })
        misses += try CalibrationFixture.misses("reliability", separation.mapValues { $0?.reliability })
        misses += try CalibrationFixture.misses("strata", separation.mapValues { $0?.strata })
        #expect(misses.isEmpty, "\(misses)")
    }

    @Test func `home bias is the slope in a regression with dummies of performances and judges`() throws {
        let calibration = try CalibrationFixture.calibration()
        let (names, bias) = (calibration.sheet.judges, try #require(calibration.homeBiases.first))
        var misses = try CalibrationFixture.misses("home", ["": bias.overall?.value])
        misses += try CalibrationFixture.misses("home_se", ["": bias.overall?.standardError])
        misses += try CalibrationFixture.misses("home_df", ["": bias.overall?.degreesOfFreedom])
        misses += try CalibrationFixture.misses("home_pairs", ["": Double(bias.pairs)])
        let own = Dictionary(uniqueKeysWithValues: bias.judges.map { (names[$0.judge], $0.size) })
        misses += try CalibrationFixture.misses("home_judge", own.mapValues { $0?.value })
        misses += try CalibrationFixture.misses("home_judge_se", own.mapValues { $0?.standardError })
        #expect(bias.attribute == "city" && bias.judges.filter { $0.pairs < HomeBias.leastPairs }.allSatisfy { $0.size == nil })
        #expect(misses.isEmpty, "\(misses)")
    }

    @Test(arguments: [4, 5]) func `five scores of entries from home are enough to see a bias`(home: Int) throws {
        let sheet = try madeContest(entries: 10, judges: 3, panel: 3, seed: 3)
            .adding(entryAttributes: [Attribute(name: "city", values: Factor((0..<10).map { $0 < home ? "X" : "Z" }))])
            .adding(judgeAttributes: [Attribute(name: "city", values: Factor(["X", "Y", "Y"]))])
        let bias = try #require(JudgeCalibration(of: Totals(of: sheet), parts: [.biases]).homeBiases.first)
        #expect(bias.pairs == home && bias.judges.map(\.pairs) == [home])
        #expect((bias.overall != nil) == (home == 5) && (bias.judges[0].size != nil) == (home == 5))
    }

    @Test func `drift, order, criteria and halo are those of regressions with dummies`() throws {
        let calibration = try CalibrationFixture.calibration()
        let (names, order) = (calibration.sheet.judges, try #require(calibration.order))
        let drifts = Dictionary(uniqueKeysWithValues: order.drifts.map { (names[$0.judge], $0.slope) })
        var misses = try CalibrationFixture.misses("drift", drifts.mapValues { $0?.value })
        misses += try CalibrationFixture.misses("drift_se", drifts.mapValues { $0?.standardError })
        misses += try CalibrationFixture.misses("order", ["": order.overall?.value])
        misses += try CalibrationFixture.misses("order_se", ["": order.overall?.standardError])
        let effects = try #require(calibration.criteria).effects
        let sizes = Dictionary(uniqueKeysWithValues: effects.map { ("\(names[$0.judge])|\($0.criterion)", $0.size) })
        misses += try CalibrationFixture.misses("criterion", sizes.mapValues { $0?.value })
        misses += try CalibrationFixture.misses("criterion_se", sizes.mapValues { $0?.standardError })
        let halo = try #require(calibration.halo).judges
        misses += try CalibrationFixture.misses("halo", Dictionary(uniqueKeysWithValues: halo.map { (names[$0.judge], $0.correlation) }))
        #expect(misses.isEmpty, "\(misses)")
    }

    /// Severities of a complete table are differences of means, which do not depend on who else sat.
    @Test func `a judge who takes no part in a comparison is as if absent`() throws {
        let sheet = try madeContest(entries: 12, judges: 5, panel: 5, seed: 8, severity: Double.init, noise: { Double(2 + $0) })
        let with = try #require(JudgeComparison(of: Additive(of: sheet), leavingOut: [4]))
        let without = try #require(JudgeComparison(of: Additive(of: sheet.leavingOut(judges: [4])), leavingOut: []))
        #expect(with.judges[4] == nil)
        for (a, b) in zip(with.judges, without.judges) {
            #expect(isClose(try #require(a?.noiseRatio), try #require(b?.noiseRatio), relative: 1e-9))
        }
    }

    /// Contests whose scores are reassigned are what judges who do not differ give; these are drawn from another seed than the limits.
    @Test func `the outfit of a judge like the others is beyond its limits once in twenty contests`() throws {
        let fit = try Additive(of: madeContest(entries: 40, judges: 5, panel: 5, seed: 8))
        let comparison = try #require(JudgeComparison(of: fit, leavingOut: []))
        let limits = try comparison.judges.map { try #require($0).outfitLimits }
        let permuted = PermutedScores(of: fit, leavingOut: [])
        var beyond = 0
        for contest in 0..<1000 {
            var stream = RandomStream(seed: 2, stream: UInt64(contest))
            let spreads = permuted.spreads(of: permuted.permuted(&stream))
            let panel = spreads.reduce(0.0) { $0 + $1.squares } / 200
            for (own, range) in zip(spreads, limits) where !range.contains(own.squares / own.count / panel) { beyond += 1 }
        }
        // Of 5,000; the limits' own uncertainty leaves about half a percent open, and so does the lot.
        #expect((175...350).contains(beyond), "\(beyond)")
    }

    /// By hand: J1 gives 2 points more than the only other judge of A and 6 more than the mean of the other two of B, √½ · 2 = √2 and
    /// √⅔ · 6 = 2√6, each (2√6 − √2) / 2 from their mean.
    @Test func `differences from one other judge and from two are brought to the same noise`() throws {
        let permuted = PermutedScores(of: try Additive(of: sheet(["A": "3 1 -", "B": "6 1 -1"])), leavingOut: [])
        let own = permuted.spreads(of: [3, 1, 6, 1, -1])[0]
        #expect(own.count == 2 && isClose(own.magnitudes, 2 * 6.0.squareRoot() - 2.0.squareRoot()))
        #expect(isClose(own.squares, 13 - 4 * 3.0.squareRoot()))
    }

    /// J2 scored two of three entries.
    @Test func `two common entries make neither a correlation nor a consistency`() throws {
        let sheet = try sheet(["A": "5 7 1", "B": "6 9 2", "C": "7 - 4"])
        let pairs = try JudgePairs(of: sheet).pairs
        #expect(pairs.map(\.common) == [2, 3, 2] && pairs.map { $0.correlation == nil } == [true, false, true])
        #expect(Consistency(of: sheet).judges.map { $0 == nil } == [false, true, false])
    }

    @Test(arguments: [7, 8]) func `eight ballots are enough to see a halo`(entries: Int) throws {
        var stream = RandomStream(seed: 2)
        let rows = (0..<entries).flatMap { entry in
            (0..<3).flatMap { judge in
                ["x", "y", "z"].map { criterion in
                    let points = 20 + Double(entry % 4) + 2 * stream.normal()
                    return ScoreSheet.Row(
                        entry: "E\(entry)", judge: "J\(judge)", points: (10 * points).rounded() / 10, criterion: criterion)
                }
            }
        }
        let halo = try JudgeCalibration(of: Totals(of: ScoreSheet(rows))).halo
        #expect((halo?.judges.allSatisfy { $0.ballots == 8 && $0.excess != nil } ?? false) == (entries == 8))
    }

    /// The correlations are expected above; standard errors: numpy 2.4.6, 5,000 draws of entries with replacement.
    @Test func `a judge's excess of halo is over the mean of the others, with the error of drawing entries again`() throws {
        let calibration = try CalibrationFixture.calibration()
        let correlations = try CalibrationFixture.expected("halo")
        let errors: [String: Double] = [
            "评委1": 0.15881, "评委2": 0.12712, "评委3": 0.12781, "评委4": 0.14964, "评委5": 0.19286, "评委6": 0.11075, "评委7": 0.17445,
        ]
        for judge in try #require(calibration.halo).judges {
            let name = calibration.sheet.judges[judge.judge]
            let others = correlations.filter { $0.key != name }.values
            let excess = try #require(judge.excess)
            let expected = try #require(correlations[name]) - others.reduce(0, +) / Double(others.count)
            #expect(isClose(excess.value, expected, relative: 1e-9, absolute: 1e-10), "\(name)")
            #expect(excess.degreesOfFreedom == Double(judge.ballots - 1))
            // 200 draws leave a twentieth open.
            #expect(isClose(excess.standardError, try #require(errors[name]), relative: 0.2), "\(name)")
        }
    }

    /// Points below the others, drawn toward 0.
    @Test func `the severities of the model have the sign of the differences`() throws {
        let lines = (0..<12).flatMap { entry in
            [("L", 6), ("M", 0), ("S", -6)].map { "E\(10 + entry),\($0.0),\(70 + (entry * 5) % 9 + $0.1 + (entry * ($0.1 + 7)) % 3)" }
        }
        let severity = try #require(
            try JudgeCalibration(of: Totals(of: sheet((["entry,judge,score"] + lines).joined(separator: "\n")))).severity)
        let shrunken = try #require(severity.shrunken)
        #expect(shrunken[0] < -4 && shrunken[2] > 4 && shrunken[1].magnitude < 2)
        // Against the other two the distances are half as large again.
        for judge in [0, 2] { #expect(isClose(severity.judges[judge]?.value ?? .nan, 1.5 * shrunken[judge], relative: 0.1)) }
    }

    /// 24 entries before four judges, and before a fifth who gives what the first one gives.
    @Test func `a judge who copies another is not compared, nor a yardstick for the others`() throws {
        var stream = RandomStream(seed: 8)
        let rows = (0..<24).flatMap { entry in
            let merit = 60 + 8 * stream.normal()
            let scores = (0..<4).map { _ in Int((merit + 6 * stream.normal()).rounded()) }
            return (scores + [scores[0]]).enumerated().map { "E\(entry),J\($0 + 1),\($1)" }
        }
        let calibration = try JudgeCalibration(of: Totals(of: sheet((["entry,judge,score"] + rows).joined(separator: "\n"))))
        let judges = try #require(calibration.comparison).judges
        #expect(try #require(calibration.copies).pairs.map { [$0.a, $0.b] } == [["J1", "J5"]])
        #expect(judges.map { $0 == nil } == [false, false, false, false, true])
    }
}
