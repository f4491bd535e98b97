import CUTF8Proc

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The one form in which names are compared: Unicode's compatibility form (NFKC) without white space around it.
///
/// Full-width letters and digits become plain ones, half-width katakana wide ones, decomposed accents composed ones; `Ａ１` and `A1` are one name.
enum NameNormalization {
    /// The text in that form.
    static func normalized(_ text: String) -> String {
        if isPlain(text) { return text }
        let options = UTF8PROC_STABLE.rawValue | UTF8PROC_COMPAT.rawValue | UTF8PROC_COMPOSE.rawValue
        return trimmed(mapped(text, options) ?? text)
    }

    /// Whether a text is in that form already; quick for the characters of most names.
    static func isNormalized(_ text: String) -> Bool { isPlain(text) || normalized(text).utf8.elementsEqual(text.utf8) }

    /// What names have in common that differ by case, spaces and width only.
    static func confusableKey(_ text: String) -> String {
        let options = UTF8PROC_STABLE.rawValue | UTF8PROC_COMPAT.rawValue | UTF8PROC_COMPOSE.rawValue | UTF8PROC_CASEFOLD.rawValue
        let folded = mapped(text, options) ?? text
        return String(String.UnicodeScalarView(folded.unicodeScalars.filter { !isSpace($0) }))
    }

    /// ASCII and Chinese characters without white space around them: nothing of that changes in NFKC.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last else { return true }
        if first <= 0x20 || last <= 0x20 { return false }
        if bytes.allSatisfy({ $0 < 0x80 }) { return true }
        return text.unicodeScalars.allSatisfy {
            $0.value < 0x80 || (0x3400...0x4DBF).contains($0.value) || (0x4E00...0x9FFF).contains($0.value)
        }
    }

    private static func mapped(_ text: String, _ options: UInt32) -> String? {
        var text = text
        return text.withUTF8 { bytes -> String? in
            guard let first = bytes.baseAddress else { return "" }
            var result: UnsafeMutablePointer<UInt8>?
            let length = utf8proc_map(first, bytes.count, &result, utf8proc_option_t(options))
            defer { free(result) }
            guard length >= 0, let result else { return nil }
            return String(decoding: UnsafeBufferPointer(start: result, count: length), as: UTF8.self)
        }
    }

    private static func trimmed(_ text: String) -> String {
        var scalars = Substring(text).unicodeScalars
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(Substring(scalars))
    }

    /// White space, and the marks of no width that come along when text is copied.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value == 0x200B || scalar.value == 0xFEFF
    }
}
