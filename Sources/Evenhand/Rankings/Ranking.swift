/// Who leads: the results of several methods, each with its ranks.
public struct Ranking: Sendable {
    /// The results and ranks of one method, or of a rule.
    public struct Column: Sendable {
        /// The name in commands and columns.
        public let name: String
        /// The method; `nil` for a rule.
        public let method: ScoringMethod?
        /// What it makes of each entry's scores.
        public let results: EntryResults
        /// The results in order.
        public let ranks: Ranks
        /// What separated equal results.
        public let tieBreaking: TieBreaking?
    }

    /// The sheet of totals that was ranked.
    public let sheet: ScoreSheet
    /// The methods in the order asked for.
    public let columns: [Column]
    /// Who scored whom.
    public let design: PanelDesign
    /// The rule for equal results.
    public let ties: TieRule
    /// The rule of the first column, when it is a rule's.
    public let rule: RuleResults?

    /// Ranks the entries of a sheet of totals by each method.
    ///
    /// - Parameters:
    ///   - criteria: the scores of each criterion, when methods that normalize are to do so criterion by criterion.
    ///   - sheet: one score for each judge of a performance, as `Totals` makes them.
    ///   - methods: in the order of the columns.
    ///   - rules: for the methods that normalize.
    ///   - ties: how equal results share ranks.
    ///   - decimals: places to which results are rounded, half up, before they are ranked.
    /// - Throws: `FitError`, `DesignError`.
    public init(
        of sheet: ScoreSheet, criteria: [ScoreSheet] = [], by methods: [ScoringMethod], rules: NormalizationRules = NormalizationRules(),
        ties: TieRule = .min,
        roundedTo decimals: Int? = nil
    ) throws {
        self.sheet = sheet
        self.ties = ties
        rule = nil
        design = PanelDesign(of: sheet)
        let rows = EntryRows(of: sheet)
        columns = try Parallel.all(methods.count, size: sheet.count) { index in
            Result {
                let results = try EntryResults(of: sheet, rows, criteria: criteria, by: methods[index], rules: rules, roundedTo: decimals)
                return Column(
                    name: methods[index].name, method: methods[index], results: results, ranks: Ranks(of: results, ties: ties),
                    tieBreaking: nil)
            }
        }.map { try $0.get() }
    }

    /// Ranks the entries by one method.
    public init(of sheet: ScoreSheet, by method: ScoringMethod, ties: TieRule = .min) throws {
        try self.init(of: sheet, by: [method], ties: ties)
    }

    /// The heat of each entry, when each appears in one heat only and there are several.
    public var heatOfEntry: [Int32]? { sheet.heatOfEntry }

    /// Ranks among the entries of the same group by one method; a code of `Factor.missing` is a group of its own.
    public func ranks(within codes: [Int32], column: Int) -> [Double] {
        columns[column].ranks.within(codes, ties: ties)
    }

    /// How many entries two methods both place among the first `places`.
    public func agreement(_ a: Int, _ b: Int, places: Int) -> Int {
        let first = Set(columns[a].ranks.order.prefix(places))
        return columns[b].ranks.order.prefix(places).filter(first.contains).count
    }
}
