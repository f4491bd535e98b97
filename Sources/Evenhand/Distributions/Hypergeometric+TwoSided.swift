extension Hypergeometric {
    /// Counts whose probability is above the observed one by no more than this share count as equally probable.
    private static let tolerance = 1e-7

    /// The probability of all counts that are no more probable than this one: Fisher's two-sided exact p.
    ///
    /// Probabilities are built from the most probable count outward by their ratios, so that they keep their digits however small they are.
    /// Source: R's `fisher.test`, whose tolerance of 10⁻⁷ for equal probabilities it shares.
    ///
    /// - Precondition: the count can occur.
    public func twoSidedP(_ count: Int) -> Double {
        let range = max(0, draws + marked - population)...min(draws, marked)
        precondition(range.contains(count), "\(count) marked items cannot be among \(draws) of \(population) with \(marked) marked")
        let mode = min(range.upperBound, max(range.lowerBound, (draws + 1) * (marked + 1) / (population + 2)))
        var relative = [Double](repeating: 0, count: range.count)
        relative[mode - range.lowerBound] = 1
        for k in stride(from: mode, to: range.upperBound, by: 1) {
            relative[k + 1 - range.lowerBound] = relative[k - range.lowerBound] * ratio(k)
        }
        for k in stride(from: mode, to: range.lowerBound, by: -1) {
            relative[k - 1 - range.lowerBound] = relative[k - range.lowerBound] / ratio(k - 1)
        }
        let limit = relative[count - range.lowerBound] * (1 + Hypergeometric.tolerance)
        // Small terms first: the sum of many tiny ones must not vanish next to a large one.
        let tail = relative.filter { $0 <= limit }.sorted().reduce(0, +)
        return min(1, tail / relative.sorted().reduce(0, +))
    }

    /// P(X = k + 1) / P(X = k).
    private func ratio(_ k: Int) -> Double {
        Double(marked - k) / Double(k + 1) * (Double(draws - k) / Double(population - marked - draws + k + 1))
    }
}
