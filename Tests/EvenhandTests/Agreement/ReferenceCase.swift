import Evenhand
import Foundation
import TestSupport

/// A sheet and what other programs made of it: of `Fixtures/agreement`, or of data outside the package that may not be passed on.
struct ReferenceCase {
    let name: String
    let sheet: ScoreSheet
    private let values: [String: Double]

    /// A case of the fixtures.
    init(_ name: String) throws {
        self.name = name
        sheet = try Evenhand.ScoreSheet(ReferenceCase.scores(rows(of: "agreement/\(name).csv")))
        values = try expected(name, in: "agreement/expected.csv", column: "value")
    }

    /// A case outside the package.
    init(shared path: String) throws {
        name = path
        let text = try String(contentsOf: ReferenceQuantities.file(path, "csv"), encoding: .utf8)
        sheet = try Evenhand.ScoreSheet(ReferenceCase.scores(rows(ofText: text)))
        values = try ReferenceQuantities(path).values
    }

    static func isPresent(_ path: String) -> Bool { ReferenceQuantities.isPresent(path) }

    /// Tasks take the place of criteria.
    private static func scores(_ rows: [[String: String]]) -> [ScoreSheet.Row] {
        rows.map { row in
            ScoreSheet.Row(
                entry: row["project"]!, judge: row["judge"]!, points: Double(row["score"]!)!, criterion: row["criterion"] ?? row["task"])
        }
    }

    subscript(quantity: String) -> Double? { values[quantity] }

    /// The numbers of a decision study that are expected: judges and criteria by the beginning of their keys.
    var decisionKeys: Set<String> {
        Set(values.keys.filter { $0.hasPrefix("d_study.") }.map { $0.split(separator: ".").prefix(2).joined(separator: ".") })
    }

    /// The quantities that are not as expected, gathered by `check`.
    var comparison: Comparison { Comparison(reference: self) }

    /// Found values compared with the expected ones; one call for each, since long literals of optional numbers take the compiler minutes.
    struct Comparison {
        let reference: ReferenceCase
        private(set) var misses: [String] = []

        init(reference: ReferenceCase) { self.reference = reference }

        mutating func check(_ key: String, _ found: Double?, relative: Double = 1e-11) {
            guard let expected = reference[key] else {
                if found != nil { misses.append("no \(key)") }
                return
            }
            let isRight = found.map { isClose($0, expected, relative: relative, absolute: 1e-12) } ?? false
            if !isRight { misses.append("\(reference.name) \(key): \(found.map { "\($0)" } ?? "undefined") for \(expected)") }
        }
    }
}
