/// What each method makes of each entry's scores, and the room to compute it in, which contests use one after the other.
final class SimulatedResults {
    typealias Numbers = UnsafeMutableBufferPointer<Double>

    /// For each entry.
    let means, zScores, predictions, totals: Numbers
    /// For each score.
    let scores: Numbers
    /// For each judge.
    let sums, squares, offsets, factors: Numbers
    /// For each equation.
    let right, effects: Numbers
    private let room: Numbers

    init(for design: SimulatedDesign) {
        let counts = [
            design.entryCount, design.entryCount, design.entryCount, design.entryCount, design.scoreCount, design.judgeCount,
            design.judgeCount, design.judgeCount, design.judgeCount, design.size, design.size,
        ]
        let room = Numbers.allocate(capacity: counts.reduce(0, +))
        room.initialize(repeating: 0)
        var start = 0
        let parts = counts.map { count in
            defer { start += count }
            return Numbers(rebasing: room[start..<start + count])
        }
        (means, zScores, predictions, totals, scores) = (parts[0], parts[1], parts[2], parts[3], parts[4])
        (sums, squares, offsets, factors, right, effects) = (parts[5], parts[6], parts[7], parts[8], parts[9], parts[10])
        self.room = room
    }

    deinit { room.deallocate() }
}
