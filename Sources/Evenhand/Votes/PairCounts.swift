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
        for (row, index) in order.enumerated() {
            let vote = all[Int(index)]
            if row == 0 || keys[row] != keys[row - 1] {
                if row > 0 { cells.append(cell) }
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

    /// The same pairs, with the cells of some of the votes only.
    func selecting(_ votes: [Int]) -> PairCounts {
        PairCounts(entryCount: entryCount, cells: cells, cellOfVote: votes.map { cellOfVote[$0] })
    }

    private init(entryCount: Int, cells: [Cell], cellOfVote: [Int32]) {
        (self.entryCount, self.cells, self.cellOfVote) = (entryCount, cells, cellOfVote)
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

/// The votes of each judge, those that say the same together, in an order that does not depend on that of the rows.
struct JudgeBallots: Sendable {
    /// Votes of one judge about one pair with one outcome.
    struct Ballot: Sendable {
        let cell: Int32
        let outcome: PairwiseVotes.Outcome
        var count: Double
    }

    /// The judge of each group; a vote without a judge is a group of its own.
    let judges: [Int32]
    private let ballots: [Ballot]
    private let starts: [Int]

    init(of votes: [PairwiseVotes.Vote], _ counts: PairCounts) {
        let (order, keys) = RadixOrder.ascending(count: votes.count) { row in
            let vote = votes[row]
            let row = UInt64(counts.cellOfVote[row]) << 2 | UInt64(vote.outcome.rawValue)
            return UInt64(UInt32(bitPattern: vote.judge &+ 1)) << 32 | row
        }
        var (judges, ballots, starts) = ([Int32](), [Ballot](), [Int]())
        for (row, index) in order.enumerated() {
            let vote = votes[Int(index)]
            if row == 0 || vote.judge == Factor.missing || vote.judge != judges[judges.count - 1] {
                judges.append(vote.judge)
                starts.append(ballots.count)
            } else if keys[row] == keys[row - 1] {
                ballots[ballots.count - 1].count += 1
                continue
            }
            ballots.append(Ballot(cell: counts.cellOfVote[Int(index)], outcome: vote.outcome, count: 1))
        }
        (self.judges, self.ballots, self.starts) = (judges, ballots, starts + [ballots.count])
    }

    /// How many groups there are.
    var count: Int { judges.count }

    /// The votes of a group.
    subscript(group: Int) -> ArraySlice<Ballot> { ballots[starts[group]..<starts[group + 1]] }
}

extension PairwiseVotes.Outcome {
    /// The score of the first entry: a win counts 1, a tie ½.
    var score: Double { self == .first ? 1 : self == .second ? 0 : 0.5 }
}
