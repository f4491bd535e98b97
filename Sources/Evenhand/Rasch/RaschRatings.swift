/// The scores as categories of rating scales, with the elements that each belongs to.
struct RaschRatings: Sendable {
    /// The facets, entries first.
    let facets: [RaschModel.Facet]
    /// The names of the elements of each facet.
    let names: [[String]]
    /// For each facet and score the element.
    let codes: [[Int32]]
    /// The category of each score, counted from 0; between two for a score between them.
    let categories: [Double]
    /// How often each score counts.
    let weights: [Double]
    /// The rating scales.
    let scales: [RaschScale]
    /// The scale of each score.
    let scaleCodes: [Int32]
    /// What is left when extreme elements are set aside.
    let reduction: RaschReduction

    /// The number of scores.
    var count: Int { categories.count }

    /// - Throws: `RaschError`.
    init(of sheet: ScoreSheet, by rules: RaschModel.Rules) throws(RaschError) {
        let hasCriteria = !sheet.criteria.isEmpty
        if rules.facets.contains(.criterion), !hasCriteria { throw .noFacet(.criterion) }
        let usesCriteria = hasCriteria && (rules.facets.isEmpty || rules.facets.contains(.criterion))
        let usesJudges = rules.facets.isEmpty || rules.facets.contains(.judge)
        if rules.scale == .partialCredit, !usesCriteria { throw .noCriteria }
        facets = [.entry] + (usesJudges ? [.judge] : []) + (usesCriteria ? [.criterion] : [])
        var entries = [Int32](repeating: 0, count: sheet.count)
        for performance in sheet.performances { for row in performance.rows { entries[row] = performance.entry } }
        let all: [RaschModel.Facet: (names: [String], codes: [Int32])] = [
            .entry: (sheet.entries, entries), .judge: (sheet.judges, sheet.judgeCodes), .criterion: (sheet.criteria, sheet.criterionCodes),
        ]
        (names, codes) = (facets.map { all[$0]?.names ?? [] }, facets.map { all[$0]?.codes ?? [] })
        let points = sheet.units.indices.map { sheet.points(at: $0) }
        weights = try RaschRatings.weights(of: sheet, rules.weights)
        let isSplit = hasCriteria && (rules.scale == .partialCredit || rules.categories != nil)
        let scaleCount = isSplit ? sheet.criteria.count : 1
        let scaleOfRow = isSplit ? sheet.criterionCodes : [Int32](repeating: 0, count: sheet.count)
        var ranges = [ClosedRange<Double>?](repeating: nil, count: scaleCount)
        for (row, point) in points.enumerated() {
            let known = ranges[Int(scaleOfRow[row])] ?? point...point
            ranges[Int(scaleOfRow[row])] = min(known.lowerBound, point)...max(known.upperBound, point)
        }
        var scales: [RaschScale] = []
        for (position, range) in ranges.enumerated() {
            if let range, isSplit, rules.scale == .ratingScale, range.lowerBound == range.upperBound {
                throw .constantCriterion(sheet.criteria[position])
            }
            scales.append(
                try RaschScale(
                    of: range ?? 0...0, criterion: isSplit ? position : nil, name: isSplit ? sheet.criteria[position] : nil,
                    categories: rules.categories, direction: sheet.direction))
        }
        categories = points.indices.map { row in
            let scale = scales[Int(scaleOfRow[row])]
            let category = scale.category(of: points[row])
            // Division may leave whole numbers a rounding apart from themselves.
            let nearest = category.rounded()
            return (category - nearest).magnitude < 1e-9 ? nearest : category
        }
        // Criteria that were each rescaled have one rating scale all the same, unless steps are asked for each.
        if isSplit, rules.scale == .ratingScale {
            let longest = scales.max { $0.categoryCount < $1.categoryCount } ?? scales[0]
            self.scales = [longest.ofAll]
            scaleCodes = [Int32](repeating: 0, count: sheet.count)
        } else {
            (self.scales, scaleCodes) = (scales, scaleOfRow)
        }
        reduction = try RaschReduction(
            codes: codes, sizes: names.map(\.count), categories: categories, scaleCodes: scaleCodes,
            lengths: self.scales.map(\.categoryCount), weights: weights, keepsFirst: rules.estimation == .mml)
        try requireConnected(keepsFirst: rules.estimation == .mml)
    }

    private static func weights(of sheet: ScoreSheet, _ given: [String: Double]) throws(RaschError) -> [Double] {
        guard !given.isEmpty, !sheet.criteria.isEmpty else { return [Double](repeating: 1, count: sheet.count) }
        var weights: [Double] = []
        for criterion in sheet.criteria {
            guard let weight = given[criterion], weight > 0, weight.isFinite else { throw .noWeight(criterion: criterion) }
            weights.append(weight)
        }
        // A mean of 1, so that errors are those of as many scores as there are.
        let mean = weights.reduce(0, +) / Double(weights.count)
        return sheet.criterionCodes.map { weights[Int($0)] / mean }
    }

    /// Which facets are connected with which by the scores that are used.
    private func requireConnected(keepsFirst: Bool) throws(RaschError) {
        for first in facets.indices.dropLast() where !(keepsFirst && first == 0) {
            for second in first + 1..<facets.count {
                let groups = RaschGroups(
                    codes[first], codes[second], sizes: (names[first].count, names[second].count), isUsed: reduction.isUsed)
                if groups.count < 2 { continue }
                if facets[first] == .entry, facets[second] == .judge { throw .separate(judges: groups.second(names[second])) }
                throw .confounded(facets[first], facets[second])
            }
        }
    }
}

extension RaschScale {
    /// The same scale for all criteria.
    fileprivate var ofAll: RaschScale {
        RaschScale(
            criterion: nil, lowest: lowest, categoryCount: categoryCount, pointsPerCategory: pointsPerCategory, isRescaled: isRescaled,
            direction: direction)
    }
}

/// The connected parts of the graph whose nodes are the elements of two facets and whose edges are scores.
struct RaschGroups {
    /// The number of parts that have a score.
    let count: Int
    private let part: [Int]
    private let offset: Int

    init(_ first: [Int32], _ second: [Int32], sizes: (Int, Int), isUsed: [Bool]) {
        var parent = Array(0..<sizes.0 + sizes.1)
        func root(_ node: Int) -> Int {
            var node = node
            while parent[node] != node {
                parent[node] = parent[parent[node]]
                node = parent[node]
            }
            return node
        }
        var hasScore = [Bool](repeating: false, count: parent.count)
        for row in first.indices where isUsed[row] {
            let (a, b) = (Int(first[row]), sizes.0 + Int(second[row]))
            (hasScore[a], hasScore[b]) = (true, true)
            let (x, y) = (root(a), root(b))
            if x != y { parent[max(x, y)] = min(x, y) }
        }
        let roots = parent.indices.map { hasScore[$0] ? root($0) : -1 }
        (part, offset, count) = (roots, sizes.0, Set(roots.filter { $0 >= 0 }).count)
    }

    /// The elements of the second facet in each part.
    func second(_ names: [String]) -> [[String]] {
        let found = Dictionary(grouping: names.indices.filter { part[offset + $0] >= 0 }) { part[offset + $0] }
        return found.keys.sorted().map { (found[$0] ?? []).map { names[$0] } }
    }
}
