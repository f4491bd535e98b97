import Evenhand
import Foundation
import Testing

/// Do intervals of agreement cover the truth as often as they say?
///
/// Entries, judges and noise are normal with known variances, scores have one decimal. The truth of ICC(A,1) and of Krippendorff's α
/// (interval) is σ²_entry over all three variances, that of ICC(C,1) leaves judges out; that of the mean Spearman ρ is its expectation in
/// samples of n (Moran 1948).
@Suite(.enabled(if: Studies.areWanted, "long; make test-long")) struct AgreementStudy {
    /// Who scores whom.
    enum Design: String, CaseIterable {
        case complete5 = "24 entries × 5 judges, complete"
        case complete7 = "24 × 7, complete"
        case long = "100 × 5, complete"
        case gaps = "24 × 7, a tenth missing"
        case small = "30 × 9, 3 scores each"
        case large = "150 × 32, 5 scores each"
        case heats = "8 heats of 12 × 5"
        case three = "24 × 3, complete"
        case longThree = "100 × 3, complete"
        case own = "60 entries, 3 judges of their own each"

        /// The judges of each entry, and its heat.
        func panels(_ stream: inout RandomStream) -> [(judges: [Int], heat: Int)] {
            switch self {
            case .complete5: return (0..<24).map { _ in (Array(0..<5), 0) }
            case .complete7: return (0..<24).map { _ in (Array(0..<7), 0) }
            case .long: return (0..<100).map { _ in (Array(0..<5), 0) }
            case .gaps: return (0..<24).map { _ in ((0..<7).filter { _ in stream.uniform() > 0.1 }, 0) }
            case .small: return (0..<30).map { _ in (Array(stream.shuffled(Array(0..<9)).prefix(3)), 0) }
            case .large: return (0..<150).map { _ in (Array(stream.shuffled(Array(0..<32)).prefix(5)), 0) }
            case .heats: return (0..<96).map { entry in ((0..<5).map { entry / 12 * 5 + $0 }, entry / 12) }
            case .three: return (0..<24).map { _ in (Array(0..<3), 0) }
            case .longThree: return (0..<100).map { _ in (Array(0..<3), 0) }
            case .own: return (0..<60).map { entry in ((0..<3).map { 3 * entry + $0 }, 0) }
            }
        }

        var isComplete: Bool { [.complete5, .complete7, .long, .three, .longThree].contains(self) }

        /// The entries that a pair of judges has in common; `nil` where these are so few that ranks are biased.
        var entriesInHeat: Double? {
            switch self {
            case .long, .longThree: 100
            case .heats: 12
            case .gaps, .small, .large, .own: nil
            default: 24
            }
        }
    }

    /// How judges and noise differ.
    enum Kind: String, CaseIterable {
        case alike
        /// Scales and noises with logarithms of SD 0.35 and 0.4.
        case unlike
        /// Noise by Student's t of 3 degrees of freedom.
        case t3 = "t₃ noise"

        /// Mean square of a noise, and mean and mean square of a scale, over those of the median judge.
        var moments: (noise: Double, scale: Double, squaredScale: Double) {
            self == .unlike ? (exp(2 * 0.16), exp(0.35 * 0.35 / 2), exp(2 * 0.35 * 0.35)) : (1, 1, 1)
        }

        func judge(_ stream: inout RandomStream) -> (scale: Double, noise: Double) {
            self == .unlike ? (exp(0.35 * stream.normal()), exp(0.4 * stream.normal())) : (1, 1)
        }

        func error(_ stream: inout RandomStream) -> Double {
            self == .t3 ? stream.normal() / stream.chiSquared(3).squareRoot() : stream.normal()
        }
    }

    /// Variances of entries, judges and noise.
    static let variances: [[Double]] = [[25, 16, 25], [25, 4, 9], [4, 4, 25]]
    static let replicates = 1000

    static func sheet(_ design: Design, _ variances: [Double], _ kind: Kind = .alike, _ stream: inout RandomStream) throws -> ScoreSheet {
        let panels = design.panels(&stream)
        let count = (panels.flatMap(\.judges).max() ?? 0) + 1
        let judges = (0..<count).map { _ in variances[1].squareRoot() * stream.normal() }
        let traits = (0..<count).map { _ in kind.judge(&stream) }
        var rows: [ScoreSheet.Row] = []
        for (entry, panel) in panels.enumerated() {
            let merit = variances[0].squareRoot() * stream.normal()
            for judge in panel.judges {
                let noise = variances[2].squareRoot() * traits[judge].noise * kind.error(&stream)
                let exact = 70 + judges[judge] + traits[judge].scale * merit + noise
                let heat = Heat(stage: nil, name: "H\(panel.heat)")
                rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: (10 * exact).rounded() / 10, heat: heat))
            }
        }
        return try ScoreSheet(rows)
    }

    struct Cover {
        var inside = 0, low = 0, high = 0, count = 0
        var width = 0.0

        mutating func add(_ interval: ClosedRange<Double>?, _ truth: Double) {
            guard let interval else { return }
            count += 1
            width += interval.upperBound - interval.lowerBound
            if interval.contains(truth) { inside += 1 } else if truth < interval.lowerBound { low += 1 } else { high += 1 }
        }
        var share: Double { Double(inside) / Double(max(1, count)) }

        var text: String { String(format: "%.3f (%.2f)", share, width / Double(max(1, count))) }
    }

    /// The judges of Φ ≥ 0.8 may be without end: their mean width says nothing.
    @Test func `intervals cover`() throws {
        var rows: [[String]] = []
        var draws = Generalizability.Draws()
        draws.count = 2000
        for design in Design.allCases where design != .three && design != .longThree && design != .own {
            for (position, variances) in Self.variances.enumerated() {
                let covers = try Self.covers(design, variances, seed: UInt64(100 + position), draws)
                let cells = covers.enumerated().map { column, cover in
                    cover.count == 0 ? "–" : column == 5 ? String(format: "%.3f", cover.share) : cover.text
                }
                rows.append([design.rawValue, variances.map { String(Int($0)) }.joined(separator: ", ")] + cells)
                // Four standard errors of a share of 0.95 below.
                for cover in covers where cover.count > 0 {
                    #expect(cover.share >= 0.91, "\(design.rawValue) \(variances)")
                }
                // Where entries differ little the noise counts for judges and for entries.
                #expect(covers[0].share <= 0.99 && covers[1].share <= 0.99, "\(design.rawValue) \(variances)")
            }
        }
        Studies.show(
            "Share of 95 % intervals that hold the truth (mean width), \(Self.replicates) contests each",
            ["design", "σ² entry, judge, noise", "ICC(A,1)", "ICC(C,1)", "α", "Spearman", "Eρ² of 5", "judges for Φ = 0.8"], rows)
    }

    private static func covers(
        _ design: Design, _ variances: [Double], seed: UInt64, _ draws: Generalizability.Draws
    ) throws -> [Cover] {
        let (p, j, e) = (variances[0], variances[1], variances[2])
        let (agreement, consistency) = (p / (p + j + e), p / (p + e))
        let spearman = design.entriesInHeat.map { n in
            6 / (.pi * (n + 1)) * (asin(consistency) + (n - 2) * asin(consistency / 2))
        }
        var covers = [Cover](repeating: Cover(), count: 6)
        for replicate in 0..<replicates {
            var stream = RandomStream(seed: seed, stream: UInt64(replicate))
            let found = Agreement(of: try sheet(design, variances, .alike, &stream), draws: draws)
            covers[0].add(found.correlations?.correlation(.agreement, isAverage: false)?.interval, agreement)
            covers[1].add(found.correlations?.correlation(.consistency, isAverage: false)?.interval, consistency)
            covers[2].add(found.alphas.first { $0.metric == .interval }?.interval?.range, agreement)
            if let spearman { covers[3].add(found.rankCorrelations.interval?.range, spearman) }
            if design.isComplete { covers[4].add(found.decisions?.row(judges: 5).reliabilityInterval, p / (p + e / 5)) }
            if let size = found.decisions?.panelSize(reaching: 0.8, ofResults: true) {
                let least = Double(size.fewest ?? 1_000_000)
                covers[5].add(least...max(least, Double(size.most ?? 1_000_000)), (4 * (j + e) / p).rounded(.up))
            }
        }
        return covers
    }

    static let contests = 1000

    /// The truth of ICC is of a judge drawn anew: with scales b and noises σ the entries' variance is E(b)² σ²_p, and what is left of a
    /// score's Var(b) σ²_p + E(σ²).
    @Test(arguments: Design.allCases) func `intervals cover when judges are unlike`(design: Design) throws {
        var rows: [[String]] = []
        for kind in Kind.allCases {
            let moments = kind.moments
            let entry = 25 * moments.scale * moments.scale
            let noise = 25 * moments.noise + 25 * moments.squaredScale - entry
            let (consistency, agreement) = (entry / (entry + noise), entry / (entry + noise + 16))
            let intervals = try Parallel.map(Self.contests) { contest in
                Result { () -> [ClosedRange<Double>?] in
                    var stream = RandomStream(seed: 700, stream: UInt64(contest))
                    var draws = Generalizability.Draws()
                    draws.count = 1000
                    let found = Agreement(of: try Self.sheet(design, [25, 16, 25], kind, &stream), draws: draws)
                    func limits(_ all: IntraclassCorrelations?, _ form: IntraclassCorrelation.Form) -> ClosedRange<Double>? {
                        all?.correlation(form, isAverage: false)?.interval
                    }
                    let usual = found.generalizability.map { IntraclassCorrelations(of: $0, draws: draws) }
                    return [
                        limits(found.correlations, .agreement), limits(found.correlations, .consistency),
                        found.decisions?.row(judges: 5).reliabilityInterval, limits(usual, .agreement),
                        limits(usual, .consistency), limits(found.correlations, .oneWay),
                    ]
                }
            }.map { try $0.get() }
            let isShared = design == .complete5 || design == .complete7 || design == .long || design == .three || design == .longThree
            let truths = [agreement, consistency, entry / (entry + noise / 5), agreement, consistency, agreement]
            let covers = truths.indices.map { column in
                intervals.reduce(into: Cover()) { $0.add($1[column], truths[column]) }
            }
            for (column, cover) in covers.enumerated() where cover.count > 0 && column != 3 && column != 4 && (column != 2 || isShared) {
                #expect((0.91...0.995).contains(cover.share), "\(design.rawValue) \(kind) \(column): \(cover.text)")
            }
            rows.append(
                [design.rawValue, kind.rawValue] + covers.enumerated().map { $1.count == 0 || ($0 == 2 && !isShared) ? "–" : $1.text })
        }
        Studies.show(
            "Share of 95 % intervals that hold the truth (mean width), \(Self.contests) contests each",
            ["design", "judges", "ICC(A,1)", "ICC(C,1)", "Eρ² of 5", "ICC(A,1) classical", "ICC(C,1) classical", "ICC(1)"], rows)
    }
}
