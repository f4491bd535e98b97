import Evenhand
import TestSupport
import Testing

/// What must hold of a crossed model whatever the scores are.
@Suite struct CrossedPropertyTests {
    static let rows: [ScoreSheet.Row] = {
        var rows: [ScoreSheet.Row] = []
        for entry in 0..<40 {
            for position in 0..<4 {
                let judge = (entry * 3 + position * 5) % 11
                let noise = Double((entry * 31 + judge * 17 + entry * judge * 7) % 23) / 4
                let points = Double(60 + entry * 7 % 13 + judge * 5 % 7) + noise
                rows.append(ScoreSheet.Row(entry: "E\(10 + entry)", judge: "J\(10 + judge)", points: points))
            }
        }
        return rows
    }()

    @Test func `the order of rows changes no digit`() throws {
        let (a, b) = (try CrossedEffects(of: ScoreSheet(Self.rows)), try CrossedEffects(of: ScoreSheet(Self.rows.reversed())))
        #expect(a.criterion == b.criterion && a.entryEffects == b.entryEffects && a.fairAverageErrors() == b.fairAverageErrors())
    }

    @Test func `other units change results by the same line`() throws {
        let fit = try CrossedEffects(of: ScoreSheet(Self.rows))
        let other = try CrossedEffects(
            of: ScoreSheet(
                Self.rows.map { row in
                    ScoreSheet.Row(entry: row.entry, judge: row.judge, points: 4 * row.points - 100)
                }))
        #expect(isClose(other.entryVariance, 16 * fit.entryVariance, relative: 1e-7))
        #expect(isClose(other.residualVariance, 16 * fit.residualVariance, relative: 1e-7))
        #expect(zip(other.fairAverages(), fit.fairAverages()).allSatisfy { isClose($0, 4 * $1 - 100, relative: 1e-8) })
        #expect(zip(other.fairAverageErrors(), fit.fairAverageErrors()).allSatisfy { isClose($0, 4 * $1, relative: 1e-7) })
    }

    /// With the judges the larger side these are eliminated instead; the model does not change.
    @Test func `entries and judges may change sides`() throws {
        let fit = try CrossedEffects(of: ScoreSheet(Self.rows))
        let swapped = try CrossedEffects(
            of: ScoreSheet(Self.rows.map { ScoreSheet.Row(entry: $0.judge, judge: $0.entry, points: $0.points) }))
        #expect(isClose(fit.criterion, swapped.criterion, relative: 1e-12))
        #expect(isClose(fit.judgeVariance, swapped.entryVariance, relative: 1e-7))
        #expect(zip(fit.judgeEffects, swapped.entryEffects).allSatisfy { isClose($0, $1, absolute: 1e-7) })
        #expect(zip(fit.judgeDeviations(), swapped.entryDeviations()).allSatisfy { isClose($0, $1, relative: 1e-7) })
        #expect(zip(fit.entryDeviations(), swapped.judgeDeviations()).allSatisfy { isClose($0, $1, relative: 1e-7) })
    }

    /// Searle, Casella and McCulloch (1992), section 4.7: REML is the analysis of variance where that gives nothing negative.
    @Test func `a complete table gives the estimates of the analysis of variance`() throws {
        var (rows, scores) = ([ScoreSheet.Row](), [[Double]](repeating: [Double](repeating: 0, count: 5), count: 8))
        for entry in 0..<8 {
            for judge in 0..<5 {
                scores[entry][judge] = Double((entry * 5 + judge * 3 + entry * judge * 4) % 11 + 2 * entry + 3 * judge)
                rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: scores[entry][judge]))
            }
        }
        let fit = try CrossedEffects(of: ScoreSheet(rows))
        let grand: Double = scores.joined().reduce(0, +) / 40
        let entries: [Double] = scores.map { row in row.reduce(0, +) / 5 - grand }
        let judges: [Double] = (0..<5).map { judge in scores.map { $0[judge] }.reduce(0, +) / 8 - grand }
        let betweenEntries: Double = 5 * entries.map(\.square).reduce(0, +) / 7
        let betweenJudges: Double = 8 * judges.map(\.square).reduce(0, +) / 4
        var squares = 0.0
        for entry in 0..<8 {
            for judge in 0..<5 {
                let residual: Double = scores[entry][judge] - grand - entries[entry] - judges[judge]
                squares += residual.square
            }
        }
        let within: Double = squares / 28
        #expect(isClose(fit.residualVariance, within, relative: 1e-7))
        #expect(isClose(fit.entryVariance, (betweenEntries - within) / 5, relative: 1e-7))
        #expect(isClose(fit.judgeVariance, (betweenJudges - within) / 8, relative: 1e-7))
        #expect(isClose(fit.groupMeans[0], grand, relative: 1e-12))
    }

    @Test func `draws have the errors of the posterior`() throws {
        let fit = try CrossedEffects(of: ScoreSheet(Self.rows))
        let draws = try fit.draws(4000, seed: 1, variances: .held).all
        #expect(try fit.draws(4000, seed: 1, variances: .held).all == draws)
        let (fair, errors) = (fit.fairAverages(), fit.fairAverageErrors())
        for entry in [0, 7, 39] {
            let values = draws.map { $0[entry] }
            let mean = values.reduce(0, +) / 4000
            // Five standard errors of a mean of 4,000, and of a variance.
            #expect(isClose(mean, fair[entry], absolute: 5 * errors[entry] / 4000.0.squareRoot()))
            let variance = values.map { ($0 - mean).square }.reduce(0, +) / 3999
            #expect(isClose(variance, errors[entry].square, relative: 5 * (2.0 / 4000).squareRoot()))
        }
        let differences = draws.map { $0[0] - $0[1] }
        let mean = differences.reduce(0, +) / 4000
        let variance = differences.map { ($0 - mean).square }.reduce(0, +) / 3999
        #expect(isClose(variance, fit.errorOfDifference(0, 1).square, relative: 5 * (2.0 / 4000).squareRoot()))
    }

    @Test func `the truth of a simulated contest is found again`() throws {
        var stream = RandomStream(seed: 7)
        let (entries, judges) = ((0..<400).map { _ in 5 * stream.normal() }, (0..<60).map { _ in 4 * stream.normal() })
        var rows: [ScoreSheet.Row] = []
        for (entry, merit) in entries.enumerated() {
            for judge in stream.shuffled(Array(0..<60)).prefix(6) {
                let exact: Double = 70 + merit + judges[judge] + 3 * stream.normal()
                let points = (10 * exact).rounded() / 10
                rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: points))
            }
        }
        let fit = try CrossedEffects(of: ScoreSheet(rows))
        // Sampling errors of a standard deviation: σ/√(2n).
        #expect(isClose(fit.entryVariance.squareRoot(), 5, absolute: 4 * 5 / 800.0.squareRoot()))
        #expect(isClose(fit.judgeVariance.squareRoot(), 4, absolute: 4 * 4 / 120.0.squareRoot()))
        #expect(isClose(fit.residualVariance.squareRoot(), 3, absolute: 4 * 3 / 3800.0.squareRoot()))
        let truth = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ("E\($0)", 70 + $1) })
        let (fair, errors) = (fit.fairAverages(), fit.fairAverageErrors())
        let inside = fit.sheet.entries.indices.count { (fair[$0] - truth[fit.sheet.entries[$0]]!).magnitude < 1.645 * errors[$0] }
        #expect((0.85...0.95).contains(Double(inside) / 400))
    }

    @Test func `what cannot be fitted is said`() throws {
        let single = try sheet(["A": "1 -", "B": "- 2"])
        #expect(throws: DesignError.tooFew(of: "scores", found: 2, needed: 3)) { try CrossedEffects(of: single) }
    }

    static let withoutRest: [(entries: KeyValuePairs<String, String>, ofEntries: Double, ofJudges: Double)] = [
        (["A": "70 72", "B": "75 77", "C": "79 81"], 61.0 / 3, 2), (["A": "10 10", "B": "9 9"], 0.5, 0),
        (["A": "5 7 6", "B": "5 7 6"], 0, 1), (["A": "5 5", "B": "5 5"], 0, 0),
    ]

    /// The limits as the noise goes to 0: a complete table that is explained exactly has the variances of its entries' and judges' means
    /// (n − 1).
    @Test(arguments: withoutRest)
    func `scores that are explained exactly have a noise of 0, and the variances of what is left`(
        entries: KeyValuePairs<String, String>, ofEntries: Double, ofJudges: Double
    ) throws {
        let scores = try sheet(entries)
        let fit = try CrossedEffects(of: scores)
        #expect(isClose(fit.entryVariance, ofEntries, relative: 1e-7) && isClose(fit.judgeVariance, ofJudges, relative: 1e-7))
        #expect(fit.residualVariance == 0 && fit.criterion == -.infinity)
        // Nothing is drawn toward the mean; what is not known is how the judges compare with others.
        let means = try EntryResults(of: scores, by: .mean).values
        #expect(zip(fit.fairAverages(), means).allSatisfy { isClose($0, $1, relative: 1e-9) })
        let error = (ofJudges / Double(fit.judgeEffects.count)).squareRoot()
        #expect(fit.fairAverageErrors().allSatisfy { isClose($0, error, relative: 1e-4, absolute: 1e-4) })
        #expect(fit.errorOfDifference(0, 1) < 1e-4)
    }
}

extension Double {
    fileprivate var square: Double { self * self }
}
