package import Evenhand

/// Votes, or rankings, that were read from files.
package struct VoteInput: Sendable {
    /// What the rows were.
    package enum Ballots: Sendable, Equatable {
        case votes(PairwiseVotes)
        case rankings(RankedBallots)
    }

    /// The votes or rankings.
    package let ballots: Ballots
    /// The files.
    package let inputs: [Reading.Input]
    /// The criterion that was chosen; `nil` without a column of criteria.
    package let criterion: String?
    /// How numbers in the column of results were read, where that is a convention.
    package let readsOneAsFirst: Bool

    /// Reads files as one set of votes.
    ///
    /// - Parameters:
    ///   - paths: the files; `-` is standard input.
    ///   - criterion: which criterion's votes count, `all` for those of all; needed where there are several.
    ///   - options: the encoding of text files.
    /// - Throws: `ScoreSheetError`, `VoteFileError` or `VoteError`.
    package init(of paths: [String], criterion: String? = nil, as options: ReadingOptions = ReadingOptions()) throws {
        var collector = VoteCollector()
        var (inputs, criteria) = ([Reading.Input](), Set<String>())
        for path in paths {
            let (tables, bytes) = try VoteTable.tables(of: path, options)
            for table in tables { criteria.formUnion(VoteCollector.criteria(of: table)) }
            inputs.append(Reading.Input(path: path, bytes: bytes, rows: tables.reduce(0) { $0 + $1.rowCount }))
            if tables.allSatisfy({ $0.rowCount == 0 }) { throw VoteFileError(path, .noRows) }
            for table in tables { try collector.add(table, criterion: criterion == "all" ? nil : criterion) }
        }
        let known = criteria.sorted(by: Factor.precedes)
        if let criterion, criterion != "all", !criteria.contains(criterion) {
            throw VoteFileError(paths[0], .unknownCriterion(criterion, known: known))
        }
        if criterion == nil, known.count > 1 { throw VoteFileError(paths[0], .severalCriteria(known)) }
        self.inputs = inputs
        self.criterion = criterion ?? known.first
        readsOneAsFirst = collector.readsOneAsFirst
        ballots = try collector.ballots(path: paths[0])
    }
}

/// Names numbered as they come.
struct NameNumbers {
    private(set) var names: [String] = []
    private var numbers: [String: Int32] = [:]

    mutating func number(_ name: String) -> Int32 {
        if let known = numbers[name] { return known }
        numbers[name] = Int32(names.count)
        names.append(name)
        return Int32(names.count - 1)
    }

    /// The names in canonical order, and the new number of each.
    var sorted: (names: [String], positions: [Int32]) {
        let order = names.indices.sorted { Factor.precedes(names[$0], names[$1]) }
        var positions = [Int32](repeating: 0, count: names.count)
        for (position, old) in order.enumerated() { positions[old] = Int32(position) }
        return (order.map { names[$0] }, positions)
    }
}
