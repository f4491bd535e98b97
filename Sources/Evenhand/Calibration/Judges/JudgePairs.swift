/// Two judges on the performances that both scored.
public struct JudgePairs: Sendable {
    /// One pair, `a` before `b` in the order of names.
    public struct Pair: Sendable, Equatable {
        /// The indices of the judges.
        public let a, b: Int
        /// The number of performances that both scored.
        public let common: Int
        /// The mean of a's score less b's, in points.
        public let meanDifference: Double
        /// Pearson's correlation of their scores; `nil` for fewer than three, or when one of them does not vary.
        public let correlation: Double?
    }

    /// The pairs with at least one common performance, in the order of names.
    public let pairs: [Pair]

    /// The pairs of a sheet of totals.
    ///
    /// - Throws: `FitError.tooLarge` for more judges than memory has room for pairs of.
    public init(of sheet: ScoreSheet) throws(FitError) {
        let judges = Double(sheet.judges.count)
        // No more pairs than scores of the same performances make.
        let met = sheet.performances.reduce(0.0) { $0 + Double($1.rows.count) * Double($1.rows.count) }
        try TableMemory.require(min(judges * judges, met) * Double(MemoryLayout<Pair>.stride), for: sheet.judges.count, "judges")
        var performanceOfRow = [Int32](repeating: 0, count: sheet.count)
        for (index, performance) in sheet.performances.enumerated() {
            for row in performance.rows { performanceOfRow[row] = Int32(index) }
        }
        var rows = [[Int32]](repeating: [], count: sheet.judges.count)
        for (row, judge) in sheet.judgeCodes.enumerated() { rows[Int(judge)].append(Int32(row)) }
        let (ofJudge, ofRow) = (rows, performanceOfRow)
        pairs = Parallel.map(sheet.judges.count, size: sheet.count) { a in
            JudgePairs.pairs(of: a, rows: ofJudge[a], ofRow, in: sheet)
        }.flatMap(\.self)
    }

    /// The pairs of a judge with those after it.
    private static func pairs(of a: Int, rows: [Int32], _ performanceOfRow: [Int32], in sheet: ScoreSheet) -> [Pair] {
        var moments = [PairMoments](repeating: PairMoments(), count: sheet.judges.count - a)
        for row in rows {
            // Scores of a performance are in the order of the judges.
            for other in Int(row) + 1..<max(Int(row) + 1, sheet.performances[Int(performanceOfRow[Int(row)])].rows.upperBound) {
                moments[Int(sheet.judgeCodes[other]) - a].add(sheet.units[Int(row)], sheet.units[other])
            }
        }
        return moments.indices.compactMap { position in
            let moment = moments[position]
            guard moment.count > 0 else { return nil }
            return Pair(
                a: a, b: a + position, common: moment.count, meanDifference: (moment.meanX - moment.meanY) / sheet.unitsPerPoint,
                correlation: moment.correlation)
        }
    }
}
