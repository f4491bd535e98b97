import Foundation
import TestSupport
import Testing

@testable import EvenhandIO

/// Score sheets that a plan writes, from the plan to the ranking of what judges have filled in.
@Suite struct PlanSheetsTests {
    private let directory: TemporaryDirectory
    private let entries = ["项目甲", "项目乙", "项目丙", "项目丁", "项目戊", "A & <B>", "Team 7", "项目辛"]
    private let judges = ["李娜", "王/芳", "张伟", "Anne \"Q\"", "con", "a.b."]

    init() throws {
        directory = try TemporaryDirectory()
        func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
        try directory.write((["entry"] + entries.map(quoted)).joined(separator: "\n") + "\n", to: "entries.csv")
        try directory.write((["judge"] + judges.map(quoted)).joined(separator: "\n") + "\n", to: "judges.csv")
    }

    private func plan(_ options: [String], _ others: [String] = []) throws -> CommandRun {
        try CommandRun(
            ["plan", "--entries", "entries.csv", "--judges", "judges.csv", "--per-entry", "4"] + options + others,
            in: URL(filePath: directory.path))
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(directory.path)/\(folder)").sorted()
    }

    private func rank(_ folder: String, _ options: String...) throws -> CommandRun {
        try CommandRun(shell: "evenhand rank \(folder)/*.xlsx \(options.joined(separator: " "))", in: URL(filePath: directory.path))
    }

    private static let parts = [
        "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/styles.xml",
        "xl/sharedStrings.xml",
    ]

    /// The parts of a workbook by name.
    private func parts(_ path: String) throws -> [String: String] {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(directory.path)/\(path)")))
        var parts: [String: String] = [:]
        try bytes.withUnsafeBytes { bytes in
            let archive = try Archive(bytes, budget: PackageBudget())
            for name in Self.parts { try archive.read(name) { parts[name] = String(decoding: $0, as: UTF8.self) } }
        }
        return parts
    }

    /// Writes scores into the empty cells, as a person does in a spreadsheet: the file stays as it is otherwise.
    ///
    /// - Parameter score: a score from the entry and the number of the column of scores.
    private func fill(
        _ path: String, columns: Int, hasHeats: Bool = false, _ score: (_ entry: String, _ column: Int) -> Double?
    ) throws {
        var parts = try parts(path)
        let shared = try #require(parts["xl/sharedStrings.xml"])
        let texts = shared.matches(of: #/<si><t[^>]*>([^<]*)</t></si>/#).map { String($0.1) }
        let sheet = try #require(parts["xl/worksheets/sheet1.xml"])
        parts["xl/worksheets/sheet1.xml"] = sheet.replacing(#/<row r="(\d+)">(.*?)</row>/#) { match in
            let text =
                match.2.matches(of: #/<c r="([A-Z])\d+"[^>]*><v>(\d+)</v>/#).first { $0.1 == (hasHeats ? "C" : "B") }
                .flatMap { Int($0.2) }.map { texts[$0] } ?? ""
            let entry = text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
            let cells = (0..<columns).map { column in
                score(entry, column).map { "<c r=\"\(["D", "E", "F", "G"][column + (hasHeats ? 1 : 0)])\(match.1)\"><v>\($0)</v></c>" }
                    ?? ""
            }
            return match.1 == "1" ? String(match.0) : "<row r=\"\(match.1)\">\(match.2)\(cells.joined())</row>"
        }
        try directory.write(ZipArchive(Self.parts.map { ZipArchive.Entry($0, parts[$0] ?? "") }).bytes, to: path)
    }

    /// The merit of an entry: its position in the list, the first best.
    private func merit(_ entry: String) -> Double { Double(2 * entries.count - 2 * (entries.firstIndex(of: entry) ?? -1)) }

    @Test(arguments: ["en", "zh"], ["innovation=30,market=25", "创新=30，市场=25,展示=45.5", ""])
    func `filled sheets are ranked without options`(language: String, criteria: String) throws {
        let run = try plan(["--sheets", "s", "--lang", language], criteria.isEmpty ? [] : ["--criteria", criteria])
        #expect(run.status == 0 && run.output.contains(language == "en" ? "Score sheets for 6 judges are in s" : "6 位评委的评分表已写入 s"))
        let names = try names("s")
        #expect(names.count == 12 && names.contains("李娜.xlsx") && names.contains("王_芳.html") && names.contains("_con.xlsx"))
        let columns = criteria.isEmpty ? 1 : criteria.split(whereSeparator: { ",，".contains($0) }).count
        for (position, name) in names.filter({ $0.hasSuffix("xlsx") }).enumerated() {
            try fill("s/\(name)", columns: columns) { merit($0) + Double(position) / 4 + Double($1) }
        }
        let ranking = try rank("s", "--format", "csv", "--method", "mean", "--lang", language)
        #expect(ranking.status == 0, "\(ranking.error)")
        #expect(ranking.lines.dropFirst().filter { !$0.isEmpty }.map { $0.components(separatedBy: ",")[0] } == entries)
        #expect(ranking.lines.dropFirst().filter { !$0.isEmpty }.allSatisfy { $0.components(separatedBy: ",")[1] == "4" })
        let check = try CommandRun(shell: "evenhand check s/*.xlsx --format json", in: URL(filePath: directory.path))
        for judge in judges { #expect(check.output.contains(judge.replacing("\"", with: "\\\"")), "\(judge)") }
    }

    @Test func `in heats a judge's entries come heat by heat in the running order, and filled sheets are ranked with their heats`() throws {
        let options = ["--heats", "2", "--criteria", "创新=30,市场=25"]
        _ = try plan(["--sheets", "s"], options)
        let seats = try plan(["--format", "csv", "--table", "assignment", "--heats", "2"]).lines.dropFirst().filter { !$0.isEmpty }
            .map { $0.components(separatedBy: ",") }
        for judge in ["李娜", "张伟"] {
            let own = seats.filter { $0[1] == judge }.sorted { ($0[2], Int($0[3]) ?? 0) < ($1[2], Int($1[3]) ?? 0) }
            let parts = try parts("s/\(judge).xlsx")
            let texts = try #require(parts["xl/sharedStrings.xml"]).matches(of: #/<si><t[^>]*>([^<]*)</t></si>/#).map { String($0.1) }
            let rows = try #require(parts["xl/worksheets/sheet1.xml"]).matches(
                of: #/<c r="A(\d+)"[^>]*><v>(\d+)</v></c><c r="B\d+"[^>]*><v>(\d+)</v></c><c r="C\d+"[^>]*><v>(\d+)</v>/#)
            let found = rows.dropFirst(rows.count - own.count).map { row in
                [String(row.2), String(row.3), Int(row.4).map { texts[$0].replacing("&amp;", with: "&") } ?? ""]
            }
            let wanted = own.map { [$0[2], $0[3], $0[0].replacing("<", with: "&lt;").replacing(">", with: "&gt;")] }
            #expect(!own.isEmpty && found == wanted, "\(judge): \(found)")
        }
        for name in try names("s") where name.hasSuffix("xlsx") {
            try fill("s/\(name)", columns: 2, hasHeats: true) { merit($0) - Double($1) }
        }
        let ranking = try rank("s", "--format", "csv", "--method", "mean")
        #expect(ranking.status == 0 && ranking.lines[0].hasPrefix("entry,heat,"), "\(ranking.error)")
        #expect(ranking.lines.dropFirst().filter { !$0.isEmpty }.map { $0.components(separatedBy: ",")[0] } == entries)
        // An anchor is scored in several heats and is one entry: the workbooks leave heats out.
        _ = try plan(["--sheets", "a", "--anchors", "1"], options)
        for name in try names("a") where name.hasSuffix("xlsx") { try fill("a/\(name)", columns: 2) { merit($0) - Double($1) } }
        let anchored = try rank("a", "--format", "csv", "--method", "mean")
        #expect(anchored.status == 0 && anchored.lines[0].hasPrefix("entry,scores"), "\(anchored.error)")
        #expect(try directory.read("a/李娜.html").contains("<th scope=\"col\">heat</th>"))
    }

    @Test func `sheets that are not filled yet are named and not counted`() throws {
        _ = try plan(["--sheets", "s", "--criteria", "创新=30,市场=25"])
        let empty = try rank("s")
        #expect(empty.status == 1 && empty.output.isEmpty && empty.error.contains("no scores yet") && empty.error.contains("[E123]"))
        #expect(try rank("s", "--lang", "zh").error.contains("尚无分数：创新 (max 30)、市场 (max 25) 各行均为空"))
        for name in ["李娜.xlsx", "张伟.xlsx", "_con.xlsx"] { try fill("s/\(name)", columns: 2) { merit($0) - Double($1) } }
        let half = try rank("s", "--method", "mean", "--format", "csv")
        #expect(half.status == 0 && half.error.contains("s/王_芳.xlsx: no scores yet, and not counted"))
        #expect(half.error.components(separatedBy: "[W315]").count == 4 && half.lines.count > 5)
        #expect(try rank("s", "--method", "mean", "--strict").status == 2)
        // One cell is missing: the ballot does not count, and that is said.
        try fill("s/a.b.xlsx", columns: 2) { $1 == 1 && $0 == "Team 7" ? nil : merit($0) }
        let partly = try rank("s", "--method", "mean", "--lang", "zh")
        #expect(partly.status == 0 && partly.error.components(separatedBy: "[W315]").count == 3)
    }

    @Test func `a sheet that an office program has saved is read as well`() throws {
        let run = try CommandRun(["rank", "Tests/Fixtures/workbooks/filled.xlsx", "--method", "mean", "--format", "csv"])
        let means = ["项目甲,1,44,1", "项目戊,1,36,2", "项目己,1,34,3", "项目庚,1,32,4", "项目壬,1,28,5", "项目癸,1,26,6"]
        #expect(run.status == 0 && run.lines.dropFirst().filter { !$0.isEmpty } == means)
        let check = try CommandRun(["check", "Tests/Fixtures/workbooks/filled.xlsx", "--format", "csv", "--table", "columns"])
        #expect(check.output.contains(",C,评委,judge,") && check.output.contains(",D,创新(30分),score,"))
    }

    @Test func `cells take only numbers up to the maximum, and the reader refuses more`() throws {
        _ = try plan(["--sheets", "s", "--criteria", "创新=30,A & \"B\"=2.5", "--lang", "zh"])
        let sheet = try #require(try parts("s/李娜.xlsx")["xl/worksheets/sheet1.xml"])
        let rules = sheet.matches(
            of: #/<dataValidation type="decimal" [^>]*sqref="([A-Z]2:[A-Z]\d+)"><formula1>0</formula1><formula2>([0-9.]+)</formula2>/#)
        #expect(rules.map { String($0.2) } == ["30", "2.5"] && rules.map { String($0.1.prefix(3)) } == ["D2:", "E2:"])
        #expect(sheet.contains("errorTitle=\"A &amp; &quot;B&quot;\"") && sheet.contains("请填写 0 至 2.5 的数"))
        try fill("s/李娜.xlsx", columns: 2) { _, column in column == 0 ? 31 : 2 }
        #expect(try rank("s").error.contains("[E214]"))
    }

    @Test func `the page for each judge has the entries in their order and fields to fill`() throws {
        _ = try plan(["--sheets", "s", "--criteria", "创新=30,市场=25", "--lang", "zh"])
        let page = try directory.read("s/王_芳.html")
        #expect(page.contains("<h1>王/芳</h1>") && page.contains("创新（30分）") && page.contains("评委签名、日期"))
        #expect(page.matches(of: #/<td class="f"></td>/#).count % 2 == 0 && page.contains("<td class=\"f\"></td>"))
        let plan = try plan(["--format", "csv"])
        let own = plan.lines.filter { $0.contains("王/芳") }.sorted {
            Int($0.split(separator: ",")[2]) ?? 0 < Int($1.split(separator: ",")[2]) ?? 0
        }
        let inPage = entries.filter {
            page.contains($0.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;"))
        }
        #expect(Set(inPage) == Set(own.map { $0.components(separatedBy: ",")[0] }))
    }

    @Test func `nothing is replaced, and nothing printed then`() throws {
        #expect(try plan(["--sheets", "s"]).status == 0)
        let before = try parts("s/李娜.xlsx")
        try FileManager.default.removeItem(atPath: "\(directory.path)/s/con.html".replacing("/con", with: "/_con"))
        let again = try plan(["--sheets", "s", "--criteria", "x=5"])
        #expect(
            again.status == 1 && again.output.isEmpty && again.error.contains("exists already and may be filled in")
                && again.error.contains("[E505]"))
        #expect(try parts("s/李娜.xlsx") == before && !names("s").contains("_con.html"))
    }

    @Test(arguments: [
        (["--criteria", "a=3"], 64, "add --sheets DIR"), (["--sheets", "s", "--criteria", "a=0"], 64, "above 0"),
        (["--sheets", "s", "--criteria", "a=x"], 64, "not a decimal number"),
        (["--sheets", "s", "--criteria", "a=1,a=2"], 64, "given twice"),
        (["--sheets", "s", "--criteria", "平均分=30,排名=25"], 1, "[E730]"), (["--sheets", "entries.csv"], 1, "[E503]"),
    ])
    func `what cannot be a sheet is refused`(options: [String], status: Int, message: String) throws {
        let run = try plan(options)
        #expect(run.status == status && run.output.isEmpty && run.error.contains(message), "\(run.error)")
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/s"))
    }

    @Test func `a result says how to make it again without its sheets`() throws {
        let run = try plan(["--sheets", "s", "--criteria", "a=3", "--format", "json"])
        #expect(run.status == 0 && !run.output.contains("--sheets") && !run.output.contains("a=3"))
    }

    @Test func `names that are hidden are hidden on the sheets`() throws {
        _ = try plan(["--sheets", "s", "--anonymize", "entries", "--anonymize", "judges"])
        let sheets = try names("s").filter { $0.hasSuffix("xlsx") }
        #expect(sheets.count == 6 && sheets.allSatisfy { $0.hasPrefix("J") })
        #expect(try !(parts("s/\(sheets[0])")["xl/sharedStrings.xml"] ?? "").contains("项目"))
    }
}
