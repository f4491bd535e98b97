import Evenhand
import Testing

@testable import EvenhandIO

@Suite struct TableTests {
    private let table = Table(
        name: "t", title: "Title",
        columns: [
            Table.Column("entry", heading: "项目", .factor(Factor(["杭州 A", nil, "é"]))),
            Table.Column("n", .integers([7, -12, 0])),
            Table.Column("mean", heading: "mean score", .numbers([88.125, nil, -0.001], decimals: 2)),
            Table.Column("note", .texts(["a|b", "", "x, \"y\"\n"])),
        ])

    @Test func `columns are aligned, wide characters count double and control characters are not sent to a terminal`() {
        #expect(
            table.text() == """
                Title
                项目      n  mean score  note
                ──────  ───  ──────────  ───────
                杭州 A    7       88.13  a|b
                        -12           –
                é         0        0.00  x, "y"\u{FFFD}

                """)
    }

    @Test func `numbers of one column are aligned on their decimal point`() {
        let values = Table(name: "t", columns: [Table.Column("x", .values([1.5, -100.25, 1e6], decimals: 1))])
        #expect(
            values.text() == """
                        x
                ─────────
                      1.5
                   -100.2
                1000000.0

                """)
    }

    @Test func `a narrow terminal gets the columns in parts, each with the first one`() {
        #expect(
            table.text(width: 24) == """
                Title
                              mean
                项目      n  score
                ──────  ───  ─────
                杭州 A    7  88.13
                        -12      –
                é         0   0.00

                项目    note
                ──────  ───────
                杭州 A  a|b

                é       x, "y"\u{FFFD}

                """)
        #expect(table.text(width: 1).contains("项目    note"))
        #expect(table.text(width: 200) == table.text())
    }

    @Test func `long names are cut in a terminal only`() {
        let long = Table(name: "t", columns: [Table.Column("x", .texts([String(repeating: "项", count: 30)]))])
        #expect(long.text().contains(String(repeating: "项", count: 19) + "…\n"))
        #expect(long.csv == Array("x\n\(String(repeating: "项", count: 30))\n".utf8))
    }

    @Test func `bars are escaped in Markdown`() {
        #expect(
            table.markdown == """
                ### Title

                | 项目 | n | mean score | note |
                | --- | ---: | ---: | --- |
                | 杭州 A | 7 | 88.13 | a\\|b |
                |  | -12 | – |  |
                | é | 0 | 0.00 | x, "y"\u{FFFD} |

                """)
    }

    @Test func `CSV quotes what needs it and leaves undefined cells empty`() {
        #expect(
            String(decoding: table.csv, as: UTF8.self) == "entry,n,mean,note\n杭州 A,7,88.125,a|b\n,-12,,\né,0,-0.001,\"x, \"\"y\"\"\n\"\n")
        let odd = Table(name: "t", columns: [Table.Column("a,b", .texts([" x", "y ", "\r", "\"", "=1"]))])
        #expect(String(decoding: odd.csv, as: UTF8.self) == "\"a,b\"\n\" x\"\n\"y \"\n\"\r\"\n\"\"\"\"\n=1\n")
    }

    @Test(arguments: [
        ("=1+1", "\"\t=1+1\""), ("+1", "\"\t+1\""), ("-1", "\"\t-1\""), ("@x", "\"\t@x\""), ("3-4", "\"\t3-4\""),
        ("2022/1/2", "\"\t2022/1/2\""),
        ("1e5", "\"\t1e5\""), ("007", "\"\t007\""), ("12:30", "\"\t12:30\""), ("\tx", "\"\t\tx\""), ("E01", "E01"), ("项目-1", "项目-1"),
        ("", ""),
        ("3号", "3号"), ("a=b", "a=b"), ("a,b", "\"a,b\""), ("=\"x\"", "\"\t=\"\"x\"\"\""),
    ])
    func `a spreadsheet takes no name for a formula, a number or a date`(text: String, cell: String) {
        let table = Table(name: "t", columns: [Table.Column("n", .texts([text])), Table.Column("x", .values([-1.5], decimals: 1))])
        #expect(table.excelCSV == [0xEF, 0xBB, 0xBF] + Array("n,x\r\n\(cell),-1.5\r\n".utf8))
        let factor = Table(
            name: "t", columns: [Table.Column("n", .factor(Factor([text, text]))), Table.Column("x", .values([-1.5, 0], decimals: 1))])
        #expect(factor.excelCSV == [0xEF, 0xBB, 0xBF] + Array("n,x\r\n\(cell),-1.5\r\n\(cell),0\r\n".utf8))
    }

    @Test func `what CSV writes reads back as the same names and numbers`() throws {
        let names = ["a,b", "\"q\"", "x\ny", "项目", "a b", "\"", "a\"\"", "-"]
        let scores = [88.35, 0.1, 1e15, -7, 1.0 / 3, 1e-7, 123456.789, .leastNonzeroMagnitude]
        let table = Table(
            name: "t",
            columns: [
                Table.Column("entry", .texts(names)), Table.Column("judge", .texts(names.reversed())),
                Table.Column("score", .values(scores, decimals: 1)),
            ])
        let sheet = try reading(String(decoding: table.csv, as: UTF8.self)).sheet
        let read = sheet.units.indices.map { row in
            (sheet.entries[Int(sheet.performances[sheet.performance(ofRow: row)].entry)], sheet.score(at: row))
        }
        #expect(Dictionary(uniqueKeysWithValues: read) == Dictionary(uniqueKeysWithValues: zip(names, scores)))
    }

    /// Some pieces are formatted at once, and the next ones while those are written.
    @Test func `all rows of a long table are written once, in their order`() {
        let numbers = Array(0..<600_000)
        let table = Table(name: "long", columns: [Table.Column("number", .integers(numbers))])
        var expected = Array("number\n".utf8)
        for number in numbers { expected += Array("\(number)\n".utf8) }
        #expect(table.csv == expected)
        #expect(table.csvChunks.reduce(0) { $0 + $1.count } == expected.count)
    }

    @Test func `JSON keeps the order of keys, escapes texts and knows null`() {
        let odd = Table(
            name: "t",
            columns: [
                Table.Column("b", .texts(["\"\\/\n\t\u{1}", "项"])), Table.Column("a", .numbers([nil, 7.0], decimals: 1)),
                Table.Column("c", .factor(Factor([nil, "x"]))), Table.Column("d", .values([.infinity, 0.1], decimals: 1)),
                Table.Column("e", .integers([.min, .max])),
            ])
        let json = JSON.object([("z", .array([])), ("a", odd.json), ("n", .null), ("yes", .bool(true))])
        #expect(
            String(decoding: json.bytes, as: UTF8.self) == #"""
                {
                  "z": [],
                  "a": {
                    "columns": [ "b", "a", "c", "d", "e"],
                    "rows": [
                  [ "\"\\/\n\u0009\u0001", null, null, null, -9223372036854775808],
                  [ "项", 7, "x", 0.1, 9223372036854775807]
                ]
                  },
                  "n": null,
                  "yes": true
                }

                """#)
    }

    @Test func `the first rows keep only the names that occur in them`() {
        #expect(table.prefix(1).columns[0].cells == .factor(Factor(["杭州 A"])))
        #expect(table.prefix(5) == table)
        #expect(table.prefix(0).rowCount == 0)
    }

    @Test(arguments: [
        ("abc", 3), ("项目", 4), ("Ａ１", 4), ("e\u{301}", 1), ("한글", 4), ("ｶﾅ", 2), ("カナ", 4), ("😀", 2), ("–", 1), ("“x”", 3), ("（）", 4),
        ("\u{200B}", 0), ("𠮷", 2),
    ])
    func `the width of a text follows East Asian width`(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }
}
