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
