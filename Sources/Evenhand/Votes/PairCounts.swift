/// The votes of each pair of entries, counted.
struct PairCounts: Sendable {
    /// One pair in the order in which its entries were shown.
    struct Cell: Sendable {
        let first, second: Int
        var firstWins = 0.0
        var secondWins = 0.0
        var ties = 0.0

        /// How many votes there are.
        var total: Double { firstWins + secondWins + ties }
        /// The score of the first entry: a win counts 1, a tie ½.
        var score: Double { firstWins + ties / 2 }
    }

    let entryCount: Int
    /// The pairs with votes, in the order of their entries.
    let cells: [Cell]
    /// The cell of each vote.
    let cellOfVote: [Int32]

    init(of votes: PairwiseVotes) {
        let all = votes.votes
        let (order, keys) = RadixOrder.ascending(count: all.count) { UInt64(all[$0].first) << 32 | UInt64(all[$0].second) }
        var (cells, cellOfVote) = ([Cell](), [Int32](repeating: 0, count: all.count))
        var cell = Cell(first: 0, second: 0)
        for (place, index) in order.enumerated() {
            let vote = all[Int(index)]
            if place == 0 || keys[place] != keys[place - 1] {
                if place > 0 { cells.append(cell) }
                cell = Cell(first: Int(vote.first), second: Int(vote.second))
            }
            switch vote.outcome {
            case .first: cell.firstWins += 1
            case .second: cell.secondWins += 1
            case .tie: cell.ties += 1
            }
            cellOfVote[Int(index)] = Int32(cells.count)
        }
        if !all.isEmpty { cells.append(cell) }
        (self.cells, self.cellOfVote, entryCount) = (cells, cellOfVote, votes.entries.count)
    }

    /// Whether any vote is a tie.
    var hasTies: Bool { cells.contains { $0.ties > 0 } }

    /// For each entry the sum of what its pairs have for it.
    func sums(_ first: (Cell) -> Double, _ second: (Cell) -> Double) -> [Double] {
        var sums = [Double](repeating: 0, count: entryCount)
        for cell in cells {
            sums[cell.first] += first(cell)
            sums[cell.second] += second(cell)
        }
        return sums
    }
}
