/// A value for each score of a sheet, stored or computed when it is asked for.
protocol RowValues: Sendable {
    subscript(row: Int) -> Double { get }
}

extension [Double]: RowValues {}

/// The scores of each entry, over all its performances.
struct EntryRows: Sendable {
    private let performances: [Performance]
    /// The performances of entry e are `order[starts[e] ..< starts[e + 1]]`.
    private let starts: [Int32]
    private let order: [Int32]

    init(of sheet: ScoreSheet) {
        performances = sheet.performances
        if let order = EntryRows.orderOfSingle(performances, entryCount: sheet.entries.count) {
            (starts, self.order) = ((0...Int32(order.count)).map(\.self), order)
            return
        }
        var starts = [Int32](repeating: 0, count: sheet.entries.count + 1)
        for performance in sheet.performances { starts[Int(performance.entry) + 1] += 1 }
        for entry in 1..<starts.count { starts[entry] += starts[entry - 1] }
        var next = starts
        var order = [Int32](repeating: 0, count: sheet.performances.count)
        for (index, performance) in sheet.performances.enumerated() {
            order[Int(next[Int(performance.entry)])] = Int32(index)
            next[Int(performance.entry)] += 1
        }
        self.starts = starts
        self.order = order
    }

    /// The performance of each entry; `nil` unless each has exactly one.
    private static func orderOfSingle(_ performances: [Performance], entryCount: Int) -> [Int32]? {
        guard performances.count == entryCount else { return nil }
        var order = [Int32](repeating: -1, count: entryCount)
        for (index, performance) in performances.enumerated() {
            guard order[Int(performance.entry)] < 0 else { return nil }
            order[Int(performance.entry)] = Int32(index)
        }
        return order
    }

    var count: Int { starts.count - 1 }

    /// The performances of an entry.
    func performances(of entry: Int) -> ArraySlice<Int32> { order[Int(starts[entry])..<Int(starts[entry + 1])] }

    /// The number of scores of an entry.
    func scoreCount(of entry: Int) -> Int {
        performances(of: entry).reduce(0) { $0 + performances[Int($1)].rows.count }
    }

    /// Hands the values of an entry to `body`.
    func with<Result>(_ entry: Int, of values: UnsafeBufferPointer<Double>, _ body: (UnsafeBufferPointer<Double>) -> Result) -> Result {
        performances(of: entry).flatMap { values[performances[Int($0)].rows] }.withUnsafeBufferPointer(body)
    }

    /// The mean of a value over the scores of each entry, in canonical order.
    func means(_ values: some RowValues) -> [Double] {
        Parallel.array(count: count, grain: 4096) { range, means in
            withView { view in
                for entry in range {
                    var (sum, number) = (0.0, 0)
                    for performance in view.performances(of: entry) {
                        for row in performance.rows { sum += values[row] }
                        number += performance.rows.count
                    }
                    means[entry] = sum / Double(number)
                }
            }
        }
    }

    /// One result for each entry, computed at the same time; values of one performance are handed on without a copy.
    func map<Result: Sendable>(_ values: [Double], _ body: @Sendable (UnsafeBufferPointer<Double>) -> Result) -> [Result] {
        Parallel.array(count: count, grain: 4096) { range, results in
            values.withUnsafeBufferPointer { values in
                withView { view in
                    for entry in range {
                        let mine = view.performances(of: entry)
                        let result: Result
                        if mine.count == 1 {
                            result = body(UnsafeBufferPointer(rebasing: values[mine[mine.startIndex].rows]))
                        } else {
                            result = mine.flatMap { values[$0.rows] }.withUnsafeBufferPointer(body)
                        }
                        (results + entry).initialize(to: result)
                    }
                }
            }
        }
    }

    private func withView(_ body: (View) -> Void) {
        performances.withUnsafeBufferPointer { performances in
            starts.withUnsafeBufferPointer { starts in
                order.withUnsafeBufferPointer { body(View(all: performances, starts: starts, order: $0)) }
            }
        }
    }

    /// The same in the loops over all entries: a slice of an array is counted as a user of it, by all threads at one address.
    private struct View {
        let all: UnsafeBufferPointer<Performance>
        let starts: UnsafeBufferPointer<Int32>
        let order: UnsafeBufferPointer<Int32>

        @inline(__always)
        func performances(of entry: Int) -> LazyMapSequence<Slice<UnsafeBufferPointer<Int32>>, Performance> {
            order[Int(starts[entry])..<Int(starts[entry + 1])].lazy.map { all[Int($0)] }
        }
    }
}
