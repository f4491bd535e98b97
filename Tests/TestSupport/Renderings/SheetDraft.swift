import Evenhand

/// A contest on its way to the pages of a file.
struct SheetDraft {
    let contest: RenderedContest
    let noise: SheetNoise
    let form: SheetForm
    var stream: RandomStream

    private var words: SheetWords { contest.words }

    mutating func pages() -> [RenderedPage] {
        let draw = stream.index(below: 3)
        let tableForm = form.table(criteria: contest.criteria.count, draw: draw)
        var entries = Array(contest.entries.indices)
        if stream.chance(0.3) { entries = stream.shuffled(entries) }
        func table(_ entries: [Int], _ part: ScoreKey = ScoreKey(), noise: SheetNoise? = nil) -> ScoreTable {
            ScoreTable(tableForm, of: contest, noise: noise ?? self.noise, entries: entries, part: part)
        }
        switch form {
        case .sheetPerJudge, .sheetPerJudgeAndSummary:
            return judgeSheets(entries)
        case .tablePerJudge:
            let prefix = contest.header(\.judge)
            let hasPrefix = !contest.judges[0].hasPrefix(prefix)
            return [
                framed(
                    stacked(
                        contest.judges.enumerated().map { judge, name in
                            ((hasPrefix ? prefix + words.colon : "") + name, table(entries, ScoreKey(judge: judge)))
                        }))
            ]
        case .tablePerEntry:
            let prefix = contest.header(\.entry)
            return [
                framed(
                    stacked(
                        entries.map { entry in
                            (prefix + words.colon + contest.entries[entry], table([entry], ScoreKey(entry: entry)))
                        }))
            ]
        case .tablePerCriterion:
            return [
                framed(
                    stacked(
                        contest.criteria.enumerated().map { criterion, name in
                            (name + noise.most, table(entries, ScoreKey(criterion: criterion)))
                        }))
            ]
        case .tablePerSession:
            return [framed(stacked(zip(sessions, parts(of: entries)).map { ($0, table($1)) }))]
        case .sideBySide:
            var page = RenderedPage()
            var plain = noise
            (plain.hasRank, plain.hasAverageRow, plain.hasMaximumRow, plain.hiddenEvery) = (false, false, false, 0)
            let gap = stream.index(below: 2)
            for (index, part) in parts(of: entries).enumerated() {
                var half = table(part, noise: plain)
                half.firstSerial = 1 + index * parts(of: entries)[0].count
                page.add(beside: whole(half), gap: index == 0 ? 0 : gap)
            }
            return [framed(page)]
        case .repeatedHeaders: return [framed(paged(table(entries)))]
        case .sections: return [framed(sectioned(entries, table))]
        case .survey: return [survey(table(entries))]
        default:
            var whole = table(entries)
            if tableForm == .long || tableForm == .ballots, noise.isShuffled { whole.rows = stream.shuffled(whole.rows) }
            return [framed(self.whole(whole))]
        }
    }

    /// The table with its header, and what is computed below it.
    private func whole(_ table: ScoreTable, hasFoot: Bool = true) -> RenderedPage {
        var page = table.header
        page.add(table.body)
        if hasFoot { for row in foot(of: table) { page.add(row) } }
        return page
    }

    private func foot(of table: ScoreTable) -> [[RenderedCell]] {
        guard form != .long else { return [] }
        var rows: [[RenderedCell]] = []
        if form == .judgesInRows, noise.hasTotal { rows.append(table.foot(.total, label: contest.header(\.total))) }
        if noise.hasAverageRow { rows.append(table.foot(.average, label: contest.header(\.average))) }
        if noise.hasMaximumRow { rows.append(table.foot(.maximum, label: contest.header(\.maximum))) }
        return rows
    }

    /// Titles above and notes below.
    private func framed(_ page: RenderedPage, title: String? = nil) -> RenderedPage {
        var framed = RenderedPage()
        framed.name = page.name
        let width = page.width
        func add(_ text: String) {
            framed.add([.text(text)] + [RenderedCell](repeating: .empty, count: noise.padsTitles ? max(0, width - 1) : 0))
        }
        for text in noise.titles + [title].compactMap(\.self) {
            add(text)
            if noise.groups == .merged, width > 1 {
                framed.merged.append(MergedCells(rows: framed.rows.count - 1...framed.rows.count - 1, columns: 0...width - 1))
            }
        }
        if !framed.rows.isEmpty, noise.hasBlankBelowTitles {
            framed.add([RenderedCell](repeating: .empty, count: noise.padsTitles ? width : 0))
        }
        framed.add(page)
        if noise.notes.count > 1 { framed.add([RenderedCell](repeating: .empty, count: noise.padsTitles ? width : 0)) }
        for note in noise.notes { add(note) }
        return framed
    }

    private func title(_ text: String, width: Int) -> RenderedPage {
        var page = RenderedPage(rows: [[.text(text)] + [RenderedCell](repeating: .empty, count: max(0, width - 1))])
        if noise.groups == .merged, width > 1 { page.merged = [MergedCells(rows: 0...0, columns: 0...width - 1)] }
        return page
    }

    /// The entries in two or three parts.
    private func parts(of entries: [Int]) -> [[Int]] {
        let count = entries.count > 6 && form != .sideBySide ? 3 : 2
        let size = (entries.count + count - 1) / count
        return stride(from: 0, to: entries.count, by: size).map { Array(entries[$0..<min(entries.count, $0 + size)]) }
    }

    private var sessions: [String] { words.sessions[(contest.entries.count + contest.judges.count) % words.sessions.count] }

    private func stacked(_ tables: [(title: String, table: ScoreTable)]) -> RenderedPage {
        var page = RenderedPage()
        for (index, (text, table)) in tables.enumerated() {
            let whole = whole(table)
            if index > 0 { page.add([RenderedCell](repeating: .empty, count: whole.width)) }
            page.add(title(text, width: whole.width))
            page.add(whole)
        }
        return page
    }

    private mutating func paged(_ table: ScoreTable) -> RenderedPage {
        let (header, body) = (table.header, table.body)
        let length = max(2, (body.rows.count + 1) / (2 + stream.index(below: 2)))
        let hasGap = stream.chance(0.4)
        var page = RenderedPage()
        for start in stride(from: 0, to: body.rows.count, by: length) {
            if start > 0, hasGap { page.add([RenderedCell](repeating: .empty, count: header.width)) }
            page.add(header)
            let part = start..<min(body.rows.count, start + length)
            let merged = body.merged.filter { part.contains($0.rows.lowerBound) && part.contains($0.rows.upperBound) }
            page.add(
                RenderedPage(
                    rows: Array(body.rows[part]), hidden: Set(body.hidden.filter(part.contains).map { $0 - start }),
                    merged: merged.map { $0.moved(rows: -start, columns: 0) }))
        }
        for row in foot(of: table) { page.add(row) }
        return page
    }

    private func sectioned(_ entries: [Int], _ table: ([Int], ScoreKey, SheetNoise?) -> ScoreTable) -> RenderedPage {
        var plain = noise
        plain.hasRank = false
        var (page, next) = (RenderedPage(), 1)
        for (index, (name, part)) in zip(sessions, parts(of: entries)).enumerated() {
            var section = table(part, ScoreKey(), plain)
            section.firstSerial = next
            next += section.rows.count
            if index == 0 { page.add(section.header) }
            page.add(title(name, width: section.columns.count))
            page.add(section.body)
        }
        return page
    }

    private mutating func judgeSheets(_ entries: [Int]) -> [RenderedPage] {
        let hasTitle = stream.chance(0.3)
        var pages = contest.judges.enumerated().map { judge, name in
            let table = ScoreTable(.oneJudge, of: contest, noise: noise, entries: entries, part: ScoreKey(judge: judge))
            var page = whole(table)
            page.name = name
            return framed(page, title: hasTitle ? contest.header(\.judge) + words.colon + name : nil)
        }
        guard form == .sheetPerJudgeAndSummary else { return pages }
        var summary = ScoreTable(.judges, of: contest, noise: noise, entries: entries)
        for index in summary.columns.indices {
            if case .score(let key) = summary.columns[index].content { summary.columns[index].content = .subtotal(key) }
        }
        var page = whole(summary)
        page.name = contest.header(\.summary)
        pages.insert(framed(page), at: stream.chance(0.5) ? 0 : pages.count)
        return pages
    }

    /// Codes, questions, and what the survey calls them.
    private func survey(_ table: ScoreTable) -> RenderedPage {
        var page = RenderedPage(rows: [[], [], []])
        var (question, part) = (0, 0)
        for column in table.columns {
            let texts: (code: String, question: String, id: String)
            switch column.content {
            case .date: texts = ("StartDate", "Start Date", "startDate")
            case .seconds: texts = ("Duration (in seconds)", "Duration (in seconds)", "duration")
            case .score where noise.asksTogether && !contest.criteria.isEmpty:
                part += 1
                texts = ("Q\(question + 1)_\(part)", "\(words.questions.criteria) - \(column.headings[0])", "QID\(question + 1)_\(part)")
            case .judge, .entry, .score:
                question += 1
                let text =
                    switch column.content {
                    case .judge: words.questions.judge
                    case .entry: words.questions.entry
                    default: contest.criteria.isEmpty ? words.questions.score : column.headings[0]
                    }
                texts = ("Q\(question)", text, "QID\(question)")
            default: continue
            }
            page.rows[0].append(.text(texts.code))
            page.rows[1].append(.text(texts.question))
            page.rows[2].append(.text("{\"ImportId\":\"\(texts.id)\"}"))
        }
        page.add(table.body)
        return page
    }
}
