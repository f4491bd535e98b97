import Foundation
import TestSupport
import Testing

/// The options that settle what a sheet does not say.
@Suite struct ReadingOptionsTests {
    private func rank(_ text: String, _ options: [String]) throws -> (status: Int32, output: String, error: String) {
        let directory = try TemporaryDirectory()
        let path = try directory.write(text, to: "s.csv")
        let run = try CommandRun(["rank", path, "--method", "mean", "--format", "csv"] + options)
        return (run.status, run.output, run.error.replacing(directory.path + "/", with: ""))
    }

    @Test(arguments: [
        ("Team,Gate,Judge 1,Judge 2\nA,2,9,7\nB,12,8,7\nC,7,5,5\n", ["--ignore", "Gate"], "A,2,8,1\nB,2,7.5,2\nC,2,5,3\n"),
        ("Team,Judge 1,Judge 2,Penalty\nA,9,7,2\nB,8,7,0\nC,5,5,1\n", ["--deduct", "Penalty"], "B,2,7.5,1\nA,2,6,2\nC,2,4,3\n"),
        (
            "Judge,Team,Idea,Demo,Penalty\nJ,A,9,7,2.5\nJ,B,8,7,0\nK,A,9,8,2.5\nK,B,5,5,0\n", ["--deduct", "Penalty"],
            "A,2,14,1\nB,2,12.5,2\n"
        ),
        ("Team,J1,J2,J3\nA,85,99,80\nB,99,70,72\nC,60,61,62\n", ["--missing", "99"], "A,2,82.5,1\nB,2,71,2\nC,3,61,3\n"),
        ("Team,Judge,Score\nA,J,5\nB,J,6\nA,J,9\n", ["--resubmitted", "last"], "A,1,9,1\nB,1,6,2\n"),
        ("Team,Judge,Score\nA,J,5\nB,J,6\nA,J,9\n", ["--resubmitted", "first"], "B,1,6,1\nA,1,5,2\n"),
        ("Team,A,B\nX,1,2\nY,2,1\nZ,3,3\n", ["--lower-is-better"], "X,2,1.5,1\nY,2,1.5,1\nZ,2,3,3\n"),
        ("Examinador,P,Q\nLi,1,2\nWu,3,4\n", ["--column", "judge=Examinador", "--columns", "entry"], "Q,2,3,1\nP,2,2,2\n"),
    ])
    func `an option settles a question`(text: String, options: [String], rows: String) throws {
        let run = try rank(text, options)
        #expect(run.status == 0 && run.output == "entry,scores,mean,mean_rank\n" + rows, "\(run.error)")
    }

    /// Three judges may all give 1, 2 and 3 of three points; four are asked about.
    @Test(arguments: [3, 4]) func `places of three entries are asked about from four judges on`(judges: Int) throws {
        let lines = ["Team,J1,J2,J3,J4", "X,1,2,1,3", "Y,2,1,3,1", "Z,3,3,2,2"].map { line in
            line.split(separator: ",").prefix(judges + 1).joined(separator: ",")
        }
        let run = try rank(lines.joined(separator: "\n") + "\n", [])
        #expect(run.status == (judges == 3 ? 0 : 1) && run.error.contains("--lower-is-better") == (judges == 4), "\(run.error)")
    }

    @Test func `what titles of tables name is asked, and said`() throws {
        let table = "Team,Judge 1,Judge 2\nA,9,7\nB,8,5\nC,5,6\n"
        let text = "Xanadu\n\(table)\nQuorum\n\(table)"
        let asked = try rank(text, [])
        #expect(asked.status == 1 && asked.output.isEmpty && asked.error.contains("[E151]"), "\(asked.error)")
        #expect(asked.error.contains("--table-is criterion") && asked.error.contains("--table-is stage"))
        let said = try rank(text, ["--table-is", "criterion"])
        #expect(said.status == 0 && said.output == "entry,scores,mean,mean_rank\nA,2,16,1\nB,2,13,2\nC,2,11,3\n", "\(said.error)")
    }

    @Test func `a question offers complete commands, and a remark after them does no harm`() throws {
        let directory = try TemporaryDirectory()
        let text = "Team,Gate,Judge 1,Judge 2\nA,2,9,7\nB,12,8,7\nC,7,5,5\n"
        let path = try directory.write(text, to: "it's.csv")
        let run = try CommandRun(["rank", path, "--format", "csv"])
        #expect(run.status == 1 && run.output.isEmpty && run.error.contains("[E140]"))
        let offer = try #require(run.error.split(separator: "\n").first { $0.hasPrefix("  evenhand ") })
        #expect(offer.contains("--ignore Gate") && offer.contains("  # "))
        // A shell that takes # for a remark, and one that takes it for a word.
        #expect(try CommandRun(shell: String(offer)).output.hasPrefix("entry,scores"))
        let words = offer.replacing("  # ", with: " '#' ")
        #expect(try CommandRun(shell: String(words) + " --top 1").lines.count == 3)
    }

    /// Without its layout the column is asked about.
    @Test func `a layout keeps what is taken off`() throws {
        let directory = try TemporaryDirectory()
        let text = "Team,Judge 1,Judge 2,Penalty\nA,80,82,9\nB,79,81,0\nC,78,70,1\n"
        let (path, layout) = (try directory.write(text, to: "s.csv"), directory.path + "/layout.json")
        #expect(try CommandRun(["check", path, "--deduct", "Penalty", "--save-layout", layout]).status == 0)
        #expect(try CommandRun(["rank", path]).error.contains("[E145]"))
        let run = try CommandRun(["rank", path, "--layout", layout, "--method", "mean", "--format", "csv"])
        #expect(run.lines.prefix(4).map { $0.prefix(8) } == ["entry,sc", "B,2,80,1", "C,2,73,2", "A,2,72,3"], "\(run.output)\(run.error)")
    }

    @Test func `a layout reads the next export the same way, and refuses another`() throws {
        let directory = try TemporaryDirectory()
        let first = try directory.write("Team,Gate,Li,Wu\nA,2,9,7\nB,12,8,7\nC,7,5,5\n", to: "first.csv")
        let layout = directory.path + "/layout.json"
        let check = try CommandRun(["check", first, "--ignore", "Gate", "--save-layout", layout])
        #expect(check.status == 0, "\(check.error)")
        // Read by itself this export would be another question.
        let second = try directory.write("Team,Gate,Li,Wu\nD,8,9,7\nE,9,8,7\n", to: "second.csv")
        let run = try CommandRun(["rank", second, "--layout", layout, "--method", "mean", "--format", "csv"])
        #expect(run.status == 0 && run.output == "entry,scores,mean,mean_rank\nD,2,8,1\nE,2,7.5,2\n", "\(run.error)")
        for text in ["Team,Gate,Li,Kim\nD,8,9,7\n", "Team,Gate,Li,Wu,Zhao\nD,8,9,7,1\n"] {
            let other = try directory.write(text, to: "other.csv")
            let refused = try CommandRun(["rank", other, "--layout", layout])
            #expect(refused.status == 1 && refused.output.isEmpty && refused.error.contains("[E156]"), "\(refused.error)")
        }
        let broken = try directory.write("{\"layout\": 1}", to: "broken.json")
        #expect(try CommandRun(["rank", first, "--layout", broken]).error.contains("[E155]"))
    }

    @Test func `every column has a use and a reason`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(
            "No,Team,City,Judge 1,Judge 2,Total,Notes\n1,A,x,9,7,16,good\n2,B,y,8,7,15,\n,,,,,,\n,Average,,8.5,7,15.5,\n", to: "s.csv")
        let run = try CommandRun(["check", path, "--format", "csv", "--table", "columns"])
        let rows = run.lines.dropFirst().filter { !$0.isEmpty }.map {
            $0.split(separator: ",", omittingEmptySubsequences: false)[2...5].joined(separator: ",")
        }
        #expect(
            rows == [
                "A,No,ignored,the words of its header", "B,Team,entry,the words of its header", "C,City,attribute,its cells",
                "D,Judge 1,score,the words of its header", "E,Judge 2,score,the words of its header",
                "F,Total,total,follows from the scores in every row", "G,Notes,attribute,its cells",
            ])
        let left = try CommandRun(["check", path, "--format", "csv", "--table", "rows_left_out"])
        #expect(left.lines[1].hasSuffix("mean of the rows above, by its values") || left.lines[1].contains("Average"), "\(left.output)")
    }
}
