public import Evenhand
import EvenhandIO

/// The warning that judges are connected by weak links.
enum WeakLinkText {
    /// The warning for a stage (or the whole sheet); `nil` when its judges are well connected.
    static func finding(_ link: WeakestLink, _ sheet: ScoreSheet, in stage: String?, _ language: Language) -> Finding? {
        guard link.isWeak else { return nil }
        let pair = link.judges.map { sheet.judges[$0] }
        let error = NumberFormat.fixed(link.standardError, decimals: 2)
        let eigenvalue = NumberFormat.fixed(link.smallestEigenvalue, decimals: 2)
        return Finding(
            "W402",
            language.say(
                "\(stage.map { "In \($0) judges" } ?? "Judges") are connected by weak links: the severities of \(pair[0]) and \(pair[1]) can be compared only to within ±\(error) noise SDs (smallest eigenvalue \(eigenvalue)). If strong entries met neighbouring judges, methods that correct for severity do harm; compare their order with that of --method mean.",
                "\(stage.map { "\($0)中" } ?? "")评委之间联系薄弱：\(pair[0])与\(pair[1])的宽严之差只能估计到 ±\(error) 个误差标准差（最小特征值 \(eigenvalue)）。若水平高的项目只由相邻的评委评分，修正宽严反而有害；请与 --method mean 的排序对照。"
            ))
    }
}

extension Ranking {
    /// The warning of a ranking whose models correct for severity although judges are connected by weak links.
    public func warnings(in language: Language) -> [String] {
        guard columns.contains(where: { $0.results.model != nil }), let link = WeakestLink(of: sheet, design) else { return [] }
        return [WeakLinkText.finding(link, sheet, in: nil, language)].compactMap { $0?.line(in: language) }
    }
}
