import Evenhand
import EvenhandIO

/// The tables `effects` and `drift`: what is kept for the next contest, and what was kept from the last one.
extension FacetTables {
    /// How far above the mean each judge scored, and each item, criterion and heat was scored.
    var effects: Table? {
        let sheet = model.sheet
        let effects = [Facets.judge, .item, .criterion, .heat].flatMap { facets in model.effects(facets).map { (facets, $0) } }
        guard !effects.isEmpty else { return nil }
        let (words, decimals) = (FacetText(model, language), sheet.calibratedDecimals)
        let names = effects.map { _, effect -> String in
            if let judge = effect.judge { return sheet.judges[judge] }
            if let item = effect.item { return sheet.items.levels[item] }
            if let criterion = effect.criterion { return sheet.criteria[criterion] }
            return effect.heat.flatMap { sheet.heats[$0].name } ?? ""
        }
        return Table(
            name: "effects", title: language.say("Judges and items", "评委与题目的效应"),
            columns: [
                Table.Column("facet", heading: language.say("facet", "面"), .texts(effects.map { words.name(of: $0.0) }), isWhole: true),
                Table.Column("level", heading: language.say("name", "名称"), .texts(names), isWhole: true),
                Table.Column("scores", heading: language.say("scores", "评分数"), .integers(effects.map(\.1.scores))),
                Table.Column(
                    "effect", heading: language.say("effect", "偏离"),
                    .numbers(effects.map { sheet.direction.turned($0.1.value) }, decimals: decimals)),
                Table.Column("se", heading: language.say("SE", "标准误"), .numbers(effects.map(\.1.standardError), decimals: decimals)),
            ])
    }

    /// How far judges and items are from where they were kept, the surest first.
    var drift: Table? {
        let drifts = FacetText(model, language).drifts
        guard !drifts.isEmpty else { return nil }
        let sheet = model.sheet
        let decimals = sheet.calibratedDecimals
        func points(_ name: String, _ heading: (String, String), _ value: (FacetModel.Drift) -> Double) -> Table.Column {
            Table.Column(name, heading: language.say(heading.0, heading.1), .numbers(drifts.map(value), decimals: decimals))
        }
        func chances(_ name: String, _ heading: (String, String), _ value: (FacetModel.Drift) -> Double) -> Table.Column {
            Table.Column(name, heading: language.say(heading.0, heading.1), .numbers(drifts.map(value), decimals: 4))
        }
        let words = FacetText(model, language)
        return Table(
            name: "drift", title: language.say("Drift from the anchors", "相对锚定值的漂移"),
            columns: [
                Table.Column(
                    "facet", heading: language.say("facet", "面"), .texts(drifts.map { words.name(of: $0.anchor.facets) }), isWhole: true),
                Table.Column("level", heading: language.say("name", "名称"), .texts(drifts.map(\.anchor.level)), isWhole: true),
                Table.Column("scores", heading: language.say("scores", "评分数"), .integers(drifts.map(\.scores))),
                points("anchor", ("anchor", "锚定值")) { sheet.direction.turned($0.anchor.value) },
                points("drift", ("drift", "漂移")) { sheet.direction.turned($0.estimate.value) },
                points("se", ("SE", "标准误")) { $0.estimate.standardError },
                chances("p", ("p", "p"), \.pValue), chances("p_adjusted", ("adjusted p", "校正 p"), \.adjustedPValue),
            ])
    }

    /// What was kept, and what of the file is not here.
    var anchorNotes: [String] {
        guard !model.anchors.isEmpty else { return [] }
        let known = Set(model.sheet.judges).union(model.sheet.items.levels)
        let unknown = model.anchors.map(\.level).filter { !known.contains($0) }
        let kept = language.say(
            "drift: \(language.count(model.anchors.count - unknown.count, "anchor", "")) kept as --anchor gives them; the others are drawn around 0. A drift is what these scores would add to the anchor, the other anchors given; p by the normal distribution, adjusted among all anchors (Benjamini and Hochberg). Effects that are kept count as known, and are not part of the components.",
            "漂移：\(model.anchors.count - unknown.count) 个效应固定在 --anchor 给定的数值，其余围绕 0 随机。漂移为给定其他锚定值时，本次评分对锚定值的修正；p 由正态分布得出，并在全部锚定值间校正（Benjamini–Hochberg）。固定的效应视为已知，不计入方差成分。"
        )
        guard !unknown.isEmpty else { return [kept] }
        let names = language.list(Array(unknown.prefix(5))) + (unknown.count > 5 ? language.say(" and others", "等") : "")
        return [
            kept,
            language.say("Anchors without scores here: \(unknown.count) (\(names)).", "本次没有评分的锚定值：\(unknown.count) 个（\(names)）。"),
        ]
    }
}

extension FacetText {
    /// The drifts, the surest first.
    var drifts: [FacetModel.Drift] {
        model.drifts.enumerated().sorted { ($0.element.pValue, $0.offset) < ($1.element.pValue, $1.offset) }.map(\.element)
    }

    /// Which anchors no longer hold.
    var driftSentence: String {
        let tested = drifts
        guard !tested.isEmpty else { return "" }
        let moved = tested.filter { $0.adjustedPValue <= 0.05 }
        guard !moved.isEmpty else {
            return language.say("None of the \(tested.count) anchors has drifted.", "\(tested.count) 个锚定值均无漂移。")
        }
        let shown = moved.prefix(3).map { drift in
            let points = NumberFormat.fixed(model.sheet.direction.turned(drift.estimate.value), decimals: 2)
            return language.say("\(drift.anchor.level) by \(points)", "\(drift.anchor.level) \(points) 分")
        }
        let more = moved.count > shown.count ? language.say(" and \(moved.count - shown.count) more", "等共 \(moved.count) 个") : ""
        let names = shown.joined(separator: language.say(", ", "、"))
        return language.say(
            "\(moved.count) of \(tested.count) anchors \(moved.count == 1 ? "has" : "have") drifted: \(names)\(more) points.",
            "\(tested.count) 个锚定值中有 \(moved.count) 个发生漂移：\(names)\(more)。")
    }
}
