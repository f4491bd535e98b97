/// The language of headings, notes and messages. Names of columns in CSV and JSON do not depend on it.
public enum Language: String, Sendable, CaseIterable {
    /// English.
    case en
    /// Chinese, in simplified characters.
    case zh

    /// The language of a POSIX locale such as `zh_CN.UTF-8`; English when it is not Chinese.
    public init(locale: String) { self = locale.lowercased().hasPrefix("zh") ? .zh : .en }

    /// The wording in this language.
    func say(_ english: String, _ chinese: String) -> String { self == .en ? english : chinese }

    /// A list of names; of a long one the first names, and how many more there are.
    func list(_ names: [String], most: Int = 12) -> String {
        let shown = names.prefix(most).joined(separator: say(", ", "、"))
        return names.count <= most ? shown : shown + say(" and \(names.count - most) more", " 等共 \(names.count) 个")
    }

    /// What a stage is called: one that has only its number is the stage of that number.
    func stageName(_ name: String) -> String { Int(name).map { say("stage \($0)", "第 \($0) 阶段") } ?? name }

    /// A count with its noun: "1 judge", "7 judges".
    func count(_ number: Int, _ noun: String, _ chinese: String) -> String {
        if self == .zh { return "\(number) \(chinese)" }
        let plural = noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + "s"
        return number == 1 ? "1 \(noun)" : "\(number) \(plural)"
    }
}
