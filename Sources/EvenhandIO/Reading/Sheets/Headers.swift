import Evenhand

/// A header of a sheet, brought to one form, and what its words say.
struct Header: Equatable {
    /// The text as it is shown, without the maximum.
    let name: String
    /// The most that can be got, when the header states it: `创新性(30)`, `Market (max 25)`.
    let maximum: Fraction?
    /// The text with its maximum.
    let text: String

    init(_ text: String) {
        self.text = NameNormalization.normalized(text)
        (name, maximum) = Header.split(self.text)
    }

    /// The name in lower case.
    var key: String { name.lowercased() }

    /// Takes the maximum off the end of a header.
    private static func split(_ text: String) -> (String, Fraction?) {
        let pairs: [Character: Character] = [")": "(", "]": "[", "】": "【"]
        guard let last = text.last, let opening = pairs[last], let start = text.lastIndex(of: opening) else { return (text, nil) }
        var inside = text[text.index(after: start)...].dropLast().lowercased()[...]
        let words = ["满分", "max.", "max", "分", "points", "pts", ":", "：", " "]
        while let word = words.first(where: { inside.hasPrefix($0) }) { inside = inside.dropFirst(word.count) }
        while let word = words.first(where: { inside.hasSuffix($0) }) { inside = inside.dropLast(word.count) }
        let name = NameNormalization.normalized(String(text[..<start]))
        guard let maximum = Fraction(decimal: String(inside)), maximum.numerator > 0, !name.isEmpty else { return (text, nil) }
        return (name, maximum)
    }

    /// Whether the header names a column of running numbers or of facts that are no scores.
    var isIndex: Bool { Header.indices.contains(key) }

    private static let indices: Set<String> = [
        "序号", "编号", "排序", "项目编号", "no", "no.", "nr", "nr.", "#", "id", "index", "number", "年份", "年龄", "电话", "手机", "year", "age", "phone",
    ]

    /// What a column that follows from the scores holds.
    var derivation: Derivation? { Derivation.named[key] }

    /// Whether a column group is called what its columns hold, so that it tells nothing: 评分 over 评委1, 评委2, ….
    var isGeneric: Bool { Header.generic.contains(key) }

    private static let generic: Set<String> = [
        "评分", "打分", "得分", "分数", "评委打分", "评委评分", "评委", "专家", "专家打分", "score", "scores", "judges", "marks", "评分标准", "评分项", "criteria",
    ]

    /// Whether the header looks like that of a judge: 评委3, Judge B, J07.
    var looksLikeJudge: Bool {
        let words = ["评委", "专家", "评审", "裁判", "judge", "reviewer", "rater", "expert"]
        if words.contains(where: { key.hasPrefix($0) && key != $0 }) { return true }
        guard key.first == "j", key.count > 1 else { return false }
        return key.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Words that begin a row below the scores.
    private static let footerWords = [
        "监督员", "监督人", "签字", "签名", "评委签", "专家签", "裁判长", "记录员", "计分员", "统计员", "记分员", "备注", "注:", "注：", "说明", "日期", "审核", "制表", "note",
        "signature", "signed",
        "remark",
    ]

    /// Whether a text is a signature's or a remark's.
    static func beginsFooter(_ text: String) -> Bool {
        let key = NameNormalization.normalized(text).lowercased()
        return footerWords.contains { key.hasPrefix($0) }
    }

    /// Words that stand in the entry's place of a row of column totals.
    static let summaryWords = ["合计", "总计", "平均", "平均分", "最高分", "最低分", "total", "totals", "sum", "average", "mean", "max", "min"]
}

/// What a column that follows from the scores holds: it is left out of them, and checked.
enum Derivation: CaseIterable {
    /// The sum of the row's scores.
    case sum
    /// Their mean.
    case mean
    /// The result by a rule that the sheet does not state.
    case result
    case rank
    case highest
    case lowest

    fileprivate static let named = Dictionary(allCases.flatMap { kind in kind.headers.map { ($0, kind) } }) { first, _ in first }

    /// The headers, in lower case.
    var headers: [String] {
        switch self {
        case .sum: ["合计", "总计", "小计", "总分", "sum", "total", "subtotal"]
        case .mean: ["平均", "平均分", "均分", "平均得分", "average", "avg", "mean", "average score", "mean score"]
        case .result: ["最后得分", "最终得分", "最终成绩", "总成绩", "总得分", "综合得分", "final", "final score", "result"]
        case .rank: ["名次", "排名", "rank", "place", "ranking"]
        case .highest: ["最高分", "highest", "max"]
        case .lowest: ["最低分", "lowest", "min"]
        }
    }
}
