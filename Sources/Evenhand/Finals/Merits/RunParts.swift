/// The parts of a list whose results are made of several runs: those of each run, and what is made of them.
struct RunParts: Sendable {
    /// The parts of all runs.
    let parts: [ListParts.Part]
    /// For each run its parts.
    private let partsOfRun: [Range<Int>]
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
        var (parts, ranges, offsets) = ([ListParts.Part](), [Range<Int>](), [[Double?]]())
        for (run, linear) in rule.runs.enumerated() {
            let started = entries.indices.filter { positions[run][$0] != nil }
            let stage = try RuleStage(linear, entries: started.map { entries[$0] }, name: rule.names[run])
            let first = parts.count
            parts += stage.parts(weight: 1).map { $0.spread(over: entries.count, from: started) }
            ranges.append(first..<parts.count)
            var own = [Double?](repeating: nil, count: entries.count)
            for (entry, offset) in zip(started, stage.offsets) { own[entry] = offset }
            offsets.append(own)
        }
        (self.parts, partsOfRun, self.offsets) = (parts, ranges, offsets)
    }

    /// The result of an entry from what each part is worth to it.
    func result(of entry: Int, _ worth: (Int) -> Double) -> Double {
        let runs = offsets.indices.compactMap { run in
            offsets[run][entry].map { partsOfRun[run].reduce($0) { $0 + worth($1) } }
        }
        return combination.result(runs, of: entry)
    }
}

extension ListParts.Part {
    /// The same part for more entries, of which some have no score here: a point is worth nothing to them.
    fileprivate func spread(over count: Int, from entries: [Int]) -> ListParts.Part {
        var (part, positions, factors) = (self, [Int](repeating: 0, count: count), [Double](repeating: 0, count: count))
        for (index, entry) in entries.enumerated() { (positions[entry], factors[entry]) = (self.positions[index], self.factors[index]) }
        (part.positions, part.factors) = (positions, factors)
        return part
    }
}
