import Evenhand

/// Reads the rows of one stretch of a file to a `ScoreBlock`.
struct BlockReader: Sendable {
    private let input: InputBytes
    private let scanner: FieldScanner
    private let plan: ColumnPlan
    private let steps: [ColumnPlan.Use]
    private let keysPerformances: Bool

    private var entries = NameDictionary()
    private var judges = NameDictionary()
    private var criteria = NameDictionary()
    private var heatNames = NameDictionary()
    private var stageNames = NameDictionary()
    private var heats = NameDictionary()
    private var performances = NameDictionary()
    private var attributes: [AttributeColumn]
    private var block = ScoreBlock()

    /// Where the first row behind the stretch begins.
    private(set) var position: Int
    /// Lines read so far.
    private(set) var lines = 0
    private(set) var problems: [ScoreSheetError.Problem] = []
    private(set) var problemCount = 0

    // The row being read.
    private var entry: Int32 = -1
    private var judge: Int32 = -1
    private var criterion: Int32 = -1
    private var heatName: Int32 = -1
    private var stageName: Int32 = -1
    private var number = Decimal.notANumber
    private var isBad = false

    init(_ input: InputBytes, plan: ColumnPlan, separator: UInt8, start: Int, expectedRows: Int) {
        self.input = input
        self.plan = plan
        scanner = FieldScanner(input, separator: separator)
        steps = plan.uses
        attributes = plan.attributes.map { _ in AttributeColumn() }
        keysPerformances = plan.has(.heat) || plan.has(.stage)
        position = start
        block.performanceCodes.reserveCapacity(expectedRows)
        block.judgeCodes.reserveCapacity(expectedRows)
        block.units.reserveCapacity(expectedRows)
        if plan.has(.criterion) { block.criterionCodes.reserveCapacity(expectedRows) }
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

    private mutating func readRow() {
        let start = position
        isBad = false
        for (index, step) in steps.enumerated() {
            let field = scanner.field(at: position)
            position = field.next
            if field.endsRow, index + 1 < steps.count {
                if index == 0, field.length == 0, !field.hasEscapes, !field.isBroken { return lines += 1 }
                report(.missingField(found: index + 1, expected: steps.count), column: nil, text: scanner.text(of: field))
                break
            }
            take(field, step)
            if !field.endsRow, index + 1 == steps.count { skipExtraFields(found: index + 1) }
        }
        if !isBad { append() }
        // Only a quoted field can hold line ends, so a row is one line unless it has a quote and more than one line feed.
        lines += rowHasQuote ? max(1, scanner.lineCount(from: start, to: position)) : 1
        rowHasQuote = false
    }

    private var rowHasQuote = false

    @inline(__always)
    private mutating func take(_ field: Field, _ step: ColumnPlan.Use) {
        if field.isBroken || (field.start > 0 && scanner.base[field.start - 1] == 0x22) { noteQuote(field) }
        switch step {
        case .role(.entry):
            entry = entries.code(of: field, scanner)
            if entries.hasGrown() { inspect(field, .entry) }
        case .role(.judge):
            judge = judges.code(of: field, scanner)
            if judges.hasGrown() { inspect(field, .judge) }
        case .role(.score): takeScore(field)
        case .role(.heat):
            heatName = heatNames.code(of: field, scanner)
            if heatNames.hasGrown() { inspect(field, .heat) }
        case .role(.stage):
            stageName = stageNames.code(of: field, scanner)
            if stageNames.hasGrown() { inspect(field, .stage) }
        case .role(.criterion):
            criterion = criteria.code(of: field, scanner)
            if criteria.hasGrown() { inspect(field, .criterion) }
        case .attribute(let index): attributes[index].hold(field)
        case .role(.order), .ignored: break
        }
    }

    @inline(never)
    private mutating func noteQuote(_ field: Field) {
        rowHasQuote = true
        if field.isBroken { report(.brokenQuote, column: nil, text: String(scanner.text(of: field).prefix(60))) }
    }

    private mutating func skipExtraFields(found: Int) {
        var found = found
        while true {
            let field = scanner.field(at: position)
            position = field.next
            found += 1
            if field.endsRow { return report(.extraField(found: found, expected: steps.count), column: nil, text: scanner.text(of: field)) }
        }
    }

    private mutating func takeScore(_ field: Field) {
        number = Decimal(UnsafeBufferPointer(start: scanner.base + field.start, count: field.length))
        switch number {
        case .exact, .inexact: break
        case .notFinite: report(.notFinite, .score, field)
        case .notANumber: report(.notANumber, .score, field)
        }
    }

    /// Only a name that is new needs a closer look.
    @inline(never)
    private mutating func inspect(_ field: Field, _ role: ColumnRole) {
        let bytes = scanner.bytes(of: field)
        if bytes.isEmpty { report(.emptyName, role, field) }
        if String(validating: bytes, as: UTF8.self) == nil { report(.invalidUTF8, role, field) }
    }

    private mutating func report(_ kind: ScoreSheetError.Kind, _ role: ColumnRole, _ field: Field) {
        report(kind, column: plan.header(of: role), text: scanner.text(of: field))
    }

    private mutating func report(_ kind: ScoreSheetError.Kind, column: String?, text: String) {
        isBad = true
        problemCount += 1
        guard problems.count < ScoreSheetError.mostListed else { return }
        problems.append(.init(kind: kind, file: input.path, line: lines + 1, column: column, text: String(text.prefix(80))))
    }

    private mutating func append() {
        for index in attributes.indices where attributes[index].isLive {
            attributes[index].add(entry: Int(entry), scanner)
        }
        let performance = performanceCode()
        if Int(performance) == block.performanceSizes.count { block.performanceSizes.append(0) }
        block.performanceSizes[Int(performance)] += 1
        block.performanceCodes.append(performance)
        block.judgeCodes.append(judge)
        if criterion >= 0 { block.criterionCodes.append(criterion) }
        switch number {
        case .exact(let mantissa, let decimals): block.append(mantissa: mantissa, decimals: decimals)
        case .inexact(let value): block.append(inexact: value)
        case .notFinite, .notANumber: break
        }
    }

    @inline(__always)
    private mutating func performanceCode() -> Int32 {
        guard keysPerformances else { return entry }
        let heat = heats.code(ofShort: NameDictionary.pair(heatName, stageName), length: 8)
        return performances.code(ofShort: NameDictionary.pair(entry, heat), length: 8)
    }

    /// The scores with names in canonical order.
    consuming func finish() -> ScoreBlock {
        let (entryNames, entryPlaces) = entries.sorted()
        let (judgeNames, judgePlaces) = judges.sorted()
        let (criterionNames, criterionPlaces) = criteria.sorted()
        (block.entries, block.judges, block.criteria) = (entryNames, judgeNames, criterionNames)
        for row in block.judgeCodes.indices { block.judgeCodes[row] = judgePlaces[Int(block.judgeCodes[row])] }
        for row in block.criterionCodes.indices { block.criterionCodes[row] = criterionPlaces[Int(block.criterionCodes[row])] }
        if keysPerformances {
            let (heatTexts, stageTexts) = (heatNames.names, stageNames.names)
            block.heats = heats.keys.map { key in
                let (heat, stage) = NameDictionary.unpair(key)
                return Heat(stage: stage < 0 ? nil : stageTexts[Int(stage)], name: heat < 0 ? nil : heatTexts[Int(heat)])
            }
            block.performances = performances.keys.map { key in
                let (entry, heat) = NameDictionary.unpair(key)
                return ScoreBlock.Performance(entry: entryPlaces[Int(entry)], heat: heat)
            }
        } else {
            block.heats = [Heat(stage: nil, name: nil)]
            block.performances = entryPlaces.map { ScoreBlock.Performance(entry: $0, heat: 0) }
        }
        for (name, column) in zip(plan.attributes, attributes) {
            if column.isLive {
                block.attributes.append(Attribute(name: name, values: column.factor(entryPlaces: entryPlaces)))
            } else {
                block.varying.append(name)
            }
        }
        return block
    }
}
