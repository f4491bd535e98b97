extension ScoreSheet {
    /// The same stage, heat, entry, judge, criterion, item and repetition in more than one row.
    public struct Duplicate: Error, Sendable, Equatable {
        /// The entry, by name.
        public let entry: String
        /// The heat.
        public let heat: Heat
        /// The judge, by name.
        public let judge: String
        /// The criterion, when there are criteria.
        public let criterion: String?
        /// The item, when there are items.
        public let item: String?
    }

    /// Joins blocks of scores to one sheet in canonical order.
    ///
    /// - Throws: `Duplicate` for the first score, in canonical order, that is given twice.
    package init(joining parts: consuming [ScoreBlock]) throws(Duplicate) {
        var blocks = parts
        ScoreSheet.bringToCommonUnits(&blocks)
        let entries = MergedNames(blocks.map(\.entries))
        let judges = MergedNames(blocks.map(\.judges))
        let conditions = MergedNames(blocks.map(\.conditions))
        let heats = Heat.sorted(Set(blocks.flatMap(\.heats)))
        let heatCode = Dictionary(uniqueKeysWithValues: heats.enumerated().map { ($1, Int32($0)) })
        let heatCodes = blocks.map { block in block.heats.map { heatCode[$0] ?? 0 } }

        let order = PerformanceOrder(
            blocks, entryCodes: entries.codes, heatCodes: heatCodes, entryCount: entries.names.count, heatCount: heats.count)
        let rows = CanonicalRows(
            blocks, order: order, judgeCodes: ScoreSheet.codes(judges.codes, blocks.map(\.judgePositions)),
            conditionCodes: ScoreSheet.codes(conditions.codes, blocks.map(\.conditionPositions)))
        let parts = ConditionFactors(of: rows.conditionCodes, conditions.names, blocks)
        let decimals = blocks.first?.decimals ?? 0
        let isExact = blocks.first?.isExact ?? true
        let attributes = ScoreSheet.joinAttributes(blocks, entryCodes: entries.codes, entryCount: entries.names.count)
        self.init(
            entries: entries.names, judges: judges.names, criteria: parts.criteria.levels, heats: heats, performances: order.performances,
            judgeCodes: rows.judgeCodes, criterionCodes: parts.criteria.codes, items: parts.items, repetitions: parts.repetitions,
            units: rows.units, unitsPerPoint: isExact ? ScoreBlock.powerOfTen(decimals) : 1, isExact: isExact, direction: .higherIsBetter,
            entryAttributes: attributes, judgeAttributes: [])
        if let row = rows.firstDuplicate { throw duplicate(at: row) }
    }

    /// The common code for each code of a block, from those of its names at their positions.
    private static func codes(_ common: [[Int32]], _ positions: [[Int32]?]) -> [[Int32]] {
        zip(common, positions).map { common, positions in positions?.map { common[Int($0)] } ?? common }
    }

    private func duplicate(at row: Int) -> Duplicate {
        let performance = performances.first { $0.rows.contains(row) } ?? performances[0]
        return Duplicate(
            entry: entries[Int(performance.entry)], heat: heats[Int(performance.heat)], judge: judges[Int(judgeCodes[row])],
            criterion: criterionCodes.isEmpty ? nil : criteria[Int(criterionCodes[row])], item: items.isPresent ? items[row] : nil)
    }

    /// One unit for all blocks: that of the most decimals, or points when a block is not exact or would pass 2⁵³.
    private static func bringToCommonUnits(_ blocks: inout [ScoreBlock]) {
        let decimals = blocks.map(\.decimals).max() ?? 0
        let exactly = blocks.allSatisfy { block in
            guard block.isExact else { return false }
            let factor = ScoreBlock.powerOfTen(decimals - block.decimals)
            return factor == 1 || block.units.allSatisfy { ($0 * factor).magnitude < 0x1p53 }
        }
        for index in blocks.indices { blocks[index].rescale(toDecimals: decimals, exactly: exactly) }
    }

    /// The attributes that all blocks have and that agree wherever an entry is in several of them.
    private static func joinAttributes(_ blocks: [ScoreBlock], entryCodes: [[Int32]], entryCount: Int) -> [Attribute] {
        let varying = Set(blocks.flatMap(\.varying))
        let names = Set(blocks.flatMap { $0.attributes.map(\.name) }).subtracting(varying).sorted(by: Factor.precedes)
        // A hostile file has a hundred thousand columns: no search through all of them for each.
        var partsOfName: [String: [(Int, Factor)]] = [:]
        for (index, block) in blocks.enumerated() {
            for attribute in block.attributes { partsOfName[attribute.name, default: []].append((index, attribute.values)) }
        }
        let found = partsOfName
        return Parallel.map(names.count, size: entryCount) { index -> Attribute? in
            let (name, parts) = (names[index], found[names[index]] ?? [])
            let merged = MergedNames(parts.map { $0.1.levels })
            // An empty field is a value too: whether a column is constant must not depend on where blocks begin.
            let unseen: Int32 = -2
            var codes = [Int32](repeating: unseen, count: entryCount)
            for (part, (block, values)) in parts.enumerated() {
                for (position, code) in values.codes.enumerated() {
                    let entry = Int(entryCodes[block][position])
                    let value = code == Factor.missing ? Factor.missing : merged.codes[part][Int(code)]
                    guard codes[entry] == unseen || codes[entry] == value else { return nil }
                    codes[entry] = value
                }
            }
            for entry in codes.indices where codes[entry] == unseen { codes[entry] = Factor.missing }
            return Attribute(name: name, values: Factor(levels: merged.names, codes: codes))
        }.compactMap(\.self)
    }
}

/// Sorted lists of distinct names merged to one, with each list's codes in it.
struct MergedNames {
    var names: [String]
    var codes: [[Int32]]

    init(_ lists: [[String]]) {
        guard let first = lists.first else {
            (names, codes) = ([], [])
            return
        }
        (names, codes) = (first, [first.indices.map { Int32($0) }])
        for list in lists.dropFirst() { merge(list) }
    }

    private mutating func merge(_ list: [String]) {
        // Cut at some of our names, the two lists can be merged piece by piece.
        let ours = Parallel.pieces(of: names.count, grain: 16_384)
        let cuts = ours.dropFirst().map { MergedNames.position(of: names[$0.lowerBound], in: list) }
        let theirs = zip([0] + cuts, cuts + [list.count]).map { $0..<$1 }
        let pieces = Parallel.map(ours.count) { [names] piece in MergedPiece(names[ours[piece]], list[theirs[piece]]) }
        let starts = pieces.reduce(into: [Int32(0)]) { $0.append($0[$0.count - 1] + Int32($1.names.count)) }
        func joined(_ part: KeyPath<MergedPiece, [Int32]>) -> [Int32] {
            zip(pieces, starts).flatMap { piece, start in
                let codes = piece[keyPath: part]
                return start == 0 ? codes : codes.map { $0 + start }
            }
        }
        if starts[pieces.count] > names.count {
            let new = joined(\.ours)
            codes = codes.map { old in old.map { new[Int($0)] } }
        }
        codes.append(joined(\.theirs))
        names = pieces.count == 1 ? pieces[0].names : pieces.flatMap(\.names)
    }

    /// The first position in an ordered list whose name does not come before `name`.
    private static func position(of name: String, in list: [String]) -> Int {
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if Factor.precedes(list[middle], name) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Two parts of ordered lists merged to one, with the code that each name has in it.
private struct MergedPiece: Sendable {
    private(set) var names: [String] = []
    private(set) var ours: [Int32]
    private(set) var theirs: [Int32]

    init(_ first: ArraySlice<String>, _ second: ArraySlice<String>) {
        names.reserveCapacity(first.count + second.count)
        (ours, theirs) = ([], [])
        ours.reserveCapacity(first.count)
        theirs.reserveCapacity(second.count)
        var (i, j) = (first.startIndex, second.startIndex)
        while i < first.endIndex || j < second.endIndex {
            let code = Int32(names.count)
            let order = i == first.endIndex ? 1 : j == second.endIndex ? -1 : Factor.order(first[i], second[j])
            names.append(order > 0 ? second[j] : first[i])
            if order <= 0 {
                ours.append(code)
                i += 1
            }
            if order >= 0 {
                theirs.append(code)
                j += 1
            }
        }
    }
}
