import Evenhand

/// A drawn contest, written down as an organiser might: the same for the same seed.
public struct SheetRendering: Sendable {
    /// What everything was drawn from.
    public let seed: UInt64
    /// How it is laid out.
    public let form: SheetForm
    /// How the file is written.
    public let format: SheetFormat
    /// The language of its words.
    public let language: String
    /// The contest in long form.
    public let long: String
    /// The file.
    public let bytes: [UInt8]
    /// The sheets as separated values, for people to read.
    public let text: String

    /// The rendering of a seed: the forms follow each other.
    public init(seed: UInt64) {
        self.seed = seed
        form = SheetForm.allCases[Int(seed % UInt64(SheetForm.allCases.count))]
        var stream = RandomStream(seed: seed)
        let words = stream.pick(SheetWords.all)
        let isWorkbook = form.isWorkbook || stream.chance(0.45)
        let format = isWorkbook ? SheetFormat.workbook : words.hasDecimalComma && stream.chance(0.6) ? .semicolons : .commas
        let contest = RenderedContest(in: words, form: form, from: &stream)
        let noise = SheetNoise(contest, form: form, isWorkbook: isWorkbook, from: &stream)
        var draft = SheetDraft(contest: contest, noise: noise, form: form, stream: stream)
        let pages = draft.pages()
        (self.format, language, long) = (format, words.language, contest.long)
        let texts = pages.map { $0.text(words: words, format: format, isFixed: noise.isFixed && !isWorkbook) }
        bytes = isWorkbook ? RenderedPage.workbook(pages) : Array(texts.joined().utf8)
        text = isWorkbook ? zip(pages, texts).map { $0.heading + $1 }.joined() : texts.joined()
    }

    /// The name of its file.
    public var name: String { format == .workbook ? "contest.xlsx" : "contest.csv" }
}

extension RenderedPage {
    /// What the text of a page does not show.
    fileprivate var heading: String {
        let hidden = hidden.isEmpty ? "" : ", hidden rows \(hidden.sorted().map { $0 + 1 })"
        return "[\(name)\(hidden)\(merged.isEmpty ? "" : ", \(merged.count) merged areas")]\n"
    }
}
