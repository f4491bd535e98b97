/// What kind of file the scores stand in, told from its first bytes.
enum SourceFormat {
    /// Text in UTF-8, with the name of the encoding that it was written in.
    case text(InputBytes, encoding: String)
    /// The sheets of a workbook, and the names of those that are hidden.
    case workbook([Grid], hidden: [String])

    init(of input: InputBytes, encoding: String?) throws(ScoreSheetError) {
        let first = input[0..<min(4096, input.count)]
        if first.starts(with: [0x1F, 0x8B]) { throw ScoreSheetError(.compressed, file: input.path) }
        if first.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw ScoreSheetError(.notText, file: input.path) }
        let found = encoding.map { TextEncoding(named: $0) } ?? TextEncoding(of: input[0..<input.count])
        switch found {
        case .utf8: self = .text(input, encoding: first.starts(with: [0xEF, 0xBB, 0xBF]) ? "UTF-8 with BOM" : "UTF-8")
        case .noText: throw ScoreSheetError(.notText, file: input.path)
        default: self = .text(InputBytes(path: input.path, bytes: try found.decoded(input)), encoding: found.name)
        }
    }
}
