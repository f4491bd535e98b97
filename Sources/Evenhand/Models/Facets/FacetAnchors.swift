import LinearAlgebra

extension FacetModel {
    /// An effect of a judge or an item that is known, from last year: it is taken out of the scores as it is.
    ///
    /// The effects of the other judges and items are drawn around 0, so that values are those of a scale whose average judge and item
    /// have 0.
    public struct Anchor: Sendable, Equatable {
        /// The judge or the item.
        public let facets: Facets
        /// Its name.
        public let level: String
        /// Its effect in points, on the scale that is computed with, on which more is better: negative of a severe judge or a hard item.
        public let value: Double
        /// The standard error of the value, 0 where it counts as known.
        public let standardError: Double

        /// - Precondition: the facet is the judge or the item, the value is finite and the standard error is not negative.
        public init(of facets: Facets, _ level: String, value: Double, standardError: Double = 0) {
            precondition(facets == .judge || facets == .item, "judges and items have anchors")
            precondition(value.isFinite && standardError >= 0, "an effect of \(value) ± \(standardError)")
            (self.facets, self.level, self.value, self.standardError) = (facets, level, value, standardError)
        }
    }

    /// How far an anchored judge or item is from its anchor in these scores.
    ///
    /// With z the column of its scores, δ = zᵀPy / zᵀPz is the generalised least squares estimate of what has to be added to the anchor,
    /// all other anchors and the variances given; its variance is σ² / zᵀP̃z plus that of the anchor.
    public struct Drift: Sendable, Equatable {
        /// What was fixed.
        public let anchor: Anchor
        /// The scores of the judge or the item.
        public let scores: Int
        /// The effect less the anchor, in points of which more is better.
        public let estimate: Estimate
        /// The chance of so large a drift either way without one, by the normal distribution.
        public let pValue: Double
        /// The same among all anchors (Benjamini and Hochberg).
        public let adjustedPValue: Double
    }

    /// The anchors whose judges and items have scores, and the level of each in the scores.
    struct AnchoredLevels: Sendable {
        let anchors: [Anchor]
        private let codes: [Int32]

        init(_ anchors: [Anchor], of sheet: ScoreSheet) {
            let codesOfNames: [Facets: [String: Int32]] = [
                .judge: AnchoredLevels.codes(ofNames: sheet.judges), .item: AnchoredLevels.codes(ofNames: sheet.items.levels),
            ]
            let known = anchors.compactMap { anchor in codesOfNames[anchor.facets]?[anchor.level].map { (anchor, $0) } }
            (self.anchors, codes) = (known.map(\.0), known.map(\.1))
        }

        private static func codes(ofNames names: [String]) -> [String: Int32] {
            Dictionary(names.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
        }

        func codes(of facets: Facets) -> Set<Int32> { Set(zip(anchors, codes).filter { $0.0.facets == facets }.map(\.1)) }

        /// The sum of the anchors of each score.
        func offsets(_ sheet: ScoreSheet) -> [Double] {
            var offsets = [Double](repeating: 0, count: sheet.count)
            for (anchor, code) in zip(anchors, codes) {
                for row in rows(anchor.facets, code, sheet) { offsets[row] += anchor.value }
            }
            return offsets
        }

        /// The scores of an anchor.
        func rows(_ position: Int, _ sheet: ScoreSheet) -> [Int] { rows(anchors[position].facets, codes[position], sheet) }

        private func rows(_ facets: Facets, _ code: Int32, _ sheet: ScoreSheet) -> [Int] {
            let levels = facets == .judge ? sheet.judgeCodes : sheet.items.codes
            return levels.indices.filter { levels[$0] == code }
        }
    }

    /// The drift of each anchor, by what P̃ makes of a column of scores: zᵀP̃y and zᵀP̃z.
    static func drifts(
        _ anchored: AnchoredLevels, _ sheet: ScoreSheet, noise: Double, _ project: ([Int]) -> (score: Double, weight: Double)
    ) -> [Drift] {
        var found: [(anchor: Anchor, scores: Int, estimate: Estimate, pValue: Double)] = []
        for (position, anchor) in anchored.anchors.enumerated() {
            let rows = anchored.rows(position, sheet)
            let (score, weight) = project(rows)
            // The only judge's drift is that of the mean.
            guard weight > 1e-9 * Double(rows.count) else { continue }
            let error = (noise / weight + anchor.standardError * anchor.standardError).squareRoot()
            let drift = Estimate(value: score / weight, standardError: error)
            found.append((anchor, rows.count, drift, 2 * NormalDistribution.standard.upperTail((drift.value / error).magnitude)))
        }
        let adjusted = PAdjustment.bh.adjusted(found.map(\.pValue))
        return zip(found, adjusted).map { own, adjusted in
            Drift(
                anchor: own.anchor, scores: own.scores, estimate: own.estimate, pValue: own.pValue, adjustedPValue: adjusted ?? own.pValue)
        }
    }
}

extension FacetTerms.Term {
    /// The term without some levels: their scores have none. `nil` when none is left.
    func without(_ levels: Set<Int32>) -> FacetTerms.Term? {
        guard !levels.isEmpty else { return self }
        var (newCodes, next) = ([Int32](repeating: -1, count: levelCount), Int32(0))
        for level in newCodes.indices where !levels.contains(Int32(level)) {
            newCodes[level] = next
            next += 1
        }
        guard next > 0 else { return nil }
        return FacetTerms.Term(facets: facets, codes: codes.map { newCodes[Int($0)] }, levelCount: Int(next))
    }

    /// Whether every score has a level.
    var isWhole: Bool { !codes.contains(-1) }
}

extension FacetEquations {
    /// zᵀP̃y and zᵀP̃z for the column z of some scores.
    func projection(of rows: [Int]) -> (score: Double, weight: Double) {
        let rest = design.residuals(effects)
        var met = [Double](repeating: 0, count: design.columnCount)
        for (term, offset) in zip(design.terms, design.offsets) {
            for row in rows where term.codes[row] >= 0 { met[offset + Int(term.codes[row])] += 1 }
        }
        for (position, column) in design.fixed.enumerated() {
            met[design.randomCount + position] = rows.reduce(0) { $0 + column[$1] }
        }
        for column in met.indices { met[column] *= scales[column] }
        let explained = zip(met, factor.solve(met)).reduce(0) { $0 + $1.0 * $1.1 }
        return (rows.reduce(0) { $0 + rest[$1] }, Double(rows.count) - explained)
    }
}
