/// Scores brought to the order of their performances and, within one, of judge and criterion.
struct CanonicalRows {
    private(set) var judgeCodes: [Int32]
    private(set) var criterionCodes: [Int32]
    private(set) var units: [Double]
    /// The first place that repeats the judge and criterion of the place before it in the same performance.
    private(set) var firstDuplicate: Int?

    init(_ blocks: [ScoreBlock], order: PerformanceOrder, judgeCodes recodedJudges: [[Int32]], criterionCodes recodedCriteria: [[Int32]]) {
        let count = blocks.reduce(0) { $0 + $1.units.count }
        let hasCriteria = blocks.contains { !$0.criterionCodes.isEmpty }
        var duplicate: Int?
        var (criteria, units) = ([Int32](), [Double]())
        judgeCodes = CanonicalRows.column(count) { judgeBuffer in
            criteria = CanonicalRows.column(hasCriteria ? count : 0) { criterionBuffer in
                units = CanonicalRows.column(count) { unitBuffer in
                    let rows = RowBuffers(judges: judgeBuffer, criteria: criterionBuffer, units: unitBuffer)
                    // Each block writes to places that no other block writes to, so blocks can be placed at the same time.
                    _ = Parallel.map(blocks.count) { index in
                        rows.place(
                            blocks[index], from: order.firstRows(ofBlock: index), judges: recodedJudges[index],
                            criteria: recodedCriteria[index])
                    }
                    let pieces = Parallel.pieces(of: order.performances.count, grain: 4096)
                    duplicate = Parallel.map(pieces.count) { rows.sort(order.performances[pieces[$0]]) }.lazy.compactMap(\.self).first
                }
            }
        }
        (criterionCodes, self.units, firstDuplicate) = (criteria, units, duplicate)
    }

    /// A column that `fill` writes as a whole.
    private static func column<Element>(_ count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) -> Void) -> [Element] {
        [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            initialized = count
        }
    }
}

/// The three columns of scores while they are put in order; the only place that writes to them through pointers.
private struct RowBuffers: @unchecked Sendable {
    let judges: UnsafeMutableBufferPointer<Int32>
    let criteria: UnsafeMutableBufferPointer<Int32>
    let units: UnsafeMutableBufferPointer<Double>

    func place(_ block: ScoreBlock, from firstRows: ArraySlice<UInt32>, judges judgeCodes: [Int32], criteria criterionCodes: [Int32]) {
        // A loop of its own for each width of the columns.
        func place<Code: FixedWidthInteger>(_ codes: [Code]) {
            let source = (codes, firstRows, judgeCodes, criterionCodes)
            if let wide = block.units.wide {
                self.place(block, units: wide, source) { $0 }
            } else if let long = block.units.narrow.long {
                self.place(block, units: long, source) { Double($0) }
            } else {
                self.place(block, units: block.units.narrow.short, source) { Double($0) }
            }
        }
        if let long = block.judgeCodes.long { place(long) } else { place(block.judgeCodes.short) }
    }

    @inline(__always)
    private func place<Unit, Code: FixedWidthInteger>(
        _ block: ScoreBlock, units blockUnits: [Unit],
        _ source: (codes: [Code], firstRows: ArraySlice<UInt32>, judges: [Int32], criteria: [Int32]), _ double: (Unit) -> Double
    ) {
        let (blockCodes, firstRows, judgeCodes, criterionCodes) = source
        var next = Array(firstRows)
        var row = 0
        for run in block.runs {
            let (place, count) = (Int(next[Int(run.performance)]), Int(run.count))
            next[Int(run.performance)] += UInt32(count)
            for step in 0..<count {
                judges[place &+ step] = judgeCodes[Int(blockCodes[row &+ step])]
                units[place &+ step] = double(blockUnits[row &+ step])
            }
            if !criteria.isEmpty, !block.criterionCodes.isEmpty {
                for step in 0..<count { criteria[place + step] = criterionCodes[Int(block.criterionCodes[row + step])] }
            }
            row += count
        }
    }

    /// Sorts the scores of each performance; returns the first place that repeats the one before.
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

    private func key(_ row: Int) -> Int64 { Int64(judges[row]) << 32 | Int64(criteria.isEmpty ? 0 : criteria[row]) }

    private func insertionSort(_ rows: Range<Int>) {
        guard rows.count > 1 else { return }
        for row in rows.lowerBound + 1..<rows.upperBound {
            let moved = key(row)
            guard key(row - 1) > moved else { continue }
            let (judge, criterion, score) = (judges[row], criteria.isEmpty ? 0 : criteria[row], units[row])
            var place = row
            while place > rows.lowerBound, key(place - 1) > moved {
                move(place - 1, to: place)
                place -= 1
            }
            judges[place] = judge
            units[place] = score
            if !criteria.isEmpty { criteria[place] = criterion }
        }
    }

    private func move(_ from: Int, to place: Int) {
        judges[place] = judges[from]
        units[place] = units[from]
        if !criteria.isEmpty { criteria[place] = criteria[from] }
    }

    private func sortLong(_ rows: Range<Int>) {
        let sorted = rows.map { (key: key($0), units: units[$0]) }.sorted { $0.key < $1.key }
        for (row, element) in zip(rows, sorted) {
            judges[row] = Int32(truncatingIfNeeded: element.key >> 32)
            if !criteria.isEmpty { criteria[row] = Int32(truncatingIfNeeded: element.key & 0xFFFF_FFFF) }
            units[row] = element.units
        }
    }
}
