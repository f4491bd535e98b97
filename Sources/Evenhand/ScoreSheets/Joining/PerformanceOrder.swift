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

        let stated = PerformanceOrder.statedPlaces(blocks)
        var firstRow = [UInt32](repeating: 0, count: count)
        performances.reserveCapacity(count)
        var (row, start, appearance) = (0, 0, Appearance())
        for (index, place) in order.enumerated() {
            firstRow[Int(place)] = UInt32(row)
            row += Int(sizes[Int(place)])
            if !stated.isEmpty, let stated = stated[Int(place)] { appearance.add(stated) }
            let (entry, heat) = (entries[Int(place)], heats[Int(place)])
            let next = index + 1 < count ? Int(order[index + 1]) : nil
            if let next, entries[next] == entry, heats[next] == heat { continue }
            performances.append(Performance(entry: entry, heat: heat, rows: start..<row, place: appearance.place))
            (start, appearance) = (row, Appearance())
        }
        var first = 0
        firstRows = blocks.map { block in
            defer { first += block.performances.count }
            return Array(firstRow[first..<first + block.performances.count])
        }
    }

    /// The places in the order of appearance that the performances of all blocks state; none where no block has such a column.
    private static func statedPlaces(_ blocks: [ScoreBlock]) -> [Int32?] {
        guard blocks.contains(where: { !$0.performancePlaces.isEmpty }) else { return [] }
        return blocks.flatMap { block in
            block.performancePlaces.isEmpty ? block.performances.map { _ in nil } : block.performancePlaces.map { $0 as Int32? }
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
