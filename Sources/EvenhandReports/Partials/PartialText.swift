import Evenhand
package import EvenhandIO

/// The sentences about exact sums.
package struct PartialText {
    let sums: PartialSums
    let partCount: Int
    let language: Language

    /// What the order rests on.
    var basis: String {
        let (entries, judges) = (sums.entries.count, sums.judges.count)
        if !sums.isUnchecked, sums.judgeSums.allSatisfy({ $0.count == entries }) {
            return language.say(
                "All \(language.count(entries, "entry", "")) were scored by the same \(language.count(judges, "judge", "")): this order needs no assumption about judges' severity.",
                "全部 \(entries) 个项目由同一组 \(judges) 位评委评分：该排序不需要对评委宽严作任何假设。")
        }
        let counts = sums.entrySums.map(\.count)
        let (low, high) = (counts.min() ?? 0, counts.max() ?? 0)
        let each = low == high ? "\(low)" : "\(low)–\(high)"
        return language.say(
            "The \(entries) entries were scored by different judges (\(each) scores each, \(language.count(judges, "judge", "")) in all): plain means depend on which judges an entry drew, and z-scores assume that every judge saw entries of the same average quality.",
            "\(entries) 个项目由不同的评委评分（每个 \(each) 个评分，共 \(judges) 位评委）：平均分受抽到哪些评委的影响，标准分则假设每位评委所见项目的平均水平相同。")
    }

    /// How many of the first places two methods agree on.
    func agreement(_ ranking: PartialRanking, _ layout: PartialLayout) -> String? {
        let (last, places) = (ranking.columns.count - 1, min(layout.places ?? 10, sums.entries.count))
        guard last > 0, places < sums.entries.count else { return nil }
        let common = ranking.agreement(0, last, places: places)
        let (a, b) = (language.name(ofMethod: ranking.columns[0].method.name), language.name(ofMethod: ranking.columns[last].method.name))
        return language.say(
            "\(a) and \(b) agree on \(common) of the first \(places).",
            common == places ? "“\(a)”与“\(b)”的前 \(places) 名完全相同。" : "“\(a)”与“\(b)”的前 \(places) 名中有 \(common) 个相同。")
    }

    /// Where the numbers come from.
    var origin: String {
        let scale = sums.terms.scale.text
        return language.say(
            "From exact sums in units of \(scale): \(language.count(sums.count, "score", "")) in \(language.count(partCount, "part", "")).",
            "按单位 \(scale) 的精确和数计算：\(partCount) 个分部，共 \(sums.count) 个评分。")
    }

    /// What to say when nobody could look for scores that two parts share, and which directories look like the same part.
    package static func warnings(of directory: PartialDirectory, in language: Language) -> [String] {
        guard directory.sums.isUnchecked else { return [] }
        let unchecked = language.say(
            "Several parts share entries and judges and leave out who scored whom (--skip-pairs): a score that is in two of them counts twice. [W501]",
            "若干分部含有相同的项目和评委，且未保留评分对应关系（--skip-pairs）：同时出现在两个分部中的评分会被计算两次。[W501]")
        return [unchecked]
            + directory.lookalikes.map { paths in
                language.say(
                    "\(paths[0]) and \(paths[1]) have equal sums: if they are the same part, each of its scores counts twice; give it once then. [W502]",
                    "\(paths[0]) 与 \(paths[1]) 的各项和数完全相同：如果是同一分部，其评分会被计算两次，请只给出一次。[W502]")
            }
    }

    /// What each method does, and who was treated specially.
    func methods(_ ranking: PartialRanking) -> [String] {
        ranking.columns.flatMap { column -> [String] in
            switch column.method {
            case .trimmed(let trim), .winsorized(let trim):
                return [MethodText.trimmed(column.method.name, trim, short: column.untrimmed.map { sums.entries[$0] }, language)]
            case .normalized(let method, _):
                let scales = method == .zscore ? ranking.scales : nil
                let treated = scales.map { treatments($0, ranking.rules.normalization, method) } ?? []
                return [MethodText.normalized(method, language)] + treated
            default: return column.model.map { [ModelText(method: column.method, model: $0, language: language).note] } ?? []
            }
        }
    }

    func treatments(_ scales: JudgeScales, _ rules: NormalizationRules, _ method: NormalizationMethod = .zscore) -> [String] {
        TreatmentText(rules: rules, method: method, language: language) { treatment in
            zip(scales.judges, scales.treatments).filter { $0.1 == treatment }.map(\.0)
        }.notes
    }
}
