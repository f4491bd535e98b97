package import Evenhand
import EvenhandIO

/// A whole contest on one page, in the order in which an office reads it: the verdict, what to do, the list with the cut, judges, groups,
/// the cut in detail, scores to look at again, the method, and where it all comes from.
///
/// It is put together from the answers of the commands. What does not apply is left out with one sentence.
package struct ContestReport {
    /// How much the page holds.
    package enum Depth: String, Sendable, CaseIterable {
        /// One printed page: the verdict, what to do, and the list.
        case decision
        /// What an office needs; tables for the curious are folded, and not printed.
        case organiser
        /// Everything, unfolded.
        case statistician
    }

    /// A section that can be missing, with the reason.
    package enum Section<Content> {
        case present(Content)
        /// One sentence.
        case missing(String)

        package var content: Content? { if case .present(let content) = self { content } else { nil } }
        var reason: String? { if case .missing(let reason) = self { reason } else { nil } }
    }

    /// What is known about the cut, and its answer.
    package typealias Cut = (analysis: FinalsAnalysis, report: Report)
    /// What is known about the judges, and its answer.
    package typealias Judges = (calibration: JudgeCalibration, report: Report)

    /// The name of the page.
    package var title: String
    package var depth = Depth.organiser
    /// Whether models of each judge's scale, and what other methods or judges would change, are left out, since the scores are very many.
    package var isBrief = false
    /// Whether tables have all their columns, as they have for a statistician.
    package var hasAllColumns = false
    package let language: Language
    /// The answer of `rank`.
    package var ranking: Report
    package var cut: Section<Cut>
    package var judges: Section<Judges>
    /// The answers of `groups`, one for each grouping.
    package var groups: Section<[Report]>
    /// What looks wrong in the sheet.
    package var warnings: [String]
    /// The scores that were read: how they were understood.
    package var understood: Report
    /// The files that were read and the command that makes the page again.
    package var origin: [String]

    /// A page about a ranking; the other sections are missing at first.
    package init(
        title: String, language: Language, ranking: Report, cut: Section<Cut>, judges: Section<Judges>, groups: Section<[Report]>,
        warnings: [String],
        understood: Report, origin: [String]
    ) {
        (self.title, self.language, self.ranking) = (title, language, ranking)
        (self.cut, self.judges, self.groups) = (cut, judges, groups)
        (self.warnings, self.understood, self.origin) = (warnings, understood, origin)
    }

    /// The page.
    package var page: Page {
        var page = Page(title: title, about: Array(understood.paragraphs.prefix(1)), verdict: verdict, sections: [], language: language)
        page.sections = [actions, list]
        if depth != .decision {
            page.sections += [judgesSection, groupsSection, detail, review, method]
        }
        var source = Page.Section(language.say("Where it comes from", "数据来源"), paragraphs: origin)
        source.isSmall = true
        page.sections.append(source)
        page.isUnfolded = depth == .statistician
        return page
    }

    private var isOpen: Bool { depth == .statistician }

    /// A table with the columns that its reader wants.
    private func exhibit(_ table: Table, isOpen: Bool) -> Page.Exhibit {
        .table(depth == .statistician || hasAllColumns ? table : table.essential, isOpen: isOpen)
    }

    /// What a published list says comes first, then the cut, or without one the ranking.
    private var verdict: [String] {
        guard let cut = cut.content else { return ranking.paragraphs }
        let published = ranking.tables.contains { $0.name == "verification" }
        return (published ? ranking.paragraphs : []) + cut.report.paragraphs
    }

    // MARK: - What to do

    private var actions: Page.Section {
        let advice = Advice(report: self, language: language).sentences
        return Page.Section(
            language.say("What to do", "需要做什么"),
            paragraphs: advice.isEmpty
                ? [language.say("Nothing has to be settled before the list is published.", "公布名单之前没有需要处理的事项。")] : advice,
            isList: !advice.isEmpty)
    }

    // MARK: - The list

    private var list: Page.Section {
        let heading = language.say("The list", "名次表")
        guard let cut = cut.content else {
            let tables = ranking.printed.prefix(1).map { exhibit($0, isOpen: true) }
            return Page.Section(heading, paragraphs: [cut.reason].compactMap(\.self), exhibits: tables)
        }
        let table = ListTable(analysis: cut.analysis, language: language).table
        let picture = cut.report.plots.first { $0.table == FinalsAnalysis.Part.cut.rawValue }.map { [Page.Exhibit.plot($0)] } ?? []
        let shown = depth == .decision ? ListTable.aroundCut(table, most: 24) : table
        let rest =
            shown.rowCount < table.rowCount
            ? [
                language.say(
                    "The \(shown.rowCount) entries around the cut, of \(table.rowCount).",
                    "\(table.rowCount) 个项目中入围线附近的 \(shown.rowCount) 个。")
            ]
            : []
        return Page.Section(
            language.say("The list and the cut", "名次表与入围线"), paragraphs: rest,
            exhibits: [.table(shown, isOpen: true)] + (depth == .decision ? [] : picture))
    }

    // MARK: - Judges and groups

    private var judgesSection: Page.Section {
        let heading = language.say("Judges", "评委")
        guard let judges = judges.content?.report else { return Page.Section(heading, paragraphs: [judges.reason ?? ""]) }
        return section(heading, judges, open: JudgesTable.judges.rawValue, without: [JudgesTable.outlying.rawValue])
    }

    private var groupsSection: Page.Section {
        let heading = language.say("Groups", "各组表现")
        guard let groups = groups.content else { return Page.Section(heading, paragraphs: [groups.reason ?? ""]) }
        let all = groups.map { section(heading, $0, open: "groups") }
        var notes: [String] = []
        for note in all.flatMap(\.notes) where !notes.contains(note) { notes.append(note) }
        return Page.Section(heading, paragraphs: all.flatMap(\.paragraphs), exhibits: all.flatMap(\.exhibits), notes: notes)
    }

    /// The answer of a command: pictures and the table that is read most, then the others, folded.
    private func section(_ heading: String, _ report: Report, open: String, without: [String] = []) -> Page.Section {
        let tables = report.tables.filter { $0.rowCount > 0 && !without.contains($0.name) }
        let (first, others) = (tables.filter { $0.name.hasPrefix(open) }, tables.filter { !$0.name.hasPrefix(open) })
        let exhibits =
            first.map { exhibit($0, isOpen: true) } + report.plots.map(Page.Exhibit.plot)
            + others.map { exhibit($0, isOpen: isOpen) }
        return Page.Section(heading, paragraphs: report.paragraphs, exhibits: exhibits, notes: report.notes)
    }

    // MARK: - The cut in detail

    /// Tables of `finals` that are shown elsewhere.
    private static let elsewhere = [FinalsAnalysis.Part.review.rawValue]

    private var detail: Page.Section {
        let heading = language.detailHeading
        guard let cut = cut.content else { return Page.Section(heading, paragraphs: [cut.reason ?? ""]) }
        let pictures = cut.report.plots.filter { $0.table != FinalsAnalysis.Part.cut.rawValue }.map(Page.Exhibit.plot)
        let tables = cut.report.tables.filter { $0.rowCount > 0 && !ContestReport.elsewhere.contains($0.name) }
        return Page.Section(
            heading, paragraphs: isBrief ? [brief] : [], exhibits: pictures + tables.map { exhibit($0, isOpen: isOpen) },
            notes: cut.report.notes
        )
    }

    private var brief: String {
        language.say(
            "With so many scores this page takes every judge to use the same scale, and leaves out what other judges and methods would change; evenhand finals and evenhand judges compute that in minutes.",
            "评分数量很大，本页假设各评委尺度相同，并略去更换评委或方法的影响；evenhand finals 与 evenhand judges 可在几分钟内给出。")
    }

    private var review: Page.Section {
        let heading = language.reviewHeading
        let tables =
            (cut.content?.report.tables ?? []).filter { ContestReport.elsewhere.contains($0.name) && $0.rowCount > 0 }
            + (judges.content?.report.tables ?? []).filter { $0.name == JudgesTable.outlying.rawValue && $0.rowCount > 0 }
        guard !tables.isEmpty else {
            let none = language.say("No score is far from what the others predict.", "没有明显偏离预期的评分。")
            return Page.Section(heading, paragraphs: [none] + warnings)
        }
        return Page.Section(heading, paragraphs: warnings, exhibits: tables.map { exhibit($0, isOpen: true) })
    }

    private var method: Page.Section {
        // Samples of cells are those of the first rows, but a report does not depend on the order of rows.
        let read = understood.tables.filter { $0.rowCount > 0 }.map { $0.without(column: "samples") }
        let tables = read + (cut.content == nil ? [] : ranking.printed)
        return Page.Section(
            language.say("Method", "方法"), paragraphs: MethodWords(report: self, language: language).sentences,
            exhibits: tables.map { exhibit($0, isOpen: isOpen) }, notes: ranking.notes)
    }
}
