/// A rule that makes one result of several heats, and not by adding them up: the best of several runs, the best two of three.
///
/// The steps before `heats` make a result of each run, linear in what judges agree on (`LinearRule`). Of these the rule keeps the best
/// and combines them, and what comes after is slope · number + offset for each entry: both are found by applying the rule to scores of 0
/// and of 1 everywhere.
struct RunRule: Sendable {
    /// What makes the result of each run, in the order of the heats.
    let runs: [LinearRule]
    /// The names of the heats.
    let names: [String?]
    /// What is made of them, for each entry of the sheet.
    let combination: RunCombination
    let entries: [String]

    /// A rule without stages, or the part of it that belongs to one.
    ///
    /// - Throws: `FitObstacle.rule` where runs are not combined in this way; what `RuleResults` throws.
    init(of results: RuleResults, stage: Int?) throws {
        let sheet = results.sheet
        let heats = sheet.heats.indices.filter { stage == nil || results.stage(ofHeat: $0) == stage }
        let ballots = heats.count == sheet.heats.count ? sheet : sheet.selecting(heats: heats)
        let steps = results.rule.steps(of: stage ?? 0).withoutRounding
        guard let way = RunWay(steps) else { throw FitObstacle.rule }
        let runs = try ballots.heats.indices.map { heat in
            guard let alone = try? RuleResults(of: ballots.selecting(heats: [heat]), by: way.ofEachRun) else { throw FitObstacle.rule }
            return try LinearRule(of: alone, stage: nil)
        }
        (self.runs, names, entries) = (runs, ballots.heats.map { $0.name ?? $0.stage }, ballots.entries)
        combination = try RunRule.combination(of: runs, way, ballots, by: ScoringRule(steps: steps))
    }

    private static func combination(
        of runs: [LinearRule], _ way: RunWay, _ ballots: ScoreSheet, by rule: ScoringRule
    ) throws -> RunCombination {
        let findings = try RuleResults(of: ballots, by: rule).findings
        let positions = positions(of: ballots.entries, in: runs)
        func results(of sheet: ScoreSheet) throws -> [Double] {
            LinearRule.perEntry(ballots, try RuleResults(of: sheet, by: rule, findings: findings)).map(\.value)
        }
        func agreeing(on value: Double) throws -> [Double] {
            let units = ballots.units.map { _ in ballots.direction.turned(value * ballots.unitsPerPoint) }
            return try results(of: ballots.replacing(units: units))
        }
        func numbers(_ result: (LinearRule, Int) -> Double) -> [Double?] {
            ballots.entries.indices.map { entry in
                let own = runs.indices.compactMap { run in positions[run][entry].map { result(runs[run], $0) } }
                return way.number(own, ballots.direction)
            }
        }
        let (low, high) = (
            numbers { rule, entry in rule.offsets[entry].value },
            numbers { rule, entry in rule.slopes.reduce(rule.offsets[entry].value) { $0 + $1[entry].value } }
        )
        let (zero, one) = (try agreeing(on: 0), try agreeing(on: 1))
        let lines = try ballots.entries.indices.map { entry in
            guard let low = low[entry], let high = high[entry], high != low else { throw FitObstacle.rule }
            let slope = (one[entry] - zero[entry]) / (high - low)
            return (slope: slope, offset: zero[entry] - slope * low)
        }
        // What the scores themselves give must come out.
        for (entry, (number, result)) in zip(numbers { $0.results[$1] }, try results(of: ballots)).enumerated() {
            let made = number.map { lines[entry].slope * $0 + lines[entry].offset } ?? .nan
            guard (made - result).magnitude <= ListTerms.rounding * max(1, result.magnitude) else { throw FitObstacle.rule }
        }
        return RunCombination(way: way, direction: ballots.direction, slopes: lines.map(\.slope), offsets: lines.map(\.offset))
    }

    /// The position of each entry in each run; `nil` where it did not start.
    static func positions(of entries: [String], in runs: [LinearRule]) -> [[Int?]] {
        runs.map { run in
            let known = Dictionary(uniqueKeysWithValues: run.ballots.entries.enumerated().map { ($1, $0) })
            return entries.map { known[$0] }
        }
    }
}

/// The part of a rule that makes one number of several runs.
struct RunWay: Sendable {
    /// The steps before it.
    let ofEachRun: ScoringRule
    /// How many of the best count; all without.
    let kept: Int?
    /// What is made of those.
    let combination: ScoringRule.Combination

    /// `nil` for steps that combine no heats, or not each by itself beforehand.
    init?(_ steps: [ScoringRule.Step]) {
        guard let first = steps.firstIndex(where: \.isAboutHeats), let rule = try? ScoringRule(steps: Array(steps[..<first])) else {
            return nil
        }
        var (rest, kept) = (steps[first...], Int?.none)
        if case .best(let count, _) = rest.first { (kept, rest) = (count, rest.dropFirst()) }
        guard case .heats(let combination) = rest.first else { return nil }
        (ofEachRun, self.kept, self.combination) = (rule, kept, combination)
    }

    /// What the rule makes of the results of some runs, in points; `nil` of none.
    func number(_ runs: [Double], _ direction: Direction) -> Double? {
        guard !runs.isEmpty else { return nil }
        let sorted = runs.sorted()
        let count = min(kept ?? sorted.count, sorted.count)
        let best = Array(direction == .higherIsBetter ? sorted.suffix(count) : sorted.prefix(count))
        let counted = combination.positions(of: best.count, direction)
        let sum = counted.reduce(0) { $0 + best[$1] }
        return combination == .sum ? sum : sum / Double(counted.count)
    }
}

/// How the results of an entry's runs become one.
struct RunCombination: Sendable {
    let way: RunWay
    let direction: Direction
    /// What the number that the runs make is multiplied by, and what is added, for each entry.
    let slopes, offsets: [Double]

    /// The same for the entries of a list, by their positions here.
    func selecting(_ positions: [Int]) -> RunCombination {
        RunCombination(
            way: way, direction: direction, slopes: positions.map { slopes[$0] }, offsets: positions.map { offsets[$0] })
    }

    /// The result of an entry by those of the runs that it started in, all in points of which more is better.
    func result(_ runs: [Double], of entry: Int) -> Double {
        let number = way.number(runs.map(direction.turned), direction) ?? 0
        return direction.turned(slopes[entry] * number + offsets[entry])
    }
}

extension ScoringRule.Step {
    /// Whether it chooses among heats, or combines them.
    fileprivate var isAboutHeats: Bool {
        switch self {
        case .best(_, of: .heats), .heats: true
        default: false
        }
    }
}

extension [ScoringRule.Step] {
    var withoutRounding: [ScoringRule.Step] { filter { if case .round = $0 { false } else { true } } }
}
