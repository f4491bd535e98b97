/// The ranks that every method gives, and how far the methods agree.
public struct MethodComparison: Sendable {
    /// One method's ranks of the entries of a list.
    public struct Column: Sendable, Equatable {
        /// The method's name; `rule` or `combined` for a list that no single method makes.
        public let name: String
        /// Its ranks, equal ones sharing theirs.
        public let ranks: [Double]
    }

    /// The list first, then the methods.
    public let columns: [Column]
    /// How many methods place each entry among the first; all that share the last rank are.
    public let methodsIn: [Int]
    /// The exact Kemeny order, for at most 24 entries that can all be compared.
    public let kemeny: KemenyOrder?
    /// The methods that the scores do not allow.
    public let missing: [String]

    /// Compares the methods on the totals that a list ranks.
    ///
    /// - Parameters:
    ///   - list: the official list.
    ///   - model: whose fits are reused.
    ///   - places: the k of the cut.
    public init(of list: OfficialList, model: MeritModel? = nil, places: Int) {
        let sheet = list.totals.sheet
        // One column for each name: a list by crossed effects or trimmed means of another kind takes the place of the usual ones.
        let methods = MethodComparison.methods(for: sheet).filter { $0.name != list.column.name }
        let ranked = Parallel.map(methods.count, size: sheet.count) { index in
            let known = model.flatMap { MethodComparison.known(methods[index], in: $0, of: sheet) }
            let ranks = known ?? (try? Ranking(of: sheet, by: methods[index])).map { $0.columns[0].ranks.ranks }
            return ranks.map { Column(name: methods[index].name, ranks: $0) }
        }
        var columns = [Column(name: list.column.name, ranks: list.ranks)] + ranked.compactMap(\.self)
        let profile = PreferenceProfile.couldCompareAll(sheet) ? PreferenceProfile(of: sheet) : nil
        var missing = zip(methods, ranked).filter { $1 == nil }.map(\.0.name)
        let complete = profile.flatMap { $0.comparesAll ? $0 : nil }
        kemeny = complete.flatMap { KemenyOrder(of: $0) }
        if let profile = complete {
            columns.append(Column(name: "borda", ranks: Ranks(agreeing: profile.bordaShares).ranks))
            columns.append(Column(name: "copeland", ranks: Ranks(agreeing: profile.copeland.map(Double.init)).ranks))
        } else {
            missing += ["borda", "copeland"]
        }
        if let kemeny {
            var ranks = [Double](repeating: 0, count: sheet.entries.count)
            for (position, entry) in kemeny.order.enumerated() { ranks[entry] = Double(position + 1) }
            columns.append(Column(name: "kemeny", ranks: ranks))
        } else {
            missing.append("kemeny")
        }
        let all = columns
        (self.columns, self.missing) = (all, missing)
        methodsIn = sheet.entries.indices.map { entry in all.count { $0.ranks[entry] <= Double(places) } }
    }

    /// Kendall's τ-b of the ranks of two columns: (concordant − discordant pairs) / √(untied pairs of one · of the other); `nil` when one
    /// ties all.
    ///
    /// Source: Kendall, *The treatment of ties in ranking problems*, Biometrika 33 (1945).
    public func tau(_ a: Int, _ b: Int) -> Double? { KendallTau.b(columns[a].ranks, columns[b].ranks) }

    private static func methods(for sheet: ScoreSheet) -> [ScoringMethod] {
        let normalized: [NormalizationMethod] = [.centered, .zscore, .robustZ, .percentile, .rankit]
        let coefficient: [ScoringMethod] = sheet.heats.count > 1 ? [.normalized(.coefficient)] : []
        return [.mean, .median, .trimmed(.scores(1)), .winsorized(.scores(1)), .huber] + normalized.map { .normalized($0) } + coefficient
            + [.additive, .crossed(), .calibrated]
    }

    /// The ranks by a fit that is at hand.
    private static func known(_ method: ScoringMethod, in model: MeritModel, of sheet: ScoreSheet) -> [Double]? {
        guard model.terms.count == 1, let term = model.terms.first, term.fit.heatVariance == nil, term.fit.sheet == sheet else {
            return nil
        }
        switch method {
        case .crossed: return term.fit.ranks()
        case .calibrated:
            return term.calibrated.map { Ranks(agreeing: $0.fairAverages, spread: term.fit.residualVariance.squareRoot()).ranks }
        default: return nil
        }
    }
}
