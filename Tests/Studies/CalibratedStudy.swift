import Foundation
import Testing

@testable import Evenhand

/// What knowing judges' scales and noises is worth, and what it costs where they do not differ.
///
/// Entries have a standard deviation of 5, judges' severities of 4, noise of 5 points; each entry meets 5 judges drawn at random. Methods
/// are compared on the same contests; the RMSE is that of the truth about the best line in the results.
@Suite(.serialized, .enabled(if: Studies.areWanted, "long; make test-long")) struct CalibratedStudy {
    static let replicates = 500
    static let places = 24

    /// A kind of contest.
    struct Design: Sendable {
        enum Noise { case normal, heavyTailed }

        let name: String
        var entries = 150
        var judges = 32
        var areUnequal = true
        var noise = Noise.normal
        var mean = 70.0
        var ceiling = Double.infinity
        var decimals = 1
        /// Strong entries meet neighbouring judges.
        var isChain = false

        /// A contest and the truth about its entries, in the order of the sheet.
        func contest(seed: UInt64, replicate: Int) throws -> (sheet: ScoreSheet, merits: [Double]) {
            var stream = RandomStream(seed: seed, stream: UInt64(replicate))
            var merits = (0..<entries).map { _ in 5 * stream.normal() }
            if isChain { merits.sort() }
            let severities = (0..<judges).map { _ in 4 * stream.normal() }
            let scales = (0..<judges).map { _ in areUnequal ? exp(0.35 * stream.normal()) : 1 }
            let noises = (0..<judges).map { _ in areUnequal ? 5 * exp(0.4 * stream.normal()) : 5 }
            let power = pow(10.0, Double(decimals))
            var rows: [ScoreSheet.Row] = []
            for entry in 0..<entries {
                let first = Int((Double(entry) / Double(entries - 1) * Double(judges - 5)).rounded())
                let panel = isChain ? Array(first..<first + 5) : Array(stream.shuffled(Array(0..<judges)).prefix(5))
                for judge in panel {
                    let exact = mean - severities[judge] + scales[judge] * merits[entry] + noises[judge] * error(&stream)
                    let points = (min(exact, ceiling) * power).rounded() / power
                    rows.append(ScoreSheet.Row(entry: "E\(10_000 + entry)", judge: "J\(1000 + judge)", points: points))
                }
            }
            return (try ScoreSheet(rows), merits)
        }

        /// Standard normal, or Student's t of 3 degrees of freedom with variance 1.
        private func error(_ stream: inout RandomStream) -> Double {
            guard noise == .heavyTailed else { return stream.normal() }
            let squares = (0..<3).reduce(0.0) { sum, _ in
                let normal = stream.normal()
                return sum + normal * normal
            }
            return stream.normal() / squares.squareRoot()
        }
    }

    static let methods: [ScoringMethod] = [.mean, .normalized(.centered), .normalized(.zscore), .crossed(), .calibrated]
    /// z-scores as a spreadsheet makes them, from each judge's own mean and SD however few the scores are.
    static let ownScales = methods.count
    static var ownRules: NormalizationRules {
        var rules = NormalizationRules()
        rules.below = .own
        return rules
    }

    /// How near each method comes to the truth in one contest.
    struct Outcome: Sendable {
        var errors: [Double] = []
        var correlations: [Double] = []
        var finalists: [Double] = []
        /// The share of entries whose 90 % interval holds the truth.
        var coverage = 0.0
        var warns = false

        init(_ design: Design, seed: UInt64, replicate: Int) throws {
            let (sheet, merits) = try design.contest(seed: seed, replicate: replicate)
            let truth = Ranks.values(merits)
            let best = Set(merits.indices.sorted { merits[$0] > merits[$1] }.prefix(CalibratedStudy.places))
            for (index, method) in (CalibratedStudy.methods + [.normalized(.zscore)]).enumerated() {
                let rules = index == CalibratedStudy.ownScales ? CalibratedStudy.ownRules : NormalizationRules()
                let results = try EntryResults(of: sheet, by: method, rules: rules)
                errors.append(Outcome.error(of: merits, about: results.values))
                correlations.append(Outcome.correlation(truth, Ranks.values(results.values)))
                let chosen = results.values.indices.sorted { (results.values[$0], $1) > (results.values[$1], $0) }
                finalists.append(Double(best.intersection(chosen.prefix(CalibratedStudy.places)).count))
                if case .calibrated = method, let model = results.model, let errors = model.errors {
                    let inside = merits.indices.count { (results.values[$0] - design.mean - merits[$0]).magnitude < 1.644854 * errors[$0] }
                    coverage = Double(inside) / Double(merits.count)
                }
            }
            warns = WeakestLink(of: sheet, PanelDesign(of: sheet))?.isWeak ?? false
        }

        /// The standard deviation of the truth about the best line in the results.
        private static func error(of truth: [Double], about results: [Double]) -> Double {
            let r = correlation(truth, results)
            let mean = truth.reduce(0, +) / Double(truth.count)
            let squares = truth.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return (squares * (1 - r * r) / Double(truth.count)).squareRoot()
        }

        private static func correlation(_ x: [Double], _ y: [Double]) -> Double {
            let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
            let sums = zip(x, y).reduce(into: (0.0, 0.0, 0.0)) { sums, pair in
                let (a, b) = (pair.0 - meanX, pair.1 - meanY)
                sums = (sums.0 + a * b, sums.1 + a * a, sums.2 + b * b)
            }
            return sums.1 > 0 && sums.2 > 0 ? sums.0 / (sums.1 * sums.2).squareRoot() : 0
        }
    }

    /// The mean of paired differences with its 95 % interval.
    struct Difference {
        let mean: Double
        let half: Double

        init(_ values: [Double]) {
            let count = Double(values.count)
            let mean = values.reduce(0, +) / count
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
            (self.mean, half) = (mean, 1.96 * (variance / count).squareRoot())
        }
    }

    /// All contests of a design.
    struct Results {
        let outcomes: [Outcome]

        init(_ design: Design, seed: UInt64, replicates: Int = CalibratedStudy.replicates) throws {
            outcomes = try Parallel.map(replicates) { replicate in
                Result { try Outcome(design, seed: seed, replicate: replicate) }
            }.map { try $0.get() }
        }

        func mean(_ value: (Outcome) -> Double) -> Double { outcomes.reduce(0) { $0 + value($1) } / Double(outcomes.count) }

        /// By how much the calibrated RMSE is above that of another method, as a share of that.
        func excess(over method: Int) -> Difference {
            let base = mean { $0.errors[method] }
            return Difference(outcomes.map { ($0.errors[4] - $0.errors[method]) / base })
        }

        /// How many more true finalists calibrated finds.
        func gain(over method: Int) -> Difference { Difference(outcomes.map { $0.finalists[4] - $0.finalists[method] }) }

        func gainInCorrelation(over method: Int) -> Difference { Difference(outcomes.map { $0.correlations[4] - $0.correlations[method] }) }

        var coverage: Double { mean(\.coverage) }
        var warnings: Double { mean { $0.warns ? 1 : 0 } }
    }

    private func fixed(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }
    private func share(_ difference: Difference) -> String { "\(fixed(100 * difference.mean, 1)) ± \(fixed(100 * difference.half, 1)) %" }
    private func number(_ difference: Difference, _ decimals: Int) -> String {
        "\(fixed(difference.mean, decimals)) ± \(fixed(difference.half, decimals))"
    }

    private func row(_ design: Design, _ results: Results) -> [String] {
        [design.name] + (0...Self.ownScales).map { method in fixed(results.mean { $0.errors[method] }, 2) }
            + [3, 2, Self.ownScales].map { share(results.excess(over: $0)) }
            + [number(results.gain(over: 3), 2), number(results.gain(over: 2), 2)]
            + [number(results.gainInCorrelation(over: 3), 3), "\(fixed(100 * results.coverage, 1)) %"]
    }

    private static let header =
        ["contest"] + methods.map { "RMSE \($0.name)" }
        + ["RMSE own zscore", "RMSE against crossed", "against zscore", "against own zscore"]
        + ["finalists against crossed", "against zscore", "Spearman against crossed", "coverage"]

    @Test func `equal judges cost next to nothing, unequal ones pay`() throws {
        // Where judges have five scores on average, z-scores that lean on the pool are themselves 9 % better than own ones.
        let designs: [(design: Design, crossed: Double, zscore: Double, own: Double, finalists: Double)] = [
            (Design(name: "150 × 32, equal judges", areUnequal: false), 0.02, .infinity, .infinity, -.infinity),
            (Design(name: "150 × 32"), -0.12, -0.09, -0.09, 0.5),
            (Design(name: "150 × 100", judges: 100), -0.05, -0.07, -0.07, -.infinity),
            (Design(name: "150 × 150", judges: 150), -0.03, -0.10, -0.10, -.infinity),
            (Design(name: "600 × 60", entries: 600, judges: 60), -0.18, -0.12, -0.12, -.infinity),
        ]
        var table: [[String]] = []
        for (index, (design, crossed, zscore, own, finalists)) in designs.enumerated() {
            let results = try Results(design, seed: UInt64(400 + index))
            table.append(row(design, results))
            #expect(results.excess(over: 3).mean <= crossed, "\(design.name)")
            // With 150 judges it is 6.4 % below z-scores that lean on the pool.
            withKnownIssue(isIntermittent: true) {
                #expect(results.excess(over: 2).mean <= zscore, "\(design.name)")
            } when: {
                design.judges == 150
            }
            #expect(results.excess(over: Self.ownScales).mean <= own, "\(design.name)")
            #expect(results.gain(over: 3).mean >= finalists && results.gain(over: 2).mean >= finalists, "\(design.name)")
            #expect((0.88...0.93).contains(results.coverage), "\(design.name)")
            #expect(results.warnings == 0, "\(design.name)")
        }
        Studies.show("Judges drawn at random, \(Self.replicates) contests each", Self.header, table)
    }

    /// The iterative computation, forced where the direct one runs.
    @Test func `without a matrix of all judges results are the same`() throws {
        var table: [[String]] = []
        for (index, (entries, judges)) in [(150, 32), (600, 60), (1_500, 300)].enumerated() {
            let design = Design(name: "\(entries) × \(judges)", entries: entries, judges: judges)
            var (fair, errors) = (0.0, 0.0)
            for replicate in 0..<5 {
                let sheet = try design.contest(seed: UInt64(420 + index), replicate: replicate).sheet
                let direct = try Calibrated(of: sheet, start: nil, by: .direct)
                let iterative = try Calibrated(of: sheet, start: nil, by: .iterative)
                fair = zip(iterative.fairAverages, direct.fairAverages).reduce(fair) {
                    max($0, ($1.0 - $1.1).magnitude / direct.population.scale)
                }
                errors = zip(iterative.fairAverageErrors, direct.fairAverageErrors).reduce(errors) { max($0, ($1.0 / $1.1 - 1).magnitude) }
            }
            table.append([design.name, fixed(fair, 4), "\(fixed(100 * errors, 2)) %"])
            #expect(fair <= 0.02 && errors <= 0.05, "\(design.name)")
        }
        Studies.show("Iterative against direct, largest differences in 5 contests", ["contest", "fair averages", "errors"], table)
    }

    @Test func `thousands of judges are worth as much`() throws {
        let design = Design(name: "10,000 × 2,000", entries: 10_000, judges: 2_000)
        let results = try Results(design, seed: 430, replicates: 5)
        #expect(results.excess(over: 3).mean <= -0.12 && results.excess(over: 2).mean <= -0.09)
        #expect((0.88...0.93).contains(results.coverage))
        Studies.show("2,000 judges, 5 contests", Self.header, [row(design, results)])
    }

    @Test func `what the model does not expect does no harm`() throws {
        let designs = [true, false].flatMap { unequal in
            let name = unequal ? "" : ", equal judges"
            return [
                Design(name: "t₃ noise\(name)", areUnequal: unequal, noise: .heavyTailed),
                Design(name: "ceiling at 100\(name)", areUnequal: unequal, mean: 88, ceiling: 100),
                Design(name: "whole numbers\(name)", areUnequal: unequal, decimals: 0),
            ]
        }
        var table: [[String]] = []
        for (index, design) in designs.enumerated() {
            let results = try Results(design, seed: UInt64(500 + index))
            table.append(row(design, results))
            for other in [0, 1, 3] { #expect(results.excess(over: other).mean <= 0.01, "\(design.name) \(other)") }
            #expect(results.warnings == 0, "\(design.name)")
        }
        Studies.show("Contests unlike the model, 150 × 32, \(Self.replicates) each", Self.header, table)
    }

    /// Taking severities out does harm here, and the design alone says so.
    @Test func `a chain of neighbours is warned of`() throws {
        var table: [[String]] = []
        for (index, unequal) in [false, true].enumerated() {
            let design = Design(name: unequal ? "chain" : "chain, equal judges", areUnequal: unequal, isChain: true)
            let results = try Results(design, seed: UInt64(600 + index), replicates: 100)
            table.append([design.name] + (0..<5).map { method in fixed(results.mean { $0.errors[method] } / 5, 2) })
            #expect(results.warnings == 1, "\(design.name)")
        }
        Studies.show("Strong entries meet neighbouring judges: RMSE in entry SDs", ["contest"] + Self.methods.map(\.name), table)
    }
}

extension Ranks {
    /// Average ranks, 1 for the largest.
    fileprivate static func values(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] > values[$1] }
        return Ranks(order: order.map { Int32($0) }, ties: .average) { values[order[$0]] == values[order[$1]] }.ranks
    }
}
