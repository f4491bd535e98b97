import EvenhandReports
import TestSupport
import Testing

@testable import EvenhandIO

/// What is said about a file whose encoding is not certain.
@Suite struct EncodingMessagesTests {
    /// A file with one letter beyond ASCII: Kovač in one encoding, Kovaè in another.
    private func reading() throws -> (reading: Reading, file: String, directory: TemporaryDirectory) {
        let directory = try TemporaryDirectory()
        let bytes = Array("entry,judge,score\nKova".utf8) + [0xE8] + Array(",J1,7\nNovak,J1,6\n".utf8)
        let path = try directory.write(bytes, to: "a.csv")
        return (try Reading(of: [path]), path, directory)
    }

    @Test func `the name is shown in both encodings with the option that decides it`() throws {
        let (reading, file, directory) = try reading()
        let part = try #require(reading.sources.first)
        let doubt = try #require(part.encodingDoubt)
        let names = "“\(doubt.shown)” would be “\(doubt.otherShown)”"
        #expect(
            reading.warnings(naming: reading.sheet, in: .en) == [
                "\(file): read as \(part.encoding ?? ""), but could be \(doubt.other): \(names); name its encoding with --encoding \(doubt.other) if that is right. [W308]"
            ])
        #expect(
            reading.warnings(naming: reading.sheet, in: .zh) == [
                "\(file): 按 \(part.encoding ?? "") 读取，但也可能是 \(doubt.other)：“\(doubt.shown)”会读作“\(doubt.otherShown)”；若后者正确，请用 --encoding \(doubt.other) 指明。[W308]"
            ])
        withExtendedLifetime(directory) {}
    }
}
