import Dispatch

/// The performances of several blocks in canonical order (heat, then entry), and where each block's performances and scores go.
struct PerformanceOrder {
    private(set) var performances: [Performance] = []
    /// For each block and performance of it, the place of its first score.
    private(set) var firstRows: [[Int]]

    init(_ blocks: [ScoreBlock], entryCodes: [[Int32]], heatCodes: [[Int32]], entryCount: Int, heatCount: Int) {
        // Two stable counting sorts, by entry and then by heat: linear, since both are small whole numbers.
        var places: [(block: Int32, local: Int32, entry: Int32, heat: Int32)] = []
        places.reserveCapacity(blocks.reduce(0) { $0 + $1.performances.count })
        for (index, block) in blocks.enumerated() {
            for (local, performance) in block.performances.enumerated() {
                let entry = entryCodes[index][Int(performance.entry)]
                places.append((Int32(index), Int32(local), entry, heatCodes[index][Int(performance.heat)]))
            }
        }
        places = countingSorted(places, keys: entryCount) { Int($0.entry) }
        if heatCount > 1 { places = countingSorted(places, keys: heatCount) { Int($0.heat) } }

        firstRows = blocks.map { [Int](repeating: 0, count: $0.performances.count) }
        performances.reserveCapacity(places.count)
        var (start, row) = (0, 0)
        var appearance = Appearance()
        for (index, place) in places.enumerated() {
            firstRows[Int(place.block)][Int(place.local)] = row
            row += Int(blocks[Int(place.block)].performanceSizes[Int(place.local)])
            let orders = blocks[Int(place.block)].performancePlaces
            if !orders.isEmpty { appearance.add(orders[Int(place.local)]) }
            let next = index + 1 < places.count ? places[index + 1] : nil
            if next?.entry != place.entry || next?.heat != place.heat {
                performances.append(Performance(entry: place.entry, heat: place.heat, rows: start..<row, place: appearance.place))
                (start, appearance) = (row, Appearance())
            }
        }
    }
}

/// The place of a performance in the order of appearance, as long as its scores agree on it.
package struct Appearance {
    /// The place, or `Performance.noPlace`.
    package private(set) var place = Performance.noPlace
    private var isOpen = true

    package init() {}

    /// Takes the place that a score states, or `Performance.noPlace` for one that is no whole number.
    package mutating func add(_ stated: Int32) {
        if isOpen { place = stated } else if place != stated { place = Performance.noPlace }
        isOpen = false
    }
}

/// The elements ordered by a small whole number, equal ones in their order.
private func countingSorted<Element>(_ elements: [Element], keys: Int, by key: (Element) -> Int) -> [Element] {
    var next = [Int](repeating: 0, count: keys + 1)
    for element in elements { next[key(element) + 1] += 1 }
    for index in 1...keys { next[index] += next[index - 1] }
    return [Element](unsafeUninitializedCapacity: elements.count) { sorted, count in
        for element in elements {
            (sorted.baseAddress.unsafelyUnwrapped + next[key(element)]).initialize(to: element)
            next[key(element)] += 1
        }
        count = elements.count
    }
}

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
                            blocks[index], from: order.firstRows[index], judges: recodedJudges[index], criteria: recodedCriteria[index])
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
            LargeMemory.prefer(buffer.baseAddress, byteCount: count * MemoryLayout<Element>.stride)
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

    func place(_ block: ScoreBlock, from firstRows: [Int], judges judgeCodes: [Int32], criteria criterionCodes: [Int32]) {
        if let wide = block.units.wide {
            place(block, units: wide, from: firstRows, judges: judgeCodes, criteria: criterionCodes) { $0 }
        } else {
            place(block, units: block.units.narrow, from: firstRows, judges: judgeCodes, criteria: criterionCodes) { Double($0) }
        }
    }

    @inline(__always)
    private func place<Unit>(
        _ block: ScoreBlock, units blockUnits: [Unit], from firstRows: [Int], judges judgeCodes: [Int32], criteria criterionCodes: [Int32],
        _ double: (Unit) -> Double
    ) {
        var next = firstRows
        var row = 0
        for run in block.runs {
            let (place, count) = (next[Int(run.performance)], Int(run.count))
            next[Int(run.performance)] = place + count
            for step in 0..<count {
                judges[place &+ step] = judgeCodes[Int(block.judgeCodes[row &+ step])]
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
