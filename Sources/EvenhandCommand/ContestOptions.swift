import ArgumentParser
import Evenhand

/// The counts of everything; those that are not given keep the library's defaults.
struct ContestCounts: ParsableArguments {
    @Option(help: "Number of entries. (default: \(ContestDesign.usualEntryCount))") var entryCount: Int?
    @Option(help: "Number of heats, each with one panel. (default: none, a panel for each entry)") var heatCount: Int?
    @Option(help: "Number of judges. (default: \(ContestDesign.usualJudgeCount))") var judgeCount: Int?
    @Option(help: "Number of judges who score each entry. (default: all)") var panel: Int?
    @Option(help: "Number of criteria, equal parts of 100 points. (default: 1)") var criteria: Int?

    var areGiven: Bool { [entryCount, heatCount, judgeCount, panel, criteria].contains { $0 != nil } }

    func design() throws(ContestDesignError) -> ContestDesign {
        try ContestDesign(
            entryCount: entryCount ?? ContestDesign.usualEntryCount, heatCount: heatCount,
            judgeCount: judgeCount ?? ContestDesign.usualJudgeCount, panelSize: panel, criterionCount: criteria ?? 1)
    }
}

private let usual = ScoreModel()

/// How far things differ.
struct SpreadOptions: ParsableArguments {
    @Option(name: .customLong("entry-sd"), help: "SD of the entries' quality, in points. (default: \(usual.entrySD))")
    var entrySD: Double?
    @Option(name: .customLong("judge-sd"), help: "SD of the judges' severity, in points. (default: \(usual.judgeSD))")
    var judgeSD: Double?
    @Option(name: .customLong("scale-sd"), help: "SD of the logarithm of the judges' scales. (default: \(usual.scaleSD))")
    var scaleSD: Double?
    @Option(name: .customLong("noise-sd"), help: "SD of the noise of a score, in points. (default: \(usual.noiseSD))")
    var noiseSD: Double?
    @Option(name: .customLong("heat-sd"), help: "SD of the differences between heats, in points. (default: \(usual.heatSD))")
    var heatSD: Double?
}

/// How far things differ in a simulated contest; values that are not given keep those of the design or the library.
struct ContestSpreads: ParsableArguments {
    @OptionGroup var spreads: SpreadOptions
    @Option(help: "Decimals of a score. (default: \(usual.decimals))")
    var decimals: Int?

    func applied(to design: ContestDesign) throws(ContestDesignError) -> ContestDesign {
        var model = design.model
        model.entrySD = spreads.entrySD ?? model.entrySD
        model.judgeSD = spreads.judgeSD ?? model.judgeSD
        model.scaleSD = spreads.scaleSD ?? model.scaleSD
        model.noiseSD = spreads.noiseSD ?? model.noiseSD
        model.heatSD = spreads.heatSD ?? model.heatSD
        model.decimals = decimals ?? model.decimals
        return try design.with(model: model)
    }
}
