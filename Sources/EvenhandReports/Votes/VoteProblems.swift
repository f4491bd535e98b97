package import Evenhand
package import EvenhandIO

extension VoteError {
    /// Why votes do not allow an answer, and what to do, with its stable code.
    package func message(in language: Language) -> String { "\(wording(language)) [\(code)]" }

    var code: String {
        switch self {
        case .none: "E771"
        case .itself: "E772"
        case .onlyTies: "E773"
        case .separate: "E774"
        case .oneSided: "E775"
        case .onlyPosition: "E776"
        case .tooSmall: "E777"
        case .tooLarge: "E778"
        case .tooManyPlaces: "E779"
        case .noJudges: "E780"
        }
    }

    private func wording(_ language: Language) -> String {
        switch self {
        case .none: language.say("There are no votes between two entries.", "没有两个项目之间的票。")
        case .itself(let entry):
            language.say("A vote compares \(entry) with itself; name two entries.", "有一票是 \(entry) 与自身比较；请写两个不同的项目。")
        case .onlyTies:
            language.say("Every vote is a tie, so no entry is above another.", "全部为平局，无法分出高下。")
        case .separate(let groups):
            language.say(
                "The entries fall into \(groups.count) groups that no vote connects, so entries of different groups cannot be compared: \(VoteError.list(groups, ", ", language)). Rank each group by itself, or have some pairs across the groups judged.",
                "项目分为 \(groups.count) 组，组间没有任何一票，无法比较：\(VoteError.list(groups, "，", language))。请分组排名，或补充跨组比较。")
        case .oneSided(let groups):
            language.say(
                "No finite abilities fit: the entries fall into \(groups.count) groups, of which each only lost against those before it: \(VoteError.list(groups, " > ", language)). Have more pairs across the groups judged; or add --epsilon 0.3, which pulls abilities together as programs for comparative judgement do and says so in the result.",
                "不存在有限的能力值：项目分为 \(groups.count) 组，后一组对前面各组只负不胜：\(VoteError.list(groups, " > ", language))。请补充跨组比较；或加 --epsilon 0.3（比较判断软件的做法，使能力值向中间收拢，结果中会注明）。"
            )
        case .onlyPosition:
            language.say(
                "The position decides every vote that the entries do not, so its effect is without bounds; add --position ignore if the columns do not say what was shown first.",
                "先后位置可以解释全部胜负，其影响无法估计；若两列并非出示先后，请加 --position ignore。")
        case .tooSmall(let adjustment):
            language.say(
                "No finite abilities fit even with --epsilon \(NumberFormat.shortest(adjustment)): have more pairs across the groups of entries judged.",
                "即使 --epsilon \(NumberFormat.shortest(adjustment)) 也不存在有限的能力值：请补充各组项目之间的比较。")
        case .tooLarge(let adjustment, let entry, let votes):
            language.say(
                "--epsilon \(NumberFormat.shortest(adjustment)) is half of the \(language.count(votes, "vote", "")) of \(entry) or more; use a smaller one.",
                "--epsilon \(NumberFormat.shortest(adjustment)) 达到 \(entry) 所得 \(votes) 票的一半；请取更小的值。")
        case .tooManyPlaces(let places, let entries):
            language.say(
                "There are \(entries) entries for --places \(places); name fewer places than entries.",
                "项目共 \(entries) 个，--places \(places) 过多；名额须少于项目数。")
        case .noJudges:
            language.say(
                "--errors judges needs votes of at least two judges in a column judge; use --errors robust.",
                "--errors judges 需要评委列中至少有两位评委；请改用 --errors robust。")
        }
    }

    /// The groups with their entries, the large ones cut.
    private static func list(_ groups: [[String]], _ separator: String, _ language: Language) -> String {
        let shown = groups.prefix(6).map { "{\(language.list($0, most: 6))}" }.joined(separator: separator)
        return groups.count > 6 ? shown + separator + "…" : shown
    }
}

extension VoteFileError {
    /// One line for each problem, the location first, then what is there and what to write instead.
    package func message(in language: Language) -> String {
        var lines = problems.map { problem in
            let name = Reading.shownName(of: path, in: language)
            let location = [name, problem.cell ?? problem.line.map { "\($0)" }, problem.cell == nil ? problem.column : nil]
            return "\(location.compactMap(\.self).joined(separator: ":")): \(problem.wording(language)) [\(problem.kind.code)]"
        }
        if count > problems.count {
            lines.append(language.say("… and \(count - problems.count) more problems.", "……另有 \(count - problems.count) 处问题。"))
        }
        return lines.joined(separator: "\n")
    }
}

extension VoteFileError.Kind {
    var code: String {
        switch self {
        case .noForm: "E751"
        case .noRows: "E752"
        case .emptyName: "E753"
        case .itself: "E754"
        case .noOutcome: "E755"
        case .unclearNumbers: "E756"
        case .unclearNames: "E757"
        case .otherEntries: "E758"
        case .noRank: "E759"
        case .tiedRank: "E760"
        case .rankedTwice: "E761"
        case .mixedForms: "E762"
        case .unknownCriterion: "E763"
        case .severalCriteria: "E764"
        }
    }
}

extension VoteFileError.Problem {
    func wording(_ language: Language) -> String {
        let quoted = "“\(ScoreSheetError.Problem.printable(text))”"
        switch kind {
        case .noForm(let headers):
            let found = language.list(headers.filter { !$0.isEmpty }.map { ScoreSheetError.Problem.printable(String($0.prefix(30))) })
            return language.say(
                "no columns of votes; found \(found). Name the columns winner and loser; or a, b and result; or judge, entry and rank; or 1, 2, 3 … for a judge's ranking in a row.",
                "没有投票列；现有：\(found)。请将列命名为 winner 与 loser；或 a、b 与 result；或 评委、项目与名次；或以 1、2、3…… 为列，每行一位评委的排名。")
        case .noRows: return language.say("has no rows of votes; expected a header and one row per vote.", "没有投票行；应有表头，且每票一行。")
        case .emptyName: return language.say("is empty; write a name or remove the row.", "为空；请填写名称或删除该行。")
        case .itself: return language.say("\(quoted) is compared with itself; write two entries.", "\(quoted) 与自身比较；请写两个不同的项目。")
        case .noOutcome:
            return language.say(
                "\(quoted) names neither entry of the row nor a tie; write a, b or tie, or the name of the better entry.",
                "\(quoted) 既不是该行的项目，也不是平局；请写 a、b 或 tie，或较优项目的名称。")
        case .unclearNumbers:
            return language.say(
                "0 and 1 could number the two entries, or say whether the first one won; write a, b and tie instead, or name the column result if 1 is a win of the first entry.",
                "0 和 1 可能是两个项目的编号，也可能表示前者是否获胜；请改写为 a、b 与 tie，或在 1 表示前者获胜时将该列命名为 result。")
        case .unclearNames:
            return language.say(
                "the column of results could name sides or entries, and the two give different winners; write left, right and tie instead.",
                "结果列既可读作左右，也可读作项目名称，且胜者不同；请改写为 left、right 与 tie。")
        case .otherEntries:
            return language.say(
                "\(quoted) is shown, but winner and loser are others; correct the row.", "出示的是 \(quoted)，而胜者与败者是其他项目；请更正该行。")
        case .noRank: return language.say("\(quoted) is not a rank; write a number, 1 for the best.", "\(quoted) 不是名次；请写数字，1 为最好。")
        case .tiedRank(let other):
            return language.say(
                "the judge gives \(other) the rank \(quoted) too; rankings have no ties, so write different ranks or leave one of the entries out.",
                "该评委也给 \(other) 名次 \(quoted)；排名不能并列，请写不同的名次或去掉其一。")
        case .rankedTwice:
            return language.say("\(quoted) is twice in a judge's ranking; remove one.", "\(quoted) 在同一评委的排名中出现两次；请删去其一。")
        case .mixedForms:
            return language.say(
                "some rows are votes between two entries and others are rankings; analyse them one by one.", "部分为两两投票，部分为排名；请分别分析。")
        case .unknownCriterion(let name, let known):
            return language.say(
                "has no votes on “\(name)”; the criteria are: \(language.list(known)).", "没有指标“\(name)”的票；现有指标：\(language.list(known))。")
        case .severalCriteria(let known):
            return language.say(
                "has votes on several criteria (\(language.list(known))); choose one with --criterion NAME, or pool them with --criterion all.",
                "含多个指标的票（\(language.list(known))）；请用 --criterion 名称 选择其一，或用 --criterion all 合并。")
        }
    }
}
