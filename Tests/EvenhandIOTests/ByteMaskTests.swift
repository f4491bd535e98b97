import CByteMask
import Testing

@testable import Evenhand

/// Both ways to find fields, the plain one and that of the processor at hand, against a search byte by byte.
@Suite struct ByteMaskTests {
    private typealias FieldEnds = (
        UnsafePointer<UInt8>, Int, Int, UInt8, UnsafeMutablePointer<Int>, Int, UnsafeMutablePointer<Int>
    ) -> Int

    /// Bytes among which separators, line feeds and now and then a quote are frequent, with room behind them.
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

    private func found(_ search: FieldEnds, in bytes: [UInt8], from start: Int, to stop: Int, capacity: Int) -> (ends: [Int], lines: Int) {
        var (ends, lines) = ([Int](repeating: -1, count: capacity + 64), 0)
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
            let plain = found(evenhand_plain_field_ends, in: text, from: start, to: count, capacity: capacity)
            let own = found(evenhand_field_ends, in: text, from: start, to: count, capacity: capacity)
            #expect(plain == own)
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
                var (plain, own) = ([Int](repeating: 0, count: rows), [Int](repeating: 0, count: rows))
                evenhand_plain_mark_changes(text, ends, rows, columns, first, last, &plain)
                evenhand_mark_changes(text, ends, rows, columns, first, last, &own)
                func part(_ row: Int) -> ArraySlice<UInt8> { text[ends[row * columns + first] + 1..<ends[row * columns + last + 1]] }
                let expected = (0..<rows).map { $0 > 0 && !part($0).elementsEqual(part($0 - 1)) ? 1 : 0 }
                #expect(plain == expected && own == expected, "\(columns) columns, \(first) to \(last)")
            }
        }
    }
}
