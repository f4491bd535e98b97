extension Ranking {
    /// The name of the column of a rule's results.
    public static let ruleName = "rule"

    private init(_ ranking: Ranking, columns: [Column], rule: RuleResults?) {
        sheet = ranking.sheet
        design = ranking.design
        ties = ranking.ties
        self.columns = columns
        self.rule = rule
    }

    /// The ranking with the results of a rule in a first column.
    ///
    /// - Parameter rule: applied to a sheet that has all entries and heats of this one.
    /// - Throws: `DesignError` when the rule gives an entry several results.
    public func led(by rule: RuleResults) throws(DesignError) -> Ranking {
        let results = try rule.results(for: sheet)
        let column = Column(
            name: Ranking.ruleName, method: nil, results: results, ranks: Ranks(of: results, ties: ties), tieBreaking: nil)
        return Ranking(self, columns: [column] + columns, rule: rule)
    }

    /// The ranking with results computed elsewhere in a first column.
    func led(by results: EntryResults, named name: String) -> Ranking {
        let column = Column(name: name, method: nil, results: results, ranks: Ranks(of: results, ties: ties), tieBreaking: nil)
        return Ranking(self, columns: [column] + columns, rule: rule)
    }

    /// The ranking with ties of the first column broken.
    ///
    /// - Parameters:
    ///   - chain: what decides, one after the other; without any the ranking stays as it is.
    ///   - ballots: the scores with their criteria.
    ///   - contest: the scores of all stages.
    /// - Throws: `DesignError` for a criterion or stage that does not occur and for scores that are not exact; `FitError`.
    public func breakingTies(by chain: [TieBreak], ballots: ScoreSheet, contest: ScoreSheet) throws -> Ranking {
        guard !chain.isEmpty, let first = columns.first else { return self }
        let basis = try TieBreakBasis(of: self, for: chain, ballots: ballots, contest: contest)
        let breaking = try TieBreaking(of: Ranks(of: first.results), by: chain, basis, ties: ties)
        let column = Column(
            name: first.name, method: first.method, results: first.results, ranks: breaking.ranks, tieBreaking: breaking)
        return Ranking(self, columns: [column] + columns.dropFirst(), rule: rule)
    }
}

extension TieBreakBasis {
    /// The results of the criteria and stages that a chain names.
    ///
    /// Those of heats are what the rule has for each before it combines them, otherwise the means of the judges' totals.
    ///
    /// That of a criterion is what a rule that combines judges first has before it combines criteria, otherwise the mean of its scores;
    /// that of a stage is what the rule's steps make of it, without a rule the mean of the judges' totals.
    init(of ranking: Ranking, for chain: [TieBreak], ballots: ScoreSheet, contest: ScoreSheet) throws {
        var (criteria, stages) = ([String: [Fraction?]](), [String: [Fraction?]]())
        let entries = ranking.sheet.entries
        for step in chain {
            switch step {
            case .criterion(let name):
                if let results = try ranking.rule?.criterion(name, of: ranking.sheet) {
                    criteria[name] = results.map { $0.map(ranking.sheet.direction.turned) }
                } else if let part = ballots.byCriterion().first(where: { $0.criterion == name })?.sheet {
                    criteria[name] = TieBreakBasis.means(try EntryResults(of: part, by: .mean).fractions, part.entries, for: entries)
                }
            case .stage(let name):
                if let rule = ranking.rule, let stage = rule.stage(named: name) {
                    stages[name] = rule.results(ofStage: stage, for: entries).map { $0.map(ranking.sheet.direction.turned) }
                } else {
                    guard let heats = try? contest.heats(ofStage: name).heats else { continue }
                    let part = try Totals(of: contest.selecting(heats: heats)).sheet
                    stages[name] = TieBreakBasis.means(try EntryResults(of: part, by: .mean).fractions, part.entries, for: entries)
                }
            default: break
            }
        }
        let names = CountedName.sorted(contest.heats.compactMap { $0.stage ?? $0.name })
        let heats = chain.contains(.heats) ? try TieBreakBasis.heats(of: ranking) : []
        self.init(totals: ranking.sheet, criteria: criteria, stages: stages, heats: heats, known: (ballots.criteria, names))
    }

    private static func heats(of ranking: Ranking) throws -> [[Fraction]] {
        let sheet = ranking.sheet
        var results = [[Fraction]](repeating: [], count: sheet.entries.count)
        if let rule = ranking.rule {
            for (entry, index) in try rule.performances(in: sheet).enumerated() { results[entry] = try rule.heats(ofPerformance: index) }
        } else {
            let perPoint = Int128(sheet.unitsPerPoint)
            for performance in sheet.performances {
                let sum = performance.rows.reduce(Int128(0)) { $0 + Int128(sheet.units[$1]) }
                results[Int(performance.entry)].append(Fraction(sum, over: perPoint * Int128(performance.rows.count)))
            }
            return results.map { $0.sorted(by: >) }
        }
        return results.map { $0.map(sheet.direction.turned).sorted(by: >) }
    }

    private static func means(_ fractions: [Fraction]?, _ names: [String], for entries: [String]) -> [Fraction?] {
        let known = Dictionary(uniqueKeysWithValues: zip(names, fractions ?? []))
        return entries.map { known[$0] }
    }
}

extension RuleResults {
    /// What the steps leave of a criterion of each entry of a part, when the judges are combined before the criteria.
    fileprivate func criterion(_ name: String, of part: ScoreSheet) throws -> [Fraction?]? {
        guard let code = sheet.criteria.firstIndex(of: name) else { return nil }
        let mine = try performances(in: part)
        var found: [Fraction?] = []
        for index in mine {
            let single = try steps(ofPerformance: index).last { step in
                step.cells.contains { $0.criterion == Int32(code) && $0.judge == Factor.missing }
            }
            found.append(single?.cells.first { $0.criterion == Int32(code) }?.value)
        }
        return found.contains { $0 != nil } ? found : nil
    }

    /// The results of the heats that are combined with a performance, as the steps left them when each was one number for the last time.
    fileprivate func heats(ofPerformance index: Int) throws -> [Fraction] {
        let count = performances(combinedWith: index).count
        let last = try steps(ofPerformance: index).last { step in
            step.cells.count == count && step.cells.allSatisfy { $0.heat != Factor.missing && $0.judge == Factor.missing }
        }
        return last?.cells.map(\.value) ?? []
    }

    /// The stage that a name calls, as the rule has it or as the sheet is asked for it (`final`, `2`); `nil` where the rule has no such
    /// stage.
    fileprivate func stage(named name: String) -> Int? {
        if let own = CountedName.positions(of: name, among: stageNames).first { return own }
        guard stageNames.count > 1, let heats = try? sheet.heats(ofStage: name).heats, let stage = heats.first.map({ stageOfHeat[$0] }),
            heats.allSatisfy({ stageOfHeat[$0] == stage })
        else { return nil }
        return stage
    }

    /// The result of each entry in a stage, before weights.
    fileprivate func results(ofStage stage: Int, for entries: [String]) -> [Fraction?] {
        var results: [String: Fraction] = [:]
        for (performance, result) in zip(sheet.performances, performances) where stageOfHeat[Int(performance.heat)] == stage {
            results[sheet.entries[Int(performance.entry)]] = result
        }
        return entries.map { results[$0] }
    }
}
