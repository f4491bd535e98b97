import Evenhand

/// A file of scores whose header has been understood.
struct ScoreFile: Sendable {
    let input: InputBytes
    let plan: ColumnPlan
    let separator: UInt8
    /// Where the first row after the header begins, and on which line.
    let start: Int
    let firstLine: Int
    /// Where the rows come from when the file was brought to this form.
    private(set) var origin: LongForm?

    /// Files below twice this size are read in one stretch: a second thread costs more than it saves.
    private static let smallestStretch = 1 << 20
    /// A processor that is faster, or less busy with other work, reads more of so many stretches; each is given back to the system at
    /// its end, which stops all threads for a moment.
    private static let stretchesPerReader = 8

    init(_ input: InputBytes, as options: ReadingOptions, required: [ColumnRole]) throws(ScoreSheetError) {
        let path = input.path
        let mark = input[0..<min(3, input.count)].elementsEqual([0xEF, 0xBB, 0xBF]) ? 3 : 0
        var (start, line) = (mark, 1)
        while start < input.count, input.base[start] == 0x0A || (input.base[start] == 0x0D && input.base[start + 1] == 0x0A) {
            start += input.base[start] == 0x0A ? 1 : 2
            line += 1
        }
        guard start < input.count else { throw ScoreSheetError(.noRows, file: path) }
        separator = ScoreFile.separator(input, from: start)
        let scanner = FieldScanner(input, separator: separator)
        let header = scanner.row(at: start)
        if let broken = header.fields.first(where: \.isBroken) {
            throw ScoreSheetError(.brokenQuote, file: path, line: line, text: String(scanner.text(of: broken).prefix(60)))
        }
        for field in header.fields where String(validating: scanner.bytes(of: field), as: UTF8.self) == nil {
            throw ScoreSheetError(.invalidUTF8, file: path, line: line, text: String(scanner.text(of: field).prefix(60)))
        }
        plan = try ColumnPlan(
            headers: header.fields.map { scanner.text(of: $0) }, named: options.columns, required: required, takesItems: options.takesItems,
            file: path)
        self.input = input
        self.start = header.next
        firstLine = line + max(1, scanner.lineCount(from: start, to: header.next))
    }

    /// The further columns that hold a number, or with `inPercent` a percentage, in one of the first rows.
    func numericAttributes(inPercent: Bool = false) -> [String] {
        let scanner = FieldScanner(input, separator: separator)
        var (names, position) = (Set<String>(), start)
        for _ in 0..<ScoreFile.mostLinesTried where position < input.count {
            let (fields, next) = scanner.row(at: position)
            for (use, field) in zip(plan.uses, fields) {
                guard case .attribute(let index) = use else { continue }
                let text = scanner.text(of: field)
                // Other texts would need the words of all languages.
                guard let first = text.first, first.isNumber || "+-−–.".contains(first) else { continue }
                let digits = inPercent ? String(text.dropLast()) : ScoreText.digits(beforePoints: text) ?? text
                guard !inPercent || text.hasSuffix("%"),
                    case .number = ScoreText(digits, hasDecimalComma: separator == 0x3B)
                else { continue }
                names.insert(plan.attributes[index])
            }
            position = next
        }
        return plan.attributes.filter(names.contains)
    }

    /// A sheet that was brought to one row per score.
    init(_ form: LongForm) {
        let scanner = FieldScanner(form.input, separator: 0x2C)
        let header = scanner.row(at: 0)
        plan = ColumnPlan(unpivoted: header.fields.map { scanner.text(of: $0) }, roleCount: form.roleCount)
        (input, separator, start) = (form.input, 0x2C, header.next)
        firstLine = 1 + max(1, scanner.lineCount(from: 0, to: header.next))
        origin = form
    }

    /// The separator that occurs most in the first line, outside quotes; a comma when there is none.
    private static func separator(_ input: InputBytes, from start: Int) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for offset in start..<input.count {
            let byte = input.base[offset]
            if byte == 0x22 { isQuoted.toggle() }
            if byte == 0x0A, !isQuoted { break }
            if !isQuoted, byte == 0x2C || byte == 0x09 || byte == 0x3B { counts[byte, default: 0] += 1 }
        }
        return [0x2C, 0x09, 0x3B].max { counts[$0, default: 0] < counts[$1, default: 0] } ?? 0x2C
    }

    /// The scores of the file in blocks that were read at the same time, with the problems of all rows.
    func read() -> (blocks: [ScoreBlock], problems: [ScoreSheetError.Problem], count: Int) {
        let size = input.count - start
        let number =
            size < 2 * ScoreFile.smallestStretch || Parallel.width == 1
            ? 1
            : min(size / ScoreFile.smallestStretch, ScoreFile.stretchesPerReader * Parallel.width)
        let starts = [start] + (1..<number).map { rowStart(after: start + size * $0 / number) }
        var (blocks, stretches) = read(from: starts)
        // Where a stretch ended in the middle of what the next one took for rows, all is read once more in one.
        if !zip(stretches, starts.dropFirst()).allSatisfy({ $0.end == $1 }) { (blocks, stretches) = read(from: [start]) }
        var (problems, line) = ([ScoreSheetError.Problem](), firstLine - 1)
        for stretch in stretches {
            for var problem in stretch.problems where problems.count < ScoreSheetError.mostListed {
                problem.line = problem.line.map { $0 + line }
                problems.append(problem)
            }
            line += stretch.lines
        }
        return (blocks, problems, stretches.reduce(0) { $0 + $1.problemCount })
    }

    /// Reads the stretches that begin at `starts`, each by the first reader that is free; they come back in the order of the file.
    private func read(from starts: [Int]) -> (blocks: [ScoreBlock], stretches: [Stretch]) {
        let readers = min(Parallel.width, starts.count)
        let rowLength = max(4, FieldScanner(input, separator: separator).row(at: min(start, input.count)).next - start)
        let rows = (input.count - start) / rowLength
        let results = Parallel.workers(starts.count) { next in
            // Memory that is reserved and not written to costs nothing, and a reader may come to read more than its part.
            var reader = BlockReader(self, expectedRows: (readers == 1 ? rows * 17 / 16 : 2 * rows / readers) + 16)
            while let index = next() {
                reader.read(stretch: index, from: starts[index], to: index + 1 < starts.count ? starts[index + 1] : input.count)
            }
            return reader.finish()
        }
        return (results.map(\.block), results.flatMap(\.stretches).sorted { $0.index < $1.index })
    }

    /// Where a row begins after `offset`: at the first line with as many fields as the header and no quotes, which is hardly ever
    /// part of a quoted field; else at the first line.
    private func rowStart(after offset: Int) -> Int {
        let first = lineStart(after: offset)
        var start = first
        for _ in 0..<ScoreFile.mostLinesTried where start < input.count {
            let next = lineStart(after: start + 1)
            let line = input[start..<next]
            if !line.contains(0x22), line.count(where: { $0 == separator }) == plan.uses.count - 1 { return start }
            start = next
        }
        return first
    }

    private static let mostLinesTried = 100

    private func lineStart(after offset: Int) -> Int {
        var offset = offset
        while offset < input.count, input.base[offset - 1] != 0x0A { offset += 1 }
        return offset
    }
}
