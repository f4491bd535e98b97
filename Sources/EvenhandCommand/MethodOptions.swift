public import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// How results are made, and how the list is laid out.
struct MethodOptions: ParsableArguments {
    /// The methods by name.
    enum Name: String, Choice {
        case mean, median, trimmed, winsorized, clipped, huber, centered, zscore, percentile, rankit, coefficient, additive, crossed,
            calibrated
        case robustZ = "robust-z"
    }

    @Option(name: .customLong("method"), help: "A method; repeatable (default: mean, trimmed and zscore).")
    var names: [Name] = []

    @Option(help: ArgumentHelp("Sort by this method (default: the first).", valueName: "method"))
    var sort: Name?

    @OptionGroup var parameters: MethodParameters

    @Option(help: "How equal results share ranks.")
    var ties: TieRule = .min

    @Option(help: ArgumentHelp("Round results half up to this many decimals before ranking.", valueName: "n"))
    var round: Int?

    @Option(help: ArgumentHelp("Mark who is among the first k.", valueName: "k"))
    var places: Int?

    @Option(help: ArgumentHelp("One table per level of an attribute, or per heat.", valueName: "heat|attribute"))
    var each: String?

    @Option(help: "What is ranked: each entry, or each of its performances (an entry in a heat).")
    var unit: Unit = .entry

    enum Unit: String, Choice { case entry, performance }

    @Option(help: "The assumption by which entries of panels without a common judge are compared.")
    var assume: RankingLayout.Assumption?

    @Option(help: "Whether a heat's effect in crossed, under --assume both-random, is part of the result: strength or leniency.")
    var heatMeans: CrossedEffects.HeatMeans = .strength

    func validate() throws {
        if let round, !(0...12).contains(round) { throw ValidationError("--round \(round): between 0 and 12 decimals.") }
        if let places, places < 1 { throw ValidationError("--places \(places): at least one place.") }
        if let sort, !(resolved().contains(sort)) { throw ValidationError("--sort \(sort.rawValue): add --method \(sort.rawValue).") }
        _ = try scoringMethods()
    }

    /// A table for each heat ranks what happened in it, even where entries appear in several.
    func unit(of sheet: ScoreSheet) -> Unit { each == "heat" && sheet.hasRepeatedEntries ? .performance : unit }

    private func resolved() -> [Name] {
        var seen: Set<Name> = []
        var all = (names.isEmpty ? [.mean, .trimmed, .zscore] : names).filter { seen.insert($0).inserted }
        // The assumption names the method that it makes comparable.
        if let assumed = assume?.methodName, seen.insert(assumed).inserted { all.append(assumed) }
        return all
    }

    func scoringMethods() throws -> [ScoringMethod] {
        try resolved().map { name in
            switch name {
            case .centered where assume == .equalHeats: RankingLayout.Assumption.equalHeats.method
            case .crossed where assume == .bothRandom: .crossed(parameters.modelMethod, heatMeans: heatMeans)
            default: try parameters.method(name, for: "--method")
            }
        }
    }

    /// - Parameter own: the sheet's own column of trimmed results, which is the order when nothing else was asked for.
    func layout(_ ranking: Ranking, own: String?, top: Int?) throws -> RankingLayout {
        var layout = RankingLayout()
        let assumed = ranking.design.subsetCount > 1 && ranking.rule == nil ? assume?.methodName : nil
        let isOwn = sort == nil && assumed == nil && ranking.rule == nil && ranking.columns.contains { $0.method == .trimmed(.scores(1)) }
        if isOwn { layout.ownResult = own }
        let key = sort ?? assumed ?? (layout.ownResult == nil ? nil : .trimmed)
        layout.sortColumn = key.flatMap { key in ranking.columns.firstIndex { $0.name == key.rawValue } } ?? 0
        (layout.places, layout.top, layout.each, layout.assumption) = (places, top, each, assume)
        return layout
    }

    var json: [(String, JSON)] {
        [
            ("method", .array(resolved().map { .string($0.rawValue) })), ("ties", .string(ties.rawValue)),
            ("round", round.map(JSON.integer) ?? .null), ("places", places.map(JSON.integer) ?? .null),
            ("heat_means", .string(heatMeans.rawValue)),
            ("unit", .string(unit.rawValue)), ("assume", assume.map { .string($0.rawValue) } ?? .null),
        ] + parameters.json
    }
}

extension MethodOptions {
    /// The options that need the scores themselves.
    var scoreOptions: [(String, JSON)] {
        [
            ("each", each.map(JSON.string) ?? .null), ("unit", .string(unit.rawValue)), ("heat_means", .string(heatMeans.rawValue)),
            ("assume", assume.map { .string($0.rawValue) } ?? .null),
        ]
    }
}

extension RankingLayout.Assumption: ExpressibleByArgument {
    var methodName: MethodOptions.Name {
        switch self {
        case .equalPanels: .mean
        case .equalHeats: .centered
        case .bothRandom: .crossed
        }
    }
}

extension TieRule: Choice {}

extension CrossedEffects.HeatMeans: Choice {}

extension NormalizationOptions {
    /// The options that need the scores themselves.
    var scoreOptions: [(String, JSON)] { [("within", .string(within.rawValue)), ("per", .string(per.rawValue))] }

    var json: [(String, JSON)] {
        [
            ("scale", .string(scale.rawValue)), ("within", .string(within.rawValue)), ("min_scores", .integer(minScores)),
            ("below", .string(below.rawValue)), ("per", .string(per.rawValue)),
        ]
    }
}
