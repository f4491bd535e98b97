/// A page taken apart by a strict reader: every element is closed where it should be, and every attribute is quoted.
///
/// It knows no more of HTML than the pages of this project use, so that what it does not know is a fault.
public struct HTMLPage: Sendable {
    /// One element.
    public struct Element: Sendable {
        /// Its tag.
        public let tag: String
        /// Its attributes.
        public let attributes: [String: String]
        /// The tags of the elements around it, from the outside.
        public let path: [String]
        /// The text in it and in what it contains, with character references resolved.
        public fileprivate(set) var text = ""
        /// Where it is among all elements, in the order of their starts.
        public let index: Int
        /// The index after the last element inside it.
        public fileprivate(set) var end = 0
    }

    /// The elements in the order of their starts.
    public private(set) var elements: [Element] = []
    /// What is wrong, in words; empty of a page that is right.
    public private(set) var faults: [String] = []

    private static let withoutEnd: Set<String> = ["meta", "br"]
    private static let known: Set<String> = [
        "html", "head", "meta", "title", "style", "body", "a", "header", "main", "footer", "nav", "section", "h1", "h2", "h3", "p", "ul",
        "li", "br", "small", "strong", "details", "summary", "figure", "figcaption", "div", "table", "caption", "thead", "tbody", "tr",
        "th",
        "td", "svg", "desc", "g", "line", "rect", "circle", "path", "text",
    ]

    /// Takes a page apart.
    public init(_ source: String) {
        var rest = Substring(source)
        if rest.hasPrefix("<!DOCTYPE html>") { rest = rest.dropFirst(15) } else { faults.append("no doctype") }
        var open: [Int] = []
        while let start = rest.firstIndex(of: "<") {
            add(rest[..<start], to: open)
            guard let end = HTMLPage.end(of: rest[start...]) else {
                faults.append("a tag does not end: \(rest[start...].prefix(40))")
                return
            }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                close(String(tag.dropFirst()), &open)
            } else {
                begin(tag, &open)
                if elements.last?.tag == "style", let stop = rest.firstRange(of: "</style>") { rest = rest[stop.lowerBound...] }
            }
        }
        add(rest, to: open)
        if !open.isEmpty { faults.append("not closed: \(open.map { elements[$0].tag })") }
    }

    /// The position of the `>` that ends a tag; one in quotes does not.
    private static func end(of text: Substring) -> String.Index? {
        var isQuoted = false
        return text.indices.first { position in
            if text[position] == "\"" { isQuoted.toggle() }
            return text[position] == ">" && !isQuoted
        }
    }

    private mutating func add(_ text: Substring, to open: [Int]) {
        guard !text.isEmpty else { return }
        let shown = HTMLPage.resolved(String(text))
        if shown.contains("&#") { faults.append("a reference is left: \(shown)") }
        for position in open { elements[position].text += shown }
    }

    private static func resolved(_ text: String) -> String {
        var text = text
        for (reference, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.split(separator: reference, omittingEmptySubsequences: false).joined(separator: sign)
        }
        return text
    }

    private mutating func begin(_ text: Substring, _ open: inout [Int]) {
        let tag = String(text.prefix { $0 != " " })
        if !HTMLPage.known.contains(tag) { faults.append("unknown element \(tag)") }
        var (attributes, rest) = ([String: String](), text.dropFirst(tag.count))
        while let mark = rest.firstIndex(of: "=") {
            let name = rest[..<mark].drop { $0 == " " }
            let value = rest[rest.index(after: mark)...]
            guard value.first == "\"", let stop = value.dropFirst().firstIndex(of: "\"") else {
                faults.append("an attribute without quotes: \(text)")
                break
            }
            if attributes.updateValue(HTMLPage.resolved(String(value.dropFirst()[..<stop])), forKey: String(name)) != nil {
                faults.append("an attribute twice: \(name)")
            }
            rest = value[value.index(after: stop)...]
        }
        if rest.contains(where: { $0 != " " }) { faults.append("more than attributes: \(text)") }
        elements.append(Element(tag: tag, attributes: attributes, path: open.map { elements[$0].tag }, index: elements.count))
        if HTMLPage.withoutEnd.contains(tag) { elements[elements.count - 1].end = elements.count } else { open.append(elements.count - 1) }
    }

    private mutating func close(_ tag: String, _ open: inout [Int]) {
        guard let last = open.last, elements[last].tag == tag else {
            faults.append("</\(tag)> closes \(open.last.map { elements[$0].tag } ?? "nothing")")
            return
        }
        elements[last].end = elements.count
        open.removeLast()
    }

    /// The elements of a tag.
    public func all(_ tag: String) -> [Element] { elements.filter { $0.tag == tag } }

    /// The elements inside an element.
    public func inside(_ element: Element) -> ArraySlice<Element> { elements[(element.index + 1)..<max(element.index + 1, element.end)] }
}
