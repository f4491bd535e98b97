import Evenhand

/// A made contest for the studies of groups: 150 entries of six sectors in nine heats, each with a panel of its own severity.
struct GroupContest {
    /// What is varied.
    struct Design {
        /// The share of entries that appear in the heats where their sector is at home.
        var tied = 0.0
        /// The judges of each heat; all in one heat when there is one.
        var panel = 6
        var heatCount = 9
        /// What the entries of the first sector are better by, in standard deviations of the entries.
        var effect = 0.0
        /// The standard deviation of the logarithm of the judges' scales.
        var scaleSD = 0.2
        /// How far judges differ in severity, in points.
        var judgeSD = 4.0
    }

    static let sectors = ["A", "B", "C", "D", "E", "F"]
    static let sizes = (sector: 25, entries: 150)
    static let deviations = (entry: 5.0, noise: 3.0)

    let sheet: ScoreSheet
    let grouping: Grouping
    /// The true quality of each entry of the sheet.
    let qualities: [Double]

    init(_ design: Design, _ stream: inout RandomStream) throws {
        let sector = (0..<Self.sizes.entries).map { $0 / Self.sizes.sector }
        let heat = Self.heats(of: sector, design, &stream)
        let qualities = sector.map { (Double($0 == 0 ? 1 : 0) * design.effect + stream.normal()) * Self.deviations.entry }
        // Some judges sit on two panels, so that heats hang together loosely.
        let judgeCount = design.heatCount * (design.panel - 1) + 1
        let judges = (0..<judgeCount).map { _ in
            (location: 75 + design.judgeSD * stream.normal(), scale: Self.exponential(design.scaleSD * stream.normal()))
        }
        var rows: [ScoreSheet.Row] = []
        for entry in sector.indices {
            for seat in 0..<design.panel {
                let judge = heat[entry] * (design.panel - 1) + seat
                let points = judges[judge].location + judges[judge].scale * qualities[entry] + Self.deviations.noise * stream.normal()
                rows.append(
                    ScoreSheet.Row(
                        entry: Self.name("E", entry), judge: Self.name("J", judge), points: (points * 10).rounded() / 10,
                        heat: Heat(stage: nil, name: Self.name("H", heat[entry]))))
            }
        }
        sheet = try ScoreSheet(rows)
        grouping = Grouping(Factor(sector.map { Self.sectors[$0] }))
        self.qualities = qualities
    }

    /// Heats of nearly equal size. Sectors 0 and 1 are at home in the first third of the heats, 2 and 3 in the second, 4 and 5 in the last.
    private static func heats(of sector: [Int], _ design: Design, _ stream: inout RandomStream) -> [Int] {
        guard design.heatCount > 1 else { return sector.map { _ in 0 } }
        let third = design.heatCount / 3
        return sector.map { sector in
            stream.uniform() < design.tied
                ? sector / 2 * third + stream.index(below: third) : stream.index(below: design.heatCount)
        }
    }

    /// e^x by its series at a small argument, so that no other module is needed.
    private static func exponential(_ x: Double) -> Double {
        var (sum, term, small) = (1.0, 1.0, x / 64)
        for k in 1...12 {
            term *= small / Double(k)
            sum += term
        }
        small = sum
        for _ in 0..<6 { small *= small }
        return small
    }

    private static func name(_ prefix: String, _ number: Int) -> String { prefix + String(1000 + number) }
}
