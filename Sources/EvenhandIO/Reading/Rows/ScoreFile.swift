import Evenhand

/// A file of scores whose header has been understood.
struct ScoreFile: Sendable {
    let input: InputBytes
    let plan: ColumnPlan
    let separator: UInt8
    /// Where the first row behind the header begins, and on which line.
    let start: Int
    let firstLine: Int
    /// Where the rows come from when the file was brought to this form.
    private(set) var origin: LongForm?

    /// Files below this size are read in one piece: a second thread costs more than it saves.
    private static let smallestPiece = 1 << 20

    init(_ input: InputBytes, named: [ColumnRole: String], required: [ColumnRole]) throws(ScoreSheetError) {
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
        plan = try ColumnPlan(headers: header.fields.map { scanner.text(of: $0) }, named: named, required: required, file: path)
        self.input = input
        self.start = header.next
        firstLine = line + max(1, scanner.lineCount(from: start, to: header.next))
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
        for place in start..<input.count {
            let byte = input.base[place]
            if byte == 0x22 { isQuoted.toggle() }
            if byte == 0x0A, !isQuoted { break }
            if !isQuoted, byte == 0x2C || byte == 0x09 || byte == 0x3B { counts[byte, default: 0] += 1 }
        }
        return [0x2C, 0x09, 0x3B].max { counts[$0, default: 0] < counts[$1, default: 0] } ?? 0x2C
    }

    /// The scores of the file in blocks that were read at the same time, with the problems of all rows.
    func read() -> (blocks: [ScoreBlock], problems: [ScoreSheetError.Problem], count: Int) {
        let size = input.count - start
        let number = max(1, min(Parallel.width, size / ScoreFile.smallestPiece))
        let limits = (1...number).map { start + size * $0 / number }
        let starts = [start] + limits.dropLast().map { rowStart(after: $0) }
        let results = joined(Parallel.map(number) { read(from: starts[$0], to: limits[$0]) }, starts: starts)
        var (problems, line) = ([ScoreSheetError.Problem](), firstLine - 1)
        for result in results {
            for var problem in result.problems where problems.count < ScoreSheetError.mostListed {
                problem.line = problem.line.map { $0 + line }
                problems.append(problem)
            }
            line += result.lines
        }
        return (results.map(\.block), problems, results.reduce(0) { $0 + $1.problemCount })
    }

    /// The first row behind `place`, if no quoted field spans it: the reader of the piece before finds out.
    private func rowStart(after place: Int) -> Int {
        var place = place
        while place < input.count, input.base[place - 1] != 0x0A { place += 1 }
        return place
    }

    private func read(from position: Int, to limit: Int) -> BlockResult {
        let scanner = FieldScanner(input, separator: separator)
        let rowLength = max(4, scanner.row(at: min(position, input.count)).next - position)
        var reader = BlockReader(self, start: position, expectedRows: max(0, limit - position) / rowLength * 17 / 16 + 16)
        reader.read(to: limit)
        return reader.finish()
    }

    /// Holds the seams together: where a piece ended in the middle of what the next one took for rows, the rest is read anew.
    private func joined(_ results: [BlockResult], starts: [Int]) -> [BlockResult] {
        for index in results.indices.dropFirst() where results[index - 1].position != starts[index] {
            return results[..<index] + [read(from: results[index - 1].position, to: input.count)]
        }
        return results
    }
}
