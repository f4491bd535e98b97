import Evenhand

/// What the texts of a column of results say: a side, a tie, or the name of the better entry.
struct OutcomeWords {
    private let a, b, said: VoteTable.Column
    /// For each text what it says of sides, where all texts do that.
    private let sides: [PairwiseVotes.Outcome?]?
    private let ties: [Bool]
    private let names: [String]
    private let firstNames: [String]
    private let secondNames: [String]
    /// Whether 1 means the first entry and 0 the second.
    let readsOneAsFirst: Bool

    /// - Throws: `VoteFileError` where texts can be read in two ways.
    init(_ table: VoteTable, _ a: VoteTable.Column, _ b: VoteTable.Column, _ said: VoteTable.Column) throws(VoteFileError) {
        (self.a, self.b, self.said) = (a, b, said)
        names = said.levels.map(NameNormalization.normalized)
        (firstNames, secondNames) = (a.levels.map(NameNormalization.normalized), b.levels.map(NameNormalization.normalized))
        let keys = said.levels.map(VoteForm.key)
        let present = Set(keys)
        ties = keys.map(OutcomeWords.ties.contains)
        let firsts = OutcomeWords.firsts.union([VoteForm.key(a.header)]), seconds = OutcomeWords.seconds.union([VoteForm.key(b.header)])
        let hasTwo = present.contains("2")
        let hasZero = present.contains("0")
        readsOneAsFirst = hasZero && !hasTwo
        let sides = zip(keys, ties).map { key, isTie -> PairwiseVotes.Outcome? in
            if isTie { return .tie }
            switch key {
            case "1": return .first
            case "2": return .second
            case "0": return hasTwo ? .tie : .second
            default: return firsts.contains(key) ? .first : seconds.contains(key) ? .second : nil
            }
        }
        let areSides = sides.allSatisfy { $0 != nil }
        self.sides = areSides ? sides : nil
        guard areSides else { return }
        if areNames {
            let differs = said.codes.indices.contains { sides[Int(said.codes[$0])] != named($0) }
            if differs { throw VoteFileError(table.path, [table.problem(.unclearNames, row: 0, column: nil)], count: 1) }
        }
        // 0 and 1 also number sides from 0 on; 1 for a win is the custom of columns that hold results.
        if readsOneAsFirst, !OutcomeWords.resultHeaders.contains(VoteForm.key(said.header)) {
            throw VoteFileError(table.path, [table.problem(.unclearNumbers, row: 0, column: nil)], count: 1)
        }
    }

    /// What a row says; `nil` when that is nothing known.
    func outcome(_ row: Int) -> PairwiseVotes.Outcome? { sides.map { $0[Int(said.codes[row])] } ?? named(row) }

    /// Whether every row names one of its entries, or a tie.
    private var areNames: Bool { said.codes.indices.allSatisfy { named($0) != nil } }

    private func named(_ row: Int) -> PairwiseVotes.Outcome? {
        let name = names[Int(said.codes[row])]
        if name == firstNames[Int(a.codes[row])] { return .first }
        if name == secondNames[Int(b.codes[row])] { return .second }
        return ties[Int(said.codes[row])] ? .tie : nil
    }

    /// Whether a mark says that a vote is a tie; `nil` when it says nothing known.
    static func mark(_ text: String) -> Bool? {
        let key = VoteForm.key(text)
        if ["", "0", "false", "no", "n", "f", "否"].contains(key) { return false }
        return ties.contains(key) || ["1", "true", "yes", "y", "t", "x", "是"].contains(key) ? true : nil
    }

    private static let resultHeaders: Set = ["result", "score", "outcome", "结果"]
    private static let firsts: Set = ["a", "left", "first", "modela", "甲", "左", "左侧", "左边"]
    private static let seconds: Set = ["b", "right", "second", "modelb", "乙", "右", "右侧", "右边"]
    private static let ties: Set = [
        "tie", "tied", "draw", "equal", "both", "neither", "tie(bothbad)", "tie(bothgood)", "bothbad", "bothgood", "0.5", ".5", "=", "平",
        "平局",
        "平手", "并列", "相同",
    ]
}
