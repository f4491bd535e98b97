/// Who scored whom in one stage, or in all together: all that is known before any method is chosen.
public struct StageDesign: Sendable {
    /// The name of the stage, when it has one.
    public let name: String?
    /// Its scores as they were given.
    public let sheet: ScoreSheet
    /// The judges' totals; `nil` when no ballot has all criteria, and then the scores are used themselves.
    public let totals: Totals?
    /// Subsets and completeness, of the totals.
    public let design: PanelDesign
    /// What the connection of the design depends on.
    public let links: PanelLinks
    /// The two judges that can be compared least; `nil` when no two are connected, or there are too many.
    public let weakest: WeakestLink?
    /// How many scores (of totals) each entry has.
    public let entryCounts: ScoreCounts
    /// How many scores (of totals) each judge has.
    public let judgeCounts: ScoreCounts
    /// How many scores judges and entries should have and have, of those that were given.
    public let expected: ExpectedScores
    /// Which attributes cannot be separated from heats or subsets.
    public let nestings: [AttributeNesting]

    /// The scores that the design is about: totals where there are criteria.
    public var scored: ScoreSheet { totals?.sheet ?? sheet }

    /// The design of a part of a contest.
    public init(of sheet: ScoreSheet, name: String? = nil) {
        self.sheet = sheet
        self.name = name
        totals = try? Totals(of: sheet)
        let scored = totals?.sheet ?? sheet
        design = PanelDesign(of: scored)
        links = PanelLinks(of: scored)
        weakest = WeakestLink(of: scored, design)
        (entryCounts, judgeCounts) = (ScoreCounts(scored.scoreCounts), ScoreCounts(scored.judgeScoreCounts))
        expected = ExpectedScores(of: sheet)
        nestings = AttributeNesting.all(of: scored, design)
    }

    /// Who scored each criterion, where no ballot has them all; `nil` where there are totals.
    public var judgesByCriterion: [(criterion: String, judges: [String])]? {
        guard totals == nil, !sheet.criteria.isEmpty else { return nil }
        return sheet.criteria.enumerated().map { code, name in
            let rows = sheet.criterionCodes.indices.filter { sheet.criterionCodes[$0] == Int32(code) }
            return (name, Set(rows.map { sheet.judgeCodes[$0] }).sorted().map { sheet.judges[Int($0)] })
        }
    }

    /// The heats, judges and entries of each subset, by their index in `scored`.
    public var subsets: [(heats: [Int], judges: [Int], entries: [Int])] {
        var subsets = (0..<design.subsetCount).map { _ in (heats: [Int](), judges: [Int](), entries: [Int]()) }
        for (judge, subset) in design.subsetOfJudge.enumerated() { subsets[Int(subset)].judges.append(judge) }
        var isCounted = [Bool](repeating: false, count: scored.entries.count)
        // Performances are ordered by heat; a heat whose panels share no judge belongs to several subsets.
        for performance in scored.performances {
            let subset = Int(design.subsetOfJudge[Int(scored.judgeCodes[performance.rows.lowerBound])])
            if subsets[subset].heats.last != Int(performance.heat) { subsets[subset].heats.append(Int(performance.heat)) }
            if !isCounted[Int(performance.entry)] { subsets[subset].entries.append(Int(performance.entry)) }
            isCounted[Int(performance.entry)] = true
        }
        return subsets
    }
}

/// Who scored whom in each stage and in all together.
public struct DesignReview: Sendable {
    /// The stages from first to last, or by name when their order is open; one when there are none.
    public let stages: [StageDesign]
    /// All stages together; `nil` when there is one only.
    public let whole: StageDesign?
    /// Why the order of the stages cannot be determined; then the last of `stages` need not be the last of the contest.
    public let openOrder: DesignError?

    /// Goes through the stages of a sheet.
    public init(of sheet: ScoreSheet) {
        let parts: [(name: String?, heats: [Int])]
        do throws(DesignError) {
            parts = try sheet.stages().map { ($0.name, $0.heats) }
            openOrder = nil
        } catch {
            openOrder = error
            let names = Factor(sheet.heats.map(\.stage)).levels
            let named = names.map { name in (String?.some(name), sheet.heats.indices.filter { sheet.heats[$0].stage == name }) }
            parts = names.isEmpty ? [(nil, Array(sheet.heats.indices))] : named
        }
        stages = parts.map { StageDesign(of: parts.count == 1 ? sheet : sheet.selecting(heats: $0.heats), name: $0.name) }
        whole = parts.count > 1 ? StageDesign(of: sheet) : nil
    }
}

/// How many scores each entry (or judge) has, in few numbers.
public struct ScoreCounts: Sendable, Equatable {
    /// A range of counts and how many entries (or judges) fall in it.
    public struct Band: Sendable, Equatable {
        /// The fewest scores of the band.
        public let least: Int
        /// The most scores of the band; `nil` when it has no end.
        public let most: Int?
        /// How many entries (or judges) have so many scores.
        public let count: Int
    }

    /// The fewest scores.
    public let least: Int
    /// The median number of scores.
    public let median: Double
    /// The most scores.
    public let most: Int
    /// How many have 1–2, 3–4, 5–7 and at least 8 scores: a mean of so many has 71–100 %, 50–58 %, 38–45 % and at most 35 % of the noise of
    /// one score, and 8 are what a judge's own scale is taken from (`NormalizationRules.minimumScores`).
    public let bands: [Band]

    private static let limits: [(least: Int, most: Int?)] = [(1, 2), (3, 4), (5, 7), (8, nil)]

    /// The counts of one kind; of none all numbers are 0.
    public init(_ counts: [Int]) {
        let sorted = counts.sorted()
        least = sorted.first ?? 0
        most = sorted.last ?? 0
        median = sorted.isEmpty ? 0 : Quantiles.median(ofSorted: sorted.map(Double.init))
        bands = ScoreCounts.limits.map { least, most in
            Band(least: least, most: most, count: counts.count { $0 >= least && $0 <= most ?? .max })
        }
    }
}

extension ScoreSheet {
    /// The number of scores of each judge.
    public var judgeScoreCounts: [Int] {
        judgeCodes.reduce(into: [Int](repeating: 0, count: judges.count)) { $0[Int($1)] += 1 }
    }
}
