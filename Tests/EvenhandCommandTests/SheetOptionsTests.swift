import Foundation
import TestSupport
import Testing

/// What the user says about sheets that do not say it themselves.
@Suite struct SheetOptionsTests {
    private func run(_ text: String, _ options: [String], named name: String = "s.csv") throws -> (
        status: Int32, output: String, error: String
    ) {
        let directory = try TemporaryDirectory()
        let run = try CommandRun(["rank", try directory.write(text, to: name), "--format", "csv", "--method", "mean"] + options)
        return (run.status, run.output, run.error.replacing(directory.path + "/", with: ""))
    }

    @Test(arguments: [
        ("项目,a,b,年销量\nA,5,7,1\nB,6,6,2\n", ["--wide", "a,b"], "entry,scores,mean,mean_rank\nA,2,6,1\nB,2,6,1\n"),
        ("entry,judge,score,x\nA,J,5,7\nB,J,6,9\n", ["--wide", "x"], "entry,scores,mean,mean_rank\nB,1,9,1\nA,1,7,2\n"),
        (
            "entry,a,b\nA,5,7\nB,6,8\n", ["--file-is", "judge", "--columns", "criterion"],
            "entry,scores,mean,mean_rank\nB,1,14,1\nA,1,12,2\n"
        ),
        ("entry,J1,J2\nA,5,7\nB,6,8\n", ["--file-is", "heat"], "entry,scores,mean,mean_rank\nB,2,7,1\nA,2,6,2\n"),
        ("entry,J1,J2\nA,5,7\nB,6,8\n", ["--wide", "--range", "0:8"], "entry,scores,mean,mean_rank\nB,2,7,1\nA,2,6,2\n"),
    ])
    func `options say what the columns are`(text: String, options: [String], expected: String) throws {
        let run = try run(text, options)
        #expect(run.output == expected, "\(run.error)")
    }

    @Test(arguments: [
        (
            "entry,J1,J2\nA,5,7\nB,6,108\n", ["--range", "0:10"],
            "s.csv:3:J2: “108” is not between 0 and 10; correct the score or the range (--range). [E213]\n"
        ),
        (
            "entry,judge,score\nA,J,-1\n", ["--range", "0:10"],
            "s.csv:2:score: “-1” is not between 0 and 10; correct the score or the range (--range). [E213]\n"
        ),
        (
            "entry,judge,criterion,score\nA,J,c,31\n", ["--max", "c=30"],
            "s.csv:2:score: “31” is above the maximum of c, 30; correct the score or the maximum (--max). [E214]\n"
        ),
        (
            "entry,a,b\nA,5,7\n", ["--wide", "a,c"],
            "s.csv:1: no column “c”; found entry, a, b. --wide takes column names as the header spells them. [E121]\n"
        ),
        (
            "entry,words\nA,five\n", [],
            "s.csv:1: no column for the judge; found entry, words. Name it judge, or use --column judge=HEADER; with a file for each judge: --file-is judge. [E105]\n"
        ),
    ])
    func `what does not fit is refused with its position`(text: String, options: [String], expected: String) throws {
        let run = try run(text, options)
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.error == expected)
    }

    @Test(arguments: [["--range", "5"], ["--range", "9:1"], ["--columns", "heat"], ["--file-is", "criterion"], ["--sheet-is", "row"]])
    func `options that mean nothing are wrong usage`(options: [String]) throws {
        let run = try run("entry,a,b\nA,5,7\n", options)
        #expect(run.status == 64 && run.output.isEmpty)
    }

    @Test func `sheets of a workbook are chosen by name`() throws {
        let book = CommandRun.root.appending(path: "Tests/Fixtures/workbooks/contest.xlsx").path()
        let known = try CommandRun(["rank", book, "--sheet", "初赛", "--format", "csv"])
        #expect(known.status == 0 && known.output.contains("张三"))
        let unknown = try CommandRun(["rank", book, "--sheet", "决赛"])
        #expect(unknown.status == 1 && unknown.error.hasSuffix("[E122]\n") && unknown.error.contains("no sheet “决赛”; the workbook has"))
    }
}
