import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// Names by their bytes: found again, and in order, however many bytes they have in common.
@Suite struct NameTextsTests {
    private static let stems = ["", "晨光", "晨光科技", "晨光科技有限公司第一事业部", "The Society for the Advancement of"]

    /// Names of 1 to 60 bytes that share 0, 6, 12, 39 and 34 of them, some ending where others go on, in an order of their own.
    private static var names: [String] {
        var stream = RandomStream(seed: 3)
        let all = stems.flatMap { stem in
            (stem.isEmpty ? [] : [stem]) + (0..<400).map { "\(stem)\($0)" } + (0..<40).map { "\(stem)\($0 * 7919)号队" }
        }
        return stream.shuffled(Array(Set(all).sorted()))
    }

    @Test func `names are in the order of their bytes`() throws {
        let names = Self.names
        var texts = NameTexts()
        for name in names {
            var bytes = Array(name.utf8)
            bytes.withUnsafeMutableBufferPointer { buffer in
                var word: UInt64 = 0
                for (index, byte) in buffer.prefix(8).enumerated() { word |= UInt64(byte) << (8 * UInt64(index)) }
                _ = texts.append(UnsafeBufferPointer(buffer), word: word)
            }
        }
        let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(texts.inOrder(texts.canonicalOrder).names == sorted)
    }

    /// Every entry and judge of a file has the scores of their own rows, whatever part of their names others share.
    @Test func `names of a file are told apart`() throws {
        let names = Self.names
        var stream = RandomStream(seed: 4)
        let rows = names.indices.flatMap { entry in
            (0..<3).map { _ in (entry: entry, judge: Int(stream.next() % UInt64(names.count))) }
        }
        let pairs = Dictionary(rows.map { ("\(names[$0.entry])|\(names[$0.judge])", ($0.entry + $0.judge) % 100) }) { first, _ in first }
        let lines = pairs.sorted { $0.key < $1.key }.map { key, score in
            key.split(separator: "|").joined(separator: ",") + ",\(score)\n"
        }
        let text = "entry,judge,score\n" + lines.joined()
        let sheet = try reading(text).sheet
        #expect(sheet.count == pairs.count && sheet.entries.count == names.count)
        for performance in sheet.performances {
            for row in performance.rows {
                let key = "\(sheet.entries[Int(performance.entry)])|\(sheet.judges[Int(sheet.judgeCodes[row])])"
                #expect(pairs[key].map(Double.init) == sheet.units[row] / sheet.unitsPerPoint, "\(key)")
            }
        }
    }
}
