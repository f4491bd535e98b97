extension ScoreSheet {
    /// A column of numbers as a covariate: of scores, or of entries or judges.
    ///
    /// - Throws: `DesignError.unknownAttribute`; `DesignError.noNumber` for a score without a number.
    public func covariate(_ name: String) throws(DesignError) -> FacetModel.Covariate {
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
        let numbers = attribute.values.levels.map { Double($0) }
        var values: [Double] = []
        values.reserveCapacity(count)
        for row in units.indices {
            let code = attribute.values.codes[rowOf(row)]
            guard code != Factor.missing, let number = numbers[Int(code)], number.isFinite else {
                let entry = entries[Int(performances[performance(ofRow: row)].entry)]
                throw .noNumber(attribute: name, entry: entry, text: code == Factor.missing ? "" : attribute.values.levels[Int(code)])
            }
            values.append(number)
        }
        return FacetModel.Covariate(name: name, values: values)
    }
}
