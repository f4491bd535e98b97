public import EvenhandIO

extension ScoreSheetError {
    /// The message with a complete command for each answer to a question.
    ///
    /// - Parameters:
    ///   - language: the language of the message.
    ///   - command: what was typed, without the name of the program; `nil` for none.
    public func message(in language: Language, answering command: [String]?) -> String {
        let message = self.message(in: language)
        guard let question else {
            guard case .duplicate(_, let other)? = problems.first?.kind else { return message }
            let ways = other == nil ? ShellText.ofBallots(language) : ShellText.ofFiles(language)
            return message + ShellText.lines(command, ways)
        }
        var lines = [message]
        if !question.samples.isEmpty {
            lines.append(
                "  " + language.say("Cells: ", "单元格：") + question.samples.map(Problem.printable).joined(separator: language.say("; ", "；")))
        }
        if let command {
            lines += question.answers.map { answer in
                let words = ["evenhand"] + ShellText.replacing(command, by: answer.options)
                return "  " + words.map(ShellText.quoted).joined(separator: " ") + "  # "
                    + ShellText.remark(Problem.printable(answer.meaning.wording(language)))
            }
        }
        return lines.joined(separator: "\n")
    }
}

/// Commands as a shell takes them.
enum ShellText {
    /// A word, quoted where a shell would see more than itself in it.
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_./=,:%+@".unicodeScalars.contains($0)
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }

    /// A remark without quotes, which would open one where a shell does not know remarks.
    static func remark(_ text: String) -> String {
        String(text.map { $0 == "'" ? "’" : $0 == "\"" ? "”" : $0 == "`" ? "’" : $0 }).replacing("--", with: "–")
    }

    /// Options and what they say, for ballots that came twice.
    static func ofBallots(_ language: Language) -> [(options: [String], meaning: String)] {
        [("last", Question.Meaning.lastCounts), ("first", .firstCounts)].map { (["--resubmitted", $0], $1.wording(language)) }
    }

    /// The same for files that hold the same names.
    static func ofFiles(_ language: Language) -> [(options: [String], meaning: String)] {
        [
            (["--file-is", "heat"], language.say("each file is a heat", "每个文件是一场")),
            (["--file-is", "stage"], language.say("each file is a stage, one after the other", "每个文件是一个阶段，先后进行")),
        ]
    }

    /// A command for each of several ways, on lines of their own.
    static func lines(_ command: [String]?, _ ways: [(options: [String], meaning: String)]) -> String {
        guard let command else { return "" }
        return ways.map { way in
            "\n  " + (["evenhand"] + replacing(command, by: way.options)).map(quoted).joined(separator: " ") + "  # " + way.meaning
        }.joined()
    }

    /// Options that have one value each: a second one takes the first one's place.
    private static let single: Set<String> = [
        "--wide", "--columns", "--file-is", "--sheet-is", "--table-is", "--weights", "--resubmitted", "--range",
    ]

    /// A command with the options of an answer.
    static func replacing(_ command: [String], by options: [String]) -> [String] {
        let replaced = single.intersection(options)
        var (kept, position) = ([String](), 0)
        while position < command.count {
            let word = command[position]
            if replaced.contains(word) {
                let hasValue = position + 1 < command.count && !command[position + 1].hasPrefix("-")
                position += hasValue ? 2 : 1
            } else if replaced.contains(where: { word.hasPrefix($0 + "=") }) {
                position += 1
            } else {
                kept.append(word)
                position += 1
            }
        }
        return kept + joined(options)
    }

    /// Options and values; a value that begins with a sign is joined to its option, since it would be taken for one.
    private static func joined(_ options: [String]) -> [String] {
        options.reduce(into: []) { words, word in
            if let option = words.last, option.hasPrefix("--"), !option.contains("="), word.first == "-",
                word.dropFirst().first?.isNumber == true
            {
                words[words.count - 1] = "\(option)=\(word)"
            } else {
                words.append(word)
            }
        }
    }
}

extension Question.Kind {
    func wording(_ language: Language) -> String {
        func list(_ names: [String]) -> String { language.list(names.map { String($0.prefix(40)) }, most: 6) }
        switch self {
        case .unexplained(let column):
            return language.say(
                "column “\(column)” holds numbers, and nothing shows that they are scores.",
                "“\(column)”列是数字，但无法判断它们是不是评分。")
        case .judgesOrCriteria(let columns):
            return language.say("nothing says whether \(list(columns)) are judges or criteria.", "无法判断 \(list(columns)) 是评委还是评分指标。")
        case .noJudge(let columns):
            return language.say("\(list(columns)) hold scores, and nothing says who gave them.", "\(list(columns)) 是评分，但没有说明由谁评分。")
        case .notScored(let code, let count):
            return language.say(
                "\(code) appears in \(count) cells, far from all other scores: is it a code for “not scored”?",
                "\(code) 出现 \(count) 次，与其他评分相差很远：是否表示“未评分”？")
        case .places:
            return language.say(
                "every judge's scores are the numbers 1 to n; are they places, with 1 the best?", "每位评委的评分都恰好是 1 到 n；它们是否为名次（1 为最佳）？")
        case .lowest(let names):
            return language.say(
                "\(list(names)) may mean places, errors, times or grades: is the lowest the best?",
                "\(list(names)) 可能是名次、失误、用时或等级：是否数字越小越好？")
        case .deduction(let column):
            return language.say(
                "“\(column)” is a penalty, and no total shows whether the scores already include it.",
                "“\(column)”是扣分，但没有总分能说明评分中是否已扣除。")
        case .shares(let columns):
            return language.say(
                "the percentages of \(list(columns)) may be weights or maxima.",
                "\(list(columns)) 的百分数可能是权重，也可能是各项满分。")
        case .judgeWeights(let judges):
            return language.say(
                "the sheet gives \(list(judges)) weights, but judges always count alike; only parts of one score have weights.",
                "表中为 \(list(judges)) 设了权重，但各评委的分量总是相同；只有合成同一个分数的各部分才有权重。")
        case .dates(let column):
            return language.say(
                "column “\(column)” holds dates next to scores: a spreadsheet program may have turned scores such as 10/8 into dates; correct them in the sheet, or leave the column out.",
                "“\(column)”列与评分列并排，内容却是日期：可能是电子表格程序把 10/8 之类的分数变成了日期；请在表中更正，或不使用该列。")
        case .repeated(let entry, let count):
            return language.say(
                "“\(entry)” appears in \(count) rows, and nothing says who judged in each of them.", "“\(entry)”有 \(count) 行，但无法判断每行由谁评分。")
        case .row(let label):
            return language.say(
                "the row “\(label)” is named like a statistic, a fact, a line to compare with or an example, and its values match no known statistic; if it is an entry or a judge, give it another name.",
                "“\(label)”一行像是统计行、说明、对照线或示例，且数值不符合任何已知统计；若是参赛项目或评委，请改用其他名称。")
        case .sheets(let names):
            return language.say("nothing says how the sheets \(list(names)) relate to each other.", "无法判断工作表 \(list(names)) 之间的关系。")
        case .summary(let judge, let others):
            return language.say(
                "“\(judge)” seems to sum up or repeat \(list(others)), and would count beside them.",
                "“\(judge)”似乎是 \(list(others)) 的汇总或副本，却会与它们一同计入。")
        case .titles(let names):
            return language.say(
                "the tables under \(list(names)) hold the same entries, and nothing says what these titles are.",
                "\(list(names)) 下的表格项目相同，但无法判断这些标题是什么。")
        case .entryColumn(let columns):
            if columns.count == 1 {
                return language.say(
                    "\(list(columns)) may name what is judged, or say whose it is.", "\(list(columns))可能是参赛项目的名称，也可能只是其所属单位。")
            }
            return language.say("any of \(list(columns)) could name what is judged.", "\(list(columns)) 都可能是参赛项目的名称。")
        case .noNumber(let text, let count):
            return language.say(
                "“\(text)” appears in \(count) score cells; does it mean “not scored”?", "“\(text)”出现在 \(count) 个评分单元格中；是否表示“未评分”？")
        case .void(let column, let text, let count):
            return language.say(
                "column “\(column)” says “\(text)” and the like of \(language.count(count, "row", "")), and nothing says whether their scores count.",
                "“\(column)”列有 \(count) 行写着“\(text)”之类，但无法判断这些行的评分是否计入。")
        case .transposed(let columns):
            return language.say(
                "nothing says whether \(list(columns)) are entries, with judges in rows, or judges.",
                "无法判断 \(list(columns)) 是参赛项目（评委在行中）还是评委。")
        }
    }
}

extension Question.Meaning {
    func wording(_ language: Language) -> String {
        func list(_ names: [String]) -> String { language.list(names.map { String($0.prefix(40)) }, most: 6) }
        switch self {
        case .judges(let names): return language.say("\(names.count) judges: \(list(names))", "\(names.count) 位评委：\(list(names))")
        case .criteria(let names): return language.say("criteria of one judge, added up: \(list(names))", "同一评委的各项指标，相加：\(list(names))")
        case .entries(let names):
            return language.say("\(names.count) entries, judges in rows: \(list(names))", "\(names.count) 个项目，评委在行中：\(list(names))")
        case .oneJudge: return language.say("all from one judge or panel", "全部出自一位评委或一个评委组")
        case .judgeColumn(let name): return language.say("“\(name)” says who judged", "“\(name)”列是评委")
        case .heatColumn(let name): return language.say("“\(name)” is the heat or the panel", "“\(name)”列是场次或评委组")
        case .titles(let part):
            switch part {
            case .judge: return language.say("each title is a judge", "每个标题是一位评委")
            case .criterion: return language.say("each title is a criterion", "每个标题是一项评分指标")
            case .entry: return language.say("each title is an entry", "每个标题是一个参赛项目")
            case .heat: return language.say("each title is a heat", "每个标题是一场")
            case .stage: return language.say("each title is a stage, one after the other", "每个标题是一个阶段，先后进行")
            }
        case .entryColumn(let name): return language.say("“\(name)” names what is judged", "“\(name)”列是参赛项目")
        case .notScored(let code): return language.say("\(code) means not scored", "\(code) 表示未评分")
        case .allScores: return language.say("all of them are scores", "全部都是评分")
        case .lowestIsBest: return language.say("places, errors or times: the lowest is the best", "名次、失误或用时：数字越小越好")
        case .taken(let name): return language.say("“\(name)” is subtracted from the scores", "从评分中减去“\(name)”")
        case .leftOut(let name):
            return language.say("“\(name)” is left out: an ID, a fact, or already in the scores", "不使用“\(name)”：编号、信息，或已计入评分")
        case .notCounted(let name): return language.say("“\(name)” does not count", "“\(name)”不计入")
        case .onlyColumn(let name):
            return language.say("only “\(name)” holds scores", "只用“\(name)”列作为评分")
        case .weights: return language.say("marks are multiplied by their weights", "各项得分乘以权重")
        case .shares: return language.say("marks are added as they are", "各项得分直接相加")
        case .lastCounts: return language.say("of two ballots the last one counts", "重复提交时以最后一次为准")
        case .firstCounts: return language.say("of two ballots the first one counts", "重复提交时以第一次为准")
        case .sheets(let part): return language.say("each sheet is a \(part.rawValue)", "每个工作表是一个\(language.name(of: part))")
        case .oneSheet(let name): return language.say("only the sheet “\(name)”", "只用工作表“\(name)”")
        }
    }
}
