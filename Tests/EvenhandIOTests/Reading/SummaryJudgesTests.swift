import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// Sheets, files and tables beside those of judges that sum them up or repeat them.
@Suite struct SummaryJudgesTests {
    @Test(arguments: ["Penalty,0,5,2", "Running order,3,1,2", "扣分,0,5,2", "出场顺序,3,1,2"])
    func `a row that nobody is called is asked about among judges in rows`(row: String) throws {
        let text = "Judge,Alpha,Bravo,Charlie\nSmith,90,77,80\nJones,79,90,86\n"
        #expect(try reading(text).sheet.judges == ["Jones", "Smith"])
        let error = try #require(throws: ScoreSheetError.self) { try reading(text + row + "\n") }
        #expect(error.question?.kind == .row(label: String(row.split(separator: ",")[0])), "\(error)")
    }

    @Test func `whom the user names is a judge, whatever the name`() throws {
        var options = ReadingOptions()
        (options.wideColumns, options.scoreColumns) = (["J1", "J2", "Average"], .judge)
        let directory = try TemporaryDirectory()
        let path = try directory.write("Team,J1,J2,Average\nA,8,7,9\nB,9,6,8\nC,5,6,7\n", to: "s.csv")
        #expect(try Reading(of: [path], as: options).sheet.judges == ["Average", "J1", "J2"])
    }

    private static let wang = "项目,创新,展示\n甲,9,8\n乙,7,6\n"
    private static let li = "项目,创新,展示\n甲,7,5\n乙,8,9\n"
    private static let sums = "项目,创新,展示\n甲,16,13\n乙,15,15\n"
    private static let means = "项目,创新,展示\n甲,8,6.5\n乙,7.5,7.5\n"

    private static let others = "项目,创新,展示\n甲,9,9\n乙,6,6\n"

    @Test(
        arguments: [
            ("汇总", SummaryJudgesTests.sums, true), ("平均", SummaryJudgesTests.means, true), ("Total", SummaryJudgesTests.sums, true),
            ("最终成绩", SummaryJudgesTests.others, true), ("陈老师", SummaryJudgesTests.sums, true),
            ("Sheet3", SummaryJudgesTests.means, true), ("王老师 (2)", SummaryJudgesTests.wang, true),
            ("陈老师", SummaryJudgesTests.others, false), ("Max", SummaryJudgesTests.others, false),
        ])
    func `a file or a sheet that sums up or repeats others is asked about`(name: String, third: String, isAsked: Bool) throws {
        let sheets = [("王老师", SummaryJudgesTests.wang), ("李老师", SummaryJudgesTests.li), (name, third)]
        let asked = isAsked ? name : nil
        let directory = try TemporaryDirectory()
        let files = try sheets.map { try directory.write($0.1, to: "\($0.0).csv") }
        var options = ReadingOptions()
        options.file = .judge
        try check(files, options, asked)
        options = ReadingOptions()
        options.sheet = .judge
        try check([try directory.write(workbook(of: sheets), to: "w.xlsx")], options, asked)
    }

    @Test func `a table of means below those of judges is asked about`() throws {
        let directory = try TemporaryDirectory()
        let tables = [("评委：王", SummaryJudgesTests.wang), ("评委：李", SummaryJudgesTests.li), ("平均", SummaryJudgesTests.means)]
        let path = try directory.write(tables.map { "\($0.0)\n\($0.1)" }.joined(separator: "\n"), to: "s.csv")
        try check([path], ReadingOptions(), "平均")
    }

    @Test(
        arguments: [
            ("项目,评委,分数\n甲,王,9\n甲,李,7\n甲,平均分,8\n乙,王,6\n乙,李,9\n乙,平均分,7.5\n", "平均分"),
            ("entry,judge,score\nA,Ann,9\nA,Bob,7\nA,Total,16\nB,Ann,6\nB,Bob,9\nB,Total,15\n", "Total"),
            ("entry,judge,score\nA,Ann,9\nA,Bob,7\nA,Final score,8.2\nB,Ann,6\nB,Bob,9\nB,Final score,7.7\n", "Final score"),
            ("entry,judge,score\nX,Example,9\nA,Ann,9\nA,Bob,7\nB,Ann,6\nB,Bob,9\n", "Example"),
            ("项目,评委,指标,分数\n甲,王,创新,9\n甲,王,展示,7\n甲,王,总分,16\n乙,王,创新,6\n乙,王,展示,9\n乙,王,总分,15\n", "总分"),
        ])
    func `a name in a column that nobody has is asked about, and the answer leaves it out`(text: String, name: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(text, to: "s.csv")
        let error = try #require(throws: ScoreSheetError.self) { try Reading(of: [path]) }
        let question = try #require(error.question)
        #expect(question.kind.code == "E150" && question.answers.first?.options == ["--ignore", name])
        var options = ReadingOptions()
        options.ignoredColumns = [name]
        let left = try Reading(of: [path], as: options)
        #expect(
            !left.sheet.judges.contains(name) && !left.sheet.criteria.contains(name)
                && left.sheet.units.count < text.count { $0 == "\n" } * 2)
        options = ReadingOptions()
        options.range = (Fraction(0), Fraction(100))
        let kept = try Reading(of: [path], as: options)
        #expect((kept.sheet.judges + kept.sheet.criteria).contains(name))
        #expect(kept.sheet.units.count > left.sheet.units.count)
    }

    @Test func `a judge of several criteria whom nobody is called is left out if the user says so`() throws {
        let text = "项目,评委,创新,展示\n甲,王,9,8\n甲,李,7,5\n甲,平均,8,6.5\n乙,王,7,6\n乙,李,8,9\n乙,平均,7.5,7.5\n"
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        #expect(error.question?.kind == .row(label: "平均"))
        var options = ReadingOptions()
        options.ignoredColumns = ["平均"]
        let directory = try TemporaryDirectory()
        #expect(try Reading(of: [directory.write(text, to: "s.csv")], as: options).sheet.units.count == 8)
    }

    @Test(arguments: ["Rank", "Li Total", "总监", "Max", "王总", "Mean Green"]) func `people with such names judge`(name: String) throws {
        let rows = ["A", "B"].flatMap { entry in ["Ann", "Bob", name].map { "\(entry),\($0),\(entry.utf8.first! + UInt8($0.count))" } }
        let isAsked = (try? reading("entry,judge,score\n" + rows.joined(separator: "\n") + "\n")) == nil
        #expect(isAsked == (name == "Rank"))
    }

    /// Reads all judges, or asks about one of them, whom the first answer leaves out.
    private func check(_ paths: [String], _ options: ReadingOptions, _ asked: String?) throws {
        guard let asked else {
            #expect(try Reading(of: paths, as: options).sheet.judges.count == 3)
            return
        }
        let error = #expect(throws: ScoreSheetError.self) { try Reading(of: paths, as: options) }
        #expect(error?.question?.kind.code == "E150" && error?.question?.answers.first?.options == ["--ignore", asked])
        var answered = options
        answered.ignoredColumns = [asked]
        let reading = try Reading(of: paths, as: answered)
        #expect(reading.sheet.judges.count == 2 && reading.sheet.units.count == 8)
        answered = options
        answered.range = (Fraction(0), Fraction(100))
        #expect(try Reading(of: paths, as: answered).sheet.judges.count == 3)
    }

    private func workbook(of sheets: [(String, String)]) -> [UInt8] {
        var parts = WorkbookParts()
        parts.sheets = sheets.map { name, text in
            let rows = text.split(separator: "\n").enumerated().map { row, line in
                let cells = line.split(separator: ",").enumerated().map { column, text in
                    let address = "\(Grid.columnName(column))\(row + 1)"
                    return Double(text) == nil
                        ? "<c r=\"\(address)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>" : "<c r=\"\(address)\"><v>\(text)</v></c>"
                }
                return "<row r=\"\(row + 1)\">\(cells.joined())</row>"
            }
            return (name: name, state: "visible", content: "<sheetData>\(rows.joined())</sheetData>")
        }
        return parts.archive.bytes
    }
}
