import Evenhand

/// Sheets, files and tables that were taken for judges, and are the total, the mean or a copy of the others.
struct SummaryJudges {
    private let sheet: ScoreSheet
    /// The judges who are called like a sheet, a file or a table.
    private let candidates: [Int]
    /// The scores of each judge, by what was scored.
    private var given: [[Place: Double]] = []

    /// What one score is for.
    private struct Place: Hashable {
        let entry, heat, criterion: Int32
    }

    /// So few scores may have any relation to others by chance.
    private static let fewestScores = 4

    init(_ sheet: ScoreSheet, of sources: [Reading.Source]) {
        self.sheet = sheet
        let names = SummaryJudges.titled(sources)
        // Of hundreds nobody keeps a sheet for each.
        candidates = names.isEmpty || sheet.judges.count > 200 ? [] : sheet.judges.indices.filter { names.contains(sheet.judges[$0]) }
        guard candidates.count > 1 else { return }
        given = .init(repeating: [:], count: sheet.judges.count)
        for performance in sheet.performances {
            for row in performance.rows {
                let criterion = sheet.criterionCodes.isEmpty ? 0 : Int32(sheet.criterionCodes[row])
                let place = Place(entry: Int32(performance.entry), heat: Int32(performance.heat), criterion: criterion)
                given[Int(sheet.judgeCodes[row])][place] = sheet.units[row]
            }
        }
    }

    /// The judges who are called like a sheet, a file or a table.
    private static func titled(_ sources: [Reading.Source]) -> Set<String> {
        Set(sources.flatMap { ($0.role == .judge ? [$0.name].compactMap(\.self) : []) + $0.titledJudges })
    }

    /// Whether one of them is a judge at all; nothing when the user said what scores can be.
    func question(_ options: ReadingOptions) -> Question? {
        guard candidates.count > 1, options.range == nil, !options.takesNumbersAsScores else { return nil }
        let named = candidates.filter { isCalledSummary(sheet.judges[$0]) }
        let judges = candidates.filter { !named.contains($0) }
        if let summary = named.first, judges.count > 1 { return question(about: summary, of: judges) }
        for judge in judges {
            let others = judges.filter { $0 != judge }
            if let original = others.first(where: { isCopy(judge, of: $0) }) { return question(about: judge, of: [original]) }
            if others.count > 1, sumsUp(judge, others) { return question(about: judge, of: others) }
        }
        return nil
    }

    /// A judge or a criterion of a column of names who is called a total, an average or an example, as nobody is.
    static func questionAboutNames(of sheet: ScoreSheet, _ sources: [Reading.Source], _ options: ReadingOptions) -> Question? {
        guard options.range == nil, !options.takesNumbersAsScores else { return nil }
        func named(_ role: ColumnRole) -> Bool { sources.contains { $0.entries.isEmpty && $0.roles.contains { $0.role == role } } }
        func isSummary(_ name: String, _ claims: Set<Claim>) -> Bool {
            Words.maySumUp(name) && SummaryJudges.isNobody(HeaderWords(name), claims)
        }
        let titled = SummaryJudges.titled(sources)
        let judges = sheet.judges.filter { !titled.contains($0) }
        if named(.judge), (3...200).contains(judges.count),
            let odd = judges.first(where: { isSummary($0, [.sum, .mean, .result, .rank, .highest, .lowest]) })
        {
            return SummaryJudges.question(about: odd, of: sheet.judges.filter { $0 != odd }, in: sheet)
        }
        let headed = Set(sources.flatMap(\.criteria))
        let criteria = sheet.criteria.filter { !headed.contains($0) }
        if named(.criterion), (3...200).contains(criteria.count), let odd = criteria.first(where: { isSummary($0, [.sum, .mean]) }) {
            return SummaryJudges.question(about: odd, of: sheet.criteria.filter { $0 != odd }, in: sheet)
        }
        return nil
    }

    /// A row among judges in rows that is called 扣分, Running order or the like, as nobody is.
    static func questionAboutRows(of sheet: ScoreSheet, _ sources: [Reading.Source], _ options: ReadingOptions) -> Question? {
        // Who names the columns of scores has said who judges. One row per score needs no look at words, which take milliseconds.
        guard options.wideColumns.isEmpty, sheet.judges.count <= 200, sources.contains(where: { !$0.scoreColumns.isEmpty }) else {
            return nil
        }
        let titled = SummaryJudges.titled(sources)
        let areNumbered = sheet.judges.allSatisfy { Int($0) != nil }
        let odd = sheet.judges.first { name in
            if !areNumbered, isYear(name) || Header(name).hasUnit { return true }
            // Those that are called like a sheet have a question of their own.
            if titled.contains(name) { return false }
            let words = HeaderWords(name)
            let isPart = words.head.contains(.heat) || words.head.contains(.stage) || words.has(.stage) && words.has(.heat)
            return isNobody(words, notPeople) || isPart && isNobody(words)
        }
        return odd.map { Question(.row(label: $0), answers: [.init(["--ignore", $0], .notCounted($0))]) }
    }

    private static func isYear(_ name: String) -> Bool { Int(name).map((1990...2099).contains) ?? false }

    /// Whether all words are known, none is a person's, and they say one of some things, or that it is for comparison.
    private static func isNobody(_ words: HeaderWords, _ claims: Set<Claim>? = nil) -> Bool {
        guard words.isCovered, ![.judge, .person, .surname, .honorific].contains(where: words.has) else { return false }
        return claims.map { words.has(.reference) || Claim(words).map($0.contains) == true } ?? true
    }

    private static let notPeople: Set<Claim> = [
        .deduction, .bonus, .order, .weight, .count, .spread, .mean, .sum, .result, .rank, .highest, .lowest, .maximum, .tiebreak,
        .standardised,
        .confidence, .identifier, .date, .fact, .heat, .stage, .criterion,
    ]

    private func question(about judge: Int, of others: [Int]) -> Question {
        SummaryJudges.question(about: sheet.judges[judge], of: others.map { sheet.judges[$0] }, in: sheet)
    }

    private static func question(about name: String, of others: [String], in sheet: ScoreSheet) -> Question {
        let ends = [sheet.units.min() ?? 0, sheet.units.max() ?? 0].map { sheet.direction.turned($0) / sheet.unitsPerPoint }.sorted()
        let range = ends.map { NumberFormat.shortest($0) }.joined(separator: ":")
        return Question(
            .summary(judge: name, of: others),
            answers: [.init(["--ignore", name], .notCounted(name)), .init(["--range", range], .allScores)])
    }

    /// 汇总, Total, 最终成绩: nobody is called that.
    private func isCalledSummary(_ name: String) -> Bool {
        let words = HeaderWords(name)
        if words.has(.person) || words.has(.judge) || words.has(.honorific) { return false }
        let folded = WordFolding.folded(name)
        if SummaryJudges.isYear(name) || SummaryJudges.isNobody(words, SummaryJudges.notPeople) { return true }
        if SummaryJudges.words.contains(where: folded.contains) { return true }
        return Claim(words).map { [.sum, .mean, .result, .rank].contains($0) } ?? false
    }

    /// Words for sheets; over columns some of them mean something else: Executive Summary is a criterion.
    private static let words = [
        "audience", "publikum", "publico", "观众", "觀眾", "观众投票", "现场投票", "votes", "demo", "汇总", "彙總", "总表", "總表", "集計", "집계", "summary",
        "overview", "ubersicht", "resumen", "recapitulatif",
    ]

    /// 王老师 (2), Li - Copy: the same scores under the name that a program gives to a copy.
    private func isCopy(_ judge: Int, of other: Int) -> Bool {
        guard sheet.judges[judge].hasPrefix(sheet.judges[other]), given[judge] == given[other], Set(given[judge].values).count > 1 else {
            return false
        }
        let rest = NameNormalization.normalized(String(sheet.judges[judge].dropFirst(sheet.judges[other].count))).lowercased()
        return rest.hasPrefix("(") || ["copy", "副本", "kopie", "copie", "copia"].contains { rest.contains($0) }
    }

    /// Whether each score is the sum, or each the mean, of those of the others, who do not all give the same.
    private func sumsUp(_ judge: Int, _ others: [Int]) -> Bool {
        let own = given[judge]
        guard own.count >= SummaryJudges.fewestScores else { return false }
        var (areSums, areMeans, differences) = (true, true, 0)
        let hasFractions = own.values.contains { ($0 / sheet.unitsPerPoint).rounded() * sheet.unitsPerPoint != $0 }
        for (place, value) in own {
            let values = others.compactMap { given[$0][place] }
            guard values.count > 1 else { return false }
            let sum = values.reduce(0, +)
            if abs(sum - value) > 1e-6 { areSums = false }
            // A mean in whole points comes near others by chance, unless it is exact.
            if abs(sum / Double(values.count) - value) > (hasFractions ? 0.5001 : 1e-6) { areMeans = false }
            if Set(values).count > 1 { differences += 1 }
            if !areSums, !areMeans { return false }
        }
        return differences > 1
    }
}
