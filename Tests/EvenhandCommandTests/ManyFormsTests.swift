import Foundation
import TestSupport
import Testing

/// One contest in the forms that organisers export: whatever the form, the same bytes come out.
@Suite struct ManyFormsTests {
    /// Two heats whose panels share a judge, two criteria, one decimal.
    private static let heats: [(name: String, entries: [String], judges: [String])] = [
        ("第1场", ["甲", "乙", "丙", "Delta"], ["评委1", "评委2", "评委3"]), ("第2场", ["戊", "己", "庚"], ["评委3", "评委4", "评委5"]),
    ]
    private static let judges = ["评委1", "评委2", "评委3", "评委4", "评委5"]
    private static let criteria = ["创新性", "市场"]
    private static let maxima = ["创新性(30)", "市场（25分）"]

    private static func sector(_ entry: String) -> String { ["甲", "丙", "己"].contains(entry) ? "新材料" : "AI, 软件" }

    /// Tenths between 15 and 25, by entry, judge and criterion.
    private static func score(_ entry: String, _ judge: String, _ criterion: String) -> Double {
        let seed = (entry + judge + criterion).unicodeScalars.reduce(7) { ($0 &* 31 &+ Int($1.value)) % 1009 }
        return 15 + Double(seed % 100) / 10
    }

    private static func text(_ value: Double, comma: Bool = false) -> String {
        let text = value == value.rounded() ? String(Int(value)) : String(value)
        return comma ? text.replacing(".", with: ",") : text
    }

    private static func quoted(_ text: String) -> String { text.contains(",") ? "\"\(text)\"" : text }

    private static var long: String {
        let rows = heats.flatMap { heat in
            heat.entries.flatMap { entry in
                heat.judges.flatMap { judge in
                    criteria.map { "\(heat.name),\(entry),\(quoted(sector(entry))),\(judge),\($0),\(text(score(entry, judge, $0)))\n" }
                }
            }
        }
        return "heat,entry,sector,judge,criterion,score\n" + rows.joined()
    }

    /// A title, judges over criteria, and a line to sign.
    private static func wide(separator: String = ",", comma: Bool = false) -> String {
        let upper = ["项目", "场次", "sector"] + judges.flatMap { [$0, ""] }
        let lower = ["", "", ""] + judges.flatMap { _ in maxima }
        let rows = heats.flatMap { heat in
            heat.entries.map { entry in
                [entry, heat.name, quoted(sector(entry))]
                    + judges.flatMap { judge in
                        criteria.map { heat.judges.contains(judge) ? text(score(entry, judge, $0), comma: comma) : "" }
                    }
            }
        }
        let empty = [String](repeating: "", count: upper.count - 1)
        return ([["创新大赛评分表"] + empty, upper, lower] + rows + [["监督员签字："] + empty]).map { $0.joined(separator: separator) + "\n" }.joined()
    }

    /// The sheets of one judge each: criteria are columns.
    private static func sheet(of judge: String) -> String {
        let rows = heats.filter { $0.judges.contains(judge) }.flatMap { heat in
            heat.entries.map { entry in
                let scores = criteria.map { score(entry, judge, $0) }
                return
                    ([entry, heat.name, quoted(sector(entry))] + (scores + [scores[0] + scores[1]]).map { text(($0 * 10).rounded() / 10) })
                    .joined(separator: ",") + "\n"
            }
        }
        return "项目,场次,sector,\(maxima.joined(separator: ",")),合计\n" + rows.joined()
    }

    /// A workbook with a sheet for each heat, a title and two-row headers of merged cells.
    private static var workbook: [UInt8] {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        func cell(_ text: String) -> String {
            if text.isEmpty { return "<c/>" }
            return Double(text) == nil ? "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>" : "<c><v>\(text)</v></c>"
        }
        let sheets = heats.map { heat -> String in
            let title = ["创新大赛"] + [String](repeating: "", count: 1 + 2 * heat.judges.count)
            let upper = ["项目", "sector"] + heat.judges.flatMap { [$0, ""] }
            let lower = ["", ""] + heat.judges.flatMap { _ in maxima }
            let rows = heat.entries.map { entry in
                [entry, sector(entry)] + heat.judges.flatMap { judge in criteria.map { text(score(entry, judge, $0)) } }
            }
            let cells = ([title, upper, lower] + rows).map { "<row>\($0.map(cell).joined())</row>" }.joined()
            let merges = ["A1:H1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2"].map { "<mergeCell ref=\"\($0)\"/>" }.joined()
            return "<worksheet xmlns=\"\(main)\"><sheetData>\(cells)</sheetData><mergeCells>\(merges)</mergeCells></worksheet>"
        }
        let list = heats.enumerated().map { "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>" }.joined()
        let targets = heats.indices.map {
            "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
        }
        var entries = [
            ZipArchive.Entry("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ZipArchive.Entry(
                "_rels/.rels",
                "<Relationships xmlns=\"\(package)\"><Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
            ZipArchive.Entry("xl/workbook.xml", "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>\(list)</sheets></workbook>"),
            ZipArchive.Entry("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"\(package)\">\(targets.joined())</Relationships>"),
        ]
        entries += sheets.enumerated().map { ZipArchive.Entry("xl/worksheets/sheet\($0 + 1).xml", $1) }
        return ZipArchive(entries).bytes
    }

    @Test func `the same contest in every form gives the same bytes`() throws {
        let directory = try TemporaryDirectory()
        func ranked(_ paths: [String], _ options: [String] = []) throws -> String {
            let run = try CommandRun(["rank"] + paths + ["--format", "csv"] + options)
            #expect(run.status == 0, "\(run.error)")
            return run.output
        }
        func recoded(_ path: String, to encoding: String) throws -> String {
            let target = "\(directory.path)/\(encoding).csv"
            #expect(try CommandRun(shell: "iconv -f UTF-8 -t \(encoding) \(path) > \(target)").status == 0)
            return target
        }
        let long = try directory.write(ManyFormsTests.long, to: "long.csv")
        let wide = try directory.write(ManyFormsTests.wide(), to: "wide.csv")
        let expected = try ranked([long])
        #expect(expected.split(separator: "\n").count == 8 && expected.hasPrefix("entry,heat,sector,scores,mean,"))
        #expect(try ranked([wide]) == expected)
        let judges = try ManyFormsTests.judges.map { try directory.write(ManyFormsTests.sheet(of: $0), to: "\($0).csv") }
        #expect(try ranked(judges, ["--file-is", "judge"]) == expected)
        #expect(try ranked([try recoded(long, to: "GB18030")]) == expected)
        #expect(try ranked([try recoded(wide, to: "GB18030")]) == expected)
        for encoding in ["UTF-16", "UTF-16LE", "UTF-16BE"] {
            #expect(try ranked([try recoded(wide, to: encoding)]) == expected, "\(encoding)")
        }
        #expect(try ranked([try directory.write("\u{FEFF}" + ManyFormsTests.long, to: "bom.csv")]) == expected)
        #expect(try ranked([try directory.write(ManyFormsTests.wide(separator: "\t"), to: "tabs.tsv")]) == expected)
        let european = ManyFormsTests.wide(separator: ";", comma: true)
        #expect(try ranked([try directory.write(european, to: "european.csv")]) == expected)
        #expect(try ranked([try directory.write(ManyFormsTests.workbook, to: "contest.xlsx")]) == expected)
        // Both heats from one pipe, too.
        #expect(try CommandRun(shell: "cat \(directory.path)/contest.xlsx | evenhand rank - --format csv").output == expected)
    }
}
