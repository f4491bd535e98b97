package import Evenhand
import EvenhandIO

/// The tables of `judges` with a many-facet Rasch model.
public enum RaschTable: String, Sendable, CaseIterable {
    /// Every judge, criterion and entry: score, fair average, measure and fit.
    case measures
    /// How the categories of the rating scale are used.
    case categories
    /// How well each facet's measures can be told apart.
    case separation
    /// Judges by entries and by criteria.
    case bias
    /// Each judge's severity on one criterion against another.
    case contrasts
}

extension Report {
    /// What a many-facet Rasch model says, in words and tables.
    ///
    /// - Parameters:
    ///   - model: the model.
    ///   - selection: the part of the contest, and what was left out of it.
    ///   - tables: the tables that are wanted.
    ///   - isForPeople: words in place of codes, and of long tables the first rows.
    ///   - hasRuler: whether the ruler is drawn.
    ///   - top: the rows that are printed of each table; when `nil` all, or for people as many as they read.
    ///   - isByPerformance: whether every performance of an entry that has several counts separately.
    ///   - language: the language of words.
    ///   - cells: that of texts in tables; English ones serve programs as codes.
    package init(
        rasch model: RaschModel, selection: Selection, tables: [RaschTable] = RaschTable.allCases, isForPeople: Bool = true,
        hasRuler: Bool = true, top: Int? = nil, isByPerformance: Bool = false, in language: Language, cells: Language? = nil
    ) {
        let made = RaschTables(model: model, language: language, cells: cells ?? language, isForPeople: isForPeople)
        let words = RaschText(
            model: model, elements: made.elements, selection: selection, tables: tables, isByPerformance: isByPerformance,
            language: language)
        let all = tables.compactMap { kind in made.table(kind).map { (kind: kind, table: $0) } }
        let shortened = all.compactMap { kind, table -> String? in
            guard isForPeople, top == nil, table.rowCount > kind.mostRead else { return nil }
            return language.say(
                "\(table.name): the first \(kind.mostRead) of \(table.rowCount) rows; --format csv --table \(table.name) has all.",
                "\(table.title)：仅列出 \(table.rowCount) 行中的前 \(kind.mostRead) 行；全部见 --format csv --table \(table.name)。")
        }
        self.init(
            verdict: words.verdict,
            tables: all.map { kind, table in (top ?? (isForPeople ? kind.mostRead : nil)).map { table.prefix($0) } ?? table },
            notes: words.notes + shortened, fits: [words.fitNumbers],
            plots: hasRuler && tables.contains(.measures)
                ? RaschRuler(model: model, elements: made.elements, language: language).plots : [])
    }
}

extension RaschTable {
    /// The rows that people read.
    fileprivate var mostRead: Int { self == .measures || self == .categories ? 60 : 20 }
}

extension RaschModel {
    /// What should be looked at before the measures are used, one sentence each.
    package func warnings(in language: Language) -> [String] { RaschWarnings(model: self, language: language).all }
}
