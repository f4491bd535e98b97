/// Components of complete tables, and of entries with judges of their own.
extension Generalizability {
    /// p × j.
    static func complete(_ sheet: ScoreSheet) throws(FitError) -> Generalizability {
        let levels = [sheet.entries.count, sheet.judges.count]
        let sums = try sheet.factorialSums(levels) { row, first in row - first }
        return Generalizability(design: .crossed, sums, effects: [[.entry], [.judge], [[.entry, .judge]]])
    }

    /// p × j × c, or p × (j : c) when every judge has one criterion.
    static func withCriteria(_ sheet: ScoreSheet) throws -> Generalizability {
        let (entries, judges, criteria) = (sheet.entries.count, sheet.judges.count, sheet.criteria.count)
        if sheet.count == entries * judges * criteria, sheet.performances.count == entries {
            let sums = try sheet.factorialSums([entries, judges, criteria]) { row, first in row - first }
            return Generalizability(
                design: .crossedWithCriteria, sums,
                effects: [
                    [.entry], [.judge], [.criterion], [[.entry, .judge]], [[.entry, .criterion]], [[.judge, .criterion]],
                    [[.entry, .judge, .criterion]],
                ])
        }
        guard sheet.count == entries * judges, sheet.performances.count == entries, judges % criteria == 0,
            let seats = sheet.seatsInCriteria(judges / criteria)
        else { throw DesignError.incompleteTable(scores: sheet.count, cells: entries * judges * criteria) }
        let sums = try sheet.factorialSums([entries, judges / criteria, criteria]) { row, _ in seats[Int(sheet.judgeCodes[row])] }
        return Generalizability(
            design: .judgesInCriteria, sums,
            effects: [
                [.entry], [.criterion], [.judge, [.judge, .criterion]], [[.entry, .criterion]],
                [[.entry, .judge], [.entry, .judge, .criterion]],
            ])
    }

    /// Components of a complete table; each effect adds up the interactions that cannot be told apart, and is named by the last of them.
    private init(design: Design, _ sums: FactorialSums, effects: [[Facets]]) {
        let cells = Double(sums.levels.reduce(1, *))
        let names = effects.map { $0.reduce(Facets()) { $0.union($1) } }
        let squares = effects.enumerated().map { position, parts in
            let freedom = Double(parts.reduce(0) { $0 + sums.degreesOfFreedom($1) })
            let expected = names.map { later in
                later.isSuperset(of: names[position]) ? cells / Double(later.positions.reduce(1) { $0 * sums.levels[$1] }) : 0
            }
            return VarianceComponent.MeanSquare(
                facets: names[position], value: parts.reduce(0) { $0 + sums.sumOfSquares($1) } / freedom, degreesOfFreedom: freedom,
                expected: expected)
        }
        self.init(
            design: design, components: VarianceComponent.all(squares), mean: sums.grandMean, entryCount: sums.levels[0],
            judgesPerEntry: Double(sums.levels[1]), criterionCount: sums.levels.count > 2 ? sums.levels[2] : 1)
    }

    /// j : p. With unequal panels, the means of entries count alike (Thomas and Hultquist 1978): k is the harmonic mean of their sizes, and
    /// the mean square between entries is k times the variance of their means.
    init(nested sheet: ScoreSheet) throws {
        let entries = EntryRows(of: sheet)
        let scores = (0..<entries.count).map { entry in
            entries.performances(of: entry).flatMap { sheet.performances[Int($0)].rows.map { sheet.units[$0] } }
        }
        guard sheet.count > scores.count else { throw DesignError.tooFew(of: "scores", found: sheet.count, needed: scores.count + 1) }
        let sizes = scores.map { Double($0.count) }
        let size = Double(sizes.count) / sizes.reduce(0) { $0 + 1 / $1 }
        let moments = try scores.map { group throws(FitError) in
            sheet.isExact ? try Moments(ofUnits: group, unitsPerPoint: sheet.unitsPerPoint) : Moments(of: group)
        }
        let means = Moments(of: moments.compactMap(\.mean))
        let within = Double(sheet.count - scores.count)
        let squares = [
            VarianceComponent.MeanSquare(
                facets: .entry, value: size * means.sumOfSquares / Double(scores.count - 1), degreesOfFreedom: Double(scores.count - 1),
                expected: [size, 1]),
            VarianceComponent.MeanSquare(
                facets: [.entry, .judge], value: moments.reduce(0) { $0 + $1.sumOfSquares } / within, degreesOfFreedom: within,
                expected: [0, 1]),
        ]
        self.init(
            design: .nestedJudges, components: VarianceComponent.all(squares), mean: means.mean ?? 0, entryCount: scores.count,
            judgesPerEntry: size)
    }
}

extension ScoreSheet {
    /// The sums of a complete table of one performance for each entry; `position` is the cell of a row inside its entry, given its first
    /// row, with criteria fastest.
    fileprivate func factorialSums(_ levels: [Int], _ position: (Int, Int) -> Int) throws(FitError) -> FactorialSums {
        let size = levels.dropFirst().reduce(1, *)
        var cells = [Double](repeating: 0, count: levels[0] * size)
        for performance in performances {
            for row in performance.rows { cells[Int(performance.entry) * size + position(row, performance.rows.lowerBound)] = units[row] }
        }
        return try FactorialSums(cells: cells, levels: levels, unitsPerPoint: unitsPerPoint, isExact: isExact)
    }

    /// The cell of each judge inside an entry when every judge has one criterion and every criterion `count` judges; `nil` otherwise.
    fileprivate func seatsInCriteria(_ count: Int) -> [Int]? {
        var criterionOfJudge = [Int32](repeating: -1, count: judges.count)
        for (judge, criterion) in zip(judgeCodes, criterionCodes) {
            let known = criterionOfJudge[Int(judge)]
            guard known < 0 || known == criterion else { return nil }
            criterionOfJudge[Int(judge)] = criterion
        }
        var (taken, seats) = ([Int](repeating: 0, count: criteria.count), [Int]())
        for criterion in criterionOfJudge {
            seats.append(taken[Int(criterion)] * criteria.count + Int(criterion))
            taken[Int(criterion)] += 1
        }
        return taken.allSatisfy { $0 == count } ? seats : nil
    }
}
