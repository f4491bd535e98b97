import Evenhand
import Foundation
import TestSupport
import Testing

@testable import EvenhandIO

@Suite struct ReadingTests {
    @Test(arguments: [
        ("plain", "entry,judge,score\nA,J,1\nB,J,2.5\n", ["A/J=1", "B/J=2.5"]),
        ("no final line end", "entry,judge,score\nA,J,1\nB,J,2.5", ["A/J=1", "B/J=2.5"]),
        ("CR LF", "entry,judge,score\r\nA,J,1\r\nB,J,2.5\r\n", ["A/J=1", "B/J=2.5"]),
        ("byte order mark", "\u{FEFF}entry,judge,score\nA,J,1\n", ["A/J=1"]),
        ("blank lines", "\n\r\n\nentry,judge,score\n\nA,J,1\n\r\n\nB,J,2\n\n", ["A/J=1", "B/J=2"]),
        ("tabs", "entry\tjudge\tscore\nA,a\tJ\t1\n", ["A,a/J=1"]),
        ("semicolons", "entry;judge;score\nA,a;J;1\n", ["A,a/J=1"]),
        ("separators in a quoted header", "\"the, best, entry\";entry;judge;score\n\"x;y\";A;J;1\n", ["A/J=1"]),
        ("quotes", "\"entry\",\"judge\",\"score\"\n\"A\",\"J\",\"1\"\n", ["A/J=1"]),
        ("doubled quotes", "entry,judge,score\n\"A \"\"a\"\"\",\"\"\"J\"\"\",1\n", ["A \"a\"/\"J\"=1"]),
        ("quotes within", "entry,judge,score\nA\"a\",J\",1\n", ["A\"a\"/J\"=1"]),
        ("embedded line ends", "entry,judge,score\n\"A\nb\",\"J\r\nk\",1\n", ["A\nb/J\r\nk=1"]),
        ("embedded separators", "entry,judge,score\n\"A,a\",\"J,,\",\"1\"\n", ["A,a/J,,=1"]),
        ("quotes before CR LF", "entry,judge,\"score\"\r\nA,J,\"1\"\r\n", ["A/J=1"]),
        ("spaces around", " entry ,\tjudge, score\n  A , J\t, 1.50 \n", ["A/J=1.5"]),
        ("quoted and plain are one", "entry,judge,score\nA,J,1\n\"A\",K,2\nA ,L,3\n", ["A/J=1", "A/K=2", "A/L=3"]),
        ("any order", "score,judge,entry\n1,J,A\n", ["A/J=1"]),
        ("upper case", "ENTRY,Judge,SCORE\nA,J,1\n", ["A/J=1"]),
        ("Chinese", "项目名称,专家,打分,指标,场次,阶段\nA,J,1,创新性,第1场,初赛\n", ["初赛/第1场/A/J/创新性=1"]),
        ("other aliases", "team,rater,points,aspect,session,round\nA,J,1,c,h,s\n", ["s/h/A/J/c=1"]),
        ("heats", "entry,judge,score,heat\nB,J,1,1\nA,J,2,2\nA,J,3,1\n", ["1/A/J=3", "1/B/J=1", "2/A/J=2"]),
        ("stages", "entry,judge,score,stage\nA,J,1,x\nA,J,2,w\n", ["w/A/J=2", "x/A/J=1"]),
        ("criteria", "entry,judge,score,criterion\nA,J,1,b\nA,J,2,a\n", ["A/J/a=2", "A/J/b=1"]),
        ("numbers", "entry,judge,score\nA,J,-1\nA,K,+.5\nA,L,5.\nA,M,1e2\nA,N,-0\n", ["A/J=-1", "A/K=0.5", "A/L=5", "A/M=100", "A/N=0"]),
        ("many digits", "entry,judge,score\nA,J,0.1234567\nA,K,2.5\n", ["A/J=0.1234567", "A/K=2.5"]),
        ("trailing zeros", "entry,judge,score\nA,J,88.50000000\nA,K,2\n", ["A/J=88.5", "A/K=2"]),
    ])
    func `every way to write a sheet is read`(name: String, text: String, expected: [String]) throws {
        #expect(try reading(text).sheet.described == expected)
    }

    @Test(arguments: ColumnRole.allCases.filter { !$0.isOnDemand })
    func `every header of a role is known in any case`(role: ColumnRole) throws {
        let needed: [ColumnRole: String] = [.entry: "entry", .judge: "judge", .score: "score"]
        for header in role.headers + role.headers.map({ $0.uppercased() }) {
            var headers = needed
            headers[role] = header
            let roles = ColumnRole.allCases.filter { headers[$0] != nil }
            let text = roles.map { headers[$0] ?? "" }.joined(separator: ",") + "\n" + roles.map { _ in "1" }.joined(separator: ",") + "\n"
            let sheet = try reading(text).sheet
            #expect(sheet.count == 1 && sheet.entryAttributes.isEmpty, "\(header)")
        }
    }

    @Test func `a column can be named`() throws {
        let text = "entry,评审专家,judge,Mark\nA,J,x,1\nA,K,y,2\n"
        let read = try reading(text, columns: [.judge: "评审专家"])
        #expect(read.sheet.described == ["A/J=1", "A/K=2"])
        #expect(read.ignoredColumns == ["judge"])
    }

    @Test func `a further column is an attribute when it is constant for each entry, else it is ignored and named`() throws {
        let text = "entry,judge,score,city,note,sector,\nB,J,1,杭州,x,,\nB,K,2,杭州,y,,\nA,J,3,宁波,x,AI,\n"
        let read = try reading(text)
        #expect(read.sheet.describedAttributes == ["city:宁波,杭州", "sector:AI,–"])
        #expect(read.ignoredColumns == ["note"])
    }

    @Test func `an attribute that varies between files is ignored`() throws {
        let read = try reading("entry,judge,score,city,x\nA,J,1,a,1\n", "entry,judge,score,city\nA,K,1,b\n")
        #expect(read.ignoredColumns == ["city"])
        #expect(read.sheet.describedAttributes == ["x:1"])
    }

    @Test func `files of entries and judges bring attributes`() throws {
        let read = try reading(
            "entry,judge,score,city\nA,J,1,x\nB,K,2,x\n", entries: "city;Team\n\"杭\"\"州\";B\n\n;A\nnowhere;C\n",
            judges: "expert,employer\nK,\"a,b\"\n")
        #expect(read.sheet.describedAttributes == ["city:–,杭\"州"])
        #expect(read.sheet.judgeAttributes.map(\.name) == ["employer"])
        #expect(read.sheet.judgeAttributes[0].values == Factor([nil, "a,b"]))
    }

    @Test func `several files are one sheet`() throws {
        let read = try reading("entry,judge,score\nB,J,1\nA,J,2.25\n", "判,项目,评委,分数\n,A,K,3\n,C,J,4\n", "entry;judge;score\nA;I;5\n")
        #expect(read.sheet.described == ["A/I=5", "A/J=2.25", "A/K=3", "B/J=1", "C/J=4"])
        #expect(read.sheet.unitsPerPoint == 100)
        #expect(read.inputs.map(\.rows) == [2, 2, 1])
        #expect(read.inputs.map(\.bytes) == [33, 39, 24])
    }

    @Test func `long names with equal beginnings are told apart and sorted by code points`() throws {
        let names = [
            "第一百二十三号项目", "第一百二十三号项日", "第一百二十", "abcdefgh", "abcdefghi", "abcdefgh ij", "abcdefg", "é", "e\u{31}", "Z", "a", "项", "😀",
            "\u{A015}",
        ]
        let text = "entry,judge,score\n" + (0..<3).flatMap { judge in names.map { "\($0),\($0.reversed())\(judge),\(judge)\n" } }.joined()
        let sheet = try reading(text).sheet
        let sorted = names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
        #expect(sheet.entries.map { Array($0.utf8) } == sorted.map { Array($0.utf8) })
        #expect(sheet.judges.count == 3 * names.count)
        #expect(sheet.count == 3 * names.count)
    }

    @Test func `shuffled rows and permuted columns give the same sheet`() throws {
        let rows = (0..<40).map { ["E\($0 % 10)", "a judge \($0 / 10)", "\($0).\($0 % 4)", "city \($0 % 5)", "H\($0 % 2)"] }
        let headers = ["entry", "judge", "score", "city", "heat"]
        func text(_ rows: [[String]], _ columns: [Int]) -> String {
            ([headers] + rows).map { row in columns.map { row[$0] }.joined(separator: ",") + "\n" }.joined()
        }
        let expected = try reading(text(rows, [0, 1, 2, 3, 4])).sheet
        #expect(expected.count == 40)
        #expect(try reading(text(rows.reversed(), [4, 2, 0, 3, 1])).sheet == expected)
        #expect(try reading(text(rows.sorted { $0[2] < $1[2] }, [3, 1, 4, 2, 0])).sheet == expected)
    }

    @Test(arguments: [10, 70_000, 300_000])
    func `a pipe is read to its end`(count: Int) throws {
        let directory = try TemporaryDirectory()
        let text = "entry,judge,score\n" + (0..<count / 10).map { "E\($0),J,5\n" }.joined()
        let pipe = directory.path + "/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        let writer = Thread { try? Data(text.utf8).write(to: URL(filePath: pipe), options: []) }
        writer.start()
        let read = try Reading(of: [pipe])
        #expect(read.sheet.count == count / 10)
        #expect(read.inputs.map(\.bytes) == [text.utf8.count])
    }
}
