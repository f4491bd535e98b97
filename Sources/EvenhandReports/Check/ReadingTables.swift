import EvenhandIO

/// The proof of a reading: what every column was read as, and what every row that is not an entry is.
struct ReadingTables {
    let sources: [Reading.Source]
    let language: Language
    let hidesNames: Bool

    /// The table `columns`.
    var columns: Table {
        let rows = sources.flatMap { source in source.columns.map { (source, $0) } }
        func texts(
            _ name: String, _ chinese: String, isWhole: Bool = false, isDetail: Bool = false,
            _ text: (Reading.Source, Reading.ColumnReading) -> String
        ) -> Table.Column {
            Table.Column(
                name, heading: language.say(name, chinese), .texts(rows.map { text($0.0, $0.1) }), isWhole: isWhole, isDetail: isDetail)
        }
        let isOneFile = Set(sources.map(\.file)).count < 2
        return Table(
            name: CheckTable.columns.rawValue, title: language.say("What every column was read as", "各列识别结果"),
            columns: [
                texts("file", "文件", isDetail: isOneFile) { source, _ in Reading.shownName(of: source.file, in: language) },
                texts("sheet", "工作表") { source, _ in hidesNames ? "" : source.sheet ?? "" }, texts("column", "列") { $1.letter },
                texts("header", "表头", isWhole: true) { hidesNames && $1.use == .score ? "…" : $1.header },
                texts("read_as", "识别为") { language.name(of: $1.use) }, texts("why", "依据", isWhole: true) { why($1) },
                texts("samples", "示例", isWhole: true) {
                    hidesNames && ($1.use == .entry || $1.use == .judge) ? "…" : $1.samples.joined(separator: " | ")
                },
            ])
    }

    /// The table `rows_left_out`.
    var rowsLeftOut: Table {
        let rows = sources.flatMap(\.rowsLeftOut).filter { $0.use != .blank }
        func texts(_ name: String, _ chinese: String, _ text: (Reading.RowLeftOut) -> String) -> Table.Column {
            Table.Column(name, heading: language.say(name, chinese), .texts(rows.map(text)), isWhole: true)
        }
        return Table(
            name: CheckTable.rowsLeftOut.rawValue, title: language.say("Rows that are not entries", "不是参赛项目的行"),
            columns: [
                texts("place", "位置") { $0.location.shown(in: language) }, texts("text", "内容") { hidesNames ? "…" : $0.text },
                texts("why", "依据") { why($0.use) },
            ])
    }

    private func why(_ column: Reading.ColumnReading) -> String {
        let hidden = column.isHidden ? language.say(" (hidden)", "（隐藏）") : ""
        let reason =
            switch column.reason {
            case .words: language.say("the words of its header", "表头用词")
            case .said: language.say("you said so", "由选项指定")
            case .values:
                column.use == .ignored && column.samples.isEmpty ? language.say("empty", "空列") : language.say("its cells", "单元格内容")
            case .siblings: language.say("the columns next to it", "相邻各列")
            case .relation: language.say("follows from the scores in every row", "各行均可由评分算出")
            case .unconfirmed: language.say("its header; no known rule gives its numbers", "表头用词；数值不符合任何已知规则")
            case .onlyOne: language.say("the only column that fits", "唯一可能的列")
            }
        return reason + hidden
    }

    private func why(_ use: RowUse) -> String {
        switch use {
        case .header: language.say("the header once more", "重复的表头")
        case .section: language.say("a heading of the rows below", "分组标题")
        case .remark: language.say("a remark or signature", "备注或签名")
        case .maxima: language.say("the maximum scores", "满分行")
        case .weights: language.say("weights", "权重行")
        case .statistic(let statistic):
            language.say("\(statistic.rawValue) of the rows above, by its values", "上方各行的统计值（\(language.name(of: statistic))）")
        case .ignored: language.say("you said so", "由选项指定")
        case .data, .blank: ""
        }
    }
}
