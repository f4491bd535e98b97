import Evenhand
import EvenhandIO

/// What is to be done before a list is published, in the order of its weight.
struct Advice {
    let report: ContestReport
    let language: Language

    var sentences: [String] { [published, assumption, tie, misplaced, open, problems, review, judges, panel].compactMap(\.self) }

    private var cut: FinalsAnalysis? { report.cut.content?.analysis }
    private var calibration: JudgeCalibration? { report.judges.content?.calibration }

    private var published: String? {
        guard let table = report.ranking.tables.first(where: { $0.name == "verification" }), table.rowCount > 0 else { return nil }
        return language.say(
            "Settle the differences between the published list and the scores (\(language.count(table.rowCount, "line", ""))).",
            "先处理公布名单与评分之间的差异（\(table.rowCount) 行）。")
    }

    /// A list across panels without a common judge is no result of the scores alone.
    private var assumption: String? {
        guard let count = cut?.list.ranking.design.subsetCount, count > 1 else { return nil }
        return language.say(
            "Settle first how heats are compared: the panels fall into \(count) groups that share no judge, so the order across them follows from an assumption, not from the scores. Within a heat the list holds; see “\(language.detailHeading)” for the list under each assumption.",
            "请先确定各场次之间如何比较：评委组分为 \(count) 个互不重叠的组，跨组名次来自假设而非评分。场内名次成立；各种假设下的名次见“\(language.detailHeading)”。")
    }

    /// Entries that the model places on the other side of the cut than the list does.
    private var misplaced: String? {
        guard let moved = cut?.cut.misplaced, let list = cut?.list, !moved.isEmpty else { return nil }
        let names = language.list(moved.map { list.entries[$0] }, most: 20)
        return language.say(
            "Look at the judges of these before you publish: with severity taken out the model is at least 90 % certain that they belong on the other side of the cut: \(names).",
            "公布之前请查看以下项目由哪些评委评分：消除宽严后，模型有 90% 以上的把握认为它们应在入围线的另一侧：\(names)。")
    }

    private var tie: String? {
        guard let cut else { return nil }
        let tied = cut.list.tied(across: cut.rules.places)
        guard !tied.isEmpty else { return nil }
        let names = language.list(tied.map { cut.list.entries[$0] })
        return language.say(
            "Break the tie across the cut by a rule that was fixed beforehand: \(names).", "按事先规定的并列规则处理跨越入围线的并列：\(names)。")
    }

    /// Those on both sides of the cut whom the scores cannot separate.
    private var open: String? {
        guard let cut, !cut.cut.open.isEmpty, cut.rules.places < cut.list.entries.count else { return nil }
        let isOpen = Set(cut.cut.open)
        let order = cut.list.column.ranks.order.map { Int($0) }.filter(isOpen.contains)
        let names = language.list(order.map { cut.list.entries[$0] }, most: 20)
        return language.say(
            "Whichever list is published, do not call these places certain: \(names). If the decision weighs much, let these compete once more before other judges.",
            "无论公布哪份名单，都不宜把以下项目的取舍说成确定无疑：\(names)。若关系重大，可请另一组评委对它们加评一轮。")
    }

    private var problems: String? {
        guard !report.warnings.isEmpty else { return nil }
        return language.say(
            "Look at what seems wrong in the sheet: \(report.warnings[0])\(report.warnings.count > 1 ? " There \(report.warnings.count == 2 ? "is 1 more" : "are \(report.warnings.count - 1) more"), listed under “\(language.reviewHeading)”." : "")",
            "请核对评分表中的疑点：\(report.warnings[0])\(report.warnings.count > 1 ? "另有 \(report.warnings.count - 1) 处，见“\(language.reviewHeading)”。" : "")"
        )
    }

    private var review: String? {
        guard let review = cut?.review, let list = cut?.list else { return nil }
        let found = list.column.ranks.order.map { Int($0) }.filter { !review.findings[$0].isEmpty }
        guard !found.isEmpty else { return nil }
        return language.say(
            "Have the scores of \(language.list(found.map { list.entries[$0] }, most: 8)) looked at again.",
            "请复核以下项目的评分：\(language.list(found.map { list.entries[$0] }, most: 8))。")
    }

    private var judges: String? {
        guard let calibration else { return nil }
        let flags = calibration.flags.judges
        let flagged = flags.indices.filter { !flags[$0].isEmpty }
        guard !flagged.isEmpty else { return nil }
        let names = flagged.map { judge in
            "\(calibration.sheet.judges[judge]) (\(flags[judge].map { language.name(of: $0) }.joined(separator: language.say(", ", "、"))))"
        }
        return language.say(
            "Speak with these judges before the next contest, and change no score now: \(language.list(names, most: 8)).",
            "下次比赛前与以下评委沟通，本次评分不作改动：\(language.list(names, most: 8))。")
    }

    /// The panel that a reliable list takes, when it is larger than this one.
    private var panel: String? {
        guard let cut, !cut.cut.open.isEmpty, let needed = cut.cut.certainty?.judgesNeeded else { return nil }
        guard let now = cut.cut.judgesAtBorder, needed > now, needed <= FinalsText.mostJudges else { return nil }
        return language.say(
            "Next time plan for more judges: telling the two entries at the cut apart would take about \(needed) judges of each instead of \(now).",
            "下次请增加每个项目的评委：要区分入围线两侧的项目，每个约需 \(needed) 位评委评分（现为 \(now) 位）。")
    }
}

/// How the results came about, for those who do not know statistics.
struct MethodWords {
    let report: ContestReport
    let language: Language

    var sentences: [String] {
        [
            language.say(
                "Results are computed exactly, as fractions, and rounded only where they are shown; equal results are equal to the last digit.",
                "成绩以分数精确计算，仅在显示时舍入；相等的成绩在最后一位上也相等。"),
            report.cut.content == nil
                ? nil
                : language.say(
                    "How certain a place is follows from how much judges disagree about the same entries: from a model of entries and judges, contests that could have happened are drawn, and it is counted how often an entry is among the best.",
                    "名次有多可靠，取决于评委对同一项目的意见有多大分歧：由项目与评委模型抽取可能发生的比赛结果，统计项目进入前列的次数。"),
            report.judges.content == nil
                ? nil
                : language.say(
                    "A judge's severity is how many points lower it scores the same entries than the other judges; nobody is compared on entries that others did not see.",
                    "评委的宽严是指其对相同项目的给分比其他评委低多少分；没有他人评过的项目不参与比较。"),
        ].compactMap(\.self)
    }
}

extension Language {
    /// What the part of a report about the cut is called.
    var detailHeading: String { say("The cut in detail", "入围线详情") }

    /// What the part of a report about doubtful scores is called.
    var reviewHeading: String { say("Scores to look at again", "需要复核的评分") }
}
