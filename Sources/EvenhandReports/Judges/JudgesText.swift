import Evenhand
import EvenhandIO

/// The sentences around the tables of `judges`.
struct JudgesText {
    let calibration: JudgeCalibration
    let totals: Totals
    let selection: Selection
    let layout: JudgesLayout
    let language: Language
    let flags: JudgeFlags

    init(calibration: JudgeCalibration, totals: Totals, selection: Selection, layout: JudgesLayout, language: Language) {
        (self.calibration, self.totals, self.selection) = (calibration, totals, selection)
        (self.layout, self.language) = (layout, language)
        flags = calibration.flags
    }

    /// Who stands out and by how much, what chance alone would show, and which scores to look at.
    var verdict: String {
        let sentences = layout.tables.compactMap { table -> String? in
            switch table {
            case .judges: [who, chance, groups].compactMap(\.self).joined(separator: language.say(" ", ""))
            case .outlying: outlying
            case .bias: layout.tables.contains(.judges) ? nil : biases
            case .pairs: layout.tables.count > 1 ? nil : pairs
            case .reliability: layout.tables.count > 1 ? nil : reliability
            case .agreement, .enough, .panel, .components, .decision, .judgeItems, .covariates, .effects, .drift: nil
            }
        }
        return sentences.joined(separator: language.say(" ", ""))
    }

    // MARK: - Judges

    private var who: String {
        let (count, flagged) = (calibration.sheet.judges.count, flags.flaggedCount)
        guard flagged > 0 else {
            return flags.testCount == 0
                ? language.say(
                    "Nothing can be said of \(count == 1 ? "this judge" : "these judges"): no other scores to compare theirs with, or no noise.",
                    "无法对评委作出判断：没有可比较的评分，或没有误差。")
                : language.say("None of the \(language.count(count, "judge", "")) stands out.", "\(count) 位评委中没有人与其他评委明显不同。")
        }
        let parts = JudgeFlags.Flag.allCases.compactMap { part(of: $0) }
        let verb = flagged == 1 ? "stands" : "stand"
        return language.say("\(flagged) of \(language.count(count, "judge", "")) \(verb) out: ", "\(count) 位评委中有 \(flagged) 位与其他评委明显不同。")
            + parts.joined(separator: language.say("; ", "；")) + language.say(".", "。")
    }

    /// The judges with a flag, the clearest first.
    private func part(of flag: JudgeFlags.Flag) -> String? {
        let flagged = flags.judges.indices.filter { flags.judges[$0].contains(flag) }
        let judges = Ranks.ascending(flagged.map { -strength($0, flag) }).map { flagged[$0] }
        guard !judges.isEmpty else { return nil }
        let shown = judges.prefix(3).map { calibration.sheet.judges[$0] + detail($0, flag) }
        let more = judges.count > 3 ? language.say(" and \(judges.count - 3) more", "等共 \(judges.count) 位") : ""
        let names = shown.joined(separator: language.say(", ", "、"))
        return flag.word(language) + language.say(" ", "：") + names + more
    }

    private func strength(_ judge: Int, _ flag: JudgeFlags.Flag) -> Double {
        switch flag {
        case .severe, .lenient: calibration.severity?.judges[judge]?.value.magnitude ?? 0
        case .erratic: noiseRatio(judge) ?? 0
        case .predictable: -(noiseRatio(judge) ?? 0)
        case .opposed, .unrelated: -(calibration.comparison?.judges[judge]?.correlation ?? 0)
        case .compressed: -(calibration.calibrated?.scale(of: judge) ?? 0)
        default: 0
        }
    }

    private func noiseRatio(_ judge: Int) -> Double? { calibration.comparison?.judges[judge]?.noiseRatio }

    /// The decimals, at least one, that a length needs not to vanish.
    private static func decimals(showing length: Double) -> Int {
        var (places, step) = (1, 0.1)
        while places < 9, step > length { (places, step) = (places + 1, step / 10) }
        return places
    }

    /// By how much, where a number says it.
    private func detail(_ judge: Int, _ flag: JudgeFlags.Flag) -> String {
        switch flag {
        case .severe, .lenient:
            guard let size = calibration.severity?.judges[judge] else { return "" }
            let (sign, interval) = (flag == .severe ? 1.0 : -1.0, size.interval())
            let places = JudgesText.decimals(showing: interval.upperBound - size.value)
            let ends = [sign * interval.lowerBound, sign * interval.upperBound].sorted().map { NumberFormat.fixed($0, decimals: places) }
            let value = NumberFormat.fixed(sign * size.value, decimals: places)
            return language.say(" by \(value) points (\(ends[0]) to \(ends[1]))", " \(value) 分（\(ends[0]) 至 \(ends[1])）")
        case .erratic, .predictable:
            guard let ratio = noiseRatio(judge) else { return "" }
            let value = NumberFormat.fixed(ratio, decimals: 1)
            return language.say(" (\(value) times the other judges' noise variance)", "（误差方差为其他评委的 \(value) 倍）")
        case .opposed, .unrelated:
            guard let correlation = calibration.comparison?.judges[judge]?.correlation else { return "" }
            let value = NumberFormat.fixed(correlation, decimals: 2)
            return language.say(" (correlation \(value) with the others)", "（与其他评委的相关 \(value)）")
        case .copies:
            let pairs = calibration.copies?.pairs.filter { $0.first == judge || $0.second == judge } ?? []
            guard let pair = pairs.first else { return "" }
            let other = pair.first == judge ? pair.b : pair.a
            return language.say(
                " (\(pair.equal) of \(pair.common) scores equal to those of \(other))",
                "（\(pair.common) 个评分中 \(pair.equal) 个与\(other)相同）")
        case .compressed:
            guard let scale = calibration.calibrated?.scale(of: judge) else { return "" }
            let value = NumberFormat.fixed(scale, decimals: 2)
            return language.say(" (\(value) of the panel's spread)", "（分差为评委组的 \(value)）")
        default: return ""
        }
    }

    private var chance: String? {
        guard flags.testCount > 0 else { return nil }
        return language.say(
            "If no judge differed from the others, at most one contest in 20 would show a flag.", "如评委其实没有差别，出现标记的可能不超过 5%。")
    }

    private var groups: String? {
        guard calibration.panels.subsetCount > 1 else { return nil }
        let count = calibration.panels.subsetCount
        let base = language.say(
            "The judges fall into \(count) groups that share no entry", "评委分为 \(count) 个没有共同项目的组")
        switch calibration.severity?.assumption {
        case nil:
            return base
                + language.say(
                    ": severity is relative to the judge's own group and says nothing across groups, unless --assume says how to compare.",
                    "：宽严只与本组评委相比，不能跨组比较，除非用 --assume 说明如何比较。")
        case .equalPanels:
            return base + language.say("; assumed here: the groups are equally severe on average.", "；此处假设：各组平均宽严相同。")
        case .equalHeats:
            return base + language.say("; assumed here: the groups' entries are equally strong on average.", "；此处假设：各组项目平均水平相同。")
        case .bothRandom:
            return base
                + language.say(
                    "; assumed here: judges, and the strength of heats, are drawn at random, so severities are drawn toward 0.",
                    "；此处假设：评委与各场次水平均为随机抽取，宽严向 0 收缩。")
        }
    }

    // MARK: - Other tables

    private var outlying: String? {
        guard let outlying = calibration.outlying else { return nil }
        let (count, expected) = (outlying.scores.count, NumberFormat.fixed(outlying.expectedByChance, decimals: 1))
        let beyond = outlying.scores.prefix { $0.isBeyondChance }
        let sure = outlying.scores.count { $0.isBeyondChance }
        let many = language.say(
            selection.sheet.hasItems
                ? "\(count) of the \(outlying.count) means of a judge for an entry"
                : "\(language.count(count, "score", "")) of \(outlying.count)",
            "\(outlying.count) 个\(selection.sheet.hasItems ? "评委平均分" : "评分")中有 \(count) 个")
        let others = selection.sheet.hasItems ? "means" : "scores"
        let base = language.say(
            "\(many) lie\(count == 1 ? "s" : "") more than 3 SDs from what the other \(others) predict; chance makes about \(expected).",
            "\(many)偏离预期超过 3 个标准差；仅凭偶然约有 \(expected) 个。")
        guard sure > 0 else { return base + favourites }
        let sheet = calibration.sheet
        let shown = beyond.prefix(2).map { score in
            let performance = sheet.performances[sheet.performance(ofRow: score.row)]
            let entry = layout.isByPerformance ? sheet.entryName(of: performance) : sheet.entries[Int(performance.entry)]
            let places = JudgesText.decimals(showing: score.residual.magnitude / 3)
            let (value, expected) = (
                NumberFormat.shortest(sheet.score(at: score.row)), NumberFormat.fixed(score.expected, decimals: places)
            )
            let judge = sheet.judges[Int(sheet.judgeCodes[score.row])]
            return language.say(
                "\(value) for \(entry) by \(judge) (expected \(expected))", "\(judge) 给 \(entry) 的 \(value)（预期 \(expected)）")
        }
        let more = sure > shown.count ? language.say(" and \(sure - shown.count) more", "等共 \(sure) 个") : ""
        return base + language.say(" Beyond chance: ", "难以用偶然解释：") + shown.joined(separator: language.say(", ", "、")) + more
            + language.say(".", "。") + favourites
    }

    /// The pairs of a judge and an entry that are beyond chance over several scores.
    private var favourites: String {
        let (sheet, beyond) = (calibration.sheet, calibration.favourites?.pairs.filter(\.isBeyondChance) ?? [])
        guard !beyond.isEmpty else { return "" }
        let shown = beyond.prefix(2).map { pair in
            let (judge, entry) = (sheet.judges[pair.judge], sheet.entries[pair.entry])
            let points = NumberFormat.fixed(pair.residual.magnitude, decimals: JudgesText.decimals(showing: pair.residual.magnitude / 3))
            return pair.residual > 0
                ? language.say(
                    "\(judge) gave \(entry) \(points) more than expected over \(pair.count) scores",
                    "\(judge) 的 \(pair.count) 次评分平均比预期高 \(points) 分（\(entry)）")
                : language.say(
                    "\(judge) gave \(entry) \(points) less than expected over \(pair.count) scores",
                    "\(judge) 的 \(pair.count) 次评分平均比预期低 \(points) 分（\(entry)）")
        }
        let more = beyond.count > shown.count ? language.say("; and \(beyond.count - shown.count) more", "；等共 \(beyond.count) 对") : ""
        return language.say(" Time and again: ", "多次偏离预期：") + shown.joined(separator: language.say("; ", "；")) + more
            + language.say(".", "。")
    }

    private var biases: String {
        let found = calibration.homeBiases.filter { ($0.overall?.p ?? 1) <= 0.05 }
        guard !found.isEmpty else {
            return language.say("No effect of a shared attribute on all judges together is clear.", "总体上没有明显的同源影响。")
        }
        return found.map { bias in
            let size = NumberFormat.fixed(bias.overall?.value ?? 0, decimals: calibration.sheet.calibratedDecimals)
            let isTurned = calibration.sheet.direction == .lowerIsBetter
            return language.say(
                "Entries that share a judge's \(bias.attribute) get \(size) points \(isTurned ? "fewer" : "more") from that judge (\(bias.pairs) scores).",
                "与评委 \(bias.attribute) 相同的项目从该评委处\(isTurned ? "少" : "多")得 \(size) 分（\(bias.pairs) 个评分）。")
        }.joined(separator: language.say(" ", ""))
    }

    private var pairs: String {
        let count = calibration.pairs?.pairs.count ?? 0
        return language.say("\(language.count(count, "pair", "")) of judges scored the same entries.", "\(count) 对评委有共同评分的项目。")
    }

    private var reliability: String? {
        guard let separation = calibration.entrySeparation else {
            return language.say("The scores leave no degrees of freedom for the noise.", "评分未留下估计误差的自由度。")
        }
        return language.say(
            "The scores put the entries in about \(NumberFormat.fixed(max(1, separation.strata), decimals: 1)) levels that lie three errors apart.",
            "评分大约能把项目分成 \(NumberFormat.fixed(max(1, separation.strata), decimals: 1)) 个可区分的层次。")
    }
}

extension JudgeFlags.Flag {
    /// The flag at the head of a list of judges.
    fileprivate func word(_ language: Language) -> String { language.name(of: self) }
}
