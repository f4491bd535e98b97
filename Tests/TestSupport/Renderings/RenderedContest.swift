import Evenhand

/// Which scores are meant: those of an entry, a judge, a criterion; `nil` for all of them.
struct ScoreKey: Hashable {
    var entry: Int?
    var judge: Int?
    var criterion: Int?

    func and(_ other: ScoreKey) -> ScoreKey {
        ScoreKey(entry: entry ?? other.entry, judge: judge ?? other.judge, criterion: criterion ?? other.criterion)
    }
}

/// A drawn contest: its names, and the scores as whole numbers of the last decimal.
struct RenderedContest {
    let words: SheetWords
    let entries: [String]
    let judges: [String]
    let criteria: [String]
    /// What one score can be at most, in points.
    let maximum: Int
    let decimals: Int
    /// What is known about each entry: its category, booth, day and minute.
    let facts: [(category: String, booth: Int, day: Int, minutes: Int)]
    private var scores: [Int?]

    private static let scales: [(maximum: Int, step: Int, decimals: Int)] = [
        (10, 5, 1), (10, 1, 0), (10, 1, 1), (100, 1, 0), (30, 1, 0), (20, 1, 0), (5, 5, 1), (100, 5, 1), (40, 1, 0), (50, 25, 2),
    ]

    init(in words: SheetWords, form: SheetForm, from stream: inout RandomStream) {
        self.words = words
        let entryCount = form.isParted ? 4 + stream.index(below: 11) : 3 + stream.index(below: 12)
        let judgeCount = 2 + stream.index(below: 7)
        entries = RenderedContest.entries(entryCount, in: words, from: &stream)
        judges = form == .numberedJudges ? (1...judgeCount).map(String.init) : RenderedContest.judges(judgeCount, in: words, from: &stream)
        let counts = form.criteriaCounts
        criteria = Array(stream.shuffled(words.criteria).prefix(counts[stream.index(below: counts.count)]))
        let scale = stream.pick(RenderedContest.scales)
        (maximum, decimals) = (scale.maximum, scale.decimals)
        let firstBooth = stream.index(below: 40) + 1
        let (day, start) = (stream.index(below: 300), 9 * 60)
        var facts: [(category: String, booth: Int, day: Int, minutes: Int)] = []
        for index in entries.indices {
            facts.append((stream.pick(words.categories), firstBooth + index * 3 % 41, day + index / 8, start + 15 * (index % 8)))
        }
        self.facts = facts
        scores = []
        let most = maximum * ScoreNumber.power(decimals)
        let severities = judges.map { _ in 0.06 * stream.normal() }
        let difficulties = criteria.map { _ in 0.04 * stream.normal() }
        for _ in entries.indices {
            let quality = 0.72 + 0.11 * stream.normal()
            for judge in judges.indices {
                for criterion in 0..<max(1, criteria.count) {
                    let part = quality + severities[judge] + (criteria.isEmpty ? 0 : difficulties[criterion]) + 0.05 * stream.normal()
                    let steps = (min(1, max(0.25, part)) * Double(most) / Double(scale.step)).rounded()
                    scores.append(min(most, Int(steps) * scale.step))
                }
            }
        }
        if stream.chance(0.35) { leaveOut(from: &stream) }
    }

    /// A few judges did not score an entry at all.
    private mutating func leaveOut(from stream: inout RandomStream) {
        let width = max(1, criteria.count)
        for _ in 0..<1 + stream.index(below: 1 + entries.count * judges.count / 15) {
            let (entry, judge) = (stream.index(below: entries.count), stream.index(below: judges.count))
            let ofEntry = judges.indices.count { score(ScoreKey(entry: entry, judge: $0, criterion: 0)) != nil }
            let ofJudge = entries.indices.count { score(ScoreKey(entry: $0, judge: judge, criterion: 0)) != nil }
            guard ofEntry > 1, ofJudge > 2 else { continue }
            for criterion in 0..<width { scores[(entry * judges.count + judge) * width + criterion] = nil }
        }
    }

    private static func entries(_ count: Int, in words: SheetWords, from stream: inout RandomStream) -> [String] {
        guard stream.chance(0.2) else { return Array(stream.shuffled(words.entries).prefix(count)) }
        return (1...count).map { words.team.contains("#") ? words.team.replacing("#", with: "\($0)") : "\(words.team) \($0)" }
    }

    private static func judges(_ count: Int, in words: SheetWords, from stream: inout RandomStream) -> [String] {
        if stream.chance(0.5) { return Array(stream.shuffled(words.people).prefix(count)) }
        let seat = stream.pick(words.seat) + words.space
        return stream.chance(0.2) ? "ABCDEFGH".prefix(count).map { "\(seat)\($0)" } : (1...count).map { "\(seat)\($0)" }
    }

    /// The score of one entry by one judge for one criterion, if it was given.
    func score(_ key: ScoreKey) -> Int? {
        guard let entry = key.entry, let judge = key.judge else { return nil }
        return scores[(entry * judges.count + judge) * max(1, criteria.count) + (key.criterion ?? 0)]
    }

    /// The sum of what a key means, how many scores it has, and of how many judges.
    func sum(_ key: ScoreKey) -> (sum: Int, count: Int, judges: Int) {
        var found = (sum: 0, count: 0, judges: 0)
        for judge in key.judge.map({ $0...$0 }) ?? 0...judges.count - 1 {
            let before = found.count
            for entry in key.entry.map({ $0...$0 }) ?? 0...entries.count - 1 {
                for criterion in key.criterion.map({ $0...$0 }) ?? 0...max(0, criteria.count - 1) {
                    guard let score = score(ScoreKey(entry: entry, judge: judge, criterion: criterion)) else { continue }
                    found.sum += score
                    found.count += 1
                }
            }
            if found.count > before { found.judges += 1 }
        }
        return found
    }

    var hasMissing: Bool { scores.contains(nil) }

    /// The contest in long form, as plain as can be.
    var long: String {
        var lines = [criteria.isEmpty ? "entry,judge,score" : "entry,judge,criterion,score"]
        for (entry, entryName) in entries.enumerated() {
            for (judge, judgeName) in judges.enumerated() {
                for criterion in 0..<max(1, criteria.count) {
                    guard let score = score(ScoreKey(entry: entry, judge: judge, criterion: criterion)) else { continue }
                    let names = [entryName, judgeName] + (criteria.isEmpty ? [] : [criteria[criterion]])
                    lines.append((names + [ScoreNumber(units: score, decimals: decimals).text(isFixed: false)]).joined(separator: ","))
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension RandomStream {
    /// One of several, all equally likely.
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[index(below: elements.count)] }

    /// Yes, with a probability.
    mutating func chance(_ probability: Double) -> Bool { uniform() < probability }
}
