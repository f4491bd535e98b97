extension ScoreSheet {
    /// A column as covariates, of scores, or of entries or judges: its numbers; or for a column of groups, one covariate for each group but
    /// the first, whose effect is what its scores have more than those of the first.
    ///
    /// - Throws: `DesignError.unknownAttribute`; `DesignError.noNumber` for a score without a number where others have one, and for one
    ///   without a group; `DesignError.tooFew` of `groups` for a column of one group.
    public func covariates(_ name: String) throws(DesignError) -> [FacetModel.Covariate] {
        let rowOf: (Int) -> Int
        let attribute: Attribute
        if let own = scoreAttributes.first(where: { $0.name == name }) {
            (attribute, rowOf) = (own, { $0 })
        } else if let own = judgeAttributes.first(where: { $0.name == name }) {
            (attribute, rowOf) = (own, { Int(self.judgeCodes[$0]) })
        } else if let own = entryAttributes.first(where: { $0.name == name }) {
            (attribute, rowOf) = (own, { Int(self.performances[self.performance(ofRow: $0)].entry) })
        } else {
            throw .unknownAttribute(name, known: (scoreAttributes + entryAttributes + judgeAttributes).map(\.name))
        }
        let (codes, levels) = (units.indices.map { attribute.values.codes[rowOf($0)] }, attribute.values.levels)
        let met = Set(codes).subtracting([Factor.missing]).sorted()
        let numbers = levels.map { Double($0).flatMap { $0.isFinite ? $0 : nil } }
        let isNumeric = met.contains { numbers[Int($0)] != nil }
        for (row, code) in codes.enumerated() where code == Factor.missing || isNumeric && numbers[Int(code)] == nil {
            let entry = entries[Int(performances[performance(ofRow: row)].entry)]
            throw .noNumber(attribute: name, entry: entry, text: code == Factor.missing ? "" : levels[Int(code)])
        }
        guard met.count > 1 else { throw .constantCovariate(name) }
        if isNumeric { return [FacetModel.Covariate(name: name, values: codes.map { numbers[Int($0)] ?? 0 })] }
        return met.dropFirst().map { group in
            FacetModel.Covariate(
                name: "\(name): \(levels[Int(group)]) − \(levels[Int(met[0])])", values: codes.map { $0 == group ? 1 : 0 })
        }
    }
}

extension FacetModel {
    private static let plurals: [Facets: String] = [
        .entry: "entries", .judge: "judges", .item: "items", .criterion: "criteria", .heat: "heats",
    ]

    /// Refuses fixed effects that cannot be told from each other or from a factor.
    ///
    /// - Parameter fixed: the column of ones, then the covariates.
    static func check(_ fixed: [[Double]], besides terms: [FacetTerms.Term]) throws(DesignError) {
        guard let basis = basis(of: fixed) else {
            throw .tooFew(of: "independent covariates", found: fixed.count - 2, needed: fixed.count - 1)
        }
        if let replaced = terms.first(where: { isSpanned($0, by: basis) }) {
            throw .replacedFacet(plurals[replaced.facets] ?? "levels")
        }
    }

    /// Orthonormal columns that span the same space; `nil` where a column is a combination of those before it.
    private static func basis(of columns: [[Double]]) -> [[Double]]? {
        var found: [[Double]] = []
        for column in columns {
            let (rest, square) = FacetModel.rest(of: column, besides: found)
            guard square > 1e-12 * column.reduce(0, { $0 + $1 * $1 }) else { return nil }
            found.append(rest.map { $0 / square.squareRoot() })
        }
        return found
    }

    /// What orthonormal columns leave of a column, and its sum of squares.
    private static func rest(of column: [Double], besides basis: [[Double]]) -> (rest: [Double], square: Double) {
        var rest = column
        for other in basis {
            let product = zip(rest, other).reduce(0) { $0 + $1.0 * $1.1 }
            for row in rest.indices { rest[row] -= product * other[row] }
        }
        return (rest, rest.reduce(0) { $0 + $1 * $1 })
    }

    /// Whether fixed effects give every level of a factor an effect of its own.
    private static func isSpanned(_ term: FacetTerms.Term, by basis: [[Double]]) -> Bool {
        guard term.levelCount <= basis.count else { return false }
        return (0..<Int32(term.levelCount)).allSatisfy { level in
            let column = term.codes.map { $0 == level ? 1.0 : 0 }
            return FacetModel.rest(of: column, besides: basis).square < 1e-12 * column.reduce(0, +)
        }
    }
}
