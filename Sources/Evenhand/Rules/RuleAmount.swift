extension ScoringRule {
    /// A number that a step works with.
    public enum Amount: Sendable, Equatable {
        /// The same for all.
        case fixed(Fraction)
        /// What an attribute says: of the scores that the number comes from (the difficulty of a dive), else of the entry (its deductions).
        case attribute(String)
        /// The value of the first case that fits.
        case cases([Case])

        /// A value under conditions, all of which have to hold.
        public struct Case: Sendable, Equatable {
            /// Patterns of names, in which `*` means any text; `nil` fits everything.
            public var stage, heat, criterion, judge: String?
            /// The least number of judges: of the scores that the step finds for a criterion, or in all.
            public var judges: Int?
            /// The amount where they hold.
            public var amount: Amount

            /// A value; without conditions it fits everything.
            public init(
                stage: String? = nil, heat: String? = nil, criterion: String? = nil, judge: String? = nil, judges: Int? = nil,
                value: Fraction
            ) {
                self.init(stage: stage, heat: heat, criterion: criterion, judge: judge, judges: judges, amount: .fixed(value))
            }

            /// An amount; without conditions it fits everything.
            public init(
                stage: String? = nil, heat: String? = nil, criterion: String? = nil, judge: String? = nil, judges: Int? = nil,
                amount: Amount
            ) {
                (self.stage, self.heat, self.criterion, self.judge) = (stage, heat, criterion, judge)
                (self.judges, self.amount) = (judges, amount)
            }
        }
    }
}

extension ScoringRule.Amount {
    /// The attributes that it may be taken from.
    var attributes: [String] {
        switch self {
        case .fixed: []
        case .attribute(let name): [name]
        case .cases(let cases): cases.flatMap(\.amount.attributes)
        }
    }
}

/// Where a step takes place; what several numbers became one over is `nil`.
struct RuleLocation {
    var stage: String?
    var heat: String?
    var criterion: String?
    var judge: String?
    var judges: Int
}

extension ScoringRule.Amount.Case {
    func fits(_ location: RuleLocation) -> Bool {
        func holds(_ pattern: String?, _ name: String?) -> Bool { pattern.map { NamePattern.fits($0, name ?? "") } ?? true }
        return holds(stage, location.stage) && holds(heat, location.heat) && holds(criterion, location.criterion)
            && holds(judge, location.judge)
            && location.judges >= judges ?? 0
    }
}

/// Names with `*` for any text.
enum NamePattern {
    /// Whether a name has the texts between the stars in their order, with its ends at those of the pattern.
    static func fits(_ pattern: String, _ name: String) -> Bool {
        let star = UInt8(ascii: "*")
        guard pattern.utf8.contains(star) else { return Array(pattern.utf8) == Array(name.utf8) }
        let parts = pattern.utf8.split(separator: star, omittingEmptySubsequences: false).map { Array($0) }
        var rest = Array(name.utf8)[...]
        guard let first = parts.first, let last = parts.last, rest.count >= first.count + last.count, rest.starts(with: first) else {
            return false
        }
        rest = rest.dropFirst(first.count)
        guard rest.suffix(last.count).elementsEqual(last) else { return false }
        rest = rest.dropLast(last.count)
        for part in parts.dropFirst().dropLast() {
            guard let start = position(of: part, in: rest) else { return false }
            rest = rest[(start + part.count)...]
        }
        return true
    }

    private static func position(of part: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard part.count <= text.count else { return nil }
        return (text.startIndex...text.endIndex - part.count).first { text[$0...].starts(with: part) }
    }
}
