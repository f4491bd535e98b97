@testable import Evenhand
import Testing

/// What rank intervals, statements and sets are worth, beside those of one who knows the variances.
@Suite(.serialized, .enabled(if: Studies.areWanted, "long; make test-long")) struct RankStudy {
    static let contests = 1000
    static let draws = 1000
    static let places = 10

    /// Who scores whom, and how judges differ.
    struct Design: Sendable {
        let name: String
        var entries = 24
        let judges: Int
        /// Judges of each entry; all when they are as many as there are.
        let panel: Int
        var entrySD = 4.0
        var judgeSD = 3.0
        var noiseSD = 3.0
        /// Standard deviations of the logarithms of scales and noises.
        var unlike = 0.0
    }

    static let designs =
        [5, 7, 9].map { Design(name: "24 × \($0)", judges: $0, panel: $0) }
        + [5, 7, 9].map { Design(name: "24 × \($0), close", judges: $0, panel: $0, entrySD: 2.5) }
        + [5, 7, 9].map { Design(name: "24 × \($0), unlike judges", judges: $0, panel: $0, unlike: 0.2) }
        + [
            Design(name: "60 entries, 5 of 12 judges", entries: 60, judges: 12, panel: 5),
            Design(name: "60 entries, 5 of 12 unlike judges", entries: 60, judges: 12, panel: 5, unlike: 0.2),
        ]

    /// Counts over contests.
    struct Tally: Sendable {
        var check = CoverageCheck.empty
        var statements = 0
        var brier = 0.0
        /// Contests whose intervals of "90 % all together" held all ranks.
        var together = CoverageCheck.Share()

        mutating func add(_ ranks: RankUncertainty, merits: [Double], fair: [Double]) {
            check.add(ranks, merits: merits, fair: fair, places: RankStudy.places)
            let order = merits.indices.sorted { merits[$0] > merits[$1] }
            let best = Set(order.prefix(RankStudy.places))
            for entry in merits.indices {
                let p = ranks.topProbabilities[entry]
                let truth = best.contains(entry) ? 1.0 : 0
                brier += (p - truth) * (p - truth) / Double(merits.count)
            }
            let intervals = ranks.simultaneousIntervals(level: 0.9)
            together.add(order.enumerated().allSatisfy { intervals[$1].contains($0 + 1) })
            statements += ranks.bands.count { $0 != .open }
        }
    }

    /// A contest of one design, its merits, and the judges' scales and noises.
    static func contest(_ design: Design, _ index: Int) throws -> (sheet: ScoreSheet, merits: [Double], scales: [Double], noises: [Double])
    {
        var stream = RandomStream(seed: 2026, stream: UInt64(index))
        let merits = (0..<design.entries).map { _ in design.entrySD * stream.normal() }
        let judges = (0..<design.judges).map { _ in
            (
                design.judgeSD * stream.normal(), exponential(design.unlike * stream.normal()),
                design.noiseSD * exponential(design.unlike * stream.normal())
            )
        }
        var rows: [ScoreSheet.Row] = []
        var deck: [Int] = []
        for (entry, merit) in merits.enumerated() {
            if deck.count < design.panel { deck = stream.shuffled(Array(0..<design.judges)) + deck }
            var panel: [Int] = []
            while panel.count < design.panel {
                let position = deck.lastIndex { !panel.contains($0) } ?? 0
                panel.append(deck.remove(at: position))
            }
            for judge in panel {
                let (severity, scale, noise) = judges[judge]
                let points = 80 + severity + scale * merit + noise * stream.normal()
                rows.append(ScoreSheet.Row(entry: "E\(100 + entry)", judge: "J\(100 + judge)", points: (10 * points).rounded() / 10))
            }
        }
        return (try ScoreSheet(rows), merits, judges.map(\.1), judges.map(\.2))
    }

    /// The posterior of one who knows the variances, and for unlike judges their population.
    static func oracle(_ design: Design, _ sheet: ScoreSheet) throws -> (draws: PosteriorDraws, fair: [Double]) {
        guard design.unlike > 0 else {
            let codes = [Int32](repeating: 0, count: sheet.entries.count)
            let crossed = CrossedDesign(of: sheet, heats: false, groups: codes, groupCount: 1)
            let variance = design.noiseSD * design.noiseSD
            let ratios = [design.entrySD * design.entrySD / variance, design.judgeSD * design.judgeSD / variance]
            let equations = try CrossedEquations(crossed, ratios: ratios, by: .reml)
            let combinations = EntryCombinations(crossed, groupCodes: codes, subject: .merit, heats: [], countsHeats: false)
            return (
                CrossedEffects.draws(draws, from: [(equations, 1)], combinations, variance: variance, seed: 1),
                equations.solution.effects.eliminated
            )
        }
        let population = JudgePopulation(
            location: 80, scale: design.entrySD, noise: design.noiseSD, locationDeviation: design.judgeSD, scaleDeviation: design.unlike,
            noiseDeviation: design.unlike)
        let fit = try Calibrated(of: sheet, start: population, isFree: [false, false, false, false, false])
        return (try fit.draws(draws, seed: 1), fit.fairAverages)
    }

    @Test(arguments: designs) func `intervals cover, and are no wider than need be`(design: Design) throws {
        typealias Found = (oracle: Tally, models: [Tally])
        let kinds = MeritModel.Kind.allCases
        let pieces = Parallel.pieces(of: Self.contests, grain: 1)
        let parts = Parallel.map(pieces.count) { piece in
            Result { () throws -> Found in
                var (oracle, models) = (Tally(), kinds.map { _ in Tally() })
                for index in pieces[piece] {
                    let contest = try Self.contest(design, index)
                    let known = try Self.oracle(design, contest.sheet)
                    oracle.add(try RankUncertainty(of: known.draws, places: Self.places), merits: contest.merits, fair: known.fair)
                    let list = try OfficialList(of: contest.sheet, heats: contest.sheet.heats, by: OfficialList.Recipe(.method(.mean)))
                    for (position, kind) in kinds.enumerated() {
                        let model = try MeritModel(of: list, by: kind)
                        let ranks = try RankUncertainty(of: model.draws(Self.draws, seed: 1), places: Self.places)
                        models[position].add(ranks, merits: contest.merits, fair: list.column.results.values)
                    }
                }
                return (oracle, models)
            }
        }
        let found = try parts.map { try $0.get() }
        var (oracle, models) = (Tally(), kinds.map { _ in Tally() })
        for part in found {
            oracle.add(part.oracle)
            for position in models.indices { models[position].add(part.models[position]) }
        }
        Studies.show(
            design.name,
            [
                "posterior", "covers", "leader", "near cut", "width", "statements", "true", "Brier", "best set covers", "size",
                "all together",
            ],
            [oracle.row("knows")] + zip(kinds, models).map { $1.row($0.rawValue) })
        for (kind, tally) in zip(kinds, models) where kind == .calibrated || design.unlike == 0 {
            tally.expect(beside: oracle, "\(design.name), \(kind)")
        }
    }
}

extension RankStudy {
    /// Scores that would have been above the ceiling are at it: whoever stands there is better than the scores say.
    @Test(arguments: [88.0, 92, 95]) func `a ceiling hides how good the best are, and is named`(mean: Double) throws {
        let found = try Parallel.map(Self.contests) { index in
            Result { () -> (isNamed: Bool, said: Double, isBest: Bool) in
                var stream = RandomStream(seed: 2027, stream: UInt64(index))
                let merits = (0..<24).map { _ in 4 * stream.normal() }
                let judges = (0..<7).map { _ in 3 * stream.normal() }
                let rows = merits.enumerated().flatMap { entry, merit in
                    judges.enumerated().map { judge, severity in
                        let points = min(100, mean + severity + merit + 3 * stream.normal())
                        return ScoreSheet.Row(
                            entry: "E\(100 + entry)", judge: "J\(100 + judge)", points: (10 * points).rounded() / 10)
                    }
                }
                let sheet = try ScoreSheet(rows)
                let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
                let ranks = try RankUncertainty(of: MeritModel(of: list).draws(Self.draws, seed: 1), places: Self.places)
                let leader = Int(list.column.ranks.order[0])
                let isNamed = (ScoreCeiling(of: sheet)?.countOfEntry[leader] ?? 0) > 1
                let best = merits.indices.max { merits[$0] < merits[$1] }
                return (isNamed, ranks.winProbabilities[leader], best == leader)
            }
        }.map { try $0.get() }
        let rows = [true, false].map { isNamed in
            let some = found.filter { $0.isNamed == isNamed }
            let count = Double(max(1, some.count))
            return (isNamed, some.count, some.reduce(0) { $0 + $1.said } / count, Double(some.count(where: \.isBest)) / count)
        }
        Studies.show(
            "24 × 7, mean \(mean), ceiling 100", ["ceiling named", "contests", "P(best) of the leader", "is the best"],
            rows.map { ["\($0.0)", "\($0.1)", "\($0.2)", "\($0.3)"] })
    }
}

extension RankStudy.Tally {
    mutating func add(_ other: RankStudy.Tally) {
        check.add(other.check)
        (statements, brier) = (statements + other.statements, brier + other.brier)
        together.add(other.together)
    }

    private var contests: Double { Double(check.bestSets.total) }
    var width: Double { check.meanWidth / contests }
    var setSize: Double { check.meanSetSize / contests }

    func row(_ name: String) -> [String] {
        func text(_ value: Double?) -> String { value.map { String(($0 * 10_000).rounded() / 10_000) } ?? "–" }
        return [
            name, text(check.held90.value), text(check.heldWinner.value), text(check.heldNearCut.value), text(width),
            text(Double(statements) / contests), text(check.trueStatements.value), text(brier / contests), text(check.bestSets.value),
            text(setSize), text(together.value),
        ]
    }

    /// The bounds that honest intervals keep.
    func expect(beside oracle: RankStudy.Tally, _ name: String) {
        #expect(check.held90.value! >= 0.88 && check.heldWinner.value! >= 0.86 && check.heldNearCut.value! >= 0.86, "\(name)")
        #expect(width <= 1.03 * oracle.width, "\(name): width")
        #expect(check.trueStatements.value! >= 0.88, "\(name): statements")
        #expect((Double(statements) / Double(oracle.statements) - 1).magnitude <= 0.03, "\(name): number of statements")
        #expect((brier / oracle.brier - 1).magnitude <= 0.03, "\(name): Brier score")
        #expect(check.bestSets.value! >= 0.94 && setSize <= oracle.setSize + 0.2, "\(name): best set")
    }
}
