import Foundation
import TestSupport
import Testing

/// The words that an office of a contest in China reads, and the codes that programs read in every language.
@Suite struct ChineseWordingTests {
    private static let contest = [
        "Data/zhejiang-2022/scores.csv", "--entries", "Data/zhejiang-2022/entries.csv", "--judges", "Data/zhejiang-2022/judges.csv",
    ]

    private func output(_ arguments: [String]) throws -> String { try CommandRun(arguments + ["--lang", "zh"]).output }

    @Test func `finals speaks of chances and not of certainty`() throws {
        let text = try output(["finals"] + Self.contest + ["--places", "10"])
        for word in ["  基本稳入  ", "  差距在误差内  ", "  基本无望  ", "P(前 10)", "去高低分", "去掉最高最低分后的平均分、"] {
            #expect(text.contains(word), "\(word)")
        }
        for word in ["确定入围", "确定未入围", "未定", "去极端分", "calibrated 模型"] { #expect(!text.contains(word), "\(word)") }
    }

    @Test func `judges and groups say what a clerk can say to a leader`() throws {
        let judges = try output(["judges"] + Self.contest)
        #expect(judges.hasPrefix("7 位评委中有 2 位与其他评委明显不同。偏宽：评委03 3.9 分（2.7 至 5.2）；波动过大：评委12（误差方差为其他评委的 3.0 倍）。如评委其实没有差别，出现标记的可能不超过 5%。"))
        for word in ["Krippendorff α（顺序）", "Kendall 和谐系数 W", "平均 Spearman 相关", "排序信度  0.80", "分数信度  0.80"] {
            #expect(judges.contains(word), "\(word)")
        }
        #expect(try output(["judges"] + Self.contest + ["--stage", "初赛"]).contains("平均每个项目 5.5 位评委时，"))
        let groups = try output(["groups"] + Self.contest + ["--by", "sector", "--places", "10"])
        #expect(groups.contains("之间的差异在统计上不显著（可能出于偶然；置换检验，p = 0.162）"))
        for word in ["\n置换检验 ", "\n方差分析 ", "\nWelch 检验 ", "\nKruskal–Wallis 检验 "] { #expect(groups.contains(word), "\(word)") }
        #expect(!groups.contains("permutation") && !groups.contains("eta_squared"))
    }

    @Test func `methods are named in words, and lists that agree are said to be the same`() throws {
        let text = try output(["rank"] + Self.contest)
        #expect(text.contains("“平均分”与“标准分”的前 10 名中有 9 个相同。"))
        #expect(text.contains("- 去高低分（trimmed）：去掉每个项目的最高分和最低分。\n"))
        #expect(try output(["rank", "Data/quickstart.csv", "--places", "3", "--method", "mean", "--method", "median"]).contains("的前 3 名"))
        let same = try output(["rank", "Data/quickstart.csv", "--places", "2", "--method", "mean", "--method", "crossed"])
        #expect(same.contains("“平均分”与“交叉效应模型”的前 2 名完全相同。"))
    }

    @Test func `check names columns, roles and problems`() throws {
        let directory = try TemporaryDirectory()
        let text = try output(["check"] + Self.contest)
        for word in ["识别结果：", "项目名称 = entry、评委 = judge", "\n评分安排\n", "去掉后各组就无法比较的评委", "A   stage  阶段 "] {
            #expect(text.contains(word), "\(word)")
        }
        for word in ["读作", "单独起连接", "评分设计"] { #expect(!text.contains(word), "\(word)") }
        let bad = try directory.write("entry,judge,score\nA,J,1\nB,J,7q\n", to: "bad.csv")
        #expect(try output(["check", bad, "--all-columns"]).contains("E201  错误"))
        #expect(try output(["check", bad, "--format", "csv", "--table", "problems"]).contains("E201,error,"))
        let unfinished = try directory.write("heat,entry,judge,score\nA,X,J,1\nA,Y,J,2\nB,X,J,3\nB,Z,J,4\n", to: "open.csv")
        let open = try output(["check", unfinished])
        #expect(!open.contains(/\[E301\]\S/) && !open.contains(/阶段中\d/))
    }

    @Test func `what other programs report is translated`() throws {
        let directory = try TemporaryDirectory()
        let (scores, json) = ("Data/quickstart.csv", try directory.write("[{\"项目\": \"A\" \"x\": 1}]", to: "x.json"))
        func error(_ arguments: [String]) throws -> String { try CommandRun(arguments + ["--lang", "zh"]).error }
        #expect(try error(["rank", "nowhere.csv"]) == "nowhere.csv: 无法读取：没有这个文件或目录。 [E101]\n")
        #expect(try error(["rank", scores, "--output", "/nowhere/x.txt"]) == "无法写入 /nowhere/x.txt：没有这个文件或目录。[E501]\n")
        #expect(try error(["rank", json]).hasSuffix("此处不是有效的 JSON：应为逗号或 }；请更正。 [E163]\n"))
        #expect(try error(["rank", scores, "--rule", json]).hasSuffix("不是 JSON；此处应为逗号或 }。 [E602]\n"))
        let noJudge = try directory.write("项目,得分\nA,x\n", to: "n.csv")
        #expect(try error(["rank", noJudge]).contains("找不到“评委”列；现有：项目、得分。请将该列命名为“评委”，或用 --column judge=列名"))
    }

    @Test(arguments: ["csv", "json"])
    func `data has the same codes in both languages`(format: String) throws {
        let commands = [
            ["groups"] + Self.contest + ["--by", "sector", "--table", "tests"], ["judges"] + Self.contest + ["--table", "panel"],
            ["judges"] + Self.contest + ["--table", "agreement"], ["finals", "Data/quickstart.csv", "--places", "2"],
            ["check"] + Self.contest,
        ]
        for command in commands {
            let command = format == "json" ? command.filter { $0 != "--table" && !["tests", "panel", "agreement"].contains($0) } : command
            let runs = try ["en", "zh"].map { try CommandRun(command + ["--format", format, "--lang", $0]).output }
            if format == "csv" {
                #expect(runs[0] == runs[1] && !runs[0].isEmpty, "\(command)")
            } else {
                let tables = try runs.map { run in
                    let root = try #require(JSONSerialization.jsonObject(with: Data(run.utf8)) as? [String: Any])
                    return try #require(root["tables"] as? NSDictionary)
                }
                #expect(tables[0] == tables[1], "\(command)")
            }
        }
    }
}
