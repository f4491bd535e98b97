/// The terms of a list whose results are made of several runs: those of each run, and what is made of them.
struct RunTerms: Sendable {
    /// The terms of all runs.
    let terms: [ListTerms.Term]
    /// For each run its terms.
    private let termsOfRun: [Range<Int>]
    /// For each run what it adds whatever its scores are; `nil` for entries that did not start.
    private let offsets: [[Double?]]
    private let combination: RunCombination

    /// - Throws: `FitObstacle.rule` where an entry of the list has no run; what `RuleStage` throws.
    init(_ rule: RunRule, entries: [String]) throws {
        let positions = RunRule.positions(of: entries, in: rule.runs)
        let known = Dictionary(uniqueKeysWithValues: rule.entries.enumerated().map { ($1, $0) })
        let own = entries.compactMap { known[$0] }
        guard own.count == entries.count else { throw FitObstacle.rule }
        combination = rule.combination.selecting(own)
        var (terms, ranges, offsets) = ([ListTerms.Term](), [Range<Int>](), [[Double?]]())
        for (run, linear) in rule.runs.enumerated() {
            let started = entries.indices.filter { positions[run][$0] != nil }
            let stage = try RuleStage(linear, entries: started.map { entries[$0] }, name: rule.names[run])
            let first = terms.count
            terms += stage.terms(weight: 1).map { $0.spread(over: entries.count, from: started) }
            ranges.append(first..<terms.count)
            var own = [Double?](repeating: nil, count: entries.count)
            for (entry, offset) in zip(started, stage.offsets) { own[entry] = offset }
            offsets.append(own)
        }
        (self.terms, termsOfRun, self.offsets) = (terms, ranges, offsets)
    }

    /// The result of an entry from what each term is worth to it.
    func result(of entry: Int, _ worth: (Int) -> Double) -> Double {
        let runs = offsets.indices.compactMap { run in
            offsets[run][entry].map { termsOfRun[run].reduce($0) { $0 + worth($1) } }
        }
        return combination.result(runs, of: entry)
    }
}

extension ListTerms.Term {
    /// The same term for more entries, of which some have no score here: a point is worth nothing to them.
    fileprivate func spread(over count: Int, from entries: [Int]) -> ListTerms.Term {
        var (term, positions, factors) = (self, [Int](repeating: 0, count: count), [Double](repeating: 0, count: count))
        for (index, entry) in entries.enumerated() { (positions[entry], factors[entry]) = (self.positions[index], self.factors[index]) }
        (term.positions, term.factors) = (positions, factors)
        return term
    }
}
