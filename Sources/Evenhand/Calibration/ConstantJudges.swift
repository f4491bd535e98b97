extension ScoreSheet {
    /// Fewer equal scores are not a habit.
    public static let leastConstant = 3

    /// The judges who gave every entry the same score, of those with at least `leastConstant` scores.
    public var constantJudges: [Int] {
        var (first, counts) = ([Double?](repeating: nil, count: judges.count), [Int](repeating: 0, count: judges.count))
        var isConstant = [Bool](repeating: true, count: judges.count)
        for (code, score) in zip(judgeCodes, units) {
            let judge = Int(code)
            counts[judge] += 1
            if let known = first[judge] { isConstant[judge] = isConstant[judge] && known == score } else { first[judge] = score }
        }
        return isConstant.indices.filter { isConstant[$0] && counts[$0] >= ScoreSheet.leastConstant }
    }

    /// The scores of all judges but some.
    func leavingOut(judges left: [Int]) -> ScoreSheet {
        guard !left.isEmpty else { return self }
        let codes = Set(left.map { Int32($0) })
        return selecting(performances: Array(performances.indices)) { !codes.contains(judgeCodes[$0]) }
    }
}
