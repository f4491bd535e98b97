import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// Sheets in the shapes that organisers export.
@Suite struct SheetShapesTests {
    @Test(arguments: [
        ("one column per judge", "项目,评委1,评委2\nA,1,2\nB,3,4\n", ["A/评委1=1", "A/评委2=2", "B/评委1=3", "B/评委2=4"]),
        ("judges by name", "entry,city,Li,Wang\nA,x,1,2\nB,y,3,4\n", ["A/Li=1", "A/Wang=2", "B/Li=3", "B/Wang=4"]),
        ("heat and stage in further columns", "项目,场次,阶段,J1,J2\nA,h,s,1,2\n", ["s/h/A/J1=1", "s/h/A/J2=2"]),
        ("running numbers", "序号,项目,评委甲,评委乙\n1,A,5,6\n2,B,7,8\n", ["A/评委乙=6", "A/评委甲=5", "B/评委乙=8", "B/评委甲=7"]),
        ("other numbers next to columns of judges", "项目,员工数,评委1,评委2\nA,120,5,6\n", ["A/评委1=5", "A/评委2=6"]),
        ("title rows", "2022 创新大赛,,\n,,\n项目,评委1,评委2\nA,1,2\n", ["A/评委1=1", "A/评委2=2"]),
        ("title rows over rows of scores", "Scores of the final\n\nentry,judge,score\nA,J,1\n", ["A/J=1"]),
        ("signatures below", "项目,评委1,评委2\nA,1,2\n,,\n监督员签字:,,\n,,备注：无\n", ["A/评委1=1", "A/评委2=2"]),
        (
            "a title for each judge", "评委：李娜\n项目,创新性,市场\nA,1,2\nB,3,4\n\n评委：张伟\n项目,创新性,市场\nA,5,6\nB,7,8\n",
            [
                "A/张伟/创新性=5", "A/张伟/市场=6", "A/李娜/创新性=1", "A/李娜/市场=2", "B/张伟/创新性=7", "B/张伟/市场=8", "B/李娜/创新性=3",
                "B/李娜/市场=4",
            ]
        ),
        (
            "a title for each criterion", "Innovation (20)\nTeam,Judge 1,Judge 2\nA,1,2\n\nMarket (10)\nTeam,Judge 1,Judge 2\nA,5,6\n",
            ["A/Judge 1/Innovation=1", "A/Judge 1/Market=5", "A/Judge 2/Innovation=2", "A/Judge 2/Market=6"]
        ),
        (
            "two rows of headers once more",
            ",Judge 1,,Judge 2,\nTeam,Idea,Demo,Idea,Demo\nA,1,2,3,4\n,Judge 1,,Judge 2,\nTeam,Idea,Demo,Idea,Demo\nB,5,6,7,8\n",
            [
                "A/Judge 1/Demo=2", "A/Judge 1/Idea=1", "A/Judge 2/Demo=4", "A/Judge 2/Idea=3", "B/Judge 1/Demo=6", "B/Judge 1/Idea=5",
                "B/Judge 2/Demo=8", "B/Judge 2/Idea=7",
            ]
        ),
        (
            "side by side under two rows", ",Judge 1,,,Judge 1,\nTeam,Idea,Demo,Team,Idea,Demo\nA,1,2,B,3,4\n",
            ["A/Judge 1/Demo=2", "A/Judge 1/Idea=1", "B/Judge 1/Demo=4", "B/Judge 1/Idea=3"]
        ),
        (
            "the first entry without scores", "Team: A\nJury,Punkte\nKim,\nLee,5\n\nTeam: B\nJury,Punkte\nKim,4\nLee,6\n",
            ["A/Lee=5", "B/Kim=4", "B/Lee=6"]
        ),
        (
            "a list about the judges below",
            "Team,A,B,C\nX,75,75,70\nY,67,70,65\nZ,82,80,83\n,,,\nJury,Years\nA = P. de Wit,12\nB = K. Bos,7\nC = L. Vos,9\n",
            ["X/A=75", "X/B=75", "X/C=70", "Y/A=67", "Y/B=70", "Y/C=65", "Z/A=82", "Z/B=80", "Z/C=83"]
        ),
        (
            "a compound word for the name", "Stand-Nr.,Teamname,Juror 1,Juror 2\nB38,Werkraum,8,7\nB41,Echolot,6,5\n",
            ["Echolot/Juror 1=6", "Echolot/Juror 2=5", "Werkraum/Juror 1=8", "Werkraum/Juror 2=7"]
        ),
        ("column totals below", "项目,评委1,评委2\nA,1,2\nB,3,4\n平均分,2,3\n", ["A/评委1=1", "A/评委2=2", "B/评委1=3", "B/评委2=4"]),
        ("an entry called note", "entry,judge,score\nnote,J,1\ntotal,J,2\n", ["note/J=1", "total/J=2"]),
        ("totals in further columns", "项目,评委1,评委2,总分,平均分,名次\nA,1,2,3,1.5,1\n", ["A/评委1=1", "A/评委2=2"]),
        ("a criterion in other words next to plain names", "entry,judge,评分指标,score\nA,J,x,1\nA,J,y,2\n", ["A/J/x=1", "A/J/y=2"]),
        ("a heat in other words next to plain names", "entry,judge,Durchgang,score\nA,J,I,1\nB,K,II,2\n", ["I/A/J=1", "II/B/K=2"]),
        ("criteria next to a judge", "entry,judge,创新性(30),市场(25)\nA,J,28,20\n", ["A/J/创新性=28", "A/J/市场=20"]),
        ("criteria without maxima", "entry,judge,idea,market\nA,J,28,20\n", ["A/J/idea=28", "A/J/market=20"]),
        (
            "judges over criteria", "项目,评委1,,评委2,\n,创新性(30),市场(25),创新性(30),市场(25)\nA,1,2,3,4\n",
            ["A/评委1/创新性=1", "A/评委1/市场=2", "A/评委2/创新性=3", "A/评委2/市场=4"]
        ),
        (
            "criteria over judges", "项目,创新性(30),,市场(25),\n,评委1,评委2,评委1,评委2\nA,1,2,3,4\n",
            ["A/评委1/创新性=1", "A/评委1/市场=3", "A/评委2/创新性=2", "A/评委2/市场=4"]
        ),
        ("the entry in the lower row", ",评委1,\n项目,a,b\nA,1,2\n", ["A/评委1/a=1", "A/评委1/b=2"]),
        ("a group that tells nothing", "项目,评委打分,\n,评委1,评委2\nA,1,2\n", ["A/评委1=1", "A/评委2=2"]),
        ("numbered seats below a group", "项目,评委打分,,\n,1,2,3\nA,7,8,9\n", ["A/1=7", "A/2=8", "A/3=9"]),
        (
            "a part of the heat names", "项目,赛场,评委1,评委2\nA,一,1,2\nB,,3,4\nC,二,5,6\n",
            ["一/A/评委1=1", "一/A/评委2=2", "一/B/评委1=3", "一/B/评委2=4", "二/C/评委1=5", "二/C/评委2=6"]
        ),
        ("full width", "ｅｎｔｒｙ，judge\n", []),
        ("full-width digits", "项目,评委1,评委2\nＡ１,８８．５,２\n", ["A1/评委1=88.5", "A1/评委2=2"]),
        ("decimal commas", "项目;评委1;评委2\nA;88,5;2\n", ["A/评委1=88.5", "A/评委2=2"]),
        ("tabs", "项目\t评委1\t评委2\nA\t88.5\t2\n", ["A/评委1=88.5", "A/评委2=2"]),
        ("ids with spaces", "项目,评委1,评委2\n\u{3000}A ,1,2\n", ["A/评委1=1", "A/评委2=2"]),
        ("a line end in a name", "项目,评委1,评委2\n\"A\nb\",1,2\nC,3,x4\n", []),
    ])
    func `a sheet of any shape is read`(name: String, text: String, expected: [String]) throws {
        if expected.isEmpty {
            #expect(throws: ScoreSheetError.self) { try reading(text) }
        } else {
            #expect(try reading(text).sheet.described == expected)
        }
    }

    @Test func `codes that are not scores are kept apart`() throws {
        let codes = ["", "-", "—", "/", "缺席", "Absent", "弃权", "abstain", "回避", "conflict", "NA", "n/a"]
        let text = "entry,judge,score\nA,J,5\n" + codes.enumerated().map { "E\($0),J\($0),\($1)\n" }.joined()
        let read = try reading(text)
        #expect(read.sheet.described == ["A/J=5"])
        #expect(
            read.missing.map(\.kind) == [
                .empty, .dash, .dash, .dash, .absent, .absent, .abstained, .abstained, .conflict, .conflict, .notAvailable, .notAvailable,
            ])
        #expect(read.missing.map(\.entry) == codes.indices.map { "E\($0)" })
        #expect(read.missing.map(\.judge) == codes.indices.map { "J\($0)" })
        #expect(read.missing.map(\.location.line) == codes.indices.map { $0 + 3 })
    }

    @Test func `totals that do not follow from their row are found`() throws {
        let rows = [
            "A,80,90,100,270,90.00,90,3", "B,90,91,92,273,91.00,91,2", "C,70,95,99,264,88.00,95.0,1", "D,60,61,63,183,61.33,61.01,4",
        ]
        let read = try reading("项目,评委1,评委2,评委3,总分,平均分,最后得分,名次\n" + rows.joined(separator: "\n") + "\n")
        #expect(
            read.wrongTotals.map { [$0.location.column ?? "", $0.written, $0.computed] } == [
                ["总分", "183", "184"], ["最后得分", "61.01", "61.00"],
            ])
        #expect(read.wrongTotals.map(\.location.line) == [5, 5])
        #expect(read.uncheckedColumns.isEmpty)
        #expect(read.sources[0].derivedColumns == ["总分", "平均分", "最后得分", "名次"])
    }

    /// 去掉一个最高分和一个最低分: in the mean, in the sum, or not at all.
    @Test(arguments: [
        ("平均分", "7.5 7.75 6", true), ("总分", "15 15.5 12", true), ("最后得分", "15 15.5 12", true), ("最后得分", "7.50 7.75 6.00", true),
        ("平均分", "6.25 7.625 6.5", false), ("总分", "25 30.5 26", false), ("最后得分", "25 30.5 26", false), ("最高分", "9 8 9", false),
    ])
    func `results without the highest and the lowest score are known`(header: String, results: String, isTrimmed: Bool) throws {
        let rows = zip(["甲,9,8,7,1", "乙,7,7.5,8,8", "丙,5,6,6,9"], results.split(separator: " ")).map { "\($0),\($1)" }
        let read = try reading((["项目,评委1,评委2,评委3,评委4,\(header)"] + rows).joined(separator: "\n") + "\n")
        #expect(read.trimmedResult == (isTrimmed ? header : nil) && read.uncheckedColumns.isEmpty && read.wrongTotals.isEmpty)
    }

    /// A list of entries that says who is a pupil of a juror has no scores.
    @Test(arguments: [("1", "0", true), ("0", "0", true), ("7.5", "8", false)])
    func `a single column of marks about judges is asked about`(first: String, second: String, isAsked: Bool) throws {
        let text = "entry,reached,student_of_juror\nA,first,\(first)\nB,last,\(second)\nC,first,\(first)\n"
        if isAsked {
            let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
            #expect("\(error)".contains("E142"), "\(error)")
        } else {
            #expect(try reading(text).sheet.judges == ["student_of_juror"])
        }
        #expect(try reading("entry,Judge 1,Judge 2\nA,\(first),0\nB,\(second),1\n").sheet.judges.count == 2)
    }

    @Test func `two numbers with a comma between them may be one, and are not parted`() throws {
        let error = try #require(throws: ScoreSheetError.self) { try reading("entry,judge,score\nA,J,\"4,3\"\nB,J,\"3,8\"\n") }
        #expect("\(error)".contains("4,3"))
    }

    @Test func `what a workbook hides is left out where it is, row by row and column by column`() {
        var grid = Grid(sheet: "s", rows: [["a", "b", "c"], ["1", "2", "3"], ["4", "5"]], lines: [1, 2, 5])
        #expect(grid.withoutHidden == grid)
        (grid.hiddenRows, grid.hiddenColumns) = ([1], [1, 2])
        let shown = grid.withoutHidden
        #expect(shown.rows == [["a", "", ""], ["4", ""]] && shown.lines == [1, 5])
    }

    @Test func `a cell of the right one of two tables has its own address`() throws {
        let directory = try TemporaryDirectory()
        let rows = [
            ["Team", "J1", "J2", "", "Team", "J1", "J2"], ["A", "1", "2", "", "B", "3", "7O"], ["C", "5", "6", "", "D", "7", "8"],
        ]
        let book = try directory.write(SmallWorkbook(["s": rows]).bytes, to: "book.xlsx")
        let error = try #require(throws: ScoreSheetError.self) { try Reading(of: [book], as: ReadingOptions(), isThorough: true) }
        #expect("\(error)".contains("G2"), "\(error)")
        let moved = [["", "Team", "J1"] + rows[0][2...]] + [["", "A", "1"] + rows[1][2...5] + ["7"], [""] + rows[2]]
        let columns = try Reading(
            of: [directory.write(SmallWorkbook(["s": moved]).bytes, to: "moved.xlsx")], as: ReadingOptions(), isThorough: true
        ).sources[0].columns
        #expect(columns.map { $0.letter + $0.header } == ["BTeam", "CJ1", "DJ2"])
    }

    @Test func `totals of which half agree are checked`() throws {
        let read = try reading("项目,评委1,评委2,总分\nA,80,90,170\nB,70,71,141\nC,60,65,120\nD,50,55,100\n")
        #expect(read.wrongTotals.map { [$0.written, $0.computed] } == [["120", "125"], ["100", "105"]] && read.uncheckedColumns.isEmpty)
    }

    /// 90.004 and 90.001 are both shown as 90.00.
    @Test func `ranks by means that are shown rounded are right`() throws {
        let rows = ["A,90.004,90.004,90.00,1", "B,90.001,90.001,90.00,2", "C,80,80,80.00,3", "D,70,70,70.00,3"]
        let read = try reading("项目,评委1,评委2,平均分,名次\n" + rows.joined(separator: "\n") + "\n")
        #expect(read.wrongTotals.map { [$0.written, $0.computed] } == [["3", "4"]])
    }

    @Test func `a column of totals by a rule of its own is named`() throws {
        let read = try reading("项目,评委1,评委2,总成绩\nA,80,90,12\nB,70,71,13\nC,60,65,14\n")
        #expect(read.uncheckedColumns.map(\.column) == ["总成绩"])
        #expect(read.wrongTotals.isEmpty)
    }

    @Test(arguments: [
        ("1,1,3,4", true), ("1,1,2,3", false), ("1,2,3,4", false), ("2,2,3,4", false),
    ]) func `ranks of a sheet with a tie are checked`(ranks: String, isRight: Bool) throws {
        let places = ranks.split(separator: ",")
        let rows = ["A,9,8", "B,8,9", "C,7,7", "D,5,6"].enumerated().map {
            "\($1),\($0 == 0 ? "17" : $0 == 1 ? "17" : $0 == 2 ? "14" : "11"),\(places[$0])"
        }
        let read = try reading("Team,Judge 1,Judge 2,Total,Rank\n" + rows.joined(separator: "\n") + "\n")
        #expect((read.wrongTotals.isEmpty && read.uncheckedColumns.isEmpty) == isRight, "\(read.wrongTotals) \(read.uncheckedColumns)")
    }

    @Test func `a maximum that the user gives counts before the one in a header`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("entry,judge,Idea (max 20),Demo (max 10)\nA,J,18,7\nB,J,12,9\n", to: "s.csv")
        var options = ReadingOptions()
        options.maxima = ["Idea": Fraction(40)]
        #expect(try Reading(of: [path], as: options).maxima == ["Idea": Fraction(40), "Demo": Fraction(10)])
    }

    @Test func `headers state the maxima of criteria`() throws {
        for header in ["创新性(30)", "创新性（30分）", "创新性(满分30)", "创新性 [30]", "创新性（ 满分：30 分 ）"] {
            let read = try reading("entry,judge,\(header),市场\nA,J,28,3\n")
            #expect(read.maxima == ["创新性": Fraction(30)], "\(header)")
        }
        let error = #expect(throws: ScoreSheetError.self) { try reading("entry,judge,创新性(30)\nA,J,28\nB,J,30.5\n") }
        #expect(error?.problems.map(\.kind) == [.aboveMaximum(criterion: "创新性", maximum: "30")])
        #expect(error?.problems.map(\.line) == [3])
    }

    @Test(arguments: [
        ("项目,评委1,评委2\nA,1,2\nB,3,x4\n", ScoreSheetError.Kind.notANumber, 3, "评委2"),
        ("项目,评委1,评委2\nA,1,2\n,3,4\n", .emptyName, 3, "项目"),
        ("项目,评委1,评委2\nA,1,2\nB,\"1,234\",4\n", .thousands, 3, "评委1"),
        ("项目,评委1,评委2\nA,1,2\nB,\"88,5\",4\n", .decimalComma, 3, "评委1"),
        ("项目;评委1;评委2\nA;1;2\nB;1.234,5;4\n", .thousands, 3, "评委1"),
        ("题目\n\n项目,评委1,评委2\nA,1,2\nB,3\n", .missingField(found: 2, expected: 3), 5, ""),
        ("项目,评委1,评委2\nA,1,2\nA,3,4\n", .duplicate(firstLine: 2), 3, ""),
    ])
    func `a problem of a wide sheet has its position`(text: String, kind: ScoreSheetError.Kind, line: Int, column: String) throws {
        let error = #expect(throws: ScoreSheetError.self) { try reading(text) }
        let problem = try #require(error?.problems.first)
        #expect(problem.kind == kind && problem.line == line && (problem.column == column || column.isEmpty), "\(problem)")
    }

    @Test func `what was changed is reported with its position`() throws {
        let read = try reading("项目,赛场,评委1,评委2\nＡ,一,1,２\n B,,3,4\n签字,,,\n")
        #expect(read.changes.map { [$0.before, $0.after] } == [["Ａ", "A"], ["２", "2"], ["", "一"], [" B", "B"], ["签字", ""]])
        #expect(read.changes.map(\.reason) == [.normalized, .normalized, .filledFromAbove, .trimmed, .leftOutRow])
        #expect(read.changes.map(\.location.line) == [2, 2, 3, 3, 4])
    }

    @Test func `names that differ by case or spaces are reported and stay apart`() throws {
        let read = try reading("entry,judge,score\nAlpha One,J,1\nalpha one,J,2\nAlphaOne,J,3\nBeta,J,4\n")
        #expect(read.sheet.entries.count == 4)
        #expect(
            ProbableDuplicates.find(in: read.sheet) == [ProbableDuplicates(role: .entry, names: ["Alpha One", "AlphaOne", "alpha one"])])
    }

    @Test func `names in one file and not in the other are listed`() throws {
        let read = try reading("entry,judge,score\nA,J,1\nB,J,2\n", entries: "entry,city\nB,x\nC,y\n")
        #expect(read.unmatched.map(\.names) == [["A"], ["C"]])
        #expect(read.unmatched.map(\.onlyInFile) == [false, true])
    }

    @Test func `files can be judges, heats or stages`() throws {
        let directory = try TemporaryDirectory()
        let paths = try ["王", "李"].map { try directory.write("项目,得分\nA,1\nB,2\n", to: "\($0).csv") }
        #expect(throws: ScoreSheetError.self) { try Reading(of: paths) }
        var options = ReadingOptions()
        options.file = .judge
        #expect(try Reading(of: paths, as: options).sheet.described == ["A/李=1", "A/王=1", "B/李=2", "B/王=2"])
        let heats = try ["第1场", "第2场"].map { try directory.write("entry,judge,score\n\($0)A,J,1\n", to: "\($0).csv") }
        options.file = .heat
        #expect(try Reading(of: heats, as: options).sheet.described == ["第1场/第1场A/J=1", "第2场/第2场A/J=1"])
    }

    @Test func `a plain file is read as it is, and to the same sheet when every cell is looked at`() throws {
        let directory = try TemporaryDirectory()
        let rows = (0..<60).map { "heat\($0 % 3),E\($0 / 4),J\($0 % 4),\(Double($0) + 0.25),s\($0 / 4 % 2)\n" }
        let path = try directory.write("heat,entry,judge,score,sector\n" + rows.joined(), to: "a.csv")
        let (plain, thorough) = (try Reading(of: [path]), try Reading(of: [path], isThorough: true))
        #expect(plain.sheet == thorough.sheet)
        #expect(plain.sources[0].rows == 60 && thorough.changes.isEmpty)
    }

    @Test(.timeLimit(.minutes(5))) func `a sheet with thousands of columns of totals is checked in a moment`() throws {
        let count = 1500
        let headers = (1...count).map { "J\($0)" } + [String](repeating: "Total", count: count) + [String](repeating: "Rank", count: count)
        let rows = (1...2).map { row in
            ["E\(row)"] + [String](repeating: "\(3 - row)", count: count) + [String](repeating: "\((3 - row) * count)", count: count)
                + [String](repeating: "\(row)", count: count)
        }
        let read = try reading(([["entry"] + headers] + rows).map { $0.joined(separator: ",") + "\n" }.joined())
        #expect(read.sheet.units.count == 2 * count && read.wrongTotals.isEmpty && read.uncheckedColumns.isEmpty)
    }

    /// Speakers across and criteria below each other: whose ballot it is, it does not say, but it is one judge's.
    @Test func `a ballot that names no judge is one judge's, called like its file`() throws {
        let found = try reading("Criterion,Points,Ada,Bea\nContent,50,40,45\nDelivery,30,25,24\nTotal,80,65,69\n")
        #expect(found.sheet.described == ["Ada/0/Content=40", "Ada/0/Delivery=25", "Bea/0/Content=45", "Bea/0/Delivery=24"])
        #expect(found.sheet.judges == ["0"])
        let change = try #require(found.changes.first { $0.reason == .namedAfterFile })
        #expect((change.before, change.after, change.location.line) == ("", "0", 1))
    }
}
