import Evenhand
public import EvenhandIO

/// Labels in place of the names of judges or entries, wherever these occur in what is shown: in attributes, notes, locations and paths.
///
/// A name of several characters is replaced where it appears as a word (in scripts without spaces, anywhere); from five characters on, in
/// upper and lower case. A name of one character is replaced where it is all of a text or next to a mark. A number is not a name.
public struct Pseudonyms: Sendable {
    /// The names by their first character in lower case, the longest first.
    private var names: [Character: [Name]] = [:]

    private struct Name: Sendable {
        let text: [Character]
        let label: String
        let anyCase: Bool
    }

    /// No names: every text stays as it is.
    public init() {}

    /// Replaces each name with the label that is paired with it.
    public mutating func hide(_ hidden: [String], as labels: [String]) {
        for (name, label) in zip(hidden, labels) where name != label && name.contains(where: \.isLetter) {
            let text = Array(name)
            names[Pseudonyms.folded(text[0]), default: []].append(Name(text: text, label: label, anyCase: text.count >= 5))
        }
        for key in names.keys { names[key]?.sort { $0.text.count > $1.text.count } }
    }

    /// A text with the labels.
    public func replacing(_ text: String) -> String {
        guard !names.isEmpty else { return text }
        let characters = Array(text)
        var (shown, position) = ("", 0)
        while position < characters.count {
            let candidates = names[Pseudonyms.folded(characters[position])] ?? []
            if let name = candidates.first(where: { stands($0, at: position, in: characters) }) {
                shown += name.label
                position += name.text.count
            } else {
                shown.append(characters[position])
                position += 1
            }
        }
        return shown
    }

    private func stands(_ name: Name, at start: Int, in text: [Character]) -> Bool {
        let stop = start + name.text.count
        guard stop <= text.count else { return false }
        let isSame = zip(name.text, text[start..<stop]).allSatisfy {
            name.anyCase ? Pseudonyms.folded($0) == Pseudonyms.folded($1) : $0 == $1
        }
        guard isSame else { return false }
        let (before, behind) = (start > 0 ? text[start - 1] : nil, stop < text.count ? text[stop] : nil)
        guard name.text.count == 1 else {
            return !Pseudonyms.joins(before, name.text[0]) && !Pseudonyms.joins(behind, name.text[name.text.count - 1])
        }
        let isWord = [before, behind].allSatisfy { !($0?.isLetter ?? false || $0?.isNumber ?? false) }
        return isWord && (text.count == 1 || [before, behind].contains { !($0?.isWhitespace ?? true) })
    }

    /// Whether a neighbour makes one word with the end of a name; scripts without spaces have no such ends.
    private static func joins(_ neighbour: Character?, _ end: Character) -> Bool {
        guard let neighbour, isSpaced(end) else { return false }
        return isSpaced(neighbour)
    }

    private static func isSpaced(_ character: Character) -> Bool {
        (character.isLetter || character.isNumber) && (character.unicodeScalars.first?.value ?? 0) < 0x2E80
    }

    private static func folded(_ character: Character) -> Character { character.lowercased().first ?? character }

    /// A report with the labels.
    public func replacing(_ report: Report) -> Report {
        guard !names.isEmpty else { return report }
        return Report(
            verdict: replacing(report.verdict), tables: report.tables.map(replacing), notes: report.notes.map(replacing), fits: report.fits,
            plots: report.plots.map { $0.mapTexts(replacing, numbers: replacing) })
    }

    /// A page with the labels.
    package func replacing(_ page: Page) -> Page {
        guard !names.isEmpty else { return page }
        var shown = page
        shown.title = replacing(page.title)
        (shown.about, shown.verdict, shown.footer) = (page.about.map(replacing), page.verdict.map(replacing), page.footer.map(replacing))
        shown.sections = page.sections.map { section in
            var section = section
            section.heading = replacing(section.heading)
            (section.paragraphs, section.notes) = (section.paragraphs.map(replacing), section.notes.map(replacing))
            section.exhibits = section.exhibits.map { part in
                switch part {
                case .plot(let plot): .plot(plot.mapTexts(replacing, numbers: replacing))
                case .table(let table, let isOpen): .table(replacing(table), isOpen: isOpen)
                }
            }
            return section
        }
        return shown
    }

    private func replacing(_ table: Table) -> Table {
        let columns = table.columns.map { column in
            let cells: Table.Cells =
                switch column.cells {
                case .factor(let factor): .factor(replacing(factor))
                case .texts(let texts): .texts(texts.map(replacing))
                default: column.cells
                }
            return column.with(name: replacing(column.name), heading: replacing(column.heading), cells)
        }
        return Table(
            name: replacing(table.name), title: replacing(table.title), columns: columns, notes: table.notes.map(replacing),
            keys: table.keys, rowsAboveCut: table.rowsAboveCut)
    }

    /// Each name once, then its codes.
    private func replacing(_ factor: Factor) -> Factor {
        let levels = factor.levels.map(replacing)
        return levels == factor.levels ? factor : Factor(factor.codes.map { $0 == Factor.missing ? nil : levels[Int($0)] })
    }

    /// JSON with the labels in texts and names of members.
    public func replacing(_ json: JSON) -> JSON {
        guard !names.isEmpty else { return json }
        return switch json {
        case .string(let text): .string(replacing(text))
        case .array(let values): .array(values.map(replacing))
        case .object(let members): .object(members.map { (replacing($0.0), replacing($0.1)) })
        default: json
        }
    }
}
