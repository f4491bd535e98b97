import Foundation
import TestSupport
import Testing

/// `--format xlsx`, in the eyes of Evenhand itself and of LibreOffice where it is installed.
@Suite struct WorkbookTests {
    private static let contest = "Data/zhejiang-2022/"
    private static let commands: [(name: String, arguments: [String])] = [
        ("rank", ["rank", contest + "scores.csv", "--entries", contest + "entries.csv", "--places", "10"]),
        ("each", ["rank", contest + "scores.csv", "--stage", "初赛", "--each", "heat", "--places", "2"]),
        ("normalize", ["normalize", contest + "scores.csv", "--stage", "all"]), ("check", ["check", contest + "scores.csv"]),
        ("judges", ["judges", contest + "scores.csv"]),
        ("groups", ["groups", contest + "scores.csv", "--entries", contest + "entries.csv", "--stage", "初赛", "--by", "sector"]),
        ("finals", ["finals", contest + "scores.csv", "--places", "10"]),
    ]

    @Test func `a workbook is a file or goes to a pipe, with the same bytes`() throws {
        let directory = try TemporaryDirectory()
        let arguments = ["rank", "Data/quickstart.csv", "--format", "xlsx"]
        let run = try CommandRun(arguments + ["--output", directory.path + "/r.xlsx"])
        #expect(run.status == 0 && run.output.isEmpty && run.error.isEmpty)
        let bytes = try Data(contentsOf: URL(filePath: directory.path + "/r.xlsx"))
        #expect(bytes.prefix(2) == Data([0x50, 0x4B]) && directory.names == ["r.xlsx"])
        #expect(try CommandRun(arguments).outputBytes == bytes)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
    func `a workbook does not go to a terminal`() throws {
        let line = "script -qec 'evenhand rank Data/quickstart.csv --format xlsx' /dev/null"
        let run = try CommandRun(shell: line)
        #expect(run.status == 64 && run.output.contains("--format xlsx: a terminal cannot show a workbook; add --output FILE.xlsx."))
    }

    @Test func `a table of a workbook is read again as a sheet of scores`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/n.xlsx"
        let scores = Self.contest + "scores.csv"
        for language in ["en", "zh"] {
            _ = try CommandRun(["normalize", scores, "--stage", "决赛", "--format", "xlsx", "--lang", language, "--output", path])
            let sheet = language == "en" ? "Normalized" : "标准化"
            let again = try CommandRun([
                "rank", path, "--sheet", sheet, "--ignore", language == "en" ? "normalized" : "标准化", "--format", "csv",
            ])
            #expect(again.status == 0, "\(again.error)")
            #expect(again.output == (try CommandRun(["rank", scores, "--format", "csv"]).output))
        }
    }

    @Test func `hidden names are nowhere in a workbook`() throws {
        let arguments = ["judges", Self.contest + "scores.csv", "--format", "xlsx", "--lang", "zh", "--anonymize", "judges"]
        let directory = try TemporaryDirectory()
        let path = directory.path + "/j.xlsx"
        #expect(try CommandRun(arguments + ["--output", path]).status == 0)
        let unpacked = try CommandRun(shell: "unzip -p '\(path)' || true").output
        #expect(!unpacked.contains("评委12"))
        #expect(unpacked.isEmpty || unpacked.contains(/>J\d\d</))
    }

    private static let office = ["/usr/bin/soffice", "/usr/bin/libreoffice"].first { FileManager.default.isExecutableFile(atPath: $0) }

    /// LibreOffice writes each sheet of each workbook as CSV; a sheet that it cannot read is not there, or not the same.
    @Test(.enabled(if: office != nil), arguments: ["en", "zh"])
    func `LibreOffice reads every sheet of every command`(language: String) throws {
        let directory = try TemporaryDirectory()
        for command in Self.commands {
            let path = "\(directory.path)/\(command.name).xlsx"
            let run = try CommandRun(command.arguments + ["--lang", language, "--format", "xlsx", "--output", path])
            #expect(run.status == 0, "\(command.name): \(run.error)")
        }
        let office = try #require(Self.office)
        let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        let run = try CommandRun(
            shell: "cd '\(directory.path)' && '\(office)' -env:UserInstallation=file://\(directory.path)/profile --headless"
                + " --convert-to '\(filter)' *.xlsx 2>&1")
        #expect(run.status == 0 && !run.output.lowercased().contains("error"), "\(run.output)")
        for command in Self.commands {
            guard let sheet = ["rank": ("Ranking", "排名"), "judges": ("Judges", "评委"), "finals": ("Cut", "入围线")][command.name] else {
                continue
            }
            let name = "\(command.name)-\(language == "en" ? sheet.0 : sheet.1).csv"
            let own = try CommandRun(command.arguments + ["--lang", language, "--format", "csv"]).lines.dropFirst().filter { !$0.isEmpty }
            let lines = try directory.read(name).split(whereSeparator: \.isNewline).dropFirst()
            #expect(lines.map { $0.prefix { $0 != "," } } == own.map { $0.prefix { $0 != "," } }, "\(name)")
        }
    }
}
