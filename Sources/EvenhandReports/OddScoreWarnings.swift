public import Evenhand
public import EvenhandIO

extension OddScores {
    /// One line for each of the first scores that look like slips of the pen, with its place.
    ///
    /// - Parameter sheet: the sheet of the reading with the names that may be shown.
    public func warnings(for reading: Reading, naming sheet: ScoreSheet, in language: Language, most: Int = 20) -> [String] {
        let listed = Array(scores.prefix(most))
        var lines = zip(listed, reading.places(of: listed.map(\.row))).map { score, place in
            let performance = sheet.performances[sheet.performance(ofRow: score.row)]
            let entry = sheet.entries[Int(performance.entry)]
            let judge = sheet.judges[Int(sheet.judgeCodes[score.row])]
            let value = NumberFormat.shortest(sheet.score(at: score.row))
            let at = place.map { $0.shown(in: language) + ": " } ?? ""
            switch score.kind {
            case .offByTen:
                return at
                    + language.say(
                        "\(value) for \(entry) by \(judge) is off by a factor of 10 from its other scores; a slip? [W301]",
                        "\(judge) 给 \(entry) 的 \(value) 与其他分数相差十倍，是否笔误？[W301]")
            case .offTheScale:
                return at
                    + language.say(
                        "\(value) for \(entry) by \(judge) is far off the scale of the other scores; a slip? [W302]",
                        "\(judge) 给 \(entry) 的 \(value) 远离其他分数的范围，是否笔误？[W302]")
            }
        }
        if scores.count > most {
            lines.append(language.say("… and \(scores.count - most) more such scores.", "……另有 \(scores.count - most) 个类似分数。"))
        }
        return lines
    }
}
