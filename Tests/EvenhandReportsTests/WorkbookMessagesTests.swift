import EvenhandReports
import Testing

@testable import EvenhandIO

/// What is said about a workbook or an encoding, and its code.
@Suite struct WorkbookMessagesTests {
    private func message(_ kind: ScoreSheetError.Kind, text: String = "", line: Int? = nil, in language: Language = .en) -> String {
        ScoreSheetError(kind, file: "w.xlsx", line: line, text: text).message(in: language)
    }

    @Test func `each kind says what to do`() {
        #expect(
            message(.brokenWorkbook(.missingPart("xl/a\u{1B}.xml")))
                == "w.xlsx: is a damaged workbook: the part xl/a\u{FFFD}.xml is missing. Copy it again, or open it in the spreadsheet program and save it as .xlsx. [E109]"
        )
        #expect(
            message(.workbookTooLarge(.unpackedBytes))
                == "w.xlsx: is too large a workbook: more than 256 MiB when unpacked. Save the sheet with the scores as CSV. [E110]")
        #expect(message(.oldWorkbook).hasSuffix("open it in the spreadsheet program and save it as .xlsx. [E111]"))
        #expect(message(.encryptedWorkbook).contains("remove the password") && message(.encryptedWorkbook).hasSuffix("[E112]"))
        #expect(message(.notAWorkbook).hasSuffix("save it as .xlsx. [E113]"))
        #expect(
            message(.unknownEncoding(known: ["UTF-8", "Big5"]), text: "klingon")
                == "w.xlsx: “klingon” is not a known encoding; name one such as UTF-8, Big5. [E114]")
        #expect(
            message(.invalidEncoding(name: "GB18030"), line: 3)
                == "w.xlsx:3: the bytes here are not GB18030; name its encoding with --encoding, or save the file in UTF-8. [E115]")
    }

    @Test func `the same is said in Chinese`() {
        #expect(
            message(.brokenWorkbook(.part("xl/a.xml")), in: .zh)
                == "w.xlsx: 是损坏的工作簿：内部文件 xl/a.xml 无法解压。请重新复制该文件，或在电子表格程序中打开并另存为 .xlsx。 [E109]")
        #expect(message(.encryptedWorkbook, in: .zh) == "w.xlsx: 有密码保护；请在电子表格程序中打开，取消密码并另存为 .xlsx。 [E112]")
    }

    @Test(arguments: [
        WorkbookDamage.archive, .part("p"), .missingPart("p"), .entryName("../p"), .notXML(part: "p", line: 3), .documentType(part: "p"),
        .cell("S!A1"),
    ])
    func `every damage has words of its own`(damage: WorkbookDamage) {
        #expect(message(.brokenWorkbook(damage)) != message(.brokenWorkbook(.part("other"))))
        #expect(!message(.brokenWorkbook(damage)).contains("“”"))
    }
}

/// What is said about a file that is not a sheet.
@Suite struct FileKindMessagesTests {
    private func message(_ kind: ScoreSheetError.Kind, in language: Language) -> String {
        ScoreSheetError(kind, file: "s.xls", line: nil).message(in: language)
    }

    @Test(
        arguments: [
            (.webPage, "web page (HTML)", "网页", "E131"), (.xml, "XML", "XML", "E132"), (.pdf, "PDF", "PDF", "E133"),
            (.textDocument, "word-processor", "文字处理", "E134"), (.slides, "presentation", "演示", "E135"),
            (.numbers, "Numbers", "Numbers", "E136"), (.binaryWorkbook, ".xlsb", ".xlsb", "E137"),
            (.zstd, "zstdcat s.xls | evenhand", "zstdcat s.xls", "E103"), (.xz, "xzcat s.xls", "xzcat s.xls", "E103"),
            (.bzip2, "bzcat s.xls", "bzcat s.xls", "E103"), (.sevenZip, "archive (7z)", "压缩包（7z）", "E138"),
            (.rar, "(rar)", "（rar）", "E138"),
            (.zip, "(zip)", "（zip）", "E138"), (.parquet, "Parquet", "Parquet", "E139"), (.sqlite, "SQLite", "SQLite", "E139"),
            (.image, "picture", "图片", "E160"),
        ] as [(FileKind, String, String, String)])
    func `each kind is named with the way to a sheet`(kind: FileKind, english: String, chinese: String, code: String) {
        let (en, zh) = (message(.otherFormat(kind), in: .en), message(.otherFormat(kind), in: .zh))
        #expect(en.hasPrefix("s.xls: is ") && en.contains(english) && en.contains("; ") && en.hasSuffix("[\(code)]"))
        #expect(zh.hasPrefix("s.xls: 是") && zh.contains(chinese) && zh.contains(/[；，]请/) && zh.hasSuffix("[\(code)]"))
    }

    @Test func `every kind is in the list`() { #expect(FileKind.allCases.count == 16) }

    @Test func `damaged text in another form is reported`() {
        #expect(
            message(.brokenJSON(expected: "a comma or ]"), in: .en)
                == "s.xls: is not valid JSON here: expected a comma or ]; correct it. [E163]")
        #expect(message(.noRecords, in: .zh).hasSuffix("[E163]"))
        #expect(message(.brokenGzip, in: .zh) == "s.xls: 是损坏的 gzip 文件；请重新复制，或用 gunzip 解压。 [E161]")
        #expect(message(.gzipTooLarge(ratio: 200, bytes: 1 << 29), in: .en).contains("more than 512 MiB or 200 times its size"))
    }
}
