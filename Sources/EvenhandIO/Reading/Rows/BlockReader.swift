import CFields
import Evenhand

/// What is known about a stretch of a file besides its scores.
struct Stretch: Sendable {
    /// Its index among the stretches of the file.
    let index: Int
    /// Where the first row after it begins.
    var end: Int
    var lines = 0
    /// The first of them, with lines counted from the beginning of the stretch.
    var problems: [ScoreSheetError.Problem] = []
    var problemCount = 0
}

/// Reads the rows of some stretches of a file to a `ScoreBlock`: a batch of rows, then each of its columns in turn.
struct BlockReader: ~Copyable {
    private let input: InputBytes
    private let scanner: FieldScanner
    private let plan: ColumnPlan
    private let columns: Columns
    private var batch: FieldBatch
    private var runs: RowRuns

    private var entries = NameColumn()
    private var judges = NameColumn()
    private var conditions: ConditionColumns
    private var heatNames = NameColumn()
    private var stageNames = NameColumn()
    private var performances = PerformanceTable()
    private let scores = ScoreColumn()
    private let attributes: [AttributeColumn]
    private var order = OrderColumn()
    private var block = ScoreBlock()
    private var stretches: [Stretch] = []
    /// The one that is being read.
    private var stretch = Stretch(index: 0, end: 0)

    init(_ file: ScoreFile, expectedRows: Int) {
        input = file.input
        plan = file.plan
        scanner = FieldScanner(file.input, separator: file.separator)
        columns = Columns(file.plan)
        batch = FieldBatch(scanner, columnCount: file.plan.uses.count)
        runs = RowRuns(file.plan)
        attributes = columns.attributes.map { _ in AttributeColumn() }
        block.judgeCodes.reserve(expectedRows)
        block.units.reserve(expectedRows)
        conditions = ConditionColumns(file.plan)
        if conditions.areThere { block.conditionCodes.reserveCapacity(expectedRows) }
    }

    /// Reads the rows of a stretch: those that begin from `start` on and before `limit`.
    mutating func read(stretch index: Int, from start: Int, to limit: Int) {
        stretch = Stretch(index: index, end: start)
        let releaseStep = 1 << 24
        var released = start
        while stretch.end < limit {
            var line = stretch.lines + 1
            var broken: [(ScoreSheetError.Kind, Int, Field)] = []
            batch.scan(&stretch.end, line: &line, to: limit) { broken.append(($0, $1, $2)) }
            for (kind, line, field) in broken { report(kind, column: nil, text: scanner.text(of: field), line: line) }
            takeBatch()
            stretch.lines = line - 1
            if stretch.end - released > releaseStep {
                input.release(released..<stretch.end)
                released = stretch.end
            }
        }
        input.release(released..<stretch.end)
        keepFirstProblems()
        stretches.append(stretch)
    }

    private mutating func takeBatch() {
        runs.find(in: batch)
        let starts = runs.starts
        entries.take(batch, columns.entry, rows: starts, scanner)
        judges.take(batch, columns.judge, scanner)
        if let column = columns.heat { heatNames.take(batch, column, rows: starts, scanner) }
        if let column = columns.stage { stageNames.take(batch, column, rows: starts, scanner) }
        if conditions.areThere { conditions.take(batch, scanner, into: &block.conditionCodes) }
        for (attribute, column) in zip(attributes, columns.attributes) where attribute.isLive {
            attribute.take(batch.column(column), rows: starts, entries: UnsafePointer(entries.codes), scanner)
        }
        let knownRuns = block.runs.count
        performances.take(
            runs: starts, count: batch.count, entries: entries.codes, heats: columns.heat == nil ? nil : heatNames.codes,
            stages: columns.stage == nil ? nil : stageNames.codes, into: &block)
        if let column = columns.order { order.take(batch, column, scanner, block.runs[knownRuns...]) }
        block.judgeCodes.append(judges.codes(batch.count))
        for (kind, row) in scores.take(batch, columns.score, scanner, into: &block) { report(kind, columns.score, row) }
        reportFaults()
    }

    /// Names that are empty or no UTF-8: the dictionary knows that there are some, the rows are looked for now.
    private mutating func reportFaults() {
        let named = [columns.entry, columns.judge, columns.heat, columns.stage] + conditions.columns
        let faulty = [entries.hasFaults, judges.hasFaults, heatNames.hasFaults, stageNames.hasFaults] + conditions.haveFaults
        guard faulty.contains(true) else { return }
        for (column, isFaulty) in zip(named, faulty) {
            guard let column, isFaulty else { continue }
            for row in 0..<batch.count {
                let name = bytes(column, row)
                if name.isEmpty { report(.emptyName, column, row) }
                if String(validating: name, as: UTF8.self) == nil { report(.invalidUTF8, column, row) }
            }
        }
    }

    private func bytes(_ column: Int, _ row: Int) -> [UInt8] {
        let cell = batch.column(column)[row]
        let bytes = UnsafeBufferPointer(start: scanner.base + cell.start, count: cell.length < 0 ? ~cell.length : cell.length)
        return FieldScanner.trimmed(bytes, unescaping: cell.length < 0)
    }

    private mutating func report(_ kind: ScoreSheetError.Kind, _ column: Int, _ row: Int) {
        report(kind, column: plan.headers[column], text: String(decoding: bytes(column, row), as: UTF8.self), line: batch.line(of: row))
    }

    /// Problems of a batch come column by column, so the first ones are reported when all are known.
    private mutating func report(_ kind: ScoreSheetError.Kind, column: String?, text: String, line: Int) {
        stretch.problemCount += 1
        stretch.problems.append(.init(kind: kind, file: input.path, line: line, column: column, text: String(text.prefix(60))))
        if stretch.problems.count > 64 * ScoreSheetError.mostListed { keepFirstProblems() }
    }

    private mutating func keepFirstProblems() {
        stretch.problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
        stretch.problems.removeLast(max(0, stretch.problems.count - ScoreSheetError.mostListed))
    }

    /// The scores, with names in canonical order unless there is a problem.
    consuming func finish() -> (block: ScoreBlock, stretches: [Stretch]) {
        guard stretches.allSatisfy({ $0.problemCount == 0 }) else { return (block, stretches) }
        if columns.order != nil { block.performanceOrders = order.positions }
        let entryPositions: [Int32]
        (block.entries, entryPositions) = entries.names.sorted()
        block.performances.withUnsafeMutableBufferPointer { performances in
            for index in performances.indices { performances[index].entry = entryPositions[Int(performances[index].entry)] }
        }
        block.heats = performances.heats(heatNames.names.names, stageNames.names.names)
        (block.judges, block.judgePositions) = judges.names.sorted()
        conditions.finish(&block)
        for (name, column) in zip(plan.attributes, attributes) {
            if column.isLive {
                block.attributes.append(Attribute(name: name, values: column.factor(entryPositions: entryPositions)))
            } else {
                block.varying.append(name)
            }
        }
        return (block, stretches)
    }
}

/// Where the columns of a plan are.
private struct Columns {
    let entry: Int
    let judge: Int
    let score: Int
    let heat: Int?
    let stage: Int?
    let order: Int?
    let attributes: [Int]

    init(_ plan: ColumnPlan) {
        func position(_ role: ColumnRole) -> Int? { plan.uses.firstIndex(of: .role(role)) }
        entry = position(.entry) ?? 0
        judge = position(.judge) ?? 0
        score = position(.score) ?? 0
        (heat, stage, order) = (position(.heat), position(.stage), position(.order))
        attributes = plan.uses.indices.filter { if case .attribute = plan.uses[$0] { true } else { false } }
    }
}

/// The column of scores: where all of a batch are short decimals they are read to whole numbers of units and added to the block at once.
struct ScoreColumn: ~Copyable {
    private let units: UnsafeMutablePointer<Int32>

    init() { units = .allocate(capacity: FieldBatch.mostRows) }

    deinit { units.deallocate() }

    /// Adds the scores of a batch to a block; returns what is wrong with the fields that are not scores, and their rows.
    func take(
        _ batch: borrowing FieldBatch, _ index: Int, _ scanner: FieldScanner, into block: inout ScoreBlock
    ) -> [(ScoreSheetError.Kind, Int)] {
        let column = batch.column(index)
        var pointers = column.pointers
        if block.isExact, evenhand_short_decimals(&pointers, batch.count, Int32(block.decimals), units) == 1 {
            block.append(units: UnsafeBufferPointer(start: units, count: batch.count))
            return []
        }
        var faults: [(ScoreSheetError.Kind, Int)] = []
        for row in 0..<batch.count {
            switch Decimal(column[row], scanner) {
            case .exact(let mantissa, let places): block.append(mantissa: mantissa, decimals: places)
            case .inexact(let value): block.append(inexact: value)
            case .notFinite: faults.append((.notFinite, row))
            case .tooLarge: faults.append((.tooLarge, row))
            case .notANumber: faults.append((.notANumber, row))
            }
        }
        return faults
    }
}

/// The column with the order of appearance: one position for each performance, as long as its rows agree.
struct OrderColumn {
    private var appearances: [Appearance] = []

    /// The positions of the performances, in the order in which they were met.
    var positions: [Int32] { appearances.map(\.position) }

    /// Takes the fields of a batch, whose rows belong to the runs one after the other.
    mutating func take(_ batch: borrowing FieldBatch, _ index: Int, _ scanner: FieldScanner, _ runs: ArraySlice<ScoreBlock.Run>) {
        let column = batch.column(index)
        var row = 0
        for run in runs {
            while appearances.count <= Int(run.performance) { appearances.append(Appearance()) }
            for _ in 0..<run.count {
                appearances[Int(run.performance)].add(OrderColumn.position(column, row, scanner))
                row += 1
            }
        }
    }

    /// A whole number of 32 bits.
    private static func position(_ column: FieldBatch.Column, _ row: Int, _ scanner: FieldScanner) -> Int32 {
        guard case .exact(let mantissa, let decimals) = Decimal(column[row], scanner) else { return Performance.noOrder }
        let (quotient, rest) = mantissa.quotientAndRemainder(dividingBy: Int64(ScoreBlock.powerOfTen(min(decimals, 6))))
        return rest == 0 ? Int32(exactly: quotient) ?? Performance.noOrder : Performance.noOrder
    }
}

/// Where rows of a batch begin that differ from the row before in more than judge, criterion, item, repetition and score.
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
        [.role(.judge), .role(.criterion), .role(.item), .role(.repetition), .role(.score), .role(.order), .ignored].contains(use)
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
