import Evenhand
import EvenhandIO

/// The rows of `understood`: what the files were taken for, and what is in them.
struct UnderstoodTable {
    let language: Language
    /// Whether names, which headers and sheets may be, are left out.
    let hidesNames: Bool
    private var rows: [(what: String, value: String)] = []

    init(_ language: Language, hidesNames: Bool) { (self.language, self.hidesNames) = (language, hidesNames) }

    var table: Table {
        Table(
            name: CheckTable.understood.rawValue, title: language.say("What was understood", "识别结果"),
            columns: [
                Table.Column("what", heading: language.say("what", "内容"), .texts(rows.map(\.what))),
                Table.Column("value", heading: language.say("value", "值"), .texts(rows.map(\.value)), isWhole: true),
            ])
    }

    private mutating func add(_ english: String, _ chinese: String, _ value: String) {
        if !value.isEmpty { rows.append((language.say(english, chinese), value)) }
    }

    /// The files, and the sheets of workbooks.
    mutating func add(_ sources: [Reading.Source], inputs: [Reading.Input], leftOutSheets: [String]) {
        for input in inputs where !sources.contains(where: { $0.file == input.path }) {
            add("file", "文件", Reading.shownName(of: input.path, in: language) + language.say(": not understood", "：未能识别"))
        }
        for source in sources { add(source.sheet == nil ? "file" : "sheet", source.sheet == nil ? "文件" : "工作表", described(source)) }
        let roles = sources.map { $0.roles.map { "\(language.name(of: $0.role)) = \($0.header)" } }
        add("columns", "列", distinct(roles))
        if hidesNames {
            let columns = sources.map { [String($0.scoreColumns.count)] }
            add("score columns", "分数列", sources.contains { !$0.scoreColumns.isEmpty } ? distinct(columns) : "")
        } else {
            add("score columns", "分数列", distinct(sources.map(\.scoreColumns)))
        }
        add("columns that were checked", "已核对的列", distinct(sources.map(\.derivedColumns)))
        add("sheets left out", "未使用的工作表", hidesNames && !leftOutSheets.isEmpty ? String(leftOutSheets.count) : language.list(leftOutSheets))
    }

    /// What is in the sheet that was made of them.
    mutating func add(_ reading: Reading, shown: ScoreSheet, stageCount: Int) {
        let criteria = shown.criteria.map { name in reading.maxima[name].map { "\(name) (\(NumberFormat.shortest($0.value)))" } ?? name }
        add("criteria", "指标", language.list(criteria))
        add("columns left out", "未使用的列", language.list(reading.ignoredColumns))
        let known = shown.entryAttributes.map { "\($0.name) (\($0.values.levels.count))" }
        add("attributes of entries (values)", "项目属性（取值数）", language.list(known))
        add("attributes of judges", "评委属性", language.list(shown.judgeAttributes.map(\.name)))
        add("entries", "项目", String(shown.entries.count))
        add("judges", "评委", String(shown.judges.count))
        add("heats", "场次", String(shown.heats.count))
        if shown.items.isPresent { add("items", "题目", String(shown.items.levels.count)) }
        if shown.repetitions.isPresent { add("repetitions", "重复", String(shown.repetitions.levels.count)) }
        add("stages", "阶段", String(stageCount))
        add("scores", "评分", String(shown.count))
        add("decimals", "小数位", decimals(shown))
        if shown.direction == .lowerIsBetter { add("best score", "最佳评分", language.say("the lowest", "最低者")) }
    }

    private func decimals(_ sheet: ScoreSheet) -> String {
        guard sheet.isExact else {
            return language.say("more than 6: read as binary numbers, not exact", "超过 6 位：按二进制浮点数读取，并非精确值")
        }
        var (places, power) = (0, 1.0)
        while power < sheet.unitsPerPoint { (places, power) = (places + 1, power * 10) }
        return language.say("\(places), exact", "\(places) 位，精确")
    }

    /// "heats.xlsx 第1场 = heat 第1场: 12 entries; …"
    private func described(_ source: Reading.Source) -> String {
        var name = Reading.shownName(of: source.file, in: language)
        if let sheet = source.sheet, !hidesNames { name += " " + sheet }
        if let role = source.role { name += " = \(language.name(of: role))" + (hidesNames ? "" : source.name.map { " " + $0 } ?? "") }
        var clauses = [language.say("\(language.count(source.rows, "row", ""))", "\(source.rows) 行")]
        if let encoding = source.encoding { clauses.append(encoding) }
        if let separator = source.separator {
            clauses.append(language.say("separated by ", "分隔符 ") + (separator == "tab" ? separator : "“\(separator)”"))
        }
        if source.titleRows > 0 {
            clauses.append(language.say("\(language.count(source.titleRows, "row", "")) above the header", "表头上方 \(source.titleRows) 行"))
        }
        if source.headerRows > 1 { clauses.append(language.say("header of \(source.headerRows) rows", "表头 \(source.headerRows) 行")) }
        if source.leftOutRows > 0 {
            clauses.append(language.say("\(language.count(source.leftOutRows, "row", "")) left out", "未使用 \(source.leftOutRows) 行"))
        }
        return name + language.say(": ", "：") + clauses.joined(separator: language.say("; ", "；"))
    }

    /// What all parts have; where they differ, each variant once with the number of parts.
    private func distinct(_ lists: [[String]]) -> String {
        var (order, counts) = ([[String]](), [[String]: Int]())
        for list in lists where !list.isEmpty {
            if counts.updateValue(counts[list, default: 0] + 1, forKey: list) == nil { order.append(list) }
        }
        if order.count == 1 { return language.list(order[0]) }
        let variants = order.prefix(4).map { language.list($0) + (counts[$0, default: 1] > 1 ? " (×\(counts[$0, default: 1]))" : "") }
        let further = order.count > 4 ? [language.say("and \(order.count - 4) more", "等共 \(order.count) 种")] : []
        return (variants + further).joined(separator: language.say("; ", "；"))
    }
}
