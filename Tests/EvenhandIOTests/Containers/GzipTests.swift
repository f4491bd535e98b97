import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

@Suite struct GzipTests {
    private static let text = "entry,judge,score\nA,X,8\nB,X,7\n"

    private func unpacked(_ bytes: [UInt8]) throws -> [UInt8] { try bytes.withUnsafeBytes { try Gzip.unpacked($0) } }

    private func reading(_ bytes: [UInt8], _ name: String = "s.csv.gz", as options: ReadingOptions = .init()) throws -> Reading {
        let directory = try TemporaryDirectory()
        return try Reading(of: [try directory.write(bytes, to: name)], as: options)
    }

    @Test(
        arguments: [
            Array(text.utf8), Array(text.utf16).reduce(into: [0xFF, 0xFE]) { $0 += [UInt8($1 & 0xFF), UInt8($1 >> 8)] },
            Array("[{\"entry\":\"A\",\"judge\":\"X\",\"score\":8},{\"entry\":\"B\",\"judge\":\"X\",\"score\":7}]".utf8),
        ] as [[UInt8]])
    func `packed text of every form is read`(bytes: [UInt8]) throws {
        #expect(try reading(gzip(bytes)).sheet.described == ["A/X=8", "B/X=7"])
    }

    @Test func `members follow one another, and zeros the last`() throws {
        let parts = [GzipTests.text.prefix(9), GzipTests.text.dropFirst(9).prefix(0), GzipTests.text.dropFirst(9)].map {
            gzip(Array($0.utf8))
        }
        #expect(try unpacked(parts.flatMap(\.self) + [0, 0, 0]) == Array(GzipTests.text.utf8))
        let long = (0..<300_000).flatMap { Array("A\($0),X,8\n".utf8) }
        #expect(try unpacked(gzip(long, level: 1)) == long)
    }

    @Test func `the file's name is taken without both of its ends`() throws {
        var options = ReadingOptions()
        options.file = .judge
        let read = try reading(gzip(Array("entry,score\nA,8\n".utf8)), "Ann.csv.gz", as: options)
        #expect(read.sheet.judges == ["Ann"])
    }

    @Test func `what is cut off or changed is refused`() {
        let packed = gzip(Array(GzipTests.text.utf8))
        for length in 3..<packed.count { #expect(throws: GzipError.broken) { try unpacked(Array(packed.prefix(length))) } }
        for position in 10..<packed.count {
            var spoiled = packed
            spoiled[position] ^= 0x55
            #expect(throws: GzipError.self, "\(position)") { try unpacked(spoiled) }
        }
    }

    @Test func `what unpacks to far more is refused`() {
        let bomb = gzip([UInt8](repeating: 0x31, count: 20 << 20))
        #expect(throws: GzipError.tooLarge) { try unpacked(bomb) }
        #expect(throws: GzipError.tooLarge) { try unpacked(bomb + bomb) }
        let harmless = gzip([UInt8](repeating: 0x31, count: 500_000))
        #expect((try? unpacked(harmless))?.count == 500_000)
    }

    @Test func `what was packed twice is refused in words`() throws {
        let error = #expect(throws: ScoreSheetError.self) { try reading(gzip(gzip(Array(GzipTests.text.utf8)))) }
        #expect(error?.problems.first?.kind == .brokenGzip)
    }
}
