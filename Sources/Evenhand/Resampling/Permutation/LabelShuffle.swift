import LinearAlgebra

/// Random permutations of labels, drawn by drawing the results of each group from an urn.
///
/// A permutation needs no labels: the members of a group are that many results drawn without replacement, and only their sum matters. So a
/// result that was drawn is added and replaced in the urn by the next one, and the largest group, which gets the rest, is not drawn at all.
/// All of an urn stays in the near caches. The sums of a block of permutations make a matrix, whose statistics are one product.
struct LabelShuffle: Sendable {
    private let layout: StratifiedLabels
    private let form: GroupSumForm
    private let seed: UInt64

    /// Permutations whose sums are in one matrix.
    private static let block = 64

    init(_ layout: StratifiedLabels, form: GroupSumForm, seed: UInt64) { (self.layout, self.form, self.seed) = (layout, form, seed) }

    /// How many of the permutations have a statistic of at least `limit`. Each has its own random stream, so the number does not depend on
    /// threads.
    func count(of draws: Int, atLeast limit: Double) -> Int {
        let blocks = (draws + LabelShuffle.block - 1) / LabelShuffle.block
        let work = draws.multipliedReportingOverflow(by: layout.count)
        return Parallel.map(blocks, size: work.overflow ? .max : work.partialValue) { block in
            let first = block * LabelShuffle.block
            let dealings = first..<min(draws, first + LabelShuffle.block)
            let sums = Matrix(rows: layout.groupCount, columns: dealings.count, elements: sums(of: dealings))
            return form.squares(sums).count { $0 >= limit }
        }.reduce(0, +)
    }

    /// The sums of the groups, one permutation after the other.
    func sums(of dealings: Range<Int>) -> [Double] {
        var columns: [Double] = []
        columns.reserveCapacity(layout.groupCount * dealings.count)
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: layout.count) { urn in
            for dealing in dealings {
                // All of it, since drawing has spoilt the last one.
                _ = urn.update(fromContentsOf: layout.values)
                var draws = UrnDraws(stream: RandomStream(seed: seed, stream: UInt64(dealing)))
                var sums = layout.fixedSums
                for stratum in layout.strata {
                    var rest = UnsafeMutableBufferPointer(rebasing: urn[stratum.range])
                    var left = stratum.total
                    for segment in stratum.segments.dropLast() {
                        let sum = draws.sum(of: segment.count, from: &rest)
                        sums[segment.group] += sum
                        left -= sum
                    }
                    if let last = stratum.segments.last { sums[last.group] += left }
                }
                columns += sums.map { Double($0) }
            }
        }
        return columns
    }
}

/// Draws from an urn without replacement.
private struct UrnDraws {
    var stream: RandomStream

    /// Three positions from one random number, while their product leaves its rounding rare.
    private static let mostForThree = 1 << 19

    /// The sum of `count` numbers drawn from the urn, which loses them.
    mutating func sum(of count: Int, from urn: inout UnsafeMutableBufferPointer<Int32>) -> Int64 {
        guard let start = urn.baseAddress else { return 0 }
        var (left, sum, number) = (urn.count, Int64(0), count)
        // Drawn in registers: the generator would otherwise be stored at every step.
        var stream = self.stream
        while number >= 3, left <= UrnDraws.mostForThree {
            let (a, b, c) = stream.indices(below: UInt64(left))
            sum += UrnDraws.take(a, start, left - 1) + UrnDraws.take(b, start, left - 2) + UrnDraws.take(c, start, left - 3)
            (left, number) = (left - 3, number - 3)
        }
        while number > 0 {
            sum += UrnDraws.take(stream.index(below: left), start, left - 1)
            (left, number) = (left - 1, number - 1)
        }
        self.stream = stream
        urn = UnsafeMutableBufferPointer(start: start, count: left)
        return sum
    }

    @inline(__always)
    private static func take(_ position: Int, _ urn: UnsafeMutablePointer<Int32>, _ last: Int) -> Int64 {
        let number = urn[position]
        urn[position] = urn[last]
        return Int64(number)
    }
}

extension RandomStream {
    /// Whole numbers below `bound`, `bound − 1` and `bound − 2`, all combinations equally likely, from one random number.
    ///
    /// Source: Brackett-Rozinsky and Lemire, *Batched ranged random integer generation*, Software: Practice and Experience 55 (2025).
    ///
    /// - Precondition: 3 ≤ bound ≤ 2²¹, so that the product of the three bounds is a 64-bit number.
    @inline(__always)
    mutating func indices(below bound: UInt64) -> (Int, Int, Int) {
        while true {
            let first = next().multipliedFullWidth(by: bound)
            let second = first.low.multipliedFullWidth(by: bound - 1)
            let third = second.low.multipliedFullWidth(by: bound - 2)
            let product = bound * (bound - 1) * (bound - 2)
            if third.low >= product || third.low >= (0 &- product) % product {
                return (Int(first.high), Int(second.high), Int(third.high))
            }
        }
    }
}
