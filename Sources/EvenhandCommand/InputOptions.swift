import ArgumentParser
import CProcess
import Evenhand
import EvenhandIO

/// Which scores, and which part of them.
struct InputOptions: ParsableArguments {
    @Argument(help: "Files of scores; - is standard input.", completion: .file())
    var scores: [String] = []

    @OptionGroup(title: "Sheets") var sheet: SheetOptions

    @Option(help: ArgumentHelp("Attributes of the entries: a file with a column entry.", valueName: "file"), completion: .file())
    var entries: String?

    @Option(help: ArgumentHelp("Attributes of the judges: a file with a column judge.", valueName: "file"), completion: .file())
    var judges: String?

    @Option(
        name: .customLong("column"),
        help: ArgumentHelp(
            "The header of a role (entry, judge, score, criterion, heat, stage, order, item, repeat).", valueName: "role=header"))
    var columns: [Assignment] = []

    @Option(help: ArgumentHelp("The stage: its name or number, last or all (default: last).", valueName: "name|last|all"))
    var stage: String?

    @Option(
        name: .customLong("heat"), help: ArgumentHelp("Only this heat, or several separated by commas; repeatable.", valueName: "name,…"))
    var heats: [String] = []

    @Option(help: "How criteria are combined into a judge's total.")
    var combine: CriterionRule.Combination = .sum

    @Option(help: ArgumentHelp("What each criterion is multiplied by, after division by its maximum.", valueName: "criterion=w,…"))
    var weights: Assignments?

    @Option(name: .customLong("max"), help: ArgumentHelp("The maximum score of each criterion.", valueName: "criterion=n,…"))
    var maxima: Assignments?

    func validate() throws {
        for column in columns where ColumnRole(rawValue: column.name) == nil {
            let roles = ColumnRole.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--column \(column.name)=…: there is no role \(column.name); roles are \(roles).")
        }
        for (index, column) in columns.enumerated()
        where columns[..<index].contains(where: { $0.name == column.name || $0.value == column.value }) {
            throw ValidationError("--column \(column.name)=\(column.value): give each role one header, and each header one role.")
        }
        if scores.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input (-) can be read only once.") }
        _ = try rule()
    }

    /// Reads the files.
    ///
    /// - Parameter covariates: columns whose values are wanted for each score.
    func read(isThorough: Bool = false, by rule: ScoringRule? = nil, keeping covariates: [String] = []) throws -> Reading {
        if scores.isEmpty { throw ValidationError("Missing expected argument '<scores> ...'") }
        ExpectedHeap.prepare(for: scores)
        var options = try readingOptions()
        options.ruleAttributes = covariates.isEmpty ? rule?.attributes : (rule?.attributes ?? []).union(covariates)
        return try Reading(of: scores, as: options, isThorough: isThorough)
    }

    func readingOptions() throws -> ReadingOptions {
        var options = ReadingOptions()
        options.columns = Dictionary(columns.compactMap { column in ColumnRole(rawValue: column.name).map { ($0, column.value) } }) { $1 }
        (options.entries, options.judges) = (entries, judges)
        options.maxima = try maxima?.fractions("--max") ?? [:]
        options.weightsAreGiven = weights != nil
        try sheet.apply(to: &options)
        return options
    }

    /// The part of the contest and the rule for criteria, as JSON states them.
    var json: [(String, JSON)] {
        func listed(_ parts: Assignments?) -> JSON { parts.map { .object($0.parts.map { ($0.name, .string($0.value)) }) } ?? .null }
        return [
            ("stage", stage.map(JSON.string) ?? .null), ("heat", .array(heats.map(JSON.string))), ("combine", .string(combine.rawValue)),
            ("weights", listed(weights)), ("max", listed(maxima)),
        ] + sheet.json
    }

    /// The files that are read besides the scores.
    var attributeFiles: [String] { [entries, judges, sheet.layout].compactMap(\.self) }

    /// The part of the contest that is asked for; by default the last stage, or all rounds of one performance that a rule combines.
    func selection(of sheet: ScoreSheet, heats: [String]? = nil, by rule: ScoringRule? = nil) throws -> Selection {
        if !selectsPart, let rule, rule.combinesHeats, rule.stages.isEmpty {
            let last = try? Selection(of: sheet)
            if last?.sheet.hasRepeatedEntries != true { return try Selection(of: sheet, stage: .all) }
        }
        let choice = stage.map { name -> StageChoice in name == "last" ? .last : name == "all" ? .all : .named(name) }
        return try Selection(of: sheet, stage: choice, heats: heats ?? self.heats)
    }

    /// Whether a part of the contest is asked for.
    var selectsPart: Bool { stage != nil || !heats.isEmpty }

    /// The rule for the criteria of a part of the contest, with the maxima that its headers state.
    func rule(for selection: Selection, of reading: Reading) throws -> CriterionRule {
        var rule = try rule()
        if weights == nil { rule.weights = reading.weights.filter { selection.sheet.criteria.contains($0.key) } }
        for (criterion, maximum) in reading.maxima where selection.sheet.criteria.contains(criterion) { rule.maxima[criterion] = maximum }
        return rule
    }

    private func rule() throws -> CriterionRule {
        CriterionRule(
            combination: combine, weights: try weights?.fractions("--weights") ?? [:], maxima: try maxima?.fractions("--max") ?? [:])
    }
}

extension CriterionRule.Combination: Choice {}

/// `name=value`
struct Assignment: ExpressibleByArgument {
    let name: String
    let value: String

    init?(argument: String) {
        guard let mark = argument.firstIndex(of: "="), mark != argument.startIndex else { return nil }
        name = String(argument[..<mark])
        value = String(argument[argument.index(after: mark)...])
        if value.isEmpty { return nil }
    }
}

/// `name=value,name=value`
struct Assignments: ExpressibleByArgument {
    let parts: [Assignment]

    init?(argument: String) {
        let assignments = argument.split(whereSeparator: { $0 == "," || $0 == "，" }).map { Assignment(argument: String($0)) }
        parts = assignments.compactMap(\.self)
        if parts.isEmpty || parts.count != assignments.count { return nil }
    }

    func fractions(_ option: String) throws -> [String: Fraction] {
        var fractions: [String: Fraction] = [:]
        for part in parts {
            guard let value = Fraction(decimal: part.value) else {
                throw ValidationError("\(option): \(part.value) is not a decimal number.")
            }
            guard fractions.updateValue(value, forKey: part.name) == nil else {
                throw ValidationError("\(option): \(part.name) is given twice.")
            }
        }
        return fractions
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Large pages for the scores of files of some size.
enum ExpectedHeap {
    /// Less is not worth the call. Of more, a virtual machine seldom has large pages at hand, and its host makes them at several times the
    /// price of small ones: with ten million scores that took a quarter of the time.
    private static let sizes = 1 << 22...1 << 26

    /// Prepares the heap for what files of scores become: about as many bytes as they have.
    static func prepare(for paths: [String]) {
        let size = paths.reduce(0) { sum, path in
            var status = stat()
            return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? sum + Int(status.st_size) : sum
        }
        if sizes.contains(size) { evenhand_expect_heap(size) }
    }
}
