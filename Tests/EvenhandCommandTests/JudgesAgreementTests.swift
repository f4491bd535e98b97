import Foundation
import TestSupport
import Testing

/// Agreement on the command line.
@Suite struct JudgesAgreementTests {
    private static let icc = "Tests/Fixtures/agreement/shrout_fleiss_1979.csv"

    private func rows(_ arguments: [String]) throws -> [[String]] {
        let run = try CommandRun(["judges"] + arguments + ["--format", "csv", "--lang", "en"])
        #expect(run.status == 0, "\(run.error)")
        return run.lines.filter { !$0.isEmpty }.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    /// Expected: R's psych (`Fixtures/agreement/expected.csv`), which also has the limits of the note; the interval by numpy, judges and
    /// entries left out (`JackknifedVariancesTests`). ICC(A,1) has a comma and is quoted.
    @Test func `agreement is a table of its own, and only that one is made`() throws {
        let run = try CommandRun(["judges", Self.icc, "--format", "csv", "--table", "agreement", "--lang", "en"])
        #expect(run.lines[0] == "statistic,value,low,high,n,population")
        let line = try #require(run.lines.first { $0.hasPrefix("\"ICC(A,1)\",") })
        let cells = line.dropFirst("\"ICC(A,1)\",".count).split(separator: ",")
        #expect(isClose(Double(cells[0])!, 0.28976377952755894, relative: 1e-10))
        #expect(cells[1] == "0" && isClose(Double(cells[2])!, 0.6085602417478972, relative: 1e-9))
        #expect(cells[3] == "6" && cells[4] == "6 entries")
        #expect(run.error.hasPrefix("Among the 6 entries,"))
        let notes = try CommandRun(["judges", Self.icc, "--lang", "en"]).output
        #expect(
            notes.contains(
                "The usual ones from F distributions (ICC(A,1) 0.02 to 0.76, ICC(C,1) 0.34 to 0.95) cover the true value in 95 % of"),
            "\(notes)")
    }

    @Test func `so many judges give so much, this panel's own size among them`() throws {
        let found = try rows([Self.icc, "--table", "enough"])
        #expect(found[0].prefix(3) == ["judges", "reliability", "dependability"])
        #expect(found.dropFirst().map { $0[0] } == ["3", "4", "5", "7", "9"])
        #expect(isClose(Double(found[2][1])!, 0.9093155423770694, relative: 1e-10))
        #expect(isClose(Double(found[2][2])!, 0.6200505475989889, relative: 1e-10))
    }

    @Test func `the reliability asked for is a share`() throws {
        let panel = try rows([Self.icc, "--table", "panel", "--reliability", "0.95"])
        #expect(panel[1] == ["reliability", "0.95", "8", "2", "142"])
        for share in ["0", "1", "1.5"] {
            let run = try CommandRun(["judges", Self.icc, "--reliability", share])
            #expect(run.status == 64 && run.output.isEmpty)
        }
    }

    /// Two entries that may not differ at all leave the number open above.
    @Test func `judges without a limit are so many or more`() throws {
        let run = try CommandRun(["judges", "Tests/Fixtures/agreement/binary_2x10.csv", "--lang", "en"])
        #expect(run.output.contains("(3 or more) for an order of reliability 0.80."), "\(run.output)")
    }

    @Test func `the order of rows and the number of threads change no byte`() throws {
        let directory = try TemporaryDirectory()
        let text = try fixture("agreement/incomplete_30x9_reml.csv")
        let lines = text.split(separator: "\n")
        let file = try directory.write(([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n", to: "reversed.csv")
        for table in ["agreement", "enough"] {
            let plain = try rows(["Tests/Fixtures/agreement/incomplete_30x9_reml.csv", "--table", table])
            #expect(try rows([file, "--table", table]) == plain)
        }
    }

    @Test func `with one judge a message says that agreement needs two`() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("entry,judge,score\nA,J,5\nB,J,6\nC,J,7\n", to: "one.csv")
        let run = try CommandRun(["judges", file, "--lang", "zh"])
        #expect(run.status == 0 && run.output.contains("只有一位评委"))
    }
}
