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
        case table, markdown, html, xlsx, csv, json
        case excelCSV = "excel-csv"

        /// The endings of files that hold the form.
        fileprivate var endings: [String] {
            switch self {
            case .table: ["txt"]
            case .markdown: ["md", "markdown"]
            case .html: ["html", "htm"]
            case .xlsx: ["xlsx"]
            case .csv, .excelCSV: ["csv"]
            case .json: ["json"]
            }
        }
    }

    enum Anonymized: String, Choice {
        case judges, entries
    }

    @Option(name: .customLong("format"), help: "The form of the output (default: by the ending of --output, else table).")
    var formatName: Format?

    @Option(help: ArgumentHelp("Write to this file, whole or not at all (-: standard output).", valueName: "file"), completion: .file())
    var output: String?

    @Option(help: ArgumentHelp("Print only the first rows.", valueName: "n"))
    var top: Int?

    @Option(
        name: .customLong("table"), help: ArgumentHelp("The table that csv prints (default: the first).", valueName: "name"),
        completion: .custom { words, _, _ in RootCommand.tableNames(completing: words) })
    var tableName: String?

    @Flag(help: "Show all columns of the tables; csv and json always have them.")
    var allColumns = false

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
        guard let output, let ending = OutputOptions.ending(of: output) else { return }
        let named = Format.allCases.filter { $0.endings.contains(ending) }
        if let formatName {
            if named.isEmpty || named.contains(formatName) { return }
            throw ValidationError("--output \(output): the ending belongs to \(named[0].rawValue), but --format is \(formatName.rawValue).")
        }
        if named.isEmpty {
            let endings = Format.allCases.flatMap(\.endings)
            let known = endings.indices.filter { !endings[..<$0].contains(endings[$0]) }.map { endings[$0] }.joined(separator: ", ")
            throw ValidationError("--output \(output): no format has this ending; use one of \(known), or say --format.")
        }
    }

    /// The file that is written; `nil` for standard output, which `-` names as well.
    var file: String? { output == "-" ? nil : output }

    /// The form of the output: the one that is asked for, else by the ending of the file.
    var format: Format {
        if let formatName { return formatName }
        return output.flatMap(OutputOptions.ending).flatMap { ending in Format.allCases.first { $0.endings.contains(ending) } } ?? .table
    }

    /// The ending of a path in lower case; `nil` of a name without one, and of devices.
    private static func ending(of path: String) -> String? {
        guard !path.hasPrefix("/dev/"), let name = path.split(separator: "/").last, let point = name.lastIndex(of: "."),
            point != name.startIndex
        else { return nil }
        return name[name.index(after: point)...].lowercased()
    }

    var language: Language { OutputOptions.language(lang) }

    /// The language that was asked for, or that of the locale.
    static func language(_ given: Language?) -> Language {
        if let given { return given }
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        return Language(locale: names.lazy.compactMap { getenv($0).map { String(cString: $0) } }.first { !$0.isEmpty } ?? "")
    }

    /// The language of texts in tables: data does not change with the language.
    var cellLanguage: Language { isForPeople ? language : .en }

    /// Whether people read the output.
    var isForPeople: Bool { [.table, .markdown, .html, .xlsx].contains(format) }

    /// The rows of each table that are printed: a workbook has room for those that a page has not.
    var rows: Int? { top ?? (format == .xlsx ? .max : nil) }

    /// Whether pictures belong to the output without being asked for.
    var hasPictures: Bool { format == .html }

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
