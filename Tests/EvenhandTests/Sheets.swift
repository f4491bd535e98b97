import Evenhand
import EvenhandIO
import Foundation
import TestSupport

/// The sheet that the reader makes of the text of a file, for a rule that takes amounts from some attributes.
func sheet(_ text: String, attributes: Set<String> = []) throws -> ScoreSheet {
    let file = FileManager.default.temporaryDirectory.appending(path: "evenhand-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var options = ReadingOptions()
    (options.takesNumbersAsScores, options.ruleAttributes) = (true, attributes)
    return try Reading(of: [file.path], as: options).sheet
}

/// A sheet of entries with the scores of judges J1, J2, …, parted by spaces; `-` where there is none.
func sheet(_ entries: KeyValuePairs<String, String>) throws -> ScoreSheet {
    let rows = entries.flatMap { entry, scores in
        scores.split(separator: " ").enumerated().filter { $1 != "-" }.map { "\(entry),J\($0 + 1),\($1)" }
    }
    return try sheet((["entry,judge,score"] + rows).joined(separator: "\n"))
}

/// A sheet in which each judge scores each of a column of scores as an entry of its own: E00001, E00002, …
func sheet(judge: [String], scores: [String]) throws -> ScoreSheet {
    let rows = zip(judge, scores).enumerated().map { row, score in "E\(100_000 + row),\(score.0),\(score.1)" }
    return try sheet((["entry,judge,score"] + rows).joined(separator: "\n"))
}

/// The rows of a fixture in CSV, by header.
func rows(of path: String) throws -> [[String: String]] { rows(ofText: try fixture(path)) }

func rows(ofText text: String) -> [[String: String]] {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
}

/// The expected values of one case of a fixture with the columns `case`, `quantity` and one more.
func expected(_ name: String, in path: String, column: String) throws -> [String: Double] {
    Dictionary(uniqueKeysWithValues: try rows(of: path).filter { $0["case"] == name }.map { ($0["quantity"]!, Double($0[column]!)!) })
}

/// The number of digits that agree: −log₁₀ of the relative error, 17 when there is none.
func digits(_ value: Double?, _ certified: Double?) -> Double {
    guard let value, let certified else { return 0 }
    return value == certified ? 17 : -(((value - certified) / certified).magnitude).logarithm10
}

extension Double {
    fileprivate var logarithm10: Double { log10(self) }
}

/// The directory of the package.
let packageDirectory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL

/// The made contest of `Data`: nine preliminaries and a final.
enum MadeContest {
    static func text() throws -> String {
        try String(contentsOf: packageDirectory.appending(path: "Data/zhejiang-2022/scores.csv"), encoding: .utf8)
    }

    static func sheet() throws -> ScoreSheet {
        try ScoreSheet(contentsOf: packageDirectory.appending(path: "Data/zhejiang-2022/scores.csv").path)
    }

    /// The contest with its columns in another order, or some left out.
    static func text(columns: [String]) throws -> String {
        let lines = rows(ofText: try text()).map { row in columns.map { row[$0]! }.joined(separator: ",") }
        return ([columns.joined(separator: ",")] + lines).joined(separator: "\n")
    }
}

extension ScoreSheet {
    /// The index of an entry.
    func index(of entry: String) -> Int { entries.firstIndex(of: entry)! }

    /// The name of the entry of each score.
    var entryOfRow: [String] { performances.flatMap { performance in performance.rows.map { _ in entries[Int(performance.entry)] } } }
}

extension NormalizationRules {
    /// The defaults with some choices made.
    static func with(scale: Scale = .z, within: Within = .judge, below: Below = .shrink) -> NormalizationRules {
        var rules = NormalizationRules()
        (rules.scale, rules.within, rules.below) = (scale, within, below)
        return rules
    }
}
