/// Rows of separated values in the making (RFC 4180).
struct RowText {
    private(set) var bytes: [UInt8] = []

    /// Adds a row; fields with separators, quotes or line ends are quoted.
    mutating func add(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            var field = field
            field.withUTF8 { add($0) }
        }
        bytes.append(0x0A)
    }

    private mutating func add(_ field: UnsafeBufferPointer<UInt8>) {
        guard field.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
            bytes.append(contentsOf: field)
            return
        }
        bytes.append(0x22)
        for byte in field {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}

extension Grid {
    /// The sheet as separated values, each row on the line of its number; lines inside of cells become spaces.
    var separatedValues: [UInt8] {
        var text = RowText()
        let width = width
        var line = 1
        for (row, number) in zip(rows, lines) {
            while line < number {
                text.add([""])
                line += 1
            }
            let cells = row + [String](repeating: "", count: width - row.count)
            text.add(cells.map { String($0.map { $0.isNewline ? " " : $0 }) })
            line += 1
        }
        return text.bytes
    }
}
