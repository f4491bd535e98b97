/// The scores of a calibrated model as loops over meetings read them, and which judges are factored together.
struct CalibratedDesign: Sendable {
    let scores: CalibratedScores
    let blocks: JudgeBlocks
    /// The judge of each meeting.
    let judges: [Int32]
    /// The most judges whom an entry met.
    let mostMeetings: Int
    /// Ranges of entries with about as many meetings each. Their number is fixed, so that sums do not depend on the threads.
    let pieces: [Range<Int>]
    /// The scores of each judge, and their scatter inside meetings.
    let scoreTotals: [Double]
    let scatterTotals: [Double]

    var judgeCount: Int { scores.judgeCount }
    /// A location, a scale and a noise for each judge, and the common location.
    var columnCount: Int { 3 * scores.judgeCount + 1 }
    var size: Int { scores.judges.count }

    private static let pieceCount = 4

    init(_ scores: CalibratedScores, mostInBlock: Int = JudgeBlocks.mostJudges) {
        self.scores = scores
        blocks = JudgeBlocks(scores, most: mostInBlock)
        judges = scores.judges.map { Int32($0) }
        mostMeetings = scores.mostMeetings
        let number = CalibratedDesign.pieceCount
        var (ends, entry) = ([0], 0)
        for piece in 1..<number {
            while entry < scores.entryCount, scores.starts[entry] < scores.judges.count * piece / number { entry += 1 }
            ends.append(entry)
        }
        ends.append(scores.entryCount)
        pieces = zip(ends, ends.dropFirst()).map { $0..<$1 }
        scoreTotals = scores.sums { scores.counts[$0] }
        scatterTotals = scores.sums { scores.scatters[$0] }
    }
}

/// The judges' standardised parameters, (a − α)/τ_a, log(b/β)/τ_b and log(σⱼ/σ)/τ_s of one judge after the other, and the common location.
struct JudgePoint: Sendable {
    var values: [Double]

    /// Judges like the median one.
    init(judges: Int) { values = [Double](repeating: 0, count: 3 * judges + 1) }

    var location: Double { values[values.count - 1] }

    /// The point with `factor` times a direction added.
    func adding(_ direction: [Double], times factor: Double) -> JudgePoint {
        var sum = self
        for index in sum.values.indices { sum.values[index] += factor * direction[index] }
        return sum
    }
}
