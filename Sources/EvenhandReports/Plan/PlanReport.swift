package import Evenhand
import EvenhandIO

/// The tables of `plan`.
package enum PlanTable: String, CaseIterable, Sendable {
    case assignment, loads, panels, pairs, design, expected
}

extension Report {
    /// Who judges what, in words and tables.
    ///
    /// - Parameters:
    ///   - review: the plan.
    ///   - isChecked: whether somebody else made it.
    ///   - seed: the seed of what was drawn.
    ///   - kept: how many pairs of an earlier plan it has, and of how many.
    ///   - matched: how many scores come from a judge whose values match those of the entry, if that was asked.
    ///   - expected: how often it will choose the right entries, if that was asked.
    ///   - written: notes on what was written besides.
    ///   - isForPeople: whether judges two by two are only those with most entries in common.
    ///   - top: the rows that are printed of each table; all when `nil`.
    ///   - language: the language of words.
    ///   - cells: that of texts in tables; English ones serve programs as codes.
    package init(
        plan review: PlanReview, isChecked: Bool, seed: UInt64, kept: (count: Int, of: Int)? = nil, matched: Int? = nil,
        expected: PlanExpectation? = nil, written: [String] = [], isForPeople: Bool = true, top: Int? = nil, in language: Language,
        cells: Language? = nil
    ) {
        let words = PlanText(review: review, isChecked: isChecked, seed: seed, language: language)
        let tables = PlanTables(review: review, language: language, cells: cells ?? language, isForPeople: isForPeople)
        let all = [tables.assignment, tables.loads, tables.panels, tables.pairs, tables.design].compactMap(\.self)
        let outlook = expected.map { ExpectedText(expected: $0, language: language, cells: cells ?? language) }
        self.init(
            verdict: [words.verdict, outlook?.sentence].compactMap(\.self).joined(separator: language.say(" ", "")),
            tables: all.map { table in top.map { table.prefix($0) } ?? table } + (outlook.map { [$0.table] } ?? []),
            notes: written + [kept.map(words.keptNote), matched.map(words.matchNote)].compactMap(\.self) + words.notes
                + (outlook?.notes ?? []))
    }
}

/// The tables of a plan.
struct PlanTables {
    let review: PlanReview
    let language: Language
    let cells: Language
    let isForPeople: Bool

    /// The pairs of judges that people see.
    private static let shownPairs = 10

    private var problem: AssignmentProblem { review.problem }

    private func names(_ name: String, _ chinese: String, _ levels: [String], _ indices: [Int]) -> Table.Column {
        Table.Column(name, heading: language.say(name, chinese), .factor(Factor(levels: levels, codes: indices.map { Int32($0) })))
    }

    /// Scores, and after them those who stand by.
    var assignment: Table {
        let (seats, spares) = (review.seats, review.spareSeats)
        let all = seats + spares
        // The rows of an entry together.
        let indices = all.indices.sorted { (all[$0].entry, $0) < (all[$1].entry, $1) }
        let rows = indices.map { all[$0] }
        let orders = review.orders.joined().map { Optional(Double($0)) } + spares.map { _ in nil }
        let roles = seats.map(role) + spares.map { _ in cells.say("spare", "候补") }
        return Table(
            name: PlanTable.assignment.rawValue, title: language.say("Who judges what", "评审分配"),
            columns: [
                names("entry", "项目", problem.entries, rows.map(\.entry)), names("judge", "评委", problem.judges, rows.map(\.judge)),
                // A plan without heats leaves the column empty; people do not see it.
                Table.Column(
                    "heat", heading: language.say("heat", "场次"), .texts(rows.map { review.heat($0).map { String($0 + 1) } ?? "" }),
                    isDetail: review.division == nil),
                Table.Column("order", heading: language.say("order", "顺序"), .numbers(indices.map { orders[$0] }, decimals: 0)),
                Table.Column("role", heading: language.say("role", "性质"), .texts(indices.map { roles[$0] })),
            ], keys: 2)
    }

    private func role(_ seat: PlanReview.Pair) -> String {
        switch problem.relation(seat.entry, seat.judge) {
        case .conflict: cells.say("conflict", "回避")
        case .fixed: cells.say("fixed", "指定")
        case .open: problem.anchors.contains(seat.entry) ? cells.say("anchor", "锚定") : cells.say("regular", "普通")
        }
    }

    /// The panel of each heat; `nil` without heats.
    var panels: Table? {
        guard let division = review.division else { return nil }
        func list(_ indices: [Int]) -> String { indices.map { problem.judges[$0] }.joined(separator: language.say(", ", "、")) }
        return Table(
            name: PlanTable.panels.rawValue, title: language.say("The panel of each heat", "各场评委组"),
            columns: [
                Table.Column("heat", heading: language.say("heat", "场次"), .texts(division.panels.indices.map { String($0 + 1) })),
                Table.Column(
                    "entries", heading: language.say("entries", "项目数"),
                    .integers(division.panels.indices.map { heat in division.heatOfEntry.count { $0 == heat } })),
                Table.Column("judges", heading: language.say("judges", "评委"), .texts(division.panels.map(list))),
                Table.Column(
                    "spares", heading: language.say("spares", "候补"), .texts(division.spares.map(list)),
                    isDetail: division.spares.allSatisfy(\.isEmpty)),
            ], keys: 1)
    }

    var loads: Table {
        Table(
            name: PlanTable.loads.rawValue, title: language.say("How many entries each judge has", "评委工作量"),
            columns: [
                names("judge", "评委", problem.judges, Array(problem.judges.indices)),
                Table.Column("entries", heading: language.say("entries", "项目数"), .integers(review.loads)),
                Table.Column(
                    "limit", heading: language.say("limit", "上限"), .numbers(review.limits.map { $0.map(Double.init) }, decimals: 0)),
            ])
    }

    var pairs: Table {
        let all = review.judgePairs
        let pairs =
            isForPeople ? Array(all.sorted { ($1.common, $0.a, $0.b) < ($0.common, $1.a, $1.b) }.prefix(PlanTables.shownPairs)) : all
        return Table(
            name: PlanTable.pairs.rawValue, title: language.say("Judges with most entries in common", "共同项目最多的评委"),
            columns: [
                names("a", "评委 a", problem.judges, pairs.map(\.a)), names("b", "评委 b", problem.judges, pairs.map(\.b)),
                Table.Column("common", heading: language.say("common", "共同项目"), .integers(pairs.map(\.common))),
            ], keys: 2)
    }

    var design: Table {
        let efficiency = review.efficiency
        let judgeCount = problem.judges.count
        func fixed(_ value: Double?, _ decimals: Int) -> String { value.map { NumberFormat.fixed($0, decimals: decimals) } ?? "–" }
        let rows = [
            (cells.say("entries", "项目"), String(problem.entries.count)), (cells.say("judges", "评委"), String(judgeCount)),
            (cells.say("scores", "评分"), String(review.seats.count)), (cells.say("conflicts", "回避关系"), String(problem.conflictCount)),
            (cells.say("subsets", "互不重叠的评委组"), String(efficiency.subsetCount)),
            (
                cells.say("pairs of judges with an entry in common", "有共同项目的评委对"),
                cells.say(
                    "\(review.judgePairs.count) of \(judgeCount * (judgeCount - 1) / 2)",
                    "\(review.judgePairs.count)/\(judgeCount * (judgeCount - 1) / 2)")
            ),
            (cells.say("average efficiency factor", "平均效率因子"), fixed(efficiency.average, 4)),
            (cells.say("smallest efficiency factor", "最小效率因子"), fixed(efficiency.smallest, 4)),
            (cells.say("smallest eigenvalue of the judges' links", "评委联系的最小特征值"), fixed(efficiency.linkEigenvalue, 2)),
        ]
        return Table(
            name: PlanTable.design.rawValue, title: language.say("What the plan can compare", "设计"),
            columns: [
                Table.Column("what", heading: language.say("what", "内容"), .texts(rows.map(\.0)), isWhole: true),
                Table.Column("value", heading: language.say("value", "值"), .texts(rows.map(\.1)), isWhole: true),
            ])
    }
}
