import Foundation
import TestSupport
import Testing

@testable import EvenhandIO

/// One workbook that another program saved in three formats is one and the same here.
@Suite struct SameWorkbookTests {
    @Test(arguments: ["office.xlsx", "office.ods", "office.xls"])
    func `a workbook is the same in every format`(name: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/workbooks/\(name)").standardized
        let book = try workbook(Array(Data(contentsOf: file)))
        #expect(book.sheets.map(\.sheet) == ["初赛", "说明", "筛选"])
        #expect(book.hidden == ["草稿"])
        let grid = book.sheets[0]
        #expect(
            grid.rows.map { row in Array(row.prefix { !$0.isEmpty }) + row.drop { !$0.isEmpty }.filter { !$0.isEmpty } } == [
                ["评分表 2026"],
                ["选手", "评委甲", "评委乙", "完成率", "日期", "用时", "时刻", "有效", "平均"],
                ["选手 3", "83.35", "87", "88.5%", "2026-05-03 10:09:24", "26:03:00", "10:15:30", "FALSE", "85.175"],
                ["选手 4", "84.35", "86", "89.5%", "2026-05-04", "26:03:00", "10:15", "TRUE", "85.175"],
                ["选手 5", "85.35", "#DIV/0!", "90.5%", "2026-05-05 10:09:24", "26:03:00", "10:15:30", "FALSE", "#DIV/0!"],
                ["选手 7", "87.35", "83", "92.5%", "2026-05-07 10:09:24", "26:03:00", "10:15:30", "FALSE", "85.175"],
                ["选手 8", "#N/A", "82", "93.5%", "2026-05-08", "26:03:00", "10:15", "TRUE", "#N/A"],
                ["合并", "1"],
                ["2"],
            ])
        #expect(grid.lines == [1, 2, 3, 4, 5, 7, 8, 10, 11])
        #expect(grid.merges == [.init(rows: 0...0, columns: 0...5), .init(rows: 7...8, columns: 0...0)])
        #expect(grid.hiddenRows == [5])
        #expect(grid.hiddenColumns == [2])
        #expect(book.sheets[1].rows.map { $0.filter { !$0.isEmpty } } == [["第一行\n第二行"], ["x  y"]])
        #expect(book.sheets[2].rows == [["队", "分"], ["甲", "1"], ["乙", "2"], ["丙", "3"]])
        #expect(book.sheets[2].hiddenRows == [2])
        #expect(book.uncalculated.isEmpty)
    }
}
