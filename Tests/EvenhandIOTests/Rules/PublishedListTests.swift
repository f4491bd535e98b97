import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

@Suite struct PublishedListTests {
    private func list(_ text: String, entry: String? = nil) throws -> PublishedList {
        let directory = try TemporaryDirectory()
        return try PublishedList(contentsOf: try directory.write(text, to: "list.csv"), entry: entry)
    }

    @Test(arguments: [
        "名次,项目,最后得分\n1,甲,88.50\n2,乙,80.1\n", "entry,result,rank\n甲,88.50,1\n乙,80.1,2\n",
        "\u{FEFF}Team;Score;Place\n甲;88.50;1\n\n乙;80.1;2\n",
        "排名,作品,得分,总分\n第1名,甲,1,88.50\n第2名,乙,2,80.1", "rank\tproject\ttotal\n=1\t甲\t88.50\n=2\t乙\t80.1\n",
    ])
    func `headers of both languages are known`(text: String) throws {
        let lines: [PublishedList.Line] = [
            .init(entry: "甲", result: Fraction(885, over: 10), rank: Fraction(1)),
            .init(entry: "乙", result: Fraction(801, over: 10), rank: Fraction(2)),
        ]
        #expect(try list(text) == PublishedList(lines: lines, decimals: 2))
    }

    @Test func `heats, words for those who did not start, marks and remarks are read`() throws {
        let text = """
            round,heat,rank,entry,result
            final,h1,1st,A,88.50*
            final,h1,DNF,B,disqualified
            final,h2,1.,A,80.1 pts
            final,h2,–,C,-
            final,h2,T2,D,7 分
            Scores of the panel,,,,
            Scores of the panel,,,,
            ,,,Note,
            ,,,Note,
            Mean,,,,83.9

            """
        let lines: [PublishedList.Line] = [
            .init(entry: "A", stage: "final", heat: "h1", result: Fraction(177, over: 2), rank: Fraction(1)),
            .init(entry: "B", stage: "final", heat: "h1", result: nil, rank: nil),
            .init(entry: "A", stage: "final", heat: "h2", result: Fraction(801, over: 10), rank: Fraction(1)),
            .init(entry: "C", stage: "final", heat: "h2", result: nil, rank: nil),
            .init(entry: "D", stage: "final", heat: "h2", result: Fraction(7), rank: Fraction(2)),
        ]
        let read = try list(text)
        #expect(read.lines.filter { $0.entry != "Note" } == lines && read.decimals == 2)
    }

    @Test func `titles above and signatures below a list are passed over, and names compared in one form`() throws {
        let text = "关于公布决赛成绩的通知,,\n,,\n名次,项目名称,最终得分\n1,Ａ１,88.5\n2,乙 ,80\n记录员：,,\n"
        #expect(try list(text).lines.map(\.entry) == ["A1", "乙"])
    }

    @Test func `results or ranks may be missing, altogether or for some`() throws {
        let ranks = try list("entry,rank\nA,1\nB,\n")
        #expect(ranks.lines.map(\.result) == [nil, nil] && ranks.lines.map(\.rank) == [Fraction(1), nil] && ranks.decimals == 0)
        #expect(try list("参赛单位,得分\nA,3\n", entry: "参赛单位").lines.map(\.entry) == ["A"])
    }

    @Test(arguments: [
        ("entry,result\nA,8l.2\n", ScoreSheetError.Kind.notANumber, 2, "result", "8l.2"),
        ("entry,rank\nA,first\n", .notANumber, 2, "rank", "first"),
        ("entry,rank\nA,2-3\n", .notANumber, 2, "rank", "2-3"),
        ("entry,result\nA,-\nB,DNS\n", .noResults(headers: ["result"]), 1, "", ""),
        ("heat,entry,result\nh,A,1\nh,A,2\n", .duplicate(firstLine: 2), 3, "entry", "A"),
        ("entry,result\nA,1\nB,2\nA,3\n", .duplicate(firstLine: 2), 4, "entry", "A"),
        ("entry,result\n,1\n", .emptyName, 2, "entry", ""),
        ("entry,result\nA\n", .missingField(found: 1, expected: 2), 2, "", "A"),
        ("who,result\nA,1\n", .noColumn(role: .entry, headers: ["who", "result"]), 1, "", ""),
        ("entry,remark\nA,1\n", .noColumn(role: .score, headers: ["entry", "remark"]), 1, "", ""),
    ])
    func `what is wrong with a list is said with its line`(
        text: String, kind: ScoreSheetError.Kind, line: Int, column: String, offending: String
    ) throws {
        do {
            _ = try list(text)
            Issue.record("no error")
        } catch let error as ScoreSheetError {
            let problem = try #require(error.problems.first)
            #expect(problem.kind == kind && problem.line == line && (problem.column ?? "") == column && problem.text == offending)
        }
    }
}
