import CUTF8Proc

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One name, one text: what two people type for the same name differs in width, composition and white space.
enum NameNormalization {
    /// The name in Unicode's form NFKC without white space around it: `Ａ１` becomes `A1`.
    static func normalized(_ text: String) -> String {
        var text = text
        if text.utf8.withContiguousStorageIfAvailable({ isNormalized($0) }) ?? false { return text }
        text = mapped(text, [UTF8PROC_STABLE, UTF8PROC_COMPAT, UTF8PROC_COMPOSE])
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isEdgeSpace($0) }), let last = scalars.lastIndex(where: { !isEdgeSpace($0) }) else {
            return ""
        }
        return String(scalars[first...last])
    }

    /// Whether a name is sure to be normalized: ASCII and the common Chinese characters (U+3400…4DBF, U+4E00…9FFF), no white space around.
    static func isNormalized(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return true }
        if first <= 0x20 || last <= 0x20 { return false }
        var position = 0
        while position < bytes.count {
            if bytes[position] < 0x80 {
                position += 1
                continue
            }
            guard (0xE3...0xE9).contains(bytes[position]), position + 2 < bytes.count else { return false }
            let code = UInt32(bytes[position] & 0xF) << 12 | UInt32(bytes[position + 1] & 0x3F) << 6 | UInt32(bytes[position + 2] & 0x3F)
            guard (0x3400...0x4DBF).contains(code) || (0x4E00...0x9FFF).contains(code) else { return false }
            position += 3
        }
        return true
    }

    /// Whether a name is normalized.
    static func isNormalized(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { isNormalized($0) } ?? false || normalized(text).utf8.elementsEqual(text.utf8)
    }

    /// What is left of a name without the differences that people overlook: case, width, white space, invisible characters.
    ///
    /// Two names with one key are probably one name, written in two ways.
    static func confusableKey(_ text: String) -> String {
        if let key = asciiKey(text) { return key }
        let folded = mapped(text, [UTF8PROC_STABLE, UTF8PROC_COMPAT, UTF8PROC_COMPOSE, UTF8PROC_CASEFOLD, UTF8PROC_IGNORE])
        var key = String.UnicodeScalarView()
        for scalar in folded.unicodeScalars where !isEdgeSpace(scalar) { key.append(scalar) }
        return String(key)
    }

    /// The key of a name of printable ASCII characters, for which Unicode has no other rules than case.
    private static func asciiKey(_ text: String) -> String? {
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        return String(unsafeUninitializedCapacity: text.utf8.count) { key in
            var count = 0
            for byte in text.utf8 where byte != 0x20 {
                key[count] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                count += 1
            }
            return count
        }
    }

    /// White space, and the marks without width that come along when a text is copied.
    private static func isEdgeSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200B...0x200F, 0x2060, 0xFEFF, 0x00...0x1F: true
        default: scalar.properties.isWhitespace
        }
    }

    /// Thai and Lao write one letter, am, where its compatible form has two.
    private static func withLettersOfThai(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 == "\u{0E4D}" || $0 == "\u{0ECD}" }) else { return text }
        var letters = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch (letters.last, scalar) {
            case ("\u{0E4D}", "\u{0E32}"): letters.replaceSubrange(letters.index(before: letters.endIndex)..., with: ["\u{0E33}"])
            case ("\u{0ECD}", "\u{0EB2}"): letters.replaceSubrange(letters.index(before: letters.endIndex)..., with: ["\u{0EB3}"])
            default: letters.append(scalar)
            }
        }
        return String(letters)
    }

    /// The text as utf8proc changes it.
    static func mapped(_ text: String, _ options: [utf8proc_option_t]) -> String {
        var text = text
        let flags = options.reduce(UInt32(0)) { $0 | UInt32($1.rawValue) }
        return text.withUTF8 { bytes in
            var target: UnsafeMutablePointer<UInt8>?
            let count = utf8proc_map(bytes.baseAddress, bytes.count, &target, utf8proc_option_t(rawValue: flags))
            defer { free(target) }
            // Without memory the name stays what it is; Swift's text is never invalid UTF-8.
            guard count >= 0, let target else { return String(decoding: bytes, as: UTF8.self) }
            let mapped = String(decoding: UnsafeBufferPointer(start: target, count: count), as: UTF8.self)
            return withLettersOfThai(mapped)
        }
    }
}
