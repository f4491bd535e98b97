package import EvenhandIO

/// A page that can be handed over: one file, which opens without a network, on a screen of any size and on paper.
package struct Page: Sendable {
    /// A part under a heading.
    package struct Section: Sendable {
        /// The heading.
        package var heading: String
        /// What is said first.
        package var paragraphs: [String] = []
        /// Whether the paragraphs are a list, each a point of its own.
        package var isList = false
        /// Whether the paragraphs are small print.
        package var isSmall = false
        /// Pictures and tables in their order; a picture comes before the table with its numbers.
        package var exhibits: [Exhibit] = []
        /// Methods and conventions.
        package var notes: [String] = []

        /// A part of the page.
        package init(_ heading: String, paragraphs: [String] = [], isList: Bool = false, exhibits: [Exhibit] = [], notes: [String] = []) {
            (self.heading, self.paragraphs, self.isList) = (heading, paragraphs, isList)
            (self.exhibits, self.notes) = (exhibits, notes)
        }
    }

    /// What a section holds besides words.
    package enum Exhibit: Sendable {
        /// A picture.
        case plot(Plot)
        /// A table, at first open or folded.
        case table(Table, isOpen: Bool)
    }

    /// The title of the page and its main heading.
    package var title: String
    /// What the page is made from, below the heading.
    package var about: [String] = []
    /// The answer.
    package var verdict: [String]
    /// The parts, in the order of reading.
    package var sections: [Section]
    /// Whether notes and other folded parts are open, so that they are printed.
    package var isUnfolded = false
    /// Where the page comes from.
    package var footer: [String] = []
    /// The language of its words.
    package let language: Language

    /// A page.
    package init(title: String, about: [String] = [], verdict: [String], sections: [Section], language: Language) {
        (self.title, self.about, self.verdict, self.sections, self.language) = (title, about, verdict, sections, language)
    }

    /// The page as HTML.
    package var html: String {
        var writer = PageWriter(page: self)
        writer.write()
        return writer.markup.text
    }
}

/// Writes a page.
private struct PageWriter {
    let page: Page
    var markup = Markup()
    /// How many pictures were drawn, which gives each an identity of its own.
    private var drawn = 0

    init(page: Page) { self.page = page }

    private var language: Language { page.language }

    mutating func write() {
        let (page, language, head, contents) = (page, language, head, contents)
        markup.append(markup: "<!DOCTYPE html>\n")
        markup.append(markup: "<html lang=\"\(language == .zh ? "zh-Hans" : "en")\">")
        markup.append(markup: head)
        markup.append(markup: "<body>\n")
        markup.element("a", [("class", "skip"), ("href", "#main")], language.say("Skip to the answer", "跳到结论"))
        markup.element("header") { markup in
            markup.element("h1", [], page.title)
            for line in page.about { markup.element("p", [("class", "about")], line) }
            markup.append(markup: contents)
        }
        markup.append(markup: "\n<main id=\"main\">\n")
        markup.element("section", [("class", "verdict"), ("aria-label", language.say("Answer", "结论"))]) { markup in
            for line in page.verdict { markup.element("p", [], line) }
        }
        for (position, section) in page.sections.enumerated() { write(section, position) }
        markup.append(markup: "</main>\n")
        if !page.footer.isEmpty {
            markup.element("footer") { markup in
                for line in page.footer { markup.element("p", [], line) }
            }
        }
        markup.append(markup: "\n</body></html>\n")
    }

    private var head: String {
        var head = Markup()
        head.element("head") { head in
            head.open("meta", [("charset", "utf-8")])
            let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
            // No name is part of this line, so its quotes can be as they are.
            head.append(markup: "<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">")
            head.open("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])
            head.open("meta", [("name", "referrer"), ("content", "no-referrer")])
            head.element("title", [], page.title)
            head.append(markup: "<style>\n\(PageStyle.sheet)\n</style>")
        }
        return head.text + "\n"
    }

    /// Links to the parts, where there are several.
    private var contents: String {
        guard page.sections.count > 3 else { return "" }
        var markup = Markup()
        markup.element("nav", [("aria-label", language.say("Contents", "目录"))]) { markup in
            markup.element("ul") { markup in
                for (position, section) in page.sections.enumerated() {
                    markup.element("li") { $0.element("a", [("href", "#s\(position + 1)")], section.heading) }
                }
            }
        }
        return markup.text
    }

    private mutating func write(_ section: Page.Section, _ position: Int) {
        let id = "s\(position + 1)"
        markup.open("section", [("id", id), ("aria-labelledby", "\(id)-title")])
        markup.element("h2", [("id", "\(id)-title")], section.heading)
        if section.isList, !section.paragraphs.isEmpty {
            markup.element("ul") { markup in
                for line in section.paragraphs { markup.element("li", [], line) }
            }
        } else {
            for line in section.paragraphs { markup.element("p", section.isSmall ? [("class", "note")] : [], line) }
        }
        markup.newline()
        for exhibit in section.exhibits {
            switch exhibit {
            case .plot(let plot): write(plot)
            case .table(let table, let isOpen): write(table, isOpen: isOpen, heading: section.heading)
            }
        }
        if !section.notes.isEmpty {
            fold(language.say("Notes on the method", "方法说明"), isOpen: page.isUnfolded) { writer in
                writer.markup.element("ul", [("class", "note")]) { markup in
                    for note in section.notes { markup.element("li", [], note) }
                }
            }
        }
        markup.append(markup: "</section>\n")
    }

    private mutating func fold(_ summary: String, isOpen: Bool, _ body: (inout PageWriter) -> Void) {
        markup.open("details", isOpen ? [("open", "")] : [])
        markup.element("summary", [], summary)
        body(&self)
        markup.append(markup: "</details>\n")
    }

    private mutating func write(_ plot: Plot) {
        drawn += 1
        let (id, extent, language) = ("p\(drawn)", plot.extent, language)
        markup.open("figure")
        markup.element("figcaption") { markup in
            markup.element("strong", [], plot.title)
            if !plot.caption.isEmpty {
                markup.open("br")
                markup.append(plot.caption)
            }
            if extent.drawn < extent.all {
                markup.open("br")
                markup.element(
                    "small", [],
                    language.say(
                        "Drawn are \(extent.drawn) of \(extent.all) rows; the table has the others.",
                        "图中为 \(extent.all) 行中的 \(extent.drawn) 行；其余见表格。"))
            }
        }
        markup.element("div", [("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", plot.title)]) {
            $0.append(markup: plot.svg(id: id))
        }
        if let numbers = plot.numbers {
            fold(language.say("The numbers of this picture", "图中数据"), isOpen: page.isUnfolded) { writer in
                writer.contents(of: numbers, caption: plot.title, isSaid: true)
            }
        }
        markup.append(markup: "</figure>\n")
    }

    private mutating func write(_ table: Table, isOpen: Bool, heading: String) {
        let title = Page.heading(of: table, in: language) ?? heading
        if isOpen {
            contents(of: table, caption: title, isSaid: title == heading)
        } else {
            fold(title, isOpen: page.isUnfolded) { $0.contents(of: table, caption: title, isSaid: true) }
        }
    }

    /// - Parameter isSaid: whether the caption is what is just above, so that only those who do not see that need it.
    private mutating func contents(of table: Table, caption: String, isSaid: Bool) {
        table.write(to: &markup, caption: caption, isCaptionShown: !isSaid)
        if table.rowCount > Table.mostRowsOfPage {
            let (shown, all) = (Table.mostRowsOfPage, table.rowCount)
            markup.element(
                "p", [("class", "note")],
                language.say(
                    "These are the first \(shown) of \(all) rows; --format csv has all.", "以上为 \(all) 行中的前 \(shown) 行；全部见 --format csv。"))
        }
        for note in table.notes { markup.element("p", [("class", "note")], note) }
    }
}

extension Page {
    /// The warning about pages in a directory that a run did not write; `nil` without any.
    package static func warning(others: [String], in directory: String, _ language: Language) -> String? {
        guard !others.isEmpty else { return nil }
        let names = language.list(others, most: 6)
        return language.say(
            "\(directory) also has \(names), which this run did not write; remove what is of an earlier list before you hand the letters over. [W520]",
            "\(directory) 中还有本次未生成的文件：\(names)；发放信函前，请先删除此前名单留下的文件。[W520]")
    }
}

extension Report {
    /// The answer of one command as a page.
    ///
    /// - Parameters:
    ///   - title: what was asked.
    ///   - about: what it was made from.
    ///   - footer: where it comes from.
    ///   - language: the language of its words.
    package func page(title: String, about: [String], footer: [String], in language: Language) -> Page {
        var page = Page(title: title, about: about, verdict: paragraphs, sections: sections(in: language), language: language)
        if !notes.isEmpty { page.sections.append(Page.Section(language.say("Method", "方法"), paragraphs: notes, isList: true)) }
        page.footer = footer
        return page
    }

    /// The sentences of the verdict, a paragraph for each line of it.
    var paragraphs: [String] { verdict.split(separator: "\n").map(String.init) }

    /// A section for each table that people read, with the pictures that belong to it.
    private func sections(in language: Language) -> [Page.Section] {
        let shown = printed
        var sections = shown.map { table in
            let pictures = plots.filter { $0.table == table.name }.map(Page.Exhibit.plot)
            let heading = Page.heading(of: table, in: language) ?? language.say("Table", "结果表")
            return Page.Section(heading, exhibits: pictures + [.table(table, isOpen: true)])
        }
        let names = Set(shown.map(\.name))
        let others = plots.filter { plot in !(plot.table.map(names.contains) ?? false) }
        if !others.isEmpty { sections.insert(Page.Section(language.say("Pictures", "图"), exhibits: others.map(Page.Exhibit.plot)), at: 0) }
        return sections
    }
}
