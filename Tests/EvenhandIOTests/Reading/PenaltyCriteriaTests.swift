import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// Penalties and asides among what each judge gave: a penalty is never simply added, and no aside is.
@Suite struct PenaltyCriteriaTests {
    private static let columns =
        "Team,Judge Li Score,Judge Li Penalty,Judge Wu Score,Judge Wu Penalty\nA,80,0,82,0\nB,79,9,81,5\nC,78,2,80,0\n"
    private static let groups = "项目,评委1,,评委2,\n,得分,扣分,得分,扣分\nA,80,0,82,0\nB,79,9,81,5\nC,78,2,80,0\n"
    private static let rows = "项目,评委,指标,得分\nA,王,创新,40\nA,王,展示,40\nA,王,扣分,0\nB,王,创新,39\nB,王,展示,40\nB,王,扣分,9\n"
    private static let across = "Team,Criterion,Judge Li,Judge Wu\nA,Idea,40,41\nA,Penalty,0,0\nB,Idea,39,40\nB,Penalty,9,3\n"

    private func reading(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws -> Reading {
        let directory = try TemporaryDirectory()
        var options = ReadingOptions()
        change(&options)
        return try Reading(of: [try directory.write(text, to: "s.csv")], as: options)
    }

    /// The mean over judges of each entry's totals.
    private func means(_ reading: Reading) -> [String] {
        let sheet = reading.sheet
        var (sums, judges) = ([String: Double](), [String: Set<Int32>]())
        for row in sheet.units.indices {
            let entry = sheet.entries[Int(sheet.performances[sheet.performance(ofRow: row)].entry)]
            sums[entry, default: 0] += sheet.score(at: row)
            judges[entry, default: []].insert(Int32(sheet.judgeCodes[row]))
        }
        return sums.keys.sorted().map { entry in
            let mean = (sums[entry] ?? 0) / Double(judges[entry]?.count ?? 1)
            return "\(entry)=\(NumberFormat.fixed(mean, decimals: 2))"
        }
    }

    @Test(arguments: [
        (columns, "Penalty", ["A=81.00", "B=73.00", "C=78.00"], ["A=81.00", "B=80.00", "C=79.00"]),
        (groups, "扣分", ["A=81.00", "B=73.00", "C=78.00"], ["A=81.00", "B=80.00", "C=79.00"]),
        (rows, "扣分", ["A=80.00", "B=70.00"], ["A=80.00", "B=79.00"]),
        (across, "Penalty", ["A=40.50", "B=33.50"], ["A=40.50", "B=39.50"]),
    ])
    func `a penalty among criteria is asked about, and each answer does what it says`(
        text: String, name: String, subtracted: [String], leftOut: [String]
    ) throws {
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        #expect(error.question?.kind == .deduction(column: name), "\(error)")
        #expect(error.question?.answers.map { Array($0.options.prefix(2)) }.prefix(2) == [["--deduct", name], ["--ignore", name]])
        #expect(try means(reading(text) { $0.deductions = [name] }) == subtracted)
        #expect(try means(reading(text) { $0.ignoredColumns = [name] }) == leftOut)
    }

    @Test func `a column of one judge's penalties stands for all of them`() throws {
        let read = try reading(Self.columns) { $0.deductions = ["Judge Li Penalty"] }
        #expect(means(read) == ["A=81.00", "B=73.00", "C=78.00"] && read.sources[0].deductions == ["Penalty"])
    }

    @Test func `a penalty that is neither a column nor a criterion is refused`() throws {
        for text in [Self.columns, Self.groups, Self.rows, Self.across] {
            let error = try #require(throws: ScoreSheetError.self) { try reading(text) { $0.deductions = ["Fine"] } }
            guard case .noNamedScoreColumn? = error.problems.first?.kind else { Issue.record("\(error)"); continue }
        }
    }

    @Test(arguments: [
        (
            "a net score of each judge",
            "项目,评委1,,,评委2,,\n,得分,扣分,实得分,得分,扣分,实得分\nA,80,0,80,82,0,82\nB,79,9,70,81,5,76\nC,78,2,76,80,0,80\n"
        ),
        (
            "the mean of the row",
            "Team,Judge Li Score,Judge Li Penalty,Judge Wu Score,Judge Wu Penalty,Final\nA,80,0,82,0,81\nB,79,9,81,5,73\nC,78,2,80,0,78\n"
        ),
        (
            "a subtotal before the penalty and a net score after it",
            "项目,评委1,,,,,评委2,,,,\n,创新,展示,小计,扣分,净分,创新,展示,小计,扣分,净分\n"
                + "A,40,40,80,0,80,41,41,82,0,82\nB,39,40,79,9,70,41,40,81,5,76\nC,38,40,78,2,76,40,40,80,0,80\n"
        ),
    ])
    func `a total that is less by the penalty shows that it is subtracted`(name: String, text: String) throws {
        let read = try reading(text)
        #expect(means(read) == ["A=81.00", "B=73.00", "C=78.00"] && read.wrongTotals.isEmpty, "\(read.wrongTotals)")
        #expect(read.sources[0].deductions.count == 1)
    }

    @Test(arguments: [
        ("Team,Judge Li Score,Judge Li Penalty,Judge Wu Score,Judge Wu Penalty\nA,80,0,82,0\nB,79,-9,81,-5\n", ["A=81.00", "B=73.00"]),
        ("Team,Judge Li Score,Judge Li Penalty,Judge Wu Score,Judge Wu Penalty\nA,80,0,82,0\nB,79,0,81,0\n", ["A=81.00", "B=80.00"]),
        ("Team,Judge,Criterion,Score\nA,Li,Idea,8\nA,Li,Penalty,-2\nB,Li,Idea,7\nB,Li,Penalty,0\n", ["A=6.00", "B=7.00"]),
        ("Team,Judge Li Idea,Judge Li Demo,Judge Wu Idea,Judge Wu Demo\nA,8,9,7,8\nB,5,6,6,7\n", ["A=16.00", "B=12.00"]),
    ])
    func `penalties below zero and criteria of other names are added as before`(text: String, expected: [String]) throws {
        #expect(try means(reading(text)) == expected)
    }

    @Test func `the weights that the user gives settle a penalty, and so does a list of faults`() throws {
        #expect(try means(reading(Self.rows) { $0.weightsAreGiven = true }) == ["A=80.00", "B=88.00"])
        #expect(try reading(Self.rows) { $0.isLowerBetter = true }.sheet.criteria.count == 3)
    }

    // MARK: Asides

    @Test(arguments: [
        "Paper,Reviewer 1 score,Reviewer 1 confidence,Reviewer 2 score,Reviewer 2 confidence\nA,8,1,7,2\nB,7,5,6,5\n",
        "项目,评委1,,评委2,\n,得分,置信度,得分,置信度\nA,8,1,7,2\nB,7,5,6,5\n",
        "项目,评委1,,评委2,\n,得分,用时(秒),得分,用时(秒)\nA,8,100,7,120\nB,7,150,6,95\n",
        "Paper,Reviewer 1 score,Reviewer 1 weight,Reviewer 2 score,Reviewer 2 weight\nA,8,1,7,2\nB,7,5,6,5\n",
        "Paper,Reviewer 1 score,Reviewer 1 seconds,Reviewer 2 score,Reviewer 2 seconds\nA,8,100,7,200\nB,7,500,6,500\n",
    ])
    func `how sure a judge was, what a ballot counts for and seconds are left out`(text: String) throws {
        #expect(try means(reading(text)) == ["A=7.50", "B=6.50"])
    }

    @Test func `among criteria confidence may be one of them`() throws {
        let head = "Speaker,Judge 1 Voice,Judge 1 Clarity,Judge 1 Confidence,Judge 2 Voice,Judge 2 Clarity,Judge 2 Confidence"
        let text = head + "\nA,8,7,9,7,8,9\nB,7,6,5,6,5,7\n"
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        #expect(error.question?.kind == .unexplained(column: "Judge 1 Confidence"), "\(error)")
        let names = ["Judge 1 Confidence", "Judge 2 Confidence"]
        #expect(try means(reading(text) { $0.ignoredColumns = names }) == ["A=15.00", "B=12.00"])
        let all = head.split(separator: ",").dropFirst().map(String.init)
        #expect(try means(reading(text) { $0.wideColumns = all }) == ["A=24.00", "B=18.00"])
        #expect(try means(reading(head + ",Total\nA,8,7,9,7,8,9,48\nB,7,6,5,6,5,7,36\n")) == ["A=24.00", "B=18.00"])
    }

    // MARK: Penalties of the row

    @Test(arguments: [
        (
            "项目,评委1,评委2,评委3,扣分,总分,名次\nA,90,90,90,6,264,1\nB,85,85,85,0,255,2\nC,80,80,80,1,239,3\n",
            ["A=88.00", "B=85.00", "C=79.67"]
        ),
        ("项目,评委1,评委2,扣分,最后得分\nA,90,92,4,87\nB,85,85,0,85\nC,80,84,2,80\n", ["A=87.00", "B=85.00", "C=80.00"]),
        ("项目,评委1,评委2,扣分,总分\nA,90,92,4,178\nB,85,,0,85\nC,80,84,3,161\n", ["A=89.00", "B=85.00", "C=80.50"]),
    ])
    func `a penalty is subtracted once from a sum, and from every judge's scores before a mean`(text: String, expected: [String]) throws {
        #expect(try means(reading(text)) == expected)
    }

    @Test func `a penalty that the user names is subtracted as the total says`() throws {
        let rows = ["A,90,90,90,6,264", "B,85,85,85,0,255", "C,80,80,80,0,240", "D,70,70,70,0,210", "E,60,60,60,0,180"]
        let text = "项目,评委1,评委2,评委3,扣分,总分\n" + rows.joined(separator: "\n") + "\n"
        #expect(throws: ScoreSheetError.self) { try reading(text) }
        #expect(try means(reading(text) { $0.deductions = ["扣分"] }).first == "A=88.00")
    }

    /// By most totals a deduction is from the sum of the judges; in the last row the code of a missing score is none of them.
    @Test func `a judge with a code for a missing score has no share of a deduction`() throws {
        let rows = (0..<19).map { "T\($0),\(70 + $0),\(80 + $0 % 7),\(75 + $0 % 5),3,\(222 + $0 + $0 % 7 + $0 % 5)" }
        let text = (["Team,Judge 1,Judge 2,Judge 3,Deduction,Total"] + rows + ["Z,90,92,-1,6,176"]).joined(separator: "\n") + "\n"
        let sheet = try reading(text) { $0.missingCodes = ["-1"] }.sheet
        #expect(sheet.described.suffix(2) == ["Z/Judge 1=87", "Z/Judge 2=89"])
    }
}
