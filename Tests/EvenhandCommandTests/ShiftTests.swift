import Foundation
import TestSupport
import Testing

/// A billionth more on every score, which takes nine decimals to write, moves no quantity by more than that; a large number more on
/// every score changes no rank; and a hundredth of every score is the same contest in another unit.
@Suite struct ShiftTests {
    /// A contest in tenths of points with heats, an order of appearance, sectors, gaps and, if there are several, criteria.
    private struct Contest {
        let criteria: Int
        private(set) var rows: [(start: String, tenths: Int)] = []

        init(seed: UInt64, criteria: Int) {
            self.criteria = criteria
            var stream = SpoilingStream(state: seed)
            for entry in 0..<13 {
                let quality = Int(stream.next() % 150)
                for judge in 0..<5 where stream.next() % 8 > 0 {
                    for criterion in 0..<criteria {
                        let tenths = 500 / criteria + (quality + 20 * judge + Int(stream.next() % 60) + Int(stream.next() % 60)) / criteria
                        let part = criteria > 1 ? ",C\(criterion)" : ""
                        rows.append(
                            (
                                "H\(entry % 2),\(entry / 2 + 1),E\(10 + entry),J\(judge),\(["arts", "crafts", "farms"][entry % 3])\(part)",
                                tenths
                            ))
                    }
                }
            }
        }

        func text(adding points: Int = 0, _ digits: String = "") -> String {
            let header = "heat,order,entry,judge,sector" + (criteria > 1 ? ",criterion" : "") + ",score"
            return ([header] + rows.map { "\($0.start),\($0.tenths / 10 + points).\($0.tenths % 10)\(digits)" }).joined(separator: "\n")
        }

        /// The same scores in a unit a hundred times as large.
        func textOfHundredths() -> String {
            let header = "heat,order,entry,judge,sector" + (criteria > 1 ? ",criterion" : "") + ",score"
            let lines = rows.map { "\($0.start),\($0.tenths / 1000).\(String(1000 + $0.tenths % 1000).dropFirst())" }
            return ([header] + lines).joined(separator: "\n")
        }
    }

    private static let methods =
        "mean median trimmed winsorized huber centered zscore robust-z percentile rankit additive crossed calibrated"
        .split(separator: " ").map { "--method \($0)" }.joined(separator: " ")

    static let questions = [
        "rank --assume equal-panels --places 4 \(methods)", "rank --assume equal-panels --method clipped --clip 3 --ties average",
        "normalize", "normalize --method centered", "normalize --method percentile", "normalize --method rankit --within heat",
        "normalize --method robust-z --scale points", "judges", "judges --unit entry", "groups --by sector --places 4",
        "groups --by sector --result trimmed --test anova --test welch --test kruskal --test permutation",
        "finals --places 4 --draws 300 --seed 3", "finals --places 4 --draws 300 --method trimmed",
    ]

    @Test(arguments: questions)
    func `a billionth on every score moves nothing by more`(question: String) throws {
        let directory = try TemporaryDirectory()
        for (index, criteria) in [1, 2, 3].enumerated() {
            let contest = Contest(seed: UInt64(41 + index), criteria: criteria)
            let plain = try tables(question, directory.write(contest.text(), to: "plain\(index).csv"))
            let shifted = try tables(question, directory.write(contest.text(adding: 0, "00000001"), to: "shifted\(index).csv"))
            #expect(!plain.isEmpty && plain.map(\.position) == shifted.map(\.position))
            for (a, b) in zip(plain, shifted) {
                // A change is counted in units of the last decimal, of which a sheet of nine decimals has smaller ones.
                let reach = a.position.hasSuffix("smallest_change") ? 0.1 * Double(criteria) + 1e-6 : 2e-8 * max(1, a.number.magnitude)
                #expect(a.text == b.text && (a.number - b.number).magnitude <= reach, "\(a) and \(b), \(criteria) criteria")
            }
        }
    }

    /// Points, squares of points and what has no unit: every column is one of the three. A clip is given in points.
    @Test(arguments: questions.filter { !$0.contains("--clip") })
    func `a hundredth of every score is the same contest in another unit`(question: String) throws {
        let directory = try TemporaryDirectory()
        for (index, criteria) in [1, 2, 3].enumerated() {
            let contest = Contest(seed: UInt64(61 + index), criteria: criteria)
            let plain = try tables(question, directory.write(contest.text(), to: "plain\(index).csv"))
            let small = try tables(question, directory.write(contest.textOfHundredths(), to: "small\(index).csv"))
            #expect(!plain.isEmpty && plain.map(\.position) == small.map(\.position) && plain.map(\.text) == small.map(\.text))
            let columns = Dictionary(grouping: zip(plain, small)) { pair in
                let words = pair.0.position.split(separator: " ")
                // Biases are in points, halo is a correlation: each row has a unit of its own.
                return words[0] == "bias" ? pair.0.position : "\(words[0]) \(words[2])"
            }
            for (name, cells) in columns {
                let largest = cells.reduce(0) { max($0, $1.0.number.magnitude) }
                let units = [1, 1e-2, 1e-4].filter { unit in
                    cells.allSatisfy { ($0.number * unit - $1.number).magnitude <= 1e-6 * unit * largest }
                }
                #expect(!units.isEmpty, "\(name): \(cells.prefix(4).map { ($0.number, $1.number) }), \(criteria) criteria")
            }
        }
    }

    @Test(arguments: ["100000", "1000000"])
    func `a large number on every score changes no rank`(points: String) throws {
        let directory = try TemporaryDirectory()
        let question = "rank --assume equal-panels \(Self.methods)"
        for seed in 1...6 {
            let contest = Contest(seed: UInt64(seed), criteria: 1)
            let plain = try tables(question, directory.write(contest.text(), to: "plain.csv"))
            let shifted = try tables(question, directory.write(contest.text(adding: Int(points)!), to: "shifted.csv"))
            func ranks(_ cells: [Cell]) -> [Cell] { cells.filter { $0.position.hasSuffix("_rank") } }
            #expect(!ranks(plain).isEmpty && ranks(plain) == ranks(shifted), "contest \(seed)")
        }
    }

    private struct Cell: Equatable {
        let position: String
        let number: Double
        let text: String
    }

    /// The cells of all tables; sentences that quote a score are left out.
    private func tables(_ question: String, _ path: String) throws -> [Cell] {
        let words = question.split(separator: " ").map(String.init)
        let run = try CommandRun([words[0], path] + words.dropFirst() + ["--format", "json"])
        try #require(run.status == 0, "\(run.error)")
        let document = try #require(try JSONSerialization.jsonObject(with: run.outputBytes) as? [String: Any])
        let tables = try #require(document["tables"] as? [String: [String: Any]])
        var cells: [Cell] = []
        for (name, table) in tables.sorted(by: { $0.key < $1.key }) {
            let (columns, rows) = (try #require(table["columns"] as? [String]), try #require(table["rows"] as? [[Any]]))
            for (index, row) in rows.enumerated() {
                for (column, value) in zip(columns, row) where column != "reason" {
                    let number = (value as? NSNumber)?.doubleValue
                    cells.append(
                        Cell(position: "\(name) \(index) \(column)", number: number ?? 0, text: number == nil ? "\(value)" : ""))
                }
            }
        }
        return cells
    }
}
