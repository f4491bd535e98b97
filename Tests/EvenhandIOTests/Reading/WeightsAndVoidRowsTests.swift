import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// Weights outside of headers of criteria, and rows that a column beside the scores calls void.
@Suite struct WeightsAndVoidRowsTests {
    @Test(arguments: [
        (
            "in rows of scores", "项目,评委,指标,权重,得分\n甲,王,创新,0.9,95\n甲,王,展示,0.1,60\n乙,王,创新,0.9,80\n乙,王,展示,0.1,90\n",
            ["创新=0.9", "展示=0.1"]
        ),
        (
            "in percent", "entry,judge,criterion,weight,score\nA,J,idea,90%,95\nA,J,demo,10%,60\nB,J,idea,90%,80\nB,J,demo,10%,90\n",
            ["demo=0.1", "idea=0.9"]
        ),
        (
            "of 100", "entry,judge,criterion,Weight,score\nA,J,idea,90,95\nA,J,demo,10,60\nB,J,idea,90,80\nB,J,demo,10,90\n",
            ["demo=0.1", "idea=0.9"]
        ),
        (
            "before judges", "项目,指标,权重,评委1,评委2\n甲,创新,90%,95,93\n甲,展示,10%,60,62\n乙,创新,90%,80,82\n乙,展示,10%,90,92\n",
            ["创新=0.9", "展示=0.1"]
        ),
        ("of the body of an entry", "Dog,Weight,Judge 1,Judge 2\nRex,30,8,7\nBo,12,6,9\n", []),
        ("equal", "entry,judge,criterion,weight,score\nA,J,idea,1,95\nA,J,demo,1,60\nB,J,idea,1,80\nB,J,demo,1,90\n", []),
    ])
    func `a column of weights is of the criteria where each has one`(what: String, text: String, weights: [String]) throws {
        let reading = try reading(text)
        #expect(described(reading.weights) == weights, "\(what)")
        #expect(reading.sheet.units.count > 3)
    }

    @Test(arguments: [
        ("a row above", "项目,评委1,评委2,评委3\n权重,0.6,0.2,0.2\n甲,95,70,70\n乙,70,90,90\n", "E146"),
        ("a row below", "项目,评委1,评委2,评委3\n甲,95,70,70\n乙,70,90,90\n权重,60%,20%,20%\n", "E146"),
        ("judges in rows", "Judge,Weight,Alpha,Bravo\nSmith,0.8,90,70\nJones,0.2,60,95\n", "E146"),
        ("rows of scores", "entry,judge,weight,score\nA,J,0.8,90\nA,K,0.2,70\nB,J,0.8,60\nB,K,0.2,95\n", "E146"),
        ("headers of means", "作品,专业评委平均分（70%）,大众评审平均分（30%）\n甲,90,70\n乙,82,84\n", "E146"),
        ("headers of judges", "作品,评委1(60%),评委2(20%),评委3(20%)\n甲,90,70,80\n乙,82,84,83\n", "E142"),
        ("one header", "Team,Li (x2),Wu,Kim\nA1,90,70,80\nB1,82,84,83\n", "E141"),
        (
            "criteria with two weights",
            "entry,judge,criterion,weight,score\nA,J,idea,0.9,95\nA,J,demo,0.1,60\nB,J,idea,0.8,80\nB,J,demo,0.2,90\n", "E140"
        ),
        (
            "marks that may be shares",
            "entry,judge,criterion,weight,score\nA,J,idea,0.6,55\nA,J,demo,0.4,30\nB,J,idea,0.6,50\nB,J,demo,0.4,38\n", "E146"
        ),
        ("a ballot", "项目,评委,得分,状态\n甲,王,90,有效\n甲,李,30,作废\n乙,王,80,有效\n乙,李,85,有效\n", "E153"),
        ("a ballot with an empty cell", "entry,judge,score,remarks\nA,J,90,\nA,K,30,Conflict of interest\nB,J,80,\nB,K,85,\n", "E153"),
    ])
    func `weights of judges and void ballots are asked about`(what: String, text: String, code: String) throws {
        let error = #expect(throws: ScoreSheetError.self) { try reading(text) }
        #expect(error?.question?.kind.code == code && error?.question?.answers.isEmpty == false, "\(what): \(error.map { "\($0)" } ?? "")")
    }

    @Test(arguments: [
        ("Entry,Alice,Bob,Remarks\nA,85,90,-2 points for overtime\nB,80,82,\nC,70,77,great\n", ["A (-2 points for overtime)"]),
        ("项目,评委1,评委2,备注\n甲,85,90,超时扣2分\n乙,80,82,第3组\n丙,70,77,\n", ["甲 (超时扣2分)"]),
        ("entry,judge,score,note\nA,J,85,\nA,K,90,penalty of 3\nB,J,80,\nB,K,82,\n", ["A (penalty of 3)"]),
        ("Entry,Alice,Bob,Remarks\nA,85,90,- 2nd place in May\nB,80,82,10 minutes late\nC,70,77,no faults in 3 rounds\n", []),
    ])
    func `points that remarks take off are known`(text: String, found: [String]) throws {
        #expect(try reading(text).sources[0].penaltyRemarks == found)
    }

    @Test func `remarks explain the penalties of a column`() throws {
        var options = ReadingOptions()
        options.deductions = ["Penalty"]
        let text = "Entry,Alice,Bob,Penalty,Remarks\nA,85,90,2,-2 points for overtime\nB,80,82,0,\nC,70,77,0,\n"
        #expect(try read(text, options).sources[0].penaltyRemarks.isEmpty)
    }

    @Test func `the answers weight the judges as parts of one score, or say that they count alike`() throws {
        let text = "项目,评委1,评委2,评委3\n权重,0.6,0.2,0.2\n甲,95,70,70\n乙,70,90,90\n"
        var options = ReadingOptions()
        options.wideColumns = ["评委1", "评委2", "评委3"]
        (options.scoreColumns, options.file) = (.criterion, .judge)
        let parts = try read(text, options)
        #expect(described(parts.weights) == ["评委1=0.6", "评委2=0.2", "评委3=0.2"] && parts.sheet.judges.count == 1)
        (options.scoreColumns, options.file) = (.judge, nil)
        let judges = try read(text, options)
        #expect(judges.weights.isEmpty && judges.sheet.judges.count == 3)
        #expect(described(judges.sources[0].judgeWeights) == ["评委1=0.6", "评委2=0.2", "评委3=0.2"])
        var transposed = ReadingOptions()
        (transposed.columns[.criterion], transposed.scoreColumns, transposed.file) = ("Judge", .entry, .judge)
        let rows = try read("Judge,Weight,Alpha,Bravo\nSmith,0.8,90,70\nJones,0.2,60,95\n", transposed)
        #expect(described(rows.weights) == ["Jones=0.2", "Smith=0.8"] && rows.sheet.entries == ["Alpha", "Bravo"])
    }

    @Test func `a total that counts judges alike settles a row of weights`() throws {
        let reading = try reading("项目,评委1,评委2,评委3,平均分\n权重,0.6,0.2,0.2,\n甲,95,70,75,80\n乙,70,90,80,80\n丙,60,70,80,70\n")
        #expect(reading.sheet.judges.count == 3 && reading.sources[0].judgeWeights.count == 3)
    }

    @Test func `void rows are left out by their word, or count when the column is ignored`() throws {
        let text = "项目,评委,得分,状态\n甲,王,90,有效\n甲,李,30,作废\n乙,王,80,有效\n乙,李,85,有效\n"
        var options = ReadingOptions()
        options.missingCodes = ["作废"]
        #expect(try read(text, options).sheet.described == ["乙/李=85", "乙/王=80", "甲/王=90"])
        options = ReadingOptions()
        options.ignoredColumns = ["状态"]
        #expect(try read(text, options).sheet.units.count == 4)
    }

    @Test(arguments: [
        ("a row per entry", "Entry,Judge 1,Judge 2,Status\nA,90,80,ok\nB,85,70,Disqualified\nC,80,75,ok\n", ["B (Disqualified)"]),
        ("remarks", "项目,评委1,评委2,备注\n甲,90,80,\n乙,85,70,取消资格\n丙,80,75,\n", ["乙 (取消资格)"]),
        ("a row per score", "entry,judge,score,status\nA,J,90,void\nA,K,85,void\nB,J,80,ok\nB,K,70,ok\n", ["A (void)"]),
        ("no such word", "entry,judge,score,city\nA,J,90,x\nA,K,85,x\nB,J,80,y\nB,K,70,y\n", []),
        ("a negation", "项目,评委1,评委2,备注\n甲,90,80,无回避\n乙,85,70,有回避情况说明\n丙,80,75,无\n", []),
    ])
    func `entries that the sheet calls void are named and ranked`(what: String, text: String, found: [String]) throws {
        let reading = try reading(text)
        #expect(reading.sources.flatMap(\.voidEntries) == found, "\(what)")
    }

    private func described(_ weights: [String: Fraction]) -> [String] {
        weights.map { "\($0.key)=\(NumberFormat.shortest($0.value.value))" }.sorted()
    }

    private func read(_ text: String, _ options: ReadingOptions) throws -> Reading {
        let directory = try TemporaryDirectory()
        return try Reading(of: [try directory.write(text, to: "s.csv")], as: options)
    }

    @Test(arguments: [
        "项目,评委,创新性 0.3,技术 0.5,市场 0.2\n甲,王,82,72,83\n乙,王,76,88,75\n",
        "项目,评委,创新性×0.3,技术*0.5,市场 x0.2\n甲,王,82,72,83\n乙,王,76,88,75\n",
        "项目,评委,创新性(0.3),技术(0.5),市场(0.2)\n甲,王,82,72,83\n乙,王,76,88,75\n",
        "总分=创新性*0.3+技术*0.5+市场*0.2\n项目,评委,创新性,技术,市场\n甲,王,82,72,83\n乙,王,76,88,75\n",
        "评分标准：创新性占30%，技术占50%，市场占20%\n项目,评委,创新性,技术,市场\n甲,王,82,72,83\n乙,王,76,88,75\n",
    ])
    func `weights are read from headers and from formulas above them`(text: String) throws {
        #expect(described(try reading(text).weights) == ["创新性=0.3", "市场=0.2", "技术=0.5"])
    }

    @Test(arguments: [
        "创新性满分30，技术满分50，市场满分20\n项目,评委,创新性,技术,市场\n甲,王,22,42,13\n乙,王,26,38,15\n",
        "创新性 0.3、技术 0.5\n项目,评委,创新性,技术,市场\n甲,王,82,72,83\n乙,王,76,88,75\n",
        "2024 创新性、技术、市场 3 项\n项目,评委,创新性,技术,市场\n甲,王,82,72,83\n乙,王,76,88,75\n",
    ])
    func `numbers in a title that do not add up to one are no weights`(text: String) throws {
        #expect(try reading(text).weights.isEmpty)
    }

    @Test(arguments: [
        "入围线,80,80,80", "Cut-off,80,80,80", "去年冠军,88,90,91", "示例项目,90,85,88", "Example team,90,85,88", "Last year's winner,88,90,91",
    ])
    func `a row to compare with is asked about, and the answer leaves it out`(row: String) throws {
        let text = "项目,张三,李四,王五\n甲,78,81,77\n乙,86,76,94\n丙,71,72,90\n"
        for whole in [text + row + "\n", text.replacing("甲", with: row + "\n甲")] {
            let error = try #require(throws: ScoreSheetError.self) { try reading(whole) }
            let label = String(row.split(separator: ",")[0])
            #expect(error.question?.kind == .row(label: label))
            var options = ReadingOptions()
            options.ignoredColumns = [label]
            #expect(try read(whole, options).sheet.units.count == 9)
        }
    }

    @Test func `names that are also such words are entries`() throws {
        let names = ["Example 1", "Example 2", "Example 3", "案例集", "Cut-off jeans"]
        let rows = names.enumerated().map { "\($1),\(70 + $0),\(80 - $0),\(75 + $0 % 3)" }
        #expect(try reading("Project,Ann,Bob,Cy\n" + rows.joined(separator: "\n") + "\n").sheet.entries.count == 5)
    }

    @Test(arguments: ["school", "学校", "Country"]) func `a fact beside judges may be what is judged`(header: String) throws {
        let text = "\(header),judge,score\nNorth,A,71\nNorth,B,67\nSouth,A,84\nSouth,B,80\n"
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        #expect(error.question?.kind == .entryColumn(columns: [header]))
        #expect(try reading(text, columns: [.entry: header]).sheet.entries == ["North", "South"])
    }
}
