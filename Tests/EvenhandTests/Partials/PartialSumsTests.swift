import Evenhand
import TestSupport
import Testing

/// Contests whose scores tie at 0.05, with constant judges, judges of one score, quotes and Chinese characters.
func awkwardRows(seed: UInt64, entries: Int = 60, judges: Int = 15) -> [String] {
    var draw = RandomStream(seed: seed)
    var rows: [String] = []
    for entry in 0..<entries {
        for judge in 0..<judges where draw.next() % 3 == 0 || judge == 0 {
            if judge >= 12, entry > judge - 11 { continue }
            let units = judge == 1 ? 8000 : 5 * Int(draw.next() % 120) + 6000
            let cents = units % 100 < 10 ? "0\(units % 100)" : "\(units % 100)"
            rows.append("\"项目 \"\"\(entry)\"\", x\",\"O'Neil \(judge)\",\(units / 100).\(cents),\(entry % 3 == 0 ? "能源" : "IT")")
        }
    }
    return rows
}

func awkwardSheet(_ rows: some Sequence<String>) throws -> ScoreSheet {
    try sheet((["entry,judge,score,sector"] + rows).joined(separator: "\n"))
}

@Suite struct PartialSumsTests {
    private var choices: PartialSums.Choices {
        var choices = PartialSums.Choices()
        choices.keepsCounts = true
        return choices
    }

    @Test func `methods agree as on the scores, and groups have as many scores`() throws {
        let sheet = try awkwardSheet(awkwardRows(seed: 5))
        let sums = try PartialSums(of: sheet, choices)
        let methods: [ScoringMethod] = [.mean, .median]
        let (parts, whole) = (try PartialRanking(of: sums, by: methods), try Ranking(of: sheet, by: methods))
        for places in 1...40 { #expect(parts.agreement(0, 1, places: places) == whole.agreement(0, 1, places: places)) }
        let grouping = try Grouping(by: ["sector"], of: sheet)
        let breakdown = Breakdown(of: try GroupResults(of: sheet, by: .mean), grouping)
        #expect(try parts.breakdown(by: grouping).rows.map(\.scores) == breakdown.rows.map(\.scores))
        #expect(breakdown.rows.map(\.scores).allSatisfy { $0 > 60 })
    }

    // NIST Statistical Reference Datasets: the certified mean and SD of one judge's scores, cut into three parts.
    @Test(arguments: ["Lottery", "Mavro", "NumAcc1", "NumAcc2", "NumAcc4", "PiDigits"])
    func `mean and SD of sums agree with NIST to 14 digits`(name: String) throws {
        let scores = try rows(of: "nist/univariate_\(name).csv").map { $0["score"]! }
        let lines = scores.enumerated().map { "E\(100_000 + $0),J,\($1)" }
        let parts = try (0..<3).map { part in
            let own = lines.enumerated().filter { $0.offset % 3 == part }.map(\.element)
            return try PartialSums(of: sheet((["entry,judge,score"] + own).joined(separator: "\n")))
        }
        let scales = try JudgeScales(of: PartialSums(merging: parts))
        let certified = try expected("univariate_\(name)", in: "nist/certified.csv", column: "certified")
        #expect(digits(scales.means[0], certified["mean"]) >= 14)
        #expect(digits(scales.deviations[0], certified["sd"]) >= 14)
    }

    @Test(arguments: [1, 2, 7, 64])
    func `parts add up to the whole however the scores are split, in any order`(count: Int) throws {
        let rows = awkwardRows(seed: 5)
        let whole = try PartialSums(of: awkwardSheet(rows), choices)
        var draw = RandomStream(seed: UInt64(count))
        let partOfRow = rows.map { _ in Int(draw.next() % UInt64(count)) }
        var parts: [PartialSums] = []
        for part in 0..<count {
            let own = zip(rows, partOfRow).filter { $0.1 == part }.map(\.0)
            if !own.isEmpty { parts.append(try PartialSums(of: awkwardSheet(own), choices)) }
        }
        #expect(try PartialSums(merging: parts) == whole && PartialSums(merging: parts.reversed()) == whole)
    }

    @Test func `results of sums are those of the scores, as the same fractions and ranks`() throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            for direction in [Direction.higherIsBetter, .lowerIsBetter] {
                let read = try awkwardSheet(awkwardRows(seed: seed))
                let scores = direction == .lowerIsBetter ? read.lowestFirst : read
                let methods: [ScoringMethod] = [
                    .mean, .median, .trimmed(.scores(1)), .trimmed(.scores(2)), .winsorized(.scores(1)),
                    .winsorized(.scores(2)), .trimmed(.share(Fraction(1, over: 5))),
                ]
                let sums = try PartialSums(of: scores, choices)
                var rules = PartialRanking.Rules()
                for decimals in [nil, 1] {
                    rules.decimals = decimals
                    let found = try PartialRanking(of: sums, by: methods, rules: rules)
                    let plain = try Ranking(of: scores, by: methods, roundedTo: decimals)
                    for (a, b) in zip(found.columns, plain.columns) {
                        #expect(a.shown == b.results.shown && a.ranks == b.ranks && a.untrimmed == b.results.untrimmed, "\(a.method)")
                    }
                }
            }
        }
    }

    @Test func `a declared scale is checked and never rounded to`() throws {
        let scores = try sheet("entry,judge,score\nA,J,88.35\nB,J,7.5\nB,K,9\n")
        var choices = PartialSums.Choices()
        choices.scale = ScoreScale("0.1")
        #expect(throws: PartialError.offScale(entry: "A", judge: "J", score: 88.35, scale: "0.1")) {
            try PartialSums(of: scores, choices)
        }
        // Beyond six decimals there is no scale to be found, and a declared one is named.
        let third = try sheet("entry,judge,score\nA,J,0.12345678\nB,J,7.5\n")
        for declared in [nil, "0.1"] {
            choices.scale = declared.flatMap { ScoreScale($0) }
            #expect(throws: PartialError.offScale(entry: "A", judge: "J", score: 0.12345678, scale: declared)) {
                try PartialSums(of: third, choices)
            }
        }
        choices.scale = ScoreScale("0.001")
        let finer = try PartialSums(of: scores, choices)
        #expect(
            finer.entrySums.map(\.sum) == [88350, 16500] && finer.judgeSums.map(\.squares) == [88350 * 88350 + 7500 * 7500, 81_000_000])
        #expect(try PartialSums(of: scores).entrySums.map(\.sum) == [8835, 1650])
        for text in ["0.05", "0", "1.0", "0.0000001", "x"] { #expect(ScoreScale(text) == nil) }
    }

    @Test func `parts with fewer decimals are brought to the unit of the others`() throws {
        let (coarse, fine) = (["A,J,8", "B,J,7"], ["A,K,8.25", "B,K,9.5"])
        let lines = { (rows: [String]) in (["entry,judge,score"] + rows).joined(separator: "\n") }
        let parts = try [coarse, fine].map { try PartialSums(of: sheet(lines($0)), choices) }
        #expect(try PartialSums(merging: parts) == PartialSums(of: sheet(lines(coarse + fine)), choices))
    }

    @Test func `parts that do not belong together are refused`() throws {
        func part(_ text: String, scale: String? = nil, pairs: Bool = true) throws -> PartialSums {
            var choices = PartialSums.Choices()
            (choices.scale, choices.keepsPairs) = (scale.flatMap { ScoreScale($0) }, pairs)
            return try PartialSums(of: sheet(text), choices)
        }
        let head = "entry,judge,score\n"
        let first = try part(head + "A,J,8.25\nB,J,7\n")
        #expect(throws: PartialError.samePair(entry: "B", judge: "J")) {
            try PartialSums(merging: [first, part(head + "B,J,9\nC,J,1\n")])
        }
        #expect(throws: PartialError.differentTerms(of: "kind of scale", "0.01", "--scale 0.01")) {
            try PartialSums(merging: [first, part(head + "C,J,9\nC,K,3\n", scale: "0.01")])
        }
        #expect(throws: PartialError.differentTerms(of: "scale", "0.01", "0.1")) {
            try PartialSums(merging: [part(head + "A,J,8\nB,J,7\n", scale: "0.01"), part(head + "C,J,9\nC,K,3\n", scale: "0.1")])
        }
        #expect(throws: PartialError.differentTerms(of: "direction", "higherIsBetter", "lowerIsBetter")) {
            try PartialSums(merging: [first, PartialSums(of: sheet(head + "C,J,9\nC,K,3\n").lowestFirst)])
        }
        #expect(throws: PartialError.differentTerms(of: "heat", "h1", "h2")) {
            try PartialSums(merging: ["h1,A", "h2,B"].map { try part("heat,entry,judge,score\n\($0),J,8\n") })
        }
        #expect(throws: PartialError.differentAttribute("sector", entry: "A", "x", "y")) {
            try PartialSums(
                merging: [part("entry,judge,score,sector\nA,J,8,x\nB,J,7,x\n"), part("entry,judge,score,sector\nA,K,8,y\nC,K,7,x\n")])
        }
        #expect(throws: PartialError.missingAttribute("sector")) {
            try PartialSums(merging: [first, part("entry,judge,score,sector\nA,K,8,y\nC,K,7,y\n")])
        }
        #expect(throws: PartialError.noParts) { try PartialSums(merging: []) }
        // Without pairs the same score counts twice, which is said.
        let blind = try [head + "A,J,8\nB,J,7\n", head + "B,J,9\nC,J,1\n"].map { try part($0, pairs: false) }
        #expect(try PartialSums(merging: blind).isUnchecked && !blind[0].isUnchecked)
        #expect(try !PartialSums(merging: [blind[0], part(head + "C,J,9\nD,J,3\n", pairs: false)]).isUnchecked)
        // Where no judge, or no entry, is in both parts, no score can be.
        #expect(try !PartialSums(merging: [blind[0], part(head + "A,K,9\nB,K,3\n", pairs: false)]).isUnchecked)
    }

    @Test func `scores of criteria, of several heats and of items are not pooled silently`() throws {
        let items = [("A", "p"), ("A", "q"), ("B", "p")].map { ScoreSheet.Row(entry: $0.0, judge: "J", points: 5, item: $0.1) }
        #expect(throws: PartialError.items) { try PartialSums(of: ScoreSheet(items)) }
        #expect(throws: PartialError.criteria(["a", "b"])) {
            try PartialSums(of: sheet("entry,judge,criterion,score\nA,J,a,1\nA,J,b,2\nB,J,a,3\nB,J,b,2\n"))
        }
        #expect(throws: PartialError.heats(["h1", "h2"])) {
            try PartialSums(of: sheet("heat,entry,judge,score\nh1,A,J,1\nh1,B,J,2\nh2,C,J,3\nh2,D,J,2\n"))
        }
    }

    /// Its sign could not be turned.
    @Test func `the least of all whole numbers is no score`() {
        let square = Int128(Int64.min) * Int128(Int64.min)
        #expect(!ExactSum(count: 1, sum: Int128(Int64.min), squares: square, least: .min, most: .min).isPossible)
        #expect(ExactSum(count: 1, sum: Int128(Int64.min + 1), squares: square, least: .min + 1, most: .min + 1).isPossible)
    }

    /// C is in no city; each of the others would be known by its own.
    @Test func `attributes that name each entry on its own go with the names`() throws {
        let sums = try PartialSums(of: sheet("entry,judge,score,sector,city,team\nA,J,8,x,宁波,a\nB,J,7,x,杭州,b\nC,J,6,y,,c\n"))
        let shown = sums.anonymizing(entries: true, judges: false)
        #expect(shown.entries == ["E01", "E02", "E03"] && shown.judges == ["J"] && shown.attributes.map(\.name) == ["sector"])
        let judges = sums.anonymizing(entries: false, judges: true)
        #expect(judges.entries == ["A", "B", "C"] && judges.judges == ["J01"] && judges.attributes == sums.attributes)
    }

    @Test(arguments: [
        (0, -7, "-7"), (1, 0, "0.0"), (2, -5, "-0.05"), (2, 5, "0.05"), (2, -1234, "-12.34"), (6, Int64.min, "-9223372036854.775808"),
    ])
    func `whole numbers of a unit are written as points`(decimals: Int, units: Int64, text: String) {
        #expect(ScoreScale(decimals: decimals, isDeclared: true).points(units) == text)
    }

    /// J gave one score and K two; by the pairs it is the other way round.
    @Test func `pairs that contradict the judges' sums are refused`() throws {
        let sums = try PartialSums(of: sheet("entry,judge,score\nA,J,1\nA,K,2\nB,K,3\n"))
        try sums.check()
        let pairs = [PartialSums.Pair(entry: 0, judge: 0), .init(entry: 0, judge: 1), .init(entry: 1, judge: 0)]
        let wrong = PartialSums(
            terms: sums.terms, judges: sums.judges, judgeSums: sums.judgeSums, entries: sums.entries, entrySums: sums.entrySums,
            attributes: [], counts: nil, pairs: pairs)
        #expect(throws: PartialError.contradiction(what: "pairs.csv: J")) { try wrong.check() }
    }
}
