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
