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

/// What a command was asked, besides its report, as JSON states it.
struct Invocation {
    let command: String
    let inputs: [Reading.Input]
    let options: [(String, JSON)]
    /// Files of attributes that were read besides the scores.
    var attributeFiles: [String] = []

    /// The arguments that make the same result again.
    static func arguments(_ language: Language) -> [String] {
        let given = RootCommand.withoutRemark(Array(CommandLine.arguments.dropFirst()))
        return arguments(RootCommand.replayed ?? given, language: language)
    }

    /// The arguments that make the same result again: without where it went or what was written besides, and with the language of its
    /// words.
    static func arguments(_ given: [String], language: Language) -> [String] {
        let destinations = ["--output", "--sheets", "--criteria"]
        var (kept, index) = ([String](), 0)
        while index < given.count {
            if destinations.contains(given[index]) {
                index += 1
            } else if !destinations.contains(where: { given[index].hasPrefix($0 + "=") }) {
                kept.append(given[index])
            }
            index += 1
        }
        return kept.contains { $0 == "--lang" || $0.hasPrefix("--lang=") } ? kept : kept + ["--lang", language.rawValue]
    }
}

extension OutputOptions {
    /// Runs a command and turns its errors to a message on standard error and exit status 1.
    ///
    /// - Parameter body: says which names are hidden as soon as they are known.
    func reporting(_ body: (inout Pseudonyms) throws -> Void) throws {
        var names = Pseudonyms()
        let message: String
        do { return try body(&names) } catch let error as ScoreSheetError {
            message = error.message(in: language, answering: RootCommand.withoutRemark(Array(CommandLine.arguments.dropFirst())))
        } catch let error as DesignError {
            message = error.message(in: language)
        } catch let error as FitError {
            message = error.message(in: language)
        } catch let error as OutputError {
            message = error.message(in: language)
        } catch let error as RuleFileError {
            message = error.message(in: language)
        } catch let error as ResultFileError {
            message = error.message(in: language)
        } catch let error as PartialError {
            message = error.message(in: language)
        } catch let error as PartialFileError {
            message = error.message(in: language)
        } catch let error as PlanError {
            message = error.message(in: language)
        } catch let error as VoteFileError {
            message = error.message(in: language)
        } catch let error as VoteError {
            message = error.message(in: language)
        } catch let error as RaschError {
            message = error.message(in: language)
        }
        StandardError.show(names.replacing(message))
        throw ExitCode(1)
    }

    /// Prints a report in the form asked for, without the names that are hidden; warnings go first, to standard error.
    func print(_ whole: Report, warnings: [String], _ invocation: Invocation, hiding names: Pseudonyms) throws {
        let report = names.replacing(whole)
        try prepare(warnings, read: invocation.inputs.map(\.path) + invocation.attributeFiles, hiding: names)
        let bytes = try rendered(report, invocation, names)
        if format == .csv || format == .excelCSV {
            for line in [report.verdict] + report.notes { StandardError.show(line) }
        }
        try OutputFile.write(bytes, to: file ?? "/dev/stdout")
        if strict, !warnings.isEmpty { throw ExitCode(2) }
    }

    /// Writes a page.
    func write(_ page: Page, warnings: [String], read: [String], hiding names: Pseudonyms) throws {
        try prepare(warnings, read: read, hiding: names)
        try OutputFile.write([Array(page.html.utf8)], to: file ?? "/dev/stdout")
        if strict, !warnings.isEmpty { throw ExitCode(2) }
    }

    /// Refuses to overwrite what was read, and prints warnings.
    private func prepare(_ warnings: [String], read: [String], hiding names: Pseudonyms) throws {
        if let file, read.contains(where: { OutputFile.isSame($0 == "-" ? "/dev/stdin" : $0, file) }) {
            throw OutputError.overwritesInput(path: file)
        }
        for warning in warnings { StandardError.show(names.replacing(warning)) }
    }

    private func rendered(_ report: Report, _ invocation: Invocation, _ names: Pseudonyms) throws -> any Sequence<[UInt8]> {
        let shown = isForPeople && !allColumns ? report.essential(in: language) : report
        switch format {
        case .table:
            let terminal = Terminal.ofStandardOutput(unless: file)
            return [Array(shown.text(width: terminal?.width, inColour: terminal?.hasColours ?? false).utf8)]
        case .markdown: return [Array(shown.markdown.utf8)]
        case .html: return [Array(page(shown, invocation, names).html.utf8)]
        case .csv: return try chosenTable(report).csvChunks
        case .excelCSV: return [try chosenTable(report).excelCSV]
        case .xlsx: return [try report.workbook(in: language)]
        case .json: return [json(report, invocation, names).bytes]
        }
    }

    /// The answer as a page of its own.
    private func page(_ report: Report, _ invocation: Invocation, _ names: Pseudonyms) -> Page {
        let files = invocation.inputs.map(\.path) + invocation.attributeFiles
        return report.page(
            title: Page.title(of: invocation.command, in: language), about: [Page.listed(files.map(names.replacing), in: language)],
            footer: Page.footer(
                version: Version.number, arguments: Invocation.arguments(language).map(names.replacing),
                files: files.map { (names.replacing($0), FileDigest(ofFile: $0)) }, in: language), in: language)
    }

    private func chosenTable(_ report: Report) throws -> Table {
        // Without a model some answers have no table at all.
        if report.tables.isEmpty { throw ValidationError("--table \(tableName ?? ""): there is no such table here. \(report.verdict)") }
        guard let tableName else { return report.tables[0] }
        // Of several tables of a kind, such as one for each grouping, the kind alone names the first.
        let isNamed: (Table) -> Bool = { $0.name == tableName || $0.title == tableName }
        if let table = report.tables.first(where: isNamed) ?? report.tables.first(where: { $0.name.hasPrefix(tableName + "/") }) {
            return table
        }
        throw ValidationError("--table \(tableName): the tables are \(report.tables.map(\.name).joined(separator: ", ")).")
    }

    /// Present where a model ran.
    private func fits(_ report: Report) -> [(String, JSON)] {
        let fits = report.fits.map { fit in (fit.name, JSON.object(zip(fit.names, fit.values).map { ($0, JSON.number($1)) })) }
        return fits.isEmpty ? [] : [("fits", .object(fits))]
    }

    private func json(_ report: Report, _ invocation: Invocation, _ names: Pseudonyms) -> JSON {
        func digest(_ path: String) -> (String, JSON) { ("sha256", FileDigest(ofFile: path).map { .string($0.hexadecimal) } ?? .null) }
        let inputs = invocation.inputs.map {
            JSON.object([
                ("path", .string(names.replacing($0.path))), ("bytes", .integer($0.bytes)), ("rows", .integer($0.rows)), digest($0.path),
            ])
        }
        let files = invocation.attributeFiles.map { JSON.object([("path", .string(names.replacing($0))), digest($0)]) }
        let arguments = Invocation.arguments(language).map { JSON.string(names.replacing($0)) }
        return .object(
            [
                ("evenhand", .string(Version.number)), ("schema", .integer(1)), ("command", .string(invocation.command)),
                ("arguments", .array(arguments)), ("input", .array(inputs)), ("files", .array(files)),
                ("options", names.replacing(.object(invocation.options))), ("verdict", .string(report.verdict)),
            ] + fits(report) + [
                ("tables", .object(report.tables.map { ($0.name, $0.json) })), ("notes", .array(report.notes.map(JSON.string))),
            ])
    }
}

enum StandardError {
    static func show(_ line: String) {
        var bytes = Array(line.utf8)
        bytes.append(0x0A)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// The terminal that is written to.
struct Terminal {
    /// Its columns; `nil` when it does not say.
    let width: Int?
    let hasColours: Bool

    /// The terminal that standard output is; `nil` when it is none, or a file is written.
    static func ofStandardOutput(unless output: String?) -> Terminal? {
        guard output == nil, isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let hasColours = TextColour.areWanted { getenv($0).map { String(cString: $0) } }
        return Terminal(width: isKnown ? Int(size.ws_col) : nil, hasColours: hasColours)
    }
}
