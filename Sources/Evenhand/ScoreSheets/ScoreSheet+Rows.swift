extension ScoreSheet {
    /// One score: who gave how many points to whom.
    public struct Row: Sendable, Equatable {
        /// What was judged.
        public var entry: String
        /// Who judged.
        public var judge: String
        /// The points, finite; decimals of at most six places stay exact.
        public var points: Double
        /// The part of the judgement, when there are criteria; in all rows or in none.
        public var criterion: String?
        /// The occasion.
        public var heat: Heat
        /// What the entry was judged on, when there are items; in all rows or in none.
        public var item: String?
        /// Which repetition of the same judgement it is, when judgements were repeated; in all rows or in none.
        public var repetition: String?

        /// A score; by default a whole judgement in the only heat.
        public init(
            entry: String, judge: String, points: Double, criterion: String? = nil, heat: Heat = Heat(stage: nil, name: nil),
            item: String? = nil, repetition: String? = nil
        ) {
            (self.entry, self.judge, self.points, self.criterion, self.heat) = (entry, judge, points, criterion, heat)
            (self.item, self.repetition) = (item, repetition)
        }
    }

    /// A sheet of scores in memory.
    ///
    /// - Throws: `Duplicate` when a judge scored the same entry (and criterion, item and repetition) twice in a heat.
    public init(_ rows: some Collection<Row>) throws(Duplicate) {
        precondition(!rows.isEmpty, "a sheet needs at least one row")
        precondition(rows.allSatisfy(\.points.isFinite), "the points of every row must be finite")
        for (name, part) in [("a criterion", \Row.criterion), ("an item", \.item), ("a repetition", \.repetition)] {
            let count = rows.count { $0[keyPath: part] != nil }
            precondition(count == 0 || count == rows.count, "either all rows have \(name), or none has")
        }
        var block = ScoreBlock()
        let (entry, judge) = (Factor(rows.map(\.entry)), Factor(rows.map(\.judge)))
        (block.entries, block.judges, block.judgeCodes) = (entry.levels, judge.levels, ShortColumn(judge.codes))
        block.setConditions(rows.map { ScoreBlock.Condition(criterion: $0.criterion, item: $0.item, repetition: $0.repetition) })
        block.heats = Heat.sorted(Set(rows.map(\.heat)))
        let heatCode = Dictionary(uniqueKeysWithValues: block.heats.enumerated().map { ($1, Int32($0)) })
        var codes: [ScoreBlock.Performance: Int32] = [:]
        for (row, entry) in zip(rows, entry.codes) {
            let performance = ScoreBlock.Performance(entry: entry, heat: heatCode[row.heat] ?? 0)
            let code = codes[performance] ?? Int32(codes.count)
            if codes.updateValue(code, forKey: performance) == nil {
                block.performances.append(performance)
                block.performanceSizes.append(0)
            }
            block.count(1, to: code)
            block.append(points: row.points)
        }
        try self.init(joining: [block])
    }
}

extension ScoreBlock {
    /// Adds a score by the shortest decimal that reads back as the same Double.
    fileprivate mutating func append(points: Double) {
        let text = points.description
        let places = text.utf8.firstIndex(of: 0x2E).map { text.utf8.distance(from: $0, to: text.utf8.endIndex) - 1 } ?? 0
        let decimals = text.hasSuffix(".0") ? 0 : places
        let scaled = (points * ScoreBlock.powerOfTen(min(decimals, 7))).rounded()
        if decimals <= 6, !text.utf8.contains(0x65), scaled.magnitude < 0x1p53, scaled / ScoreBlock.powerOfTen(decimals) == points {
            append(mantissa: Int64(scaled), decimals: decimals)
        } else {
            append(inexact: points)
        }
    }
}
