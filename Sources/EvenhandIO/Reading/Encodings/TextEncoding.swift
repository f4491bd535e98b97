/// How the characters of a text file are written as bytes.
enum TextEncoding: Sendable, Equatable {
    case utf8
    /// With a byte order mark at its beginning.
    case utf8WithMark
    case utf16LittleEndian
    case utf16BigEndian
    /// Every Chinese encoding before Unicode (GB2312, GBK) is part of it.
    case gb18030
    /// An encoding that was named, known to the system's iconv.
    case named(String)

    /// Examples for a message about an unknown one.
    static let known = ["UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "Big5", "Shift_JIS", "EUC-KR", "windows-1252"]

    /// How much of a file is looked at before it is read.
    static let sniffed = 1 << 16

    /// The encoding with a name.
    init(named name: String) throws(TextEncodingError) {
        let plain = name.lowercased().filter { $0 != "-" && $0 != "_" }
        switch plain {
        case "utf8": self = .utf8
        case "utf8bom", "utf8sig": self = .utf8WithMark
        case "utf16le": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        // Programs say GB2312 or CP936 and write what GBK added.
        case "gb18030", "gbk", "gb2312", "cp936", "windows936": self = .gb18030
        default:
            // A slash would have iconv look for a converter in a file, or change what it does.
            let isName = name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-_.:+".utf8.contains(byte)
            }
            guard isName, (1...40).contains(name.utf8.count), TextConverter.exists(name) else { throw .unknown(name) }
            self = .named(name)
        }
    }

    /// The name for reports.
    var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf8WithMark: "UTF-8 with BOM"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .gb18030: "GB18030"
        case .named(let name): name
        }
    }

    /// Whether a reader of UTF-8 can take the bytes as they are, but for the mark.
    var isUTF8: Bool { self == .utf8 || self == .utf8WithMark }

    /// The encoding of a whole text, and the other that it could be in; UTF-8 when it is plausible in none.
    static func detect(_ bytes: UnsafeBufferPointer<UInt8>) -> (encoding: TextEncoding, doubt: EncodingDoubt?) {
        if let unicode = unicode(bytes, isWhole: true) { return (unicode, nil) }
        let evidence = EncodingEvidence(bytes)
        return (evidence?.encoding ?? .utf8, evidence?.doubt)
    }

    /// The encoding as far as the beginning of a text tells, which is looked at further only when that is not Unicode's.
    ///
    /// A beginning without any character beyond ASCII counts as UTF-8: when the rest turns out not to be, the whole text tells.
    static func detect(beginningOf bytes: UnsafeBufferPointer<UInt8>) -> (encoding: TextEncoding, doubt: EncodingDoubt?) {
        let beginning = UnsafeBufferPointer(rebasing: bytes.prefix(sniffed))
        if let unicode = unicode(beginning, isWhole: beginning.count == bytes.count) { return (unicode, nil) }
        return detect(bytes)
    }

    /// Which encoding of Unicode the bytes are in; `nil` when they can be in none. A character that the end of a beginning cuts is not a
    /// fault.
    private static func unicode(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> TextEncoding? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8WithMark }
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        let beginning = UnsafeBufferPointer(rebasing: bytes.prefix(sniffed))
        if let wide = wideEncoding(beginning) { return wide }
        // No text has a zero byte; the reader says what the bytes are not.
        if beginning.contains(0) { return .utf8 }
        // One bad byte among sound characters is broken UTF-8, even where it could be another encoding's.
        if BytePatterns.isUTF8(bytes, isWhole: isWhole) || BytePatterns.isMostlyUTF8(beginning) { return .utf8 }
        return nil
    }

    /// UTF-16 without a mark: the upper bytes of digits, commas and line ends are zero, and fill every other byte.
    private static func wideEncoding(_ bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
        var (even, odd) = (0, 0)
        for position in bytes.indices where bytes[position] == 0 {
            if position & 1 == 0 { even += 1 } else { odd += 1 }
        }
        // Characters such as 一 (4E00) have zeros on the other side, so a few of them do not rule it out.
        let (more, less) = (max(even, odd), min(even, odd))
        guard more >= 2, more * 32 >= bytes.count, more > 2 * less else { return nil }
        return odd > even ? .utf16LittleEndian : .utf16BigEndian
    }

    /// What programs write under the names of East Asian standards is the set of their own code page.
    private var fullName: String {
        switch name.lowercased().filter({ $0 != "-" && $0 != "_" }) {
        case "euckr", "ksc5601": "CP949"
        case "shiftjis", "sjis": "CP932"
        case "eucjp": "EUC-JP-MS"
        case "big5", "cp950", "windows950": "BIG5-HKSCS"
        default: name
        }
    }

    /// The text in UTF-8, without a mark at its beginning.
    func decoded(_ bytes: UnsafeBufferPointer<UInt8>) throws(TextEncodingError) -> [UInt8] {
        var result: [UInt8]
        switch self {
        case .utf8, .utf8WithMark: result = Array(bytes)
        case .utf16LittleEndian, .utf16BigEndian, .gb18030: result = try TextConverter.utf8(of: bytes, in: name)
        case .named: result = try TextConverter.utf8(of: bytes, in: name, by: fullName)
        }
        if result.starts(with: [0xEF, 0xBB, 0xBF]) { result.removeFirst(3) }
        return result
    }
}

/// Why a text cannot be decoded.
enum TextEncodingError: Error, Equatable {
    /// Nobody knows an encoding of this name.
    case unknown(String)
    /// The bytes from `offset` on, on this line, are not in the encoding.
    case invalid(encoding: String, offset: Int, line: Int)

    /// The error of a file.
    func sheetError(path: String) -> ScoreSheetError {
        switch self {
        case .unknown(let name): ScoreSheetError(.unknownEncoding(known: TextEncoding.known), file: path, text: name)
        case .invalid(let name, _, let line): ScoreSheetError(.invalidEncoding(name: name), file: path, line: line)
        }
    }
}
