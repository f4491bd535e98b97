public import ArgumentParser
import Evenhand
import EvenhandIO

/// What files and sheets do not say themselves.
struct SheetOptions: ParsableArguments {
    @Option(
        defaultAsFlag: "",
        help: ArgumentHelp("One row per entry; the columns of scores, if they cannot be told.", valueName: "header,…"))
    var wide: String?

    @Option(help: ArgumentHelp("What each file is: judge, heat or stage.", valueName: "judge|heat|stage"))
    var fileIs: ReadingOptions.Part?

    @Option(name: .customLong("sheet"), help: ArgumentHelp("Only this sheet of a workbook, or all; repeatable.", valueName: "name|all"))
    var sheets: [String] = []

    @Option(help: ArgumentHelp("What each sheet of a workbook is.", valueName: "judge|heat|stage|criterion"))
    var sheetIs: ReadingOptions.Part?

    @Option(name: .customLong("columns"), help: ArgumentHelp("What the score columns of a wide sheet are.", valueName: "judge|criterion"))
    var columnsAre: ReadingOptions.Part?

    @Option(help: ArgumentHelp("The encoding of text files (default: told from their bytes).", valueName: "name"))
    var encoding: String?

    @Option(help: ArgumentHelp("The lowest and the highest score that can be.", valueName: "low:high"))
    var range: String?

    func validate() throws {
        if let columnsAre, columnsAre != .judge, columnsAre != .criterion {
            throw ValidationError("--columns \(columnsAre.rawValue): score columns are judge or criterion.")
        }
        if fileIs == .criterion { throw ValidationError("--file-is criterion: a file is a judge, a heat or a stage.") }
        _ = try limits()
    }

    /// Adds what was said to the options of a reading.
    func apply(to options: inout ReadingOptions) throws {
        options.isWide = wide != nil
        options.wideColumns = (wide ?? "").split(whereSeparator: { $0 == "," || $0 == "，" }).map(String.init)
        (options.file, options.sheets, options.sheet, options.scoreColumns) = (fileIs, sheets, sheetIs, columnsAre)
        (options.encoding, options.range) = (encoding, try limits())
    }

    private func limits() throws -> (low: Fraction, high: Fraction)? {
        guard let range else { return nil }
        let ends = range.split(separator: ":", omittingEmptySubsequences: false).map { Fraction(decimal: String($0)) }
        guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else {
            throw ValidationError("--range \(range): write the lowest and the highest score, for example 0:100.")
        }
        return (low, high)
    }

    /// What scores can be, in points, when it is said.
    func scoreRange() throws -> ClosedRange<Double>? {
        try limits().map { $0.low.value...$0.high.value }
    }

    /// The options as JSON states them.
    var json: [(String, JSON)] {
        [
            ("wide", wide.map(JSON.string) ?? .null), ("file_is", fileIs.map { .string($0.rawValue) } ?? .null),
            ("sheet", .array(sheets.map(JSON.string))), ("sheet_is", sheetIs.map { .string($0.rawValue) } ?? .null),
            ("columns", columnsAre.map { .string($0.rawValue) } ?? .null), ("encoding", encoding.map(JSON.string) ?? .null),
            ("range", range.map(JSON.string) ?? .null),
        ]
    }
}

extension ReadingOptions.Part: ExpressibleByArgument {}
