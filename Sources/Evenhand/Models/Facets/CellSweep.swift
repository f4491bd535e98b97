/// The two facets by which the cells of a facet model are put into blocks and groups.
struct CellSweep: Sendable, Equatable {
    /// The facet whose levels are blocks.
    let swept: Facets
    /// The facet that makes groups of a block's cells.
    let grouped: Facets

    /// The facets that take the fewest multiplications; `nil` where no two of them have an effect together or all pairs take too many.
    init?(_ sheet: ScoreSheet, _ terms: [FacetTerms.Term]) {
        let facets = [Facets.entry, .judge, .criterion, .item, .heat]
        // Levels that are anchored have no columns, which only kept ones may lack.
        let open = facets.filter { facet in terms.allSatisfy { $0.facets != facet || $0.isWhole } }
        let pairs = open.flatMap { swept in facets.filter { $0 != swept }.map { CellSweep(swept: swept, grouped: $0) } }
        let works = pairs.map { $0.work(sheet, terms) ?? .infinity }
        guard let best = works.indices.min(by: { works[$0] < works[$1] }), works[best] < CellSweep.mostWork else { return nil }
        self = pairs[best]
    }

    init(swept: Facets, grouped: Facets) { (self.swept, self.grouped) = (swept, grouped) }

    /// Where the effects of a term are.
    func role(of term: FacetTerms.Term) -> FacetCells.Role {
        guard term.facets.contains(swept) else { return .kept }
        return term.facets.contains(grouped) ? .group : .swept
    }

    /// The most multiplications for one solution: seconds.
    private static var mostWork: Double { 5e10 }

    /// About how many multiplications a solution with its slope takes; `nil` without effects of both facets together, or where there is no
    /// room.
    private func work(_ sheet: ScoreSheet, _ terms: [FacetTerms.Term]) -> Double? {
        let together = terms.filter { role(of: $0) == .group }
        guard !together.isEmpty else { return nil }
        let pair = swept.union(grouped)
        let groups = together.first { $0.facets == pair }?.levelCount ?? FacetColumns(sheet).term(pair).levelCount
        func count(_ role: FacetCells.Role) -> Double { terms.reduce(1) { self.role(of: $1) == role ? $0 + Double($1.levelCount) : $0 } }
        let (scores, kept, eliminated) = (Double(sheet.count), count(.kept), count(.swept))
        let (size, width) = (scores / Double(groups), Double(terms.count - together.count + 1))
        guard 8 * (kept * (2 * kept + 2 * eliminated) + scores * size) < Double(TableMemory.limit / 4) else { return nil }
        return kept * kept * (kept + eliminated) + scores * size * (4 * size + width * width)
    }
}
