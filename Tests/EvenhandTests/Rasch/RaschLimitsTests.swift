@testable import Evenhand
import TestSupport
import Testing

/// Where the scores do not determine every measure, and what is done about scales that are not whole categories.
@Suite struct RaschLimitsTests {
    private func rows(_ table: [[Double?]]) -> [ScoreSheet.Row] {
        table.enumerated().flatMap { entry, scores in
            scores.enumerated().compactMap { judge, score in
                score.map { ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: $0) }
            }
        }
    }

    private func fit(_ rows: [ScoreSheet.Row], _ change: (inout RaschModel.Rules) -> Void = { _ in }) throws -> RaschModel {
        var rules = RaschModel.Rules(scale: .ratingScale)
        change(&rules)
        return try RaschModel(of: try ScoreSheet(rows), by: rules)
    }

    private let table: [[Double?]] = [[1, 2, 1], [2, 3, 2], [3, 2, 1], [2, 2, 3], [3, 3, 2], [1, 1, 2]]

    @Test func `an entry with only the best scores is set aside and changes nothing else`() throws {
        let plain = try fit(rows(table))
        let with = try fit(rows(table + [[3, 3, 3], [1, nil, 1]]))
        for element in plain.elements(of: .judge) {
            let other = with.elements(of: .judge)[element.index]
            #expect(isClose(other.measure!, element.measure!, absolute: 1e-9) && other.count > element.count)
        }
        let entries = with.elements(of: .entry)
        #expect(entries[6].standing == .maximum && entries[7].standing == .minimum)
        #expect(entries[6].fullError == nil && entries[6].infit == nil)
        let others = entries[..<6].map { $0.measure! }
        #expect(entries[6].measure! > others.max()! && entries[7].measure! < others.min()!)
        // The expected score is 0.3 inside of the end.
        let (curve, judges) = (with.point.curves(with.ratings)[0]!, with.elements(of: .judge))
        let expected = judges.reduce(0) { $0 + curve.expectation(at: entries[6].measure! - $1.measure!) }
        #expect(isClose(expected, 6 - 0.3, absolute: 1e-9))
        #expect(isClose(with.logLikelihood, plain.logLikelihood, relative: 1e-12))
    }

    /// Of a judge with only the best scores nobody's scores say anything, and of an entry that only this judge saw there are no others.
    @Test func `a marginal likelihood is not that of an entry without other scores`() throws {
        let table: [[Double?]] = [[1, 1, 2], [3, 3, 2], [2, 2, 3], [1, 2, 1], [3, 2, 3], [2, 1, 1]]
        let plain = try fit(rows(table)) { $0.estimation = .mml }
        let generous = ["E0", "E9"].map { ScoreSheet.Row(entry: $0, judge: "J9", points: 3) }
        let with = try fit(rows(table) + generous) { $0.estimation = .mml }
        #expect(with.elements(of: .judge)[3].standing == .maximum && with.elements(of: .entry).count == 7)
        #expect(isClose(with.logLikelihood, plain.logLikelihood, relative: 1e-10))
    }

    @Test func `setting elements aside makes others extreme in turn`() throws {
        // Without E0 nobody has a 3, and E1 has only the best of what is left.
        let model = try fit(rows([[3, 3, 3], [2, 2, 2], [1, 2, 1], [2, 1, 1], [1, 1, 2], [2, 1, 2]]))
        let entries = model.elements(of: .entry)
        #expect(entries[0].standing == .maximum && entries[1].standing == .maximum)
        #expect(model.ratings.reduction.rounds[0][0] == 1 && model.ratings.reduction.rounds[0][1] == 2)
        #expect(model.ratings.reduction.spans == [0...1])
    }

    /// Without E0, whom all gave 3, the judge J3 gave only 1: E0 is measured by J3, too, who has to be measured first.
    @Test func `who was set aside last is measured first`() throws {
        var scores: [[Double?]] = [[3, 3, 3, 3]] + table.map { $0 + [nil] }
        (scores[2][3], scores[3][3]) = (1, 1)
        let model = try fit(rows(scores))
        #expect(model.ratings.reduction.rounds[0][0] == 1 && model.ratings.reduction.rounds[1][3] == 2)
        let (curve, judges) = (model.point.curves(model.ratings)[0]!, model.elements(of: .judge))
        #expect(judges[3].standing == .minimum)
        let measure = try #require(model.elements(of: .entry)[0].measure)
        // Four scores of 0 to 2, of which 0.3 is taken off.
        #expect(isClose(judges.reduce(0) { $0 + curve.expectation(at: measure - $1.measure!) }, 8 - 0.3, absolute: 1e-9))
    }

    @Test func `a category that nobody used has probability 0, and the score equations hold`() throws {
        let model = try fit(rows([[1, 2, 4], [2, 4, 4], [4, 2, 1], [2, 2, 4], [4, 4, 2], [1, 1, 2]]))
        let categories = model.categories
        #expect(categories.map(\.label) == [1, 2, 3, 4] && categories[2].count == 0)
        #expect(categories.map { $0.threshold == nil } == [true, false, true, true])
        #expect(RaschSums(of: model.ratings, at: model.point, hasInformation: false).largestSlope < 1e-10)
    }

    /// Average measures are 0.08, 0.04, 0.50, 0.29 and 0.47: the last is above that of the category below it, and yet below the third.
    @Test func `measures are disordered where any lower category has a higher one`() throws {
        let model = try fit(rows([[3, 3, 4, 5], [2, 4, 4, 1], [4, 5, 2, 4], [5, 5, 4, 1], [5, 3, 3, 3], [2, 2, 2, 5]]))
        let averages = try model.categories.map { try #require($0.averageMeasure) }
        #expect(averages[4] > averages[3] && averages[4] < averages[2])
        #expect(model.categories.map(\.isAverageDisordered) == [false, true, false, true, true])
        #expect(model.categories.map(\.isThresholdDisordered) == [false, false, false, true, false])
    }

    @Test func `a decimal counts as parts of two categories, and the score equations hold`() throws {
        var table = table
        table[0][0] = 1.7
        table[3][2] = 2.5
        let model = try fit(rows(table))
        #expect(model.hasFractions)
        #expect(isClose(model.categories.reduce(0) { $0 + $1.count }, 18, absolute: 1e-12))
        #expect(isClose(model.categories[1].count - Double(table.joined().count { $0 == 2 }), 0.7 + 0.5, absolute: 1e-12))
        for element in model.elements(of: .entry) where element.standing == .measured {
            let own = (0..<model.ratings.count).filter { Int(model.ratings.codes[0][$0]) == element.index }
            let sum = own.reduce(0) { $0 + model.ratings.categories[$1] - model.residuals.expected[$1] }
            #expect(sum.magnitude < 1e-10)
        }
    }

    /// By its definition: the covariance of expectations and B − C − D, over the root of the locations' variance and of the scores' own,
    /// which is that of expectations and the mean of the model's.
    @Test func `the correlation that is expected is the model's`() throws {
        let model = try RaschModel(of: RaschFixture("guilford").sheet, by: RaschModel.Rules(scale: .ratingScale))
        let rows = (0..<model.ratings.count).filter { model.ratings.reduction.isUsed[$0] }
        for element in model.elements(of: .judge) {
            let own = rows.filter { Int(model.ratings.codes[1][$0]) == element.index }
            func mean(_ value: (Int) -> Double) -> Double { own.reduce(0) { $0 + value($1) } / Double(own.count) }
            let (expected, variances) = (model.residuals.expected, model.residuals.variances)
            let locations = (0..<model.ratings.count).map { model.point.location(of: $0, in: model.ratings) }
            let (center, middle) = (mean { expected[$0] }, mean { locations[$0] })
            let shared = mean { (expected[$0] - center) * (locations[$0] - middle) }
            let spread = mean { (expected[$0] - center) * (expected[$0] - center) + variances[$0] }
            let reach = mean { (locations[$0] - middle) * (locations[$0] - middle) }
            #expect(isClose(try #require(element.expectedCorrelation), shared / (spread * reach).squareRoot(), relative: 1e-9))
            #expect(element.expectedCorrelation != element.correlation)
        }
    }

    @Test func `weights count scores in proportion`() throws {
        let sheet = try RaschFixture("guilford").sheet
        var rules = RaschModel.Rules(scale: .ratingScale)
        let plain = try RaschModel(of: sheet, by: rules)
        rules.weights = Dictionary(uniqueKeysWithValues: sheet.criteria.map { ($0, 20.0) })
        let equal = try RaschModel(of: sheet, by: rules)
        let both = zip(plain.elements(of: .entry), equal.elements(of: .entry))
        #expect(both.allSatisfy { isClose($0.measure!, $1.measure!, absolute: 1e-12) })
        #expect(both.allSatisfy { isClose($0.standardError!, $1.standardError!, relative: 1e-9) })
        rules.weights[sheet.criteria[0]] = 60
        let heavy = try RaschModel(of: sheet, by: rules)
        #expect(!isClose(heavy.elements(of: .entry)[0].measure!, plain.elements(of: .entry)[0].measure!, absolute: 1e-3))
        #expect(RaschSums(of: heavy.ratings, at: heavy.point, hasInformation: false).largestSlope < 1e-10)
        let standardized = (0..<heavy.ratings.count).filter { heavy.ratings.reduction.isUsed[$0] }.map { row in
            let residual = heavy.ratings.categories[row] - heavy.residuals.expected[row]
            return heavy.ratings.weights[row] * residual * residual / heavy.residuals.variances[row]
        }
        #expect(isClose(heavy.residualSquares, standardized.reduce(0, +), relative: 1e-12) && heavy.ratings.weights.contains { $0 != 1 })
        // The outfit of a category is the weighted mean of its standardized squares.
        for (k, category) in heavy.categories.enumerated() {
            let own = (0..<heavy.ratings.count).filter { heavy.ratings.reduction.isUsed[$0] && heavy.ratings.categories[$0] == Double(k) }
            let squares = own.map { row in
                let residual = heavy.ratings.categories[row] - heavy.residuals.expected[row]
                return heavy.ratings.weights[row] * residual * residual / heavy.residuals.variances[row]
            }
            let mean = squares.reduce(0, +) / own.reduce(0) { $0 + heavy.ratings.weights[$1] }
            #expect(category.outfit.map { isClose($0, mean, relative: 1e-12) } ?? own.isEmpty)
        }
        rules.weights[sheet.criteria[1]] = nil
        #expect(throws: RaschError.noWeight(criterion: sheet.criteria[1])) { try RaschModel(of: sheet, by: rules) }
    }

    /// By its definition: of residuals r with variance v and fourth moment m, the infit Σwr² / Σwv has the variance q² = Σw²(m − v²) /
    /// (Σwv)², and its cube root is 1 + (z − q/3) q/3.
    @Test func `weights are squared in the variance of infit`() throws {
        let sheet = try RaschFixture("guilford").sheet
        var rules = RaschModel.Rules(scale: .ratingScale)
        rules.weights = Dictionary(uniqueKeysWithValues: sheet.criteria.enumerated().map { ($1, Double(1 + $0)) })
        let model = try RaschModel(of: sheet, by: rules)
        let (weights, variances, fourths) = (model.ratings.weights, model.residuals.variances, model.residuals.fourths)
        let rows = (0..<model.ratings.count).filter { model.ratings.reduction.isUsed[$0] }
        for element in model.elements(of: .judge) {
            let own = rows.filter { Int(model.ratings.codes[1][$0]) == element.index }
            let information = own.reduce(0.0) { $0 + weights[$1] * variances[$1] }
            let spread = own.reduce(0.0) { $0 + weights[$1] * weights[$1] * (fourths[$1] - variances[$1] * variances[$1]) }
            let squares = own.reduce(0.0) { sum, row in
                let residual = model.ratings.categories[row] - model.residuals.expected[row]
                return sum + weights[row] * residual * residual
            }
            let (z, q) = (try #require(element.infit?.z), spread.squareRoot() / information)
            let root = 1 + (z - q / 3) * q / 3
            #expect(isClose(root * root * root, squares / information, relative: 1e-9))
        }
    }

    @Test func `a long scale is refused, and divided on request`() throws {
        let long = rows(table.map { $0.map { $0.map { 20 * $0 + 13 } } })
        for sheet in [try ScoreSheet(long), try ScoreSheet(long).lowestFirst] {
            #expect(throws: RaschError.scaleTooLong(criterion: nil, low: 33, high: 73, categories: 41, most: 21)) {
                try RaschModel(of: sheet, by: RaschModel.Rules(scale: .ratingScale))
            }
        }
        let model = try fit(long) { $0.categories = 3 }
        let plain = try fit(rows(table))
        #expect(model.scales[0].isRescaled && model.categories.map(\.label) == [1, 2, 3])
        #expect(isClose(model.logLikelihood, plain.logLikelihood, relative: 1e-12))
    }

    @Test func `what cannot be told apart is refused with what it is`() throws {
        let two: [[Double?]] = [
            [1, 2, nil, nil], [2, 2, nil, nil], [4, 3, nil, nil], [nil, nil, 1, 2], [nil, nil, 2, 2], [nil, nil, 3, 4],
        ]
        #expect(throws: RaschError.separate(judges: [["J0", "J1"], ["J2", "J3"]])) { try fit(rows(two)) }
        #expect(try fit(rows(two)) { $0.estimation = .mml }.entryVariance != nil)
        #expect(throws: RaschError.nothingLeft) { try fit(rows([[2, 2], [2, 2]])) }
        #expect(throws: RaschError.noCriteria) { try fit(rows(table)) { $0.scale = .partialCredit } }
        #expect(throws: RaschError.noFacet(.criterion)) { try fit(rows(table)) { $0.facets = [.criterion] } }
        // Each judge has a criterion of its own.
        let own = rows(table).map { row in
            ScoreSheet.Row(entry: row.entry, judge: row.judge, points: row.points, criterion: "C" + row.judge.dropFirst())
        }
        #expect(throws: RaschError.confounded(.judge, .criterion)) { try fit(own) }
        #expect(try fit(own) { $0.facets = [.judge] }.facets == [.entry, .judge])
        // The two strong entries beat the two weak ones in every score, although no entry is extreme.
        let split: [[Double?]] = [[4, 3], [3, 4], [1, 2], [2, 1]]
        #expect(throws: RaschError.self) { try fit(rows(split)) }
    }

    @Test func `the order of rows and of names changes nothing`() throws {
        let sheet = try RaschFixture("guilford").sheet
        var stream = RandomStream(seed: 3)
        var order = Array(0..<sheet.count)
        for position in order.indices.dropFirst().reversed() { order.swapAt(position, stream.index(below: position + 1)) }
        let rows = sheet.performances.flatMap { performance in
            performance.rows.map { row in
                ScoreSheet.Row(
                    entry: sheet.entries[Int(performance.entry)], judge: sheet.judges[Int(sheet.judgeCodes[row])],
                    points: sheet.score(at: row), criterion: sheet.criteria[Int(sheet.criterionCodes[row])])
            }
        }
        let (one, other) = (try fit(rows), try fit(order.map { rows[$0] }))
        for facet in RaschModel.Facet.allCases { #expect(one.elements(of: facet) == other.elements(of: facet)) }
    }

    @Test func `places and faults are read with the lowest as the best`() throws {
        let plain = try fit(rows(table))
        let turned = try RaschModel(
            of: try ScoreSheet(rows(table.map { $0.map { $0.map { 4 - $0 } } })).lowestFirst, by: RaschModel.Rules(scale: .ratingScale))
        for (one, other) in zip(plain.elements(of: .entry), turned.elements(of: .entry)) {
            #expect(isClose(one.measure!, other.measure!, absolute: 1e-9))
            #expect(isClose(4 - one.fairAverage!, other.fairAverage!, absolute: 1e-9))
        }
        #expect(turned.categories.map(\.label) == [3, 2, 1])
        // Fewer faults than expected are in favour.
        for (one, other) in zip(plain.interactions(with: .entry), turned.interactions(with: .entry)) {
            #expect(isClose(other.excess, -one.excess, absolute: 1e-9) && isClose(other.size.value, one.size.value, absolute: 1e-8))
        }
        // Steps are counted from the worst, so that more of them than expected are.
        var rules = RaschModel.Rules(scale: .ratingScale)
        rules.categories = 3
        let steps = try RaschModel(of: try ScoreSheet(rows(table.map { $0.map { $0.map { 4 - $0 } } })).lowestFirst, by: rules)
        for (one, other) in zip(plain.interactions(with: .entry), steps.interactions(with: .entry)) {
            #expect(isClose(other.excess, one.excess, absolute: 1e-9))
        }
    }
}
