import Evenhand
import EvenhandIO

/// The pictures of comparisons of groups.
struct GroupPlots {
    let comparisons: [GroupComparison]
    let layout: GroupLayout
    let language: Language

    init(_ comparisons: [GroupComparison], _ layout: GroupLayout, _ language: Language) {
        (self.comparisons, self.layout, self.language) = (comparisons, layout, language)
    }

    /// For each grouping its means around that of all, and how many entries remain from stage to stage.
    var plots: [Plot] { comparisons.compactMap { means($0) } + layout.funnels.filter { $0.steps.count > 1 }.map(funnel) }

    private func means(_ comparison: GroupComparison) -> Plot? {
        guard let breakdown = comparison.breakdown, let all = breakdown.rows.last else { return nil }
        let decimals = comparison.results.plain?.decimals(of: comparison.results.sheet) ?? comparison.results.sheet.resultDecimals
        let rows = breakdown.rows.prefix(breakdown.grouping.count).map { row -> Plot.Row in
            let labels = row.values.map { $0 ?? "" }
            guard let fair = row.fair, let interval = row.interval else {
                return Plot.Row(labels, .point(row.mean), value: NumberFormat.fixed(row.mean, decimals: decimals))
            }
            return Plot.Row(
                labels, .interval(low: interval.lowerBound, point: fair.value, high: interval.upperBound),
                value: NumberFormat.fixed(fair.value, decimals: decimals))
        }
        let names = comparison.grouping.attributes.joined(separator: language.say(" and ", "与"))
        let what = comparison.results.model == nil ? language.say("Means", "平均") : language.say("Fair means", "公平均值")
        let middle = all.fair?.value ?? all.mean
        let apart = zip(breakdown.rows, rows).filter { row, _ in row.interval.map { !$0.contains(middle) } ?? false }
        let caption =
            apart.isEmpty
            ? language.say("Every interval contains the mean of all.", "各区间均包含全体均值。")
            : language.say("Apart from the mean of all: ", "区间不含全体均值的有：")
                + language.list(apart.map { $0.1.labels.joined(separator: " ") }, most: 8) + language.say(".", "。")
        let suffix = comparisons.count > 1 ? "/" + comparison.grouping.attributes.joined(separator: ",") : ""
        return Plot(
            title: language.say(
                "\(what) by \(names) with 95 % intervals; the line is the mean of all", "按\(names)的\(what)与 95% 区间；竖线为全体均值"),
            caption: caption,
            .rows(Plot.Rows(Array(rows), reference: middle, scale: language.say("points", "分"))), table: "groups" + suffix)
    }

    private func funnel(_ funnel: Funnel) -> Plot {
        let names = funnel.grouping.attributes.joined(separator: language.say(" and ", "与"))
        let rows = (0..<funnel.grouping.count).flatMap { group in
            funnel.steps.enumerated().map { position, step in
                let labels = funnel.grouping.values[group].map { position == 0 ? $0 : "" }
                return Plot.Row(labels + [label(step, position)], .bar(Double(step.counts[group])), value: String(step.counts[group]))
            }
        }
        return Plot(
            title: language.say("From stage to stage by \(names)", "按\(names)逐阶段入围"), .rows(Plot.Rows(rows, hasScale: false)),
            numbers: numbers(of: funnel))
    }

    private func numbers(of funnel: Funnel) -> Table {
        let groups = funnel.grouping.attributes.enumerated().map { position, attribute in
            Table.Column("group\(position + 1)", heading: attribute, .texts(funnel.grouping.values.map { $0[position] }))
        }
        let steps = funnel.steps.enumerated().map { position, step in
            Table.Column("step\(position + 1)", heading: label(step, position), .integers(step.counts))
        }
        return Table(name: "funnel", columns: groups + steps)
    }

    private func label(_ step: Funnel.Step, _ position: Int) -> String {
        if step.isSelection { return language.say("selected", "入选") }
        return language.stageName(step.name ?? String(position + 1))
    }
}
