import Evenhand
import TestSupport
import Testing

/// Places and faults, of which the lowest is the best.
@Suite struct DirectionTests {
    /// Places that five judges give twelve entries, and faults up to 40 of a design with gaps; each with its mirror image.
    private enum Example: CaseIterable {
        case places, faults

        var pair: (lower: ScoreSheet, higher: ScoreSheet) {
            get throws {
                var stream = RandomStream(seed: 7)
                var rows: [ScoreSheet.Row] = []
                for judge in 0..<5 {
                    let seen = (0..<12).map { Double($0) + 3 * stream.normal() }
                    for entry in 0..<12 where self == .places || (entry + 2 * judge) % 4 > 0 {
                        let position = Double(seen.count { $0 <= seen[entry] })
                        let points = self == .places ? position : 2 * position + Double([3, 0, 6, 1, 9][judge]) + 0.5
                        rows.append(ScoreSheet.Row(entry: "E\(10 + entry)", judge: "J\(judge)", points: points))
                    }
                }
                let mirrored = rows.map { row in
                    var row = row
                    row.points = total - row.points
                    return row
                }
                return (try ScoreSheet(rows).lowestFirst, try ScoreSheet(mirrored))
            }
        }

        /// What a score and its image add up to.
        var total: Double { self == .places ? 13 : 50 }
    }

    private static let methods: [ScoringMethod] =
        [
            .mean, .median, .trimmed(.scores(1)), .winsorized(.scores(1)), .clipped(Fraction(2)), .huber, .additive, .crossed(),
            .calibrated,
        ] + NormalizationMethod.allCases.map { .normalized($0) }

    @Test(arguments: methods)
    func `entries rank as those with mirrored scores, and results in points are mirrored`(_ method: ScoringMethod) throws {
        for example in Example.allCases {
            let (lower, higher) = try example.pair
            for scale in NormalizationRules.Scale.allCases {
                let a = try Ranking(of: lower, by: [method], rules: .with(scale: scale)).columns[0]
                let b = try Ranking(of: higher, by: [method], rules: .with(scale: scale)).columns[0]
                // A quotient of means has no mirror image.
                if method == .normalized(.coefficient), example == .faults { continue }
                #expect(a.ranks == b.ranks, "\(method.name), \(example)")
                for entry in lower.entries.indices {
                    let image = a.results.direction == .lowerIsBetter ? example.total - a.results.shown[entry] : a.results.shown[entry]
                    #expect(isClose(image, b.results.shown[entry], relative: 1e-9, absolute: 1e-9), "\(method.name), \(scale), \(example)")
                }
            }
        }
    }

    /// Siegel, *Nonparametric Statistics* (1956), section on Kendall's W: three executives rank six applicants; the sums are 8, 14, 11, 11,
    /// 11, 8.
    @Test func `applicants that three executives ranked follow from the sums of their places`() throws {
        let ranked = ["a": [1, 1, 6], "b": [6, 5, 3], "c": [3, 6, 2], "d": [2, 4, 5], "e": [5, 2, 4], "f": [4, 3, 1]]
        let rows = ranked.flatMap { entry, places in
            places.enumerated().map { ScoreSheet.Row(entry: entry, judge: "J\($0)", points: Double($1)) }
        }
        let places = try ScoreSheet(rows).lowestFirst
        let column = try Ranking(of: places, by: .mean).columns[0]
        #expect(places.entries.indices.map { column.results.shownFraction($0) } == [8, 14, 11, 11, 11, 8].map { Fraction($0, over: 3) })
        #expect(column.ranks.ranks == [1, 6, 3, 3, 3, 1])
        #expect(isClose(KendallConcordance(of: places).value ?? 0, 25.5 / 157.5))
    }

    /// By hand: of 15 pairs two are equal, and ten more are one step apart.
    @Test func `neighbouring places are as many as neighbouring scores`() throws {
        let scores = try sheet(["A": "1 1 2", "B": "2 3 1", "C": "3 2 4", "D": "4 5 3", "E": "5 4 5"])
        for sheet in [scores, scores.lowestFirst] {
            let matches = try #require(ScoreMatches(of: sheet))
            #expect(matches.exact == 2.0 / 15 && matches.adjacent == 12.0 / 15 && matches.step == 1)
        }
    }

    @Test func `results are rounded half up as they are shown`() throws {
        let faults = try sheet(["A": "1.5 1.4", "B": "1.4 1.4", "C": "1.2 1.3"]).lowestFirst
        let results = try EntryResults(of: faults, by: .mean, roundedTo: 1)
        #expect((0..<3).map { results.shown[$0] } == [1.5, 1.4, 1.3])
        #expect(Ranks(of: results).ranks == [3, 2, 1])
    }

    @Test func `the faults of each criterion are faults`() throws {
        let text = "entry,judge,criterion,score\nA,J,x,1\nA,J,y,4\nB,J,x,3\nB,J,y,2\n"
        let parts = try sheet(text).lowestFirst.byCriterion()
        #expect(parts.map(\.criterion) == ["x", "y"])
        let columns = try parts.map { try Ranking(of: $0.sheet, by: .mean).columns[0] }
        #expect(columns.map(\.ranks.ranks) == [[1, 2], [2, 1]])
        #expect(columns.map { column in (0..<2).map { column.results.shown[$0] } } == [[1, 3], [4, 2]])
    }

    @Test(arguments: [
        (TieBreak.lowScores, [1.0, 2, 3]), (.highScores, [3.0, 2, 1]), (.median, [2.0, 3, 1]), (.headToHead, [1.0, 2, 3]),
    ])
    func `ties are broken for the lower score`(_ step: TieBreak, _ ranks: [Double]) throws {
        let faults = try sheet(["A": "1 5 9", "B": "2 6 7", "C": "4 7 4"]).lowestFirst
        let ranking = try Ranking(of: faults, by: .mean).breakingTies(by: [step], ballots: faults, contest: faults)
        #expect(ranking.columns[0].ranks.ranks == ranks)
    }

    @Test func `a rule uses scores as they were given`() throws {
        let faults = try sheet(["A": "1 5 9", "B": "2.5 5 30", "C": "6 5 4"]).lowestFirst
        let rule = try ScoringRule(steps: [
            .trim(high: .fixed(Fraction(1)), low: .fixed(Fraction(0))), .judges(.mean), .round(Rounding(decimals: 0)),
        ])
        let ranking = try Ranking(of: faults, by: []).led(by: RuleResults(of: faults, by: rule))
        #expect((0..<3).map { ranking.columns[0].results.shown[$0] } == [3, 4, 5])
        #expect(ranking.columns[0].ranks.ranks == [1, 2, 3])
    }

    @Test func `a judge who gives many faults is severe`() throws {
        let (lower, higher) = try Example.faults.pair
        let (a, b) = (try JudgeCalibration(of: Totals(of: lower)), try JudgeCalibration(of: Totals(of: higher)))
        let severities = a.severity?.judges.map { $0?.value ?? 0 } ?? []
        #expect(zip(severities, b.severity?.judges ?? []).allSatisfy { isClose($0, $1?.value ?? 0, relative: 1e-9) })
        #expect(severities.max() == severities[4] && severities.min() == severities[1])
        let scores = zip(a.outlying?.scores ?? [], b.outlying?.scores ?? [])
        #expect(scores.allSatisfy { isClose($0.expected, 50 - $1.expected, relative: 1e-9) && isClose($0.z, -$1.z, relative: 1e-9) })
    }

    /// One judge's scores of an entry, in two rounds, are 30 points above what the others give.
    @Test func `odd scores and favourites stand out to the other side`() throws {
        var (stream, rows) = (RandomStream(seed: 4), [ScoreSheet.Row]())
        for round in 1...2 {
            for entry in 0..<12 {
                for judge in 0..<5 {
                    let points = (40 + 2 * Double(entry) + 3 * stream.normal() + (entry + judge == 0 ? 30 : 0)).rounded()
                    rows.append(
                        ScoreSheet.Row(
                            entry: "E\(10 + entry)", judge: "J\(judge)", points: points, heat: Heat(stage: nil, name: "R\(round)")))
                }
            }
        }
        var mirrored = rows
        for index in rows.indices { mirrored[index].points = 100 - rows[index].points }
        let (higher, lower) = (try ScoreSheet(rows), try ScoreSheet(mirrored).lowestFirst)
        let a = try JudgeCalibration(of: Totals(of: lower), parts: [.outlying])
        let b = try JudgeCalibration(of: Totals(of: higher), parts: [.outlying])
        let (odd, image) = (try #require(a.outlying?.scores.first), try #require(b.outlying?.scores.first))
        #expect(odd.row == image.row && image.z > 3 && isClose(odd.z, -image.z, relative: 1e-6))
        #expect(isClose(odd.residual, -image.residual, relative: 1e-6) && isClose(odd.expected, 100 - image.expected, relative: 1e-6))
        let (pair, other) = (try #require(a.favourites?.pairs.first), try #require(b.favourites?.pairs.first))
        #expect(pair.entry == 0 && pair.judge == 0 && other.z > 3 && isClose(pair.z, -other.z, relative: 1e-6))
        #expect(isClose(pair.residual, -other.residual, relative: 1e-6) && isClose(pair.expected, 100 - other.expected, relative: 1e-6))
    }

    @Test func `the smallest change of a score has the sign of the score`() throws {
        let (lower, higher) = try Example.faults.pair
        func changes(_ sheet: ScoreSheet, _ method: ScoringMethod) throws -> [SmallestChange?] {
            let list = try OfficialList(of: sheet, heats: sheet.heats, by: .init(.method(method)))
            return SmallestChange.all(of: list, places: 4, range: sheet.direction == .lowerIsBetter ? 2...50 : 0...48)
        }
        for method in [ScoringMethod.mean, .trimmed(.scores(1)), .huber] {
            let (a, b) = (try changes(lower, method), try changes(higher, method))
            #expect(a.contains { $0 != nil })
            #expect(zip(a, b).allSatisfy { a, b in a?.judge == b?.judge && a?.points == b.map { -$0.points } }, "\(method.name)")
        }
    }

    /// Their variance is exactly 0, and so is what the scores say about it.
    @Test func `judges who each gave every position once leave the crossed model solvable`() throws {
        var stream = RandomStream(seed: 3)
        for _ in 0..<200 {
            var rows: [ScoreSheet.Row] = []
            for judge in 0..<5 {
                let seen = (0..<12).map { Double($0) + 2 * stream.normal() }
                for entry in 0..<12 {
                    let position = Double(seen.count { $0 <= seen[entry] })
                    rows.append(ScoreSheet.Row(entry: "E\(10 + entry)", judge: "J\(judge)", points: position))
                }
            }
            let places = try ScoreSheet(rows)
            for sheet in [places, places.lowestFirst] {
                let fit = try CrossedEffects(of: sheet)
                #expect(fit.judgeVariance == 0 && fit.entryVariance > 1)
            }
        }
    }
}
