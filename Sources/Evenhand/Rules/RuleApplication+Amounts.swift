extension RuleApplication {
    /// What an amount is for a number: the first case that fits, an attribute's decimal, or the same for all.
    ///
    /// - Parameter missing: what replaces an attribute without a value; an error when `nil`.
    func number(
        _ amount: ScoringRule.Amount, _ cell: RuleStep.Cell, judges: Int, step: String, missing: Fraction? = nil
    ) throws -> Fraction {
        switch amount {
        case .fixed(let value): return value
        case .attribute(let name): return try self.attribute(name, cell, missing: missing)
        case .cases(let cases):
            let heat = heat(of: cell)
            let location = RuleLocation(
                stage: stage ?? heat?.stage, heat: heat?.name,
                criterion: cell.criterion == Factor.missing ? nil : sheet.criteria[Int(cell.criterion)],
                judge: cell.judge == Factor.missing ? nil : sheet.judges[Int(cell.judge)], judges: judges)
            if let match = cases.first(where: { $0.fits(location) }) {
                return try number(match.amount, cell, judges: judges, step: step, missing: missing)
            }
            let names = [location.stage, location.heat, location.criterion, location.judge].compactMap(\.self)
            throw DesignError.noAmount(step: step, entry: sheet.entries[entry], location: names.joined(separator: ", "))
        }
    }

    /// The heat of a number; of combined ones the only heat that there is.
    private func heat(of cell: RuleStep.Cell) -> Heat? {
        if cell.heat != Factor.missing { return sheet.heats[Int(cell.heat)] }
        return performances.count == 1 ? sheet.heats[Int(sheet.performances[performances[0]].heat)] : nil
    }

    private func attribute(_ name: String, _ cell: RuleStep.Cell, missing: Fraction?) throws -> Fraction {
        let texts: [String]
        if let attribute = sheet.scoreAttributes.first(where: { $0.name == name }) {
            let codes = rows(of: cell).map { attribute.values.codes[$0] }
            texts = Set(codes).subtracting([Factor.missing]).sorted().map { attribute.values.levels[Int($0)] }
        } else if let attribute = sheet.entryAttributes.first(where: { $0.name == name }) {
            texts = [attribute.values[entry]].compactMap(\.self)
        } else {
            throw DesignError.unknownAttribute(name, known: (sheet.scoreAttributes + sheet.entryAttributes).map(\.name))
        }
        let numbers = try texts.map { text in
            guard let number = Fraction(decimal: text) else {
                throw DesignError.noNumber(attribute: name, entry: location(of: cell), text: text)
            }
            return number
        }
        guard let number = numbers.first ?? missing else {
            throw DesignError.noNumber(attribute: name, entry: location(of: cell), text: "")
        }
        guard numbers.allSatisfy({ $0 == number }) else {
            throw DesignError.severalAmounts(attribute: name, entry: location(of: cell), texts: texts)
        }
        return number
    }

    /// The entry, with the heat and the criterion of a number where there are several.
    private func location(of cell: RuleStep.Cell) -> String {
        let heat = sheet.heats.count > 1 ? self.heat(of: cell) : nil
        let criterion = cell.criterion == Factor.missing ? nil : sheet.criteria[Int(cell.criterion)]
        let parts = [heat?.stage, heat?.name, criterion].compactMap(\.self).joined(separator: ", ")
        return sheet.entries[entry] + (parts.isEmpty ? "" : " (\(parts))")
    }

    /// The scores that a number comes from.
    private func rows(of cell: RuleStep.Cell) -> [Int] {
        func agrees(_ code: Int32, _ own: Int32) -> Bool { code == Factor.missing || code == own }
        return performances.map { sheet.performances[$0] }.filter { agrees(cell.heat, $0.heat) }.flatMap { performance in
            performance.rows.filter { row in
                agrees(cell.judge, sheet.judgeCodes[row])
                    && (sheet.criterionCodes.isEmpty || agrees(cell.criterion, sheet.criterionCodes[row]))
            }
        }
    }
}
