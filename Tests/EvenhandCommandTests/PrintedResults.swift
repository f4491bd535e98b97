import Foundation
import TestSupport
import Testing

/// What commands print with `--format json`, over a broad range of options.
struct PrintedResult: Sendable {
    let arguments: [String]
    let document: JSONValue

    var command: String { arguments[0] }

    /// The columns of each table, and whether it has rows.
    var tables: [(name: String, columns: [String], isEmpty: Bool)] {
        (document["tables"]?.members ?? [:]).map { name, table in
            (name, (table["columns"]?.values ?? []).compactMap(\.text), table["rows"]?.values.isEmpty ?? true)
        }
    }

    /// All results, printed once for all tests.
    static let all = Result { try printed() }

    private static func printed() throws -> [PrintedResult] {
        let directory = try TemporaryDirectory()
        try MadeSheets.write(to: directory)
        var results: [PrintedResult] = []
        let (sums, teams) = (directory.path + "/sums", directory.path + "/teams.csv")
        try #require(CommandRun(["partial", quick, "--output", sums]).status == 0)
        try #require(
            CommandRun(["partial", quick, "--entries", teams, "--scales", sums, "--output", directory.path + "/z"]).status == 0)
        for command in commands {
            let line = command.split(separator: " ").map { String($0).replacing("@", with: directory.path + "/") }
            let run = try CommandRun(line + ["--format", "json"])
            // `check` prints what it understood of scores that cannot be read.
            let hasResult = run.status == 0 || (line[0] == "check" && run.status == 1)
            try #require(hasResult, "\(line) ends with status \(run.status): \(run.error)")
            results.append(PrintedResult(arguments: line, document: try JSONValue(run.outputBytes)))
        }
        return results
    }

    private static let made = "Data/zhejiang-2022/scores.csv"
    private static let entries = "--entries Data/zhejiang-2022/entries.csv"
    private static let judges = "--judges Data/zhejiang-2022/judges.csv"
    private static let quick = "Data/quickstart.csv"
    private static let dives = "Data/diving/scores.csv --rule Data/diving/rule.json"
    private static let everyMethod =
        "--method mean --method median --method trimmed --method winsorized --method clipped --clip 2 --method huber --method centered "
        + "--method zscore --method robust-z --method percentile --method rankit --method coefficient --method additive --method crossed "
        + "--method calibrated"

    private static let commands =
        [
            "check \(quick)", "check \(made) \(entries) \(judges)", "check \(made) --stage 初赛 --anonymize judges --anonymize entries",
            "check Data/diving/scores.csv", "check @sheet.csv", "check @book.xlsx", "check @bad.csv --anonymize judges",
            "check @ballots.csv",
        ] + rankings + [
            "normalize \(quick)", "normalize \(made) --stage all --method percentile", "normalize @ballots.csv --per criterion",
            "normalize \(made) --stage 初赛 --scale t --within judge-heat --below own", "judges \(quick)", "judges @pair.csv",
            "judges \(made) \(entries) \(judges)", "judges \(made) --stage 初赛 --assume equal-heats --lang zh",
            "judges \(made) --stage all --unit entry", "judges @ballots.csv --judges @seats.csv --reliability 0.9",
            "judges \(made) --stage 初赛 --heat 第1场 --assume both-random", "groups \(made) \(entries) --by sector --stage 初赛 --to-stage 决赛",
            "groups \(made) \(entries) --by sector --by city --by sector,city --places 10 --test permutation --test anova --test welch "
                + "--test kruskal --draws 200", "groups \(made) \(entries) --by sector --result zscore --adjust bh --lang zh",
            "groups \(quick) --entries @teams.csv --by rate --selected @selected.csv", "rank --partials @z --places 3",
            "groups --partials @z --by rate --result mean", "normalize --partials @sums", "normalize --partials @sums --below pool",
        ] + cuts + plans + votes + ratings

    private static let rankings = [
        "rank \(quick)", "rank \(quick) \(everyMethod) --ties average --places 3 --round 2 --lang zh",
        "rank \(made) \(entries) --places 10", "rank \(made) \(everyMethod) \(entries) --stage 初赛 --places 24",
        "rank \(made) \(entries) --stage all --unit performance", "rank \(made) --stage 初赛 --each heat --places 3 --top 5",
        "rank \(made) \(entries) --each sector --anonymize entries", "rank \(made) --stage 初赛 --assume equal-panels",
        "rank \(made) --stage 初赛 --assume equal-heats", "rank \(made) --stage 初赛 --assume both-random --heat-means leniency",
        "rank \(made) --rule Data/zhejiang-2022/rule.json --verify Data/zhejiang-2022/published.csv --explain P034 --places 10",
        "rank \(made) --verify Data/zhejiang-2022/published.csv --explain P034 --method trimmed --method crossed --method zscore",
        "rank \(dives) --verify Data/diving/published.csv --places 3 --explain Ahn", "rank @ballots.csv --weights 技术=2,艺术=1",
        "rank \(quick) --entries @teams.csv --tie-break median --explain 项目A",
    ]

    private static let votes = [
        "pairs Data/votes/posters.csv --places 3 --draws 500", "pairs Data/votes/posters.csv --position ignore --errors judges --lang zh",
        "pairs @votes.csv --epsilon 0.3 --draws 500 --errors robust", "pairs @ranks.csv --places 1 --draws 500",
    ]

    private static let ratings = [
        "judges Data/models/scores.csv --column entry=system --covariate length",
        "judges Data/models/scores.csv --column entry=system --anchor @anchors.csv",
        "finals Data/models/scores.csv --column entry=system --places 3 --draws 500",
        "judges Data/essays/scores.csv --model rating-scale",
        "judges Data/essays/scores.csv --model partial-credit --estimate mml --lang zh",
        "judges Data/essays/scores.csv --model rating-scale --facets judge --weights 立意=2,结构=1,语言=1,书写=1",
        "judges \(quick) --model rating-scale --categories 5", "judges @ends.csv --model rating-scale",
    ]

    private static let lists = "--entries Data/zhejiang-2022/entries.csv --judges Data/zhejiang-2022/judges.csv"

    private static let plans = [
        "plan \(lists) --per-entry 5 --conflict-by city",
        "plan \(lists) --per-entry 3 --anchors 2 --max-load 20 --places 10 --like \(made)",
        "plan \(lists) --per-entry 4 --places 10 --heat-sd 1 --noise-sd 4 --lang zh", "plan \(lists) --check @plan.csv --conflict-by city",
        "plan \(lists) --per-entry 3 --heats 6 --spares 1 --panel-has field=投资人:1 --lang zh",
    ]

    private static let cuts = [
        "finals \(quick) --places 2 --draws 500", "finals \(quick) --places 2 --model crossed --check-coverage --draws 200 --lang zh",
        "finals @pair.csv --places 1", "finals \(made) --places 10 --lottery snsf --range-limit 5 --draws 500 --range 0:100",
        "finals \(made) --places 24 --stage 初赛 --draws 200 --heat-means leniency", "finals @ballots.csv --places 3 --draws 200",
        "finals \(made) --places 10 --about same-judges --lottery linear --draws 200",
        "finals \(made) --places 10 --about same-judges --repeatable 0.5 --draws 200",
        "finals \(made) --places 10 --about new-panel --method zscore --draws 200",
        "finals \(made) --places 10 --rule Data/zhejiang-2022/rule.json --draws 200",
        "finals \(made) --places 10 --stage-weights 初赛=0.3,决赛=0.7 --draws 200", "finals \(dives) --places 3 --draws 200",
    ]
}

/// Small sheets for what the contests in `Data` do not have.
private enum MadeSheets {
    static func write(to directory: TemporaryDirectory) throws {
        try directory.write("entry,judge,score\nA,J,1\nB,J,2\n", to: "pair.csv")
        // Extreme entries, and a category that nobody used.
        let ends = ["A,4,4,4", "B,1,2,4", "C,2,4,4", "D,4,2,1", "E,2,2,4", "F,4,4,2", "G,1,1,2", "H,1,1,1"].map { row in
            let cells = row.split(separator: ",")
            return (1...3).map { "\(cells[0]),J\($0),\(cells[$0])\n" }.joined()
        }
        try directory.write("entry,judge,score\n" + ends.joined(), to: "ends.csv")
        try directory.write("judge,effect,se\nmars,0.5,0.1\njuno,0.7,\nsol,0.2,0.1\n", to: "anchors.csv")
        try directory.write("entry,judge,score\nA,J,1\nA,K,x\nB,J,2\nB,K,3\n", to: "bad.csv")
        // A title, a character in its wide form, an average, a total that is wrong, and signatures.
        let sheet = "评分表,,,\n项目,评委甲,评委乙,总分\nA,８6,84,170\nB,88,81,179\nC,78,75,153\n平均分,84,80,\n签名：,,,\n"
        try directory.write(sheet, to: "sheet.csv")
        let rows = [["entry", "judge 1", "judge 2"], ["A", "86", "84"], ["B", "88", "8l"], ["C", "78", "75"]]
        try directory.write(SmallWorkbook(["s": rows]).bytes, to: "book.xlsx")
        // Attributes that are called like columns of a ranking and of groups.
        let teams = "ABCDEF".enumerated().map { "项目\($1),\($0 % 2 == 0 ? "甲" : "乙"),\($0 < 3 ? "x" : "y")\n" }
        try directory.write("entry,rate,mean\n" + teams.joined(), to: "teams.csv")
        try directory.write("entry\n项目A\n项目B\n", to: "selected.csv")
        let seats = (0..<5).map { "J\($0),\($0 % 2 == 0 ? "north" : "south")\n" }
        try directory.write("judge,side\n" + seats.joined(), to: "seats.csv")
        try directory.write(ballots, to: "ballots.csv")
        try directory.write("winner,loser\nA,B\nB,C\n", to: "votes.csv")
        try directory.write("judge,1,2,3\nJ,A,B,C\nK,B,A,C\nL,C,A,B\n", to: "ranks.csv")
        try directory.write("entry,judge\nP001,评委01\nP001,评委02\nP002,评委02\n", to: "plan.csv")
    }

    /// Twelve entries before five judges in order, by two criteria; entries and judges have a side.
    private static var ballots: String {
        var lines = ["order,entry,side,judge,criterion,score"]
        for entry in 0..<12 {
            for judge in 0..<5 {
                for (position, criterion) in ["技术", "艺术"].enumerated() {
                    let noise = (entry * 7 + judge * 5 + position * 3 + entry * judge) % 11
                    let side = entry % 3 == 0 ? "north" : "south"
                    lines.append("\(entry + 1),E\(entry),\(side),J\(judge),\(criterion),\(30 + entry + judge + noise).\(noise % 10)")
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
