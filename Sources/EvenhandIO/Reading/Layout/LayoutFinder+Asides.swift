/// Parts of judges' headers that are not what the judge thought of the entry: how sure the judge was, what a ballot counts for, seconds.
extension LayoutFinder {
    /// Claims them where something else is left that can be a score.
    ///
    /// - Returns: the columns whose word may also name a criterion, such as the confidence of a speaker.
    func asides(of composite: CompositeHeaders, _ inside: [Int], _ claims: inout [Claim?]) -> [Int] {
        let found = inside.map { index in composite.names[index].flatMap { aside($0.part) } }
        guard zip(claims, found).contains(where: { $0 == nil && $1 == nil }) else { return [] }
        var doubtful: [Int] = []
        for (position, aside) in found.enumerated() where claims[position] == nil {
            claims[position] = aside
            if aside == .confidence { doubtful.append(inside[position]) }
        }
        return doubtful
    }

    private func aside(_ part: Header) -> Claim? {
        if part.hasUnit { return .fact }
        let words = part.words
        guard part.maximum == nil, part.weight == nil, words.isCovered, !words.has(.quality) else { return nil }
        switch Claim(words) {
        case .weight: return .weight
        case .fact: return part.isUnit ? .fact : nil
        default: return words.has(.aside) ? .confidence : nil
        }
    }

    /// Next to a score confidence is the judge's own; among criteria it may be one of them, unless a total of the row leaves it out.
    func askAbout(_ asides: [Int], beside scores: [Int], of composite: CompositeHeaders, _ totals: [Int]) throws(ScoreSheetError) {
        guard let first = asides.first else { return }
        let areScores = scores.allSatisfy { index in
            guard let part = composite.names[index]?.part else { return false }
            return part.words.has(.score) || part.words.isCovered && !part.words.has(.quality) || part.name.isEmpty
        }
        let panels = Dictionary(grouping: scores) { composite.names[$0]?.judge ?? "" }.values.map { Array($0) }
        if areScores || totals.contains(where: { relations.isPanelTotal($0, of: panels, weights: [:]) }) { return }
        let all = (scores + asides).sorted()
        throw ask(
            .unexplained(column: columns[first].shown), samples: samples(first),
            [
                .init(
                    asides.flatMap { ["--ignore", columns[$0].shown] },
                    .leftOut(composite.names[first]?.part.name ?? columns[first].shown)),
                .init(wide(all, nil), .criteria(Set(all.compactMap { composite.names[$0]?.part.name }).sorted())),
            ])
    }
}
