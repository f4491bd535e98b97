/// The scores of a sheet as whole numbers of a scale that they are multiples of, as the judges gave them.
struct SheetUnits {
    private let sheet: ScoreSheet
    private let factor: Int64
    private let divisor: Int64

    init(of sheet: ScoreSheet, in scale: ScoreScale) {
        let (own, unit) = (Int64(sheet.unitsPerPoint), scale.unitsPerPoint)
        self.sheet = sheet
        (factor, divisor) = unit < own ? (1, own / unit) : (unit / own, 1)
    }

    func value(at row: Int) throws(FitError) -> Int64 {
        let (units, over) = Int64(sheet.direction.turned(sheet.units[row])).multipliedReportingOverflow(by: factor)
        if over { throw .overflow(of: "scores") }
        return units / divisor
    }
}

extension PartialSums {
    /// What is kept besides sums, and in which unit.
    public struct Choices: Sendable, Equatable {
        /// The unit, when it is declared; otherwise the last decimal place that the scores have.
        public var scale: ScoreScale?
        /// Whether the scores of each entry are counted, as medians and other trims need.
        public var keepsCounts = false
        /// Whether the scores of each judge are counted, as percentiles need.
        public var keepsJudgeCounts = false
        /// Whether the judges of each entry are kept, by which a score in two parts is found.
        public var keepsPairs = true

        /// Sums and pairs, in the unit of the scores.
        public init() {}
    }

    /// The sums of a sheet of one heat without criteria, items or repetitions.
    ///
    /// - Throws: `PartialError` where the scores cannot be counted in whole units, or are several of a judge for an entry.
    public init(of sheet: ScoreSheet, _ choices: Choices = Choices()) throws {
        guard sheet.criteria.isEmpty else { throw PartialError.criteria(sheet.criteria) }
        guard !sheet.hasItems else { throw PartialError.items }
        guard sheet.heats.count == 1 else { throw PartialError.heats(sheet.heats.map { $0.name ?? $0.stage ?? "" }) }
        let scale = try PartialSums.scale(of: sheet, declared: choices.scale)
        let units = SheetUnits(of: sheet, in: scale)
        var judges = [ExactSum?](repeating: nil, count: sheet.judges.count)
        var entries = [ExactSum?](repeating: nil, count: sheet.entries.count)
        var (counts, pairs) = ([ScoreCount](), [Pair]())
        var ofJudges = [[Int64]](repeating: [], count: choices.keepsJudgeCounts ? sheet.judges.count : 0)
        for performance in sheet.performances {
            var scores: [Int64] = []
            for row in performance.rows {
                let units = try units.value(at: row)
                let (judge, entry) = (Int(sheet.judgeCodes[row]), Int(performance.entry))
                let square = Int128(units) * Int128(units)
                try PartialSums.add(
                    ExactSum(count: 1, sum: Int128(units), squares: square, least: units, most: units), to: &judges[judge])
                try PartialSums.add(ExactSum(count: 1, sum: Int128(units), least: units, most: units), to: &entries[entry])
                if choices.keepsPairs { pairs.append(Pair(entry: performance.entry, judge: Int32(judge))) }
                scores.append(units)
                if choices.keepsJudgeCounts { ofJudges[judge].append(units) }
            }
            if choices.keepsCounts { counts += PartialSums.counted(scores, owner: performance.entry) }
        }
        // A judge or entry without a score is in no sheet.
        let judgeCounts = ofJudges.enumerated().flatMap { PartialSums.counted($1, owner: Int32($0)) }
        let terms = Terms(scale: scale, direction: sheet.direction, stage: sheet.heats[0].stage, heat: sheet.heats[0].name)
        self.init(
            terms: terms, judges: sheet.judges, judgeSums: judges.compactMap(\.self), entries: sheet.entries,
            entrySums: entries.compactMap(\.self), attributes: sheet.entryAttributes, counts: choices.keepsCounts ? counts : nil,
            judgeCounts: choices.keepsJudgeCounts ? judgeCounts : nil,
            pairs: choices.keepsPairs ? pairs : nil)
    }

    private static func add(_ one: ExactSum, to sum: inout ExactSum?) throws(FitError) {
        if sum == nil { sum = one } else { try sum?.add(one) }
    }

    private static func counted(_ scores: [Int64], owner: Int32) -> [ScoreCount] {
        var counts: [ScoreCount] = []
        for units in scores.sorted() {
            if let last = counts.last, last.units == units {
                counts[counts.count - 1] = ScoreCount(owner: owner, units: units, count: last.count + 1)
            } else {
                counts.append(ScoreCount(owner: owner, units: units, count: 1))
            }
        }
        return counts
    }

    /// The unit of a sheet: the declared one, which every score has to be a multiple of, or the last decimal place of the scores.
    private static func scale(of sheet: ScoreSheet, declared: ScoreScale?) throws(PartialError) -> ScoreScale {
        func position(_ row: Int) -> (entry: String, judge: String, score: Double) {
            let entry = sheet.performances.first { $0.rows.contains(row) }.map { sheet.entries[Int($0.entry)] } ?? ""
            return (entry, sheet.judges[Int(sheet.judgeCodes[row])], sheet.score(at: row))
        }
        guard sheet.isExact else {
            let row = sheet.units.indices.first { (sheet.units[$0] * 1e6).rounded() / 1e6 != sheet.units[$0] } ?? 0
            let found = position(row)
            throw .offScale(entry: found.entry, judge: found.judge, score: found.score, scale: declared?.text)
        }
        guard let decimals = (0...ScoreScale.mostDecimals).first(where: { ScoreBlock.powerOfTen($0) == sheet.unitsPerPoint }) else {
            throw .unevenUnits
        }
        guard let declared else { return ScoreScale(decimals: decimals, isDeclared: false) }
        if declared.decimals < decimals {
            let step = ScoreBlock.powerOfTen(decimals - declared.decimals)
            if let row = sheet.units.firstIndex(where: { $0.truncatingRemainder(dividingBy: step) != 0 }) {
                let found = position(row)
                throw .offScale(entry: found.entry, judge: found.judge, score: found.score, scale: declared.text)
            }
        }
        return declared
    }
}
