/// How many columns of a terminal a text takes.
enum DisplayWidth {
    /// East Asian wide and full-width characters take two, combining marks none, all others one.
    static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
        }
    }

    /// The ranges of width W and F in Unicode's EastAsianWidth.txt, joined where only unassigned code points lie between.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
        0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]

    /// The text with control characters shown as the replacement character, so that a name cannot steer a terminal.
    static func printable(_ text: String) -> String {
        let isControl: (Unicode.Scalar) -> Bool = { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
    }

    /// The text in lines of a width, broken at spaces and between wide characters, except before a mark that closes.
    static func lines(_ text: String, of width: Int) -> [String] {
        guard of(text) > width else { return [text] }
        var (lines, line, used) = ([String](), "", 0)
        for word in words(text) {
            let own = of(word)
            if used > 0, used + of(trimmed(word)) > width {
                lines.append(trimmed(line))
                (line, used) = ("", 0)
            }
            line += word
            used += own
        }
        return lines + [trimmed(line)]
    }

    /// The pieces between which a line may end: words with the space after them, and wide characters with the marks after them.
    private static func words(_ text: String) -> [String] {
        var (words, word) = ([String](), "")
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if let last, !closing.contains(scalar), !opening.contains(last) {
                if last == " " && scalar != " " || width(last) == 2 || width(scalar) == 2 {
                    words.append(word)
                    word = ""
                }
            }
            word.unicodeScalars.append(scalar)
            last = scalar
        }
        return words + [word]
    }

    private static let closing: Set<Unicode.Scalar> = ["，", "。", "；", "：", "、", "）", "”", "？", "！", "》", "%", " ", ",", ".", ";", ":", ")"]
    private static let opening: Set<Unicode.Scalar> = ["（", "“", "《", "("]

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    /// The text cut to a width, with an ellipsis where something is missing.
    static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var (kept, used) = (String.UnicodeScalarView(), 0)
        for scalar in text.unicodeScalars {
            let next = used + self.width(scalar)
            if next > width - 1 { break }
            kept.append(scalar)
            used = next
        }
        return String(kept) + "…"
    }
}
