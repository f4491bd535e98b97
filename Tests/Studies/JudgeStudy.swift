@testable import Evenhand
import Testing

/// How often judges are flagged without a reason, and how surely with one.
///
/// Entries and noise are normal, scores have one decimal.
@Suite(.serialized, .enabled(if: Studies.areWanted, "long; make test-long")) struct JudgeStudy {
    static let contests = 1000

    /// Who scores whom.
    struct Design {
        let name: String
        let entries, judges, panel: Int
        /// Three criteria, cities of entries and judges, and an order of appearance, so that every family is asked.
        var isRich = false
    }

    static let designs = [
        Design(name: "150 entries, 30 judges on each", entries: 150, judges: 30, panel: 30),
        Design(name: "900 entries, 5 of 32 judges", entries: 900, judges: 32, panel: 5),
        Design(name: "150 entries, 5 of 32 judges", entries: 150, judges: 32, panel: 5),
        Design(name: "24 entries, 7 judges", entries: 24, judges: 7, panel: 7),
        Design(name: "24 entries, 5 judges", entries: 24, judges: 5, panel: 5),
        Design(name: "60 entries, 5 of 12 judges, criteria, cities, order", entries: 60, judges: 12, panel: 5, isRich: true),
    ]

    /// One simulated contest, with the judge 0 noisier than the others by a factor.
    private func calibration(
        _ design: Design, seed: UInt64, contest: Int, noise: Double = 1, judgeSD: Double = 0
    ) throws -> (JudgeCalibration, [Double]) {
        var stream = RandomStream(seed: seed, stream: UInt64(contest))
        let severities = (0..<design.judges).map { _ in judgeSD * stream.normal() }
        let orders = stream.shuffled(Array(1...design.entries))
        var block = ScoreBlock()
        block.entries = (0..<design.entries).map { "E\(10_000 + $0)" }
        block.judges = (0..<design.judges).map { "J\(100 + $0)" }
        block.criteria = design.isRich ? ["a", "b", "c"] : []
        block.heats = [Heat(stage: nil, name: nil)]
        for entry in 0..<design.entries {
            let quality = 70 + 5 * stream.normal()
            block.performances.append(ScoreBlock.Performance(entry: Int32(entry), heat: 0))
            block.performanceSizes.append(0)
            if design.isRich { block.performancePlaces.append(Int32(orders[entry])) }
            let panel = stream.shuffled(Array(0..<design.judges)).prefix(design.panel).sorted()
            for judge in panel {
                let deviation = (judge == 0 ? noise : 1) * 5
                // With criteria, half of a ballot's noise is one impression.
                let impression = design.isRich ? deviation * 0.5 * stream.normal() : 0
                for criterion in 0..<max(1, block.criteria.count) {
                    let own = deviation * (design.isRich ? 0.87 : 1) * stream.normal()
                    block.judgeCodes.append(Int32(judge))
                    if design.isRich { block.criterionCodes.append(Int32(criterion)) }
                    block.append(mantissa: Int64((10 * (quality - severities[judge] + impression + own)).rounded()), decimals: 1)
                    block.count(1, to: Int32(entry))
                }
            }
        }
        var sheet = try ScoreSheet(joining: [block])
        if design.isRich {
            let cities = ["杭州", "宁波", "温州", "金华"]
            sheet = sheet.adding(entryAttributes: [
                Attribute(name: "city", values: Factor(sheet.entries.map { _ in cities[stream.index(below: 4)] }))
            ])
            .adding(judgeAttributes: [Attribute(name: "city", values: Factor(sheet.judges.map { _ in cities[stream.index(below: 4)] }))])
        }
        return (try JudgeCalibration(of: Totals(of: sheet), parts: [.judges, .outlying]), severities)
    }

    private func percent(_ share: Double) -> String { String(Double((share * 1000).rounded()) / 10) + " %" }

    @Test func `without any effect few contests show a flag`() throws {
        var table: [[String]] = []
        for (index, design) in Self.designs.enumerated() {
            let found = try Parallel.map(Self.contests) { contest in
                Result { () -> [Bool] in
                    let calibration = try calibration(design, seed: UInt64(100 + index), contest: contest).0
                    let flags = Set(calibration.flags.judges.joined())
                    let isBeyond = calibration.outlying?.scores.contains(where: \.isBeyondChance) ?? false
                    let kinds: [Set<JudgeFlags.Flag>] = [[.severe, .lenient], [.erratic, .predictable], [.halo], [.home], [.drift]]
                    return [!flags.isEmpty || isBeyond, isBeyond] + kinds.map { !flags.isDisjoint(with: $0) }
                }
            }.map { try $0.get() }
            let rates = (0..<7).map { column in Double(found.count { $0[column] }) / Double(Self.contests) }
            #expect(rates[0] <= 0.06, "\(design.name): \(rates)")
            table.append([design.name] + rates.map(percent))
        }
        let header = ["design", "any flag or score beyond chance", "score beyond chance", "severity", "fit", "halo", "home", "drift"]
        Studies.show("Contests without effects, \(Self.contests) each", header, table)
    }

    @Test func `a judge with three times the noise shows`() throws {
        var table: [[String]] = []
        for (index, design) in Self.designs.enumerated() where !design.isRich {
            let found = try Parallel.map(Self.contests / 4) { contest in
                Result { () -> (Double, Bool, Bool) in
                    let calibration = try calibration(design, seed: UInt64(200 + index), contest: contest, noise: 3).0
                    let outfit = calibration.fit?.judges[0]?.outfit ?? 0
                    return (
                        outfit, calibration.flags.judges[0].contains(.erratic),
                        calibration.flags.judges.dropFirst().contains { $0.contains(.erratic) }
                    )
                }
            }.map { try $0.get() }
            let count = Double(found.count)
            let outfits = found.map(\.0).sorted()
            let median = Quantiles.median(ofSorted: outfits)
            let (above, flagged) = (Double(outfits.count { $0 > 3 }) / count, Double(found.count { $0.1 }) / count)
            #expect(flagged > 0.95, "\(design.name): \(flagged)")
            #expect(median > 3, "\(design.name): \(median)")
            if design.panel != design.judges || design.judges >= 30 {
                // With 23 scores of the noisy judge it is 0.98: the outfit of so few varies too much.
                withKnownIssue(isIntermittent: true) {
                    #expect(above > 0.99, "\(design.name): \(above)")
                } when: {
                    design.entries == 150 && design.judges == 32
                }
            }
            let (tenth, ninth) = (Quantiles.quantile(0.1, ofSorted: outfits), Quantiles.quantile(0.9, ofSorted: outfits))
            table.append([
                design.name, "\(Double((10 * median).rounded()) / 10)",
                "\(Double((10 * tenth).rounded()) / 10) – \(Double((10 * ninth).rounded()) / 10)", percent(above), percent(flagged),
                percent(Double(found.count { $0.2 }) / count),
            ])
        }
        let header = ["design", "outfit (median)", "10 % – 90 %", "outfit > 3", "flagged erratic", "another judge flagged erratic"]
        Studies.show("One judge with three times the noise, \(Self.contests / 4) contests each", header, table)
    }

    @Test func `intervals of severity cover the truth`() throws {
        var table: [[String]] = []
        for (index, design) in Self.designs.enumerated() where !design.isRich {
            let found = try Parallel.map(Self.contests / 4) { contest in
                Result { () -> Double in
                    let (calibration, severities) = try calibration(design, seed: UInt64(300 + index), contest: contest, judgeSD: 4)
                    // Against the other judges.
                    let (sum, others) = (severities.reduce(0, +), Double(severities.count - 1))
                    let sizes = calibration.severity?.judges ?? []
                    return Double(zip(sizes, severities).count { $0.0?.interval().contains($0.1 - (sum - $0.1) / others) ?? false })
                        / Double(severities.count)
                }
            }.map { try $0.get() }
            let coverage = found.reduce(0, +) / Double(found.count)
            #expect((0.94...0.96).contains(coverage), "\(design.name): \(coverage)")
            table.append([design.name, percent(coverage)])
        }
        Studies.show("Coverage of 95 % intervals of severity", ["design", "coverage"], table)
    }
}
