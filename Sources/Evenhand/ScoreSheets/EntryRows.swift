/// The scores of each entry, over all its performances.
struct EntryRows: Sendable {
    private let performances: [Performance]
    /// The performances of entry e are `order[starts[e] ..< starts[e + 1]]`.
    private let starts: [Int32]
    private let order: [Int32]

    init(of sheet: ScoreSheet) {
        var starts = [Int32](repeating: 0, count: sheet.entries.count + 1)
        for performance in sheet.performances { starts[Int(performance.entry) + 1] += 1 }
        for entry in 1..<starts.count { starts[entry] += starts[entry - 1] }
        var next = starts
        var order = [Int32](repeating: 0, count: sheet.performances.count)
        for (index, performance) in sheet.performances.enumerated() {
            order[Int(next[Int(performance.entry)])] = Int32(index)
            next[Int(performance.entry)] += 1
        }
        performances = sheet.performances
        self.starts = starts
        self.order = order
    }

    var count: Int { starts.count - 1 }

    /// The performances of an entry.
    func performances(of entry: Int) -> ArraySlice<Int32> { order[Int(starts[entry])..<Int(starts[entry + 1])] }

    /// Hands the values of an entry to `body`; those of one performance without a copy.
    @inline(__always)
    func with<Result>(_ entry: Int, of values: UnsafeBufferPointer<Double>, _ body: (UnsafeBufferPointer<Double>) -> Result) -> Result {
        let mine = performances(of: entry)
        if mine.count == 1, let only = mine.first {
            return body(UnsafeBufferPointer(rebasing: values[performances[Int(only)].rows]))
        }
        return mine.flatMap { values[performances[Int($0)].rows] }.withUnsafeBufferPointer(body)
    }

    /// The mean of a value over the scores of each entry, in canonical order.
    @inline(__always)
    func means(_ value: @Sendable (Int) -> Double) -> [Double] {
        Parallel.array(count: count, grain: 4096) { range, means in
            for entry in range {
                var (sum, number) = (0.0, 0)
                for index in performances(of: entry) {
                    let rows = performances[Int(index)].rows
                    for row in rows { sum += value(row) }
                    number += rows.count
                }
                means[entry] = sum / Double(number)
            }
        }
    }

    /// One result for each entry, computed at the same time.
    func map<Result: Sendable>(_ values: [Double], _ body: @Sendable (UnsafeBufferPointer<Double>) -> Result) -> [Result] {
        Parallel.array(count: count, grain: 4096) { range, results in
            values.withUnsafeBufferPointer { values in
                for entry in range { (results + entry).initialize(to: with(entry, of: values, body)) }
            }
        }
    }
}
