import ArgumentParser
import Evenhand

/// How judges' scales are taken out.
struct NormalizationOptions: ParsableArguments {
    @Option(help: "How z-scores are shown: z, t (50 + 10 z) or points (M + S z).")
    var scale: NormalizationRules.Scale = NormalizationRules().scale

    @Option(help: "Whose scores share a scale.")
    var within: NormalizationRules.Within = NormalizationRules().within

    @Option(help: ArgumentHelp("A judge with fewer scores than this has few.", valueName: "n"))
    var minScores: Int = NormalizationRules().minimumScores

    @Option(help: "How a judge with few scores is treated: drawn toward the pool, replaced by it, or left as is.")
    var below: NormalizationRules.Below = NormalizationRules().below

    @Option(help: "Normalize judges' totals, or each criterion on its own scale.")
    var per: Per = .total

    enum Per: String, Choice {
        case total
        case criterion
    }

    func validate() throws {
        if minScores < 0 { throw ValidationError("--min-scores \(minScores): a number of scores is not negative.") }
    }

    /// The scores of each criterion, when each is to be normalized on its own scale.
    func criteria(of totals: Totals) -> [ScoreSheet] { per == .criterion ? totals.ballots.byCriterion().map(\.sheet) : [] }

    var rules: NormalizationRules {
        var rules = NormalizationRules()
        (rules.scale, rules.within, rules.minimumScores, rules.below) = (scale, within, minScores, below)
        return rules
    }
}

extension NormalizationRules.Scale: Choice {}
extension NormalizationRules.Within: Choice {}
extension NormalizationRules.Below: Choice {}
extension NormalizationMethod: Choice {}
