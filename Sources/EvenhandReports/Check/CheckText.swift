import Evenhand
import EvenhandIO

/// The sentences of `check`: whether the scores can be ranked, and what to type next.
struct CheckText {
    let language: Language

    /// What can be ranked, from the last stage to the first, what that assumes, and how many warnings there are.
    func verdict(_ review: DesignReview, warnings: Int) -> String {
        let (stages, last) = (review.stages, review.stages.count - 1)
        var sentences = stages.indices.reversed().map { index in
            let location = stages.count > 1 ? language.name(of: stages[index], index) : nil
            return action(stages[index], location, isLast: index == last && review.openOrder == nil)
        }
        if let open = review.openOrder {
            let message = open.message(in: language) + language.say("", " ")
            sentences.insert(language.say("The scores can be read. ", "评分可以读取。") + message, at: 0)
        } else if stages[last].judgesByCriterion == nil, stages[last].design.subsetCount == 1 {
            sentences[0] = language.say("The scores can be ranked: ", "评分可以排名：") + sentences[0]
        }
        sentences = sentences.map { $0.prefix(1).uppercased() + $0.dropFirst() } + assumptions(stages.map(\.design))
        sentences.append(
            warnings == 0
                ? language.say("Nothing looks wrong.", "未发现可疑之处。")
                : language.say(
                    "\(language.count(warnings, "warning", "")): see the table of problems.", "有 \(warnings) 条警告，见“问题”表。"))
        return sentences.joined(separator: language.say(" ", ""))
    }

    /// When files cannot be read.
    func verdict(_ error: ScoreSheetError) -> String {
        if error.question != nil {
            return language.say(
                "The scores cannot be read until a question is answered: it is on standard error, with the commands that answer it.",
                "需先回答一个问题才能读取评分：问题与可用的命令见标准错误输出。")
        }
        let listed = error.count > error.problems.count
        return language.say(
            "The scores cannot be read: \(language.count(error.count, "problem", "")), "
                + (listed ? "the first \(error.problems.count) of them listed below. " : "listed below. ")
                + "Correct \(error.count == 1 ? "it" : "them") and check again (evenhand check …).",
            "评分无法读取：共 \(error.count) 处问题，" + (listed ? "下面列出前 \(error.problems.count) 处。" : "列于下面。") + "请更正后重新检查（evenhand check …）。")
    }

    /// What a stage allows, and the command that does it.
    private func action(_ stage: StageDesign, _ location: String?, isLast: Bool) -> String {
        let command = "evenhand rank …" + (isLast ? "" : selection(of: stage))
        let (entries, judges) = (stage.scored.entries.count, stage.scored.judges.count)
        let (start, chinese) = (location.map { "in \($0) " } ?? "", location.map { "\($0)中" } ?? "")
        if stage.judgesByCriterion != nil {
            return language.say(
                start
                    + "judges score different criteria, so there are no totals: a rule must take the criteria one by one (\(command) --rule FILE).",
                chinese + "各评委评不同的指标，因此没有总分：须由规则逐项处理指标（\(command) --rule 文件）。")
        }
        if stage.design.isComplete {
            let who = entries == 1 ? "the only entry" : "all \(entries) entries"
            let panel = judges == 1 ? "the same judge" : "the same \(judges) judges"
            return language.say(
                start
                    + "\(who) \(entries == 1 ? "was" : "were") scored by \(panel), so no assumption about severity is needed (\(command)).",
                chinese + "全部 \(entries) 个项目由同一组 \(judges) 位评委评分，不需要对评委宽严作任何假设（\(command)）。")
        }
        if stage.design.subsetCount > 1 { return apart(stage, location, command) }
        return language.say(
            start + "the \(entries) entries were scored by different but overlapping judges: compare several methods (\(command)).",
            chinese + (chinese.isEmpty ? "" : " ") + "\(entries) 个项目由不同但有重叠的评委评分：请比较多种方法（\(command)）。")
    }

    private func apart(_ stage: StageDesign, _ location: String?, _ command: String) -> String {
        let groups = stage.design.subsetCount
        let hasHeats = stage.scored.heats.count > 1
        return language.say(
            "the panels\(location.map { " of \($0)" } ?? "") fall into \(groups) groups that share no judge: "
                + (hasHeats ? "rank heat by heat (\(command) --each heat)" : "compare entries of one group only (\(command))")
                + ", or use --assume to say how to compare them.",
            "\(location ?? "")评委分为 \(groups) 个互不重叠的组："
                + (hasHeats ? "请按场次分别排名（\(command) --each heat）" : "只能比较同组的项目（\(command)）") + "，或用 --assume 说明如何比较。")
    }

    /// What methods take for granted, once for all stages.
    private func assumptions(_ designs: [PanelDesign]) -> [String] {
        var sentences: [String] = []
        if designs.contains(where: { $0.subsetCount == 1 && !$0.isComplete }) {
            sentences.append(
                language.say(
                    "Where judges differ, means depend on who judged, and z-scores assume that every judge saw entries of the same average quality.",
                    "评委不同时，平均分受由谁评分的影响；标准分假设每位评委所见项目的平均水平相同。"))
        }
        if designs.contains(where: { $0.subsetCount > 1 }) {
            sentences.append(
                language.say(
                    "z-scores across groups assume that every judge saw entries of the same average quality; the scores cannot show whether that is so.",
                    "跨组的标准分假设每位评委所见项目的平均水平相同，而评分本身无法说明是否如此。"))
        }
        return sentences
    }

    /// The options that choose a stage.
    private func selection(of stage: StageDesign) -> String {
        if let name = stage.name { return " --stage \(quoted(name))" }
        let heats = stage.sheet.heats.compactMap(\.name)
        if heats.isEmpty { return "" }
        return heats.count <= 3 ? heats.map { " --heat \(quoted($0))" }.joined() : " --heat …"
    }

    /// A name as a shell takes it.
    private func quoted(_ name: String) -> String {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.".unicodeScalars.contains($0)
        }
        return isPlain ? name : "'" + name.replacing("'", with: "'\\''") + "'"
    }

    /// What the numbers of the tables mean.
    var notes: [String] {
        [
            language.say(
                "σ is the noise of one score: at a standard error of 1 σ, the difference between two judges' severities is known no better than an entry's quality is from a single score.",
                "σ 为单个评分误差的标准差：标准误为 1 σ 时，两位评委宽严之差的误差与单个评分的误差相当。"),
            language.say(
                "Smallest eigenvalue: in a complete design the number of entries; near 0 the judges are hardly connected, and correcting for severity does harm.",
                "最小特征值：完整设计中等于项目数；接近 0 时评委之间几乎没有联系，此时修正宽严有害。"),
            language.say(
                "Expected: each judge of a heat scores all its entries, unless fewer than half of those scores are present.",
                "应收：每位评委对其所在场次的全部项目评分；若实有评分不到一半，则不作此要求。"),
        ]
    }
}
