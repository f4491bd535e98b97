public import Evenhand
public import EvenhandIO

extension Report {
    /// The report with further tables below its own.
    public func adding(tables more: [Table]) -> Report {
        Report(verdict: verdict, tables: tables + more, notes: notes, fits: fits, plots: plots)
    }

    /// The report with what a comparison with a published list found: first in the verdict, then a table `verification` of every
    /// difference.
    public func adding(_ verification: Verification, by candidate: RuleSearch.Candidate?, in language: Language) -> Report {
        let words = VerificationWords(verification: verification, candidate: candidate, language: language)
        return Report(
            verdict: words.verdict + language.say(" ", "") + verdict, tables: tables + [words.table], notes: words.notes + notes,
            fits: fits,
            plots: plots)
    }
}

extension Verification {
    /// What `--strict` reports: a list that does not follow from the scores; `nil` when it does.
    public func warning(in language: Language) -> String? {
        guard !isReproduced else { return nil }
        return language.say(
            "The published list differs from the scores in \(language.count(differences.count + onlyInList.count, "line", "")). [W401]",
            "公布的名单有 \(differences.count + onlyInList.count) 行与评分不符。[W401]")
    }
}

/// A comparison with a published list in words.
private struct VerificationWords {
    let verification: Verification
    let candidate: RuleSearch.Candidate?
    let language: Language

    var verdict: String {
        let (results, ranks) = (verification.results, verification.ranks)
        guard verification.isAboutEntries else {
            return verification.onlyInList.isEmpty
                ? language.say("The published list says nothing about the entries that are ranked.", "公布的名单没有涉及参与排名的项目。")
                : language.say(
                    "None of the names in the published list is an entry that is ranked; see --column entry=HEADER, --heat and --stage.",
                    "公布名单中的名称都不是参与排名的项目；见 --column entry=表头、--heat 和 --stage。")
        }
        // A list may have only one of them.
        let counts = [
            results.all == 0
                ? nil : language.say("\(results.agreeing) of \(results.all) results", "\(results.all) 个得分中有 \(results.agreeing) 个相符"),
            ranks.all == 0 ? nil : language.say("\(ranks.agreeing) of \(ranks.all) ranks", "\(ranks.all) 个名次中有 \(ranks.agreeing) 个相符"),
        ].compactMap(\.self)
        let first = language.say("Reproduced: ", "核对结果：") + counts.joined(separator: language.say(", ", "，")) + language.say(".", "。")
        guard let candidate else { return first }
        guard verification.agreeing > 0 else {
            return first
                + language.say(" None of the usual rules gives this list; name its own with --rule FILE.", "常见规则都得不到该名单；请用 --rule 文件 指定。")
        }
        return first + language.say(" Rule found: \(name(candidate)).", "找到的规则：\(name(candidate))。")
    }

    private func name(_ candidate: RuleSearch.Candidate) -> String {
        let how: String
        switch (candidate.combination, candidate.dropped) {
        case (.sum, 0): how = language.say("sum of the scores", "评分之和")
        case (_, 0): how = language.say("mean of the scores", "评分的平均")
        case (let kind, let dropped):
            let (english, chinese) = kind == .sum ? ("sum", "之和") : ("mean", "平均")
            how =
                dropped == 1
                ? language.say("\(english) without the highest and the lowest score", "去掉一个最高分和一个最低分后的\(chinese)")
                : language.say("\(english) without the \(dropped) highest and lowest scores", "最高最低各去掉 \(dropped) 个后的\(chinese)")
        }
        guard let decimals = candidate.decimals else { return how + language.say(", not rounded", "，不舍入") }
        return how
            + language.say(", rounded half up to \(language.count(decimals, "decimal", ""))", "，四舍五入保留 \(decimals) 位小数")
    }

    var table: Table {
        let lines = verification.differences
        let places = verification.decimals
        let rankPlaces = lines.contains { RuleText.decimals(of: [$0.rank]) != 0 } ? 1 : 0
        func numbers(_ values: [Fraction?], _ decimals: Int) -> Table.Cells { .numbers(values.map { $0?.value }, decimals: decimals) }
        let differences = lines.map { line in line.published.flatMap { try? $0 - line.result } }
        return Table(
            name: RankingTable.verification.rawValue,
            title: lines.isEmpty ? language.say("No differences", "没有差异") : language.say("Differences from the published list", "与公布名单的差异"),
            columns: [
                Table.Column("entry", heading: language.say("entry", "项目"), .texts(lines.map(\.entry))),
                Table.Column("published", heading: language.say("published", "公布得分"), numbers(lines.map(\.published), places)),
                Table.Column("ours", heading: language.say("ours", "复算得分"), numbers(lines.map(\.result), places)),
                Table.Column("difference", heading: language.say("difference", "差"), numbers(differences, places)),
                Table.Column(
                    "published_rank", heading: language.say("published rank", "公布名次"), numbers(lines.map(\.publishedRank), rankPlaces)),
                Table.Column("rank", heading: language.say("rank", "名次"), numbers(lines.map(\.rank), rankPlaces)),
            ])
    }

    var notes: [String] {
        var notes: [String] = []
        for (a, b) in verification.exchanged {
            notes.append(
                language.say("\(a) and \(b) each have the other's result: were their names exchanged?", "\(a) 与 \(b) 的得分恰好互换：名称是否写反了？"))
        }
        if !verification.onlyInList.isEmpty {
            notes.append(
                language.say(
                    "Only in the list, and so not reproduced: \(language.list(verification.onlyInList)).",
                    "只在名单中出现、因此无法复现：\(language.list(verification.onlyInList))。"))
        }
        if !verification.withoutClaim.isEmpty {
            notes.append(
                language.say(
                    "In the list without a result or a rank: \(language.list(verification.withoutClaim)).",
                    "名单中没有得分和名次：\(language.list(verification.withoutClaim))。"))
        }
        if verification.otherHeats > 0 {
            notes.append(
                language.say(
                    "\(language.count(verification.otherHeats, "line", "")) of the list left out: they belong to other heats.",
                    "名单中 \(verification.otherHeats) 行属于其他场次，未比较。"))
        }
        if !verification.missingFromList.isEmpty {
            notes.append(
                language.say(
                    "Not in the list: \(language.list(verification.missingFromList)).",
                    "名单中没有：\(language.list(verification.missingFromList))。"))
        }
        if verification.isWithinHeats {
            notes.append(language.say("The ranks of the list are those within each heat.", "名单的名次是场内名次。"))
        }
        return notes
    }
}
