/// What is left of the scores when elements without a finite measure are set aside.
///
/// An element all of whose scores are at the top of their scales has no finite measure, and its scores say nothing about anybody else: they
/// are certain in the limit. Without them the ends of scales may lie closer together, and other elements may be extreme in turn, so this is
/// repeated until nothing changes. The order of elements does not matter, since all that are extreme are set aside at the same time.
struct RaschReduction: Sendable {
    /// For each facet and element whether it has a finite measure.
    private(set) var standings: [[RaschModel.Standing]]
    /// For each facet and element the round in which it was set aside, from 1 on; 0 for one that was not.
    private(set) var rounds: [[Int]]
    /// Which scores determine the parameters.
    private(set) var isUsed: [Bool]
    /// For each scale the categories that the used scores span; `nil` where they have only one.
    private(set) var spans: [ClosedRange<Int>?]
    /// For each scale how often each category is used; a score between two counts as parts of both.
    let counts: [[Double]]

    /// - Parameter keepsFirst: whether elements of the first facet stay, which a distribution makes finite.
    /// - Throws: `RaschError.nothingLeft`.
    init(
        codes: [[Int32]], sizes: [Int], categories: [Double], scaleCodes: [Int32], lengths: [Int], weights: [Double], keepsFirst: Bool
    ) throws(RaschError) {
        standings = sizes.map { Array(repeating: .unmeasured, count: $0) }
        rounds = sizes.map { Array(repeating: 0, count: $0) }
        isUsed = Array(repeating: true, count: categories.count)
        spans = lengths.map { _ in nil }
        var round = 0
        var isChanged = true
        while isChanged {
            round += 1
            isChanged = false
            spans = RaschReduction.spans(categories, scaleCodes, isUsed, lengths.count)
            for row in categories.indices where isUsed[row] && spans[Int(scaleCodes[row])] == nil {
                isUsed[row] = false
                isChanged = true
            }
            var aside = sizes.map { Array(repeating: false, count: $0) }
            for facet in sizes.indices where !(keepsFirst && facet == 0) {
                let found = RaschReduction.standings(codes[facet], sizes[facet], categories, scaleCodes, isUsed, spans)
                for element in found.indices where found[element] == .maximum || found[element] == .minimum {
                    standings[facet][element] = found[element]
                    rounds[facet][element] = round
                    aside[facet][element] = true
                    isChanged = true
                }
            }
            for row in categories.indices where isUsed[row] {
                isUsed[row] = !codes.indices.contains { aside[$0][Int(codes[$0][row])] }
            }
        }
        guard isUsed.contains(true) else { throw .nothingLeft }
        for facet in sizes.indices {
            for row in categories.indices where isUsed[row] { standings[facet][Int(codes[facet][row])] = .measured }
        }
        var counts = lengths.map { [Double](repeating: 0, count: $0) }
        for row in categories.indices where isUsed[row] {
            let (lower, share) = RaschReduction.parts(of: categories[row])
            counts[Int(scaleCodes[row])][lower] += weights[row] * (1 - share)
            if share > 0 { counts[Int(scaleCodes[row])][lower + 1] += weights[row] * share }
        }
        self.counts = counts
    }

    /// The category below a score and its share of the next one: 2.7 is 0.3 of a 2 and 0.7 of a 3.
    static func parts(of category: Double) -> (lower: Int, share: Double) {
        let lower = category.rounded(.down)
        return (Int(lower), category - lower)
    }

    private static func spans(_ categories: [Double], _ scaleCodes: [Int32], _ isUsed: [Bool], _ count: Int) -> [ClosedRange<Int>?] {
        var spans = [ClosedRange<Int>?](repeating: nil, count: count)
        for row in categories.indices where isUsed[row] {
            let (low, high) = (Int(categories[row].rounded(.down)), Int(categories[row].rounded(.up)))
            let known = spans[Int(scaleCodes[row])] ?? low...high
            spans[Int(scaleCodes[row])] = min(known.lowerBound, low)...max(known.upperBound, high)
        }
        return spans.map { span in span.flatMap { $0.count > 1 ? $0 : nil } }
    }

    private static func standings(
        _ codes: [Int32], _ size: Int, _ categories: [Double], _ scaleCodes: [Int32], _ isUsed: [Bool], _ spans: [ClosedRange<Int>?]
    ) -> [RaschModel.Standing] {
        var (isTop, isBottom) = ([Bool](repeating: true, count: size), [Bool](repeating: true, count: size))
        var hasScore = [Bool](repeating: false, count: size)
        for row in codes.indices where isUsed[row] {
            guard let span = spans[Int(scaleCodes[row])] else { continue }
            let element = Int(codes[row])
            hasScore[element] = true
            if categories[row] != Double(span.upperBound) { isTop[element] = false }
            if categories[row] != Double(span.lowerBound) { isBottom[element] = false }
        }
        return (0..<size).map { element in
            !hasScore[element] ? .unmeasured : isTop[element] ? .maximum : isBottom[element] ? .minimum : .measured
        }
    }
}
