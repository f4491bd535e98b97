import LinearAlgebra

extension FacetModel {
    /// An effect of one level: a judge with an item, an entry.
    public struct Effect: Sendable, Equatable {
        /// The index of the entry, where it is part of the level.
        public let entry: Int?
        /// The index of the judge.
        public let judge: Int?
        /// The index of the item.
        public let item: Int?
        /// The index of the criterion.
        public let criterion: Int?
        /// The index of the heat.
        public let heat: Int?
        /// The number of scores.
        public let scores: Int
        /// The prediction, in points.
        public let value: Double
        /// Its standard error: of the prediction from the truth, with what is not known of the mean (Henderson 1975); `nil` where it was
        /// not worked out.
        public let standardError: Double?
    }

    /// The predicted effects of some facets together, in the order of their levels; none where they have no effects, and none of levels
    /// that are anchored.
    ///
    /// - Parameters:
    ///   - facets: whose effects.
    ///   - hasErrors: with standard errors, which take a pass over the inverse of the equations.
    public func effects(_ facets: Facets, hasErrors: Bool = true) -> [Effect] {
        guard let term = components.firstIndex(where: { $0.facets == facets }) else { return [] }
        let (codes, values, errors): ([Int32], [Double], [Double]?)
        switch engine {
        case .sparse(let equations):
            codes = equations.design.terms[term].codes
            let columns = equations.design.columns(of: term)
            values = Array(equations.effects[columns])
            errors = hasErrors ? equations.errors(of: columns, noise: residualVariance) : nil
        case .cells(let equations):
            codes = equations.cells.terms[term].codes
            values = equations.effects(of: term)
            errors = hasErrors ? try? equations.errors(of: term) : nil
        case .balanced(let balanced):
            codes = FacetTerms(of: sheet, wanted: [facets]).terms[0].codes
            values = balanced.effects(of: term)
            errors = hasErrors ? values.map { _ in balanced.error(of: term) } : nil
        }
        var (first, counts) = ([Int](repeating: -1, count: values.count), [Int](repeating: 0, count: values.count))
        for (row, code) in codes.enumerated() where code >= 0 {
            if first[Int(code)] < 0 { first[Int(code)] = row }
            counts[Int(code)] += 1
        }
        return values.indices.map { level in
            let row = first[level]
            let performance = sheet.performances[sheet.performance(ofRow: row)]
            return Effect(
                entry: facets.contains(.entry) ? Int(performance.entry) : nil,
                judge: facets.contains(.judge) ? Int(sheet.judgeCodes[row]) : nil,
                item: facets.contains(.item) ? Int(sheet.items.codes[row]) : nil,
                criterion: facets.contains(.criterion) ? Int(sheet.criterionCodes[row]) : nil,
                heat: facets.contains(.heat) ? Int(performance.heat) : nil, scores: counts[level], value: values[level],
                standardError: errors?[level])
        }
    }

    /// What each entry would have got from the average judge on the average item, in points of which more is better.
    public var fairAverages: [Double] {
        let mean = mean.value
        return effects(.entry, hasErrors: false).map { mean + $0.value }
    }
}

extension FacetEquations {
    /// The fixed effects with their standard errors; the constant is the mean of the population.
    var fixed: [(value: Double, error: Double)] {
        let (first, noise) = (design.randomCount, squares / freedom)
        return design.fixed.indices.map { position in
            var unit = [Double](repeating: 0, count: design.columnCount)
            unit[first + position] = 1
            let variance = factor.solve(unit)[first + position]
            return (effects[first + position] + (position == 0 ? design.center : 0), (noise * variance).squareRoot())
        }
    }

    func errors(of columns: Range<Int>, noise: Double) -> [Double] {
        let inverse = factor.selectedInverse().diagonal
        return columns.map { (noise * max(0, inverse[$0])).squareRoot() * scales[$0] }
    }
}
