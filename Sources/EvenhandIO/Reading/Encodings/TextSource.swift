/// A text file: its bytes in UTF-8, and how they were written.
struct TextSource {
    let input: InputBytes
    let encoding: String
    let separator: UInt8
    /// Where the text begins, after a byte order mark.
    let start: Int

    init(_ input: InputBytes, encoding: String) {
        self.input = input
        self.encoding = encoding
        start = input[0..<min(3, input.count)].elementsEqual([0xEF, 0xBB, 0xBF]) ? 3 : 0
        separator = TextSource.separator(input, from: start)
    }

    /// What separates the columns, as people call it.
    var separatorName: String {
        switch separator {
        case 0x09: "tab"
        case 0x3B: ";"
        default: ","
        }
    }

    /// The separator that occurs most in the first lines, outside quotes; a comma when there is none.
    private static func separator(_ input: InputBytes, from start: Int) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var (isQuoted, lines) = (false, 0)
        for position in start..<input.count {
            let byte = input.base[position]
            if byte == 0x22 { isQuoted.toggle() }
            if byte == 0x0A, !isQuoted { lines += 1 }
            // A clause of the loop would go on to the end of the file.
            if lines == 20 { break }
            if !isQuoted, byte == 0x2C || byte == 0x09 || byte == 0x3B { counts[byte, default: 0] += 1 }
        }
        return [0x2C, 0x09, 0x3B].max { counts[$0, default: 0] < counts[$1, default: 0] } ?? 0x2C
    }
}
