/// The performances of several blocks in canonical order (heat, then entry), and where each block's performances and scores go.
struct PerformanceOrder {
    private(set) var performances: [Performance] = []
    /// For each block and performance of it, the place of its first score.
    private(set) var firstRows: [[UInt32]]

    init(_ blocks: [ScoreBlock], entryCodes: [[Int32]], heatCodes: [[Int32]], entryCount: Int, heatCount: Int) {
        // The performances of all blocks one after the other, by their common codes.
        var (entries, heats, sizes) = ([Int32](), [Int32](), [Int32]())
        let count = blocks.reduce(0) { $0 + $1.performances.count }
        entries.reserveCapacity(count)
        heats.reserveCapacity(count)
        for (index, block) in blocks.enumerated() {
            entries += block.performances.lazy.map { entryCodes[index][Int($0.entry)] }
            heats += block.performances.lazy.map { heatCodes[index][Int($0.heat)] }
            sizes += block.performanceSizes
        }
        // Two stable counting sorts, by entry and then by heat: linear, since both are small whole numbers.
        var order = PerformanceOrder.sorted((0..<Int32(count)), by: entries, keyCount: entryCount)
        if heatCount > 1 { order = PerformanceOrder.sorted(order, by: heats, keyCount: heatCount) }

        var firstRow = [UInt32](repeating: 0, count: count)
        performances.reserveCapacity(count)
        var (start, row, last) = (0, 0, (entry: Int32(-1), heat: Int32(-1)))
        for place in order {
            let this = (entry: entries[Int(place)], heat: heats[Int(place)])
            if this != last, row > start {
                performances.append(Performance(entry: last.entry, heat: last.heat, rows: start..<row))
                start = row
            }
            firstRow[Int(place)] = UInt32(row)
            row += Int(sizes[Int(place)])
            last = this
        }
        if row > start { performances.append(Performance(entry: last.entry, heat: last.heat, rows: start..<row)) }
        var first = 0
        firstRows = blocks.map { block in
            defer { first += block.performances.count }
            return Array(firstRow[first..<first + block.performances.count])
        }
    }

    /// Places ordered by a small whole number, equal ones in their order.
    private static func sorted(_ places: some Collection<Int32>, by keys: [Int32], keyCount: Int) -> [Int32] {
        var next = [Int32](repeating: 0, count: keyCount + 1)
        for key in keys { next[Int(key) + 1] += 1 }
        for key in 1...max(1, keyCount) where key <= keyCount { next[key] += next[key - 1] }
        return [Int32](unsafeUninitializedCapacity: places.count) { sorted, count in
            for place in places {
                let key = Int(keys[Int(place)])
                sorted[Int(next[key])] = place
                next[key] += 1
            }
            count = places.count
        }
    }
}
