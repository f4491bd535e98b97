import Evenhand

/// Columns that follow from others exactly, whatever they are called.
extension LayoutFinder {
    /// A column that is exactly the sum or mean of all others before it needs no word.
    mutating func removeWordlessTotals(_ scores: inout [Int]) {
        // Pairs of thousands of columns would take hours.
        guard scores.count <= 500 else { return }
        // Judges 1, 2, 3 are told apart by their numbers; none of them is the total of the others.
        let numbered = Set(scores.filter { Int(columns[$0].header.name) != nil }).union(family(scores))
        if numbered.count == scores.count { return }
        takeWindow(&scores)
        for index in scores
        where !numbered.contains(index) && Nature(columns[index].header) == .unknown
            && isWeightedTotal(index, scores.filter { $0 != index })
        {
            set(index, .derived(.result, judge: nil), .relation)
            scores.removeAll { $0 == index }
        }
        for index in scores.reversed()
        where scores.count > 3 && !numbered.contains(index) && Nature(columns[index].header) == .unknown {
            let others = scores.filter { $0 != index }
            if relations.isTotal(index, of: others, isStrict: true)
                || relations.isTotal(index, of: others.filter { $0 < index }, isStrict: true) && others.filter({ $0 < index }).count > 1
            {
                set(index, .derived(.result, judge: nil), .relation)
                scores = others
            } else if relations.ranks(index, by: relations.rowMeans(others)), columns[index].isWhole {
                set(index, .derived(.rank, judge: nil), .relation)
                scores = others
            }
        }
    }

    /// Columns side by side whose exact sum or mean is another one: they are the scores, and what is outside is not in the total.
    private mutating func takeWindow(_ scores: inout [Int]) {
        let open = scores
        guard open.count > 3, open.count <= 40, open.contains(where: { Nature(columns[$0].header) == .unknown }) else { return }
        for length in (2..<open.count).reversed() {
            for start in 0...open.count - length {
                let window = Array(open[start..<start + length])
                guard
                    let total = open.first(where: { index in
                        !window.contains(index) && Nature(columns[index].header) == .unknown
                            && relations.isTotal(index, of: window, isStrict: true)
                    })
                else { continue }
                // Single columns outside that are totals, too, or rank the rows, need no further word.
                let outside = open.filter { !window.contains($0) }
                let isNamed = outside.contains { index in index != total && Nature(columns[index].header) != .unknown }
                guard !isNamed, window.count > 2 || outside.allSatisfy({ Nature(columns[$0].header) == .unknown }) else { continue }
                set(total, .derived(.result, judge: nil), .relation)
                for index in outside where index != total {
                    if relations.isTotal(index, of: window, isStrict: true)
                        || relations.isTotal(index, of: window) && !columns[index].isWhole
                    {
                        set(index, .derived(.result, judge: nil), .relation)
                    } else if relations.ranks(index, by: relations.rowMeans(window)) {
                        set(index, .derived(.rank, judge: nil), .relation)
                    } else {
                        set(index, .ignored, .relation)
                    }
                }
                scores = window
                return
            }
        }
    }

    /// A mean of the row that holds without the zeros, and not with them: they are not scores.
    func askAboutZeros(_ scores: [Int], _ claims: [Int: Claim?]) throws(ScoreSheetError) {
        guard options.range == nil, scores.count > 2, !options.missingCodes.contains("0") else { return }
        let zeros = scores.reduce(0) { $0 + columns[$1].values.count { $0 == 0 } }
        guard zeros > 0, let mean = claims.keys.sorted().first(where: { claims[$0] == .some(.mean) || claims[$0] == .some(.result) }) else {
            return
        }
        if !relations.holdsInEveryRow(mean, of: scores, without: nil), relations.holdsInEveryRow(mean, of: scores, without: 0) {
            throw ask(
                .notScored(code: "0", count: zeros), samples: samples(mean),
                [
                    .init(["--missing", "0"], .notScored("0")),
                    .init(["--range", "0:\(NumberFormat.shortest(scores.flatMap { columns[$0].values }.max() ?? 0))"], .allScores),
                ])
        }
    }

    func isWeightedTotal(_ index: Int, _ others: [Int]) -> Bool {
        let shares = others.compactMap { columns[$0].header.weight?.value }
        guard !shares.isEmpty else { return false }
        return relations.holds(.sum, index, of: others, weights: others.map { columns[$0].header.weight?.value ?? 1 })
    }
}
