public import EvenhandIO

extension Reading {
    /// What of the files was not used.
    public func notes(in language: Language) -> [String] {
        guard !ignoredColumns.isEmpty else { return [] }
        return [
            language.say(
                "Columns left out, since they have several values for one entry: \(language.list(ignoredColumns)).",
                "未使用的列（同一项目有多个取值）：\(language.list(ignoredColumns))。")
        ]
    }

    /// How messages call a file.
    static func shownName(of path: String, in language: Language) -> String { path == "-" ? language.say("standard input", "标准输入") : path }
}

extension Reading.Place {
    /// The place as messages write it: `scores.csv:17`, `scores.csv:17:评委3`, `contest.xlsx:Sheet1!D17`.
    func shown(in language: Language, withColumn: Bool = false) -> String {
        let name = Reading.shownName(of: file, in: language)
        if let cell { return "\(name):\(cell)" }
        return [name, line.map { "\($0)" }, withColumn ? column : nil].compactMap(\.self).joined(separator: ":")
    }
}
