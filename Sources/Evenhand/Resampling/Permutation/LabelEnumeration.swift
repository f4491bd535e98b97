/// The sums of the groups under every different permutation of labels, when there are few enough.
///
/// Each stratum goes through the arrangements of its labels in lexical order, like the wheels of a counter.
struct LabelEnumeration: Sequence {
    /// The number of different permutations.
    let count: Int
    private let layout: StratifiedLabels

    /// `nil` when there are more than `most` permutations.
    init?(_ layout: StratifiedLabels, most: Int) {
        var number = 1
        for stratum in layout.strata {
            var left = stratum.range.count
            for segment in stratum.segments.dropLast() {
                guard let ways = LabelEnumeration.ways(segment.count, of: left, most: most / number) else { return nil }
                number *= ways
                left -= segment.count
            }
        }
        (count, self.layout) = (number, layout)
    }

    /// The ways to choose, or `nil` when there are more than `most`.
    private static func ways(_ chosen: Int, of all: Int, most: Int) -> Int? {
        var ways = 1
        for step in 0..<Swift.min(chosen, all - chosen) {
            let (product, over) = ways.multipliedReportingOverflow(by: all - step)
            if over { return nil }
            // Divides: the product of consecutive numbers.
            ways = product / (step + 1)
            if ways > most { return nil }
        }
        return ways
    }

    func makeIterator() -> Iterator { Iterator(layout) }

    /// One permutation after the other.
    struct Iterator: IteratorProtocol {
        private let layout: StratifiedLabels
        /// The groups of the entries of each stratum, in ascending order at first.
        private var labels: [[Int]]
        private var isDone = false

        init(_ layout: StratifiedLabels) {
            self.layout = layout
            labels = layout.strata.map { stratum in
                stratum.segments.sorted { $0.group < $1.group }.flatMap { [Int](repeating: $0.group, count: $0.count) }
            }
        }

        mutating func next() -> [Int64]? {
            guard !isDone else { return nil }
            var sums = layout.fixedSums
            for (stratum, labels) in zip(layout.strata, labels) {
                for (value, group) in zip(layout.values[stratum.range], labels) { sums[group] += Int64(value) }
            }
            isDone = !labels.indices.contains { Iterator.advance(&labels[$0]) }
            return sums
        }

        /// The next arrangement; from the last one back to the first, with `false`.
        private static func advance(_ labels: inout [Int]) -> Bool {
            guard let fall = labels.indices.dropLast().last(where: { labels[$0] < labels[$0 + 1] }) else {
                labels.reverse()
                return false
            }
            let next = labels.indices.last { labels[$0] > labels[fall] } ?? fall
            labels.swapAt(fall, next)
            labels[(fall + 1)...].reverse()
            return true
        }
    }
}
