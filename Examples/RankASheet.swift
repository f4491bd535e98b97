import Evenhand
import EvenhandIO

/// The order of the entries of a file by z-scores, and by the trimmed mean.
func rankASheet(at path: String) throws -> [String] {
    let sheet = try ScoreSheet(contentsOf: path)
    let ranking = try Ranking(of: sheet, by: [.normalized(.zscore), .trimmed(.scores(1))])
    return ranking.columns[0].ranks.order.map { entry in
        let ranks = ranking.columns.map { $0.ranks.ranks[Int(entry)] }
        return "\(sheet.entries[Int(entry)]): \(ranks[0]) by z-scores, \(ranks[1]) by the trimmed mean"
    }
}
