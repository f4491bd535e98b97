@testable import Evenhand
import Foundation
import TestSupport
import Testing

/// How often a judge's favourite is found over several rounds, and how often one is named where there is none.
@Suite(.enabled(if: Studies.areWanted, "long; make test-long")) struct FavouriteStudy {
    static let contests = 1000

    @Test func `favourites are found, and seldom where there are none`() throws {
        var table: [[String]] = []
        for rounds in [2, 4] {
            for lasting in [0.0, 5] {
                for favour in [0.0, 5, 10, 15] {
                    let found = try Parallel.map(Self.contests) { contest in
                        Result { () -> (own: Bool, other: Bool) in
                            let sheet = try Self.contest(rounds, favour: favour, lasting: lasting, seed: UInt64(contest))
                            let pairs = try JudgeCalibration(of: Totals(of: sheet), parts: [.outlying]).favourites?.pairs ?? []
                            let beyond = pairs.filter(\.isBeyondChance).map { $0.entry + $0.judge }
                            return (beyond.contains(0), beyond.contains { $0 > 0 })
                        }
                    }.map { try $0.get() }
                    func percent(_ count: Int) -> Double { (1000 * Double(count) / Double(Self.contests)).rounded() / 10 }
                    let (own, other) = (percent(found.count(where: \.own)), percent(found.count(where: \.other)))
                    #expect(other <= 3, "\(rounds) rounds, \(lasting), \(favour): \(other)")
                    table.append(["\(rounds)", "\(lasting)", "\(favour)", "\(own) %", "\(other) %"])
                }
            }
        }
        Studies.show(
            "Favourites over several rounds, \(Self.contests) contests each",
            ["rounds", "SD of lasting views", "points for the favourite", "favourite beyond chance", "another pair beyond chance"], table)
    }

    /// 24 entries before 5 judges: quality, severity and noise with SDs of 5, 4 and 5, and a view of each judge of each entry that lasts.
    private static func contest(_ rounds: Int, favour: Double, lasting: Double, seed: UInt64) throws -> ScoreSheet {
        var stream = RandomStream(seed: 900, stream: seed)
        let severities = (0..<5).map { _ in 4 * stream.normal() }
        var rows: [ScoreSheet.Row] = []
        for entry in 0..<24 {
            let quality = 70 + 5 * stream.normal()
            for judge in 0..<5 {
                let mean = quality - severities[judge] + lasting * stream.normal() + (entry + judge == 0 ? favour : 0)
                for round in 1...rounds {
                    let points = (10 * (mean + 5 * stream.normal())).rounded() / 10
                    rows.append(
                        ScoreSheet.Row(
                            entry: "E\(10 + entry)", judge: "J\(judge)", points: points, heat: Heat(stage: nil, name: "H\(round)")))
                }
            }
        }
        return try ScoreSheet(rows)
    }
}
