/// Kendall's rank correlation.
enum KendallTau {
    /// τ-b = (concordant − discordant pairs) / √(pairs untied in x · pairs untied in y); `nil` where all are tied in one.
    ///
    /// In n log n steps: in the order of x, then y, the discordant pairs are the exchanges that sorting y by merging makes.
    ///
    /// Source: Knight, *A computer method for calculating Kendall's tau with ungrouped data*, Journal of the American Statistical
    /// Association 61 (1966).
    static func b(_ x: [Double], _ y: [Double]) -> Double? {
        let order = x.indices.sorted { (x[$0], y[$0], $0) < (x[$1], y[$1], $1) }
        var sorted = order.map { y[$0] }
        let both = tiedPairs(order) { x[$0] == x[$1] && y[$0] == y[$1] }
        let tiedX = tiedPairs(order) { x[$0] == x[$1] }
        let discordant = exchanges(sorting: &sorted)
        let tiedY = tiedPairs(Array(sorted.indices)) { sorted[$0] == sorted[$1] }
        let all = x.count * (x.count - 1) / 2
        guard tiedX < all, tiedY < all else { return nil }
        let balance = all - tiedX - tiedY + both - 2 * discordant
        return Double(balance) / (Double(all - tiedX) * Double(all - tiedY)).squareRoot()
    }

    /// The pairs within runs of neighbours that are equal.
    private static func tiedPairs(_ order: [Int], _ areEqual: (Int, Int) -> Bool) -> Int {
        var (pairs, run) = (0, 0)
        for (before, after) in zip(order, order.dropFirst()) {
            run = areEqual(before, after) ? run + 1 : 0
            pairs += run
        }
        return pairs
    }

    /// Sorts values and counts the pairs that were in the wrong order.
    private static func exchanges(sorting values: inout [Double]) -> Int {
        var (merged, count, width) = (values, 0, 1)
        while width < values.count {
            for start in stride(from: 0, to: values.count, by: 2 * width) {
                let (middle, stop) = (min(start + width, values.count), min(start + 2 * width, values.count))
                var (left, right) = (start, middle)
                for position in start..<stop {
                    if right == stop || (left < middle && values[left] <= values[right]) {
                        merged[position] = values[left]
                        left += 1
                    } else {
                        merged[position] = values[right]
                        right += 1
                        count += middle - left
                    }
                }
            }
            swap(&values, &merged)
            width *= 2
        }
        return count
    }
}
