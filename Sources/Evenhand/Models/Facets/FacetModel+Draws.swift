extension FacetModel {
    /// Draws from the joint posterior of what all entries are worth, in points.
    ///
    /// An entry is worth the mean of the population plus its own effect: what the average of all comparable judges on all comparable items
    /// would give it. Variances are drawn as well (`RatioPosterior`). For a new panel each result has the chance of new judges, new items
    /// and new noise besides, as many as the entries have now, and shared by the same entries.
    ///
    /// - Parameters:
    ///   - count: how many draws.
    ///   - subject: merit or a new panel; of the same judges this model says nothing, and merit is drawn.
    ///   - seed: of the streams; the same seed gives the same draws.
    /// - Throws: `FitError` when no variances near the estimates have a solution.
    public func draws(_ count: Int, of subject: DrawSubject = .merit, seed: UInt64) throws(FitError) -> PosteriorDraws {
        switch engine {
        case .sparse(let equations):
            let design = equations.design
            let isLarge = design.columnCount > RatioPosterior<FacetEquations>.manyColumns
            let posterior = try RatioPosterior(from: equations, roles, isLarge: isLarge) { ratios throws(FitError) in
                try FacetEquations(design, ratios: ratios)
            }
            return try draws(count, from: posterior, subject, seed)
        case .cells(let equations):
            let cells = equations.cells
            let posterior = try RatioPosterior(from: equations, roles, isLarge: cells.isLarge) { ratios throws(FitError) in
                try CellEquations(cells, ratios: ratios)
            }
            return try draws(count, from: posterior, subject, seed)
        case .balanced(let balanced):
            let design = balanced.design
            let posterior = try RatioPosterior(from: balanced, roles, isLarge: false) { ratios throws(FitError) in
                try BalancedFacets(design, ratios: ratios)
            }
            return try draws(count, from: posterior, subject, seed)
        }
    }

    /// Whether each component is that of the entries.
    private var roles: [Bool] { components.map { $0.facets == .entry } }

    private func draws<Point: RatioPoint>(
        _ count: Int, from posterior: RatioPosterior<Point>, _ subject: DrawSubject, _ seed: UInt64
    ) throws(FitError) -> PosteriorDraws {
        let shares = subject == .newPanel ? errorShares : nil
        let levels = subject == .newPanel ? levelShares(withCommon: false) : []
        var normals: [StructuredNormal] = []
        for (point, _) in posterior.points {
            let extra = shares.map { shares in
                sheet.entries.indices.map { entry in
                    zip(point.ratios, shares.components).reduce(shares.noise[entry]) { $0 + $1.0 * ($1.1.isEmpty ? 0 : $1.1[entry]) }
                }
            }
            let normal = try point.merits(extra: extra ?? sheet.entries.map { _ in 0 })
            normals.append(normal.adding(levels.map { (weight: point.ratios[$0.component].squareRoot(), shares: $0.shares) }))
        }
        let plan = PosteriorDraws.plan(count, weights: posterior.points.map(\.weight))
        let drawn = normals
        return PosteriorDraws(entryCount: sheet.entries.count, blockSizes: plan.map(\.size)) { block in
            var stream = RandomStream(seed: seed, stream: UInt64(block))
            return drawn[plan[block].point].draws(plan[block].size, from: &stream)
        }
    }

    /// How often the variance of each component, and of the noise, is in the error of each entry's mean that its rivals do not share: the
    /// sum of the squared shares of its levels; none for components without entries, and for the entries' own.
    var errorShares: (components: [[Double]], noise: [Double]) {
        let weights = sheet.resultWeights
        let shares = components.map { component -> [Double] in
            guard component.facets.contains(.entry), component.facets != .entry else { return [] }
            let term = FacetTerms(of: sheet, wanted: [component.facets]).terms[0]
            var (sizes, owner) = ([Double](repeating: 0, count: term.levelCount), [Int](repeating: 0, count: term.levelCount))
            for performance in sheet.performances {
                for row in performance.rows {
                    sizes[Int(term.codes[row])] += weights[row]
                    owner[Int(term.codes[row])] = Int(performance.entry)
                }
            }
            var sums = [Double](repeating: 0, count: sheet.entries.count)
            for (size, entry) in zip(sizes, owner) { sums[entry] += size * size }
            return sums
        }
        var noise = [Double](repeating: 0, count: sheet.entries.count)
        for performance in sheet.performances {
            for row in performance.rows { noise[Int(performance.entry)] += weights[row] * weights[row] }
        }
        return (shares, noise)
    }

    /// The components without entries whose levels entries do not share alike, other judges, other items; and on request those that all
    /// share.
    private func levelShares(withCommon: Bool) -> [(component: Int, shares: LevelShares)] {
        if case .balanced = engine, !withCommon { return [] }
        return components.enumerated().compactMap { position, component in
            guard !component.facets.contains(.entry), component.variance > 0 else { return nil }
            let shares = LevelShares(of: sheet, component.facets)
            return shares.areCommon && !withCommon ? nil : (position, shares)
        }
    }

    /// What tells the errors of two entries' means apart.
    ///
    /// - Parameter factors: those of a rule; where they differ, what all entries share does not cancel out.
    func entryErrors(factors: [Double] = [1]) -> EntryErrors {
        let shared = levelShares(withCommon: factors.contains { $0 != factors[0] })
        return EntryErrors(own: relativeErrorVariances, shared: shared.map { (components[$0.component].variance, $0.shares) })
    }

    /// The errors of entries' means: each entry's own, and what entries share or do not.
    struct EntryErrors: Sendable {
        /// The variance of the error that an entry shares with no other, in squared points.
        let own: [Double]
        /// The variances of components that other entries share in part.
        let shared: [(variance: Double, shares: LevelShares)]

        /// The variance of the error of f x̄ − g x̄′.
        func variance(ofDifference a: Int, _ b: Int, factors f: Double, _ g: Double) -> Double {
            shared.reduce(f * f * own[a] + g * g * own[b]) { $0 + $1.variance * $1.shares.squaredDifference(a, b, factors: f, g) }
        }
    }

    /// The variance of the error of each entry's mean that its rivals do not share, in squared points.
    var relativeErrorVariances: [Double] {
        let shares = errorShares
        return sheet.entries.indices.map { entry in
            zip(components, shares.components).reduce(residualVariance * shares.noise[entry]) {
                $0 + ($1.1.isEmpty ? 0 : $1.0.variance * $1.1[entry])
            }
        }
    }
}
