/// Names of sheets as Excel takes them.
enum SheetName {
    private static let longest = 31

    /// The names made valid and, in upper and lower case alike, unique: a number tells equal ones apart.
    static func unique(_ wanted: [String]) -> [String] {
        var taken: Set<String> = []
        return wanted.map { text in
            let name = valid(text)
            var (unique, number) = (name, 1)
            while !taken.insert(unique.lowercased()).inserted {
                number += 1
                let ending = " (\(number))"
                unique = cut(name, to: longest - ending.utf16.count) + ending
            }
            return unique
        }
    }

    /// Without the characters that a name may not have, and without an apostrophe at an end.
    private static func valid(_ text: String) -> String {
        let allowed = WorkbookText.printable(text).map { "[]:*?/\\".contains($0) ? " " : $0 }
        let name = trimmed(cut(trimmed(String(allowed)), to: longest))
        // The name of a sheet that Excel keeps for itself.
        return name.isEmpty || name.lowercased() == "history" ? name + "_" : name
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while let first = text.first, first == "'" || first == " " { text.removeFirst() }
        while let last = text.last, last == "'" || last == " " { text.removeLast() }
        return String(text)
    }

    private static func cut(_ text: String, to length: Int) -> String { WorkbookText.prefix(text, length) }

    /// The name in a formula.
    static func quoted(_ name: String) -> String {
        "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
}
