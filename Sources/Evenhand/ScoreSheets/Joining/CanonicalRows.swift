/// Scores brought to the order of their performances and, within one, of judge and condition.
struct CanonicalRows {
    private(set) var judgeCodes: [Int32]
    private(set) var conditionCodes: [Int32]
    private(set) var units: [Double]
    /// The first row that repeats the judge and condition of the row before it in the same performance.
    private(set) var firstDuplicate: Int?

    init(_ blocks: [ScoreBlock], order: PerformanceOrder, judgeCodes recodedJudges: [[Int32]], conditionCodes recodedConditions: [[Int32]])
    {
        let count = blocks.reduce(0) { $0 + $1.units.count }
        let hasConditions = blocks.contains { !$0.conditionCodes.isEmpty }
        var duplicate: Int?
        var (conditions, units) = ([Int32](), [Double]())
        judgeCodes = CanonicalRows.column(count) { judgeBuffer in
            conditions = CanonicalRows.column(hasConditions ? count : 0) { criterionBuffer in
                units = CanonicalRows.column(count) { unitBuffer in
                    let rows = RowBuffers(judges: judgeBuffer, conditions: criterionBuffer, units: unitBuffer)
                    // Each block writes rows of its own, so blocks can be written at the same time.
                    _ = Parallel.map(blocks.count) { index in
                        rows.write(
                            blocks[index], from: order.firstRows(ofBlock: index), judges: recodedJudges[index],
                            conditions: recodedConditions[index])
                    }
                    let pieces = Parallel.pieces(of: order.performances.count, grain: 4096)
                    duplicate = Parallel.map(pieces.count) { rows.sort(order.performances[pieces[$0]]) }.lazy.compactMap(\.self).first
                }
            }
        }
        (conditionCodes, self.units, firstDuplicate) = (conditions, units, duplicate)
    }

    /// A column that `fill` writes as a whole.
    private static func column<Element>(_ count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) -> Void) -> [Element] {
        [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            initialized = count
        }
    }
}

/// The three columns of scores while they are put in order; the only code that writes to them through pointers.
private struct RowBuffers: @unchecked Sendable {
    let judges: UnsafeMutableBufferPointer<Int32>
    let conditions: UnsafeMutableBufferPointer<Int32>
    let units: UnsafeMutableBufferPointer<Double>

    func write(_ block: ScoreBlock, from firstRows: ArraySlice<UInt32>, judges judgeCodes: [Int32], conditions conditionCodes: [Int32]) {
        // A loop of its own for each width of the columns.
        func copy<Code: FixedWidthInteger>(_ codes: [Code]) {
            let source = (codes, firstRows, judgeCodes, conditionCodes)
            if let wide = block.units.wide {
                self.copy(block, units: wide, source) { $0 }
            } else if let long = block.units.narrow.long {
                self.copy(block, units: long, source) { Double($0) }
            } else {
                self.copy(block, units: block.units.narrow.short, source) { Double($0) }
            }
        }
        if let long = block.judgeCodes.long { copy(long) } else { copy(block.judgeCodes.short) }
    }

    @inline(__always)
    private func copy<Unit, Code: FixedWidthInteger>(
        _ block: ScoreBlock, units blockUnits: [Unit],
        _ source: (codes: [Code], firstRows: ArraySlice<UInt32>, judges: [Int32], conditions: [Int32]), _ double: (Unit) -> Double
    ) {
        let (blockCodes, firstRows, judgeCodes, conditionCodes) = source
        var next = Array(firstRows)
        var row = 0
        for run in block.runs {
            let (position, count) = (Int(next[Int(run.performance)]), Int(run.count))
            next[Int(run.performance)] += UInt32(count)
            for step in 0..<count {
                judges[position &+ step] = judgeCodes[Int(blockCodes[row &+ step])]
                units[position &+ step] = double(blockUnits[row &+ step])
            }
            if !conditions.isEmpty, !block.conditionCodes.isEmpty {
                for step in 0..<count { conditions[position + step] = conditionCodes[Int(block.conditionCodes[row + step])] }
            }
            row += count
        }
    }

    /// Sorts the scores of each performance; returns the first position that repeats the one before.
    func sort(_ performances: ArraySlice<Performance>) -> Int? {
        var duplicate: Int?
        for performance in performances {
            let rows = performance.rows
            if rows.count <= 32 { insertionSort(rows) } else { sortLong(rows) }
            guard duplicate == nil, rows.count > 1 else { continue }
            duplicate = (rows.lowerBound + 1..<rows.upperBound).first { key($0) == key($0 - 1) }
        }
        return duplicate
    }

    private func key(_ row: Int) -> Int64 { Int64(judges[row]) << 32 | Int64(conditions.isEmpty ? 0 : conditions[row]) }

    private func insertionSort(_ rows: Range<Int>) {
        guard rows.count > 1 else { return }
        for row in rows.lowerBound + 1..<rows.upperBound {
            let moved = key(row)
            guard key(row - 1) > moved else { continue }
            let (judge, condition, score) = (judges[row], conditions.isEmpty ? 0 : conditions[row], units[row])
            var position = row
            while position > rows.lowerBound, key(position - 1) > moved {
                move(position - 1, to: position)
                position -= 1
            }
            judges[position] = judge
            units[position] = score
            if !conditions.isEmpty { conditions[position] = condition }
        }
    }

    private func move(_ from: Int, to position: Int) {
        judges[position] = judges[from]
        units[position] = units[from]
        if !conditions.isEmpty { conditions[position] = conditions[from] }
    }

    private func sortLong(_ rows: Range<Int>) {
        let sorted = rows.map { (key: key($0), units: units[$0]) }.sorted { $0.key < $1.key }
        for (row, element) in zip(rows, sorted) {
            judges[row] = Int32(truncatingIfNeeded: element.key >> 32)
            if !conditions.isEmpty { conditions[row] = Int32(truncatingIfNeeded: element.key & 0xFFFF_FFFF) }
            units[row] = element.units
        }
    }
}
