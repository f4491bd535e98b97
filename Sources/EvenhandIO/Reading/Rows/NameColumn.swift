import Evenhand

/// A column of names: all names so far, and the codes of the batch at hand.
struct NameColumn: ~Copyable {
    private(set) var names = NameDictionary()
    /// The codes of the rows of the batch that were taken.
    let codes: UnsafeMutablePointer<Int32>

    init() { codes = .allocate(capacity: FieldBatch.mostRows) }

    deinit { codes.deallocate() }

    /// Whether a name is empty or no UTF-8.
    var hasFaults: Bool { names.hasFaults }

    /// Takes all rows of the batch.
    mutating func take(_ batch: borrowing FieldBatch, _ column: Int, _ scanner: FieldScanner) {
        names.codes(of: batch.column(column), count: batch.count, scanner, into: codes)
    }

    /// Takes some rows of the batch.
    mutating func take(_ batch: borrowing FieldBatch, _ column: Int, rows: some Collection<Int>, _ scanner: FieldScanner) {
        names.codes(of: batch.column(column), rows: rows, scanner, into: codes)
    }

    func codes(_ count: Int) -> UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: codes, count: count) }
}

/// Which entry appeared in which heat.
struct PerformanceTable: ~Copyable {
    private var heatKeys = NameDictionary()
    /// The first performance of each entry: most have no other, and it is found without a look-up.
    private var firstOfEntry: [Int32] = []
    private var furtherKeys = NameDictionary()
    private var furtherCodes: [Int32] = []

    /// Adds the performances of a batch to a block; without a heat or stage column all are in one heat.
    ///
    /// - Parameters:
    ///   - runs: where rows begin that differ from the one before in more than judge, criterion and score; the codes are theirs.
    ///   - count: the number of rows of the batch.
    mutating func take(
        runs: UnsafeBufferPointer<Int>, count: Int, entries: UnsafePointer<Int32>, heats: UnsafePointer<Int32>?,
        stages: UnsafePointer<Int32>?, into block: inout ScoreBlock
    ) {
        var (lastEntry, lastHeat, lastStage, performance, start) = (Int32(-1), Int32(-1), Int32(-1), Int32(-1), 0)
        for (run, row) in runs.enumerated() {
            let (entry, heat, stage) = (entries[run], heats?[run] ?? -1, stages?[run] ?? -1)
            guard entry != lastEntry || heat != lastHeat || stage != lastStage else { continue }
            block.count(Int32(row - start), to: performance)
            performance = code(entry, heatKeys.code(ofKey: NameDictionary.pair(heat, stage)), &block)
            (lastEntry, lastHeat, lastStage, start) = (entry, heat, stage, row)
        }
        block.count(Int32(count - start), to: performance)
    }

    private mutating func code(_ entry: Int32, _ heat: Int32, _ block: inout ScoreBlock) -> Int32 {
        let new = Int32(block.performances.count)
        if Int(entry) < firstOfEntry.count {
            let first = firstOfEntry[Int(entry)]
            if block.performances[Int(first)].heat == heat { return first }
            let known = furtherKeys.count
            let further = furtherKeys.code(ofKey: NameDictionary.pair(entry, heat))
            if furtherKeys.count == known { return furtherCodes[Int(further)] }
            furtherCodes.append(new)
        } else {
            firstOfEntry.append(new)
        }
        block.performances.append(ScoreBlock.Performance(entry: entry, heat: heat))
        block.performanceSizes.append(0)
        return new
    }

    /// The heats by their codes, from the names of heats and stages.
    func heats(_ heatNames: [String], _ stageNames: [String]) -> [Heat] {
        heatKeys.keys.map { key in
            let (heat, stage) = NameDictionary.unpair(key)
            return Heat(stage: stage < 0 ? nil : stageNames[Int(stage)], name: heat < 0 ? nil : heatNames[Int(heat)])
        }
    }
}
