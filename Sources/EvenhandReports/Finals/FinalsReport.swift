public import Evenhand
import EvenhandIO

/// How a report on a close final is shown.
public struct FinalsLayout: Sendable {
    /// Whether pictures are drawn.
    public var hasPlots = false
    /// Whether they are for a page, which has room for more than a terminal.
    public var isPage = false
    /// The rows that are printed of each table; all when `nil`.
    public var top: Int?
    /// The sheet's own column of trimmed results, when the list is by them for that reason.
    public var ownResult: String?

    /// The usual layout.
    public init() {}
}

extension Report {
    /// Whether a cut is real, in words and tables.
    ///
    /// - Parameters:
    ///   - analysis: what is known about the cut.
    ///   - selection: the part of the contest that is ranked.
    ///   - layout: how it is shown.
    ///   - language: the language of words.
    ///   - cells: that of texts in tables; English ones serve programs as codes.
    public init(
        finals analysis: FinalsAnalysis, selection: Selection, layout: FinalsLayout = FinalsLayout(), in language: Language,
        cells: Language? = nil
    ) {
        let words = FinalsText(analysis: analysis, selection: selection, language: language, ownResult: layout.ownResult)
        let tables = FinalsTables(analysis: analysis, layout: layout, language: cells ?? language)
        let pictures = FinalsPlots(analysis: analysis, language: language)
        self.init(
            verdict: words.verdict, tables: tables.all(), notes: words.notes, fits: words.fits,
            plots: layout.isPage ? pictures.ofPage : layout.hasPlots ? pictures.all : [])
    }
}
