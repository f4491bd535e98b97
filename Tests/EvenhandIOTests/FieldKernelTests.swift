import CFields
import Testing

@testable import Evenhand

/// The loops over fields, with all instructions that the processor at hand has, against a search byte by byte.
@Suite struct FieldKernelTests {
    /// The plain loops, and those that newer processors have besides.
    private static let all = [evenhandPlain, evenhandAVX2, evenhandAVX512].compactMap { evenhand_loops($0)?.pointee }

    @Test func `every processor has the plain loops`() {
        #expect(evenhand_loops(evenhandPlain) != nil)
    }

    /// Bytes among which separators, line feeds and now and then a quote are frequent, with room after them.
    private func bytes(_ count: Int, quotes: Bool, _ stream: inout RandomStream) -> [UInt8] {
        (0..<count).map { _ in
            switch stream.index(below: 9) {
            case 0: 0x2C
            case 1: 0x0A
            case 2 where quotes && stream.index(below: 20) == 0: 0x22
            default: UInt8(truncatingIfNeeded: 0x61 + stream.index(below: 3))
            }
        } + [UInt8](repeating: 0, count: 128)
    }

    private func found(_ loops: EvenhandLoops?, in bytes: [UInt8], from start: Int, to stop: Int, capacity: Int) -> (
        ends: [Int], lines: Int
    ) {
        var (ends, lines) = ([Int](repeating: -1, count: capacity + 64), 0)
        let search = loops?.fieldEnds ?? evenhand_field_ends
        let count = search(bytes, start, stop, 0x2C, &ends, capacity, &lines)
        return (Array(ends[..<count]), lines)
    }

    @Test func `fields end where a search byte by byte finds separators`() {
        var stream = RandomStream(seed: 11)
        for round in 0..<300 {
            let count = 1 + stream.index(below: 700)
            let text = bytes(count, quotes: round % 3 == 0, &stream)
            let (start, capacity) = (stream.index(below: count), 1 + stream.index(below: 90))
            let stop = text[start..<count].firstIndex(of: 0x22) ?? count
            let expected = (start..<stop).filter { text[$0] == 0x2C || text[$0] == 0x0A }
            let own = found(nil, in: text, from: start, to: count, capacity: capacity)
            for loops in FieldKernelTests.all { #expect(found(loops, in: text, from: start, to: count, capacity: capacity) == own) }
            #expect(Array(expected.prefix(own.ends.count)) == own.ends && (own.ends.count == expected.count || own.ends.count >= capacity))
            #expect(own.lines == own.ends.count { text[$0] == 0x0A })
        }
    }

    @Test func `rows change where the bytes of the columns do`() {
        var stream = RandomStream(seed: 12)
        for columns in [2, 3, 5] {
            var (text, ends) = ([UInt8](), [-1])
            for _ in 0..<200 {
                for column in 0..<columns {
                    let length = column == 1 ? 70 * stream.index(below: 2) : stream.index(below: 3)
                    text +=
                        (0..<length).map { $0 == length - 1 ? UInt8(0x61 + stream.index(below: 2)) : 0x7A } + [
                            column == columns - 1 ? 0x0A : 0x2C
                        ]
                    ends.append(text.count - 1)
                }
            }
            let rows = ends.count / columns
            text += [UInt8](repeating: 0, count: 128)
            for (first, last) in [(0, 0), (0, columns - 1), (1, columns - 1)] {
                func part(_ row: Int) -> ArraySlice<UInt8> { text[ends[row * columns + first] + 1..<ends[row * columns + last + 1]] }
                let expected = (0..<rows).map { $0 > 0 && !part($0).elementsEqual(part($0 - 1)) ? 1 : 0 }
                for mark in FieldKernelTests.all.map(\.markChanges) + [evenhand_mark_changes] {
                    var changes = [Int](repeating: 0, count: rows)
                    mark?(text, ends, rows, columns, first, last, &changes)
                    #expect(changes == expected, "\(columns) columns, \(first) to \(last)")
                }
            }
        }
    }

    /// Fields as one column of rows, with room after them; `body` gets the column.
    private func with<Result>(_ fields: [String], lineEnd: String = "\n", _ body: (EvenhandColumn) -> Result) -> Result {
        var (text, ends) = ([UInt8](), [-1])
        for field in fields {
            text += Array((field + lineEnd).utf8)
            ends.append(text.count - 1)
        }
        text += [UInt8](repeating: 0, count: 64)
        return text.withUnsafeBufferPointer { text in
            ends.withUnsafeBufferPointer { ends in
                let first = ends.baseAddress!
                return body(
                    EvenhandColumn(
                        bytes: text.baseAddress!, before: first, ends: first + 1, stride: 1, mayEndInReturn: lineEnd.utf8.count > 1 ? 1 : 0)
                )
            }
        }
    }

    private func units(_ fields: [String], decimals: Int32, lineEnd: String = "\n", _ loops: EvenhandLoops?) -> [Int32]? {
        with(fields, lineEnd: lineEnd) { column in
            var (column, units) = (column, [Int32](repeating: 0, count: fields.count))
            let read = loops?.shortDecimals ?? evenhand_short_decimals
            return read(&column, fields.count, decimals, &units) == 1 ? units : nil
        }
    }

    @Test func `short decimals are read in units of the last position`() {
        for loops in FieldKernelTests.all + [nil] {
            #expect(units(["7", "7.5", "6.92", ".5", "5.", "007.10", "0"], decimals: 2, loops) == [700, 750, 692, 50, 500, 710, 0])
            #expect(units(["88.25", "9"], decimals: 2, lineEnd: "\r\n", loops) == [8825, 900])
            #expect(units(["12345678", "1"], decimals: 0, loops) == [12_345_678, 1])
            #expect(units(["0.000001", "2"], decimals: 6, loops) == [1, 2_000_000])
            let many = (0..<300).map { "\($0 / 100).\($0 % 100 / 10)\($0 % 10)" }
            #expect(units(many, decimals: 2, loops) == (0..<300).map { Int32($0) })
        }
    }

    @Test(arguments: ["", ".", "-1", "+1", "1e1", " 1", "1 ", "1,", "1.2.3", "x", "123456789", "1.234", "99999999.", "\u{0661}", "1\r"])
    func `what is not a short decimal of so many places is left to others`(field: String) {
        for loops in FieldKernelTests.all + [nil] {
            for position in [0, 1, 63, 64, 70] {
                var fields = [String](repeating: "1.25", count: 71)
                fields[position] = field
                #expect(units(fields, decimals: 2, loops) == nil, "\(field) in row \(position)")
            }
        }
    }

    @Test func `names with a number are found in a table`() {
        // J000 … J999; of them 100 to 199 have codes.
        let table = (0..<1000).map { (100..<200).contains($0) ? Int32($0 * 3) : -1 }
        let fields =
            ["J100", "J199", "J099", "J1x0", "K100", "J10", "J1000", "", "j150", "J15 ", "J150"] + (0..<150).map { "J\(100 + $0)" }
        let expected: [Int32] = [300, 597, -1, -1, -1, -1, -1, -1, -1, -1, 450] + (100..<250).map { $0 < 200 ? Int32($0 * 3) : -1 }
        for loops in FieldKernelTests.all + [nil] {
            let codes = with(fields) { column in
                var (column, codes) = (column, [Int32](repeating: 7, count: fields.count))
                var kind = EvenhandNumbering(
                    length: 4, letterMask: ~(0xFFFF_FF00_0000_0000 >> 32), letters: 0x4A, shift: 32, digitMask: 0xFFFF_FF00_0000_0000,
                    capacity: 1000)
                (loops?.numberedCodes ?? evenhand_numbered_codes)(&column, fields.count, &kind, table, &codes)
                return codes
            }
            #expect(codes == expected)
        }
    }
}
