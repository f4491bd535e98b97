extension BalancedFacets.Design {
    /// The strata of a sheet; `nil` where scores are not complete and balanced, or terms have other facets.
    ///
    /// - Throws: `FitError.overflow` when sums pass 2¹²⁷.
    init?(_ sheet: ScoreSheet, _ terms: [Facets]) throws(FitError) {
        let sides = [sheet.entries.count, sheet.judges.count, max(1, sheet.criteria.count), max(1, sheet.items.levels.count)]
        let cells = sides.reduce(1) { $0 > 1 << 40 ? $0 : $0 * $1 }
        guard terms.allSatisfy({ !$0.contains(.heat) }), sheet.count % cells == 0, sheet.count > cells || cells > 1 else { return nil }
        let repeats = sheet.count / cells
        var (sums, counts) = ([Double](repeating: 0, count: cells), [Int32](repeating: 0, count: cells))
        var squares = 0.0
        let pivot = sheet.units[0]
        for performance in sheet.performances {
            for row in performance.rows {
                var cell = Int(performance.entry) * sides[1] + Int(sheet.judgeCodes[row])
                cell = cell * sides[2] + (sheet.criterionCodes.isEmpty ? 0 : Int(sheet.criterionCodes[row]))
                cell = cell * sides[3] + (sheet.items.isPresent ? max(0, Int(sheet.items.codes[row])) : 0)
                sums[cell] += sheet.units[row]
                counts[cell] += 1
                squares += (sheet.units[row] - pivot) * (sheet.units[row] - pivot)
            }
        }
        guard counts.allSatisfy({ $0 == repeats }) else { return nil }
        let (perPoint, times) = (sheet.unitsPerPoint, Double(repeats))
        let table = try FactorialSums(cells: sums, levels: sides, unitsPerPoint: perPoint * times, isExact: sheet.isExact)
        var strata: [Stratum] = []
        var pooled = (freedom: 0.0, squares: 0.0)
        for effect in Facets(rawValue: 15).subsets.dropFirst() {
            let freedom = Double(table.degreesOfFreedom(effect))
            guard freedom > 0 else { continue }
            let square = times * table.sumOfSquares(effect)
            if terms.contains(where: { effect.isSubset(of: $0) }) {
                strata.append(Stratum(facets: effect, degreesOfFreedom: freedom, sumOfSquares: max(0, square)))
            } else {
                pooled = (pooled.freedom + freedom, pooled.squares + square)
            }
        }
        if repeats > 1 {
            let between = sums.reduce(0.0) { $0 + ($1 - times * pivot) * ($1 - times * pivot) } / times
            pooled = (pooled.freedom + Double(sheet.count - cells), pooled.squares + max(0, squares - between) / (perPoint * perPoint))
        }
        guard pooled.freedom > 0 else { return nil }
        // No term is inside of the noise's facets.
        strata.append(Stratum(facets: Facets(rawValue: 1 << 20), degreesOfFreedom: pooled.freedom, sumOfSquares: pooled.squares))
        self.init(
            terms: terms, strata: strata,
            sizes: terms.map { term in Double(sheet.count) / term.positions.reduce(1.0) { $0 * Double(sides[$1]) } }, levels: sides,
            scoreCount: Double(sheet.count), mean: table.grandMean,
            means: BalancedFacets.Design.means(sums, sides, terms, perCell: perPoint * times))
    }

    /// The means of the levels of all parts of the terms.
    private static func means(_ sums: [Double], _ sides: [Int], _ terms: [Facets], perCell: Double) -> [Int: [Double]] {
        var means: [Int: [Double]] = [:]
        for part in Set(terms.flatMap(\.subsets)) {
            let count = part.positions.reduce(1) { $0 * sides[$1] }
            var totals = [Double](repeating: 0, count: count)
            for (cell, sum) in sums.enumerated() {
                var (rest, code, scale) = (cell, 0, 1)
                for facet in sides.indices.reversed() {
                    if part.rawValue >> facet & 1 == 1 { (code, scale) = (code + rest % sides[facet] * scale, scale * sides[facet]) }
                    rest /= sides[facet]
                }
                totals[code] += sum
            }
            means[part.rawValue] = totals.map { $0 * Double(count) / Double(sums.count) / perCell }
        }
        return means
    }

    /// The ratios of the analysis of variance, those below 0 at 0.
    var start: [Double] {
        let noise = strata[strata.count - 1]
        let mean = noise.sumOfSquares / noise.degreesOfFreedom
        var variances = [Double](repeating: 0, count: terms.count)
        for term in terms.indices.sorted(by: { terms[$0].positions.count > terms[$1].positions.count }) {
            guard let own = strata.first(where: { $0.facets == terms[term] }) else { continue }
            let larger = terms.indices.reduce(mean) { sum, other in
                other != term && terms[term].isSubset(of: terms[other]) ? sum + sizes[other] * variances[other] : sum
            }
            variances[term] = (own.sumOfSquares / own.degreesOfFreedom - larger) / sizes[term]
        }
        return variances.map { mean > 0 ? max(0, $0) / mean : 1 }
    }
}
