import Evenhand
import EvenhandIO

/// How certain it is of each entry near the cut that it is truly among the best.
func checkTheCut(of path: String, places: Int) throws -> [String] {
    let final = try Selection(of: ScoreSheet(contentsOf: path)).sheet
    let list = try OfficialList(of: final, heats: final.heats, by: OfficialList.Recipe(.method(.mean)))
    let analysis = try FinalsAnalysis(of: list, rules: FinalsAnalysis.Rules(places: places), parts: [.cut])
    guard let ranks = analysis.cut.certainty?.ranks else { return [] }
    return analysis.cut.nearCut(most: 4).map { entry in
        "\(list.entries[entry]) is in with probability \((100 * ranks.topProbabilities[entry]).rounded() / 100)"
    }
}
