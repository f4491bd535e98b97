/// Who leads: the results of several methods, each with its ranks.
public struct Ranking: Sendable {
    /// One method's results and ranks.
    public struct Column: Sendable {
        /// The method.
        public let method: ScoringMethod
        /// What it makes of each entry's scores.
        public let results: EntryResults
        /// The results in order.
        public let ranks: Ranks
    }

    /// The sheet of totals that was ranked.
    public let sheet: ScoreSheet
    /// The methods in the order asked for.
    public let columns: [Column]
    /// Who scored whom.
    public let design: PanelDesign
    /// The rule for equal results.
    public let ties: TieRule

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
        design = PanelDesign(of: sheet)
        let rows = EntryRows(of: sheet)
        columns = try Parallel.map(methods.count, size: sheet.count) { index in
            Result {
                let results = try EntryResults(of: sheet, rows, criteria: criteria, by: methods[index], rules: rules, roundedTo: decimals)
                return Column(method: methods[index], results: results, ranks: Ranks(of: results, ties: ties))
            }
        }.map { try $0.get() }
    }

    /// Ranks the entries by one method.
    public init(of sheet: ScoreSheet, by method: ScoringMethod, ties: TieRule = .min) throws {
        try self.init(of: sheet, by: [method], ties: ties)
    }

    /// The heat of each entry, when each appears in one heat only and there are several.
    public var heatOfEntry: [Int32]? {
        guard sheet.heats.count > 1, !sheet.hasRepeatedEntries else { return nil }
        var heats = [Int32](repeating: 0, count: sheet.entries.count)
        for performance in sheet.performances { heats[Int(performance.entry)] = performance.heat }
        return heats
    }

    /// Ranks among the entries of the same group by one method; a code of `Factor.missing` is a group of its own.
    public func ranks(within codes: [Int32], column: Int) -> [Double] {
        let all = columns[column].ranks
        var ranks = [Double](repeating: 0, count: codes.count)
        // Place 0 is for entries without a group.
        var members = [[Int32]](repeating: [], count: Int(codes.max() ?? 0) + 2)
        for entry in all.order { members[Int(codes[Int(entry)]) + 1].append(entry) }
        for group in members where !group.isEmpty {
            let inner = Ranks.shared(group.map { all.ranks[Int($0)] }, ties: ties)
            for (entry, rank) in zip(group, inner) { ranks[Int(entry)] = rank }
        }
        return ranks
    }

    /// How many entries two methods both place among the first `places`.
    public func agreement(_ a: Int, _ b: Int, places: Int) -> Int {
        let first = Set(columns[a].ranks.order.prefix(places))
        return columns[b].ranks.order.prefix(places).filter(first.contains).count
    }
}
