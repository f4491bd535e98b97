/// What the intervals cover on the user's own design, by simulation: contests are made from the fitted model with the same entries, judges
/// and decimals, and judged again.
public struct CoverageCheck: Sendable, Equatable {
    /// How many contests were made.
    public private(set) var contests = 0
    /// How many of them could not be fitted.
    public private(set) var failures = 0
    /// Rank intervals of 50 % that contained the true rank, among all.
    public private(set) var held50 = Share()
    /// Those of 90 %.
    public private(set) var held90 = Share()
    /// Those of 90 % of the entry that led.
    public private(set) var heldWinner = Share()
    /// Those of 90 % of the entries three places or less from the cut.
    public private(set) var heldNearCut = Share()
    /// Statements "in" and "out" that were true.
    public private(set) var trueStatements = Share()
    /// Sets of 95 % that contained all of the true best.
    public private(set) var bestSets = Share()
    /// The mean number of entries of these sets.
    public private(set) var meanSetSize = 0.0
    /// The mean width of the intervals of 90 %, in ranks.
    public private(set) var meanWidth = 0.0

    /// A number of cases among all.
    public struct Share: Sendable, Equatable {
        /// The cases.
        public var count = 0
        /// All.
        public var total = 0

        /// `count` / `total`; `nil` for none.
        public var value: Double? { total == 0 ? nil : Double(count) / Double(total) }

        mutating func add(_ isCase: Bool) { (count, total) = (count + (isCase ? 1 : 0), total + 1) }

        mutating func add(_ other: Share) { (count, total) = (count + other.count, total + other.total) }
    }

    /// Contests that determine a share of 0.9 to about 0.01.
    public static let usualContests = 200
    private static let draws = 1000

    /// Makes contests like the one that was fitted.
    ///
    /// - Parameters:
    ///   - term: the model of the ranked stage.
    ///   - heatMeans: whether a heat's effect is merit.
    ///   - places: the k of the cut.
    ///   - contests: how many.
    ///   - seed: of the streams.
    ///   - progress: called after each contest with the number so far.
    public init(
        of term: MeritModel.Term, heatMeans: CrossedEffects.HeatMeans, places: Int, contests: Int = usualContests, seed: UInt64,
        progress: @escaping @Sendable () -> Void = {}
    ) {
        let truth = SimulatedScores(term, heatMeans: heatMeans)
        let checks = Parallel.map(contests) { index in
            defer { progress() }
            return CoverageCheck(contest: truth.contest(RandomStream(seed: seed, stream: UInt64(index))), truth, places, seed: seed)
        }
        for check in checks { add(check) }
        let fitted = Double(max(1, contests - failures))
        (meanSetSize, meanWidth) = (meanSetSize / fitted, meanWidth / fitted)
    }

    /// Nothing was checked yet.
    static let empty = CoverageCheck()

    private init() {}

    private init(contest: SimulatedScores.Contest, _ truth: SimulatedScores, _ places: Int, seed: UInt64) {
        contests = 1
        guard let term = try? truth.term.refitted(to: contest.sheet),
            let draws = try? term.draws(CoverageCheck.draws, of: .merit, seed: seed, heatMeans: truth.heatMeans),
            let ranks = try? RankUncertainty(of: draws, places: places)
        else {
            failures = 1
            return
        }
        add(ranks, merits: contest.merits, fair: term.fairAverages(truth.heatMeans), places: places)
    }

    /// Compares the ranks of draws with true merits.
    ///
    /// - Parameter fair: the estimates, by which entries lead or are near the cut.
    mutating func add(_ ranks: RankUncertainty, merits: [Double], fair: [Double], places: Int) {
        func ranked(_ values: [Double]) -> [Int] {
            var ranks = [Int](repeating: 0, count: values.count)
            for (position, entry) in values.indices.sorted(by: { (values[$0], $1) > (values[$1], $0) }).enumerated() {
                ranks[entry] = position + 1
            }
            return ranks
        }
        let (actual, seen) = (ranked(merits), ranked(fair))
        let (half, wide, bands) = (ranks.intervals(level: 0.5), ranks.intervals(level: 0.9), ranks.bands)
        var width = 0.0
        for entry in merits.indices {
            let isHeld = wide[entry].contains(actual[entry])
            held90.add(isHeld)
            held50.add(half[entry].contains(actual[entry]))
            width += Double(wide[entry].count - 1)
            if seen[entry] == 1 { heldWinner.add(isHeld) }
            if (places - 3...places + 3).contains(seen[entry]) { heldNearCut.add(isHeld) }
            switch bands[entry] {
            case .inside: trueStatements.add(actual[entry] <= places)
            case .outside: trueStatements.add(actual[entry] > places)
            case .open: break
            }
        }
        let set = Set(ranks.bestSet(level: 0.95))
        bestSets.add(merits.indices.allSatisfy { actual[$0] > places || set.contains($0) })
        meanSetSize += Double(set.count)
        meanWidth += width / Double(max(1, merits.count))
    }

    mutating func add(_ other: CoverageCheck) {
        (contests, failures) = (contests + other.contests, failures + other.failures)
        held50.add(other.held50)
        held90.add(other.held90)
        heldWinner.add(other.heldWinner)
        heldNearCut.add(other.heldNearCut)
        trueStatements.add(other.trueStatements)
        bestSets.add(other.bestSets)
        (meanSetSize, meanWidth) = (meanSetSize + other.meanSetSize, meanWidth + other.meanWidth)
    }
}
