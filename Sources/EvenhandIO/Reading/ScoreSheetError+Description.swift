/// For logs and for programs that use the library alone: the sentences of `EvenhandReports` also say what to do, in two languages.
extension ScoreSheetError: CustomStringConvertible {
    /// Each problem in a line: its location, what is wrong, the text in question and the code.
    public var description: String {
        let lines = problems.map(\.description)
        return (lines + (count > lines.count ? ["… and \(count - lines.count) more"] : [])).joined(separator: "\n")
    }
}

extension ScoreSheetError.Problem: CustomStringConvertible {
    /// Such as `scores.csv:6:score: not a number “abc” [E201]`.
    public var description: String {
        let location = [file, cell ?? line.map(String.init), column].compactMap(\.self).joined(separator: ":")
        return "\(location): \(WordsOfCase.description(of: kind))\(text.isEmpty ? "" : " “\(text)”") [\(kind.code)]"
    }
}

/// Words made of the name of a case and its values.
enum WordsOfCase {
    /// The words of a value that does not describe itself: of an enumeration the name of the case, then what it holds.
    static func description(of value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .enum:
            guard let payload = mirror.children.first else { return words(of: "\(value)") }
            let parts = Mirror(reflecting: payload.value)
            let values = parts.displayStyle == .tuple ? Array(parts.children) : [(nil, payload.value)]
            return joined(words(of: payload.label ?? ""), values)
        case .optional: return mirror.children.first.map { description(of: $0.value) } ?? ""
        case .collection: return mirror.children.map { description(of: $0.value) }.joined(separator: ", ")
        default: return value is String ? "“\(value)”" : "\(value)"
        }
    }

    /// Values without a label follow the name; those with one are in parentheses. What is empty is left out.
    private static func joined(_ name: String, _ values: [Mirror.Child]) -> String {
        var (text, labelled) = (name, [String]())
        for (label, value) in values {
            let words = description(of: value)
            if words.isEmpty { continue }
            if let label, !label.hasPrefix(".") {
                labelled.append("\(self.words(of: label)): \(words)")
            } else {
                text += " " + words
            }
        }
        return labelled.isEmpty ? text : "\(text) (\(labelled.joined(separator: "; ")))"
    }

    /// `notPositiveDefinite` as words; abbreviations such as JSON stay as they are.
    static func words(of name: String) -> String {
        let letters = Array(name)
        var words: [String] = []
        for (location, letter) in letters.enumerated() {
            let follows = location > 0 && letters[location - 1].isUppercase
            let precedes = location + 1 < letters.count && letters[location + 1].isLowercase
            // Within capitals the last one begins the next word: notANumber.
            if words.isEmpty || (letter.isUppercase && (!follows || precedes)) {
                words.append(String(letter))
            } else {
                words[words.count - 1].append(letter)
            }
        }
        return words.map { $0.count > 1 && !$0.contains(where: \.isLowercase) ? $0 : $0.lowercased() }.joined(separator: " ")
    }
}
