import Foundation
import TestSupport
import Testing

/// Pages as a browser, a screen reader and a suspicious reader meet them.
@Suite struct PageTests {
    static let contest = "Data/zhejiang-2022/scores.csv"
    static let attributes = ["--entries", "Data/zhejiang-2022/entries.csv"]

    static let questions: [[String]] = [
        ["check", contest], ["normalize", contest], ["rank", contest, "--places", "10"] + attributes, ["judges", contest],
        ["groups", contest, "--by", "sector", "--places", "10"] + attributes, ["finals", contest, "--places", "10"],
        ["report", contest, "--places", "10"] + attributes, ["report", contest, "--places", "10", "--depth", "decision"] + attributes,
        ["report", contest, "--places", "10", "--depth", "statistician", "--verify", "Data/zhejiang-2022/published.csv"] + attributes,
        ["report", "Data/quickstart.csv"], ["report", "Data/diving/scores.csv", "--rule", "Data/diving/rule.json"],
    ]

    /// A report is a page without being asked to be one.
    private static func form(of command: String) -> [String] { command == "report" ? [] : ["--format", "html"] }

    private func page(_ arguments: [String], _ language: String = "en") throws -> (source: String, page: HTMLPage) {
        let run = try CommandRun(arguments + PageTests.form(of: arguments[0]) + ["--lang", language])
        #expect(run.status == 0, "\(arguments): \(run.error)")
        return (run.output, HTMLPage(run.output))
    }

    @Test(arguments: questions, ["en", "zh"])
    func `a page is well formed, whole in one file, and every part has a name`(arguments: [String], language: String) throws {
        let (source, page) = try page(arguments, language)
        #expect(page.faults.isEmpty, "\(page.faults.prefix(5))")
        #expect(page.all("html").first?.attributes["lang"] == (language == "zh" ? "zh-Hans" : "en"))
        #expect(page.all("title").first?.text.isEmpty == false)
        #expect(["main", "header", "h1"].allSatisfy { page.all($0).count == 1 })
        let policy = page.all("meta").first { $0.attributes["http-equiv"] != nil }?.attributes["content"]
        #expect(policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
        for part in ["<script", "javascript:", "http://", "https://", "src=", "onload", "onerror", "@import", "url("] {
            #expect(!source.contains(part), "\(part)")
        }
        let identities = page.elements.compactMap { $0.attributes["id"] }
        #expect(Set(identities).count == identities.count)
        let named = page.elements.flatMap { ($0.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init) }
        let linked = page.all("a").compactMap { $0.attributes["href"] }
        #expect(linked.allSatisfy { $0.hasPrefix("#") })
        #expect(Set(named + linked.map { String($0.dropFirst()) }).isSubset(of: identities))
        #expect(page.all("section").allSatisfy { $0.attributes["aria-label"] != nil || $0.attributes["aria-labelledby"] != nil })
        let headings = page.elements.compactMap { ["h1": 1, "h2": 2, "h3": 3][$0.tag] }
        #expect(headings.first == 1 && zip(headings, headings.dropFirst()).allSatisfy { $1 <= $0 + 1 })
        #expect(page.all("table").allSatisfy { table in page.inside(table).contains { $0.tag == "caption" && !$0.text.isEmpty } })
        #expect(page.all("th").allSatisfy { ["col", "row"].contains($0.attributes["scope"]) })
    }

    @Test(arguments: questions.filter { ["judges", "groups", "finals", "report"].contains($0[0]) }, ["en", "zh"])
    func `a picture says what it shows, and its numbers are in a table beside it`(arguments: [String], language: String) throws {
        let page = try page(arguments, language).page
        let isDecision = arguments.contains("decision")
        #expect(isDecision == page.all("svg").isEmpty)
        for figure in page.all("figure") {
            let parts = page.inside(figure)
            let pictures = parts.filter { $0.tag == "svg" }
            #expect(pictures.count == 1 && pictures.allSatisfy { $0.attributes["role"] == "img" })
            #expect(parts.first { $0.tag == "figcaption" }?.text.isEmpty == false)
            let own = parts.filter { $0.tag == "table" }
            // Otherwise the section has the table.
            let section = page.all("section").last { $0.index < figure.index && figure.index < $0.end }
            let tables = own.isEmpty ? section.map { page.inside($0).filter { $0.tag == "table" } } ?? [] : own
            #expect(!tables.isEmpty)
            let text = tables.map(\.text).joined(separator: " ")
            let said = parts.filter { $0.tag == "desc" || $0.tag == "strong" }.map(\.text).joined(separator: " ")
            for number in said.matches(of: #/\d+(\.\d+)?/#).map({ String($0.output.0) }) {
                let isLevel = ["50", "90", "95", "100", "2.5"].contains(number)
                #expect(isLevel || text.contains(number), "\(number) of “\(said)”")
            }
        }
    }

    private static let hostile = [
        "<img src=x onerror=alert(1)>", "]]>", "\"><script>alert(1)</script>", "a\u{202E}gpj.exe", String(repeating: "长", count: 200),
        "&lt;b&gt;", "'; DROP--", "-->", "<!--", "</style>", "</svg>", "👩‍🔬 Ünï", "=1+1",
    ]

    private func hostileSheet() -> String {
        func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
        let judges = PageTests.hostile.prefix(7).map { "J " + $0 }
        var rows = ["entry,judge,score,sector"]
        for (e, entry) in PageTests.hostile.enumerated() {
            for (j, judge) in judges.enumerated() {
                let sector = PageTests.hostile[e % 3]
                rows.append([quoted(entry), quoted(judge), "\(60 + (e * 17 + j * 5 + e * j) % 31)", quoted(sector)].joined(separator: ","))
            }
        }
        return rows.joined(separator: "\n")
    }

    @Test(arguments: [
        ["rank", "--places", "4"], ["judges"], ["finals", "--places", "4"], ["groups", "--by", "sector"], ["report", "--places", "4"],
        ["check"], ["normalize"],
    ])
    func `names that are markup are text`(question: [String]) throws {
        let run = try CommandRun(
            [question[0], "-"] + question.dropFirst() + PageTests.form(of: question[0]), input: Array(hostileSheet().utf8))
        #expect(run.status == 0, "\(run.error)")
        let page = HTMLPage(run.output)
        #expect(page.faults.isEmpty, "\(page.faults.prefix(5))")
        #expect(page.elements.allSatisfy { $0.attributes.keys.allSatisfy { !$0.hasPrefix("on") } })
        #expect(page.all("style").count == 1)
        let text = page.all("body").first?.text ?? ""
        for name in PageTests.hostile.prefix(3) { #expect(text.contains(name), "\(name)") }
        #expect(!run.output.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) })
    }

    @Test func `the order of rows changes nothing but the digest`() throws {
        let lines = hostileSheet().split(separator: "\n")
        let turned = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
        let runs = try [hostileSheet(), turned].map {
            try CommandRun(["report", "-", "--places", "4", "--by", "sector"], input: Array($0.utf8)).output
        }
        #expect(runs[0].count > 10_000 && runs[0] == runs[1])
    }

    @Test(arguments: [
        ("x.html", "<!DOCTYPE html>"), ("x.htm", "<!DOCTYPE html>"), ("x.csv", "entry,"), ("x.json", "{"), ("x.md", "All"),
        ("x.txt", "All"),
        ("x", "All"),
    ])
    func `the ending of the file chooses the form`(name: String, start: String) throws {
        let directory = try TemporaryDirectory()
        let run = try CommandRun(["rank", "Data/quickstart.csv", "--output", "\(directory.path)/\(name)"])
        #expect(run.status == 0 && run.output.isEmpty)
        let text = try directory.read(name)
        #expect(text.hasPrefix(start), "\(text.prefix(30))")
    }

    @Test(arguments: ["x.docx", "x.pdf", "结果.数据"])
    func `an ending that is no format is refused, and nothing is written`(name: String) throws {
        let directory = try TemporaryDirectory()
        let run = try CommandRun(["rank", "Data/quickstart.csv", "--output", "\(directory.path)/\(name)"])
        #expect(run.status == 64 && run.error.contains("no format has this ending") && directory.names.isEmpty)
    }

    @Test func `an ending of another format than the one asked for is refused`() throws {
        let directory = try TemporaryDirectory()
        let run = try CommandRun(["rank", "Data/quickstart.csv", "--format", "json", "--output", "\(directory.path)/x.csv"])
        #expect(run.status == 64 && run.error.contains("belongs to csv") && directory.names.isEmpty)
        let named = try CommandRun(["rank", "Data/quickstart.csv", "--format", "excel-csv", "--output", "\(directory.path)/x.csv"])
        #expect(named.status == 0 && directory.names == ["x.csv"])
    }
}
