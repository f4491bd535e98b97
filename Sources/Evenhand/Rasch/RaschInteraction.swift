/// How much higher a judge scores one entry, or one criterion, than severity and the entry's measure make expected: FACETS' Table 13.
///
/// The size δ is what has to be added to B − C − D of the scores that the two share so that their sum is as expected. Positive is in
/// favour.
///
/// Source: Linacre, *Many-Facet Rasch Measurement* (1989); Myford and Wolfe, *Detecting and measuring rater effects*, part II, Journal of
/// Applied Measurement 5 (2004).
public struct RaschInteraction: Sendable, Equatable {
    /// The judge.
    public let judge: Int
    /// The facet of the other element.
    public let facet: RaschModel.Facet
    /// The other element.
    public let element: Int
    /// How many scores the two share.
    public let count: Int
    /// Their sum less what is expected, in points, weighted.
    public let excess: Double
    /// δ with its standard error, on count − 1 degrees of freedom.
    public let size: Estimate
    /// Whether all the scores are at one end, so that δ is that of a score `RaschModel.extremeAdjustment` inside of it.
    public let isExtreme: Bool

    /// δ in standard errors.
    public var t: Double { size.value / size.standardError }
    /// The two-sided probability of so large a t; `nil` of a single score.
    public let p: Double?
}

/// A judge's severity on one criterion against that on another: FACETS' Table 14.
public struct RaschContrast: Sendable, Equatable {
    /// The judge.
    public let judge: Int
    /// The criteria.
    public let a, b: Int
    /// The severity on each, with standard errors.
    public let severityA, severityB: Estimate
    /// Severity on `a` less that on `b`, with degrees of freedom by Welch and Satterthwaite; `nil` where a criterion has a single score.
    public let difference: Estimate?
    /// The two-sided probability of so large a difference.
    public var p: Double? {
        difference.map { 2 * StudentT(degreesOfFreedom: $0.degreesOfFreedom).upperTail($0.value.magnitude / $0.standardError) }
    }
}

extension RaschModel {
    /// The interactions of judges with the elements of another facet, by judge; empty without a facet of judges or the other one.
    public func interactions(with facet: Facet) -> [RaschInteraction] {
        guard facet != .judge, let judges = facets.firstIndex(of: .judge), let others = facets.firstIndex(of: facet) else { return [] }
        let rows = (0..<ratings.count).filter { ratings.reduction.isUsed[$0] }
        let order = RadixOrder.ascending(count: rows.count) { position in
            UInt64(UInt32(bitPattern: ratings.codes[judges][rows[position]])) << 32
                | UInt64(UInt32(bitPattern: ratings.codes[others][rows[position]]))
        }
        let curves = point.curves(ratings)
        // A tail of Student's distribution takes as long as everything else of a pair.
        let starts = order.keys.indices.filter { $0 == 0 || order.keys[$0] != order.keys[$0 - 1] }
        return Parallel.map(starts.count, size: 100 * rows.count) { index in
            let end = index + 1 < starts.count ? starts[index + 1] : rows.count
            let own = order.order[starts[index]..<end].map { rows[Int($0)] }
            let key = order.keys[starts[index]]
            return interaction(of: own, judge: Int(key >> 32), facet, Int(key & 0xFFFF_FFFF), curves)
        }
    }

    private func interaction(
        of rows: [Int], judge: Int, _ facet: Facet, _ element: Int, _ curves: [RaschCurve?]
    ) -> RaschInteraction {
        var (observed, expected, top, bottom) = (0.0, 0.0, 0.0, 0.0)
        var isTurned = false
        for row in rows {
            guard let curve = curves[Int(ratings.scaleCodes[row])] else { continue }
            let weight = ratings.weights[row]
            observed += weight * ratings.categories[row]
            expected += weight * residuals.expected[row]
            top += weight * Double(curve.lowest + curve.count - 1)
            bottom += weight * Double(curve.lowest)
            let scale = scales[Int(ratings.scaleCodes[row])]
            isTurned = scale.direction == .lowerIsBetter && !scale.isRescaled
        }
        let isExtreme = observed == top || observed == bottom
        let target =
            observed == top
            ? observed - RaschModel.extremeAdjustment : observed == bottom ? observed + RaschModel.extremeAdjustment : observed
        var probabilities = [Double](repeating: 0, count: RaschScale.mostCategories)
        var (low, high, size, information) = (-100.0, 100.0, 0.0, 0.0)
        var (scale, curve) = (-1, RaschCurve.none)
        for _ in 0..<200 {
            var sum = 0.0
            information = 0
            for row in rows {
                if Int(ratings.scaleCodes[row]) != scale {
                    guard let own = curves[Int(ratings.scaleCodes[row])] else { continue }
                    (scale, curve) = (Int(ratings.scaleCodes[row]), own)
                }
                let moments = curve.moments(at: residuals.locations[row] + size, &probabilities)
                sum += ratings.weights[row] * (Double(curve.lowest) + moments.mean)
                information += ratings.weights[row] * moments.variance
            }
            if sum < target { low = size } else { high = size }
            let step = (target - sum) / information
            if step.magnitude < 1e-12 { break }
            let next = size + step
            size = next > low && next < high ? next : (low + high) / 2
        }
        let estimate = Estimate(value: size, standardError: 1 / information.squareRoot(), degreesOfFreedom: Double(max(1, rows.count - 1)))
        let t = StudentT(degreesOfFreedom: estimate.degreesOfFreedom)
        return RaschInteraction(
            judge: judge, facet: facet, element: element, count: rows.count, excess: isTurned ? expected - observed : observed - expected,
            size: estimate, isExtreme: isExtreme,
            p: rows.count > 1 ? 2 * t.upperTail(estimate.value.magnitude / estimate.standardError) : nil)
    }

    /// Every two criteria of every judge.
    public var contrasts: [RaschContrast] {
        let interactions = Dictionary(grouping: interactions(with: .criterion)) { $0.judge }
        guard let judges = facets.firstIndex(of: .judge) else { return [] }
        var found: [RaschContrast] = []
        for judge in interactions.keys.sorted() {
            let own = interactions[judge] ?? []
            let overall = point.value(of: judge, in: judges)
            for (position, first) in own.enumerated() {
                for second in own[(position + 1)...] {
                    let (a, b) = (first.severity(overall), second.severity(overall))
                    var difference: Estimate?
                    if first.count > 1, second.count > 1 {
                        let variances = [first, second].map { one in
                            (variance: one.size.standardError * one.size.standardError, freedom: Double(one.count - 1))
                        }
                        difference = Estimate(
                            value: a.value - b.value, standardError: (variances[0].variance + variances[1].variance).squareRoot(),
                            degreesOfFreedom: Estimate.freedom(ofSum: variances))
                    }
                    found.append(
                        RaschContrast(
                            judge: judge, a: first.element, b: second.element, severityA: a, severityB: b, difference: difference))
                }
            }
        }
        return found
    }
}

extension RaschInteraction {
    /// The judge's severity with this element alone.
    fileprivate func severity(_ overall: Double) -> Estimate {
        Estimate(value: overall - size.value, standardError: size.standardError, degreesOfFreedom: size.degreesOfFreedom)
    }
}
