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
    /// What the judge scores, in the judge's order.
    let entries: [String]
    let criteria: [SheetCriterion]
    let language: Language

    /// The sheets of all judges who have entries.
    package static func all(of review: PlanReview, criteria: [SheetCriterion], hiding names: Pseudonyms, language: Language) -> [JudgeSheet]
    {
        var entries = review.problem.judges.map { _ in [(order: Int, name: String)]() }
        for (seat, order) in zip(review.seats, review.orders.joined()) {
            entries[seat.judge].append((order, names.replacing(review.problem.entries[seat.entry])))
        }
        return zip(review.problem.judges, entries).filter { !$1.isEmpty }.map { judge, entries in
            JudgeSheet(
                judge: names.replacing(judge), entries: entries.sorted { $0.order < $1.order }.map(\.name), criteria: criteria,
                language: language)
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
        let rows = sheets.flatMap { sheet in sheet.entries.enumerated().map { ($0 + 1, $1, sheet.judge) } }
        let roles: [String: ColumnRole] = ["order": .order, "entry": .entry, "judge": .judge]
        let misread = first.table(rows).misreadNames(roles: roles)
        guard misread.isEmpty else { throw .misread(names: misread) }
    }

    private func table(_ rows: [(order: Int, entry: String, judge: String)]) -> Table {
        let names = [
            Table.Column("order", heading: language.say("order", "顺序"), .integers(rows.map(\.order))),
            Table.Column("entry", heading: language.say("entry", "项目"), .texts(rows.map(\.entry))),
            Table.Column("judge", heading: language.say("judge", "评委"), .texts(rows.map(\.judge))),
        ]
        return Table(name: "scores", columns: names + criteria.map { $0.column(rowCount: rows.count, language) }, keys: 2)
    }

    private var table: Table { table(entries.enumerated().map { ($0 + 1, $1, judge) }) }

    /// The workbook, whose cells take only numbers from 0 to the maximum of their criterion.
    ///
    /// - Throws: `OutputError.exceedsWorkbook`.
    package func workbook() throws(OutputError) -> [UInt8] {
        let sheet = OfficeWorkbook.Sheet(name: language.say("Scores", "评分表"), table: table)
        return try OfficeWorkbook(front: nil, sheets: [sheet], font: language.say("Calibri", "等线")).bytes()
    }

    /// The page.
    package var page: Page {
        let count = language.count(entries.count, "entry", "个项目")
        let sections = [
            Page.Section(language.say("Scores", "评分"), parts: [.table(table.without(column: "judge"), isOpen: true)]),
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
