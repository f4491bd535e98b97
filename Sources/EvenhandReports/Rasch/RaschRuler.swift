import Evenhand
import EvenhandIO

/// Wright's map: entries, judges, criteria and the rating scale on one ruler of logits, better and more severe at the top.
struct RaschRuler {
    let model: RaschModel
    let elements: [RaschElement]
    let language: Language

    /// More names than these are counted.
    private static let mostNames = 40

    var plots: [Plot] {
        let facets: [RaschModel.Facet] = [.entry, .judge, .criterion]
        var columns = facets.filter(model.facets.contains).map { facet in
            let known = elements.filter { $0.facet == facet && $0.measure != nil }
            let names = model.names(of: facet)
            return Plot.Ruler.Column(
                title(facet), names: known.count > RaschRuler.mostNames ? [] : known.map { names[$0.index] },
                values: known.compactMap(\.measure))
        }
        let points = model.halfPoints
        if !points.isEmpty {
            columns.append(
                Plot.Ruler.Column(
                    language.say("scale", "量表"), names: points.map { NumberFormat.shortest($0.label) }, values: points.map(\.position)))
        }
        guard columns.contains(where: { $0.values.count > 1 }) else { return [] }
        return [
            Plot(
                title: language.say("Entries, judges, criteria and scores on one ruler of logits", "项目、评委、指标与分数在同一把 logit 尺上"),
                caption: language.say(
                    "Above are the better entries, the more severe judges and the harder criteria.", "越高：项目越好、评委越严、指标越难。"),
                .ruler(Plot.Ruler(columns)), table: RaschTable.measures.rawValue)
        ]
    }

    private func title(_ facet: RaschModel.Facet) -> String {
        switch facet {
        case .entry: language.say("entries", "项目")
        case .judge: language.say("judges", "评委")
        case .criterion: language.say("criteria", "指标")
        }
    }
}
