import Evenhand
import EvenhandIO

/// The sentences around agreement, and what numbers of judges give.
struct AgreementText {
    let agreement: Agreement
    let population: Population
    let target: Double
    /// What a judge's score is the mean over; `nil` where it is a single one.
    let average: Average?
    let language: Language

    /// What judges' scores are means over.
    enum Average {
        case items
        case repetitions

        init?(of sheet: ScoreSheet) {
            guard sheet.hasItems else { return nil }
            self = sheet.items.isPresent ? .items : .repetitions
        }
    }

    /// The panels of the table "with n judges": the usual ones, and this one's own size.
    private var sizes: [Double] {
        let own = agreement.decisions?.generalizability.judgesPerEntry.rounded() ?? 0
        return Set([3, 5, 7, 9, max(1, own)]).sorted()
    }

    /// For the order and for the results.
    var panelSizes: [DecisionStudy.PanelSize] {
        agreement.decisions.map { study in [false, true].map { study.panelSize(reaching: target, ofResults: $0) } } ?? []
    }

    var enoughTable: Table {
        let rows = agreement.decisions.map { study in sizes.map { study.row(judges: $0) } } ?? []
        func numbers(_ name: String, _ heading: (String, String), _ value: (DecisionStudy.Row) -> Double?) -> Table.Column {
            Table.Column(name, heading: language.say(heading.0, heading.1), .numbers(rows.map(value), decimals: 3))
        }
        return Table(
            name: "enough", title: language.say("With so many judges", "不同评委人数时的信度"),
            columns: [
                Table.Column("judges", heading: language.say("judges", "评委数"), .integers(rows.map { Int($0.judges) })),
                numbers("reliability", ("reliability Eρ²", "排序信度 Eρ²")) { $0.reliability },
                numbers("dependability", ("dependability Φ", "分数信度 Φ")) { $0.dependability },
                numbers("reliability_low", ("Eρ² low", "Eρ² 下限")) { $0.reliabilityInterval?.lowerBound },
                numbers("reliability_high", ("Eρ² high", "Eρ² 上限")) { $0.reliabilityInterval?.upperBound },
                numbers("dependability_low", ("Φ low", "Φ 下限")) { $0.dependabilityInterval?.lowerBound },
                numbers("dependability_high", ("Φ high", "Φ 上限")) { $0.dependabilityInterval?.upperBound },
            ])
    }

    /// - Parameter language: that of texts, which serve programs as codes when it is English.
    func panelTable(in language: Language) -> Table {
        let sizes = panelSizes
        func numbers(_ name: String, _ heading: (String, String), _ value: (DecisionStudy.PanelSize) -> Int?) -> Table.Column {
            Table.Column(name, heading: language.say(heading.0, heading.1), .numbers(sizes.map { value($0).map(Double.init) }, decimals: 0))
        }
        return Table(
            name: "panel", title: language.say("Judges that reach a reliability of \(text(target, 2))", "达到信度 \(text(target, 2)) 所需评委数"),
            columns: [
                Table.Column(
                    "measure", heading: language.say("measure", "指标"),
                    .texts([language.say("reliability", "排序信度"), language.say("dependability", "分数信度")])),
                Table.Column("target", heading: language.say("target", "目标"), .values(sizes.map(\.target), decimals: 2)),
                numbers("judges", ("judges", "评委数")) { $0.judges }, numbers("low", ("low", "下限")) { $0.fewest },
                numbers("high", ("high", "上限")) { $0.most },
            ])
    }

    /// One paragraph for the organiser.
    var sentence: String {
        guard let study = agreement.decisions,
            let single = agreement.correlations?.all.first(where: { $0.form != .oneWay }) ?? agreement.correlations?.all.first,
            let value = single.value
        else {
            return language.say("Agreement of the judges cannot be measured: \(reason).", "无法衡量评委一致性：\(reason)。")
        }
        let own = study.row(judges: study.generalizability.judgesPerEntry)
        let isWhole = own.judges == own.judges.rounded()
        let judges = text(own.judges, isWhole ? 0 : 1)
        let percent = text(100 * max(0, value), 0)
        let one = language.say(
            "Among the \(population.name), \(percent) % of the differences between \(scores) are differences between entries (\(single.name) \(text(value, 2))\(range(single.interval))).",
            "就\(population.name.first?.isNumber == true ? " " : "")\(population.name)而言，\(scores)之间的差异有 \(percent)% 来自项目本身（\(single.name) \(text(value, 2))\(range(single.interval))）。"
        )
        guard let reliability = own.reliability, let dependability = own.dependability else { return one }
        let list = language.say(
            " With \(judges) judges\(others) the order has reliability \(text(reliability, 2))\(range(own.reliabilityInterval, brackets: true)), the results \(text(dependability, 2))\(range(own.dependabilityInterval, brackets: true)).",
            "\(others)\(isWhole ? "" : "平均每个项目 ")\(judges) 位评委时，排序信度为 \(text(reliability, 2))\(range(own.reliabilityInterval, brackets: true))，分数信度为 \(text(dependability, 2))\(range(own.dependabilityInterval, brackets: true))。"
        )
        return one + list + enough
    }

    /// What differs between entries.
    private var scores: String {
        switch average {
        case nil: language.say("single scores", "单个评分")
        case .items: language.say("the judges' means over the items", "各评委对各题的平均分")
        case .repetitions: language.say("the judges' means over repetitions", "各评委的多次评分平均")
        }
    }

    /// Which other judges a reliability is about.
    private var others: String {
        average == .items ? language.say(" drawn anew and the same items,", "题目不变、仅重新抽取评委，") : ""
    }

    private var enough: String {
        guard let size = panelSizes.first else { return "" }
        guard let judges = size.judges else {
            return language.say(
                " No number of judges\(average == .items ? " on these items" : "") would make the order reliable to \(text(target, 2)).",
                "\(average == .items ? "题目不变时，" : "")任何评委人数都无法使排序信度达到 \(text(target, 2))。")
        }
        let least = size.fewest ?? judges
        let between =
            size.most.map { language.say("\(least) to \($0)", "\(least) 至 \($0)") } ?? language.say("\(least) or more", "\(least) 位以上")
        return language.say(
            " It takes \(language.count(judges, "judge", "位")) (\(between))\(average == .items ? " on these items" : "") for an order of reliability \(text(target, 2)).",
            "\(average == .items ? "题目不变时，" : "")排序信度要达到 \(text(target, 2))，需要 \(judges) 位评委（\(between)）。")
    }

    /// Why nothing can be said.
    private var reason: String {
        switch agreement.obstacle {
        case .design(.tooFew("judges", _, _)): language.say("there is one judge", "只有一位评委")
        case .design(.tooFew("entries", _, _)): language.say("there is one entry", "只有一个项目")
        case .design: language.say("no entry has scores of two judges", "没有项目由两位评委评分")
        case .fit(.noResidual): language.say("the scores leave nothing unexplained", "评分没有未被解释的差异")
        case .fit(let error): error.message(in: language)
        case .rule?: CalibratedText.reason(.rule, language)
        case nil: language.say("all scores are equal", "所有评分相同")
        }
    }

    func text(_ value: Double, _ decimals: Int) -> String { NumberFormat.fixed(value, decimals: decimals) }

    private func range(_ interval: ClosedRange<Double>?, brackets: Bool = false) -> String {
        guard let interval else { return "" }
        let inner = language.say(
            "\(text(interval.lowerBound, 2)) to \(text(interval.upperBound, 2))",
            "\(text(interval.lowerBound, 2)) 至 \(text(interval.upperBound, 2))")
        return brackets ? language.say(" (\(inner))", "（\(inner)）") : language.say(", \(inner)", "，\(inner)")
    }
}
