public import Evenhand
public import EvenhandIO

extension ContestDesignError {
    /// What is wrong with the design, and what to do, with its stable code.
    public func message(in language: Language) -> String { "\(wording(language)) [\(code)]" }

    fileprivate var code: String {
        switch self {
        case .outOfRange: "E870"
        case .tooFew: "E871"
        case .tooMany: "E872"
        case .repeated: "E873"
        case .unknown: "E874"
        case .uselessShares: "E875"
        case .maximaAddUp: "E876"
        }
    }

    fileprivate func wording(_ language: Language) -> String {
        switch self {
        case .outOfRange(let name, let value, let range):
            language.say(
                "\(name) is \(plain(value)); it must be between \(plain(range.lowerBound)) and \(plain(range.upperBound)).",
                "\(name) 为 \(plain(value))；应在 \(plain(range.lowerBound)) 至 \(plain(range.upperBound)) 之间。")
        case .tooFew(let what, let found, let needed):
            language.say(
                "Number of \(what): \(found); at least \(needed) needed.", "\(chinese(what))为 \(found)；至少需要 \(needed)。")
        case .tooMany(let what, let found, let limit):
            language.say("Number of \(what): \(found); at most \(limit) allowed.", "\(chinese(what))为 \(found)；最多允许 \(limit)。")
        case .repeated(let kind, let name):
            language.say("The \(kind) \"\(name)\" appears twice; use each name once.", "“\(name)”重复出现；每个名称只能用一次。")
        case .unknown(let kind, let name):
            language.say(
                "The \(kind) \"\(name)\" is named but not listed; add it to the list or correct its spelling.",
                "用到了“\(name)”，但名单中没有；请将其加入名单，或更正写法。")
        case .uselessShares(let groups):
            language.say(
                "The shares of the \(groups) must be numbers from 0 to 1000000000, at least one of them above 0.",
                "\(groups == "cities" ? "城市" : "领域")的份额（\(groups)）须为 0 至 1000000000 的数，且至少一个大于 0。")
        case .maximaAddUp(let sum, let whole):
            language.say(
                "The maxima of the criteria add up to \(sum); they must add up to \(whole).", "各指标满分合计为 \(sum)；应为 \(whole)。")
        }
    }

    /// What there are too few or too many of; what has a name of its own keeps it.
    private func chinese(_ what: String) -> String {
        let words = [
            "advancing entries": "晋级项目数", "criteria": "指标数", "entries in a heat": "一个赛组的项目数", "entries": "项目数",
            "finalists": "决赛项目数", "heats": "赛组数", "judges on a panel": "一个评委组的评委数", "judges": "评委数",
            "names of the first stage": "第一阶段名称数", "scores": "评分数",
        ]
        let named = [("points of criterion ", "指标", "的满分"), ("entries of sector ", "领域", "的项目数")]
        for (english, before, after) in named where what.hasPrefix(english) {
            return "\(before)“\(what.dropFirst(english.count))”\(after)"
        }
        return words[what] ?? what
    }
}

extension DesignFileError {
    /// What is wrong with the design file, and where, with its stable code.
    public func message(in language: Language) -> String {
        switch self {
        case .unreadable(let path, let reason):
            language.say("Cannot read \(path): \(reason). [E877]", "无法读取 \(path)：\(language.reason(ofSystem: reason))。[E877]")
        case .malformed(let path, let line, let problem):
            language.say("\(path), line \(line): ", "\(path) 第 \(line) 行：") + problem.wording(language) + " [E878]"
        case .impossible(let path, let error):
            language.say("\(path): ", "\(path)：") + error.message(in: language)
        }
    }
}

/// 3 rather than 3.0.
private func plain(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
}
