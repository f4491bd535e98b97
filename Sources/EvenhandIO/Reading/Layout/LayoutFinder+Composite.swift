import Evenhand

/// Columns whose headers name a judge and what the judge scored.
extension LayoutFinder {
    mutating func takeComposite(_ composite: CompositeHeaders, _ open: [Int]) throws(ScoreSheetError) {
        var inside = open.filter { composite.names[$0] != nil }
        ignoreZeros(among: penalties(of: composite, inside), of: composite)
        inside.removeAll { uses[$0] != nil }
        let penalties = penalties(of: composite, inside)
        if !penalties.isEmpty { takeNet(of: composite, &inside, less: penalties) }
        takeTotals(of: composite, &inside, besides: penalties)
        var claims = inside.map { index in composite.names[index].map { claim(ofPart: $0.part, index) } ?? nil }
        let asides = asides(of: composite, inside, &claims)
        // Class and Rank are criteria of a cat show: the total of the row has them in it.
        let unclaimed = zip(inside, claims).filter { $0.1 == nil }.map(\.0)
        let totals = open.filter { index in composite.names[index] == nil && (claim(of: index)?.isDerived ?? false) }
        if unclaimed.count < inside.count,
            totals.contains(where: { relations.holds(.sum, $0, of: inside) && !relations.holds(.sum, $0, of: unclaimed) })
        {
            claims = .init(repeating: nil, count: inside.count)
        }
        var plain = zip(inside, claims).filter { $0.1 == nil }.map(\.0)
        try askAbout(asides.filter { !plain.contains($0) }, beside: plain, of: composite, totals)
        if !penalties.isEmpty {
            let known = columns.indices.filter { if case .derived(let kind, nil)? = uses[$0] { kind != .rank } else { false } }
            settlePenalties(of: composite, plain, penalties, totals: totals.filter { claim(of: $0) != .rank } + known)
        }
        // A total of one kind of numbers only: raw scores next to standardised ones.
        let kinds = Set(plain.filter { !penalties.contains($0) }.compactMap { composite.names[$0]?.part.name })
        if kinds.count > 1, !totals.contains(where: { relations.holds(.sum, $0, of: plain) }) {
            let telling = kinds.filter { kind in
                let part = plain.filter { composite.names[$0]?.part.name == kind }
                return part.count > 1 && totals.contains { relations.isTotal($0, of: part) }
            }
            if telling.count >= 1, let kind = plain.compactMap({ composite.names[$0]?.part.name }).first(where: telling.contains) {
                let others = plain.filter { composite.names[$0]?.part.name != kind && !penalties.contains($0) }
                for index in others { set(index, .ignored, .relation) }
                plain.removeAll { others.contains($0) }
            }
        }
        // Raw scores next to standardised ones: the word raw says no more.
        let parts = Set(plain.compactMap { composite.names[$0]?.part.name })
        let judges = Set(inside.compactMap { composite.names[$0]?.judge })
        for (index, claim) in zip(inside, claims) {
            guard let name = composite.names[index] else { continue }
            if uses[index] != nil { continue }
            if let claim {
                // A heading of one column only, or of a whole table, is about the row.
                let isAlone = inside.count { composite.names[$0]?.judge == name.judge } == 1
                let isOfRow = isAlone || judges.count > 1 && inside.count { composite.names[$0]?.part.name == name.part.name } == 1
                if claim.isDerived {
                    set(index, .derived(claim.derivation ?? .result, judge: isOfRow ? nil : name.judge), .words)
                } else {
                    set(index, .ignored, .words)
                }
            } else {
                takeScore(index, judge: name.judge, part: name.part, isSingle: parts.count == 1, .words)
            }
        }
        // What is left lies next to the block.
        var rest: [Int] = []
        for index in openNumbers {
            guard let claim = claim(of: index) else {
                rest.append(index)
                continue
            }
            take(index, claim)
        }
        let scores = plain
        let panels = Dictionary(grouping: scores) { composite.names[$0]?.judge ?? "" }.values.map { Array($0) }
        let factors = Dictionary(
            uniqueKeysWithValues: scores.compactMap { index in
                guard let part = composite.names[index]?.part, part.weight != nil || deducted.contains(part.name) else { return nil }
                return (index, (part.weight?.value ?? 1) * (deducted.contains(part.name) ? -1 : 1))
            } as [(Int, Double)])
        rest.removeAll { index in
            guard
                relations.isTotal(index, of: scores, isStrict: true)
                    || panels.count > 1 && relations.isPanelTotal(index, of: panels, weights: factors)
            else { return false }
            set(index, .derived(.result, judge: nil), .relation)
            return true
        }
        if let odd = rest.first {
            // An answer that makes it a score must not drop others that could be some.
            throw try unexplained(odd, beside: scores + rest.dropFirst().filter { overlaps($0, scores) }, role: nil)
        }
        try takeAmounts()
    }

    /// Totals in place of judges' names, and parts that are the total of the judge's others.
    private mutating func takeTotals(of composite: CompositeHeaders, _ inside: inout [Int], besides penalties: [Int]) {
        let judges = Dictionary(grouping: inside) { composite.names[$0]?.judge ?? "" }
        let most = judges.values.map(\.count).max() ?? 0
        for (judge, own) in judges where judges.count > 1 {
            let words = HeaderWords(judge)
            guard let derivation = Claim(words)?.derivation, !words.has(.person), !words.has(.judge) else { continue }
            // Once for the row, or under each criterion.
            for index in own { set(index, own.count == 1 && most > 1 ? .derived(derivation, judge: nil) : .ignored, .words) }
        }
        // Once, where every judge has what the others have.
        for index in inside where judges.count > 1 && most > 1 {
            let name = composite.names[index]
            let isOnce =
                inside.count { composite.names[$0]?.part.name == name?.part.name } == 1
                || inside.count { composite.names[$0]?.judge == name?.judge } == 1
            if isOnce, relations.isTotal(index, of: inside.filter { $0 != index && !penalties.contains($0) }, isStrict: true) {
                set(index, .derived(.result, judge: nil), .relation)
            }
        }
        inside.removeAll { uses[$0] != nil }
        let parts = Dictionary(grouping: inside.filter { !penalties.contains($0) }) { composite.names[$0]?.part.name ?? "" }
        for (_, own) in parts where own.count > 1 && parts.count > 2 {
            let isTotal = own.allSatisfy { index in
                let others = inside.filter {
                    $0 != index && composite.names[$0]?.judge == composite.names[index]?.judge && !penalties.contains($0)
                }
                return others.count > 1 && relations.holds(.sum, index, of: others)
            }
            guard isTotal else { continue }
            // Before penalties it is no result that could be checked.
            for index in own {
                set(index, penalties.isEmpty ? .derived(.sum, judge: composite.names[index]?.judge) : .ignored, .relation)
            }
        }
        inside.removeAll { uses[$0] != nil }
    }

    /// What the part of a header next to the judge's name claims; `nil` for a score or a criterion.
    private func claim(ofPart part: Header, _ index: Int) -> Claim? {
        guard let claim = Claim(part.words), part.maximum == nil, part.weight == nil else { return nil }
        // Where each judge gives ranks they are scores.
        if claim == .rank { return isRankOfRow(index) ? claim : nil }
        return claim.isDerived || [.standardised, .identifier, .date, .count, .remark, .tiebreak, .confidence].contains(claim) ? claim : nil
    }

    /// Whether a column is called a rank and others are not.
    private func isRankOfRow(_ index: Int) -> Bool {
        let ranks = openNumbers.filter { Claim(columns[$0].header.words) == .rank }
        return ranks.count * 2 <= openNumbers.count
    }

    mutating func takeScore(_ index: Int, judge: String, part: Header, isSingle: Bool, _ reason: ColumnReason) {
        if Claim(part.words) == .rank { isLowerBetter = true }
        let isGeneric = isSingle && (part.words.isCovered && !part.words.has(.quality) || part.name.isEmpty)
        set(index, .score(judge: judge, criterion: isGeneric ? nil : part.name), reason)
        if !isGeneric {
            if let maximum = part.maximum { maxima[part.name] = maximum }
            if let weight = part.weight { weights[part.name] = weight }
        }
    }
}
