/// Names in a file of pairs that are in neither list.
package struct PlanStrangers: Sendable, Equatable {
    /// The file.
    package let file: String
    /// The names, some perhaps several times.
    package let names: [String]

    /// The names of a file.
    package init(file: String, names: [String]) { (self.file, self.names) = (file, names) }

    /// What a reader has to know: a misspelt conflict keeps nobody apart.
    package func message(in language: Language) -> String {
        var seen: Set<String> = []
        let distinct = names.filter { seen.insert($0).inserted }.sorted()
        return language.say(
            "\(file): \(language.count(distinct.count, "name", "")) in neither list, so that these rows do nothing: \(language.list(distinct)).",
            "\(file)：\(distinct.count) 个名称不在项目和评委名单中，相应各行不起作用：\(language.list(distinct))。")
    }
}
