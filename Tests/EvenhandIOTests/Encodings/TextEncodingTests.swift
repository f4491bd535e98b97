import Testing

@testable import EvenhandIO

@Suite struct TextEncodingTests {
    private func detected(_ bytes: [UInt8]) -> TextEncoding { bytes.withUnsafeBufferPointer { TextEncoding.detect($0).encoding } }

    private func decoded(_ bytes: [UInt8], _ encoding: TextEncoding) throws(TextEncodingError) -> String {
        // A closure that is generic in its error is called here for its value alone.
        let result: Result<[UInt8], TextEncodingError> = bytes.withUnsafeBufferPointer { bytes in
            do throws(TextEncodingError) { return .success(try encoding.decoded(bytes)) } catch { return .failure(error) }
        }
        return String(decoding: try result.get(), as: UTF8.self)
    }

    private func wide(_ text: String, isLittle: Bool) -> [UInt8] {
        text.utf16.flatMap { isLittle ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    private static let text = "选手,评委,分数\n一号,甲,88.5\n😀,乙,90\n"
    /// 选手,评委,分数 / 张三,甲,88.5
    private static let chinese: [UInt8] =
        [0xD1, 0xA1, 0xCA, 0xD6, 0x2C, 0xC6, 0xC0, 0xCE, 0xAF, 0x2C, 0xB7, 0xD6, 0xCA, 0xFD, 0x0A]
        + [0xD5, 0xC5, 0xC8, 0xFD, 0x2C, 0xBC, 0xD7, 0x2C] + Array("88.5\n".utf8)

    @Test func `marks and patterns tell the encoding`() {
        let text = TextEncodingTests.text
        #expect(detected(Array(text.utf8)) == .utf8)
        #expect(detected([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == .utf8WithMark)
        #expect(detected([0xFF, 0xFE] + wide(text, isLittle: true)) == .utf16LittleEndian)
        #expect(detected([0xFE, 0xFF] + wide(text, isLittle: false)) == .utf16BigEndian)
        #expect(detected(wide(text, isLittle: true)) == .utf16LittleEndian)
        #expect(detected(wide(text, isLittle: false)) == .utf16BigEndian)
        #expect(detected(TextEncodingTests.chinese) == .gb18030)
        #expect(detected([]) == .utf8)
        #expect(detected(Array("a,b\n".utf8)) == .utf8)
        #expect(detected(Array("Caf".utf8) + [0xE9, 0x2C]) == .named("windows-1252"))
        // Nothing at all: the reader says where the bytes are not UTF-8.
        #expect(detected([0x65, 0, 0x6E]) == .utf8)
        #expect(detected([0xFF, 0x98, 0xFB, 0xB1]) == .utf8)
    }

    @Test func `a character that is cut by the end of the beginning is not a fault`() {
        for (bytes, encoding) in [(Array(TextEncodingTests.text.utf8), TextEncoding.utf8), (TextEncodingTests.chinese, .gb18030)] {
            // What follows the beginning is looked at only when the beginning is not Unicode's own.
            // The first two bytes of the second are a Cyrillic letter in UTF-8.
            for length in 4..<bytes.count where bytes[length - 1] >= 0x80 {
                let long = [UInt8](repeating: 0x31, count: TextEncoding.sniffed - length) + bytes + [0x0A]
                #expect(long.withUnsafeBufferPointer { TextEncoding.detect(beginningOf: $0).encoding } == encoding, "\(length)")
            }
        }
    }

    @Test(
        arguments: [
            [0xC0, 0x80], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80],
            [0xC3], [0xE4, 0xB8], [0x80],
        ] as [[UInt8]])
    func `what is not UTF-8 is known as such`(bytes: [UInt8]) {
        let padded = Array("12345678".utf8) + bytes
        #expect(!padded.withUnsafeBufferPointer { BytePatterns.isUTF8($0, isWhole: true) })
        #expect(String(validating: padded, as: UTF8.self) == nil)
    }

    @Test func `every encoding is decoded`() throws {
        let text = TextEncodingTests.text
        #expect(try decoded(wide(text, isLittle: true), .utf16LittleEndian) == text)
        #expect(try decoded([0xFF, 0xFE] + wide(text, isLittle: true), .utf16LittleEndian) == text)
        #expect(try decoded([0xFE, 0xFF] + wide(text, isLittle: false), .utf16BigEndian) == text)
        #expect(try decoded([0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8WithMark) == text)
        #expect(try decoded(TextEncodingTests.chinese, .gb18030) == "选手,评委,分数\n张三,甲,88.5\n")
        // 㐀 and 😀 take four bytes.
        #expect(try decoded([0x81, 0x39, 0xEE, 0x39, 0x94, 0x39, 0xFC, 0x36], .gb18030) == "㐀😀")
        #expect(try decoded([0xA7, 0xDA, 0x31], TextEncoding(named: "Big5")) == "我1")
        #expect(try decoded([0x43, 0x61, 0x66, 0xE9], TextEncoding(named: "latin1")) == "Café")
        #expect(try decoded([], .gb18030).isEmpty)
        let long = String(repeating: text, count: 5000)
        #expect(try decoded(wide(long, isLittle: true), .utf16LittleEndian) == long)
        // One byte becomes three, so the room that was made is too small.
        #expect(try decoded([UInt8](repeating: 0x80, count: 9999), TextEncoding(named: "CP1252")) == String(repeating: "€", count: 9999))
    }

    @Test func `a fault is found on its line`() {
        #expect(throws: TextEncodingError.invalid(encoding: "UTF-16LE", offset: 4, line: 2)) {
            try decoded([0x61, 0, 0x0A, 0, 0x62], .utf16LittleEndian)
        }
        #expect(throws: TextEncodingError.invalid(encoding: "UTF-16LE", offset: 2, line: 1)) {
            try decoded([0x61, 0, 0x00, 0xDC, 0x62, 0], .utf16LittleEndian)
        }
        #expect(throws: TextEncodingError.invalid(encoding: "GB18030", offset: 4, line: 3)) {
            try decoded([0x61, 0x0A, 0x62, 0x0A, 0xFF, 0x61], .gb18030)
        }
        #expect(throws: TextEncodingError.invalid(encoding: "GB18030", offset: 1, line: 1)) { try decoded([0x61, 0xC4], .gb18030) }
    }

    @Test func `encodings are known by several names`() throws {
        for (name, encoding) in [
            ("utf-8", TextEncoding.utf8), ("UTF8", .utf8), ("utf_16le", .utf16LittleEndian), ("GBK", .gb18030), ("gb2312", .gb18030),
            ("CP936", .gb18030), ("Big5", .named("Big5")),
        ] { #expect(try TextEncoding(named: name) == encoding) }
        #expect(try TextEncoding(named: "Big5").name == "Big5")
        for name in ["", "klingon", "UTF-8//IGNORE", "../../x", "a b", String(repeating: "x", count: 1000)] {
            #expect(throws: TextEncodingError.unknown(name)) { try TextEncoding(named: name) }
        }
    }
}
