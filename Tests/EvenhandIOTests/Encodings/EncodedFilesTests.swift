import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

@Suite struct EncodedFilesTests {
    /// 项目,评委1,评委2 / 甲,88.5,90 in GBK, from the code tables of GB 2312-80 (row and cell + 0xA0).
    private static let gbk: [UInt8] =
        [0xCF, 0xEE, 0xC4, 0xBF, 0x2C, 0xC6, 0xC0, 0xCE, 0xAF, 0x31, 0x2C, 0xC6, 0xC0, 0xCE, 0xAF, 0x32, 0x0A] + [0xBC, 0xD7]
        + Array(",88.5,90\n".utf8)
    private static let text = "项目,评委1,评委2\n甲,88.5,90\n"

    private static func utf16(_ text: String, littleEndian: Bool, mark: Bool) -> [UInt8] {
        ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
            littleEndian ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
    }

    private func read(_ bytes: [UInt8], encoding: String? = nil) throws -> Reading {
        let directory = try TemporaryDirectory()
        var options = ReadingOptions()
        options.encoding = encoding
        return try Reading(of: [try directory.write(bytes, to: "a.csv")], as: options)
    }

    @Test(arguments: [
        ("UTF-8", Array(text.utf8)), ("UTF-8 with BOM", [0xEF, 0xBB, 0xBF] + Array(text.utf8)), ("GB18030", gbk),
        ("UTF-16LE", utf16(text, littleEndian: true, mark: true)), ("UTF-16BE", utf16(text, littleEndian: false, mark: true)),
        ("UTF-16LE", utf16(text, littleEndian: true, mark: false)), ("UTF-16BE", utf16(text, littleEndian: false, mark: false)),
    ])
    func `an encoding is inferred from the bytes`(name: String, bytes: [UInt8]) throws {
        let read = try read(bytes)
        #expect(read.sheet.described == ["甲/评委1=88.5", "甲/评委2=90"])
        #expect(read.sources.map(\.encoding) == [name])
    }

    @Test func `the user's word counts`() throws {
        #expect(try read(EncodedFilesTests.gbk, encoding: "gbk").sources.map(\.encoding) == ["GB18030"])
        let big5: [UInt8] = Array("entry,judge,score\n".utf8) + [0xA4, 0xA4] + Array(",J,1\n".utf8)
        #expect(try read(big5, encoding: "big5").sheet.described == ["中/J=1"])
        let unknown = #expect(throws: ScoreSheetError.self) { try read(EncodedFilesTests.gbk, encoding: "klingon") }
        #expect(unknown?.problems.map(\.text) == ["klingon"] && unknown?.problems.first?.kind.code == "E114")
    }

    @Test func `broken text is refused with its line`() throws {
        let odd = Array(EncodedFilesTests.utf16(EncodedFilesTests.text, littleEndian: true, mark: true).dropLast())
        #expect(#expect(throws: ScoreSheetError.self) { try read(odd) }?.problems.map(\.line) == [2])
        let broken = #expect(throws: ScoreSheetError.self) { try read(EncodedFilesTests.gbk, encoding: "ASCII") }
        #expect(broken?.problems.map(\.kind) == [.invalidEncoding(name: "ASCII")])
        // One bad byte among sound ones does not make it Chinese of another code.
        let bytes = Array("entry,judge,score\n项目一,评委一,1\n项目二,评委一,2\n".utf8)
        var spoiled = bytes
        spoiled[bytes.count - 5] = 0xFF
        #expect(#expect(throws: ScoreSheetError.self) { try read(spoiled) }?.problems.map(\.kind) == [.invalidUTF8])
    }
}
