import Evenhand

/// The columns of criteria, items and repetitions, which together tell the scores of a judge for a performance apart.
struct ConditionColumns: ~Copyable {
    /// Where they are; `nil` for one that is not there.
    let columns: [Int?]
    private var criteria = NameColumn()
    private var items = NameColumn()
    private var repetitions = NameColumn()
    /// Pairs of item and repetition, and these with criteria.
    private var pairs = NameDictionary()
    private var triples = NameDictionary()

    init(_ plan: ColumnPlan) {
        columns = [ColumnRole.criterion, .item, .repetition].map { plan.uses.firstIndex(of: .role($0)) }
    }

    var areThere: Bool { columns.contains { $0 != nil } }
    var haveFaults: [Bool] { [criteria.hasFaults, items.hasFaults, repetitions.hasFaults] }

    /// Whether criteria are all there is.
    private var isPlain: Bool { columns[1] == nil && columns[2] == nil }

    /// Adds the codes of a batch.
    mutating func take(_ batch: borrowing FieldBatch, _ scanner: FieldScanner, into codes: inout [Int32]) {
        if let column = columns[0] { criteria.take(batch, column, scanner) }
        if let column = columns[1] { items.take(batch, column, scanner) }
        if let column = columns[2] { repetitions.take(batch, column, scanner) }
        guard !isPlain else {
            codes += criteria.codes(batch.count)
            return
        }
        for row in 0..<batch.count {
            let pair = pairs.code(
                ofKey: NameDictionary.pair(columns[1] == nil ? -1 : items.codes[row], columns[2] == nil ? -1 : repetitions.codes[row]))
            codes.append(triples.code(ofKey: NameDictionary.pair(pair, columns[0] == nil ? -1 : criteria.codes[row])))
        }
    }

    /// Gives the block the names of its codes, in canonical order.
    func finish(_ block: inout ScoreBlock) {
        guard areThere else { return }
        guard !isPlain else {
            (block.conditions, block.conditionPositions) = criteria.names.sorted()
            return
        }
        let (criteria, items, repetitions) = (criteria.names.names, items.names.names, repetitions.names.names)
        func name(_ names: [String], _ code: Int32) -> String? { code < 0 ? nil : names[Int(code)] }
        let known = pairs.keys
        let names = triples.keys.map { key in
            let (pair, criterion) = NameDictionary.unpair(key)
            let (item, repetition) = NameDictionary.unpair(known[Int(pair)])
            return ScoreBlock.Condition(
                criterion: name(criteria, criterion), item: name(items, item), repetition: name(repetitions, repetition)
            ).name
        }
        let sorted = Factor(names)
        (block.conditions, block.conditionPositions) = (sorted.levels, sorted.codes)
        (block.hasItems, block.hasRepetitions) = (columns[1] != nil, columns[2] != nil)
    }
}
