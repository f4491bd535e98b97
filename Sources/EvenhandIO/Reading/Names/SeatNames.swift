public import Evenhand

/// Judges whose names are the numbers of seats, and start again in several heats: 评委1 … 评委5 in each.
///
/// Such a name may be another person in each heat. A heat has seats when its panel is numbered 1 … k without gaps, as the first
/// eight entries of the heat show it; a list of numbered people over all heats does not look like that in two of them.
public struct SeatNames: Sendable, Equatable {
    /// The judges that sit in at least two heats with seats, by their index.
    public let judges: [Int]
    /// The heats with seats, by their index.
    public let heats: [Int]

    /// So many entries of a heat show who sits in its panel.
    private static let sample = 8

    /// Looks for seats; `nil` unless at least two heats have them.
    public init?(in sheet: ScoreSheet) {
        guard sheet.heats.count > 1 else { return nil }
        var panels = [Set<Int32>](repeating: [], count: sheet.heats.count)
        var seen = [Int](repeating: 0, count: sheet.heats.count)
        for performance in sheet.performances where seen[Int(performance.heat)] < SeatNames.sample {
            seen[Int(performance.heat)] += 1
            for row in performance.rows { panels[Int(performance.heat)].insert(sheet.judgeCodes[row]) }
        }
        var numbers: [Int32: Int?] = [:]
        heats = panels.indices.filter { heat in
            SeatNames.areSeats(panels[heat]) { judge in
                let number = numbers[judge] ?? SeatNames.number(of: sheet.judges[Int(judge)])
                numbers[judge] = .some(number)
                return number
            }
        }
        guard heats.count > 1 else { return nil }
        let sitting = heats.reduce(into: [Int32: Int]()) { counts, heat in for judge in panels[heat] { counts[judge, default: 0] += 1 } }
        judges = sitting.filter { $0.value > 1 }.keys.map { Int($0) }.sorted()
        if judges.isEmpty { return nil }
    }

    /// Whether a panel is numbered 1 … k; the first judge without a number decides, since names are slow to look at.
    private static func areSeats(_ panel: Set<Int32>, number: (Int32) -> Int?) -> Bool {
        guard panel.count > 1 else { return false }
        var seats = Set<Int>()
        for judge in panel {
            guard let seat = number(judge), seat <= panel.count else { return false }
            seats.insert(seat)
        }
        return seats.count == panel.count
    }

    /// Words around the number of a seat, in lower case.
    private static let words = [
        "评委", "专家", "评审", "裁判", "老师", "judge", "reviewer", "rater", "expert", "no.", "第", "号", "位", "#", "-", "_", "(", ")",
    ]
    private static let stems = Array("甲乙丙丁戊己庚辛壬癸")
    private static let numerals = Array("一二三四五六七八九十")

    /// The number of a seat: 评委3, 3号评委, Judge 3, J3, 评委三, 评委丙, 评委C. A number with a zero before it (J03) is from a list of people.
    static func number(of name: String) -> Int? {
        var rest = NameNormalization.confusableKey(name)
        for word in words where rest.contains(word[word.startIndex]) { rest = rest.replacing(word, with: "") }
        if rest.count > 1, rest.hasPrefix("j") { rest.removeFirst() }
        if let number = Int(rest), rest.utf8.count <= 3, !rest.hasPrefix("0"), number > 0 { return number }
        let letters = Array(rest)
        guard letters.count == 1, let letter = letters.first else { return nil }
        if let index = stems.firstIndex(of: letter) ?? numerals.firstIndex(of: letter) { return index + 1 }
        return letter.asciiValue.flatMap { (0x61...0x7A).contains($0) ? Int($0) - 0x60 : nil }
    }
}
