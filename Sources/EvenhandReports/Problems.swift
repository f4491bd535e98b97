import Evenhand
public import EvenhandIO

extension ScoreSheetError {
    /// One line for each problem, the location first, then what is there and what to write instead.
    public func message(in language: Language) -> String {
        var lines = problems.map { $0.message(in: language) }
        if count > problems.count {
            lines.append(language.say("… and \(count - problems.count) more problems.", "……另有 \(count - problems.count) 处问题。"))
        }
        return lines.joined(separator: "\n")
    }
}

extension ScoreSheetError.Problem {
    func message(in language: Language) -> String {
        let name = Reading.shownName(of: file, in: language)
        let location = [name, cell ?? line.map { "\($0)" }, cell == nil ? column : nil].compactMap(\.self).joined(separator: ":")
        return "\(location): \(wording(language)) [\(kind.code)]"
    }

    func wording(_ language: Language) -> String {
        let quoted = "“\(Problem.printable(text))”"
        switch kind {
        case .unreadable(let reason): return language.say("cannot be read: \(reason).", "无法读取：\(language.reason(ofSystem: reason))。")
        case .directory: return language.say("is a directory; name a file.", "是一个目录，请指定文件。")
        case .notText:
            return language.say("is not a text file in UTF-8; save the sheet as “CSV UTF-8”.", "不是 UTF-8 文本文件，请另存为“CSV UTF-8”。")
        case .noRows: return language.say("has no rows of scores; expected a header and one row per score.", "没有评分行；应有表头，且每个评分一行。")
        case .missingCriterion:
            return language.say(
                "has no criterion column, but another file has one; give each file the same columns.", "缺少指标列，而其他文件有；请使各文件的列一致。")
        case .notANumber:
            return language.say(
                "\(quoted) is not a number; write digits with a decimal point, for example 88.5.", "\(quoted) 不是数字；请写成带小数点的数字，例如 88.5。")
        case .notFinite:
            return language.say("\(quoted) is not a finite number; write the score or remove the row.", "\(quoted) 不是有限的数；请填写分数或删除该行。")
        case .tooLarge:
            return language.say("\(quoted) is too large for a score; write one below 10^16.", "\(quoted) 作为分数过大；请写小于 10^16 的数。")
        case .emptyName: return language.say("is empty; write a name or remove the row.", "为空；请填写名称或删除该行。")
        case .brokenQuote:
            return language.say(
                "the quoted field that begins with \(quoted) does not end where it should; close the quote.",
                "以 \(quoted) 开头的引号字段未正确结束；请补全引号。")
        case .invalidUTF8:
            return language.say("\(quoted) is not valid UTF-8; save the file in UTF-8.", "\(quoted) 不是有效的 UTF-8；请以 UTF-8 保存文件。")
        case .duplicate(let first, let other?):
            return language.say(
                "\(quoted) is already on line \(first) of \(other); say what each file is with --file-is heat or stage, or give only one of them.",
                "\(quoted) 已在 \(other) 第 \(first) 行出现过；请用 --file-is heat 或 stage 说明每个文件是什么，或只给其中一个文件。")
        case .duplicate(let first, nil):
            return language.say(
                "\(quoted) is already on line \(first); say which one counts with --resubmitted last or first, or name the column that distinguishes them with --column.",
                "\(quoted) 已在第 \(first) 行出现过；请用 --resubmitted last 或 first 指定以哪次为准，或用 --column 指定能区分两行的列。")
        case .twoValues(let entry, let first):
            return language.say(
                "\(entry) has \(quoted) here and “\(first)” in an earlier row; keep one.", "\(entry) 在此为 \(quoted)，前面为“\(first)”；请只保留一个。")
        default: return kind.fileWording(language, text: Problem.printable(text), file: file) ?? columnWording(language, quoted)
        }
    }

    private func columnWording(_ language: Language, _ quoted: String) -> String {
        switch kind {
        case .noColumn(let role, let headers):
            let (name, header) = (role.rawValue, role.headers[0])
            let hint =
                role == .judge
                ? language.say("; with a file for each judge: --file-is judge", "；若每个文件是一位评委的评分表，请用 --file-is judge") : ""
            return language.say(
                "no column for the \(name); found \(Problem.list(headers)). Name it \(header), or use --column \(name)=HEADER\(hint).",
                "找不到“\(language.name(of: role))”列；现有：\(Problem.list(headers, "、"))。请将该列命名为“\(language.name(of: role))”，或用 --column \(name)=列名\(hint)。"
            )
        case .noNamedColumn(let role, let header, let headers):
            return language.say(
                "no column “\(header)” for the \(role.rawValue); found \(Problem.list(headers)).",
                "没有用作“\(language.name(of: role))”的列“\(header)”；现有：\(Problem.list(headers, "、"))。")
        case .twoColumns(let role, let headers):
            return language.say(
                "two columns for the \(role.rawValue): \(Problem.list(headers)). Say which with --column \(role.rawValue)=HEADER.",
                "“\(language.name(of: role))”有两列：\(Problem.list(headers, "、"))。请用 --column \(role.rawValue)=列名 指定。")
        case .noResults(let headers):
            return language.say(
                "no result or rank below \(Problem.list(headers)); write numbers, or name the column result or rank.",
                "\(Problem.list(headers, "、")) 下没有任何得分或名次；请填写数字，或将该列命名为 得分 或 名次。")
        case .noScoreColumn(let headers):
            return language.say(
                "no column of scores; found \(Problem.list(headers)). Name it score, or name the judges' columns with --wide A,B.",
                "没有分数列；现有：\(Problem.list(headers, "、"))。请将该列命名为“分数”，或用 --wide A,B 指定评委列。")
        case .unfilled(let columns):
            return language.say(
                "no scores yet: \(Problem.list(columns)) \(columns.count == 1 ? "is" : "are") empty in every row. Fill in the sheet, or leave it out.",
                "尚无分数：\(Problem.list(columns, "、")) 各行均为空。请填写后再读取，或不读取该表。")
        case .noNamedScoreColumn(let header, let headers):
            return language.say(
                "no column “\(header)”; found \(Problem.list(headers)). --wide takes column names as the header spells them.",
                "没有列“\(header)”；现有：\(Problem.list(headers, "、"))。--wide 须按表头写法填写。")
        case .unknownSheet(let name, let known):
            return language.say(
                "no sheet “\(name)”; the workbook has \(Problem.list(known)).", "没有工作表“\(name)”；现有：\(Problem.list(known, "、"))。")
        case .missingField(let found, let expected):
            return language.say(
                "the row has \(language.count(found, "field", "")), the header \(expected); the last one is \(quoted). Fill in the missing ones.",
                "该行有 \(found) 个字段，表头有 \(expected) 个；最后一个是 \(quoted)。请补齐。")
        case .extraField(let found, let expected):
            return language.say(
                "the row has \(language.count(found, "field", "")), the header \(expected); the last one is \(quoted). Put text with commas in quotes.",
                "该行有 \(found) 个字段，表头有 \(expected) 个；最后一个是 \(quoted)。含逗号的文字请加引号。")
        default: return scoreWording(language, quoted)
        }
    }

    private func scoreWording(_ language: Language, _ quoted: String) -> String {
        switch kind {
        case .thousands:
            return language.say(
                "\(quoted) has thousands separators; write the digits without them, for example 1234.5.",
                "\(quoted) 含千位分隔符；请去掉，例如 1234.5。")
        case .decimalComma:
            return language.say(
                "\(quoted) is written with a decimal comma; write a point (88.5), or separate the columns by semicolons.",
                "\(quoted) 使用逗号作小数点；请改用小数点（88.5），或以分号分隔各列。")
        case .outOfRange(let low, let high):
            return language.say(
                "\(quoted) is not between \(low) and \(high); correct the score or the range (--range).",
                "\(quoted) 不在 \(low) 与 \(high) 之间；请更正分数或 --range。")
        case .aboveMaximum(let criterion, let maximum):
            return language.say(
                "\(quoted) is above the maximum of \(criterion), \(maximum); correct the score or the maximum (--max).",
                "\(quoted) 超过“\(criterion)”的满分 \(maximum)；请更正分数或 --max。")
        case .brokenLayout:
            return language.say("is not a layout file written by check --save-layout.", "不是由 check --save-layout 写出的版式文件。")
        case .otherLayout(let missing, let new):
            let (lacks, has) = (Problem.list(missing), Problem.list(new))
            return language.say(
                "the headers differ from those of the layout: missing \(lacks.isEmpty ? "none" : lacks); new \(has.isEmpty ? "none" : has). Read it without --layout, and save a new one.",
                "表头与版式文件不一致：缺少 \(lacks.isEmpty ? "无" : lacks)；新增 \(has.isEmpty ? "无" : has)。请不用 --layout 读取，并另存新的版式文件。")
        case .question(let question): return Problem.printable(question.kind.wording(language))
        default: return quoted
        }
    }

    private typealias Problem = ScoreSheetError.Problem

    private static func list(_ headers: [String], _ separator: String = ", ") -> String {
        let shown = headers.prefix(12).map { String(printable($0).prefix(30)) }.joined(separator: separator)
        return headers.count > 12 ? shown + "\(separator)… (\(headers.count))" : shown
    }

    /// Text from a file as it can be shown: control characters would steer a terminal.
    static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "\u{FFFD}" : $0 }))
    }
}
