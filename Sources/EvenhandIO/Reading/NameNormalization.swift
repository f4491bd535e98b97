enum NameNormalization {
    static func normalized(_ text: String) -> String {
        var scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            let value = scalar.value
            if value == 0x3000 || value == 0xA0 { return " " }
            if (0xFF01...0xFF5E).contains(value), let narrow = Unicode.Scalar(value - 0xFEE0) { return narrow }
            return scalar
        }[...]
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }

    static func isNormalized(_ text: String) -> Bool { normalized(text) == text }

    static func confusableKey(_ text: String) -> String {
        String(normalized(text).lowercased().filter { !$0.isWhitespace })
    }
}
