import Testing

/// What swift-format's rule on public declarations leaves out: the cases of public enumerations.
@Suite struct DocstringTests {
    /// The cases of public enumerations without a docstring, each by its line; several cases in one line cannot have one each.
    static func undocumentedCases(in lines: [String]) -> [String] {
        var found: [String] = []
        /// The indentation of the innermost public enumeration that the line is in.
        var margins: [String] = []
        for (index, line) in lines.enumerated() {
            let margin = String(line.prefix { $0 == " " })
            let text = line.dropFirst(margin.count)
            if text == "}", margin == margins.last { margins.removeLast() }
            if text.hasPrefix("public enum ") || text.hasPrefix("public indirect enum ") {
                if text.contains("{ case ") { found.append(line) }
                if !text.hasSuffix("}") { margins.append(margin) }
            } else if let last = margins.last, text.hasPrefix("case "), margin == last + "    " {
                let isDocumented = index > 0 && lines[index - 1].hasPrefix(margin + "///")
                if !isDocumented || namesSeveral(text) { found.append(line) }
            }
        }
        return found
    }

    /// Whether a line such as `case a, b(Int, Int)` has a comma outside of all brackets.
    private static func namesSeveral(_ text: Substring) -> Bool {
        var depth = 0
        for character in text {
            switch character {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "," where depth == 0: return true
            default: break
            }
        }
        return false
    }

    @Test(arguments: ["LinearAlgebra", "Evenhand", "EvenhandIO", "EvenhandReports"])
    func `every case of a public enumeration has a docstring`(target: String) throws {
        for file in try LayeringTests.files(of: target) {
            #expect(DocstringTests.undocumentedCases(in: file.lines) == [], "\(file.path)")
        }
    }

    @Test(arguments: [
        (["public enum E {", "    /// One.", "    case a", "}"], 0),
        (["public enum E {", "    /// One.", "    case a(Int, [Int])", "    case b", "}", "    case c"], 1),
        (["public enum E {", "    /// Both.", "    case a, b", "}"], 1),
        (["public enum E: String { case a, b }", "    case c"], 1),
        (["    public indirect enum E {", "        case a", "        var b: Int {", "            case c", "        }", "    }"], 1),
        (["enum E {", "    case a", "}"], 0),
    ])
    func `cases without a docstring are found`(lines: [String], count: Int) {
        #expect(DocstringTests.undocumentedCases(in: lines).count == count)
    }
}
