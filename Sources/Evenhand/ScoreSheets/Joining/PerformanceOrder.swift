/// The performances of several blocks in canonical order (heat, then entry), and where each block's performances and scores go.
struct PerformanceOrder {
    private(set) var performances: [Performance] = []
    /// For each performance of the blocks, one block after the other, the position of its first score.
    private var firstRows: [UInt32] = []
    /// Where the performances of each block begin among those of all, and where the last ones end.
    private let starts: [Int]

    init(_ blocks: [ScoreBlock], entryCodes: [[Int32]], heatCodes: [[Int32]], entryCount: Int, heatCount: Int) {
        starts = blocks.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.performances.count) }
        let (starts, entries) = (starts, UInt64(max(1, entryCount)))
        // One number for heat and entry by their common codes.
        let keys = Parallel.map(blocks.count, size: starts[blocks.count]) { block in
            let (entryCodes, heatCodes) = (entryCodes[block], heatCodes[block])
            return blocks[block].performances.map { UInt64(heatCodes[Int($0.heat)]) * entries + UInt64(entryCodes[Int($0.entry)]) }
        }
        // Each processor puts the performances of some heats and entries in order; then it is known where they go.
        let ranges = Parallel.pieces(of: heatCount * entryCount, grain: 16_384)
        let parts = Parallel.map(ranges.count) { OrderedPerformances(ranges[$0], of: blocks, keys, starts) }
        let firstPerformances = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.distinctCount) }
        let scoresBefore = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.scoreCount) }

        let stated = PerformanceOrder.statedOrders(blocks)
        firstRows = [UInt32](unsafeUninitializedCapacity: starts[blocks.count]) { rows, rowCount in
            // Each part writes to positions that no other part writes to.
            nonisolated(unsafe) let rows = rows
            performances = [Performance](unsafeUninitializedCapacity: firstPerformances[parts.count]) { all, count in
                nonisolated(unsafe) let all = all
                _ = Parallel.map(parts.count) { part in
                    parts[part].write(
                        to: UnsafeMutableBufferPointer(rebasing: all[firstPerformances[part]..<firstPerformances[part + 1]]),
                        firstRows: rows, from: scoresBefore[part], entryCount: entries, stated)
                }
                count = firstPerformances[parts.count]
            }
            rowCount = starts[blocks.count]
        }
    }

    /// For each performance of a block, the position of its first score.
    func firstRows(ofBlock block: Int) -> ArraySlice<UInt32> { firstRows[starts[block]..<starts[block + 1]] }

    /// The positions in the order of appearance that the performances of all blocks state; none where no block has such a column.
    private static func statedOrders(_ blocks: [ScoreBlock]) -> [Int32?] {
        guard blocks.contains(where: { !$0.performanceOrders.isEmpty }) else { return [] }
        return blocks.flatMap { block in
            block.performanceOrders.isEmpty ? block.performances.map { _ in nil } : block.performanceOrders.map { $0 as Int32? }
        }
    }
}

/// The performances of some heats and entries in canonical order; one that appears in several blocks comes once for each of them.
private struct OrderedPerformances {
    /// The positions among the performances of all blocks.
    private let positions: [Int32]
    private let keys: [UInt64]
    private let sizes: [Int32]
    let distinctCount: Int
    let scoreCount: Int

    init(_ range: Range<Int>, of blocks: [ScoreBlock], _ keysOfBlocks: [[UInt64]], _ starts: [Int]) {
        let range = UInt64(range.lowerBound)..<UInt64(range.upperBound)
        var (found, foundKeys, foundSizes) = ([Int32](), [UInt64](), [Int32]())
        for (block, keys) in keysOfBlocks.enumerated() {
            for (index, key) in keys.enumerated() where range.contains(key) {
                found.append(Int32(starts[block] + index))
                foundKeys.append(key)
                foundSizes.append(blocks[block].performanceSizes[index])
            }
        }
        let sorted = RadixOrder.ascending(foundKeys)
        positions = sorted.order.map { found[Int($0)] }
        sizes = sorted.order.map { foundSizes[Int($0)] }
        keys = sorted.keys
        distinctCount = keys.isEmpty ? 0 : 1 + zip(keys, keys.dropFirst()).count { $0 != $1 }
        scoreCount = sizes.reduce(0) { $0 + Int($1) }
    }

    /// Writes the performances, and for each of all blocks the position of its first score.
    func write(
        to performances: UnsafeMutableBufferPointer<Performance>, firstRows: UnsafeMutableBufferPointer<UInt32>, from firstRow: Int,
        entryCount: UInt64, _ stated: [Int32?]
    ) {
        var (row, start, next, appearance) = (firstRow, firstRow, 0, Appearance())
        for (index, position) in positions.enumerated() {
            firstRows.initializeElement(at: Int(position), to: UInt32(row))
            row += Int(sizes[index])
            if !stated.isEmpty, let stated = stated[Int(position)] { appearance.add(stated) }
            let key = keys[index]
            if index + 1 < keys.count, keys[index + 1] == key { continue }
            let (heat, entry) = key.quotientAndRemainder(dividingBy: entryCount)
            performances.initializeElement(
                at: next, to: Performance(entry: Int32(entry), heat: Int32(heat), rows: start..<row, position: appearance.position))
            (start, next, appearance) = (row, next + 1, Appearance())
        }
    }
}

/// The position of a performance in the order of appearance, as long as its scores agree on it.
package struct Appearance {
    /// The position, or `Performance.noOrder`.
    package private(set) var position = Performance.noOrder
    private var isOpen = true

    package init() {}

    /// Takes the position that a score states, or `Performance.noOrder` for one that is not a whole number.
    package mutating func add(_ stated: Int32) {
        if isOpen { position = stated } else if position != stated { position = Performance.noOrder }
        isOpen = false
    }
}
