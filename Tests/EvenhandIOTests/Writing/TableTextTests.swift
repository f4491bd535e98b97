import Evenhand
import Testing

@testable import EvenhandIO

/// What people see of a table: its essential columns, in a width that they can read.
@Suite struct TableTextTests {
    private let table = Table(
        name: "t",
        columns: [
            Table.Column("entry", .texts(["A", "B", "C"])),
            Table.Column("mean", .values([3, 2, 1], decimals: 0)).coloured([.green, nil, .red]),
            Table.Column("se", .values([0.1, 0.2, 0.3], decimals: 1), isDetail: true),
            Table.Column("never", .numbers([nil, nil, nil], decimals: 1), isDetail: true),
        ], rowsAboveCut: 1)

    @Test func `details are left out of the essential table, and counted unless they are empty`() {
        #expect(table.essential.columns.map(\.name) == ["entry", "mean"])
        #expect(table.essential.rowsAboveCut == 1)
        #expect((table.detailCount, table.essential.detailCount) == (1, 0))
        #expect(table.prefix(2).columns.map(\.isDetail) == [false, false, true, true])
        #expect(table.prefix(2).columns[1].colours == [.green, nil])
    }

    @Test func `a p-value too small for its decimals is not printed as 0, which only a p of 0 is`() {
        let table = Table(
            name: "t",
            columns: [
                Table.Column("p", .values([0.00006, 0.00004, 0], decimals: 4)),
                Table.Column("p_adjusted", .numbers([1e-9, nil, 0.25], decimals: 2)),
                Table.Column("gap", .values([1e-9, 0, 1], decimals: 1)),
            ])
        #expect(
            table.markdown.split(separator: "\n").dropFirst(2).map { $0.filter { $0 != " " } } == [
                "|0.0001|<0.01|0.0|", "|<0.0001|–|0.0|", "|0.0000|0.25|1.0|",
            ])
    }

    @Test func `a line marks the cut, unless nothing is above it or below it`() {
        #expect(
            table.essential.text() == """
                entry  mean
                ─────  ────
                A         3
                ┄┄┄┄┄  ┄┄┄┄
                B         2
                C         1

                """)
        #expect(!table.prefix(1).text().contains("┄"))
        #expect(!table.rows(1..<3).text().contains("┄"))
        #expect(!table.markdown.contains("┄"))
    }

    @Test func `colours are around the texts, and only where they are asked for`() {
        #expect(
            table.essential.text(width: nil, inColour: true) == """
                entry  mean
                ─────  ────
                A         \u{1B}[32m3\u{1B}[0m
                \u{1B}[2m┄┄┄┄┄  ┄┄┄┄\u{1B}[0m
                B         2
                C         \u{1B}[31m1\u{1B}[0m

                """)
        #expect(!table.text(width: 80, inColour: false).contains("\u{1B}"))
        #expect(!table.markdown.contains("\u{1B}") && !table.csv.contains(0x1B))
    }

    @Test(
        arguments: [
            (nil, nil, true), (nil, "xterm", true), ("", "xterm", true), ("1", "xterm", false), ("0", nil, false), (nil, "dumb", false),
        ] as [(String?, String?, Bool)])
    func `a terminal has colours unless NO_COLOR is set or TERM is dumb`(noColor: String?, term: String?, wanted: Bool) {
        #expect(TextColour.areWanted { ["NO_COLOR": noColor, "TERM": term][$0] ?? nil } == wanted)
    }

    private func headings(_ texts: [String], width: Int) -> [String] {
        let columns = texts.enumerated().map { Table.Column("\($0)", heading: $1, .integers([1])) }
        let lines = Table(name: "t", columns: columns).text(width: width).split(separator: "\n").map(String.init)
        return Array(lines.prefix { !$0.hasPrefix("─") })
    }

    @Test func `headings take two lines where the table is too wide, never next to a mark or inside brackets`() {
        #expect(headings(["expected rank", "P(top 10)"], width: 40) == ["expected rank  P(top 10)"])
        #expect(headings(["expected rank", "P(top 10)"], width: 20) == ["expected", "    rank  P(top 10)"])
        #expect(headings(["90 % rank", "to"], width: 8) == ["90 %", "rank  to"])
        #expect(headings(["a − b", "期望名次"], width: 8) == ["       期望", "a − b  名次"])
    }

    @Test func `names are cut to 24 columns where the table is too wide`() {
        let name = String(repeating: "a", count: 30)
        func text(_ others: Int) -> String {
            let numbers = (0..<others).map { Table.Column("\($0)", heading: "12345678", .integers([1])) }
            return Table(name: "t", columns: [Table.Column("n", .texts([name]))] + numbers).text()
        }
        #expect(text(3).contains(name))
        #expect(!text(6).contains(name) && text(6).contains(name.prefix(23) + "…"))
    }

    @Test func `on a terminal sentences go on in the next line, Chinese ones not before a mark`() {
        let sentences = Table(
            name: "t",
            columns: [
                Table.Column("code", .texts(["E1", "E2"])),
                Table.Column("what", .texts(["one two three four", "评委甲给了项目乙很高的分，请核对。"]), isWhole: true),
            ])
        #expect(
            sentences.text(width: 20) == """
                code  what
                ────  ──────────────
                E1    one two three
                      four
                E2    评委甲给了项目
                      乙很高的分，请
                      核对。

                """)
        #expect(sentences.text().contains("E2    评委甲给了项目乙很高的分，请核对。\n"))
        #expect(DisplayWidth.lines("很高的分，请", of: 8) == ["很高的", "分，请"])
        #expect(DisplayWidth.lines("a-very-long-word b", of: 4) == ["a-very-long-word", "b"])
    }

    @Test func `a column of which no cell says anything is not shown`() {
        let sparse = Table(
            name: "t",
            columns: [
                Table.Column("a", .texts(["x"])), Table.Column("b", .texts([""])), Table.Column("c", .factor(Factor([nil]))),
                Table.Column("d", .factor(Factor([nil])), blank: "all"),
            ])
        #expect(sparse.text().hasPrefix("a  d\n"))
        #expect(sparse.csv.starts(with: Array("a,b,c,d\n".utf8)))
    }
}
