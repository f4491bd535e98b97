import Evenhand
public import EvenhandIO

extension Reading {
    /// How sheets other than plain rows were understood, and which parts of the files were not used.
    ///
    /// - Parameters:
    ///   - language: the language of words.
    ///   - hidesNames: leave the names of judges and of sheets out.
    public func notes(in language: Language, hidesNames: Bool = false) -> [String] {
        var notes = sources.contains { !$0.isPlain } ? [understood(in: language, hidesNames: hidesNames)] : []
        if sheet.direction == .lowerIsBetter {
            notes.append(
                language.say(
                    "The lowest score is the best: results in points are as in the sheet, the lowest first; z, t, percentiles and rankits are reversed, so that higher is better. Severe judges give high scores.",
                    "分数越低越好：以分表示的结果与评分表一致，最低者排第一；z 分、t 分、百分位与正态分位已反向，越高越好。打分偏高的评委为偏严。"))
        }
        if sheet.hasItems {
            let (items, repeats) = (sheet.items.levels.count, sheet.repetitions.levels.count)
            let english = [items > 0 ? "\(items) items" : nil, repeats > 0 ? "\(repeats) repetitions" : nil].compactMap(\.self)
            let chinese = [items > 0 ? "\(items) 道题" : nil, repeats > 0 ? "\(repeats) 次重复" : nil].compactMap(\.self)
            notes.append(
                language.say(
                    "\(sheet.count) scores on \(english.joined(separator: " and ")): a judge's score of an entry is the mean over them.",
                    "共 \(sheet.count) 个评分，涉及 \(chinese.joined(separator: "、"))：评委对项目的评分取其平均。"))
        }
        if !missing.isEmpty {
            notes.append(
                language.say(
                    "Cells and rows without a score: \(language.counted(missing.map(\.kind))).",
                    "没有分数的单元格或行：\(language.counted(missing.map(\.kind)))。"))
        }
        if !uncalculatedCells.isEmpty {
            notes.append(
                language.say(
                    "Formulas whose results are not in the file; open and save it in a spreadsheet program: \(language.list(uncalculatedCells)).",
                    "文件中没有结果的公式（请用电子表格程序打开并保存）：\(language.list(uncalculatedCells))。"))
        }
        if !leftOutSheets.isEmpty {
            let names = hidesNames ? String(leftOutSheets.count) : language.list(leftOutSheets)
            notes.append(
                language.say(
                    "Sheets and tables left out, since they are hidden, hold no scores or follow from those that are read: \(names).",
                    "未使用的工作表和表格（隐藏、不含评分或由所读评分得出）：\(names)。"))
        }
        if !ignoredColumns.isEmpty {
            notes.append(
                language.say(
                    "Columns left out, since they have several values for one entry: \(language.list(ignoredColumns)).",
                    "未使用的列（同一项目有多个取值）：\(language.list(ignoredColumns))。"))
        }
        return notes
    }

    /// One sentence: "9 sheets = heats, 5–7 judge columns each, criteria 创新性/市场".
    ///
    /// - Parameters:
    ///   - language: the language of words.
    ///   - hidesNames: leave the names of judges and of sheets out.
    public func understood(in language: Language, hidesNames: Bool = false) -> String {
        let used = sources.map { source in
            var source = source
            source.attributes.removeAll(where: ignoredColumns.contains)
            return source
        }
        return Reading.understood(used, in: language, hidesNames: hidesNames)
    }

    static func understood(_ sources: [Source], in language: Language, hidesNames: Bool) -> String {
        var clauses: [String] = []
        let count = sources.count
        let isBook = sources.contains { $0.sheet != nil }
        let what = isBook ? language.count(count, "sheet", "个工作表") : language.count(count, "file", "个文件")
        if let role = sources[0].role {
            let name = hidesNames ? language.name(of: role) : sources[0].name ?? ""
            clauses.append("\(what) = " + (count == 1 ? name : language.plural(of: role.role)))
        } else {
            clauses.append(what)
        }
        if sources.allSatisfy(\.isPlain) { clauses.append(language.say("one row per score", "每行一个评分")) }
        let judges = sources.map(\.judges.count)
        if let least = judges.min(), let most = judges.max(), most > 0 {
            let range = least == most ? "\(most)" : "\(least)–\(most)"
            let each = count > 1 ? language.say(" each", "每个") + language.say("", isBook ? "工作表 " : "文件 ") : ""
            let names = count == 1 && !hidesNames ? language.say(": ", "：") + language.list(sources[0].judges) : ""
            clauses.append(
                language.say("\(range) judge column\(most == 1 ? "" : "s")\(each)\(names)", "\(each)\(range) 个评委列\(names)"))
        }
        if let criteria = sources.first(where: { !$0.criteria.isEmpty })?.criteria {
            clauses.append(language.say("criteria ", "指标 ") + criteria.prefix(12).joined(separator: "/"))
        }
        if let attributes = sources.first(where: { !$0.attributes.isEmpty })?.attributes {
            clauses.append(language.say("attributes ", "属性 ") + language.list(attributes))
        }
        if let derived = sources.first(where: { !$0.derivedColumns.isEmpty })?.derivedColumns {
            clauses.append(language.say("left out and checked ", "仅用于核对，不算评分：") + language.list(derived))
        }
        return language.say("Read as: ", "识别结果：") + clauses.joined(separator: language.say("; ", "；")) + language.say(".", "。")
    }

    /// The name of a file in messages.
    static func shownName(of path: String, in language: Language) -> String { path == "-" ? language.say("standard input", "标准输入") : path }
}

extension Reading.Location {
    /// The location as messages write it: `scores.csv:17`, `scores.csv:17:评委3`, `contest.xlsx:Sheet1!D17`.
    func shown(in language: Language, withColumn: Bool = false) -> String {
        let name = Reading.shownName(of: file, in: language)
        if let cell { return "\(name):\(cell)" }
        return [name, line.map { "\($0)" }, withColumn ? column : nil].compactMap(\.self).joined(separator: ":")
    }
}

extension Reading.Source {
    /// Whether it is a plain file: one row per score, each role in a column.
    fileprivate var isPlain: Bool {
        sheet == nil && role == nil && judges.isEmpty && criteria.isEmpty && roles.contains { $0.role == .score }
    }
}

extension Language {
    /// The kind of a missing score, for people.
    func name(of kind: MissingKind) -> String {
        switch kind {
        case .empty: say("empty", "空白")
        case .dash: say("dash", "横线")
        case .absent: say("absent", "缺席")
        case .abstained: say("abstained", "弃权")
        case .conflict: say("conflict of interest", "回避")
        case .notAvailable: say("not available", "不适用")
        }
    }

    /// "absent 2, empty 1"
    func counted(_ kinds: [MissingKind]) -> String {
        let sources = MissingKind.allCases.compactMap { kind -> String? in
            let number = kinds.count { $0 == kind }
            return number == 0 ? nil : "\(name(of: kind)) \(number)"
        }
        return sources.joined(separator: say(", ", "、"))
    }

    fileprivate func plural(of role: ColumnRole) -> String {
        switch role {
        case .judge: say("judges", "评委")
        case .heat: say("heats", "场次")
        case .stage: say("stages", "阶段")
        case .criterion: say("criteria", "指标")
        default: role.rawValue
        }
    }
}
