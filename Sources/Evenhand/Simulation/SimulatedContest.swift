/// A simulated contest: every score, and the truth behind it.
///
/// The same design and seed give the same contest. Entries, judges, heats and each heat's scores draw from separate streams, so that one
/// more judge changes no entry.
public struct SimulatedContest: Sendable, Equatable {
    /// What is judged.
    public struct Entry: Sendable, Equatable {
        /// Name, different for every entry.
        public let name: String
        /// Sector, if the design has any.
        public let sector: String?
        /// City, if the design has any.
        public let city: String?
        /// θ: true quality, in points from the average entry on the median judge's scale.
        public let quality: Double
    }

    /// Who judges.
    public struct Judge: Sendable, Equatable {
        /// Name, field and city, from the design.
        public let seat: ContestDesign.Judge
        /// a: what this judge gives the average entry, in points.
        public let location: Double
        /// b: points that this judge gives for one point of quality.
        public let scale: Double
        /// σ: standard deviation of this judge's noise, in points.
        public let noise: Double
    }

    /// An occasion with one panel.
    public struct Heat: Sendable, Equatable {
        /// Name of its stage, if the design has stages.
        public let stage: String?
        /// Its name, if it has one.
        public let name: String?
        /// Positions of the entries that appeared.
        public let entries: [Int]
        /// Positions of the judges that sat.
        public let panel: [Int]
        /// h: points that this occasion added to every score, whatever the entry and the judge.
        public let difference: Double
    }

    /// One number that a judge gave.
    public struct Score: Sendable, Equatable {
        /// Positions in the contest's heats, entries and judges, and in the design's criteria (0 when it has none).
        public let heat, entry, judge, criterion: Int32
        /// The score, counted in units of its last decimal: 883 for 88.3.
        public let units: Int32
    }

    /// The design of the contest.
    public let design: ContestDesign
    /// All entries, in order of their numbers.
    public let entries: [Entry]
    /// All judges, in the order of the design.
    public let judges: [Judge]
    /// The heats of the first stage, then the final.
    public let heats: [Heat]
    /// Every score, in the order of heats, entries, panel and criteria.
    public let scores: [Score]

    /// Simulates a contest of a design.
    public init(of design: ContestDesign, seed: UInt64) {
        self.design = design
        entries = Self.makeEntries(design, seed: seed)
        judges = Self.makeJudges(design, seed: seed)
        let score = Scoring(design: design, entries: entries, judges: judges, seed: seed)
        var heats = Self.makeHeats(design, seed: seed)
        var scores = heats.indices.flatMap { score.scores(heats[$0], position: $0) }
        if let final = design.final {
            let judgePositions = Self.positions(design)
            let finalists = Self.advancing(design, heats: heats, scores: scores)
            let panel = final.panel.compactMap { judgePositions[$0] }
            heats.append(Heat(stage: final.stage, name: final.heat, entries: finalists, panel: panel, difference: 0))
            scores += score.scores(heats[heats.count - 1], position: heats.count - 1)
        }
        self.heats = heats
        self.scores = scores
    }
}

extension SimulatedContest {
    /// What each stream of random numbers is for; the heats' scores follow, one stream each.
    enum Stream: UInt64 {
        case quality, judges, heats, sectors, cities, scores
    }

    private static func makeEntries(_ design: ContestDesign, seed: UInt64) -> [Entry] {
        let names =
            design.entryNames.isEmpty ? numberedNames(design.entryPrefix, count: design.entryCount, digits: 3) : design.entryNames
        var stream = RandomStream(seed: seed, stream: Stream.quality.rawValue)
        let qualities = names.map { _ in design.model.entrySD * stream.normal() }
        let cities = allotted(design.cities, to: names.count, seed: seed, stream: .cities)
        let sectors = allottedSectors(design, qualities: qualities, seed: seed)
        return names.indices.map { index in
            Entry(
                name: names[index], sector: sectors.isEmpty ? nil : sectors[index], city: cities.isEmpty ? nil : cities[index],
                quality: qualities[index])
        }
    }

    /// Every group as often as its share says, in random order.
    private static func allotted(_ shares: [ContestDesign.Share], to count: Int, seed: UInt64, stream: Stream) -> [String] {
        let counts = shares.allotment(of: count)
        var stream = RandomStream(seed: seed, stream: stream.rawValue)
        return stream.shuffled(zip(shares, counts).flatMap { Array(repeating: $0.name, count: $1) })
    }

    /// The best entries get the sectors that the design wants for them, all others the remaining ones, in random order.
    private static func allottedSectors(_ design: ContestDesign, qualities: [Double], seed: UInt64) -> [String] {
        var left = allotted(design.sectors, to: qualities.count, seed: seed, stream: .sectors)
        guard !design.best.isEmpty else { return left }
        for sector in design.best {
            if let index = left.firstIndex(of: sector) { left.remove(at: index) }
        }
        let byQuality = qualities.indices.sorted { qualities[$0] > qualities[$1] }
        var sectors = Array(repeating: "", count: qualities.count)
        for (entry, sector) in zip(byQuality, design.best + left) { sectors[entry] = sector }
        return sectors
    }

    private static func makeJudges(_ design: ContestDesign, seed: UInt64) -> [Judge] {
        let model = design.model
        var stream = RandomStream(seed: seed, stream: Stream.judges.rawValue)
        return design.judges.map { seat in
            let location = model.mean + model.judgeSD * stream.normal()
            let scale = exponential(model.scaleSD * stream.normal())
            let noise = model.noiseSD * exponential(model.noiseSpread * stream.normal())
            return Judge(seat: seat, location: location, scale: scale, noise: noise)
        }
    }

    private static func makeHeats(_ design: ContestDesign, seed: UInt64) -> [Heat] {
        var stream = RandomStream(seed: seed, stream: Stream.heats.rawValue)
        let positions = positions(design)
        var first = 0
        var differences: [String: Double] = [:]
        return design.heats.map { heat in
            defer { first += heat.entries }
            if let name = heat.name, differences[name] == nil { differences[name] = design.model.heatSD * stream.normal() }
            let difference = heat.name.flatMap { differences[$0] } ?? 0
            return Heat(
                stage: design.stage, name: heat.name, entries: heat.members ?? Array(first..<first + heat.entries),
                panel: heat.panel.compactMap { positions[$0] }, difference: difference)
        }
    }

    private static func positions(_ design: ContestDesign) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: design.judges.enumerated().map { ($1.name, $0) })
    }

    /// The best of each heat by the sum of their scores, which orders them as the mean does: within a heat all have as many.
    /// Of equals the lower number goes on.
    private static func advancing(_ design: ContestDesign, heats: [Heat], scores: [Score]) -> [Int] {
        var sums = Array(repeating: 0, count: design.entryCount)
        for score in scores { sums[Int(score.entry)] += Int(score.units) }
        return zip(design.heats, heats).flatMap { plan, heat in
            heat.entries.sorted { (sums[$0], $1) > (sums[$1], $0) }.prefix(plan.advancing)
        }.sorted()
    }
}

/// The judges at work: turns quality into scores.
struct Scoring {
    let design: ContestDesign
    let entries: [SimulatedContest.Entry]
    let judges: [SimulatedContest.Judge]
    let seed: UInt64

    /// All scores of one heat, in the order of its entries, panel and criteria, from the heat's own stream.
    func scores(_ heat: SimulatedContest.Heat, position: Int) -> [SimulatedContest.Score] {
        var stream = RandomStream(seed: seed, stream: SimulatedContest.Stream.scores.rawValue + UInt64(position))
        let maxima = design.criteria.isEmpty ? [ScoreModel.highestScore] : design.criteria.map(\.maximum)
        var scores: [SimulatedContest.Score] = []
        scores.reserveCapacity(heat.entries.count * heat.panel.count * maxima.count)
        for entry in heat.entries {
            for judge in heat.panel {
                let total = judges[judge].location + judges[judge].scale * entries[entry].quality + heat.difference
                for (criterion, maximum) in maxima.enumerated() {
                    let units = units(total: total, noise: judges[judge].noise * stream.normal(), maximum: maximum)
                    scores.append(
                        SimulatedContest.Score(
                            heat: Int32(position), entry: Int32(entry), judge: Int32(judge), criterion: Int32(criterion), units: units))
                }
            }
        }
        return scores
    }

    /// A part of w = `maximum`/100 of the total carries w times its expectation and √w times its noise, so that the noise of the parts
    /// adds up to that of an undivided score. Kept within 0 … `maximum`, then rounded half up.
    private func units(total: Double, noise: Double, maximum: Int) -> Int32 {
        let part = Double(maximum) / Double(ScoreModel.highestScore)
        let points = part * total + part.squareRoot() * noise
        return Int32((min(max(points, 0), Double(maximum)) * design.model.unitsPerPoint + 0.5).rounded(.down))
    }
}
