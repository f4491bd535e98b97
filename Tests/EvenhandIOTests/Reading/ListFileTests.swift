import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// Lists of entries and judges as offices keep them.
@Suite struct ListFileTests {
    private let directory: TemporaryDirectory
    private let scores = "entry,judge,score\n甲,王,1\n甲,李,2\n乙,王,3\n乙,李,5\n"

    init() throws { directory = try TemporaryDirectory() }

    /// Title, blank row, header, rows with a gap, remarks and signatures.
    private static let judges = [
        ["2024年创新大赛评委名单", "", "", "", ""], ["", "", "", "", ""], ["序号", "评委姓名", "职称", "单位", "备注"],
        ["1", "王", "教授", "大学", ""], ["", "", "", "", ""], ["2", "李", "高工", "研究院", ""], ["3", "", "", "", ""],
        ["公示期：5月1日至5月7日", "", "", "", ""], ["注：以上名单经审核。", "", "", "", ""], ["制表：张三", "", "", "审核：李四", ""],
    ]

    private static func text(_ rows: [[String]]) -> String { rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n" }

    private func read(_ file: String, named options: (inout ReadingOptions) -> Void) throws -> ScoreSheet {
        var reading = ReadingOptions()
        options(&reading)
        let path = try directory.write(file, to: "scores.csv")
        return try Reading(of: [path], as: reading).sheet
    }

    /// An effect is in points as judges give them, and an anchor in points of which more is better.
    @Test(arguments: [(false, 0.5), (true, -0.5)])
    func `effects of anchors are turned where the lowest scores are the best`(isLowerBetter: Bool, value: Double) throws {
        let path = try directory.write("judge,effect,se\n王,0.5,0.1\n", to: "effects.csv")
        let sheet = try read(scores) { $0.isLowerBetter = isLowerBetter }
        let anchor = FacetModel.Anchor(of: .judge, "王", value: value, standardError: 0.1)
        #expect(try AnchorFile(contentsOf: path, of: sheet).anchors == [anchor])
    }

    @Test func `the list of a workbook has a merged title, running numbers, gaps and a footer`() throws {
        let merges = ["A1:E1", "A8:E8", "A9:E9"]
        let book = try directory.write(SmallWorkbook(["说明": [["请勿外传"]], "名单": Self.judges], merging: merges).bytes, to: "名单.xlsx")
        let plain = try directory.write(Self.text(Self.judges), to: "名单.csv")
        for path in [book, plain] {
            let sheet = try read(scores) { $0.judges = path }
            #expect(sheet.judgeAttributes.map(\.name) == ["单位", "备注", "职称"])
            #expect(sheet.judgeAttributes[0].values == Factor(["研究院", "大学"]))
        }
    }

    @Test(arguments: [
        (ColumnRole.judge, "姓名"), (.judge, "评委姓名"), (.judge, "专家姓名"), (.judge, "Judge Name"), (.judge, "Name"), (.judge, "专家"),
        (.entry, "企业名称"),
        (.entry, "团队名称"), (.entry, "项目名称"), (.entry, "Team Name"), (.entry, "Name"), (.entry, "TEAM"), (.entry, "参赛单位"),
    ])
    func `many words head a column of names`(_ role: ColumnRole, _ header: String) throws {
        let names = role == .judge ? ["王", "李"] : ["甲", "乙"]
        let list = try directory.write("编号,\(header),城市\n7,\(names[0]),杭州\n9,\(names[1]),宁波\n", to: "list.csv")
        // Also where the scores do not know them.
        for known in [names, []] {
            let file = try AttributeFile(path: list, key: role, among: known, as: ReadingOptions())
            #expect(file.names == names && file.attributes(for: [names[1]]).map { $0.values[0] } == ["9", "宁波"])
        }
    }

    @Test func `of several columns the one with the names of the scores is taken`() throws {
        let list = try directory.write("企业名称,项目名称,代号\n甲公司,飞行器,甲\n乙公司,机器人,乙\n", to: "list.csv")
        func names(_ known: [String], _ said: String? = nil) throws -> [String] {
            var options = ReadingOptions()
            options.columns[.entry] = said
            return try AttributeFile(path: list, key: .entry, among: known, as: options).names
        }
        #expect(try names(["甲公司", "乙公司"]) == ["甲公司", "乙公司"])
        #expect(try names(["飞行器"]) == ["飞行器", "机器人"])
        #expect(try names(["甲", "乙"]) == ["甲", "乙"])
        #expect(try names(["甲", "乙"], "企业名称") == ["甲公司", "乙公司"])
    }

    @Test func `a header that only the list has is looked for there`() throws {
        let list = try directory.write("嘉宾,单位\n王,大学\n李,研究院\n", to: "judges.csv")
        let sheet = try read(scores) { options in
            options.judges = list
            options.columns[.judge] = "嘉宾"
        }
        #expect(sheet.judgeAttributes.map(\.name) == ["单位"] && sheet.judges == ["李", "王"])
        #expect(throws: ScoreSheetError.self) {
            try read(scores) { options in
                options.judges = list
                options.columns[.judge] = "来宾"
            }
        }
    }

    @Test func `what is wrong is said with its cell`() throws {
        let rows = [["项目", "城市"], ["甲", "杭州"], ["", "宁波"]]
        let book = try directory.write(SmallWorkbook(["项目库": rows]).bytes, to: "list.xlsx")
        do {
            _ = try AttributeFile(path: book, key: .entry, among: [], as: ReadingOptions())
            Issue.record("no error")
        } catch {
            #expect(error.problems.first?.kind == .emptyName && error.problems.first?.cell == "项目库!A3")
        }
    }

    @Test func `a list without such a column names its headers once`() throws {
        let rows = [["项目评审结果", "", ""], ["甲", "乙", "丙"], ["1", "2", "3"]]
        let book = try directory.write(SmallWorkbook(["s": rows], merging: ["A1:C1"]).bytes, to: "list.xlsx")
        do {
            _ = try AttributeFile(path: book, key: .entry, among: ["x"], as: ReadingOptions())
            Issue.record("no error")
        } catch {
            #expect(error.problems.first?.kind == .noColumn(role: .entry, headers: ["甲", "乙", "丙"]))
        }
    }

    @Test func `who was selected is in such a list, too`() throws {
        let rows = [["晋级决赛名单", ""], ["序号", "参赛单位"], ["1", "乙"], ["2", "丙"], ["公示期：5月1日至7日", ""], ["组委会", ""]]
        let book = try directory.write(SmallWorkbook(["s": rows], merging: ["A1:B1", "A5:B5", "A6:B6"]).bytes, to: "list.xlsx")
        #expect(try EntryList(contentsOf: book).names == ["乙", "丙"])
        let plain = try directory.write("晋级名单\n项目名称\n乙\n丙\n公示期：5月1日至7日\n", to: "plain.csv")
        #expect(try EntryList(contentsOf: plain, among: ["甲", "乙", "丙"]).names == ["乙", "丙"])
    }

    @Test func `a published list has entries without a result`() throws {
        let text = "决赛成绩公示,,\n,,\n名次,企业名称,最终得分\n第1名,甲,\"88.50\"\n=2,乙,80.1\n-,丙,DNS\n-,丁,弃权\n平均,,84.3\n公示期：5月1日至7日,,\n监督电话：0571-1234567,,\n"
        let list = try PublishedList(contentsOf: try directory.write(text, to: "list.csv"), among: ["甲", "乙"])
        #expect(list.lines.map(\.entry) == ["甲", "乙", "丙", "丁"] && list.decimals == 2)
        #expect(list.lines.map(\.result) == [Fraction(177, over: 2), Fraction(801, over: 10), nil, nil])
        #expect(list.lines.map(\.rank) == [Fraction(1), Fraction(2), nil, nil])
    }

    @Test func `a published list without a single result is an error`() throws {
        let path = try directory.write("项目,得分\n甲,-\n乙,弃权\n", to: "list.csv")
        do {
            _ = try PublishedList(contentsOf: path)
            Issue.record("no error")
        } catch {
            #expect(error.problems.first?.kind == .noResults(headers: ["得分"]))
        }
    }

    @Test(arguments: ["spare", "Spare", "候补", "候補"]) func `who only stands by is known in either language`(role: String) throws {
        let path = try directory.write("entry,judge,role\n甲,王,judge\n甲,李,\(role)\n", to: "plan.csv")
        #expect(try PairFile(contentsOf: path).pairs.map(\.isSpare) == [false, true])
    }
}
