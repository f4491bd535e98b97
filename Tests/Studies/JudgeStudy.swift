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
        block.conditions = design.isRich ? ["a", "b", "c"] : []
        block.heats = [Heat(stage: nil, name: nil)]
        for entry in 0..<design.entries {
            let quality = 70 + 5 * stream.normal()
            block.performances.append(ScoreBlock.Performance(entry: Int32(entry), heat: 0))
            block.performanceSizes.append(0)
            if design.isRich { block.performanceOrders.append(Int32(orders[entry])) }
            let panel = stream.shuffled(Array(0..<design.judges)).prefix(design.panel).sorted()
            for judge in panel {
                let deviation = (judge == 0 ? noise : 1) * 5
                // With criteria, half of a ballot's noise is one impression.
                let impression = design.isRich ? deviation * 0.5 * stream.normal() : 0
                for criterion in 0..<max(1, block.conditions.count) {
                    let own = deviation * (design.isRich ? 0.87 : 1) * stream.normal()
                    block.judgeCodes.append(Int32(judge))
                    if design.isRich { block.conditionCodes.append(Int32(criterion)) }
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
            let found = try Parallel.map(Self.contests) { contest in
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
        Studies.show("One judge with three times the noise, \(Self.contests) contests each", header, table)
    }

    /// Entries, severities and noise with standard deviations of 5, 4 and 5; unlike judges have noises with logarithms of SD 0.4.
    static let noises = ["alike", "unlike", "t₃"]

    /// A contest for severities alone: the sheet, the true severities, and the judges' noises.
    private static func contest(
        _ design: Design, _ kind: String, seed: UInt64, _ contest: Int
    ) throws -> (sheet: ScoreSheet, severities: [Double], noises: [Double]) {
        var stream = RandomStream(seed: seed, stream: UInt64(contest))
        let severities = (0..<design.judges).map { _ in 4 * stream.normal() }
        let noises = (0..<design.judges).map { _ in 5 * (kind == "unlike" ? exponential(0.4 * stream.normal()) : 1) }
        var rows: [ScoreSheet.Row] = []
        for entry in 0..<design.entries {
            let quality = 70 + 5 * stream.normal()
            for judge in stream.shuffled(Array(0..<design.judges)).prefix(design.panel).sorted() {
                let error = stream.normal() / (kind == "t₃" ? stream.chiSquared(3).squareRoot() : 1)
                let points = quality - severities[judge] + noises[judge] * error
                rows.append(ScoreSheet.Row(entry: "E\(10_000 + entry)", judge: "J\(100 + judge)", points: (10 * points).rounded() / 10))
            }
        }
        return (try ScoreSheet(rows), severities, noises)
    }

    @Test func `intervals of severity cover the truth of every judge`() throws {
        var table: [[String]] = []
        let small = [
            Design(name: "24 entries, 3 judges", entries: 24, judges: 3, panel: 3),
            Design(name: "150 entries, 5 of 100 judges", entries: 150, judges: 100, panel: 5),
        ]
        for (index, design) in (Self.designs + small).enumerated() where !design.isRich {
            for kind in Self.noises {
                let found = try Parallel.map(Self.contests) { contest in
                    Result { () -> [[Bool]] in
                        let made = try Self.contest(design, kind, seed: UInt64(300 + index), contest)
                        let severity = Severity(of: try Additive(of: made.sheet), crossed: nil, assuming: nil)
                        let names = made.sheet.judges.compactMap { Int($0.dropFirst()).map { $0 - 100 } }
                        // Against the other judges.
                        let (sum, others) = (names.reduce(0) { $0 + made.severities[$1] }, Double(names.count - 1))
                        let order = names.indices.sorted { made.noises[names[$0]] < made.noises[names[$1]] }
                        let holds = order.map { position in
                            severity.judges[position]?.interval().contains(
                                made.severities[names[position]] - (sum - made.severities[names[position]]) / others) ?? true
                        }
                        let quarter = max(1, holds.count / 4)
                        return [holds, Array(holds.prefix(quarter)), Array(holds.suffix(quarter))]
                    }
                }.map { try $0.get() }
                let shares = (0..<3).map { column in
                    let all = found.flatMap { $0[column] }
                    return Double(all.count(where: \.self)) / Double(all.count)
                }
                if kind == "alike", index < Self.designs.count { #expect((0.94...0.96).contains(shares[0]), "\(design.name): \(shares)") }
                for share in shares { #expect((0.92...0.985).contains(share), "\(design.name), \(kind): \(shares)") }
                table.append([design.name, kind] + shares.map(percent))
            }
        }
        Studies.show(
            "Coverage of 95 % intervals of severity, \(Self.contests) contests each",
            ["design", "noises", "all", "quietest quarter", "noisiest quarter"], table)
    }

    /// Heats of entries that are drawn by lot, with panels of their own: what equal heats assume.
    @Test func `across heats that are equally strong they cover as well`() throws {
        var table: [[String]] = []
        for heats in [2, 6, 9] {
            let found = try Parallel.map(Self.contests) { contest in
                Result { () -> [Bool] in
                    var stream = RandomStream(seed: 900 + UInt64(heats), stream: UInt64(contest))
                    let severities = (0..<5 * heats).map { _ in 4 * stream.normal() }
                    let rows = (0..<12 * heats).flatMap { entry -> [ScoreSheet.Row] in
                        let quality = 70 + 5 * stream.normal()
                        return (0..<5).map { seat in
                            let judge = entry / 12 * 5 + seat
                            let points = quality - severities[judge] + 5 * stream.normal()
                            return ScoreSheet.Row(
                                entry: "E\(1000 + entry)", judge: "J\(100 + judge)", points: (10 * points).rounded() / 10,
                                heat: Heat(stage: nil, name: "H\(entry / 12)"))
                        }
                    }
                    let severity = Severity(of: try Additive(of: try ScoreSheet(rows)), crossed: nil, assuming: .equalHeats)
                    let (sum, others) = (severities.reduce(0, +), Double(severities.count - 1))
                    return severities.indices.map {
                        severity.judges[$0]?.interval().contains(severities[$0] - (sum - severities[$0]) / others) ?? false
                    }
                }
            }.map { try $0.get() }.flatMap(\.self)
            let share = Double(found.count(where: \.self)) / Double(found.count)
            #expect((0.92...0.98).contains(share), "\(heats) heats: \(share)")
            table.append(["\(heats)", percent(share)])
        }
        Studies.show("Coverage under equal heats of 12 entries and 5 judges, \(Self.contests) contests each", ["heats", "coverage"], table)
    }
}
