import Evenhand
import TestSupport
import Testing

/// How often flags come up where no judge differs, and where one does: who is found, and who is flagged without being odd.
@Suite(.serialized, .enabled(if: Studies.areWanted, "long; make test-long")) struct FlagStudy {
    static let contests = 1000

    static let designs = [
        FlagContest("150 entries, 30 judges on each", entries: 150, judges: 30, panel: 30),
        FlagContest("900 entries, 5 of 32 judges", entries: 900, judges: 32, panel: 5),
        FlagContest("150 entries, 5 of 32 judges", entries: 150, judges: 32, panel: 5),
        FlagContest("24 entries, 7 judges", entries: 24, judges: 7, panel: 7),
        FlagContest("24 entries, 5 judges", entries: 24, judges: 5, panel: 5),
    ]
    static let heats = [2, 6, 9].map {
        FlagContest("\($0) heats of 12 entries, 4 judges on each", entries: 12 * $0, judges: 4 * $0, panel: 4, heats: $0)
    }

    /// The names of the judges with flags, contest by contest.
    private func flagged(
        _ design: FlagContest, seed: UInt64, assuming assumption: PanelAssumption? = nil
    ) throws -> [[String: [JudgeFlags.Flag]]] {
        try Parallel.map(Self.contests) { contest in
            Result { () -> [String: [JudgeFlags.Flag]] in
                let totals = try Totals(of: design.sheet(seed: seed, contest: contest))
                let calibration = try JudgeCalibration(of: totals, assuming: assumption, parts: [.judges])
                let found = zip(calibration.sheet.judges, calibration.flags.judges).filter { !$0.1.isEmpty }
                return Dictionary(uniqueKeysWithValues: found.map { ($0.0, $0.1) })
            }
        }.map { try $0.get() }
    }

    private func percent(_ found: [[String: [JudgeFlags.Flag]]], _ isTrue: ([String: [JudgeFlags.Flag]]) -> Bool) -> Double {
        (1000 * Double(found.count(where: isTrue)) / Double(found.count)).rounded() / 10
    }

    private func row(_ found: [[String: [JudgeFlags.Flag]]]) -> [Double] {
        let kinds: [Set<JudgeFlags.Flag>] = [
            [.severe, .lenient], [.erratic, .predictable], [.opposed, .unrelated], [.compressed], [.copies],
        ]
        return [percent(found) { !$0.isEmpty }]
            + kinds.map { kind in percent(found) { $0.values.contains { !kind.isDisjoint(with: $0) } } }
    }

    private static let kinds = ["any flag", "severity", "noise", "following", "compressed", "copies"]

    @Test func `where no judge differs few contests show a flag, whatever the noise is like`() throws {
        var table: [[String]] = []
        for (index, given) in Self.designs.enumerated() {
            for isHeavy in [false, true] {
                var design = given
                design.hasHeavyTails = isHeavy
                let rates = row(try flagged(design, seed: UInt64(400 + index)))
                #expect(rates[0] <= 5, "\(design.name): \(rates)")
                table.append([design.name, isHeavy ? "t₃" : "normal"] + rates.map { "\($0) %" })
            }
        }
        Studies.show("Contests without a difference, \(Self.contests) each", ["design", "noise"] + Self.kinds, table)
    }

    @Test func `where no judge differs few contests of several panels show a flag, whatever is assumed`() throws {
        var table: [[String]] = []
        for (index, given) in Self.heats.enumerated() {
            for assumption in [nil, .equalPanels, .equalHeats, .bothRandom] as [PanelAssumption?] {
                for isHeavy in [false, true] {
                    var design = given
                    design.hasHeavyTails = isHeavy
                    let rates = row(try flagged(design, seed: UInt64(500 + index), assuming: assumption))
                    #expect(rates[0] <= 5, "\(design.name): \(rates)")
                    table.append([design.name, isHeavy ? "t₃" : "normal", assumption?.rawValue ?? "–"] + rates.map { "\($0) %" })
                }
            }
        }
        Studies.show("Heats without a difference, \(Self.contests) each", ["design", "noise", "assumed"] + Self.kinds, table)
    }

    @Test func `one odd judge is found, and nobody else is flagged`() throws {
        let wanted: [FlagContest.Odd: (flags: Set<JudgeFlags.Flag>, least: Double)] = [
            .severe: ([.severe], 95), .noisy: ([.erratic], 93), .opposed: ([.opposed], 95), .unrelated: ([.unrelated], 70),
            .constant: ([.flat], 100), .copying: ([.copies], 95),
        ]
        var table: [[String]] = []
        for (index, given) in Self.designs.suffix(3).enumerated() {
            for odd in FlagContest.Odd.allCases where odd != .copying || given.judges == given.panel {
                var design = given
                design.odd = odd
                let found = try flagged(design, seed: UInt64(600 + index))
                let (flags, least) = try #require(wanted[odd])
                let own = percent(found) { !flags.isDisjoint(with: $0[FlagContest.oddJudge] ?? []) }
                let any = percent(found) { $0[FlagContest.oddJudge] != nil }
                let guilty = odd == .copying ? [FlagContest.oddJudge, "J101"] : [FlagContest.oddJudge]
                let others = percent(found) { !Set($0.keys).isSubset(of: guilty) }
                if given.entries == 24 { #expect(own >= least, "\(design.name), \(odd): \(own)") }
                #expect(others <= 8, "\(design.name), \(odd): \(others)")
                table.append([design.name, odd.rawValue, flags.map(\.rawValue).joined(), "\(own) %", "\(any) %", "\(others) %"])
            }
        }
        let header = ["design", "the odd judge is", "flag", "found", "any flag for that judge", "somebody else flagged"]
        Studies.show("One odd judge, \(Self.contests) contests each", header, table)
    }
}
