import Evenhand

/// Votes and rankings from one file after the other, with names numbered as they come.
struct VoteCollector {
    private var entries = NameNumbers()
    private var judges = NameNumbers()
    private var votes: [PairwiseVotes.Vote] = []
    private var ballots: [RankedBallots.Ballot] = []
    private var hasPositions = true
    private(set) var readsOneAsFirst = false

    /// The criteria that a table names.
    static func criteria(of table: VoteTable) -> Set<String> {
        guard let criterion = table.form.criterion else { return [] }
        return Set(table.column(criterion).levels.map(NameNormalization.normalized))
    }

    /// The votes or rankings of all files.
    func ballots(path: String) throws -> VoteInput.Ballots {
        if !votes.isEmpty, !ballots.isEmpty { throw VoteFileError(path, .mixedForms) }
        let (names, judgeNames) = (entries.sorted, judges.sorted)
        func position(_ judge: Int32) -> Int32 { judge < 0 ? Factor.missing : judgeNames.positions[Int(judge)] }
        if votes.isEmpty {
            let all = ballots.map { ballot in
                RankedBallots.Ballot(order: ballot.order.map { names.positions[Int($0)] }, judge: position(ballot.judge))
            }
            return .rankings(try RankedBallots(entries: names.names, judges: judgeNames.names, ballots: all))
        }
        let all = votes.map { vote in
            PairwiseVotes.Vote(
                first: names.positions[Int(vote.first)], second: names.positions[Int(vote.second)], judge: position(vote.judge),
                outcome: vote.outcome)
        }
        return .votes(try PairwiseVotes(entries: names.names, judges: judgeNames.names, votes: all, hasPositions: hasPositions))
    }

    /// Adds the rows of a table, those of a criterion where one is named.
    mutating func add(_ table: VoteTable, criterion: String?) throws(VoteFileError) {
        var rows = Array(0..<table.rowCount)
        if let criterion, let position = table.form.criterion {
            let column = table.column(position)
            let isMeant = column.levels.map { NameNormalization.normalized($0) == criterion }
            rows = rows.filter { isMeant[Int(column.codes[$0])] }
        }
        var faults = VoteFaults(table)
        switch table.form.kind {
        case .decided(let winner, let loser, let tie, let left, let right):
            addDecided(table, rows, DecidedColumns(winner: winner, loser: loser, tie: tie, left: left, right: right), &faults)
        case .pair(let left, let right, let result):
            try addPairs(table, rows, left, right, result, &faults)
        case .places(let places): addPlaces(table, rows, places, &faults)
        case .ranks(let entry, let rank): addRanks(table, rows, entry, rank, &faults)
        }
        if let error = faults.error { throw error }
    }

    private struct DecidedColumns {
        let winner, loser: Int
        let tie, left, right: Int?
    }

    /// The numbers of a column's names; below 0 where there is none.
    private mutating func numbers(_ column: VoteTable.Column, of names: WritableKeyPath<VoteCollector, NameNumbers>) -> [Int32] {
        column.levels.map { level in
            let name = NameNormalization.normalized(level)
            return name.isEmpty ? Factor.missing : self[keyPath: names].number(name)
        }
    }

    /// The judge of each row.
    private mutating func judgeOfRow(_ table: VoteTable) -> (Int) -> Int32 {
        guard let position = table.form.judge else { return { _ in Factor.missing } }
        let (column, numbers) = (table.column(position), numbers(table.column(position), of: \.judges))
        return { numbers[Int(column.codes[$0])] }
    }

    private mutating func addDecided(_ table: VoteTable, _ rows: [Int], _ columns: DecidedColumns, _ faults: inout VoteFaults) {
        let (winner, loser) = (table.column(columns.winner), table.column(columns.loser))
        let (winners, losers) = (numbers(winner, of: \.entries), numbers(loser, of: \.entries))
        let judge = judgeOfRow(table)
        let tie = columns.tie.map { table.column($0) }
        let marks = tie?.levels.map(OutcomeWords.mark)
        let sides = columns.left.flatMap { left in columns.right.map { (table.column(left), table.column($0), left) } }
        let lefts = sides.map { numbers($0.0, of: \.entries) }
        let rights = sides.map { numbers($0.1, of: \.entries) }
        if sides == nil { hasPositions = false }
        votes.reserveCapacity(votes.count + rows.count)
        for row in rows {
            let (a, b) = (winners[Int(winner.codes[row])], losers[Int(loser.codes[row])])
            guard faults.areNames((a, columns.winner), (b, columns.loser), row) else { continue }
            var outcome = PairwiseVotes.Outcome.first
            if let tie, let marks {
                guard let isTie = marks[Int(tie.codes[row])] else {
                    faults.add(.noOutcome, row, columns.tie)
                    continue
                }
                if isTie { outcome = .tie }
            }
            guard let sides, let lefts, let rights else {
                votes.append(.init(first: a, second: b, judge: judge(row), outcome: outcome))
                continue
            }
            let (left, right) = (lefts[Int(sides.0.codes[row])], rights[Int(sides.1.codes[row])])
            guard (left == a && right == b) || (left == b && right == a) else {
                faults.add(.otherEntries, row, sides.2)
                continue
            }
            votes.append(
                .init(first: left, second: right, judge: judge(row), outcome: outcome == .tie ? .tie : left == a ? .first : .second))
        }
    }

    private mutating func addPairs(
        _ table: VoteTable, _ rows: [Int], _ left: Int, _ right: Int, _ result: Int, _ faults: inout VoteFaults
    ) throws(VoteFileError) {
        let (a, b, said) = (table.column(left), table.column(right), table.column(result))
        let (lefts, rights) = (numbers(a, of: \.entries), numbers(b, of: \.entries))
        let judge = judgeOfRow(table)
        let words = try OutcomeWords(table, a, b, said)
        readsOneAsFirst = readsOneAsFirst || words.readsOneAsFirst
        votes.reserveCapacity(votes.count + rows.count)
        for row in rows {
            let (first, second) = (lefts[Int(a.codes[row])], rights[Int(b.codes[row])])
            guard faults.areNames((first, left), (second, right), row) else { continue }
            guard let outcome = words.outcome(row) else {
                faults.add(.noOutcome, row, result)
                continue
            }
            votes.append(.init(first: first, second: second, judge: judge(row), outcome: outcome))
        }
    }

    private mutating func addPlaces(_ table: VoteTable, _ rows: [Int], _ places: [Int], _ faults: inout VoteFaults) {
        let columns = places.map { table.column($0) }
        var numbers: [[Int32]] = []
        for column in columns { numbers.append(self.numbers(column, of: \.entries)) }
        let judge = judgeOfRow(table)
        for row in rows {
            var (order, end) = ([Int32](), false)
            for (index, column) in columns.enumerated() {
                let number = numbers[index][Int(column.codes[row])]
                // A ranking may end early, but has no gap.
                if number >= 0, end { faults.add(.emptyName, row, places[index - 1]) }
                if number >= 0, order.contains(number) { faults.add(.rankedTwice, row, places[index]) }
                end = number < 0
                if number >= 0 { order.append(number) }
            }
            ballots.append(.init(order: order, judge: judge(row)))
        }
    }

    private mutating func addRanks(_ table: VoteTable, _ rows: [Int], _ entry: Int, _ rank: Int, _ faults: inout VoteFaults) {
        let (entryColumn, rankColumn) = (table.column(entry), table.column(rank))
        let (numbers, judge) = (numbers(entryColumn, of: \.entries), judgeOfRow(table))
        let ranks = rankColumn.levels.map { Double(NameNormalization.normalized($0)) }
        var ranked: [Int32: [(rank: Double, entry: Int32, row: Int)]] = [:]
        for row in rows {
            let number = numbers[Int(entryColumn.codes[row])]
            guard faults.areNames((number, entry), (judge(row), table.form.judge ?? entry), row, mayBeEqual: true) else { continue }
            guard let rank = ranks[Int(rankColumn.codes[row])], rank.isFinite else {
                faults.add(.noRank, row, rank)
                continue
            }
            ranked[judge(row), default: []].append((rank, number, row))
        }
        for judge in ranked.keys.sorted() {
            let list = (ranked[judge] ?? []).sorted { ($0.rank, $0.row) < ($1.rank, $1.row) }
            for (before, after) in zip(list, list.dropFirst()) where before.rank == after.rank {
                faults.add(.tiedRank(other: entries.names[Int(before.entry)]), after.row, rank)
            }
            var seen: Set<Int32> = []
            for item in list where !seen.insert(item.entry).inserted { faults.add(.rankedTwice, item.row, entry) }
            ballots.append(.init(order: list.map(\.entry), judge: judge))
        }
    }
}

/// What is wrong with the rows of a table, the first of it kept.
struct VoteFaults {
    private let table: VoteTable
    private var problems: [VoteFileError.Problem] = []
    private var count = 0

    init(_ table: VoteTable) { self.table = table }

    mutating func add(_ kind: VoteFileError.Kind, _ row: Int, _ column: Int?) {
        count += 1
        if problems.count < ScoreSheetError.mostListed { problems.append(table.problem(kind, row: row, column: column)) }
    }

    /// Whether both names are there, and differ.
    mutating func areNames(
        _ first: (number: Int32, column: Int), _ second: (number: Int32, column: Int), _ row: Int, mayBeEqual: Bool = false
    )
        -> Bool
    {
        if first.number >= 0, second.number >= 0, first.number != second.number || mayBeEqual { return true }
        if first.number < 0 { add(.emptyName, row, first.column) }
        if second.number < 0 { add(.emptyName, row, second.column) }
        if first.number >= 0, second.number >= 0 { add(.itself, row, second.column) }
        return false
    }

    var error: VoteFileError? {
        count == 0 ? nil : VoteFileError(table.path, problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) }, count: count)
    }
}
