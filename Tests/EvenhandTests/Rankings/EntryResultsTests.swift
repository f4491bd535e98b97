import Evenhand
import TestSupport
import Testing

@Suite struct EntryResultsTests {
    static let shares = ["0.1", "0.2", "0.25"]

    // R 4.2.2 and scipy: floor(n a) scores are taken off, or moved in, on each side.
    @Test(arguments: RobustCase.all)
    func `trimmed and winsorized means agree with R`(robust: RobustCase) throws {
        let (sheet, expected) = (try robust.sheet(), try robust.expected())
        var methods: [(String, ScoringMethod)] = [
            ("mean", .mean), ("median", .median), ("drop_1_each_side_mean", .trimmed(.scores(1))),
            ("drop_2_each_side_mean", .trimmed(.scores(2))), ("huber_location_k1.5_mad", .huber),
        ]
        for share in Self.shares {
            methods.append(("trimmed_mean_floor_\(share)", .trimmed(.share(Fraction(decimal: share)!))))
            methods.append(("winsorized_mean_floor_\(share)", .winsorized(.share(Fraction(decimal: share)!))))
        }
        for (quantity, method) in methods {
            let results = try EntryResults(of: sheet, by: method)
            #expect(isClose(results.values[0], expected[quantity]!), "\(quantity)")
            #expect(results.untrimmed.isEmpty, "\(quantity)")
        }
    }

    static let clipped: [(scores: String, distance: String, result: Fraction)] = [
        // Mean 80: 70 and 87 move to 77 and 83; 403 / 5.
        ("70 80 81 82 87", "3", Fraction(806, over: 10)),
        // Mean 80 1/3: 81 moves to 80 5/6; 240 5/6 / 3.
        ("80 80 81", "0.5", Fraction(1445, over: 18)),
        // Nothing, or everything, moves.
        ("70 80 81 82 87", "10", Fraction(80)),
        ("70 80 81 82 87", "0", Fraction(80)),
        ("70 90", "10", Fraction(80)),
        // Mean 1: −1, 0 and 3.
        ("-3 0 6", "2", Fraction(2, over: 3)),
    ]

    @Test func `clipped scores are moved to the mean plus or minus the distance`() throws {
        for (scores, distance, result) in Self.clipped {
            let results = try EntryResults(of: sheet(["A": scores]), by: .clipped(Fraction(decimal: distance)!))
            #expect(results.fractions == [result], "\(scores) within \(distance)")
        }
    }

    static let exact: [(ScoringMethod, scores: String, result: Fraction)] = [
        (ScoringMethod.winsorized(.scores(1)), "1 5 6 7 20", Fraction(6)),  // 5 5 6 7 7
        (.winsorized(.scores(1)), "1 5 9.5", Fraction(5)),
        (.winsorized(.scores(2)), "1 5 6 7 21", Fraction(6)),
        (.winsorized(.scores(1)), "2 2.5 3 10", Fraction(11, over: 4)),  // 2.5 2.5 3 3
        (.trimmed(.scores(1)), "1 5 6.1 7 20", Fraction(181, over: 30)),
        (.trimmed(.scores(2)), "20 7 6.1 5 1", Fraction(61, over: 10)),
        (.trimmed(.scores(1)), "9 9 9 1 1", Fraction(19, over: 3)),  // equal extremes go once each
        (.trimmed(.share(Fraction(1, over: 5))), "1 5 6.1 7 20", Fraction(181, over: 30)),
        (.trimmed(.share(Fraction(19, over: 100))), "1 5 6.1 7 20", Fraction(391, over: 50)),
        (.trimmed(.scores(0)), "1 2", Fraction(3, over: 2)),
        (.median, "1 5 6.1 7 20", Fraction(61, over: 10)),
        (.median, "88.35 88.36", Fraction(88355, over: 1000)),
        (.median, "-1 -2", Fraction(-3, over: 2)),
        (.mean, "0.1 0.2 0.3", Fraction(2, over: 10)),
        (.mean, "-0.1 0.1", Fraction(0)),
    ]

    @Test func `results are exact fractions`() throws {
        for (method, scores, result) in Self.exact {
            let results = try EntryResults(of: sheet(["A": scores]), by: method)
            #expect(results.fractions == [result], "\(method) of \(scores)")
            #expect(isClose(results.values[0], result.value, relative: 1e-15))
            #expect(results.untrimmed.isEmpty)
        }
    }

    // A trimmed mean needs 2 k + 1 scores.
    static let few: [(ScoringMethod, untrimmed: [Int])] = [
        (ScoringMethod.trimmed(.scores(1)), [0, 1]), (.winsorized(.scores(1)), [0, 1]), (.trimmed(.scores(2)), [0, 1, 2, 3]),
        (.trimmed(.scores(1_000_000)), [0, 1, 2, 3, 4]), (.trimmed(.share(Fraction(2, over: 5))), []), (.mean, []),
    ]

    @Test func `with too few scores the plain mean is used and marked`() throws {
        for (method, untrimmed) in Self.few {
            let sheet = try sheet(["A": "1", "B": "1 9", "C": "1 2 9", "D": "1 2 3 9", "E": "1 2 3 4 9"])
            let results = try EntryResults(of: sheet, by: method)
            #expect(results.untrimmed == untrimmed, "\(method)")
            let means = try EntryResults(of: sheet, by: .mean)
            for entry in untrimmed { #expect(results.fractions![entry] == means.fractions![entry]) }
        }
    }

    @Test func `results of inexact scores agree with those of exact ones`() throws {
        let scores = "70.5 80 81 82.25 87.5 60"
        let exact = try sheet(["A": scores])
        let inexact = try sheet(
            "entry,judge,score\nA,J0,\(1.0 / 3)\n"
                + scores.split(separator: " ").enumerated().map { "B,J\($0),\($1)" }.joined(separator: "\n"))
        #expect(exact.isExact && !inexact.isExact)
        let methods: [ScoringMethod] = [
            .mean, .median, .trimmed(.scores(1)), .trimmed(.scores(3)), .winsorized(.scores(1)), .winsorized(.scores(3)), .huber,
            .clipped(Fraction(3)),
        ]
        for method in methods {
            let (a, b) = (try EntryResults(of: exact, by: method), try EntryResults(of: inexact, by: method))
            #expect(b.fractions == nil && isClose(a.values[0], b.values[1], relative: 1e-14), "\(method.name)")
        }
    }

    /// As Doubles, 0.145 and 1.005 are a little less than they say.
    @Test func `results that are not fractions are rounded half up as they are written`() throws {
        let sheet = try sheet(["A": "0.145", "B": "1.005", "C": "-0.145", "D": "0.1449"])
        #expect(try EntryResults(of: sheet, by: .huber, roundedTo: 2).values == [0.15, 1.01, -0.14, 0.14])
        #expect(try EntryResults(of: sheet.lowestFirst, by: .huber, roundedTo: 2).shown == [0.15, 1.01, -0.14, 0.14])
    }

    /// By hand: the z-scores of 1, 2 and 3 are −1, 0 and 1, those of 4 and 6 ∓1/√2.
    @Test func `a mean over criteria is of those that an entry was scored on`() throws {
        let criteria = [try sheet(["A": "1", "B": "2", "C": "3"]), try sheet(["A": "4", "B": "6"])]
        let ranking = try Ranking(
            of: sheet(["A": "5", "B": "8", "C": "3"]), criteria: criteria, by: [.normalized(.zscore)], rules: .with(below: .own))
        for (value, expected) in zip(ranking.columns[0].results.values, [-0.8535533905932737, 0.3535533905932738, 1]) {
            #expect(isClose(value, expected, absolute: 1e-12))
        }
    }

    /// By hand: the judges' means are equal, so that their variance is 0; the sums of squares are 36 between the entries, whose means are
    /// 2, 5 and 8, and 4 within them. A distance from 5 is kept to 1 − (4/3) / (36/3) by the full likelihood, to 1 − (4/3) / (36/2) by the
    /// restricted one.
    @Test(arguments: [(CrossedEffects.Estimation.ml, 8.0 / 9), (.reml, 25.0 / 27)])
    func `the crossed model is fitted by the likelihood that is asked for`(estimation: CrossedEffects.Estimation, share: Double) throws {
        let values = try EntryResults(of: sheet(["A": "1 3", "B": "5 5", "C": "9 7"]), by: .crossed(estimation)).values
        for (value, mean) in zip(values, [2.0, 5, 8]) { #expect(isClose(value, 5 + share * (mean - 5), absolute: 1e-6)) }
    }

    @Test func `a distance that the scores cannot hold is reported`() throws {
        let rows = (0..<40).map { "A,J\($0),900719925474099\($0 % 2)" }
        let sheet = try sheet("entry,judge,score\n" + rows.joined(separator: "\n"))
        #expect(throws: FitError.overflow(of: "clipped scores")) {
            try EntryResults(of: sheet, by: .clipped(Fraction(1, over: 1 << 62)))
        }
        #expect(try EntryResults(of: sheet, by: .clipped(Fraction(1, over: 100))).values[0].isFinite)
        #expect(throws: FitError.overflow(of: "digits in a rounded result")) {
            try EntryResults(of: sheet, by: .mean, roundedTo: 30)
        }
    }

    @Test func `sums beyond 2⁵³ stay exact`() throws {
        let big = try sheet([
            "A": "9007199254740991 9007199254740991 9007199254740990", "B": "9007199254740990 9007199254740991 9007199254740991",
        ])
        let results = try EntryResults(of: big, by: .mean)
        #expect(results.fractions == [Fraction(27_021_597_764_222_972, over: 3), Fraction(27_021_597_764_222_972, over: 3)])
        #expect(Ranks(of: results).ranks == [1, 1])
    }
}
