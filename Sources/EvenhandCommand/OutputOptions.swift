import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// In which form, where and in which language.
struct OutputOptions: ParsableArguments {
    enum Format: String, Choice {
        case table, markdown, csv, json
        case excelCSV = "excel-csv"
        case xlsx
    }

    enum Anonymized: String, Choice {
        case judges, entries
    }

    @Option(help: "The form of the output.")
    var format: Format = .table

    @Option(help: ArgumentHelp("Write to this file, whole or not at all.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Print only the first rows.", valueName: "n"))
    var top: Int?

    @Option(name: .customLong("table"), help: ArgumentHelp("The table that csv prints (default: the first).", valueName: "name"))
    var tableName: String?

    @Option(help: "The language of words: en or zh (default: that of the locale).")
    var lang: Language?

    @Option(help: "Replace names by stable labels; repeatable.")
    var anonymize: [Anonymized] = []

    @Flag(help: "Exit with status 2 when there are warnings.")
    var strict = false

    func validate() throws {
        if let top, top < 0 { throw ValidationError("--top \(top): a number of rows is not negative.") }
        if format == .xlsx, output == nil || output == "/dev/stdout", isatty(STDOUT_FILENO) == 1 {
            throw ValidationError("--format xlsx: a terminal cannot show a workbook; add --output FILE.xlsx.")
        }
    }

    var language: Language {
        if let lang { return lang }
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        return Language(locale: names.lazy.compactMap { getenv($0).map { String(cString: $0) } }.first { !$0.isEmpty } ?? "")
    }

    /// The language of texts in tables: data does not change with the language.
    var cellLanguage: Language { isForPeople ? language : .en }

    /// Whether people read the output.
    var isForPeople: Bool { format == .table || format == .markdown || format == .xlsx }

    /// The rows of each table that are printed: a workbook has room for those that a page has not.
    var rows: Int? { top ?? (format == .xlsx ? .max : nil) }

    /// The parts of an answer that are printed: of csv the table asked for, or the first; of the other forms all.
    func parts<Part: CaseIterable & RawRepresentable<String> & Hashable>(of type: Part.Type = Part.self) -> Set<Part> {
        let all = Array(Part.allCases)
        guard format == .csv || format == .excelCSV else { return Set(all) }
        guard let tableName else { return Set(all.prefix(1)) }
        // An unknown name is answered with the names of all.
        return Part(rawValue: String(tableName.prefix { $0 != "/" })).map { [$0] } ?? Set(all)
    }

    /// What each entry of a sheet is called instead, when entries are not to be named.
    func labels(of sheet: ScoreSheet, _ shown: ScoreSheet) -> [String: String]? {
        anonymize.contains(.entries) ? Dictionary(uniqueKeysWithValues: zip(sheet.entries, shown.entries)) : nil
    }

    /// The sheet with the names that may be shown; the others are hidden from now on.
    ///
    /// - Parameter asked: attributes that are shown although they tell entries apart.
    func anonymized(_ sheet: ScoreSheet, hiding names: inout Pseudonyms, asked: Set<String> = []) -> ScoreSheet {
        var shown = sheet
        if anonymize.contains(.entries) { shown = shown.anonymizingEntries(keeping: asked) }
        if anonymize.contains(.judges) { shown = shown.anonymizingJudges(keeping: asked) }
        names.hide(sheet.judges, as: shown.judges)
        names.hide(sheet.entries, as: shown.entries)
        return shown
    }
}

extension Language: Choice {}
