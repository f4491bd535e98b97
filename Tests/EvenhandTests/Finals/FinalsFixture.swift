import Evenhand
import TestSupport

/// Two small contests and what numpy and scipy make of them (`finals` in the fixtures).
enum FinalsFixture {
    /// Twelve entries in three heats whose panels share judges.
    static func panels() throws -> OfficialList { try list("finals/panels_12x7.csv") }

    /// Ten entries, each scored by the same five judges.
    static func complete(by method: ScoringMethod = .mean) throws -> OfficialList { try list("finals/complete_10x5.csv", by: method) }

    private static func list(_ path: String, by method: ScoringMethod = .mean) throws -> OfficialList {
        let sheet = try sheet(fixture(path))
        return try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(method)))
    }

    /// The values of a quantity, by name.
    static func values(_ quantity: String) throws -> [String: Double] {
        let rows = try rows(of: "finals/expected.csv").filter { $0["quantity"] == quantity }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["name"]!, Double($0["value"]!)!) })
    }

    static func value(_ quantity: String) throws -> Double { try values(quantity)[""]! }
}

/// Whether two numbers agree to a share of the larger.
func agree(_ a: Double?, _ b: Double?, within share: Double) -> Bool {
    guard let a, let b else { return false }
    return (a - b).magnitude <= share * max(a.magnitude, b.magnitude, 1e-9)
}
