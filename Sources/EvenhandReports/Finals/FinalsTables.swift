import Evenhand
import EvenhandIO

/// The tables about a close final, in the order of the cut.
struct FinalsTables {
    let analysis: FinalsAnalysis
    let layout: FinalsLayout
    let language: Language

    var list: OfficialList { analysis.list }
    /// The entries in the order of the list.
    var order: [Int] { list.column.ranks.order.map { Int($0) } }

    /// How many entries are in; `nil` when all are.
    var rowsAboveCut: Int? {
        let inside = list.isIn(places: analysis.cut.places).count(where: \.self)
        return inside < order.count ? inside : nil
    }

    func all() -> [Table] {
        let made = FinalsAnalysis.Part.allCases.filter(analysis.parts.contains).compactMap { table($0) }
        return layout.top.map { top in made.map { $0.prefix(top) } } ?? made
    }

    private func table(_ name: FinalsAnalysis.Part) -> Table? {
        switch name {
        case .cut: CutTable(tables: self).table
        case .pairs: analysis.cut.certainty.map { pairs($0.ranks) }
        case .influence: analysis.influence.map(influence)
        case .methods: analysis.methods.map(methods)
        case .tau: analysis.methods.map { TauTable(methods: $0, language: language).table }
        case .readings: readings
        case .heats: heats
        case .review: review?.table
        case .coverage: analysis.coverage.map { CoverageTable(check: $0, language: language).table }
        case .lottery: analysis.rules.lottery.map { _ in LotteryTable(lottery: analysis.lottery, tables: self).table }
        }
    }

    func entries(_ indices: [Int], _ name: String = "entry", _ heading: String? = nil) -> Table.Column {
        let names = Factor(levels: list.entries, codes: indices.map { Int32($0) })
        return Table.Column(name, heading: heading ?? language.say("entry", "项目"), .factor(names))
    }

    func ranks(_ name: String, _ heading: String, _ ranks: [Double?]) -> Table.Column {
        Table.Column(name, heading: heading, .numbers(ranks, decimals: 0))
    }

    /// The scores to be looked at again, when they were looked for.
    var review: ReviewTable? {
        analysis.review.map { ReviewTable(review: $0, list: list, limit: analysis.rules.rangeLimit, language: language) }
    }

    private func pairs(_ ranks: RankUncertainty) -> Table {
        let near = analysis.cut.nearCut(most: 8)
        let all = near.indices.flatMap { a in near.indices.dropFirst(a + 1).map { (near[a], near[$0]) } }
        return Table(
            name: FinalsAnalysis.Part.pairs.rawValue, title: language.say("Who is better, near the cut", "入围线附近两两比较"),
            columns: [
                entries(all.map(\.0), "a", "a"), entries(all.map(\.1), "b", "b"),
                Table.Column(
                    "p_above", heading: language.say("P(a above b)", "P(a 优于 b)"),
                    .values(all.map { ranks.probability(of: $0.0, above: $0.1) }, decimals: 2)),
            ])
    }

    private func influence(_ influence: Influence) -> Table {
        let effects = influence.effects
        func names(_ entries: [Int]) -> String { entries.map { list.entries[$0] }.joined(separator: language.say(", ", "、")) }
        return Table(
            name: FinalsAnalysis.Part.influence.rawValue, title: language.say("What if", "敏感性：若改变"),
            columns: [
                Table.Column("left_out", heading: language.say("left out or changed", "去掉或改变"), .texts(effects.map { text($0.change) })),
                Table.Column("enters", heading: language.say("enters", "进入"), .texts(effects.map { names($0.enters) })),
                Table.Column("leaves", heading: language.say("leaves", "退出"), .texts(effects.map { names($0.leaves) })),
                Table.Column("winner", heading: language.say("first", "第一名"), .texts(effects.map { names($0.winners) })),
                Table.Column("max_move", heading: language.say("most ranks moved", "最大变动"), .integers(effects.map(\.largestMove))),
                Table.Column(
                    "changes_winner", heading: language.say("first changes", "第一名改变"),
                    .texts(effects.map { $0.changesWinner ? language.say("yes", "是") : "" }), isDetail: true),
            ])
    }

    func text(_ change: Influence.Change) -> String {
        switch change {
        case .judge(let name), .criterion(let name): name
        case .weight(let name, let percent): "\(name) \(percent > 0 ? "+" : "−")\(percent.magnitude) %"
        }
    }

    private func methods(_ methods: MethodComparison) -> Table {
        let columns = methods.columns.enumerated().map { position, column in
            Table.Column(
                column.name, heading: language.heading(ofMethod: column.name), .integers(order.map { Int(column.ranks[$0]) }),
                isDetail: !methods.isEssential(position))
        }
        let count = Table.Column("in", heading: language.say("in by", "入围方法"), .integers(order.map { methods.methodsIn[$0] }))
        return Table(
            name: FinalsAnalysis.Part.methods.rawValue, title: language.say("Rank by method", "各方法的名次"),
            columns: [entries(order)] + columns + [count], rowsAboveCut: rowsAboveCut)
    }

    private var readings: Table {
        let readings = analysis.readings
        let rows = readings == nil ? [] : order
        func column(_ name: String, _ heading: String, _ values: [Double]?) -> Table.Column {
            ranks(name, heading, rows.map { values?[$0] })
        }
        return Table(
            name: FinalsAnalysis.Part.readings.rawValue, title: language.say("Rank under each assumption", "各种假设下的名次"),
            columns: [
                entries(rows), column("equal_panels_rank", language.say("panels equally severe", "评委组宽严相同"), readings?.equalPanels),
                column("equal_heats_rank", language.say("heats equally strong", "场次水平相同"), readings?.equalHeats),
                column("both_random_rank", language.say("both random", "两者随机"), readings?.bothRandom),
                column(
                    "both_random_leniency_rank", language.say("both random, heats' effect left out", "两者随机，场次效应不计"),
                    readings?.bothRandomLeniency),
            ], rowsAboveCut: rows.isEmpty ? nil : rowsAboveCut)
    }

    private var heats: Table {
        let lucks = analysis.luck?.lucks ?? []
        let intervals = lucks.map { $0.interval(level: 0.9) }
        let sheet = list.totals.sheet
        func numbers(_ name: String, _ heading: String, _ values: [Double]) -> Table.Column {
            Table.Column(name, heading: heading, .values(values, decimals: 2))
        }
        let names = lucks.map { luck in
            let heat = analysis.cut.certainty?.model.terms.last?.fit.sheet.heats[luck.heat] ?? sheet.heats[0]
            return heat.name ?? heat.stage ?? ""
        }
        return Table(
            name: FinalsAnalysis.Part.heats.rawValue,
            title: language.say("What each heat gained from its panel, in points", "各场次因评委组所得（分）"),
            columns: [
                Table.Column("heat", heading: language.say("heat", "场次"), .texts(names)),
                numbers("luck", language.say("luck", "得失"), lucks.map(\.points)),
                numbers("se", language.say("std. error", "标准误"), lucks.map(\.error)),
                numbers("low", language.say("90 % from", "90% 下限"), intervals.map(\.lowerBound)),
                numbers("high", language.say("to", "上限"), intervals.map(\.upperBound)),
            ])
    }
}

/// The table `coverage`: what intervals and statements were worth in contests made like this one.
struct CoverageTable {
    let check: CoverageCheck
    let language: Language

    var table: Table {
        let rows = rows
        return Table(
            name: FinalsAnalysis.Part.coverage.rawValue,
            title: language.say(
                "What holds in \(check.contests) simulated contests of this design", "在 \(check.contests) 场同样设计的模拟比赛中的成立比例"),
            columns: [
                Table.Column("what", heading: language.say("what", "内容"), .texts(rows.map(\.what)), isWhole: true),
                Table.Column("promised", heading: language.say("promised", "名义"), .numbers(rows.map(\.promised), decimals: 2)),
                Table.Column("held", heading: language.say("held", "实际"), .numbers(rows.map(\.held), decimals: 3)),
                Table.Column("cases", heading: language.say("cases", "次数"), .integers(rows.map(\.cases))),
            ])
    }

    private var rows: [(what: String, promised: Double?, held: Double?, cases: Int)] {
        func row(_ what: String, _ promised: Double, _ share: CoverageCheck.Share) -> (String, Double?, Double?, Int) {
            (what, promised, share.value, share.total)
        }
        return [
            row(language.say("50 % rank intervals", "50% 名次区间"), 0.5, check.held50),
            row(language.say("90 % rank intervals", "90% 名次区间"), 0.9, check.held90),
            row(language.say("90 % rank interval of the leader", "领先者的 90% 名次区间"), 0.9, check.heldWinner),
            row(language.say("90 % rank intervals near the cut", "入围线附近的 90% 名次区间"), 0.9, check.heldNearCut),
            row(language.say("bands in and out", "“基本稳入”与“基本无望”的判断"), 0.9, check.trueStatements),
            row(language.say("sets that cannot be excluded", "不能排除的集合"), 0.95, check.bestSets),
        ]
    }
}

/// The table `tau`: Kendall's τ of every method with every other.
struct TauTable {
    let methods: MethodComparison
    let language: Language

    var table: Table {
        let names = methods.columns.map(\.name)
        let columns = names.indices.map { column in
            Table.Column(
                names[column], heading: language.heading(ofMethod: names[column]),
                .numbers(names.indices.map { methods.tau($0, column) }, decimals: 2), isDetail: !methods.isEssential(column))
        }
        return Table(
            name: FinalsAnalysis.Part.tau.rawValue, title: language.say("Agreement of methods (Kendall's τ)", "各方法的一致性（Kendall τ）"),
            columns: [Table.Column("method", heading: language.say("method", "方法"), .texts(names.map(language.heading)))] + columns)
    }
}

extension MethodComparison {
    /// Whether people see the method without asking for all: the official one, and one of each kind.
    func isEssential(_ position: Int) -> Bool {
        position == 0 || ["mean", "median", "trimmed", "zscore", "calibrated", "kemeny"].contains(columns[position].name)
    }
}
