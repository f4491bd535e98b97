import Foundation
import TestSupport
import Testing

/// Nothing that a command writes tells a name that is to be hidden, wherever it is in the files.
@Suite struct AnonymityTests {
    private static let judges = ["王小明", "Zhang San", "欧阳静", "Müller"]
    private static let entries = ["Blue Lantern", "绿野仙踪", "Quartz", "海豚号", "Meridian", "Sundial", "Ember", "Juniper"]

    private let directory: TemporaryDirectory
    /// One row per score, with names of judges in attributes of entries and in a column of remarks.
    private let long: String
    /// One column per judge.
    private let wide: String
    /// A file for each judge.
    private let files: [String]
    private let attributes: String

    init() throws {
        directory = try TemporaryDirectory()
        func score(_ entry: Int, _ judge: Int) -> String {
            // One of them is off by a factor of ten, which is worth a warning.
            entry == 2 && judge == 1 ? "8.1" : "\(70 + (entry * 7 + judge * 11 + entry * judge * 3) % 25).\(entry % 10)"
        }
        let (judges, entries) = (Self.judges, Self.entries)
        var rows = ["heat,order,entry,judge,mentor,coached by,phone,score"]
        for (e, entry) in entries.enumerated() {
            for (j, judge) in judges.enumerated() {
                rows.append(
                    "H\(e % 2),\(e / 2 + 1),\(entry),\(judge),\(judges[e % 4]),\(judges[(e + 1) % 2].uppercased()) and \(judges[e % 3]),555-\(e),\(score(e, j))"
                )
            }
        }
        long = try directory.write(rows.joined(separator: "\n"), to: "Zhang San's contest.csv")
        let body = entries.enumerated().map { e, entry in
            ([entry] + judges.indices.map { score(e, $0) }).joined(separator: ",")
        }
        wide = try directory.write(([(["项目"] + judges).joined(separator: ",")] + body).joined(separator: "\n"), to: "欧阳静 and Müller.csv")
        let folder = directory
        files = try judges.enumerated().map { j, judge in
            let body = entries.enumerated().map { e, entry in "\(entry),\(score(e, j))" }
            return try folder.write((["entry,score"] + body).joined(separator: "\n"), to: "\(judge).csv")
        }
        attributes = try directory.write(
            (["entry,mentor"] + entries.enumerated().map { "\($1),\(judges[$0 % 3])" }).joined(separator: "\n"), to: "王小明 entries.csv")
    }

    static let questions = [
        "check", "rank --method mean --method zscore --method crossed --places 3", "rank --method mean --each heat",
        "normalize", "judges", "judges --unit entry", "finals --places 3 --draws 200 --plot", "report --places 3",
    ]

    private func shown(_ arguments: [String]) throws -> String {
        let all = [
            ["--format", "table"], ["--format", "json"], ["--format", "csv"], ["--format", "table", "--lang", "zh"], ["--format", "html"],
        ]
        return try (arguments[0] == "report" ? [["--lang", "en"], ["--lang", "zh"]] : all).map { form in
            let run = try CommandRun(arguments + form)
            #expect(run.status == 0, "\(arguments): \(run.error)")
            return run.output + run.error
        }.joined(separator: "\n")
    }

    private func expectNone(of names: [String], in text: String, _ arguments: [String]) {
        for name in names {
            let found = text.range(of: name, options: .caseInsensitive)
            #expect(found == nil, "\(name) in \(arguments): \(found.map { String(text[..<$0.lowerBound].suffix(80)) } ?? "")")
        }
    }

    @Test(arguments: questions)
    func `no judge is revealed`(question: String) throws {
        let words = question.split(separator: " ").map(String.init)
        let wideColumns = ["--wide", Self.judges.joined(separator: ","), "--columns", "judge"]
        for input in [[long], [wide, "--entries", attributes] + wideColumns, files + ["--file-is", "judge"]] {
            guard input[0] == long || !words.contains("heat") else { continue }
            let arguments = [words[0]] + input + words.dropFirst() + ["--anonymize", "judges"]
            let text = try shown(arguments)
            expectNone(of: Self.judges, in: text, arguments)
            #expect(words[0] != "rank" || text.contains("Blue Lantern"))
        }
    }

    @Test(arguments: questions)
    func `no entry is revealed, and no number that is its own`(question: String) throws {
        let words = question.split(separator: " ").map(String.init)
        let arguments = [words[0], long] + words.dropFirst() + ["--anonymize", "entries", "--anonymize", "judges"]
        let text = try shown(arguments)
        expectNone(of: Self.entries + Self.judges + (words[0] == "check" ? [] : ["555-"]), in: text, arguments)
    }

    @Test func `groups of attributes that name judges are shown as labels`() throws {
        let arguments = ["groups", long, "--by", "mentor", "--places", "3", "--plot", "--anonymize", "judges"]
        let text = try shown(arguments)
        expectNone(of: Self.judges, in: text, arguments)
        #expect(text.contains("J01"))
    }

    @Test func `an attribute with distinct values is shown when it is asked for`() throws {
        let plain = try CommandRun(["rank", long, "--anonymize", "judges", "--format", "csv"])
        let asked = try CommandRun(["groups", long, "--by", "phone", "--anonymize", "judges", "--format", "csv"])
        #expect(!plain.output.contains("555-") && plain.output.contains("mentor") && asked.output.contains("555-"))
    }

    /// Organisers name sheets after judges.
    @Test func `the name of a sheet is hidden where names are`() throws {
        let book = try directory.write(
            SmallWorkbook(["王小明": [["项目", "李娜", "张伟"], ["甲", "7", "8"], ["乙", "6", "9"]]]).bytes, to: "book.xlsx")
        for arguments in [["check", book], ["check", book, "--format", "json"], ["rank", book]] {
            let run = try CommandRun(arguments + ["--anonymize", "judges", "--anonymize", "entries"])
            #expect(run.status == 0 && !(run.output + run.error).contains("王小明"), "\(run.output) \(run.error)")
        }
        #expect(try CommandRun(["check", book]).output.contains("王小明"))
    }

    @Test func `an error about a sheet that was read does not tell a name`() throws {
        for arguments in [
            ["rank", long, "--heat", "nowhere"], ["groups", long, "--by", "nothing"],
            ["check"] + [try directory.write("entry,judge,score\nA,王小明,x\n", to: "王小明 broken.csv")],
        ] {
            let run = try CommandRun(arguments + ["--anonymize", "judges"])
            #expect(run.status == 1)
            expectNone(of: Self.judges, in: arguments[0] == "check" ? run.output : run.error, arguments)
        }
    }
}
