package import Evenhand
package import EvenhandIO

/// What a judge gives a score for, and the highest one.
package struct SheetCriterion: Sendable, Equatable {
    /// The name; empty for one undivided score.
    package let name: String
    /// The highest score.
    package let most: Fraction

    /// A criterion.
    package init(name: String, most: Fraction) { (self.name, self.most) = (name, most) }

    /// One score of at most 100 points.
    package static let whole = SheetCriterion(name: "", most: Fraction(100, over: 1))

    fileprivate func heading(_ language: Language) -> String {
        guard !name.isEmpty else { return language.say("score", "分数") }
        let points = NumberFormat.shortest(most.value)
        return language.say("\(name) (max \(points))", "\(name)（\(points)分）")
    }

    fileprivate func column(rowCount: Int, _ language: Language) -> Table.Column {
        let points = NumberFormat.shortest(most.value)
        return .blanks(
            name.isEmpty ? "score" : name, heading: heading(language), rowCount: rowCount,
            ScoreBlanks(
                upTo: most, title: name.isEmpty ? language.say("Score", "分数") : name,
                message: language.say(
                    "A number from 0 to \(points); leave it empty if you do not score this entry.", "请填写 0 至 \(points) 的数；不评该项目则留空。")))
    }
}

/// The score sheet of one judge before the contest: a workbook to fill in, which `rank` reads, and a page to print.
package struct JudgeSheet {
    /// The judge's name.
    package let judge: String
    /// What the judge scores, heat by heat in the judge's order.
    let rows: [Row]
    /// Whether the workbook names the heats: not with anchors, whose scores in several heats belong together.
    let namesHeats: Bool
    let criteria: [SheetCriterion]
    let language: Language

    /// An entry that the judge scores.
    struct Row {
        /// The heat, from 1; `nil` without heats.
        let heat: Int?
        /// The running order of the heat, or else the judge's own.
        let order: Int
        let entry: String
    }

    /// The sheets of all judges who have entries.
    package static func all(of review: PlanReview, criteria: [SheetCriterion], hiding names: Pseudonyms, language: Language) -> [JudgeSheet]
    {
        var rows = review.problem.judges.map { _ in [Row]() }
        for (seat, order) in zip(review.seats, review.orders.joined()) {
            let entry = names.replacing(review.problem.entries[seat.entry])
            rows[seat.judge].append(Row(heat: review.heat(seat).map { $0 + 1 }, order: order, entry: entry))
        }
        let namesHeats = review.division.map { $0.heatOfEntry.allSatisfy { $0 != nil } } ?? false
        return zip(review.problem.judges, rows).filter { !$1.isEmpty }.map { judge, rows in
            JudgeSheet(
                judge: names.replacing(judge), rows: rows.sorted { ($0.heat ?? 0, $0.order) < ($1.heat ?? 0, $1.order) },
                namesHeats: namesHeats, criteria: criteria, language: language)
        }
    }

    /// Where the sheets are, and how they are read once they are filled.
    package static func note(_ count: Int, in directory: String, _ language: Language) -> String {
        language.say(
            "Score sheets for \(language.count(count, "judge", "")) are in \(directory); evenhand rank reads them once they are filled: evenhand rank \(directory)/*.xlsx.",
            "\(count) 位评委的评分表已写入 \(directory)；填写后可直接排名：evenhand rank \(directory)/*.xlsx。")
    }

    /// - Throws: `PlanError.misread` when a name would be taken for something else in the filled sheets.
    package static func check(_ sheets: [JudgeSheet]) throws(PlanError) {
        guard let first = sheets.first else { return }
        let rows = sheets.flatMap { sheet in sheet.rows.map { ($0, sheet.judge) } }
        let roles: [String: ColumnRole] = ["heat": .heat, "order": .order, "entry": .entry, "judge": .judge]
        let misread = first.table(rows, hasHeats: first.namesHeats).misreadNames(roles: roles)
        guard misread.isEmpty else { throw .misread(names: misread) }
    }

    private func table(_ rows: [(row: Row, judge: String)], hasHeats: Bool) -> Table {
        let heats = Table.Column("heat", heading: language.say("heat", "场次"), .integers(rows.map { $0.row.heat ?? 1 }))
        let names = [
            Table.Column("order", heading: language.say("order", "顺序"), .integers(rows.map(\.row.order))),
            Table.Column("entry", heading: language.say("entry", "项目"), .texts(rows.map(\.row.entry))),
            Table.Column("judge", heading: language.say("judge", "评委"), .texts(rows.map(\.judge))),
        ]
        let columns = (hasHeats ? [heats] : []) + names + criteria.map { $0.column(rowCount: rows.count, language) }
        return Table(name: "scores", columns: columns, keys: hasHeats ? 3 : 2)
    }

    private func table(hasHeats: Bool) -> Table { table(rows.map { ($0, judge) }, hasHeats: hasHeats) }

    /// The workbook, whose cells take only numbers from 0 to the maximum of their criterion.
    ///
    /// - Throws: `OutputError.exceedsWorkbook`.
    package func workbook() throws(OutputError) -> [UInt8] {
        let sheet = OfficeWorkbook.Sheet(name: language.say("Scores", "评分表"), table: table(hasHeats: namesHeats))
        return try OfficeWorkbook(front: nil, sheets: [sheet], font: language.say("Calibri", "等线")).bytes()
    }

    /// The page.
    package var page: Page {
        let count = language.count(rows.count, "entry", "个项目")
        let table = table(hasHeats: rows.contains { $0.heat != nil })
        let sections = [
            Page.Section(language.say("Scores", "评分"), exhibits: [.table(table.without(column: "judge"), isOpen: true)]),
            Page.Section(language.say("Signature and date", "评委签名、日期"), paragraphs: ["\u{A0}"]),
        ]
        return Page(
            title: judge,
            verdict: [
                language.say(
                    "Please score these \(count) in the order of the list, each criterion from 0 to its maximum; leave a field empty for an entry that you do not score.",
                    "请按表中顺序为 \(count)评分，各项在 0 至满分之间；不评的项目请留空。")
            ], sections: sections, language: language)
    }
}
