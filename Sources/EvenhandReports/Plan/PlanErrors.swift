package import Evenhand
import EvenhandIO

extension PlanError {
    /// Why there is no plan, and what to do, with its stable code; of a bottleneck that is a part, its names as a table.
    package func message(in language: Language) -> String {
        guard case .infeasible(let bottleneck) = self else { return "\(wording(language)) [\(code)]" }
        let names = bottleneck.isWhole ? "" : "\n\n" + BottleneckText(bottleneck: bottleneck, language: language).table.text(width: nil)
        return "\(wording(language)) [\(code)]\(names)"
    }

    var code: String {
        switch self {
        case .infeasible(let bottleneck):
            switch bottleneck.kind {
            case .entries: "E710"
            case .judges: "E711"
            case .heats: "E724"
            case .divisions: "E725"
            }
        case .tooFew: "E712"
        case .fixedConflict: "E713"
        case .tooManyFixed: "E714"
        case .tooManyFixedEntries: "E715"
        case .limitsCross: "E716"
        case .tooManyAnchors: "E717"
        case .tooLarge: "E718"
        case .unknownAttribute: "E719"
        case .notACount: "E720"
        case .unknownName: "E721"
        case .notAWeight: "E722"
        case .tooManyPlaces: "E723"
        case .misread: "E730"
        case .noDivision: "E726"
        case .noSpares: "E727"
        case .groupsExceed: "E728"
        case .groupsOverlap: "E729"
        case .emptyGroup: "E736"
        case .sizesDiffer: "E731"
        case .heatTooSmall: "E732"
        case .notAHeat: "E733"
        case .tooManyHeats: "E734"
        case .noMatch: "E735"
        }
    }

    private func wording(_ language: Language) -> String {
        switch self {
        case .infeasible(let bottleneck): BottleneckText(bottleneck: bottleneck, language: language).sentence
        case .tooFew(let side):
            language.say(
                "There are no \(side.rawValue); the list needs at least one.", side == .entries ? "没有项目；名单至少需要一个。" : "没有评委；名单至少需要一位。")
        case .fixedConflict(let entry, let judge):
            language.say(
                "\(entry) has to meet \(judge) by --must and must not by a conflict; remove one of the two.",
                "--must 指定 \(judge) 评审 \(entry)，但二者须回避；请删去其一。")
        case .tooManyFixed(let entry, let fixed, let need):
            language.say(
                "\(entry) has to meet \(fixed) judges by --must, but needs \(need); raise --per-entry or remove some.",
                "--must 为 \(entry) 指定了 \(fixed) 位评委，而只需 \(need) 位；请提高 --per-entry 或删去几对。")
        case .tooManyFixedEntries(let judge, let fixed, let limit):
            language.say(
                "\(judge) has to meet \(fixed) entries by --must, but may take \(limit); raise the limit or remove some.",
                "--must 为 \(judge) 指定了 \(fixed) 个项目，而上限为 \(limit)；请提高上限或删去几对。")
        case .limitsCross(let judge, let least, let most):
            language.say(
                "\(judge) has to take at least \(least) entries and at most \(most); correct one of them.",
                "\(judge) 至少评审 \(least) 个项目，又至多评审 \(most) 个；请更正其一。")
        case .tooManyAnchors(let count, let entries):
            language.say("There are \(entries) entries for --anchors \(count); name fewer.", "只有 \(entries) 个项目，不足 --anchors \(count)；请减少。")
        case .tooManyPlaces(let places, let entries):
            language.say(
                "There are \(entries) entries for --places \(places); name fewer places than entries.",
                "项目共 \(entries) 个，--places \(places) 过多；名额须少于项目数。")
        case .tooLarge:
            language.say(
                "The plan is too large for exact costs; use smaller weights in --prefer.", "方案过大，无法精确计算代价；请在 --prefer 中使用较小的权重。")
        case .unknownAttribute(let name, let option, let file, let known):
            language.say(
                "\(file) has no column “\(name)” for \(option); it has: \(language.list(known)).",
                "\(file) 没有 \(option) 的列“\(name)”；现有：\(language.list(known))。")
        case .notACount(let name, let column, let text):
            language.say(
                "\(column) of \(name) is “\(text)”; write a whole number of entries or leave the cell empty.",
                "\(name) 的 \(column) 为“\(text)”；请写项目数（整数）或留空。")
        case .unknownName(let name, let file):
            language.say(
                "\(file) names \(name), who is not in the lists of entries and judges; correct the spelling or add the name.",
                "\(file) 中的 \(name) 不在项目和评委名单中；请更正写法或补入名单。")
        case .misread(let names):
            language.say(
                "On the filled score sheets these names would be read as something else, such as a total: \(language.list(names, most: 6)); call them differently.",
                "填写后的评分表中，这些名称会被读作其他内容（如合计）：\(language.list(names, most: 6))；请改用其他名称。")
        case .noDivision, .noSpares, .groupsExceed, .groupsOverlap, .emptyGroup, .sizesDiffer, .heatTooSmall, .notAHeat, .tooManyHeats,
            .noMatch:
            heatWording(language)
        case .notAWeight(let text, let file):
            language.say("\(file): the weight “\(text)” is not a number from -1000 to 1000.", "\(file)：权重“\(text)”不是 -1000 至 1000 的数。")
        }
    }
}
