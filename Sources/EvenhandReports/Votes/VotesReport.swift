package import Evenhand
import EvenhandIO

extension Report {
    /// Who leads by votes, in words and tables.
    ///
    /// - Parameters:
    ///   - analysis: what the votes say.
    ///   - input: how they were read.
    ///   - isForPeople: whether pairs of entries are only those that fit least.
    ///   - top: the rows that are printed of each table; all when `nil`.
    ///   - language: the language of words.
    ///   - cells: that of texts in tables; English ones serve programs as codes.
    package init(
        votes analysis: VoteAnalysis, criterion: String? = nil, readsOneAsFirst: Bool = false, isForPeople: Bool = true, top: Int? = nil,
        in language: Language, cells: Language? = nil
    ) {
        let words = VotesText(analysis: analysis, criterion: criterion, readsOneAsFirst: readsOneAsFirst, language: language)
        let tables = VotesTables(analysis: analysis, language: language, cells: cells ?? language, isForPeople: isForPeople)
        self.init(
            verdict: words.verdict, tables: tables.all.map { table in top.map { table.prefix($0) } ?? table }, notes: words.notes,
            fits: [words.fit])
    }
}

extension VoteAnalysis {
    /// What should be looked at before the list is used, one sentence each.
    package func warnings(in language: Language) -> [String] {
        VotesText(analysis: self, criterion: nil, readsOneAsFirst: false, language: language).warnings
    }
}
