import Evenhand
import EvenhandIO

extension OddScores {
    /// The first scores that look like slips of the pen, with their locations.
    ///
    /// - Parameter names: the names that may be shown.
    func findings(for reading: Reading, naming names: ShownNames, in language: Language, most: Int) -> [Finding] {
        let listed = Array(scores.prefix(most))
        return zip(listed, reading.places(of: listed.map(\.row))).map { score, location in
            let sheet = names.sheet
            let entry = sheet.entries[Int(sheet.performances[sheet.performance(ofRow: score.row)].entry)]
            let judge = sheet.judges[Int(sheet.judgeCodes[score.row])]
            let value = NumberFormat.shortest(sheet.score(at: score.row))
            let at = location.map(names.shown)
            switch score.kind {
            case .offByTen:
                return Finding(
                    "W301", at: at, value: value,
                    language.say(
                        "\(value) for \(entry) by \(judge) is off by a factor of 10 from its other scores; a slip?",
                        "\(judge) 给 \(entry) 的 \(value) 与其他分数相差十倍，是否笔误？"))
            case .offTheScale:
                return Finding(
                    "W302", at: at, value: value,
                    language.say(
                        "\(value) for \(entry) by \(judge) is far off the scale of the other scores; a slip?",
                        "\(judge) 给 \(entry) 的 \(value) 远离其他分数的范围，是否笔误？"))
            }
        }
    }
}
