import TestSupport
import Testing

@testable import EvenhandIO

/// What is not a sheet is named for what it is, whatever its name says.
@Suite struct FileKindTests {
    private func kind(_ bytes: [UInt8]) -> ScoreSheetError.Kind? {
        do {
            let input = InputBytes(path: "scores.csv", bytes: bytes)
            _ = try SourceFormat(of: input, encoding: nil)
            return nil
        } catch {
            return error.problems.first?.kind
        }
    }

    @Test(
        arguments: [
            ("<html><body><table>", .webPage), ("\u{FEFF}\r\n<!DOCTYPE html>\n", .webPage), ("<!-- saved --><table>", .webPage),
            ("<TABLE border=1>", .webPage), ("<?xml version=\"1.0\"?><html xmlns=\"x\">", .webPage), ("<meta charset=\"x\">", .webPage),
            ("MIME-Version: 1.0\nContent-Type: multipart/related", .webPage), ("<?xml version=\"1.0\"?><Workbook>", .xml),
            ("<svg >", .xml), ("%PDF-1.7\n", .pdf), ("{\\rtf1\\ansi", .textDocument), ("BZh91AY&SY", .bzip2),
            ("Rar!\u{1A}\u{7}\u{1}", .rar),
            ("SQLite format 3\0", .sqlite), ("PAR1....PAR1", .parquet), ("GIF89a\u{1}\0", .image), ("II*\0", .image),
            ("RIFF....WEBPVP8", .image), ("\0\0\0\u{18}ftypheic", .image),
        ] as [(String, FileKind)])
    func `a file in letters`(text: String, expected: FileKind) { #expect(kind(Array(text.utf8)) == .otherFormat(expected)) }

    @Test(
        arguments: [
            ([0x28, 0xB5, 0x2F, 0xFD, 0x24], .zstd), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0], .xz),
            ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0], .sevenZip),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .image), ([0xFF, 0xD8, 0xFF, 0xE0], .image),
            ([0x42, 0x4D, 0x36, 0, 0, 0, 0, 0], .image),
        ] as [([UInt8], FileKind)])
    func `a file in bytes`(bytes: [UInt8], expected: FileKind) { #expect(kind(bytes) == .otherFormat(expected)) }

    @Test(
        arguments: [
            ("word/document.xml", .textDocument), ("ppt/presentation.xml", .slides), ("xl/workbook.bin", .binaryWorkbook),
            ("Index/Document.iwa", .numbers), ("scores.csv", .zip),
        ] as [(String, FileKind)])
    func `an archive is known by its parts`(part: String, expected: FileKind) {
        let archive = ZipArchive([ZipArchive.Entry(part, "x")])
        #expect(kind(archive.bytes) == .otherFormat(expected))
    }

    @Test(
        arguments: [
            "entry,judge,score\nA,B,1\n", "<team>,judge\n", "<A>,x\n", "BMX,judge\n", "GIF8 team,x\n", "PAR1,x,y\n", "%PDFs,x\n", "II,x\n",
            "BZh,x\n",
            "RIFF,x\n", "7z,x\n", "MIME,x\n", "<3 team,x\n", "",
        ])
    func `text is text`(text: String) { #expect(kind(Array(text.utf8)) == nil) }

    @Test func `a page in UTF-16 is a page`() {
        let bytes: [UInt8] = [0xFF, 0xFE] + "<html><table>".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(kind(bytes) == .otherFormat(.webPage))
    }

    @Test func `lists of entries are looked at in the same way`() throws {
        let directory = try TemporaryDirectory()
        let scores = try directory.write("entry,judge,score\nA,X,8\n", to: "s.csv")
        let page = try directory.write("<html><table>", to: "e.csv")
        for isJudges in [false, true] {
            var options = ReadingOptions()
            if isJudges { options.judges = page } else { options.entries = page }
            let error = #expect(throws: ScoreSheetError.self) { try Reading(of: [scores], as: options) }
            #expect(error?.problems.first?.kind == .otherFormat(.webPage))
        }
    }
}
