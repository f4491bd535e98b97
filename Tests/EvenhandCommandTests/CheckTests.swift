import Foundation
import TestSupport
import Testing

@Suite struct CheckTests {
    private let made = ["check", "Data/zhejiang-2022/scores.csv", "--entries", "Data/zhejiang-2022/entries.csv"]

    @Test func `the made contest is three groups in its first stage and one in its final`() throws {
        let run = try CommandRun(made + ["--format", "csv", "--table", "subsets"])
        #expect(run.status == 0)
        #expect(
            run.output == """
                subset,stage,heats,judges,entries
                1,初赛,"第1场, 第3场, 第5场, 第8场",13,68
                2,初赛,"第2场, 第6场, 第9场",10,50
                3,初赛,"第4场, 第7场",9,34
                1,决赛,决赛,7,24
                1,all,"决赛, 第1场, 第2场, 第3场, 第4场, 第5场, 第6场, 第7场, 第8场, 第9场",32,152

                """)
        #expect(
            run.error.hasPrefix(
                """
                Read as: 1 file; one row per score.
                The scores can be ranked: in 决赛 all 24 entries were scored by the same 7 judges, so no assumption about severity is needed (evenhand rank …). \
                The panels of 初赛 fall into 3 groups that share no judge: rank heat by heat (evenhand rank … --stage 初赛 --each heat), or use --assume to say how to compare them. \
                z-scores across groups assume that every judge saw entries of the same average quality; the scores cannot show whether that is so. Nothing looks wrong.

                """))
    }

    @Test func `what it recommends can be typed`() throws {
        let run = try CommandRun(["rank", "Data/zhejiang-2022/scores.csv", "--stage", "初赛", "--each", "heat"])
        #expect(run.status == 0 && run.output.contains("第9场"))
    }

    @Test func `JSON holds all tables, in Chinese too`() throws {
        let run = try CommandRun(made + ["--format", "json", "--lang", "zh"])
        let json = try #require(try JSONSerialization.jsonObject(with: run.outputBytes) as? [String: Any])
        #expect(
            (json["tables"] as? [String: Any])?.keys.sorted() == [
                "changes", "columns", "design", "problems", "rows_left_out", "subsets", "understood",
            ])
        #expect((json["verdict"] as? String)?.contains("初赛评委分为 3 个互不重叠的组") == true)
        #expect((json["command"] as? String) == "check" && (json["input"] as? [[String: Any]])?.first?["rows"] as? Int == 1013)
    }

    @Test func `a part of the contest is checked alone`() throws {
        let run = try CommandRun(made + ["--stage", "初赛"])
        #expect(run.status == 0 && run.output.contains("The panels fall into 3 groups") && !run.output.contains("决赛: "))
    }

    @Test func `a sheet with errors prints its tables and exits 1`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("项目,评委1,评委2\nA,88,9O\n B,abc,85\n", to: "s.csv")
        let run = try CommandRun(["check", path])
        #expect(run.status == 1)
        #expect(
            run.error.replacing(directory.path + "/", with: "") == """
                s.csv:2:评委2: “9O” is not a number; write digits with a decimal point, for example 88.5. [E201]
                s.csv:3:评委1: “abc” is not a number; write digits with a decimal point, for example 88.5. [E201]

                """)
        #expect(run.output.contains("The scores cannot be read: 2 problems, listed below."))
        #expect(run.output.contains("Read as: 1 file; 2 judge columns: 评委1, 评委2.") && run.output.contains("What was understood"))
        let problems = try CommandRun(["check", path, "--format", "csv", "--table", "problems"])
        #expect(problems.status == 1 && problems.lines[0] == "code,severity,file,line,column,value,message,fix")
        #expect(problems.lines[1].hasPrefix("E201,error,") && problems.lines[1].contains(",2,评委2,9O,“9O” is not a number,"))
    }

    @Test(arguments: ["", "who,what\n1,2\n", "\u{1F}\u{8B}zip", "entry,judge,score\nA,J,1\nA,J,2\n", "entry,judge,score\n"])
    func `what cannot be understood prints its tables all the same`(text: String) throws {
        let path = try TemporaryDirectory()
        let file = try path.write(text, to: "s.csv")
        for format in ["table", "markdown", "csv", "excel-csv", "xlsx", "json"] {
            let run = try CommandRun(["check", file, "--format", format])
            #expect(run.status == 1 && !run.output.isEmpty && run.error.contains(/\[E\d\d\d\]/), "\(format): \(run.error)")
        }
    }

    @Test func `a file that is not there and standard input are named`() throws {
        let missing = try CommandRun(["check", "nowhere.csv"])
        #expect(missing.status == 1 && missing.output.contains("nowhere.csv: not understood") && missing.error.hasSuffix("[E101]\n"))
        let piped = try CommandRun(["check", "-"], input: Array("entry,judge,score\nA,J,1\nB,J,7q\n".utf8))
        #expect(piped.status == 1 && piped.output.contains("\nE201     3  score   “7q”"))
        #expect(piped.output.contains("standard input: ") && piped.error.hasPrefix("standard input:3:"))
        let whole = try CommandRun(["check", "-", "--all-columns"], input: Array("entry,judge,score\nA,J,1\nB,J,7q\n".utf8))
        #expect(whole.output.contains("E201  error     standard input"))
    }

    @Test(arguments: Array(stride(from: 0, to: SpoiledSheet.all.count, by: 3)))
    func `a spoiled sheet is checked without a trap`(index: Int) throws {
        let (sheet, directory) = (SpoiledSheet.all[index], try TemporaryDirectory())
        let path = try directory.write(sheet.bytes(), to: "in.csv")
        let run = try CommandRun(["check", path, "--format", "json"])
        #expect(!run.wasSignalled && [0, 1].contains(run.status) && !run.output.isEmpty, "\(sheet): \(run.error.prefix(400))")
    }

    @Test func `with --strict a warning makes the status 2, in rank as well`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("项目,评委1,评委2,总分\nA,88,90,178\nB,80,85,166\nC,70,75,145\n", to: "s.csv")
        for command in ["check", "rank", "normalize"] {
            let run = try CommandRun([command, path, "--strict"])
            #expect(
                run.status == 2
                    && run.error.hasSuffix("s.csv:3:总分: the sheet says 166, but the scores give 165; correct one of them. [W305]\n"))
            #expect(try CommandRun([command, path]).status == 0)
        }
    }

    @Test func `rank says which of its attributes cannot be separated from the heat`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(
            "heat,entry,city,judge,score\na,A,x,J,8\na,B,x,J,9\nb,C,y,J,7\nb,D,y,J,8\n", to: "s.csv")
        let run = try CommandRun(["rank", path])
        #expect(run.output.contains("\n- city: each of its 2 values occurs in one heat only: city cannot be separated from the heat.\n"))
    }

    /// Nobody may vanish: a row or column of empty cells has a name all the same.
    @Test(arguments: ["rank", "check", "judges"])
    func `entries and judges without any score are named`(command: String) throws {
        let directory = try TemporaryDirectory()
        let scores = ["A,J1,7", "A,J2,8", "B,J1,6", "B,J2,5", "C,J1,", "C,J2,", "D,J1,9", "D,J2,7", "E,J1,5", "E,J2,6", "A,Judge 3,"]
        let path = try directory.write("entry,judge,score\n" + scores.joined(separator: "\n") + "\n", to: "scores.csv")
        let run = try CommandRun([command, path])
        #expect(run.status == 0)
        #expect(run.error.contains("no score at all, so left out of every result: 1 entry: C. [W316]"))
        #expect(run.error.contains("no score at all, so left out of every result: 1 judge: Judge 3. [W316]"))
        let strict = try CommandRun([command, path, "--strict", "--lang", "zh"])
        #expect(strict.status == 2 && strict.error.contains("没有任何分数，不计入任何结果：1 个项目：C。"))
        let hidden = try CommandRun([command, path, "--anonymize", "entries", "--anonymize", "judges"])
        #expect(!hidden.error.contains("C.") && !hidden.error.contains("Judge 3"))
        let wide = try directory.write("Team,Judge 1,Judge 2,Judge 3\nA,7,8,\nB,6,5,\nC,,,\nD,9,7,\nE,5,6,\n", to: "wide.csv")
        let found = try CommandRun([command, wide])
        #expect(found.status == 0 && found.error.contains("1 entry: C. [W316]") && found.error.contains("1 judge: Judge 3. [W316]"))
        // Scores somewhere else are enough.
        let all = try directory.write("Team,Judge 1,Judge 2\nA,7,8\nB,6,\nC,,5\nD,9,7\nE,5,6\n", to: "all.csv")
        #expect(!(try CommandRun([command, all]).error.contains("W316")))
    }
}
