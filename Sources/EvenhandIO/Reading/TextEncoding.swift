#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How the text of a file is written in bytes.
enum TextEncoding: Equatable {
    case utf8
    case utf16LittleEndian
    case utf16BigEndian
    /// The Chinese standard, which contains GBK and GB 2312.
    case gb18030
    /// One that the user names, for the C library's iconv.
    case named(String)
    /// Zero bytes, and not where UTF-16 has them.
    case noText

    /// The name, as reports write it and iconv knows it.
    var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .gb18030: "GB18030"
        case .named(let name): name
        case .noText: ""
        }
    }

    /// An encoding by the user's name for it.
    init(named name: String) {
        self = ["utf-8", "utf8"].contains(name.lowercased()) ? .utf8 : .named(name)
    }

    /// The bytes that are looked at.
    private static let prefix = 1 << 16

    /// Tells the encoding from the first bytes.
    ///
    /// Text with bytes that UTF-8 does not have is taken for GB18030, unless most of what is not ASCII is sound UTF-8: then it is broken UTF-8.
    init(of bytes: UnsafeBufferPointer<UInt8>) {
        let first = UnsafeBufferPointer(rebasing: bytes.prefix(TextEncoding.prefix))
        if first.starts(with: [0xFF, 0xFE]) {
            self = .utf16LittleEndian
        } else if first.starts(with: [0xFE, 0xFF]) {
            self = .utf16BigEndian
        } else if first.contains(0) {
            self = TextEncoding.byZeros(first)
        } else {
            let (sound, broken) = TextEncoding.sequences(first)
            self = broken > sound ? .gb18030 : .utf8
        }
    }

    /// ASCII in UTF-16 has a zero in every second byte: a comma, a digit and a line end at least are there.
    private static func byZeros(_ bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding {
        var zeros = (even: 0, odd: 0)
        for (place, byte) in bytes.enumerated() where byte == 0 {
            if place % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        if zeros.even == 0, zeros.odd * 8 > bytes.count { return .utf16LittleEndian }
        return zeros.odd == 0 && zeros.even * 8 > bytes.count ? .utf16BigEndian : .noText
    }

    /// How many sequences of several bytes are sound UTF-8, and how many bytes are not.
    private static func sequences(_ bytes: UnsafeBufferPointer<UInt8>) -> (sound: Int, broken: Int) {
        var (sound, broken, place) = (0, 0, 0)
        while place < bytes.count {
            let byte = bytes[place]
            if byte < 0x80 {
                place += 1
                continue
            }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0
            // The prefix may end within a sequence.
            if length > 0, place + length > bytes.count { break }
            if length > 0, bytes[place + 1..<place + length].allSatisfy({ $0 & 0xC0 == 0x80 }) {
                sound += 1
                place += length
            } else {
                broken += 1
                place += 1
            }
        }
        return (sound, broken)
    }

    /// The text in UTF-8.
    ///
    /// - Throws: `ScoreSheetError` when iconv does not know the encoding, or the bytes are not in it.
    func decoded(_ input: InputBytes) throws(ScoreSheetError) -> [UInt8] {
        guard let converter = iconv_open("UTF-8", name), converter != iconv_t(bitPattern: -1) else {
            throw ScoreSheetError(.unknownEncoding(name), file: input.path)
        }
        defer { iconv_close(converter) }
        var source: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: input.base).assumingMemoryBound(to: CChar.self)
        var left = input.count
        var text: [UInt8] = []
        text.reserveCapacity(input.count + input.count / 2)
        var buffer = [CChar](repeating: 0, count: 1 << 16)
        while left > 0 {
            let (status, reason, written) = buffer.withUnsafeMutableBufferPointer { buffer -> (Int, Int32, Int) in
                var (target, room) = (buffer.baseAddress, buffer.count)
                let status = iconv(converter, &source, &left, &target, &room)
                let reason = errno
                text.append(contentsOf: UnsafeRawBufferPointer(start: buffer.baseAddress, count: buffer.count - room))
                return (status, reason, buffer.count - room)
            }
            if status == -1, reason != E2BIG || written == 0 {
                let line = text.count { $0 == 0x0A } + 1
                throw ScoreSheetError(.invalidEncoding(name), file: input.path, line: line)
            }
        }
        return text
    }
}
