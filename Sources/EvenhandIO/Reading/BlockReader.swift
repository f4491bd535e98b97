import Evenhand

/// What one stretch of a file held.
struct BlockResult: Sendable {
    var block = ScoreBlock()
    /// Where the first row behind the stretch begins.
    var position = 0
    var lines = 0
    var problems: [ScoreSheetError.Problem] = []
    var problemCount = 0
}

/// Reads the rows of one stretch of a file to a `ScoreBlock`.
///
/// Rows of one entry mostly stand together, so each field is first compared with the one above it: only what changed is looked up.
struct BlockReader: ~Copyable {
    private let input: InputBytes
    private let scanner: FieldScanner
    private let plan: ColumnPlan
    private let columns: Columns
    private let columnCount: Int

    private var entries = NameDictionary()
    private var judges = NameDictionary()
    private var criteria = NameDictionary()
    private var heatNames = NameDictionary()
    private var stageNames = NameDictionary()
    private var heats = NameDictionary()
    /// The first performance of each entry; the others by entry and heat.
    private var firstPerformances: [Int32] = []
    private var furtherPerformances = NameDictionary()
    private var furtherCodes: [Int32] = []
    private let attributes: [AttributeColumn]
    private var result = BlockResult()

    /// The fields of this row and of the row above.
    private var fields: UnsafeMutableBufferPointer<Field>
    private var above: UnsafeMutableBufferPointer<Field>
    private var hasAbove = false
    /// Judges change from row to row. Looked up one after the other in a loop of its own, the processor waits for many places of the
    /// table at once, not for each in turn.
    private var waiting: UnsafeMutableBufferPointer<(field: Field, line: Int)>
    private var waitingCount = 0
    private var isBad = false
    private var position: Int

    private var entry: Int32 = -1
    private var heatName: Int32 = -1
    private var stageName: Int32 = -1
    private var performance: Int32 = -1

    init(_ file: ScoreFile, start: Int, expectedRows: Int) {
        input = file.input
        plan = file.plan
        scanner = FieldScanner(file.input, separator: file.separator)
        columns = Columns(file.plan)
        columnCount = file.plan.uses.count
        attributes = columns.attributes.map { _ in AttributeColumn() }
        let empty = Field(start: 0, length: 0, word: 0, next: 0, endsRow: true)
        fields = .allocate(capacity: columnCount)
        above = .allocate(capacity: columnCount)
        fields.initialize(repeating: empty)
        above.initialize(repeating: empty)
        waiting = .allocate(capacity: 256)
        waiting.initialize(repeating: (empty, 0))
        position = start
        result.block.performanceCodes.reserveCapacity(expectedRows)
        result.block.judgeCodes.reserveCapacity(expectedRows)
        result.block.units.reserveCapacity(expectedRows)
        if columns.criterion != nil { result.block.criterionCodes.reserveCapacity(expectedRows) }
    }

    deinit {
        fields.deallocate()
        above.deallocate()
        waiting.deallocate()
    }

    /// Reads the rows that begin before `limit`.
    mutating func read(to limit: Int) {
        let releaseStep = 1 << 24
        var released = position
        while position < limit {
            readRow()
            if position - released > releaseStep {
                input.release(released..<position)
                released = position
            }
        }
    }

    @inline(__always)
    private mutating func readRow() {
        isBad = false
        var isPlain = true
        var place = position
        var found = 0
        while true {
            let field = scanner.field(at: place)
            place = field.next
            isPlain = isPlain && !field.isQuoted
            fields[found] = field
            found += 1
            if field.endsRow || found == columnCount { break }
        }
        if !fields[found - 1].endsRow || found < columnCount || !isPlain {
            place = inspectRow(found: found, next: place)
            isPlain = false
        }
        if !isBad { takeRow() }
        hasAbove = !isBad
        result.lines += isPlain ? 1 : max(1, scanner.lineCount(from: position, to: place))
        position = place
        swap(&fields, &above)
    }

    /// A row with quotes, or with too few or too many fields; returns where the next row begins.
    @inline(never)
    private mutating func inspectRow(found: Int, next: Int) -> Int {
        if let broken = fields[..<found].first(where: \.isBroken) { report(.brokenQuote, column: nil, text: scanner.text(of: broken)) }
        if fields[found - 1].endsRow, found < columnCount {
            isBad = true
            let isEmpty = found == 1 && fields[0].length == 0
            if !isEmpty {
                report(.missingField(found: found, expected: columnCount), column: nil, text: scanner.text(of: fields[found - 1]))
            }
        }
        var (last, count) = (fields[found - 1], found)
        while !last.endsRow {
            last = scanner.field(at: last.next)
            count += 1
        }
        if count > columnCount { report(.extraField(found: count, expected: columnCount), column: nil, text: scanner.text(of: last)) }
        return last.next
    }

    @inline(__always)
    private func isUnchanged(_ column: Int) -> Bool {
        let (field, old) = (fields[column], above[column])
        return hasAbove && field.word == old.word && field.length == old.length && field.length <= 8 && field.isQuoted == old.isQuoted
    }

    @inline(__always)
    private mutating func takeRow() {
        let score = takeScore(fields[columns.score])
        let isSameEntry = isUnchanged(columns.entry)
        var isSamePerformance = isSameEntry
        if !isSameEntry {
            entry = entries.code(of: fields[columns.entry], scanner)
            if entries.hasGrown() { inspect(.entry, columns.entry) }
        }
        if let column = columns.heat, !isUnchanged(column) {
            heatName = heatNames.code(of: fields[column], scanner)
            if heatNames.hasGrown() { inspect(.heat, column) }
            isSamePerformance = false
        }
        if let column = columns.stage, !isUnchanged(column) {
            stageName = stageNames.code(of: fields[column], scanner)
            if stageNames.hasGrown() { inspect(.stage, column) }
            isSamePerformance = false
        }
        waiting[waitingCount] = (fields[columns.judge], result.lines + 1)
        waitingCount += 1
        if waitingCount == waiting.count { lookUpJudges() }
        if let column = columns.criterion {
            let criterion = criteria.code(of: fields[column], scanner)
            if criteria.hasGrown() { inspect(.criterion, column) }
            result.block.criterionCodes.append(criterion)
        }
        takeAttributes(isSameEntry)
        if !isSamePerformance { performance = performanceCode() }
        result.block.performanceSizes[Int(performance)] += 1
        result.block.performanceCodes.append(performance)
        switch score {
        case .exact(let mantissa, let decimals): result.block.append(mantissa: mantissa, decimals: decimals)
        case .inexact(let value): result.block.append(inexact: value)
        case .notFinite, .tooLarge, .notANumber: break
        }
    }

    @inline(__always)
    private mutating func takeAttributes(_ isSameEntry: Bool) {
        for index in columns.attributes.indices {
            let column = columns.attributes[index]
            if isSameEntry, isUnchanged(column) { continue }
            attributes[index].add(fields[column], entry: Int(entry), scanner)
        }
    }

    @inline(__always)
    private mutating func takeScore(_ field: Field) -> Decimal {
        let number = Decimal(field, scanner)
        switch number {
        case .exact, .inexact: break
        case .notFinite: report(.notFinite, .score, columns.score)
        case .tooLarge: report(.tooLarge, .score, columns.score)
        case .notANumber: report(.notANumber, .score, columns.score)
        }
        return number
    }

    @inline(never)
    private mutating func lookUpJudges() {
        for (field, line) in waiting[..<waitingCount] {
            result.block.judgeCodes.append(judges.code(of: field, scanner))
            if judges.hasGrown() { inspect(.judge, columns.judge, field, line: line) }
        }
        waitingCount = 0
    }

    /// Most entries have one performance, which is found without a look-up.
    @inline(__always)
    private mutating func performanceCode() -> Int32 {
        let heat = columns.heat == nil && columns.stage == nil ? 0 : heats.code(ofKey: NameDictionary.pair(heatName, stageName))
        let code = Int(entry) < firstPerformances.count ? laterPerformance(heat) : Int32(result.block.performances.count)
        if Int(code) == result.block.performances.count {
            result.block.performances.append(ScoreBlock.Performance(entry: entry, heat: heat))
            result.block.performanceSizes.append(0)
            if Int(entry) == firstPerformances.count { firstPerformances.append(code) }
        }
        return code
    }

    private mutating func laterPerformance(_ heat: Int32) -> Int32 {
        let first = firstPerformances[Int(entry)]
        if result.block.performances[Int(first)].heat == heat { return first }
        let known = furtherPerformances.count
        let further = furtherPerformances.code(ofKey: NameDictionary.pair(entry, heat))
        if furtherPerformances.count > known { furtherCodes.append(Int32(result.block.performances.count)) }
        return furtherCodes[Int(further)]
    }

    private mutating func inspect(_ role: ColumnRole, _ column: Int) { inspect(role, column, fields[column], line: result.lines + 1) }

    /// Only a name that is new needs a closer look.
    @inline(never)
    private mutating func inspect(_ role: ColumnRole, _ column: Int, _ field: Field, line: Int) {
        let bytes = scanner.bytes(of: field)
        let text = String(decoding: bytes, as: UTF8.self)
        if bytes.isEmpty { report(.emptyName, column: plan.headers[column], text: text, line: line) }
        if String(validating: bytes, as: UTF8.self) == nil { report(.invalidUTF8, column: plan.headers[column], text: text, line: line) }
    }

    private mutating func report(_ kind: ScoreSheetError.Kind, _ role: ColumnRole, _ column: Int) {
        report(kind, column: plan.headers[column], text: scanner.text(of: fields[column]))
    }

    @inline(never)
    private mutating func report(_ kind: ScoreSheetError.Kind, column: String?, text: String, line: Int? = nil) {
        isBad = true
        result.problemCount += 1
        let shown = String(text.prefix(60))
        result.problems.append(.init(kind: kind, file: input.path, line: line ?? result.lines + 1, column: column, text: shown))
        guard result.problems.count > 2 * ScoreSheetError.mostListed else { return }
        keepFirstProblems()
    }

    /// Judges are looked up later than the other fields, so problems may come out of order.
    private mutating func keepFirstProblems() {
        result.problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
        result.problems.removeLast(max(0, result.problems.count - ScoreSheetError.mostListed))
    }

    /// The scores, with names in canonical order.
    consuming func finish() -> BlockResult {
        lookUpJudges()
        keepFirstProblems()
        result.position = position
        let entryPlaces = finishNames()
        for index in result.block.performances.indices {
            result.block.performances[index].entry = entryPlaces[Int(result.block.performances[index].entry)]
        }
        let (heatTexts, stageTexts) = (heatNames.names, stageNames.names)
        result.block.heats = heats.keys.map { key in
            let (heat, stage) = NameDictionary.unpair(key)
            return Heat(stage: stage < 0 ? nil : stageTexts[Int(stage)], name: heat < 0 ? nil : heatTexts[Int(heat)])
        }
        if result.block.heats.isEmpty { result.block.heats = [Heat(stage: nil, name: nil)] }
        for (name, column) in zip(plan.attributes, attributes) {
            if column.isLive {
                result.block.attributes.append(Attribute(name: name, values: column.factor(entryPlaces: entryPlaces)))
            } else {
                result.block.varying.append(name)
            }
        }
        return result
    }

    /// Brings names of judges, criteria and entries to canonical order; returns the place of each entry's code in it.
    private mutating func finishNames() -> [Int32] {
        let (judgeNames, judgePlaces) = judges.sorted()
        let (criterionNames, criterionPlaces) = criteria.sorted()
        for row in result.block.judgeCodes.indices { result.block.judgeCodes[row] = judgePlaces[Int(result.block.judgeCodes[row])] }
        for row in result.block.criterionCodes.indices {
            result.block.criterionCodes[row] = criterionPlaces[Int(result.block.criterionCodes[row])]
        }
        let (entryNames, entryPlaces) = entries.sorted()
        (result.block.entries, result.block.judges, result.block.criteria) = (entryNames, judgeNames, criterionNames)
        return entryPlaces
    }
}

/// Where the columns of a plan stand.
private struct Columns {
    let entry: Int
    let judge: Int
    let score: Int
    let criterion: Int?
    let heat: Int?
    let stage: Int?
    let attributes: [Int]

    init(_ plan: ColumnPlan) {
        func place(_ role: ColumnRole) -> Int? { plan.uses.firstIndex(of: .role(role)) }
        entry = place(.entry) ?? 0
        judge = place(.judge) ?? 0
        score = place(.score) ?? 0
        (criterion, heat, stage) = (place(.criterion), place(.heat), place(.stage))
        attributes = plan.uses.indices.filter { if case .attribute = plan.uses[$0] { true } else { false } }
    }
}
