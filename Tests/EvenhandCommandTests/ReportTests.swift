import Foundation
import TestSupport
import Testing

@Suite struct ReportTests {
    private static let contest = [
        "Data/zhejiang-2022/scores.csv", "--entries", "Data/zhejiang-2022/entries.csv", "--judges", "Data/zhejiang-2022/judges.csv",
    ]

    private func page(_ arguments: [String]) throws -> HTMLPage {
        let run = try CommandRun(["report"] + arguments)
        #expect(run.status == 0, "\(run.error)")
        return HTMLPage(run.output)
    }

    private func headings(_ page: HTMLPage) -> [String] { page.all("h2").map(\.text) }

    @Test func `the parts come in the order of reading`() throws {
        let page = try page(ReportTests.contest + ["--places", "10"])
        #expect(
            headings(page) == [
                "What to do", "The list and the cut", "Judges", "Groups", "The cut in detail", "Scores to look at again", "Method",
                "Where it comes from",
            ])
        let chinese = try self.page(ReportTests.contest + ["--places", "10", "--lang", "zh"])
        #expect(headings(chinese) == ["需要做什么", "名次表与入围线", "评委", "各组表现", "入围线详情", "需要复核的评分", "方法", "数据来源"])
        #expect(page.all("section")[0].text.hasPrefix("By the mean of 决赛 the ten are: P034"))
    }

    @Test(arguments: [("en", "Settle first how heats are compared"), ("zh", "请先确定各场次之间如何比较")])
    func `across panels without a common judge the first thing to do is to settle how they are compared`(language: String, words: String)
        throws
    {
        let page = try page(ReportTests.contest + ["--stage", "初赛", "--places", "24", "--lang", language])
        #expect(page.all("li").filter { !$0.path.contains("nav") }.first?.text.contains(words) == true)
        #expect(!page.all("main")[0].text.contains("Publish the list as the rule gives it"))
    }

    /// E7 is the eighth best, but met the severe judges; by means E12 and E13, who did not, take places.
    @Test func `entries that the model puts on the other side of the cut are named before the list is published`() throws {
        var rows = ["entry,judge,score"]
        for entry in 0..<24 {
            // Judges 0 to 3 are 20 points more severe than 4 to 7; entries 0 to 11 meet mostly the former, and are the better ones.
            let panel = entry < 12 ? [0, 1, 2, 4] : [3, 5, 6, 7]
            for judge in panel {
                let noise = Double((entry * 7 + judge * 5 + entry * judge) % 5) / 10
                rows.append("E\(entry),J\(judge),\(80 - Double(entry) - (judge < 4 ? 20 : 0) + noise)")
            }
            // One judge whom all meet joins the panels.
            rows.append("E\(entry),J8,\(80 - Double(entry))")
        }
        let run = try CommandRun(["report", "-", "--places", "8"], input: Array(rows.joined(separator: "\n").utf8))
        #expect(run.status == 0, "\(run.error)")
        let advice = try #require(HTMLPage(run.output).all("section").first { $0.text.hasPrefix("What to do") })
        #expect(advice.text.contains("Look at the judges of these before you publish") && advice.text.contains("E7"), "\(advice.text)")
    }

    @Test func `a decision is the verdict, what to do, the list and its origin`() throws {
        let page = try page(ReportTests.contest + ["--places", "10", "--depth", "decision"])
        #expect(headings(page) == ["What to do", "The list and the cut", "Where it comes from"])
        #expect(page.all("tr").count == 25 && page.all("details").isEmpty)
    }

    @Test func `a statistician gets everything unfolded`() throws {
        let organiser = try page(ReportTests.contest + ["--places", "10"])
        let statistician = try page(ReportTests.contest + ["--places", "10", "--depth", "statistician"])
        #expect(organiser.all("details").contains { $0.attributes["open"] == nil })
        #expect(statistician.all("details").allSatisfy { $0.attributes["open"] != nil })
        #expect(statistician.all("table").count == organiser.all("table").count)
    }

    @Test func `the page says by which bytes and arguments it was made`() throws {
        let page = try page(ReportTests.contest + ["--places", "10"])
        let origin = try #require(page.all("section").last)
        let digest = try CommandRun(shell: "sha256sum Data/zhejiang-2022/scores.csv").output.prefix(64)
        #expect(origin.text.contains(digest) && origin.text.contains("--places 10"))
    }

    @Test func `what does not apply is left out with one sentence`() throws {
        let page = try page(["Data/quickstart.csv"])
        let sections = Dictionary(uniqueKeysWithValues: zip(headings(page), page.all("section").dropFirst()))
        #expect(sections["The cut in detail"]?.text.contains("how many places there are") == true)
        #expect(page.all("svg").allSatisfy { !$0.text.contains("rank lies") })
    }

    @Test func `results of the list are those of finals`() throws {
        let csv = try CommandRun(["finals", ReportTests.contest[0], "--places", "10", "--format", "csv"]).lines.dropFirst().dropLast()
        let page = try page(ReportTests.contest + ["--places", "10", "--depth", "decision"])
        let rows = page.all("tr").dropFirst().map { row in page.inside(row).map(\.text) }
        for (line, row) in zip(csv, rows) {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            #expect(row[1] == cells[0])
            let result = try #require(Double(cells[1]))
            #expect(abs((Double(row[4]) ?? 0) - result) <= 0.0005)
            #expect(row[5] == "\(cells[8])–\(cells[9])", "\(row)")
        }
        #expect(rows.count == 24 && csv.count == 24)
    }

    @Test(arguments: [
        (["--format", "csv"], "Unknown option '--format'"), (["--output", "x.csv"], "give it the ending html"),
        (["--places", "0"], "at least one"),
        (["--table", "cut"], "Unknown option '--table'"), (["--output", "x.docx"], "give it the ending html"),
    ])
    func `wrong usage is refused`(arguments: [String], reason: String) throws {
        let run = try CommandRun(["report", ReportTests.contest[0]] + arguments)
        #expect(run.status == 64 && run.output.isEmpty && run.error.contains(reason), "\(run.error)")
    }

    /// The two names of E differ by a space.
    @Test(arguments: [(["--strict"], Int32(2)), ([], 0)] as [([String], Int32)])
    func `a page with warnings is written, and strict is an exit status`(options: [String], status: Int32) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("entry,judge,score\nE 1,J,9\nE 1,K,7\nE1,J,8\nE1,K,8\nC,J,1\nC,K,2\n", to: "s.csv")
        let run = try CommandRun(["report", path, "--places", "1", "--output", "\(directory.path)/page.html"] + options)
        #expect(run.status == status && run.error.contains("[W303]"), "\(run.error)")
        #expect(try directory.read("page.html").hasSuffix("</html>\n"))
    }

    @Test func `the page of the preliminaries is small enough to mail`() throws {
        let run = try CommandRun(["report"] + ReportTests.contest + ["--stage", "初赛", "--places", "24"])
        #expect(run.status == 0 && run.outputBytes.count < 500_000, "\(run.outputBytes.count)")
    }
}

@Suite struct LettersTests {
    private static let contest = "Data/zhejiang-2022/scores.csv"
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func letters(_ arguments: [String]) throws -> [String: String] {
        let run = try CommandRun(["letters", LettersTests.contest, "--output", directory.path] + arguments)
        #expect(run.status == 0 && run.output.isEmpty, "\(run.error)")
        return Dictionary(uniqueKeysWithValues: try directory.names.map { ($0, try directory.read($0)) })
    }

    private static let judges = ["评委03", "评委08", "评委12", "评委16", "评委20", "评委26", "评委31"]

    @Test(arguments: ["en", "zh"])
    func `an entry's letter names no judge that is hidden, and no other entry`(language: String) throws {
        let letters = try letters(["--for", "entries", "--places", "10", "--anonymize", "judges", "--lang", language])
        #expect(letters.count == 24)
        let names = letters.keys.map { String($0.dropLast(5)) }
        for (file, text) in letters {
            for judge in LettersTests.judges { #expect(!text.contains(judge), "\(judge) in \(file)") }
            for other in names where !file.hasPrefix(other) { #expect(!text.contains(other), "\(other) in \(file)") }
            #expect(HTMLPage(text).faults.isEmpty)
        }
    }

    @Test(arguments: ["en", "zh"])
    func `a judge's letter names no other judge`(language: String) throws {
        let letters = try letters(["--for", "judges", "--lang", language])
        #expect(letters.keys.sorted() == LettersTests.judges.map { $0 + ".html" })
        for (file, text) in letters {
            for other in LettersTests.judges where !file.hasPrefix(other) { #expect(!text.contains(other), "\(other) in \(file)") }
            #expect(HTMLPage(text).faults.isEmpty)
        }
    }

    @Test func `a letter has the entry's result, position, range of places and smallest change`() throws {
        let letter = HTMLPage(try #require(try letters(["--for", "entries", "--places", "10"])["P049.html"]))
        let text = letter.all("main").first?.text ?? ""
        // The same numbers as in `finals`.
        #expect(text.contains("Your result is 85.414: place 11 of 24. The first 10 go on; 0.086 points were missing."))
        #expect(text.contains("lies between places 4 and 21") && text.contains("38 %"))
        #expect(text.contains("One score higher by 0.60 points"))
        #expect(letter.all("tr").count == 8 + 17)
    }

    /// A and B have the mean 8; by the higher single score A goes on.
    @Test(arguments: [("A", "the first that is not has the same result"), ("B", "the last of them has the same result")])
    func `who is in or out by a tie-break is told so`(entry: String, words: String) throws {
        let path = try directory.write("entry,judge,score\nA,J,9\nA,K,7\nB,J,8\nB,K,8\nC,J,1\nC,K,2\n", to: "s.csv")
        let rule = try directory.write(#"{"steps": [{"judges": "mean"}], "tieBreaks": ["high-scores"]}"#, to: "rule.json")
        let out = "\(directory.path)/out"
        let run = try CommandRun(["letters", path, "--for", "entries", "--places", "1", "--rule", rule, "--output", out])
        #expect(run.status == 0, "\(run.error)")
        let text = try directory.read("out/\(entry).html")
        #expect(text.contains(words) && text.contains("tie-break (high-scores) decided") && !text.contains("0.00 points"))
    }

    @Test func `a place that two entries have is shared`() throws {
        let path = try directory.write("entry,judge,score\nA,J,8\nA,K,7\nB,J,6\nB,K,9\nC,J,5\nC,K,4\n", to: "s.csv")
        let run = try CommandRun(["letters", path, "--for", "entries", "--output", "\(directory.path)/out", "--lang", "en"])
        #expect(run.status == 0, "\(run.error)")
        #expect(try directory.read("out/A.html").contains("a shared place 1 of 3"))
        #expect(try directory.read("out/C.html").contains(": place 3 of 3"))
    }

    /// B: 9 and 9 of the others; D: 8 and 5.
    @Test func `a judge's own score is not among the others'`() throws {
        let text = "entry,judge,score\nA,J,8\nA,K,7\nA,L,9\nB,J,6\nB,K,9\nB,L,9\nC,J,5\nC,K,4\nC,L,6\nD,J,9\nD,K,8\nD,L,5\n"
        let path = try directory.write(text, to: "s.csv")
        let run = try CommandRun(["letters", path, "--for", "judges", "--output", "\(directory.path)/out", "--lang", "en"])
        #expect(run.status == 0, "\(run.error)")
        let rows = HTMLPage(try directory.read("out/J.html")).all("tr").map(\.text)
        #expect(rows.contains { $0.contains("B") && $0.contains("6.0") && $0.contains("9.00") && $0.contains("-3.00") }, "\(rows)")
        #expect(rows.contains { $0.contains("D") && $0.contains("9.0") && $0.contains("6.50") && $0.contains("2.50") }, "\(rows)")
    }

    @Test func `names become names of files`() throws {
        let path = try directory.write("entry,judge,score\na/b,J,1\nA:B,J,2\n..,J,3\nCON,J,4\n", to: "s.csv")
        let out = "\(directory.path)/out"
        let run = try CommandRun(["letters", path, "--for", "entries", "--output", out])
        #expect(run.status == 0, "\(run.error)")
        let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
        #expect(
            names == ["A_B.html", "_.html", "_CON.html", "a_b-2.html"] || names == ["A_B-2.html", "_.html", "_CON.html", "a_b.html"],
            "\(names)")
    }

    /// B has withdrawn, and its letter of yesterday must not be handed over.
    @Test(arguments: ["en", "zh"]) func `pages of an earlier list are named`(language: String) throws {
        let out = "\(directory.path)/out"
        func run(_ rows: String) throws -> CommandRun {
            let path = try directory.write("entry,judge,score\n" + rows, to: "s.csv")
            return try CommandRun(["letters", path, "--for", "entries", "--output", out, "--lang", language])
        }
        let first = try run("A,J,1\nB,J,2\nC,J,4\nA,K,2\nB,K,1\nC,K,3\n")
        #expect(first.status == 0 && !first.error.contains("W520"), "\(first.error)")
        #expect(!(try run("A,J,1\nB,J,2\nC,J,4\nA,K,3\nB,K,1\nC,K,3\n").error.contains("W520")))
        let second = try run("A,J,1\nC,J,4\nA,K,2\nC,K,3\n")
        #expect(second.status == 0 && second.error.contains("B.html") && second.error.contains("[W520]"), "\(second.error)")
        #expect(!second.error.contains("A.html"))
    }

    @Test func `letters to judges are not about places`() throws {
        let run = try CommandRun(["letters", LettersTests.contest, "--for", "judges", "--places", "3", "--output", directory.path])
        #expect(run.status == 64 && directory.names.isEmpty)
    }
}
