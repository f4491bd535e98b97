import Evenhand
import EvenhandIO

/// What is said about votes: first the list, then how certain it is, then what it rests on.
struct VotesText {
    let analysis: VoteAnalysis
    let criterion: String?
    let readsOneAsFirst: Bool
    let language: Language

    private var names: [String] { analysis.entries }
    private var rules: VoteAnalysis.Rules { analysis.rules }

    var verdict: String {
        [adjusted, rules.places == nil ? leader : listed, rules.places == nil ? nil : secure, openness].compactMap(\.self)
            .joined(separator: language.say(" ", ""))
    }

    private func fixed(_ value: Double, _ decimals: Int = 2) -> String { NumberFormat.fixed(value, decimals: decimals) }

    /// The votes behind the list: "240 votes of 12 judges".
    private var basis: String {
        let (count, judges, isOfVotes): (Int, Int, Bool) =
            switch analysis.model {
            case .votes(let fit): (fit.votes.count, fit.votes.judges.count, true)
            case .rankings(let fit): (fit.ballots.count, fit.ballots.judges.count, false)
            }
        let votes = language.count(count, isOfVotes ? "vote" : "ranking", isOfVotes ? "票" : "份排名")
        let what = criterion.map { language.say(" on \($0)", "（\($0)）") } ?? ""
        return judges == 0
            ? votes + what : language.say("\(votes) by \(language.count(judges, "judge", ""))\(what)", "\(judges) 位评委的 \(votes)\(what)")
    }

    /// What the numbers rest on besides the votes.
    private var adjusted: String? {
        guard rules.adjustment > 0 else { return nil }
        let size = NumberFormat.shortest(rules.adjustment)
        let groups = analysis.groups.count
        let base = language.say(
            "Every entry's wins are adjusted by \(size) votes (--epsilon \(size)), which pulls abilities together.",
            "各项目的胜场按 \(size) 票调整（--epsilon \(size)），能力值因此向中间收拢。")
        guard groups > 1 else { return base }
        return base
            + language.say(
                " Without that no finite abilities fit: the entries fall into \(groups) groups of which each only lost against those before it.",
                "若不调整则不存在有限的能力值：项目分为 \(groups) 组，后一组对前面各组只负不胜。")
    }

    private var leader: String {
        let first = analysis.order[0]
        let tied = analysis.order.filter { analysis.list.ranks[$0] == 1 }
        if tied.count > 1 {
            return language.say(
                "By \(basis) \(language.list(tied.map { names[$0] })) share the first place.",
                "按 \(basis)，\(language.list(tied.map { names[$0] }))并列第一。")
        }
        return language.say(
            "By \(basis) \(names[first]) leads; the probability that it is truly the best is \(fixed(analysis.ranks.winProbabilities[first])).",
            "按 \(basis)，\(names[first]) 居首；其真实水平确为第一的概率为 \(fixed(analysis.ranks.winProbabilities[first]))。")
    }

    private var listed: String {
        let isIn = analysis.isIn
        let inside = analysis.order.filter { isIn[$0] }
        let list = language.list(inside.map { names[$0] }, most: 20)
        let (count, places) = (inside.count, rules.places ?? 1)
        let tie =
            count > places
            ? language.say(" (a tie crosses the cut, and the rule must say who of them goes on)", "（并列跨越入围线，须由规则决定）") : ""
        return language.say(
            "By \(basis) the \(language.number(count)) \(count == 1 ? "is" : "are"): \(list)\(tie).",
            "按 \(basis)，前 \(count) 名为：\(list)\(tie)。")
    }

    private var secure: String {
        let (secure, places) = (analysis.secure.count, rules.places ?? 1)
        let number = secure == 0 ? "none is" : secure == 1 ? "1 is" : "\(secure) are"
        return language.say(
            "\(number.prefix(1).uppercased() + number.dropFirst()) secure: at least 90 % certain to be truly among the best \(language.number(places)).",
            "\(secure == 0 ? "没有一个" : "其中 \(secure) 个")是可靠的：至少有 90% 的把握其真实水平属于前 \(places) 名。")
    }

    private var openness: String? {
        guard rules.places != nil else { return nil }
        let open = analysis.open
        guard let first = open.first, let last = open.last else { return language.say("The cut is real.", "入围线真实可信。") }
        let (low, high) = (Int(analysis.list.ranks[first]), Int(analysis.list.ranks[last]))
        if open.count == 1 {
            return language.say(
                "The votes do not show on which side of the cut \(names[first]), at place \(low), belongs; the rule, not the statistics, decides.",
                "第 \(low) 名 \(names[first]) 属于入围线哪一侧，投票无法判断；由规则而非统计决定。")
        }
        return language.say(
            "Between places \(low) and \(high) the votes cannot separate \(open.count) entries; the rule, not the statistics, decides.",
            "第 \(low) 至第 \(high) 名之间有 \(open.count) 个项目，投票无法区分；由规则而非统计决定。")
    }

    /// The numbers of the model.
    var fit: Report.Fit {
        switch analysis.model {
        case .votes(let fit):
            let position = fit.position.map { [("position", $0.value)] } ?? []
            let all =
                [("log_likelihood", fit.logLikelihood), ("epsilon", fit.adjustment)] + position
                + (fit.tie.map { [("tie", $0.value)] } ?? [])
            return Report.Fit(name: "bradley-terry", names: all.map(\.0), values: all.map(\.1))
        case .rankings(let fit):
            return Report.Fit(name: "plackett-luce", names: ["log_likelihood"], values: [fit.logLikelihood])
        }
    }

    var notes: [String] {
        [model, position, errors, probabilities, separation, judges, numbers].compactMap(\.self)
    }

    private var model: String {
        switch analysis.model {
        case .votes(let fit):
            let ties =
                fit.tie == nil
                ? ""
                : language.say(" Ties are part of the model (Davidson), not split into halves.", "平局按 Davidson 模型计入，不折算为半胜。")
            return language.say(
                "ability: by Bradley and Terry, in logits around 0; an entry 1 above another is expected to win 73 % of votes that are not ties.\(ties)",
                "能力值：Bradley–Terry 模型，单位 logit，均值为 0；高出 1 的项目在非平局票中预期获胜 73%。\(ties)")
        case .rankings:
            return language.say(
                "ability: by Plackett and Luce, in logits around 0; an entry 1 above another is expected to be ranked above it in 73 % of rankings. wins: rankings that it leads.",
                "能力值：Plackett–Luce 模型，单位 logit，均值为 0；高出 1 的项目预期在 73% 的排名中居前。胜：排名第一的次数。")
        }
    }

    private var position: String? {
        guard case .votes(let fit) = analysis.model, let position = fit.position else { return nil }
        let range = position.interval()
        let isClear = range.lowerBound > 0 || range.upperBound < 0
        let (value, low, high) = (fixed(position.value), fixed(range.lowerBound), fixed(range.upperBound))
        let effect =
            isClear
            ? language.say(
                "it counts \(position.value > 0 ? "for" : "against") the entry shown first", position.value > 0 ? "先出示者占优" : "先出示者吃亏")
            : language.say("no effect is visible", "未见影响")
        return language.say(
            "position: being shown first is worth \(value) logits (95 % from \(low) to \(high)): \(effect). It is taken out of the abilities; --position ignore leaves it in.",
            "位置：先出示相当于 \(value) logit（95% 区间 \(low) 至 \(high)）：\(effect)。能力值已扣除该影响；--position ignore 则不扣除。")
    }

    private var errors: String {
        switch rules.errors {
        case .model:
            language.say(
                "SE: by the model's information (--errors model), as if all votes were independent; robust and judges do not assume that.",
                "标准误：依据模型信息（--errors model），假定各票相互独立；robust 与 judges 不作此假定。")
        case .robust:
            language.say("SE: sandwich over votes (--errors robust).", "标准误：按票的三明治估计（--errors robust）。")
        case .judges:
            language.say(
                "SE: sandwich over judges (--errors judges), which allows the votes of a judge to depend on each other; it is too small for few judges.",
                "标准误：按评委聚类的三明治估计（--errors judges），允许同一评委的票相互关联；评委很少时偏小。")
        }
    }

    private var probabilities: String {
        language.say(
            "P, bands and rank intervals: shares of \(rules.draws) draws of all abilities together, from their normal approximation; seed \(rules.seed). Bands: in from 0.9, out up to 0.1.",
            "P、判断与名次区间：取自全部能力值联合正态近似的 \(rules.draws) 次抽样；种子 \(rules.seed)。判断：0.9 及以上为基本稳入，0.1 及以下为基本无望，其余为差距在误差内。")
    }

    private var separation: String? {
        guard analysis.parts.contains(.reliability), let separation = analysis.separation else { return nil }
        return language.say(
            "ssr: scale separation reliability, the share of the variance of abilities that is not error, \(fixed(separation.reliability)), with errors as if the other abilities were known, as programs for comparative judgement compute it.",
            "量表分离信度 SSR：能力值方差中非误差的比例，为 \(fixed(separation.reliability))；误差按其余能力值已知计算，与比较判断软件一致。")
    }

    private var judges: String? {
        guard analysis.judges != nil else { return nil }
        return language.say(
            "discrimination: 1 for a judge who sees differences as the others do, 0 for one who votes by chance; position: what the judge adds for the entry shown first. Both are pulled towards the average judge, the more the fewer votes. Abilities count every judge alike.",
            "区分度：与众人相同为 1，随意投票为 0；位置偏好：该评委给先出示者的加成。两者均向平均评委收缩，票数越少收缩越多。能力值对各评委一视同仁。")
    }

    private var numbers: String? {
        readsOneAsFirst
            ? language.say(
                "In the column of results 1 was read as a win of the first entry, 0 as one of the second.", "结果列中，1 读作前者胜，0 读作后者胜。") : nil
    }

    /// What should be looked at before the list is used.
    var warnings: [String] {
        guard case .votes(let fit) = analysis.model, let judges = analysis.judges else { return [] }
        let all = zip(fit.votes.judges, judges.judges)
        let oneSided = all.filter { $1.isOneSided }.map { name, judge in
            "\(name) (\(max(judge.firsts, judge.seconds)))"
        }
        let contrary = all.filter { $1.isContrary }.map(\.0)
        return [
            oneSided.isEmpty
                ? nil
                : language.say(
                    "Every vote of these judges went to the same side, whatever was shown there: \(language.list(oneSided)). Leave their votes out if they did not look.",
                    "这些评委的票全部投给同一侧：\(language.list(oneSided))。若其并未认真比较，请剔除其票。"),
            contrary.isEmpty
                ? nil
                : language.say(
                    "These judges vote against the others: \(language.list(contrary)). Ask whether they took the winner for the loser.",
                    "这些评委与众人相反：\(language.list(contrary))。请核实其是否把胜负记反。"),
        ].compactMap(\.self)
    }
}
