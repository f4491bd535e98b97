import Evenhand
import EvenhandIO
import Foundation
import TestSupport

/// The small contest of `Fixtures/calibration` and what it says about its judges.
enum CalibrationFixture {
    static func totals() throws -> Totals {
        let directory = packageDirectory.appending(path: "Tests/Fixtures/calibration").path
        var options = ReadingOptions()
        (options.entries, options.judges) = (directory + "/entries.csv", directory + "/judges.csv")
        return try Totals(of: Reading(of: [directory + "/scores.csv"], as: options).sheet)
    }

    static func calibration() throws -> JudgeCalibration { try JudgeCalibration(of: totals()) }

    /// The expected values of a quantity by level.
    static func expected(_ quantity: String) throws -> [String: Double] {
        let rows = try rows(of: "calibration/expected.csv").filter { $0["quantity"] == quantity }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["level"]!, Double($0["value"]!)!) })
    }

    /// The levels whose value is not as expected, or is missing.
    static func misses(_ quantity: String, _ found: [String: Double?], relative: Double = 1e-9) throws -> [String] {
        let expected = try expected(quantity)
        if expected.isEmpty { return ["no \(quantity)"] }
        return expected.compactMap { level, value in
            guard case let mine?? = found[level] else { return "no \(quantity) \(level)" }
            return isClose(mine, value, relative: relative, absolute: 1e-10) ? nil : "\(quantity) \(level): \(mine) for \(value)"
        }
    }
}

/// A contest of normal scores: `noise` is the standard deviation of each judge, `severity` what the judge takes off; each entry meets the
/// panel that follows from its number.
func madeContest(
    entries: Int, judges: Int, panel: Int, seed: UInt64, entrySD: Double = 5, severity: (Int) -> Double = { _ in 0 },
    noise: (Int) -> Double = { _ in 5 }, heats: Int = 1
) throws -> ScoreSheet {
    var stream = RandomStream(seed: seed)
    var rows: [ScoreSheet.Row] = []
    for entry in 0..<entries {
        let quality = entrySD * stream.normal()
        // Heat h has a panel of its own out of its own part of the judges.
        let (heat, part) = (entry % heats, judges / heats)
        let members = stream.shuffled(Array(0..<part)).prefix(panel).map { heat * part + $0 }
        for judge in members.sorted() {
            let score = 70 + quality - severity(judge) + noise(judge) * stream.normal()
            rows.append(
                ScoreSheet.Row(
                    entry: "E\(1000 + entry)", judge: "J\(100 + judge)", points: (score * 10).rounded() / 10,
                    heat: Heat(stage: nil, name: heats > 1 ? "H\(heat)" : nil)))
        }
    }
    return try ScoreSheet(rows)
}
