import Foundation
import TestSupport
import Testing

@Suite struct PairsTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        var rows = ["left,right,winner,judge"]
        // Every pair of six in both orders, the later letter losing two times in three.
        let names = ["甲", "乙", "丙", "丁", "戊", "己"]
        var number = 0
        for a in 0..<6 {
            for b in 0..<6 where a != b {
                for turn in 0..<3 {
                    number += 1
                    let winner = turn < 2 ? min(a, b) : max(a, b)
                    rows.append("\(names[a]),\(names[b]),\(number % 10 == 0 ? "tie" : names[winner]),评委\(number % 7)")
                }
            }
        }
        try directory.write(rows.joined(separator: "\n") + "\n", to: "votes.csv")
        try directory.write(([rows[0]] + rows.dropFirst().reversed()).joined(separator: "\n") + "\n", to: "turned.csv")
    }

    private func pairs(_ options: String..., file: String = "votes.csv") throws -> CommandRun {
        try CommandRun(["pairs", file] + options, in: URL(filePath: directory.path))
    }

    @Test func `a judge who votes against the others is named`() throws {
        var rows = ["left,right,winner,judge"]
        let names = ["a", "b", "c", "d", "e"]
        for a in 0..<5 {
            for b in 0..<5 where a != b {
                for judge in 0..<5 { rows.append("\(names[a]),\(names[b]),\(names[judge < 4 ? min(a, b) : max(a, b)]),J\(judge)") }
                if (a + b) % 3 == 0 { rows.append("\(names[a]),\(names[b]),\(names[max(a, b)]),J0") }
            }
        }
        try directory.write(rows.joined(separator: "\n") + "\n", to: "contrary.csv")
        let run = try pairs(file: "contrary.csv")
        #expect((run.output + run.error).contains("These judges vote against the others: J4."), "\(run.output) \(run.error)")
        #expect(try pairs("--lang", "zh", file: "contrary.csv").error.contains("这些评委与众人相反：J4。"))
        let usual = try pairs()
        #expect(!(usual.output + usual.error).contains("against the others"))
    }

    @Test func `the better of two is above the other with more than half a chance`() throws {
        let run = try pairs("--table", "pairs", "--format", "csv")
        let order = ["甲", "乙", "丙", "丁", "戊", "己"]
        for row in run.lines.dropFirst().map({ $0.components(separatedBy: ",") }) where row.count == 9 {
            let places = try row[..<2].map { try #require(order.firstIndex(of: $0)) }
            let chance = try #require(Double(row[8]))
            // Neighbours may be the other way round by chance.
            if places[1] - places[0] > 2 { #expect(chance > 0.7, "\(row)") }
            if places[0] - places[1] > 2 { #expect(chance < 0.3, "\(row)") }
        }
        #expect(run.lines.count > 15)
    }

    @Test func `the table has the columns of the contract first`() throws {
        let run = try pairs("--places", "2", "--format", "csv")
        #expect(run.status == 0)
        #expect(run.lines.first?.hasPrefix("entry,votes,wins,ability,se,rank,low90,high90,p_top,band,ties,") == true)
        #expect(run.lines.dropFirst().first?.hasPrefix("甲,30,") == true)
        #expect(run.error.contains("By 90 votes by 7 judges the two are: 甲, 乙."))
        for (table, columns) in [
            ("judges", "judge,votes,infit,outfit,agreement,discrimination,position"),
            ("pairs", "a,b,votes,a_wins,b_wins,ties,expected,z,p_above"),
            ("reliability", "statistic,value,se"), ("subsets", "subset,entry"),
        ] {
            #expect(try pairs("--format", "csv", "--table", table).lines.first?.hasPrefix(columns) == true)
        }
    }

    @Test func `the order of rows changes no byte`() throws {
        for table in ["entries", "judges", "pairs", "reliability"] {
            let options = ["--format", "csv", "--table", table, "--errors", "judges"]
            let one = try CommandRun(["pairs", "votes.csv"] + options, in: URL(filePath: directory.path))
            let other = try CommandRun(["pairs", "turned.csv"] + options, in: URL(filePath: directory.path))
            #expect(one.status == 0 && one.outputBytes == other.outputBytes, "\(table)")
        }
    }

    @Test func `it speaks Chinese, draws a line at the cut and hides names`() throws {
        let run = try pairs("--places", "2", "--lang", "zh")
        #expect(run.output.hasPrefix("按 7 位评委的 90 票，前 2 名为：甲、乙。") && run.output.contains("┄┄"))
        let hidden = try pairs("--places", "2", "--anonymize", "entries", "--anonymize", "judges", "--format", "json")
        #expect(hidden.status == 0 && !hidden.output.contains("甲") && !hidden.output.contains("评委1") && hidden.output.contains("E06"))
    }

    @Test func `groups that no vote connects are named, and nothing is printed`() throws {
        try directory.write("winner,loser\na,b\nb,c\n", to: "chain.csv")
        let run = try pairs(file: "chain.csv")
        #expect(run.status == 1 && run.output.isEmpty && run.error.contains("{a} > {b} > {c}") && run.error.contains("--epsilon 0.3"))
        #expect(run.error.contains("[E775]"))
        let adjusted = try pairs("--epsilon", "0.3", file: "chain.csv")
        #expect(adjusted.status == 0 && adjusted.output.hasPrefix("Every entry's wins are adjusted by 0.3 votes"))
        #expect(adjusted.output.contains("the entries fall into 3 groups"))
        try directory.write("winner,loser\na,b\nb,a\nc,d\nd,c\n", to: "two.csv")
        let two = try pairs("--lang", "zh", file: "two.csv")
        #expect(two.status == 1 && two.error.contains("{a、b}，{c、d}") && two.error.contains("[E774]"))
        #expect(try pairs("--epsilon", "0.3", file: "two.csv").status == 1)
    }

    @Test func `a judge who always takes one side is warned of, and strict is an exit status`() throws {
        let text = try directory.read("votes.csv")
        let sided = (0..<10).map { $0 % 2 == 0 ? "己,甲,己,侧" : "甲,己,甲,侧" }
        try directory.write(text + sided.joined(separator: "\n") + "\n", to: "sided.csv")
        let run = try pairs("--strict", file: "sided.csv")
        #expect(run.status == 2 && run.error.contains("侧 (10)") && !run.output.isEmpty)
        // The other side.
        let second = (0..<10).map { $0 % 2 == 0 ? "己,甲,甲,右" : "甲,己,己,右" }
        try directory.write(text + second.joined(separator: "\n") + "\n", to: "second.csv")
        #expect(try pairs(file: "second.csv").error.contains("右 (10)"))
        #expect(try pairs("--strict").status == 0)
    }

    @Test func `rankings are ranked, and have no adjustment`() throws {
        try directory.write("judge,1,2,3\nu,a,b,c\nv,b,a,c\nw,c,a,b\n", to: "ranks.csv")
        let run = try pairs("--format", "csv", file: "ranks.csv")
        #expect(run.status == 0 && run.error.contains("By 3 rankings by 3 judges"))
        #expect(try pairs("--epsilon", "0.3", file: "ranks.csv").status == 64)
    }

    @Test(arguments: [["--places", "0"], ["--draws", "3"], ["--epsilon", "-1"], ["--errors", "none"]])
    func `wrong usage is refused`(options: [String]) throws {
        #expect(try CommandRun(["pairs", "votes.csv"] + options, in: URL(filePath: directory.path)).status == 64)
    }
}
