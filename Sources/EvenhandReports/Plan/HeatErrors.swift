import Evenhand

extension PlanError {
    /// What is said of heats, spares and groups of judges.
    func heatWording(_ language: Language) -> String {
        switch self {
        case .noDivision(let faults, let way):
            language.say(
                "No division into heats was found that keeps every demand; the best one breaks \(faults). There may be one all the same: try another --seed. \(WayOutText(way: way, language: language).sentence)",
                "未找到满足全部要求的分场方案；最好的一个仍有 \(faults) 处不符。不排除存在可行方案，可换一个 --seed 再试。\(WayOutText(way: way, language: language).sentence)")
        case .noSpares(let count):
            language.say(
                "Entries can have \(language.count(count, "judge", "")) standing by, but not beside --min-load; lower --min-load or --spares.",
                "可为每个项目安排 \(count) 位候补评委，但无法同时满足 --min-load；请降低 --min-load 或 --spares。")
        case .groupsExceed(let demand, let need, let entry):
            language.say(
                "--panel-has asks for \(demand) judges\(entry.map { ", with those whom \($0) has to meet by --must," } ?? ""), but --per-entry is \(need); raise --per-entry or ask for fewer.",
                "--panel-has\(entry.map { "连同 --must 为 \($0) 指定的评委" } ?? "")共要求 \(demand) 位评委，而 --per-entry 为 \(need)；请提高 --per-entry 或减少要求。"
            )
        case .groupsOverlap(let a, let b, let judge):
            language.say(
                "\(judge) belongs to \(a) and to \(b); without --heats, groups of --panel-has must not share a judge: put both into one column of the judges and name its values.",
                "\(judge) 同属 \(a) 与 \(b)；不使用 --heats 时，--panel-has 的各组不能有共同的评委：请在评委名单中合并为一列，再按其值指定。")
        case .emptyGroup(let name, let known):
            language.say(
                "No judge has \(name) for --panel-has; the column has: \(language.list(known)).",
                "没有评委符合 --panel-has 的 \(name)；该列现有：\(language.list(known))。")
        case .sizesDiffer(let sum, let entries):
            language.say(
                "The sizes of --heats add up to \(sum), but there are \(language.count(entries, "entry", "")), anchors aside; write sizes that add up to \(entries).",
                "--heats 各场项目数合计 \(sum)，而除锚定项目外共有 \(entries) 个项目；请使各场合计为 \(entries)。")
        case .heatTooSmall(let heat, let size, let fixed):
            language.say(
                "Heat \(heat) has room for \(language.count(size, "entry", "")), but the column heat puts \(fixed) into it; write larger sizes in --heats or move some.",
                "第 \(heat) 场只能容纳 \(size) 个项目，而 heat 列指定了 \(fixed) 个；请在 --heats 中增大该场，或调整几个项目。")
        case .notAHeat(let name, let column, let text, let heats):
            language.say(
                "\(column) of \(name) is “\(text)”; write heats from 1 to \(heats), such as \(column == "heat" ? "1" : "1-3,5"), or leave the cell empty.",
                "\(name) 的 \(column) 为“\(text)”；请写 1 至 \(heats) 的场次，如 \(column == "heat" ? "1" : "1-3,5")，或留空。")
        case .tooManyHeats(let heats, let entries):
            language.say(
                "There are \(language.count(entries, "entry", "")) for --heats \(heats), anchors aside; name fewer heats.",
                "除锚定项目外只有 \(entries) 个项目，不足 --heats \(heats)；请减少场数。")
        case .noMatch(let entries, let judges):
            language.say(
                "--match \(entries)=\(judges): no value of \(entries) is among those of \(judges); name columns with the same words.",
                "--match \(entries)=\(judges)：两列没有相同的值；请指定用词一致的列。")
        default: ""
        }
    }
}
