import Foundation
import TestSupport
import Testing

/// Sheets of places and faults: every command is right of them as it is of scores mirrored at 50.
@Suite struct LowerIsBetterTests {
    private let directory: TemporaryDirectory
    private let faults: String
    private let mirrored: String
    private let entries: String

    init() throws {
        directory = try TemporaryDirectory()
        var (low, high) = (["heat,order,entry,judge,score"], ["heat,order,entry,judge,score"])
        for entry in 0..<16 {
            for judge in 0..<6 where (entry * entry + 3 * judge) % 5 > 0 {
                // Weak entries, severe judges, noise of whole points, and one score far off.
                let points =
                    2 * entry + [0, 3, 1, 5, 2, 1][judge] + (entry * 7 + judge * 11 + entry * judge * judge * 5) % 7
                    + (entry == 3 && judge == 1 ? 30 : 0)
                let start = "\(entry % 2 == 0 ? "H1" : "H2"),\(entry / 2 + 1),E\(10 + entry),J\(judge)"
                low.append("\(start),\(points)")
                high.append("\(start),\(50 - points)")
            }
        }
        faults = try directory.write(low.joined(separator: "\n"), to: "faults.csv")
        mirrored = try directory.write(high.joined(separator: "\n"), to: "mirrored.csv")
        let sectors = (0..<16).map { "E\(10 + $0),\($0 % 3 == 0 ? "arts" : "crafts")" }
        entries = try directory.write((["entry,sector"] + sectors).joined(separator: "\n"), to: "entries.csv")
    }

    /// The columns that hold points as they are in the sheet, whose images add up to 50.
    private static let levels: Set<String> = [
        "score", "mean", "trimmed", "median", "winsorized", "huber", "additive", "crossed", "calibrated", "result", "fair_mean",
        "shrunken_mean",
        "expected", "centered",
    ]
    /// Those whose images differ in sign.
    private static let differences: Set<String> = ["residual", "z", "smallest_change", "mean_difference", "difference"]

    struct Question: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let questions =
        [
            "rank --method mean --method trimmed --method median --method winsorized --method huber --method centered --method zscore --places 5",
            "rank --method additive --method crossed --method calibrated --method percentile --method rankit --method robust-z",
            "rank --method mean --tie-break median --ties average", "normalize", "normalize --method centered",
            "normalize --scale t --within heat", "judges --table judges", "judges --table outlying", "judges --table bias",
            "judges --table pairs",
            "judges --table agreement", "groups --by sector --places 5", "groups --by sector --result trimmed --places 5 --table pairs",
            "groups --by sector --table tests", "finals --places 5 --draws 400", "finals --places 5 --draws 400 --table influence",
            "finals --places 5 --draws 400 --table methods", "finals --places 5 --draws 400 --table heats",
            "finals --places 5 --draws 400 --method median", "finals --places 5 --draws 400 --range 0:50",
        ].map { Question(arguments: $0.split(separator: " ").map(String.init)) }

    private func rows(_ question: Question, _ file: String, _ more: [String]) throws -> [[String]] {
        let run = try CommandRun(
            question.arguments + [file, "--stage", "all", "--entries", entries, "--format", "csv", "--lang", "en"] + more)
        #expect(run.status == 0, "\(question.testDescription): \(run.error)")
        return run.lines.dropLast().map {
            $0.replacing(", ", with: "; ").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test(arguments: questions) func `the answer is that of mirrored scores`(_ question: Question) throws {
        let (ours, theirs) = (try rows(question, faults, ["--lower-is-better"]), try rows(question, mirrored, []))
        #expect(ours.count == theirs.count && ours.count > 1 && ours.first == theirs.first)
        let header = ours.first ?? []
        // In a table of high scores the ends of an interval are exchanged.
        let isOfGroups = question.arguments[0] == "groups"
        for (a, b) in zip(ours.dropFirst(), theirs.dropFirst()) {
            for (column, name) in header.enumerated() {
                // Ratios have no mirror image.
                if a[0].contains("ratio") || name == "coefficient" { continue }
                guard let x = Double(a[column]) else { #expect(a[column] == b[column], "\(name): \(a) \(b)"); continue }
                let ends = isOfGroups ? ["low": "high", "high": "low"][name] : nil
                let other = try #require(Double(b[ends.flatMap(header.firstIndex) ?? column]), "\(name)")
                let isLevel =
                    (Self.levels.contains(name) && !question.arguments.contains("methods")) || (ends != nil && header.contains("fair_mean"))
                let isDifference = Self.differences.contains(name) || (ends != nil && !isLevel)
                let image = isLevel ? 50 - other : isDifference ? -other : other
                let isNormalized = name == "normalized" && question.arguments.contains("centered")
                #expect(isClose(x, isNormalized ? 50 - other : image, relative: 1e-7, absolute: 1e-7), "\(name): \(a) \(b)")
            }
        }
    }

    @Test func `the table is sorted with the lowest first, and a note says so`() throws {
        let run = try CommandRun(["rank", faults, "--lower-is-better", "--stage", "all", "--lang", "en"])
        #expect(run.status == 0 && run.output.contains("The lowest score is the best"))
        #expect(try CommandRun(["rank", mirrored, "--stage", "all", "--lang", "en"]).output.contains("lowest is the best") == false)
        let first = try #require(run.lines.first { $0.hasPrefix("E1") })
        #expect(first.hasPrefix("E10") && first.contains(" 1 "))
    }

    @Test func `an explanation counts in the points of the sheet`() throws {
        let run = try CommandRun(
            ["rank", faults, "--lower-is-better", "--stage", "all", "--explain", "E12", "--method", "mean", "--method", "crossed"])
        let steps = run.lines.drop { !$0.hasPrefix("How E12") }
        #expect(!steps.contains { $0.contains("left out") } && steps.contains { $0.contains("rank among 16") })
        let mean = try #require(steps.first { $0.contains("mean of the scores as given") }?.split(separator: " ").last)
        #expect((Double(mean) ?? -1) > 0)
    }

    @Test func `a published list is compared as it is`() throws {
        let places = try directory.write("entry,judge,score\nA,J,1\nA,K,2\nB,J,2\nB,K,1\nC,J,3\nC,K,3\n", to: "places.csv")
        let list = try directory.write("entry,total,rank\nA,3,1\nB,3,1\nC,6,3\n", to: "list.csv")
        let run = try CommandRun(["rank", places, "--lower-is-better", "--verify", list, "--lang", "en"])
        #expect(run.output.hasPrefix("Reproduced: 3 of 3 results, 3 of 3 ranks. Rule found: sum of the scores"), "\(run.output)")
    }

    @Test func `a rule has the totals of a sheet of faults`() throws {
        let rule = try directory.write(#"{"steps": [{"judges": "sum"}]}"#, to: "rule.json")
        let places = try directory.write("entry,judge,score\nA,J,1\nA,K,2\nB,J,2\nB,K,3\nC,J,3\nC,K,1\n", to: "places.csv")
        let run = try CommandRun(["rank", places, "--lower-is-better", "--rule", rule, "--method", "mean", "--format", "csv"])
        #expect(run.lines.dropFirst().first == "A,2,3,1,1.5,1", "\(run.output)\(run.error)")
        let finals = try CommandRun([
            "finals", faults, "--lower-is-better", "--stage", "all", "--rule", rule, "--places", "4", "--format", "csv",
        ])
        #expect(finals.status == 0 && finals.lines[1].hasPrefix("E10,"), "\(finals.output)\(finals.error)")
    }

    @Test func `limits are those of the sheet`() throws {
        let run = try CommandRun(["rank", faults, "--lower-is-better", "--stage", "all", "--range", "0:30", "--lang", "en"])
        #expect(run.status == 1 && run.error.contains("E213") && run.error.contains("“32” is not between 0 and 30"), "\(run.error)")
    }

    @Test func `check says what the best score is`() throws {
        let run = try CommandRun(["check", faults, "--lower-is-better", "--lang", "en"])
        #expect(run.lines.contains { $0.hasPrefix("best score") && $0.hasSuffix("the lowest") })
    }
}
