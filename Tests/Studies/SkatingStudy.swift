@testable import Evenhand
import EvenhandIO
import Foundation
import TestSupport
import Testing

/// Judges left out of real skating heats, whose marks may not be passed on.
@Suite(.enabled(if: Studies.areWanted, "long; make test-long")) struct SkatingStudy {
    static let marks = CommandRun.root.appending(path: "../shared/datasets/isu_skating_2016_18/scores.csv.gz").standardizedFileURL.path

    /// The winners of a heat are the entries of the highest plain mean of all component marks; a removal changes them when nobody is in
    /// both sets. Counted from the marks with exact whole numbers by another program: 18 heats.
    @Test(.enabled(if: FileManager.default.isReadableFile(atPath: marks), "the marks of the skating events are not at hand"))
    func `in 18 of 152 heats some judge decides who wins`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(try CommandRun(shell: "gzip -dc '\(Self.marks)'").output, to: "scores.csv")
        let contest = try ScoreSheet(contentsOf: path)
        let decided = Parallel.map(contest.heats.count) { heat in
            Result { () throws -> Bool in
                let part = contest.selecting(heats: [heat])
                let list = try OfficialList(of: part, heats: part.heats, by: OfficialList.Recipe(.method(.mean)))
                let winners = Set(list.ranks.indices.filter { list.ranks[$0] == 1 })
                return Influence(of: list, places: 1).effects.contains { effect in
                    guard case .judge = effect.change else { return false }
                    return winners.isDisjoint(with: effect.winners)
                }
            }
        }
        #expect(contest.heats.count == 152)
        #expect(try decided.filter { try $0.get() }.count == 18)
    }
}
