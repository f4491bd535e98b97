/// A decision (D) study of a facet model: how reliable results would be with so many judges and items.
///
/// Every entry would meet the same judges and items, drawn anew from their populations. With σ²(p) the variance of entries, the relative
/// error has every component with the entry in it and the absolute error every other one as well, each divided by how often its facets are
/// sampled: σ²(δ) = σ²_pj/n_j + σ²_pi/n_i + σ²_pji/(n_j n_i) + σ²_e/(n_j n_i n_r), σ²(Δ) = σ²(δ) + σ²_j/n_j + σ²_i/n_i + σ²_ji/(n_j n_i).
/// The generalizability coefficient is Eρ² = σ²(p)/(σ²(p) + σ²(δ)), the index of dependability Φ = σ²(p)/(σ²(p) + σ²(Δ)).
///
/// Criteria are fixed: the same ones would be used again. So entries with criteria are part of what is measured, σ²(p) + σ²_pc/n_c, the
/// criteria themselves are no error, and every other component with criteria is divided by n_c. Heats that entries are nested in change
/// the order: entries of different heats are compared.
///
/// Sources: Cronbach, Gleser, Nanda and Rajaratnam, *The Dependability of Behavioral Measurements* (1972); Brennan, *Generalizability
/// Theory* (2001), chapter 4, and section 4.3 for fixed facets.
public struct FacetStudy: Sendable {
    /// What so many judges, items and repetitions give.
    public struct Row: Sendable, Equatable {
        /// The judges of each entry, the items, and the repetitions of each judgement.
        public let judges, items, repetitions: Int
        /// The criteria of each judgement, 1 where totals are judged.
        public let criteria: Int
        /// The variance of what is to be measured, in squared points.
        public let universeVariance: Double
        /// The variance of what changes the order, in squared points.
        public let relativeErrorVariance: Double
        /// The variance of what changes the results, in squared points.
        public let absoluteErrorVariance: Double

        /// The scores of each entry.
        public var scores: Int { judges * items * repetitions * criteria }
        /// Eρ²: would the order repeat? `nil` without any variance.
        public var reliability: Double? { DecisionStudy.share(universeVariance, relativeErrorVariance) }
        /// Φ: would the results repeat? `nil` without any variance.
        public var dependability: Double? { DecisionStudy.share(universeVariance, absoluteErrorVariance) }
    }

    /// The variances.
    public let model: FacetModel
    /// The design of the scores: the judges and the items of an entry on average, and the repetitions of each judgement.
    public let judges, items, repetitions: Int

    /// A study of a model.
    public init(of model: FacetModel) {
        self.model = model
        let sheet = model.sheet
        judges = sheet.meanCount { sheet.judgeCodes[$0] }
        items = sheet.items.isPresent ? sheet.meanCount { sheet.items.codes[$0] } : 1
        repetitions = sheet.repetitionCount
    }

    /// What so many judges and items give, with the same criteria.
    public func row(judges: Int, items: Int, repetitions: Int? = nil) -> Row {
        let (repeats, criteria) = (repetitions ?? self.repetitions, max(1, model.sheet.criteria.count))
        func size(_ facets: Facets) -> Double {
            Double(
                (facets.contains(.judge) ? judges : 1) * (facets.contains(.item) ? items : 1) * (facets.contains(.criterion) ? criteria : 1)
            )
        }
        var (universe, relative, absolute) = (0.0, 0.0, 0.0)
        for component in model.components {
            let variance = component.variance / size(component.facets)
            switch component.facets.subtracting(.criterion) {
            case []: continue
            case .entry: universe += variance
            case let drawn:
                if drawn.contains(.entry) || drawn.contains(.heat) { relative += variance }
                absolute += variance
            }
        }
        let noise = model.residualVariance / (size([.judge, .item, .criterion]) * Double(repeats))
        return Row(
            judges: judges, items: items, repetitions: repeats, criteria: criteria, universeVariance: universe,
            relativeErrorVariance: relative + noise, absoluteErrorVariance: absolute + noise)
    }

    /// The design of the scores, and others around it: one judge more or fewer, ten items more, twice as many of either; of judges and
    /// items as far as there are several.
    public var rows: [Row] {
        let more = [(judges, items), (judges + 1, items), (2 * judges, items), (judges, items + 10), (judges, 2 * items), (1, items)]
        var rows: [Row] = []
        for (judges, items) in more {
            let row = row(judges: judges, items: items)
            let isKnown = (judges == self.judges || model.hasJudges) && (items == self.items || model.sheet.items.isPresent)
            if isKnown, !rows.contains(row) { rows.append(row) }
        }
        return rows
    }
}

extension FacetModel {
    /// Whether there are several judges, so that it is known what another one would add.
    public var hasJudges: Bool { sheet.judges.count > 1 }
}

extension ScoreSheet {
    /// How many different codes the scores of an entry have on average.
    fileprivate func meanCount(_ code: (Int) -> Int32) -> Int {
        let entries = EntryRows(of: self)
        let sum = (0..<entries.count).reduce(0) { sum, entry in
            sum + Set(entries.performances(of: entry).lazy.flatMap { self.performances[Int($0)].rows }.map(code)).count
        }
        return max(1, Int((Double(sum) / Double(entries.count)).rounded()))
    }

    /// How many scores there are on average for each judge, item and criterion that an entry met.
    fileprivate var repetitionCount: Int {
        guard repetitions.isPresent else { return 1 }
        // Scores are in the order of judge and item.
        var cells = 0
        for performance in performances {
            for row in performance.rows {
                let isNew = row == performance.rows.lowerBound || judgeCodes[row] != judgeCodes[row - 1]
                if isNew || items.isPresent && items.codes[row] != items.codes[row - 1] { cells += 1 }
            }
        }
        return max(1, Int((Double(count) / Double(max(1, cells * max(1, criteria.count)))).rounded()))
    }
}
