import ArgumentParser
import Evenhand
import EvenhandIO

/// What files and sheets do not say.
struct SheetOptions: ParsableArguments {
    @Option(
        defaultAsFlag: "",
        help: ArgumentHelp("One row per entry: the columns of scores, where they cannot be detected.", valueName: "header,…"))
    var wide: String?

    @Option(help: ArgumentHelp("What each file is: judge, heat or stage.", valueName: "judge|heat|stage"))
    var fileIs: FileRole?

    @Option(name: .customLong("sheet"), help: ArgumentHelp("Only this sheet of a workbook, or all; repeatable.", valueName: "name|all"))
    var sheets: [String] = []

    @Option(help: ArgumentHelp("What each sheet of a workbook is.", valueName: "judge|heat|stage|criterion"))
    var sheetIs: SheetRole?

    @Option(
        help: ArgumentHelp("What the titles of tables in one sheet name.", valueName: "judge|criterion|entry|heat|stage"))
    var tableIs: ReadingOptions.Role?

    @Option(
        name: .customLong("columns"),
        help: ArgumentHelp("What the score columns of a wide sheet are.", valueName: "judge|criterion|entry"))
    var columnsAre: ScoreColumnRole?

    @Option(
        name: .customLong("ignore"),
        help: ArgumentHelp("A column to ignore; repeatable.", valueName: "header"))
    var ignored: [String] = []

    @Option(
        name: .customLong("deduct"),
        help: ArgumentHelp("A column to subtract from an entry's scores; repeatable.", valueName: "header"))
    var deductions: [String] = []

    @Flag(help: "Scores are places or faults: the lowest is the best.")
    var lowerIsBetter = false

    @Option(help: ArgumentHelp("Hidden and filtered rows and columns of a workbook.", valueName: "read|skip"))
    var hidden: ReadingOptions.Hidden = .read

    @Option(
        name: .customLong("missing"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A code for a missing score, such as -1 or 99; repeatable.", valueName: "code"))
    var missingCodes: [String] = []

    @Option(help: ArgumentHelp("Which of two ballots by the same judge for the same entry counts.", valueName: "last|first"))
    var resubmitted: ReadingOptions.Resubmitted?

    @Option(
        help: ArgumentHelp("Read the sheets by this layout file, from an earlier check --save-layout.", valueName: "file"),
        completion: .file())
    var layout: String?

    @Option(help: ArgumentHelp("The encoding of text files (default: detected).", valueName: "name"))
    var encoding: String?

    @Option(help: ArgumentHelp("The lowest and the highest possible score.", valueName: "low:high"))
    var range: String?

    func validate() throws {
        _ = try limits()
    }

    /// Adds these options to those of a reading.
    func apply(to options: inout ReadingOptions) throws {
        options.isWide = wide != nil
        options.wideColumns = (wide ?? "").split(whereSeparator: { $0 == "," || $0 == "，" }).map(String.init)
        (options.file, options.sheet, options.scoreColumns) = (fileIs?.role, sheetIs?.role, columnsAre?.role)
        (options.sheets, options.table) = (sheets, tableIs)
        (options.encoding, options.range) = (encoding, try limits())
        (options.ignoredColumns, options.deductions, options.missingCodes) = (ignored, deductions, missingCodes)
        (options.hidden, options.resubmitted, options.layout) = (hidden, resubmitted, layout)
        if lowerIsBetter { options.isLowerBetter = true }
    }

    private func limits() throws -> (low: Fraction, high: Fraction)? {
        guard let range else { return nil }
        let ends = range.split(separator: ":", omittingEmptySubsequences: false).map { Fraction(decimal: String($0)) }
        guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else {
            throw ValidationError("--range \(range): write the lowest and the highest score, for example 0:100.")
        }
        return (low, high)
    }

    /// The range of scores in points, if given.
    func scoreRange() throws -> ClosedRange<Double>? {
        try limits().map { $0.low.value...$0.high.value }
    }

    /// The options as JSON states them.
    var json: [(String, JSON)] {
        [
            ("wide", wide.map(JSON.string) ?? .null), ("file_is", fileIs.map { .string($0.rawValue) } ?? .null),
            ("sheet", .array(sheets.map(JSON.string))), ("sheet_is", sheetIs.map { .string($0.rawValue) } ?? .null),
            ("table_is", tableIs.map { .string($0.rawValue) } ?? .null),
            ("columns", columnsAre.map { .string($0.rawValue) } ?? .null), ("encoding", encoding.map(JSON.string) ?? .null),
            ("range", range.map(JSON.string) ?? .null), ("ignore", .array(ignored.map(JSON.string))),
            ("deduct", .array(deductions.map(JSON.string))), ("lower_is_better", .bool(lowerIsBetter)),
            ("hidden", .string(hidden.rawValue)), ("missing", .array(missingCodes.map(JSON.string))),
            ("resubmitted", resubmitted.map { .string($0.rawValue) } ?? .null), ("layout", layout.map(JSON.string) ?? .null),
        ]
    }
}

/// What a file can be.
enum FileRole: String, RoleChoice { case judge, heat, stage }

/// What a sheet of a workbook can be.
enum SheetRole: String, RoleChoice { case judge, heat, stage, criterion }

/// What a column of scores can be.
enum ScoreColumnRole: String, RoleChoice { case judge, criterion, entry }

/// Some of the roles of a file, sheet or column, so that an option refuses the others and its help does not name them.
protocol RoleChoice: Choice {}

extension RoleChoice {
    var role: ReadingOptions.Role? { ReadingOptions.Role(rawValue: rawValue) }
}

extension ReadingOptions.Role: Choice {}
extension ReadingOptions.Hidden: Choice {}
extension ReadingOptions.Resubmitted: Choice {}
