/// Where rows of a batch begin that differ from the row before in more than judge, criterion and score.
///
/// The scores of a panel are mostly together, so that entry, heat and attributes need to be looked at once for all of them.
struct RowRuns: ~Copyable {
    /// Neighbouring columns that say whom a score is for.
    private let spans: [ClosedRange<Int>]
    private let rows: UnsafeMutablePointer<Int>
    /// 1 for the rows that begin a run, else 0.
    private let begins: UnsafeMutablePointer<Int>
    private var count = 0

    init(_ plan: ColumnPlan) {
        var spans: [ClosedRange<Int>] = []
        for (index, use) in plan.uses.enumerated() where !RowRuns.variesWithinPanel(use) {
            if let last = spans.last, last.upperBound == index - 1 {
                spans[spans.count - 1] = last.lowerBound...index
            } else {
                spans.append(index...index)
            }
        }
        self.spans = spans
        rows = .allocate(capacity: FieldBatch.mostRows)
        begins = .allocate(capacity: FieldBatch.mostRows)
    }

    deinit {
        rows.deallocate()
        begins.deallocate()
    }

    private static func variesWithinPanel(_ use: ColumnPlan.Use) -> Bool {
        [.role(.judge), .role(.criterion), .role(.score), .role(.order), .ignored].contains(use)
    }

    /// The first row of each run, in order; every row of a batch that is not plain.
    var starts: UnsafeBufferPointer<Int> { UnsafeBufferPointer(start: rows, count: count) }

    /// Finds the runs of a batch; its first row begins one.
    mutating func find(in batch: borrowing FieldBatch) {
        for row in 0..<batch.count { begins[row] = row == 0 || !batch.isPlain ? 1 : 0 }
        if batch.isPlain { for span in spans { batch.markChanges(in: span, begins) } }
        count = 0
        for row in 0..<batch.count {
            rows[count] = row
            count &+= begins[row]
        }
    }
}
