/// The scores of one entry in ascending order, equal ones together, and the results that follow from them exactly.
struct CountedScores {
    /// A score in units, of which more is better, and how many judges gave it.
    let scores: [(units: Int128, count: Int)]
    let count: Int
    let unitsPerPoint: Int128

    init(_ counts: ArraySlice<PartialSums.ScoreCount>, _ terms: PartialSums.Terms) {
        let ascending = counts.map { (units: Int128($0.units), count: $0.count) }
        scores = terms.direction == .higherIsBetter ? ascending : ascending.reversed().map { (0 - $0.units, $0.count) }
        count = scores.reduce(0) { $0 + $1.count }
        unitsPerPoint = Int128(terms.scale.unitsPerPoint)
    }

    /// The score at a place of the ascending order, from 0.
    func score(at place: Int) -> Int128 {
        var before = 0
        for score in scores {
            before += score.count
            if place < before { return score.units }
        }
        return scores.last?.units ?? 0
    }

    var sum: Int128 { scores.reduce(0) { $0 + $1.units * Int128($1.count) } }

    var median: Fraction { Fraction(score(at: (count - 1) / 2) + score(at: count / 2), over: 2 * unitsPerPoint) }

    /// The sum without the first and the last `drop` scores.
    private func sum(without drop: Int) -> Int128 {
        var (before, sum) = (0, Int128(0))
        for score in scores {
            let kept = min(before + score.count, count - drop) - max(before, drop)
            if kept > 0 { sum += score.units * Int128(kept) }
            before += score.count
        }
        return sum
    }

    /// The mean without scores at both ends, or with those moved to the next ones inside; of too few scores the plain mean.
    func trimmed(_ trim: ScoringMethod.Trim, replacing: Bool) -> Fraction {
        let drop = trim.dropped(of: count)
        guard drop > 0, count >= 2 * drop + 1 else { return Fraction(sum, over: unitsPerPoint * Int128(count)) }
        let inner = sum(without: drop)
        guard replacing else { return Fraction(inner, over: unitsPerPoint * Int128(count - 2 * drop)) }
        let ends = Int128(drop) * (score(at: drop) + score(at: count - 1 - drop))
        return Fraction(inner + ends, over: unitsPerPoint * Int128(count))
    }
}
