import Evenhand
import EvenhandIO
@testable import EvenhandReports
import TestSupport
import Testing

@Suite struct CheckReportTests {
    private static let sheet = """
        评分表
        场次,项目名称,城市,评委1,评委2,总分,平均分,名次
        A场,项目甲 ,杭州,８８,90,178,89,1
        ,项目乙,杭州,80,缺席,80,80,3
        ,项目丙,宁波,85.5,-,85.5,85.5,2
        B场,项目丁,温州,70,75,145,72.5,3
        ,项目 丁,温州,77,79,150,78,2
        ,项目戊,温州,79,79,158,79,1
        ,项目己,温州,,,,,,
        """

    private func read(_ text: String, entries: String? = nil) throws -> (reading: Reading, directory: TemporaryDirectory) {
        let directory = try TemporaryDirectory()
        var options = ReadingOptions()
        options.entries = try entries.map { try directory.write($0, to: "e.csv") }
        return (try Reading(of: [directory.write(text, to: "s.csv")], as: options, isThorough: true), directory)
    }

    private func texts(_ column: String, of table: String, in report: Report) -> [String] {
        let table = report.tables.first { $0.name == table }
        guard case .texts(let texts)? = table?.columns.first(where: { $0.name == column })?.cells else { return [] }
        return texts
    }

    @Test func `every warning has its position, its words and its code`() throws {
        let (reading, directory) = try read(Self.sheet, entries: "项目名称,行业\n项目甲,AI\n项目乙,AI\n项目丙,AI\n项目丁,AI\n项目 丁,AI\n项目庚,AI\n")
        let lines = reading.warnings(naming: reading.sheet, in: .en).map { $0.replacing(directory.path + "/", with: "") }
        #expect(
            lines == [
                "2 entries differ by case or spaces only: “项目 丁”, “项目丁”; write them alike if they are one. [W303]",
                "e.csv: lacks 1 entry of the scores: 项目戊; add them. [W304]",
                "e.csv: 1 entry without a score: 项目庚; check how they are written in the scores. [W304]",
                "s.csv:7:总分: the sheet says 150, but the scores give 156; correct one of them. [W305]",
                "2 heats number their judges from 1, and each number was taken to be one person: 评委1, 评委2; write names if they are different people. [W307]",
                "no score at all, so left out of every result: 1 entry: 项目己. [W316]",
            ])
        let chinese = reading.warnings(naming: reading.sheet, in: .zh).map { $0.replacing(directory.path + "/", with: "") }
        #expect(
            chinese == [
                "2 个项目仅大小写或空格不同：“项目 丁”、“项目丁”；若为同一个，请统一写法。[W303]", "e.csv: 缺少评分表中的 1 个项目：项目戊；请补上。[W304]",
                "e.csv: 1 个项目没有评分：项目庚；请核对评分表中的写法。[W304]", "s.csv:7:总分: 表中为 150，按评分应为 156；请更正其中之一。[W305]",
                "2 个场次的评委都从 1 开始编号，同一编号视为同一人：评委1、评委2；若不是同一人，请写姓名。[W307]",
                "没有任何分数，不计入任何结果：1 个项目：项目己。[W316]",
            ])
    }

    @Test func `a column of totals by an unknown rule is reported`() throws {
        let (reading, _) = try read("项目,评委1,评委2,总分\nA,1,2,9\nB,3,4,8\nC,5,6,7\n")
        let lines = reading.warnings(naming: reading.sheet, in: .en)
        #expect(lines.count == 1 && lines[0].hasSuffix("; left out unchecked. [W306]") && lines[0].contains("s.csv:总分: "))
    }

    @Test func `more than twenty warnings of a kind are counted`() throws {
        let rows = (1...60).map { "E\($0),\($0),\($0 + 1),\($0 <= 25 ? 1 : 2 * $0 + 1)" }
        let (reading, _) = try read((["项目,评委1,评委2,总分"] + rows).joined(separator: "\n"))
        let lines = reading.warnings(naming: reading.sheet, in: .en)
        #expect(lines.count == 21 && lines.last == "… and 5 more such places.")
    }

    @Test func `the tables say what was understood, what looks wrong and who is missing`() throws {
        let (reading, directory) = try read(Self.sheet)
        let report = Report(checking: reading, shown: reading.sheet, part: reading.sheet, top: nil, in: .en)
        #expect(report.tables.map(\.name) == ["understood", "columns", "rows_left_out", "problems", "changes", "design", "subsets"])
        #expect(
            report.tables.map { $0.columns.map(\.name) } == [
                ["what", "value"], ["file", "sheet", "column", "header", "read_as", "why", "samples"], ["place", "text", "why"],
                ["code", "severity", "file", "line", "column", "value", "message", "fix"],
                ["place", "before", "after", "why"],
                ["what", "value"], ["subset", "stage", "heats", "judges", "entries"],
            ])
        #expect(texts("code", of: "problems", in: report) == ["W303", "W305", "W307", "W316"])
        #expect(texts("message", of: "problems", in: report)[1] == "the sheet says 150, but the scores give 156")
        #expect(texts("fix", of: "problems", in: report)[1] == "correct one of them.")
        #expect(texts("place", of: "changes", in: report).first == "\(directory.path)/s.csv:3:项目名称")
        let design = Dictionary(
            uniqueKeysWithValues: zip(texts("what", of: "design", in: report), texts("value", of: "design", in: report)))
        #expect(design["scores received of those expected"] == "10 of 12" && design["entries without any score"] == "项目己")
        #expect(design["received: 评委2"] == "4 of 6 (dash 1, absent 1)" && design["received: 项目丙"] == "1 of 2 (dash 1)")
        #expect(design["attribute 城市"] == "each of its 3 values occurs in one heat only: 城市 cannot be separated from the heat")
    }

    @Test func `replaced names appear nowhere`() throws {
        let (reading, directory) = try read(Self.sheet, entries: "项目名称,行业\n项目甲,AI\n项目庚,AI\n")
        let shown = reading.sheet.anonymizingEntries().anonymizingJudges()
        for language in Language.allCases {
            let report = Report(checking: reading, shown: shown, part: shown, top: nil, in: language)
            let lines = reading.warnings(naming: shown, in: language) + reading.notes(in: language, hidesNames: true)
            let text = (report.text(width: nil) + lines.joined()).replacing(directory.path, with: "")
            #expect(!text.contains(/评委[12]/) && !text.contains(/项目 ?[甲乙丙丁戊己庚]/), "\(text)")
            #expect(text.contains("J01") == false || text.contains("J02"))
        }
    }

    /// Headers may be judges' names.
    @Test func `a wrong total is found by its line alone where names are replaced`() throws {
        let (reading, directory) = try read(Self.sheet)
        let warnings = reading.warnings(naming: reading.sheet.anonymizingJudges(), in: .en)
        let lines = warnings.map { $0.replacing(directory.path + "/", with: "") }
        #expect(lines.contains("s.csv:7: the sheet says 150, but the scores give 156; correct one of them. [W305]"), "\(lines)")
    }

    @Test func `reasons of missing scores are those of the stage`() throws {
        let text = "轮次,项目,评委1,评委2\n初赛,甲,80,缺席\n初赛,乙,81,82\n初赛,丙,79,77\n决赛,甲,88,90\n决赛,乙,85,-\n"
        let (reading, _) = try read(text)
        let report = Report(checking: reading, shown: reading.sheet, part: reading.sheet, top: nil, in: .en)
        let design = Dictionary(
            uniqueKeysWithValues: zip(texts("what", of: "design", in: report), texts("value", of: "design", in: report)))
        #expect(design["初赛: received: 评委2"] == "2 of 3 (absent 1)" && design["决赛: received: 评委2"] == "1 of 2 (dash 1)", "\(design)")
    }

    @Test(arguments: [
        ("“x” is not a number; write digits.", "“x” is not a number", "write digits."),
        ("cannot be read: gone.", "cannot be read: gone.", ""),
        ("two columns: a. Say which.", "two columns: a", "Say which."), ("是一个目录，请指定文件。", "是一个目录，请指定文件。", ""),
        ("“a; b” is empty; write a name.", "“a; b” is empty", "write a name."), ("没有列；现有：a。请改名。", "没有列；现有：a", "请改名。"),
    ])
    func `a problem is parted from what to do about it`(sentence: String, message: String, fix: String) throws {
        let parted = Finding.parted(sentence)
        #expect(parted.message == message && parted.fix == fix)
    }

    @Test func `stages without an order and names for the shell`() throws {
        let text = "stage,entry,judge,score\nround 1,A,J,1\nround 2,A,J,2\nround 1,B,J,1\nround 2,B,J,1"
        let (reading, _) = try read(text)
        let report = Report(checking: reading, shown: reading.sheet, part: reading.sheet, top: nil, in: .en)
        #expect(
            report.verdict.hasPrefix(
                "Read as: 1 file; one row per score.\nThe scores can be read. The sheet does not show the order of the stages"))
        #expect(
            report.verdict.contains("(evenhand rank … --stage 'round 1')")
                && report.verdict.hasSuffix("1 warning: see the table of problems."))
        #expect(texts("code", of: "problems", in: report) == ["E301"])
    }
}
