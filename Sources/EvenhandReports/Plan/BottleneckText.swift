import Evenhand
import EvenhandIO

/// The options that would help, each by itself.
struct WayOutText {
    let way: Bottleneck.WayOut
    let language: Language

    var sentence: String {
        let options = [
            way.perEntry.map { "--per-entry \($0)" }, way.maxLoad.map { "--max-load \($0)" }, way.minLoad.map { "--min-load \($0)" },
            way.spares.map { "--spares \($0)" },
            way.panelHas.map {
                $0.count > 0 ? "--panel-has \($0.name):\($0.count)" : language.say("no --panel-has \($0.name)", "去掉 --panel-has \($0.name)")
            }, conflicts,
        ].compactMap(\.self)
        guard !options.isEmpty else { return language.say("Only more judges would help.", "只有增加评委才能解决。") }
        return language.say("Any one of these helps: \(language.list(options)).", "以下任一项即可解决：\(language.list(options))。")
    }

    private var conflicts: String? {
        guard !way.conflicts.isEmpty else { return nil }
        let pairs = way.conflicts.map { language.say("\($0[0]) with \($0[1])", "\($0[0])（\($0[1])）") }
        return language.say(
            "allowing \(language.count(pairs.count, "conflict", "")) (\(language.list(pairs, most: 4)))",
            "放开 \(pairs.count) 项回避（\(language.list(pairs, most: 4))）")
    }
}

/// A bottleneck in words.
struct BottleneckText {
    let bottleneck: Bottleneck
    let language: Language

    var sentence: String {
        [lack, spares, WayOutText(way: bottleneck.wayOut, language: language).sentence].compactMap(\.self)
            .joined(separator: language.say(" ", ""))
    }

    private var lack: String {
        switch bottleneck.kind {
        case .entries: entriesLack
        case .judges: judgesLack
        case .heats: heatsLack
        case .divisions: divisionsLack
        }
    }

    /// Judges, or those of a group.
    private var group: String {
        bottleneck.groups.isEmpty ? "" : language.say(" of \(language.list(bottleneck.groups))", "（\(language.list(bottleneck.groups))）")
    }

    private var spares: String? {
        guard bottleneck.spares > 0 else { return nil }
        return language.say("Of the judges that are needed, \(bottleneck.spares) each stand by.", "其中每个含候补评委 \(bottleneck.spares) 位。")
    }

    private var entriesLack: String {
        let found = bottleneck
        if found.isWhole, found.groups.isEmpty {
            return language.say(
                "The judges may take \(found.limit) scores together; \(found.needed) are needed.",
                "评委合计至多评 \(found.limit) 个，而需要 \(found.needed) 个。")
        }
        let these = these(found.lacking, "entry", "个项目")
        if found.partlyCount > 0 {
            return language.say(
                "\(these) need \(found.needed) scores, \(found.partlyCount) of them only those\(group), but can get \(found.possible).",
                "\(these)需要 \(found.needed) 个评分（其中 \(found.partlyCount) 个项目只计\(group)），至多得到 \(found.possible) 个。")
        }
        if found.full.isEmpty, let each = found.each, found.open.count < each {
            return language.say(
                "\(these) may meet only \(language.count(found.open.count, "judge", ""))\(group); \(each) are needed.",
                "\(these)只能由 \(found.open.count) 位评委\(group)评审，而需要 \(each) 位。")
        }
        if found.full.isEmpty {
            return language.say(
                "\(these) need \(found.needed) scores\(group.isEmpty ? "" : " by judges" + group), but conflicts leave them \(found.pairCount).",
                "\(these)需要 \(found.needed) 个\(group.isEmpty ? "" : "评委" + group + "的")评分，而回避之后只剩 \(found.pairCount) 个。")
        }
        let others = language.say(
            ", and \(found.pairCount) from others whom they may meet", "，其他可评的评委 \(found.pairCount) 个")
        return language.say(
            "\(these) need \(found.needed) scores, but can get \(found.possible): \(found.limit) from \(language.count(found.full.count, "judge", ""))\(group) up to the limits\(found.pairCount > 0 ? others : "").",
            "\(these)需要 \(found.needed) 个评分，至多得到 \(found.possible) 个：\(found.full.count) 位评委\(group)在上限内 \(found.limit) 个\(found.pairCount > 0 ? others : "")。"
        )
    }

    private var judgesLack: String {
        let these = these(bottleneck.lacking, "judge", "位评委")
        return language.say(
            "\(these) have to take at least \(bottleneck.needed) scores together, but entries can give them \(bottleneck.possible).",
            "\(these)合计至少须评 \(bottleneck.needed) 个，而项目至多提供 \(bottleneck.possible) 个。")
    }

    private var heatsLack: String {
        let found = bottleneck
        let list = language.list(found.lacking, most: 6)
        return found.lacking.count == 1
            ? language.say(
                "Heat \(list) needs \(language.count(found.needed, "judge", ""))\(group), but only \(found.possible) can be on its panel.",
                "第 \(list) 场需要 \(found.needed) 位评委\(group)，而只有 \(found.possible) 位可以到场。")
            : language.say(
                "Heats \(list) need \(found.needed) judges\(group) together, but can have \(found.possible): by who can be present, conflicts and limits.",
                "第 \(list) 场合计需要评委\(group) \(found.needed) 人次，按到场、回避和上限至多 \(found.possible) 人次。")
    }

    private var divisionsLack: String {
        let found = bottleneck
        let these = these(found.lacking, "entry", "个项目")
        let heats =
            found.full.isEmpty
            ? "" : language.say(" (heats \(language.list(found.full, most: 6)))", "（第 \(language.list(found.full, most: 6)) 场）")
        return language.say(
            "\(these) need \(language.count(found.needed, "place", "")) in heats whose panels may score them, but there \(found.possible == 1 ? "is" : "are") \(found.possible)\(heats).",
            "\(these)须安排在评委可评的场次，需要 \(found.needed) 个位置，而只有 \(found.possible) 个\(heats)。")
    }

    private func these(_ names: [String], _ noun: String, _ chinese: String) -> String {
        let list = language.list(names, most: 6)
        return names.count == 1
            ? language.say("\(noun == "entry" ? "Entry" : "Judge") \(list)", "\(list) ")
            : language.say("These \(language.count(names.count, noun, "")) (\(list))", "这 \(names.count) \(chinese)（\(list)）")
    }

    var table: Table {
        let (rows, columns) =
            switch bottleneck.kind {
            case .entries: ("entry", "judge")
            case .judges: ("judge", "entry")
            case .heats: ("heat", "judge")
            case .divisions: ("entry", "heat")
            }
        let all =
            bottleneck.lacking.map { ($0, rows, language.say("lacks", "不足")) }
            + bottleneck.full.map { ($0, columns, language.say("at the limit", "已达上限")) }
            + bottleneck.open.map { ($0, columns, language.say("one score each", "每个至多一分")) }
        func kind(_ name: String) -> String {
            language.say(name, name == "entry" ? "项目" : name == "judge" ? "评委" : "场次")
        }
        return Table(
            name: "bottleneck", title: language.say("The bottleneck", "瓶颈"),
            columns: [
                Table.Column("name", heading: language.say("name", "名称"), .texts(all.map(\.0))),
                Table.Column("kind", heading: language.say("kind", "类别"), .texts(all.map { kind($0.1) })),
                Table.Column("part", heading: language.say("part", "情况"), .texts(all.map(\.2))),
            ])
    }
}
