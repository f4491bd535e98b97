public import Evenhand

/// Made contests to count flags in: judges who do not differ, but for an odd one who may be among them.
public struct FlagContest: Sendable {
    /// What is odd about the first judge of all.
    public enum Odd: String, Sendable, CaseIterable {
        case severe, noisy, opposed, unrelated, constant, copying
    }

    /// What the design is called in tables.
    public var name: String
    /// The entries of all heats.
    public var entries: Int
    /// The judges of all heats, and those who score one entry.
    public var judges, panel: Int
    /// Heats share no judge and no entry.
    public var heats = 1
    /// Student's t with three degrees of freedom in place of normal noise, of the same variance.
    public var hasHeavyTails = false
    /// The odd judge, if there is one.
    public var odd: Odd?
    /// The standard deviations of entries and noise.
    public var (entryDeviation, noise) = (4.0, 3.0)

    /// A design without an odd judge and with normal noise.
    public init(_ name: String, entries: Int, judges: Int, panel: Int, heats: Int = 1) {
        (self.name, self.entries, self.judges, self.panel, self.heats) = (name, entries, judges, panel, heats)
    }

    /// The first judge of the sheets.
    public static let oddJudge = "J100"

    /// One contest, scores with one decimal.
    public func sheet(seed: UInt64, contest: Int) throws -> ScoreSheet {
        var stream = RandomStream(seed: seed, stream: UInt64(contest))
        let part = judges / heats
        var rows: [ScoreSheet.Row] = []
        for entry in 0..<entries {
            let (heat, quality) = (entry % heats, entryDeviation * stream.normal())
            let members = part == panel ? Array(0..<part) : stream.shuffled(Array(0..<part)).prefix(panel).sorted()
            var merits = members.map { member in
                80 + score(heat == 0 && member == 0 ? odd : nil, quality, noise * unitNoise(&stream), entryDeviation * stream.normal())
            }
            // The second judge copies the first.
            if odd == .copying, heat == 0, members.starts(with: [0, 1]) { merits[1] = merits[0] }
            for (member, merit) in zip(members, merits) {
                rows.append(
                    ScoreSheet.Row(
                        entry: "E\(10_000 + entry)", judge: "J\(100 + heat * part + member)", points: (merit * 10).rounded() / 10,
                        heat: Heat(stage: nil, name: heats > 1 ? "H\(heat)" : nil)))
            }
        }
        return try ScoreSheet(rows)
    }

    private func score(_ odd: Odd?, _ quality: Double, _ noise: Double, _ elsewhere: Double) -> Double {
        switch odd {
        case nil, .copying: quality + noise
        case .severe: quality - 8 + noise
        case .noisy: quality + 3 * noise
        case .opposed: -quality + noise
        case .unrelated: elsewhere + noise
        case .constant: 0
        }
    }

    private func unitNoise(_ stream: inout RandomStream) -> Double {
        let normal = stream.normal()
        // t₃ has the variance 3.
        return hasHeavyTails ? normal / stream.chiSquared(3).squareRoot() : normal
    }
}
