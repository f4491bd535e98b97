import Evenhand
public import EvenhandIO

extension DesignError {
    /// What stands in the way of a rule, or of an entry that is to be explained.
    func ruleWording(_ language: Language) -> String {
        switch self {
        case .inexactScores:
            language.say(
                "Rules compute exactly in decimals, and some scores have more than 6 places; write them as the judges gave them.",
                "规则按十进制精确计算，而有些评分超过 6 位小数；请按评委给出的写法填写。")
        case .noAmount(let step, let entry, let location):
            language.say(
                "The rule has no usable value for “\(step)” at \(entry)\(location.isEmpty ? "" : " (\(location))"); add a case that fits.",
                "规则的“\(step)”没有适用于 \(entry)\(location.isEmpty ? "" : "（\(location)）")的值；请补充一项。")
        case .noCount(let value, let entry):
            language.say(
                "The rule leaves out \(value) scores of \(entry); it has to be a whole number that is not negative.",
                "规则要去掉 \(entry) 的 \(value) 个评分；须为非负整数。")
        case .noNumber(let attribute, let entry, let text):
            language.say(
                text.isEmpty
                    ? "A number is needed in “\(attribute)” for \(entry), which is empty."
                    : "A number is needed in “\(attribute)” for \(entry), not “\(text)”; write digits with a decimal point.",
                text.isEmpty ? "\(entry) 的“\(attribute)”须有数值，但该处为空。" : "\(entry) 的“\(attribute)”须为数字，而不是“\(text)”；请用数字和小数点填写。")
        case .severalAmounts(let attribute, let entry, let texts):
            language.say(
                "\(entry) has one number at that step, but “\(attribute)” has several values (\(language.list(texts))); move the step before the one that combines scores with different values.",
                "在该步骤处 \(entry) 只剩一个数，而“\(attribute)”有多个取值（\(language.list(texts))）；请把该步骤移到合并这些评分之前。")
        case .severalLines(let entry):
            language.say(
                "The published list has several different lines for \(entry), and \(entry) is ranked once; choose with --heat NAME or --stage NAME, or rank each performance with --unit performance.",
                "公布的名单中 \(entry) 有多行且内容不同，而 \(entry) 只排一次；请用 --heat 名称、--stage 名称 选择，或用 --unit performance 逐场排名。")
        case .criteriaLeft(let names):
            language.say(
                "The rule leaves a number for each criterion (\(language.list(names))); add a step {\"criteria\": \"sum\"}.",
                "规则为每个指标（\(language.list(names))）各留下一个数；请加上步骤 {\"criteria\": \"sum\"}。")
        case .stageNotInRule(let name, let known):
            language.say(
                "The rule does not list the stage “\(name)”; it has: \(language.list(known)).",
                "规则没有列出阶段“\(name)”；现有：\(language.list(known))。")
        case .noStageResult(let entry, let stage):
            language.say(
                "\(entry) has no result in the stage “\(stage)”, which the rule counts.", "\(entry) 在规则计入的阶段“\(stage)”没有结果。")
        case .severalPerformances(let entry, let heats):
            language.say(
                "\(entry) has several performances (\(language.list(heats))), which the rule does not combine; choose with --heat NAME, or --unit performance.",
                "\(entry) 有多场评分（\(language.list(heats))），规则未说明如何合并；请用 --heat 名称 或 --unit performance。")
        case .unknownEntry(let name, let nearest):
            nearest.isEmpty
                ? language.say("There is no entry “\(name)”.", "没有项目“\(name)”。")
                : language.say(
                    "There is no entry “\(name)”; similar names: \(language.list(nearest)).",
                    "没有项目“\(name)”；相近的有：\(language.list(nearest))。")
        default: ""
        }
    }
}

extension RuleFileError {
    /// What is wrong with the rule file, and where, with its stable code.
    public func message(in language: Language) -> String {
        switch self {
        case .unreadable(let path, let reason):
            language.say("Cannot read \(path): \(reason). [E601]", "无法读取 \(path)：\(language.reason(ofSystem: reason))。[E601]")
        case .malformed(let path, let line, let problem):
            language.say("\(path), line \(line): ", "\(path) 第 \(line) 行：") + problem.wording(language) + " [E602]"
        case .impossible(let path, let error):
            language.say("\(path): ", "\(path)：") + error.wording(language) + " [E603]"
        }
    }
}

extension Language {
    /// `a`, `b` or `c`.
    fileprivate func choice(_ forms: [String]) -> String {
        forms.count < 2
            ? forms.joined()
            : forms.dropLast().joined(separator: say(", ", "、")) + say(" or ", " 或 ") + forms[forms.count - 1]
    }
}

extension JSONProblem {
    func wording(_ language: Language) -> String {
        switch self {
        case .syntax(let expected):
            language.say("This is not JSON; expected \(expected).", "不是 JSON；此处应为\(language.expectation(ofJSON: expected))。")
        case .missing(let key): language.say("The member \"\(key)\" is missing.", "缺少字段“\(key)”。")
        case .unexpected(let key): language.say("The member \"\(key)\" is unknown here or appears twice.", "此处不应有字段“\(key)”，或该字段重复出现。")
        case .wrongKind(let key, let kind):
            language.say("\"\(key)\" has to be \(kind).", "“\(key)”的值不对；应为：\(language.expectation(ofJSON: kind))。")
        case .unknownStep(let name, let forms, let known):
            forms.isEmpty
                ? language.say(
                    "There is no step “\(name)”; the steps are \(language.list(known, most: .max)).",
                    "没有步骤“\(name)”；步骤有：\(language.list(known, most: .max))。")
                : language.say(
                    "There is no step “\(name)”; write \(language.choice(forms)).", "没有步骤“\(name)”；请写 \(language.choice(forms))。")
        case .severalSteps(let names):
            language.say(
                "One pair of braces holds several steps; write \(JSONProblem.apart(names)).", "一对花括号内有多个步骤；请写 \(JSONProblem.apart(names))。")
        case .step(_, let forms, let problem):
            problem.inStep(language) + language.say(" Write \(language.choice(forms)).", "请写 \(language.choice(forms))。")
        }
    }

    /// What is wrong, without the kind of value that the forms show.
    private func inStep(_ language: Language) -> String {
        guard case .wrongKind(let key, _) = self, language == .zh else { return wording(language) }
        return "“\(key)”的值不对。"
    }

    /// Each step in braces of its own.
    private static func apart(_ names: [String]) -> String { names.map { "{\"\($0)\": …}" }.joined(separator: ", ") }
}

extension ScoringRuleError {
    fileprivate func wording(_ language: Language) -> String {
        switch self {
        case .noSteps(let stage): location(stage, language) + language.say("there are no steps.", "没有步骤。")
        case .judgesNotCombined(let stage):
            location(stage, language)
                + language.say(
                    "no step combines the judges' numbers; add {\"judges\": \"mean\"} or \"sum\".",
                    "没有合并评委的步骤；请加上 {\"judges\": \"mean\"} 或 \"sum\"。")
        case .repeatedStep(let step, let stage):
            location(stage, language) + language.say("step \(step) combines what is already one number.", "第 \(step) 步重复合并。")
        case .tooLate(let step, let stage):
            location(stage, language)
                + language.say(
                    "step \(step) works on numbers that an earlier step has combined; move it before that step.",
                    "第 \(step) 步处理的各个数已被前面的步骤合并；请把它移到该步骤之前。")
        case .tooEarly(let step, let stage):
            location(stage, language)
                + language.say("step \(step) is a coefficient; it needs {\"judges\": …} before it.", "第 \(step) 步是修正系数，须在合并评委之后。")
        case .repeatedStage(let name): language.say("The stage “\(name)” appears twice.", "阶段“\(name)”出现两次。")
        case .unknownStage(let name, let stage):
            language.say(
                "“\(stage)” has a weight for the stage “\(name)”, which is not listed before it.",
                "“\(stage)”含有阶段“\(name)”的权重，而该阶段未在其前列出。")
        }
    }

    private func location(_ stage: String?, _ language: Language) -> String {
        stage.map { language.say("Stage “\($0)”: ", "阶段“\($0)”：") } ?? language.say("Steps: ", "步骤：")
    }
}
