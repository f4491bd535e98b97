import Evenhand
import EvenhandIO

/// The rows of `design`: who scored whom, stage by stage and all together.
struct DesignTable {
    let language: Language
    let missing: MissingScores
    private var rows: [(what: String, value: String)] = []
    /// The prefix of the names of rows when there are several stages.
    private var prefix = ""

    /// The table without rows.
    static func empty(in language: Language) -> Table { DesignTable(language, MissingScores()).table }

    private init(_ language: Language, _ missing: MissingScores) { (self.language, self.missing) = (language, missing) }

    init(_ review: DesignReview, missing: MissingScores, in language: Language) {
        (self.language, self.missing) = (language, missing)
        for (index, stage) in review.stages.enumerated() {
            if review.stages.count > 1 { prefix = language.name(of: stage, index) + language.say(": ", "：") }
            addCounts(stage)
            addLinks(stage)
            addNesting(stage)
            addMissing(stage)
        }
        guard let whole = review.whole else { return }
        prefix = language.say("all stages: ", "全部阶段：")
        addCounts(whole)
        addLinks(whole)
    }

    var table: Table {
        Table(
            name: CheckTable.design.rawValue, title: language.say("Who scored whom", "评分安排"),
            columns: [
                Table.Column("what", heading: language.say("what", "内容"), .texts(rows.map(\.what)), isWhole: true),
                Table.Column("value", heading: language.say("value", "值"), .texts(rows.map(\.value)), isWhole: true),
            ])
    }

    private mutating func add(_ english: String, _ chinese: String, _ value: String) {
        rows.append((prefix + language.say(english, chinese), value))
    }

    private mutating func addCounts(_ stage: StageDesign) {
        add("entries", "项目", String(stage.sheet.entries.count))
        add("judges", "评委", String(stage.sheet.judges.count))
        add("heats", "场次", String(stage.sheet.heats.count))
        if stage.totals == nil || stage.sheet.criteria.isEmpty {
            add("scores", "评分", String(stage.scored.count))
        } else {
            add("complete ballots", "完整评分表", String(stage.scored.count))
        }
        add("scores of an entry", "每个项目的评分", described(stage.entryCounts))
        add("scores of a judge", "每位评委的评分", described(stage.judgeCounts))
    }

    /// "5–7, median 6; 5–7: 152, 8 or more: 3"
    private func described(_ counts: ScoreCounts) -> String {
        let range = counts.least == counts.most ? "\(counts.most)" : "\(counts.least)–\(counts.most)"
        let bands = counts.bands.filter { $0.count > 0 }.map { band in
            let name = band.most.map { "\(band.least)–\($0)" } ?? language.say("\(band.least) or more", "\(band.least) 个以上")
            return language.say("\(name): \(band.count)", "\(name)：\(band.count)")
        }
        if counts.least == counts.most { return range }
        return language.say("\(range), median ", "\(range)，中位数 ") + NumberFormat.shortest(counts.median)
            + language.say(" (", "（") + bands.joined(separator: language.say(", ", "，")) + language.say(")", "）")
    }

    private mutating func addLinks(_ stage: StageDesign) {
        let (design, sheet, links) = (stage.design, stage.scored, stage.links)
        add(
            "complete (every judge scored every entry)", "完整（每位评委都评了每个项目）",
            design.isComplete ? language.say("yes", "是") : language.say("no", "否"))
        add("groups that share no judge", "互不重叠的评委组", String(design.subsetCount))
        let none = language.say("none", "无")
        func listed(_ names: [String]) -> String {
            names.isEmpty ? none : "\(names.count)" + language.say(": ", "：") + language.list(names)
        }
        add("judges who alone connect others", "去掉后各组就无法比较的评委", listed(links.judges.map { sheet.judges[$0] }))
        add("entries that alone connect judges", "去掉后各组就无法比较的项目", listed(links.entries.map { sheet.entries[$0] }))
        add(
            "single scores that alone connect judges", "去掉后各组就无法比较的评分",
            listed(links.scores.map { "\(sheet.entries[$0.entry]) – \(sheet.judges[$0.judge])" }))
        guard let weakest = stage.weakest else {
            let tooMany = sheet.judges.count > WeakestLink.mostJudges
            let why =
                tooMany
                ? language.say(" (more than \(WeakestLink.mostJudges) judges)", "（评委多于 \(WeakestLink.mostJudges) 位）")
                : language.say(" (no two judges share an entry)", "（没有两位评委评过同一项目）")
            add("weakest link between judges", "评委之间最弱的联系", "–" + why)
            return
        }
        let pair = weakest.judges.map { sheet.judges[$0] }.joined(separator: " – ")
        let error = NumberFormat.fixed(weakest.standardError, decimals: 3)
        add(
            "weakest link: standard error of a severity difference", "最弱的联系：宽严差异的标准误",
            language.say("\(error) σ (\(pair))", "\(error) σ（\(pair)）"))
        add("smallest eigenvalue of the judges' links", "评委联系矩阵的最小特征值", NumberFormat.fixed(weakest.smallestEigenvalue, decimals: 3))
    }

    private mutating func addNesting(_ stage: StageDesign) {
        for nesting in stage.nestings where stage.scored.heats.count > 1 {
            add("attribute \(nesting.attribute)", "属性 \(nesting.attribute)", language.sentence(nesting))
        }
    }

    private mutating func addMissing(_ stage: StageDesign) {
        let expected = stage.expected
        let sums = expected.judges.reduce(into: (received: 0, expected: 0)) { $0 = ($0.received + $1.received, $0.expected + $1.expected) }
        add(
            "scores received of those expected", "实收与应收评分",
            language.say("\(sums.received) of \(sums.expected)", "\(sums.received) / \(sums.expected)"))
        if !expected.pools.isEmpty {
            add(
                "heats without a fixed panel", "没有固定评委组的场次",
                language.list(expected.pools.map { stage.sheet.heats[$0].name ?? language.say("the only one", "唯一场次") }))
        }
        let heats = Set(stage.sheet.heats)
        let unscored = missing.unscoredEntries(in: heats)
        if !unscored.isEmpty { add("entries without any score", "没有任何评分的项目", language.list(unscored)) }
        let sides = [
            (expected.judges, stage.sheet.judges, missing.byJudge(in: heats)),
            (expected.entries, stage.sheet.entries, missing.byEntry(in: heats)),
        ]
        for (counts, names, kinds) in sides {
            for (count, name) in zip(counts, names) where count.isShort {
                let why = language.counted(kinds[name] ?? [])
                add(
                    "received: \(name)", "实收：\(name)",
                    language.say("\(count.received) of \(count.expected)", "\(count.received) / \(count.expected)")
                        + (why.isEmpty ? "" : language.say(" (\(why))", "（\(why)）")))
            }
        }
        if let totals = stage.totals, !totals.incomplete.isEmpty {
            add("incomplete ballots", "不完整的评分表", RankingText.ballots(totals, language).joined(separator: language.say(" ", "")))
        }
    }
}

/// The scores that are not there, under the names that may be shown.
struct MissingScores {
    private typealias Score = (heat: Heat, entry: String, judge: String, kind: MissingKind)
    private let scores: [Score]
    /// The entries of each heat that nobody scored in it.
    private let unscored: [Heat: Set<String>]

    init() { (scores, unscored) = ([], [:]) }

    init(of reading: Reading, shown: ScoreSheet) {
        let entries = Dictionary(zip(reading.sheet.entries, shown.entries)) { first, _ in first }
        let judges = Dictionary(zip(reading.sheet.judges, shown.judges)) { first, _ in first }
        let hidesNames = ShownNames(shown, of: reading).areReplaced
        let scored = Set(shown.performances.map { [shown.heats[Int($0.heat)]: shown.entries[Int($0.entry)]] })
        let all = reading.missing.map { score -> Score in
            let entry = entries[score.entry] ?? (hidesNames ? "…" : score.entry)
            return (Heat(stage: score.stage, name: score.heat), entry, judges[score.judge] ?? "", score.kind)
        }
        scores = all.filter { scored.contains([$0.heat: $0.entry]) }
        unscored = all.filter { !scored.contains([$0.heat: $0.entry]) }.reduce(into: [:]) { $0[$1.heat, default: []].insert($1.entry) }
    }

    func byJudge(in heats: Set<Heat>) -> [String: [MissingKind]] { grouped(in: heats) { $0.judge } }
    func byEntry(in heats: Set<Heat>) -> [String: [MissingKind]] { grouped(in: heats) { $0.entry } }

    /// The entries that are listed in a heat without any score.
    func unscoredEntries(in heats: Set<Heat>) -> [String] {
        Array(heats.reduce(into: Set<String>()) { $0.formUnion(unscored[$1] ?? []) }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func grouped(in heats: Set<Heat>, _ name: (Score) -> String) -> [String: [MissingKind]] {
        scores.reduce(into: [:]) { if heats.contains($1.heat) { $0[name($1), default: []].append($1.kind) } }
    }
}

extension Language {
    /// Whether an attribute can be separated from heats and panels.
    func sentence(_ nesting: AttributeNesting) -> String {
        let (name, count) = (nesting.attribute, nesting.levelCount)
        if nesting.isInHeats {
            return say(
                "each of its \(count) values occurs in one heat only: \(name) cannot be separated from the heat",
                "\(count) 个取值各自只在一个场次：无法与场次区分")
        }
        if nesting.holdsHeats {
            return say(
                "each heat has only one of its \(count) values: \(name) cannot be separated from the heat",
                "每个场次只有一个取值（共 \(count) 个）：无法与场次区分")
        }
        if nesting.isInSubsets {
            return say(
                "each of its \(count) values occurs in one group of judges only: \(name) cannot be separated from their severity",
                "\(count) 个取值各自只在一个评委组：无法与评委宽严区分")
        }
        return say(
            "\(self.count(count, "value", "")), \(nesting.levelsInOneHeat) of them in one heat only",
            "\(count) 个取值，其中 \(nesting.levelsInOneHeat) 个只在一个场次")
    }

    /// What a stage is called: by its name, that of its only heat, or its number.
    func name(of stage: StageDesign, _ index: Int) -> String {
        stageName(stage.name ?? (stage.sheet.heats.count == 1 ? stage.sheet.heats[0].name : nil) ?? String(index + 1))
    }
}
