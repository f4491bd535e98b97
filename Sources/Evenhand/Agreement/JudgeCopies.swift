/// Pairs of judges who gave equal scores far more often than the other pairs did: one may have copied, or both wrote down the same opinion.
///
/// With e of m common scores equal, p is the upper tail P(X ≥ e) of a binomial distribution of m scores, each equal with the share of equal
/// scores among all other pairs of the panel, s = (M + 1) / (C + 2) for M of C. Pairs are named when p times their number (Bonferroni) is
/// at most 0.01 and κ = (e/m − s) / (1 − s) is at least ½. So equal scores on a coarse scale, or of a clear order, are not a sign of
/// anything unless the other pairs differ; and two judges of one severity and taste, who agree more than others do on a scale of ten whole
/// points, are not said to copy, however many scores they have in common. Judges who gave every entry the same score are left out.
///
/// Source: Cohen, *A coefficient of agreement for nominal scales*, Educational and Psychological Measurement 20 (1960), for κ.
public struct JudgeCopies: Sendable, Equatable {
    /// One pair, `a` before `b` in the order of names.
    public struct Pair: Sendable, Equatable {
        /// The indices of the judges.
        public let first, second: Int
        /// Their names.
        public let a, b: String
        /// The scores that both gave, and how many of them are equal.
        public let common, equal: Int
        /// The chance of so many, among all pairs.
        public let adjustedP: Double
    }

    /// The pairs beyond chance, the least likely first.
    public let pairs: [Pair]
    /// How many pairs have common scores.
    public let testCount: Int

    /// The adjusted p up to which a pair is named.
    public static let level = 0.01
    /// The share of what chance leaves above which a pair is named.
    static let leastKappa = 0.5
    /// More judges than this make hundreds of thousands of pairs, which are not examined.
    static let mostJudges = 400

    /// The pairs of a sheet of totals.
    public init(of sheet: ScoreSheet) {
        let count = sheet.judges.count
        guard (2...JudgeCopies.mostJudges).contains(count) else {
            (pairs, testCount) = ([], 0)
            return
        }
        let isFlat = sheet.constantJudges.reduce(into: [Bool](repeating: false, count: count)) { $0[$1] = true }
        var (common, equal) = ([Int](repeating: 0, count: count * count), [Int](repeating: 0, count: count * count))
        for performance in sheet.performances {
            for row in performance.rows where !isFlat[Int(sheet.judgeCodes[row])] {
                for other in performance.rows.lowerBound..<row where !isFlat[Int(sheet.judgeCodes[other])] {
                    let (a, b) = (Int(sheet.judgeCodes[other]), Int(sheet.judgeCodes[row]))
                    guard a != b else { continue }
                    let position = min(a, b) * count + max(a, b)
                    common[position] += 1
                    equal[position] += sheet.units[row] == sheet.units[other] ? 1 : 0
                }
            }
        }
        let (allCommon, allEqual) = (common.reduce(0, +), equal.reduce(0, +))
        let met = common.indices.filter { common[$0] > 0 }
        let found = met.compactMap { position -> Pair? in
            let share = min(1, Double(allEqual - equal[position] + 1) / Double(allCommon - common[position] + 2))
            guard Double(equal[position]) / Double(common[position]) - share >= JudgeCopies.leastKappa * (1 - share) else { return nil }
            let tail = Binomial(trials: common[position], successProbability: share).upperTail(equal[position] - 1)
            let p = min(1, tail * Double(met.count))
            guard p <= JudgeCopies.level else { return nil }
            return Pair(
                first: position / count, second: position % count, a: sheet.judges[position / count], b: sheet.judges[position % count],
                common: common[position], equal: equal[position], adjustedP: p)
        }
        testCount = met.count
        pairs = found.sorted { ($0.adjustedP, $0.a, $0.b) < ($1.adjustedP, $1.a, $1.b) }
    }
}
