/// HTML being written: every text and every attribute goes through one escape, so that no name becomes markup.
package struct Markup: Sendable {
    /// What was written so far.
    package private(set) var text = ""

    /// Nothing yet.
    package init() {}

    /// An element with what `body` writes into it.
    package mutating func element(_ tag: String, _ attributes: [(String, String)] = [], _ body: (inout Markup) throws -> Void) rethrows {
        open(tag, attributes)
        try body(&self)
        text += "</\(tag)>"
    }

    /// An element that holds a text.
    package mutating func element(_ tag: String, _ attributes: [(String, String)] = [], _ content: String) {
        open(tag, attributes)
        append(content)
        text += "</\(tag)>"
    }

    /// The start of an element; of one that has no end, such as `meta`, the whole.
    package mutating func open(_ tag: String, _ attributes: [(String, String)] = []) {
        text += "<\(tag)"
        for (name, value) in attributes {
            text += " \(name)=\""
            append(value)
            text += "\""
        }
        text += ">"
    }

    /// A text.
    package mutating func append(_ content: String) {
        if content.utf8.allSatisfy(Markup.isPlain) {
            text += content
            return
        }
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default: text.unicodeScalars.append(Markup.isHidden(scalar) ? "\u{FFFD}" : scalar)
            }
        }
    }

    /// A line break in the source, so that the page can be read and compared.
    package mutating func newline() { text += "\n" }

    /// What is markup already.
    package mutating func append(markup: String) { text += markup }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != 0x26 && byte != 0x3C && byte != 0x3E && byte != 0x22 && byte != 0x27
    }

    /// Control characters, those that turn the direction of what follows, and code points that HTML does not allow.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 0x20 { return value != 0x0A && value != 0x09 }
        return (0x7F...0x9F).contains(value) || value == 0x061C || (0x200E...0x200F).contains(value) || (0x202A...0x202E).contains(value)
            || (0x2066...0x2069).contains(value) || value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
    }
}
