import EvenhandIO
import EvenhandReports
import Foundation
import TestSupport
import Testing

/// Every problem of an input: its location, its words and its code.
@Suite struct ProblemMessagesTests {
    /// The message of what cannot be read; the directory of the files is left out.
    private func message(
        _ files: [(name: String, bytes: [UInt8])], columns: [ColumnRole: String] = [:], entries: [UInt8]? = nil, in language: Language = .en
    ) throws -> String {
        let directory = try TemporaryDirectory()
        let paths = try files.map { try directory.write($0.bytes, to: $0.name) }
        var options = ReadingOptions()
        options.columns = columns
        options.entries = try entries.map { try directory.write($0, to: "entries.csv") }
        let error = #expect(throws: ScoreSheetError.self) { try Reading(of: paths, as: options) }
        return (error?.message(in: language) ?? "").replacing(directory.path + "/", with: "")
    }

    @Test(arguments: [
        ("", "s.csv: has no rows of scores; expected a header and one row per score. [E104]"),
        ("\n\n", "s.csv: has no rows of scores; expected a header and one row per score. [E104]"),
        ("entry,judge,score\n\n", "s.csv: has no rows of scores; expected a header and one row per score. [E104]"),
        (
            "entry,score,a,b,c,d,e,f,g,h,i,j,\u{1B}k\nA,J\n",
            "s.csv:1: no column for the judge; found entry, score, a, b, c, d, e, f, g, h, i, j, … (13). Name it judge, or use --column judge=HEADER; with a file for each judge: --file-is judge. [E105]"
        ),
        (
            "entry,judge,评委,score\nA,J,K,1\n",
            "s.csv:1: two columns for the judge: judge, 评委. Say which with --column judge=HEADER. [E106]"
        ),
        (
            "PK\u{3}\u{4}",
            "s.csv: is a damaged workbook: the list of its parts is missing or wrong. Copy it again, or open it in the spreadsheet program and save it as .xlsx. [E109]"
        ),
        ("e\u{0}n", "s.csv: is not a text file in UTF-8; save the sheet as “CSV UTF-8”. [E107]"),
        (
            "entry,judge,Mark\nA,J,8,5\nA,J,good\u{7}\n",
            """
            s.csv:2: the row has 4 fields, the header 3; the last one is “5”. Put text with commas in quotes. [E206]
            s.csv:3:Mark: “good\u{FFFD}” is not a number; write digits with a decimal point, for example 88.5. [E201]
            """
        ),
        ("entry,judge,score\nA,J,\n", "s.csv: has no rows of scores; expected a header and one row per score. [E104]"),
        ("entry,judge,score\nA,J,NaN\n", "s.csv:2:score: “NaN” is not a finite number; write the score or remove the row. [E202]"),
        ("entry,judge,score\nA,J,1e400\n", "s.csv:2:score: “1e400” is too large for a score; write one below 10^16. [E203]"),
        (
            "Team,Rater,score\n,J,1\nA, ,1\n",
            """
            s.csv:2:Team: is empty; write a name or remove the row. [E204]
            s.csv:3:Rater: is empty; write a name or remove the row. [E204]
            """
        ),
        (
            "entry,judge,score\n\"A\nB\",J\nA,J,q\n",
            """
            s.csv:2: the row has 2 fields, the header 3; the last one is “J”. Fill in the missing ones. [E205]
            s.csv:4:score: “q” is not a number; write digits with a decimal point, for example 88.5. [E201]
            """
        ),
        (
            "entry,judge,score\nA,J,1,\"x\n\n\",y\nA,J,q\n",
            """
            s.csv:2: the row has 5 fields, the header 3; the last one is “y”. Put text with commas in quotes. [E206]
            s.csv:5:score: “q” is not a number; write digits with a decimal point, for example 88.5. [E201]
            """
        ),
        (
            "entry,judge,score\nA,\"J\" K,1\n",
            "s.csv:2: the quoted field that begins with “J” does not end where it should; close the quote. [E207]"
        ),
        (
            "entry,\"judge,score\nA,J,1\n",
            "s.csv:1: the quoted field that begins with “judge,score\u{FFFD}A,J,1” does not end where it should; close the quote. [E207]"
        ),
        (
            "heat,entry,judge,criterion,score\n1,A,J,c,1\n\n1,A,\"J\n\",d,1\n1,A,J,c,2\n 1,\"A\",J,c,1\n",
            """
            s.csv:6: “1, A, J, c” is already on line 2; say which one counts with --resubmitted last or first, or name the column that distinguishes them with --column. [E209]
            s.csv:7: “1, A, J, c” is already on line 2; say which one counts with --resubmitted last or first, or name the column that distinguishes them with --column. [E209]
            """
        ),
    ])
    func `a problem is named with its position, its text and its code`(text: String, expected: String) throws {
        #expect(try message([("s.csv", Array(text.utf8))]) == expected)
    }

    /// Each character stands for one byte.
    @Test(arguments: [
        ("\u{1F}\u{8B}\u{8}", "s.csv: is a damaged gzip file; copy it again, or unpack it with gunzip. [E161]"),
        ("BZh91AY&SY", "s.csv: is compressed (bzip2); pipe it in: bzcat s.csv | evenhand … - [E103]"),
        (
            "entry,judge,score\nCaf\u{FF}\u{98}\u{FB}\u{B1},J,1\n",
            "s.csv:2:entry: “Caf\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}” is not valid UTF-8; save the file in UTF-8. [E208]"
        ),
        ("\u{FF}\u{98}\u{B1},judge,score\n", "s.csv:1: “\u{FFFD}\u{FFFD}\u{FFFD}” is not valid UTF-8; save the file in UTF-8. [E208]"),
    ])
    func `bytes that are not text are refused`(bytes: String, expected: String) throws {
        #expect(try message([("s.csv", bytes.unicodeScalars.map { UInt8($0.value) })]) == expected)
    }

    @Test func `files that cannot be opened are named`() throws {
        let directory = try TemporaryDirectory()
        let cases = [
            (directory.path, "\(directory.path): is a directory; name a file. [E102]"),
            ("/no/where", "/no/where: cannot be read: No such file or directory. [E101]"),
        ]
        for (path, expected) in cases {
            let error = #expect(throws: ScoreSheetError.self) { try Reading(of: [path]) }
            #expect(error?.message(in: .en) == expected)
        }
    }

    @Test func `a column that was named has to be there`() throws {
        let text = "entry,judge,score\nA,J,1\n"
        #expect(
            try message([("s.csv", Array(text.utf8))], columns: [.judge: "专家"])
                == "s.csv:1: no column “专家” for the judge; found entry, judge, score. [E105]")
    }

    @Test func `one file without criteria is named`() throws {
        let (with, without) = ("entry,judge,criterion,score\nA,J,c,1\n", "entry,judge,score\nA,J,1\n")
        #expect(
            try message([("a.csv", Array(with.utf8)), ("b.csv", Array(without.utf8))])
                == "b.csv:1: has no criterion column, but another file has one; give each file the same columns. [E108]")
    }

    @Test(arguments: [
        ("entry,city\nA,x\n\"A\",y\n", "entries.csv:3:city: A has “y” here and “x” in an earlier row; keep one. [E210]"),
        (
            "who,city\nX,x\n",
            "entries.csv:1: no column for the entry; found who, city. Name it entry, or use --column entry=HEADER. [E105]"
        ),
        ("entry,city\nA\n", "entries.csv:2: the row has 1 field, the header 2; the last one is “A”. Fill in the missing ones. [E205]"),
        (
            "entry,city\nA,x,y\n",
            "entries.csv:2: the row has 3 fields, the header 2; the last one is “y”. Put text with commas in quotes. [E206]"
        ),
        ("entry,city\n\"A\n\",x\n,y\n", "entries.csv:4:entry: is empty; write a name or remove the row. [E204]"),
        (
            "entry,city\nA,\"x\n",
            "entries.csv:2: the quoted field that begins with “x” does not end where it should; close the quote. [E207]"
        ),
    ])
    func `a file of entries has problems of its own`(entries: String, expected: String) throws {
        #expect(try message([("s.csv", Array("entry,judge,score\nA,J,1\n".utf8))], entries: Array(entries.utf8)) == expected)
    }

    @Test func `problems of several files are in the order of the files`() throws {
        let text = Array("entry,judge,score\nA,J,q\n".utf8)
        #expect(
            try message([("b.csv", text), ("a.csv", text)]) == """
                b.csv:2:score: “q” is not a number; write digits with a decimal point, for example 88.5. [E201]
                a.csv:2:score: “q” is not a number; write digits with a decimal point, for example 88.5. [E201]
                """)
    }

    @Test(arguments: [
        ("", "s.csv: 没有评分行；应有表头，且每个评分一行。 [E104]"),
        ("entry,judge,分数\nA,J,好\n", "s.csv:2:分数: “好” 不是数字；请写成带小数点的数字，例如 88.5。 [E201]"),
        ("entry,judge,score\nA,J\n", "s.csv:2: 该行有 2 个字段，表头有 3 个；最后一个是 “J”。请补齐。 [E205]"),
        (
            "entry,judge,score\nA,J,1\nA,J,2\n",
            "s.csv:3: “A, J” 已在第 2 行出现过；请用 --resubmitted last 或 first 指定以哪次为准，或用 --column 指定能区分两行的列。 [E209]"
        ),
    ])
    func `problems are also reported in Chinese`(text: String, expected: String) throws {
        #expect(try message([("s.csv", Array(text.utf8))], in: .zh) == expected)
    }

    @Test func `twenty problems are listed and the rest is counted`() throws {
        let rows = (0..<23).map { "E\($0),J,q\n" }.joined()
        let lines = try message([("s.csv", Array(("entry,judge,score\n" + rows).utf8))]).split(separator: "\n")
        #expect(lines.count == 21)
        #expect(lines[19].hasPrefix("s.csv:21:score: “q”"))
        #expect(lines[20] == "… and 3 more problems.")
    }
}
