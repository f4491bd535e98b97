/// Texts as a workbook can hold them.
enum WorkbookText {
    /// The text with characters that XML cannot hold shown as the replacement character, cut to what a cell holds.
    static func cell(_ text: String) -> String {
        let text = printable(text)
        guard text.utf8.count > OfficeWorkbook.longestText, text.utf16.count > OfficeWorkbook.longestText else { return text }
        return prefix(text, OfficeWorkbook.longestText - 1) + "…"
    }

    /// The text with control characters, and the two others that XML cannot hold, shown as the replacement character.
    static func printable(_ text: String) -> String {
        let text = DisplayWidth.printable(text)
        let isForeign: (Unicode.Scalar) -> Bool = { $0.value == 0xFFFE || $0.value == 0xFFFF }
        guard text.unicodeScalars.contains(where: isForeign) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isForeign($0) ? "\u{FFFD}" : $0 }))
    }

    /// As many characters as have at most so many UTF-16 units together.
    static func prefix(_ text: String, _ length: Int) -> String {
        guard text.utf16.count > length else { return text }
        var (kept, used) = ("", 0)
        for character in text {
            used += character.utf16.count
            if used > length { break }
            kept.append(character)
        }
        return kept
    }

    /// The text in XML, in an element or an attribute.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The text of a string cell: what looks like an escaped character, `_x0041_`, is not one.
    static func shared(_ text: String) -> String {
        let escaped = escaped(text)
        guard escaped.utf8.contains(0x5F) else { return escaped }
        return escaped.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
    }
}

/// A text as its bytes: Swift calls different bytes equal that show the same character.
struct ExactText: Hashable {
    let text: String

    static func == (a: ExactText, b: ExactText) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

/// The texts of all cells, each once.
final class WorkbookStrings {
    private var indices: [ExactText: Int] = [:]
    private(set) var texts: [String] = []

    /// The index of a text, which is added if it is new.
    func index(of text: String) -> Int {
        let text = WorkbookText.cell(text)
        if let known = indices[ExactText(text: text)] { return known }
        indices[ExactText(text: text)] = texts.count
        texts.append(text)
        return texts.count - 1
    }
}
