import Foundation
import TestSupport

/// A score sheet as people have it, with the results that are right.
struct SheetCase: Decodable {
    struct Expectation: Decodable {
        let results: [String: Double]?
        let best: [String]?
        let names: [[String: String]]?
        let also: [Alternative]?
    }

    struct Alternative: Decodable {
        let results: [String: Double]
        let best: [String]?
        let warning: String?
    }

    enum FirstTry: String, Decodable { case right, rightOrAsk = "right-or-ask", refuse }

    /// What came of it.
    enum Outcome: Equatable {
        case right
        /// Right, but what has to be mentioned is not.
        case unwarned
        /// A question, one of whose commands gives the right results.
        case asked
        case refused
        /// Other results than the sheet has.
        case wrong
        case crashed
    }

    let files: [String]
    let options: [String]?
    let expect: Expectation
    let firstTry: FirstTry
    let warn: String?
    let never: String?

    enum CodingKeys: String, CodingKey { case files, options, expect, firstTry = "first_try", warn, never }

    /// The folders of a corpus, by name.
    static func folders(in corpus: URL) -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: corpus.path())) ?? []
        return names.sorted().map { corpus.appending(path: $0) }.filter {
            FileManager.default.fileExists(atPath: $0.appending(path: "case.json").path())
        }
    }

    init(folder: URL) throws {
        self = try JSONDecoder().decode(SheetCase.self, from: Data(contentsOf: folder.appending(path: "case.json")))
    }

    /// Whether the outcome is a wanted one.
    func isWanted(_ outcome: Outcome) -> Bool {
        switch firstTry {
        case .right: outcome == .right
        case .rightOrAsk: outcome == .right || outcome == .asked
        case .refuse: [.right, .asked, .refused].contains(outcome)
        }
    }

    private static let tail = ["--method", "mean", "--format", "csv"]

    /// Ranks the files as a user would at first, and tries the commands that a question offers.
    func outcome(in folder: URL) throws -> (outcome: Outcome, error: String) {
        let run = try CommandRun(["rank"] + files + (options ?? []) + SheetCase.tail, in: folder)
        if run.wasSignalled || ![0, 1].contains(run.status) { return (.crashed, run.error) }
        if run.status == 0 {
            guard accepts(run, isAsked: false) else { return (.wrong, run.error) }
            let isSaid = warn.map { SheetCase.says($0, run.output + run.error) } ?? true
            return (isSaid ? .right : .unwarned, run.error)
        }
        guard run.output.isEmpty else { return (.crashed, run.error) }
        for command in SheetCase.offers(in: run.error) {
            let answer = try CommandRun(command + SheetCase.tail, in: folder)
            if answer.status == 0, accepts(answer, isAsked: true) { return (.asked, run.error) }
        }
        return (.refused, run.error)
    }

    private static func says(_ word: String, _ text: String) -> Bool {
        word.split(separator: "|").contains { text.lowercased().contains($0.trimmingCharacters(in: .whitespaces).lowercased()) }
    }

    private func accepts(_ run: CommandRun, isAsked: Bool) -> Bool {
        guard let results = expect.results, let rows = SheetCase.table(run.output) else { return false }
        for names in [[:]] + (expect.names ?? []) {
            if SheetCase.isSame(rows, results, expect.best, names) { return true }
            for other in expect.also ?? [] where SheetCase.isSame(rows, other.results, other.best, names) {
                let warnings = run.error.split(separator: "\n").filter { $0.contains(/\[W\d+\]/) }.joined(separator: "\n")
                if isAsked || other.warning.map({ SheetCase.says($0, warnings) }) ?? true { return true }
            }
        }
        return false
    }

    private static func isSame(
        _ rows: [(entry: String, mean: Double?, rank: String)], _ results: [String: Double], _ best: [String]?, _ names: [String: String]
    ) -> Bool {
        let wanted = Dictionary(results.map { (normalized(names[$0.key] ?? $0.key), $0.value) }) { first, _ in first }
        guard rows.count == wanted.count, Set(rows.map(\.entry)) == Set(wanted.keys) else { return false }
        for row in rows {
            guard let mean = row.mean, let value = wanted[row.entry], abs(mean - value) <= 1e-9 else { return false }
        }
        return best.map { Set($0.map { normalized(names[$0] ?? $0) }) == Set(rows.filter { $0.rank == "1" }.map(\.entry)) } ?? true
    }

    private static func normalized(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The entry, the mean and its rank in each row of the ranking.
    private static func table(_ text: String) -> [(entry: String, mean: Double?, rank: String)]? {
        let rows = separatedValues(text)
        guard let rank = rows.first?.firstIndex(of: "mean_rank"), rank > 0 else { return nil }
        return rows.dropFirst().map { (normalized($0[0]), Double($0[rank - 1]), $0[rank]) }
    }

    private static func separatedValues(_ text: String) -> [[String]] {
        var (rows, row, field, isQuoted) = ([[String]](), [String](), "", false)
        for character in text {
            switch (character, isQuoted) {
            case ("\"", _): isQuoted.toggle()
            case (",", false):
                row.append(field)
                field = ""
            case ("\n", false):
                rows.append(row + [field])
                (row, field) = ([], "")
            default: field.append(character)
            }
        }
        return rows
    }

    /// The commands of a question, without the program, the remark, the method and the format.
    private static func offers(in error: String) -> [[String]] {
        error.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.hasPrefix("evenhand rank ") }.map { line in
            var (words, word, isQuoted, isOpen) = ([String](), "", false, false)
            for character in line {
                if character == "'" {
                    (isQuoted, isOpen) = (!isQuoted, true)
                } else if character == " ", !isQuoted {
                    if isOpen { words.append(word) }
                    (word, isOpen) = ("", false)
                } else {
                    word.append(character)
                    isOpen = true
                }
            }
            if isOpen { words.append(word) }
            let command = Array(words.dropFirst().prefix { $0 != "#" })
            return command.indices.filter { index in
                let dropped = ["--method", "--format"]
                return !dropped.contains(command[index]) && !(index > 0 && dropped.contains(command[index - 1]))
            }.map { command[$0] }
        }
    }
}
