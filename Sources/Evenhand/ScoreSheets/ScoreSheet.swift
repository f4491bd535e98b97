/// Who gave which score to whom: the scores of a contest in long form, of any design, in canonical order.
///
/// Scores are grouped by *performance* (one entry in one heat), performances are ordered by heat and entry, and the scores of a performance
/// by judge and criterion. All names are in canonical order (`Factor`), so that sheets made of the same scores in any order of rows are
/// equal.
///
/// Judges write decimals, so sums are exact: a score is kept as an integer-valued `Double` in units of the last decimal place of the column
/// (88.35 as 8835 with `unitsPerPoint` 100). Sums of such values below 2⁵³ are exact in any order. A column that is not made of decimals of
/// at most six places (93.33333333333333) is kept in points as it is, with `isExact` false.
public struct ScoreSheet: Sendable, Equatable {
    /// The names of the entries: what is judged.
    public let entries: [String]
    /// The names of the judges.
    public let judges: [String]
    /// The names of the criteria; empty when every score is a whole judgement.
    public let criteria: [String]
    /// The heats in canonical order, as people count: by stage, then by name, 第2场 before 第10场.
    public let heats: [Heat]

    /// The performances, ordered by heat and entry.
    public let performances: [Performance]
    /// For each score the index of its judge.
    public let judgeCodes: [Int32]
    /// For each score the index of its criterion; empty when there are no criteria.
    public let criterionCodes: [Int32]
    /// What the entry was judged on (a prompt, a task, a question), for each score; without codes when there are no items.
    public let items: Factor
    /// Which of several repetitions of the same judgement each score is; without codes when nothing was repeated.
    public let repetitions: Factor
    /// The scores in units, with the sign turned where the lowest is the best; divide by `unitsPerPoint`, last, to get points.
    public let units: [Double]

    /// How many units a point has: 100 for scores of two decimals; 1 when the scores are not exact.
    public let unitsPerPoint: Double
    /// Whether all units are whole numbers below 2⁵³.
    public let isExact: Bool
    /// Which scores are the best.
    public let direction: Direction

    /// What is known about entries besides their scores (sector, city), by name; values run parallel to `entries`.
    public let entryAttributes: [Attribute]
    /// What is known about judges, by name; values run parallel to `judges`.
    public let judgeAttributes: [Attribute]

    /// What is known about single scores (the difficulty of the dive, the base value of the element), by name; values run parallel to
    /// `units`.
    public let scoreAttributes: [Attribute]

    /// The number of scores.
    public var count: Int { units.count }

    /// The score at an index in points, as the judge gave it.
    public func score(at row: Int) -> Double { direction.turned(points(at: row)) }

    /// The score at an index in points of which more is better.
    func points(at row: Int) -> Double { units[row] / unitsPerPoint }

    /// Parts that are known to be in canonical order.
    init(
        entries: [String], judges: [String], criteria: [String], heats: [Heat], performances: [Performance],
        judgeCodes: [Int32], criterionCodes: [Int32], items: Factor = .none, repetitions: Factor = .none, units: [Double],
        unitsPerPoint: Double, isExact: Bool, direction: Direction, entryAttributes: [Attribute], judgeAttributes: [Attribute],
        scoreAttributes: [Attribute] = []
    ) {
        self.entries = entries
        self.judges = judges
        self.criteria = criteria
        self.heats = heats
        self.performances = performances
        self.judgeCodes = judgeCodes
        self.criterionCodes = criterionCodes
        self.items = items
        self.repetitions = repetitions
        self.units = units
        self.unitsPerPoint = unitsPerPoint
        self.isExact = isExact
        self.direction = direction
        self.entryAttributes = entryAttributes
        self.judgeAttributes = judgeAttributes
        self.scoreAttributes = scoreAttributes
    }
}

/// Something known about each entry, judge or score besides the scores themselves: a sector, a city, an employer.
public struct Attribute: Sendable, Equatable {
    /// The column's header.
    public let name: String
    /// One value for each entry (or judge, or score), missing where none was given.
    public let values: Factor

    /// An attribute whose values run parallel to the entries (or judges, or scores) of a sheet.
    public init(name: String, values: Factor) {
        self.name = name
        self.values = values
    }

    /// The values at some positions.
    func selecting(_ positions: [Int]) -> Attribute { Attribute(name: name, values: values.selecting(positions)) }
}

extension ScoreSheet {
    /// The range (极差) of each entry's scores: the largest, over its performances, of the highest less the lowest score, in points.
    public var scoreRanges: [Double] {
        var ranges = [Double](repeating: 0, count: entries.count)
        for performance in performances {
            let scores = units[performance.rows]
            guard let low = scores.min(), let high = scores.max() else { continue }
            let entry = Int(performance.entry)
            ranges[entry] = max(ranges[entry], (high - low) / unitsPerPoint)
        }
        return ranges
    }
}
