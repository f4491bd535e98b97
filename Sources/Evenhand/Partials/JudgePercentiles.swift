/// What turns a judge's scores into percentiles, as whole numbers, so that sums of percentiles are exact anywhere.
///
/// Of a judge's n scores, b are worse than a score and e equal to it, itself included: (rank − ½) / n is (2b + e) / 2n, with the mean rank
/// of equal scores. 2⁸⁰ times that is counted as f (2b + e) with f = round(2⁸⁰ / 2n), which is off by less than n / 2⁸⁰.
public struct JudgePercentiles: Sendable, Equatable {
    /// Sums count in units of 2⁻⁸⁰.
    static let bits = 80

    /// The unit of the scores.
    public let scale: ScoreScale
    /// The judges in canonical order.
    public let judges: [String]
    /// f of each judge.
    let factors: [Int128]
    /// Each judge's scores in ascending order, in units.
    package let units: [[Int64]]
    /// 2b + e of each.
    package let numerators: [[Int128]]

    /// The percentiles of the judges of a whole contest; `nil` where the scores of judges were not counted.
    public init?(of sums: PartialSums) {
        guard let counts = sums.judgeCounts else { return nil }
        var (units, sizes) = ([[Int64]](repeating: [], count: sums.judges.count), [[Int]](repeating: [], count: sums.judges.count))
        for score in counts {
            units[Int(score.owner)].append(score.units)
            sizes[Int(score.owner)].append(score.count)
        }
        numerators = sizes.map { sizes in
            var below = 0
            let ascending = sizes.map { size in
                defer { below += size }
                return Int128(2 * below + size)
            }
            // The scores above are worse where the lowest is the best.
            return sums.terms.direction == .higherIsBetter ? ascending : ascending.map { 2 * Int128(below) - $0 }
        }
        factors = sums.judgeSums.map { ((Int128(1) << Int128(JudgePercentiles.bits)) + Int128($0.count)) / (2 * Int128($0.count)) }
        (scale, judges, self.units) = (sums.terms.scale, sums.judges, units)
    }

    /// 2⁸⁰ times the share of a score; `nil` of one that the judge did not give.
    func value(of judge: Int, at score: Int64) -> Int128? {
        let own = units[judge]
        var (low, high) = (0, own.count)
        while low < high {
            let middle = (low + high) / 2
            if own[middle] < score { low = middle + 1 } else { high = middle }
        }
        return low < own.count && own[low] == score ? factors[judge] * numerators[judge][low] : nil
    }
}
