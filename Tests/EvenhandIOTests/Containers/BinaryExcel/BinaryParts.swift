import TestSupport

@testable import EvenhandIO

/// The records of a small binary workbook, each of which a test may replace.
struct BinaryParts {
    /// Records of what all sheets share, between the beginning and the list of sheets.
    var shared: [[UInt8]] = []
    var sheets: [(name: String, state: UInt8, records: [[UInt8]])] = []
    var version: UInt16 = 0x0600
    var stream = "Workbook"
    /// Above the size of the stream, so that it lies in small sectors.
    var smallLimit: UInt32 = 0

    init(_ records: [UInt8]..., shared: [[UInt8]] = []) {
        self.shared = shared
        sheets = [("Sheet1", 0, records)]
    }

    static func word(_ value: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
    static func double(_ value: Int) -> [UInt8] { word(value) + word(value >> 16) }

    static func record(_ id: Int, _ content: [UInt8]) -> [UInt8] { word(id) + word(content.count) + content }

    /// A text of one byte for each character where that is enough, with its length in one byte or two.
    static func text(_ text: String, hasShortLength: Bool = false) -> [UInt8] {
        let units = Array(text.utf16)
        let isWide = units.contains { $0 > 0xFF }
        let length = hasShortLength ? [UInt8(units.count)] : word(units.count)
        return length + [isWide ? 1 : 0] + units.flatMap { isWide ? word(Int($0)) : [UInt8($0)] }
    }

    /// The row, the column and the format of a cell.
    static func cell(_ row: Int, _ column: Int, _ format: Int = 0) -> [UInt8] { word(row) + word(column) + word(format) }

    static func float(_ value: Double) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) } }

    static func number(_ row: Int, _ column: Int, _ value: Double, _ format: Int = 0) -> [UInt8] {
        record(0x203, cell(row, column, format) + float(value))
    }

    static func sharedText(_ row: Int, _ column: Int, _ index: Int) -> [UInt8] { record(0xFD, cell(row, column) + double(index)) }

    static func texts(_ texts: String...) -> [UInt8] {
        record(0xFC, double(texts.count) + double(texts.count) + texts.flatMap { text($0) })
    }

    /// Formats of numbers by their identifiers.
    static func formats(_ codes: [(Int, String)], cells: [Int]) -> [[UInt8]] {
        codes.map { record(0x41E, word($0.0) + text($0.1)) }
            + cells.map { record(0xE0, word(0) + word($0) + [UInt8](repeating: 0, count: 16)) }
    }

    private func begin(_ type: Int) -> [UInt8] {
        BinaryParts.record(0x809, BinaryParts.word(Int(version)) + BinaryParts.word(type) + [UInt8](repeating: 0, count: 12))
    }

    var records: [UInt8] {
        let end = BinaryParts.record(0x0A, [])
        let bodies = sheets.map { begin(0x10) + $0.records.flatMap(\.self) + end }
        let names = sheets.map { BinaryParts.text($0.name, hasShortLength: true) }
        let listSize = names.reduce(0) { $0 + 4 + 6 + $1.count }
        let head = begin(5) + shared.flatMap(\.self)
        var (list, position) = ([UInt8](), head.count + listSize + end.count)
        for (index, sheet) in sheets.enumerated() {
            list += BinaryParts.record(0x85, BinaryParts.double(position) + [sheet.state, 0] + names[index])
            position += bodies[index].count
        }
        return head + list + end + bodies.flatMap(\.self)
    }

    var file: CompoundDocument {
        var file = CompoundDocument((stream, records))
        file.smallLimit = smallLimit
        return file
    }

    func read() throws -> Workbook { try workbook(file.bytes) }
    var fault: ScoreSheetError.Kind? { EvenhandIOTests.fault(file.bytes) }
}
