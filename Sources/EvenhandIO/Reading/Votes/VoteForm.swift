import Evenhand

/// What the columns of a file of votes mean.
struct VoteForm: Equatable {
    /// How a row says who is better.
    enum Kind: Equatable {
        /// The winner and the loser, perhaps with a mark for a tie, and what was shown first and second.
        case decided(winner: Int, loser: Int, tie: Int?, left: Int?, right: Int?)
        /// Two entries, and which of them is better.
        case pair(left: Int, right: Int, result: Int)
        /// A judge's ranking in a row: a column for each place, the best first.
        case places([Int])
        /// An entry's place by a judge in a row.
        case ranks(entry: Int, rank: Int)
    }

    let kind: Kind
    let judge: Int?
    let criterion: Int?

    /// The columns that are read.
    var usedColumns: [Int] {
        let own: [Int?] =
            switch kind {
            case .decided(let winner, let loser, let tie, let left, let right): [winner, loser, tie, left, right]
            case .pair(let left, let right, let result): [left, right, result]
            case .places(let places): places
            case .ranks(let entry, let rank): [entry, rank]
            }
        return (own + [judge, criterion]).compactMap(\.self)
    }

    /// The form of a file with these headers; `nil` when they are not those of votes or rankings.
    init?(_ headers: [String]) {
        let keys = headers.map(VoteForm.key)
        func position(_ words: Set<String>) -> Int? { keys.firstIndex { words.contains($0) } }
        judge = position(VoteForm.judges)
        criterion = keys.firstIndex { ColumnRole.criterion.headers.contains($0) }
        let (winner, loser) = (position(VoteForm.winners), position(VoteForm.losers))
        let (left, right) = (position(VoteForm.lefts), position(VoteForm.rights))
        if let winner, let loser {
            let both = left != nil && right != nil
            kind = .decided(
                winner: winner, loser: loser, tie: position(VoteForm.tieMarks), left: both ? left : nil, right: both ? right : nil)
        } else if let left, let right, let result = position(VoteForm.results) ?? winner {
            kind = .pair(left: left, right: right, result: result)
        } else if let entry = keys.firstIndex(where: ColumnRole.entry.headers.contains), let rank = position(VoteForm.ranks), judge != nil {
            kind = .ranks(entry: entry, rank: rank)
        } else {
            let numbered = keys.map(VoteForm.placeNumber)
            var columns: [Int] = []
            while let column = numbered.firstIndex(of: columns.count + 1) { columns.append(column) }
            guard columns.count >= 2 else { return nil }
            kind = .places(columns)
        }
    }

    /// A header without its case, and without what joins words.
    static func key(_ header: String) -> String {
        NameNormalization.normalized(header).lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
    }

    private static let winners: Set = [
        "winner", "winnerid", "won", "chosen", "chosenid", "preferred", "better", "selected", "胜者", "胜方", "获胜", "优胜", "较优", "选中",
    ]
    private static let losers: Set = [
        "loser", "loserid", "lost", "notchosen", "notchosenid", "unchosen", "rejected", "worse", "notselected", "败者", "负者", "负方", "落败",
        "较差",
        "未选中",
    ]
    private static let tieMarks: Set = ["tie", "ties", "tied", "draw", "平局", "平手", "并列"]
    private static let results: Set = [
        "result", "choice", "outcome", "vote", "decision", "preference", "label", "verdict", "score", "结果", "选择", "判定", "投票",
    ]
    private static let judges: Set<String> = Set(ColumnRole.judge.headers).union([
        "annotator", "annotatorid", "voter", "voterid", "assessor", "user", "userid", "judgeid", "raterid", "投票人",
    ])
    private static let ranks: Set = ["rank", "place", "ranking", "position", "名次", "排名", "位次"]
    private static let lefts = sides(["left", "a", "first", "甲", "左", "左侧", "左边"], "a", "1", "甲")
    private static let rights = sides(["right", "b", "second", "乙", "右", "右侧", "右边"], "b", "2", "乙")

    private static func sides(_ words: Set<String>, _ letter: String, _ number: String, _ chinese: String) -> Set<String> {
        let nouns = ["model", "item", "option", "entry", "player", "team", "candidate", "script", "text", "response", "project", "id"]
        return words.union(nouns.flatMap { ["\($0)\(letter)", "\($0)\(number)"] }).union(["项目", "作品", "选手"].map { $0 + chinese })
            .union(["项目", "作品", "选手"].flatMap { [$0 + letter, $0 + number] })
    }

    /// The place that a header names: 1, 1st, rank 1, 第一名.
    private static func placeNumber(_ key: String) -> Int? {
        var text = Substring(key)
        for word in ["rank", "place", "choice", "第"] where text.hasPrefix(word) { text = text.dropFirst(word.count) }
        for word in ["st", "nd", "rd", "th", "名", "位"] where text.hasSuffix(word) { text = text.dropLast(word.count) }
        if let number = Int(text) { return number }
        return ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"].firstIndex(of: String(text)).map { $0 + 1 }
    }
}
