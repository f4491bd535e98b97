import TestSupport
import Testing

@testable import EvenhandIO

/// Binary workbooks that are broken or made to do harm end in words or in a grid.
@Suite struct HostileBinaryTests {
    private typealias Parts = BinaryParts

    private static var parts: BinaryParts {
        var parts = BinaryParts(shared: [Parts.texts("name", "评委")] + Parts.formats([(164, "yyyy-mm-dd")], cells: [0, 164, 9]))
        parts.sheets[0].records =
            [Parts.sharedText(0, 0, 0), Parts.sharedText(0, 1, 1)] + (1..<40).map { Parts.number($0, $0 % 5, Double($0) / 8, $0 % 3) }
            + [Parts.record(0xE5, Parts.word(1) + [1, 0, 2, 0, 0, 0, 1, 0])]
        return parts
    }

    @Test(arguments: [UInt32(0), 4096])
    func `a file that was cut off is refused or read as far as it goes`(smallLimit: UInt32) {
        var parts = HostileBinaryTests.parts
        parts.smallLimit = smallLimit
        let bytes = parts.file.bytes
        // The last sector is the table of successors, without which nothing is found.
        for length in stride(from: 0, to: bytes.count - 512, by: 13) { #expect(fault(Array(bytes.prefix(length))) != nil, "\(length)") }
    }

    @Test func `changed bytes never do more than change what is read`() {
        var random = SystemRandomNumberGenerator()
        let bytes = HostileBinaryTests.parts.file.bytes
        for _ in 0..<1500 {
            var spoiled = bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                spoiled[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = fault(spoiled)
        }
    }

    @Test func `changed records never do more than change what is read`() {
        var random = SystemRandomNumberGenerator()
        let stream = HostileBinaryTests.parts.records
        for _ in 0..<1500 {
            var spoiled = stream
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                spoiled[Int.random(in: 0..<stream.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            var file = CompoundDocument(("Workbook", spoiled))
            file.smallLimit = 0
            _ = fault(file.bytes)
        }
    }

    @Test func `chains that go round are refused`() {
        let bytes = HostileBinaryTests.parts.file.bytes
        let table = Int(bytes[76]) | Int(bytes[77]) << 8
        for first in 0..<8 {
            for second in 0..<8 {
                var spoiled = bytes
                let position = (table + 1) * 512
                (spoiled[position + first * 4], spoiled[position + first * 4 + 1]) = (UInt8(second), 0)
                (spoiled[position + first * 4 + 2], spoiled[position + first * 4 + 3]) = (0, 0)
                _ = fault(spoiled)
            }
        }
        // The list of the table's own sectors goes round.
        var spoiled = bytes
        spoiled.replaceSubrange(68..<72, with: [0, 0, 0, 0])
        #expect(fault(spoiled) != nil)
    }

    @Test func `a signature alone is damaged`() {
        let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        #expect(fault(old) == .brokenWorkbook(.archive))
        #expect(fault(old + [UInt8](repeating: 0, count: 2040)) == .brokenWorkbook(.archive))
        #expect(fault(old + [UInt8](repeating: 0xFF, count: 2040)) == .brokenWorkbook(.archive))
    }

    @Test func `cells that cannot be are refused`() {
        for (record, isCell) in [
            (Parts.sharedText(0, 0, 5), true), (Parts.sharedText(0, 0, -1), true), (Parts.number(0, 256, 1), true),
            (Parts.number(0, 65535, 1), true), (Parts.record(0x203, [0, 0, 0]), false),
            (Parts.record(0x204, Parts.cell(0, 0) + [9, 0, 0]), false),
            (Parts.record(0xE5, Parts.word(1) + [2, 0, 1, 0, 0, 0, 1, 0]), false),
            (Parts.record(0xE5, Parts.word(65535)), false), (Parts.record(0x208, [0]), false), (Parts.record(0x7D, [0]), false),
        ] {
            guard case .brokenWorkbook(let damage) = BinaryParts(record, shared: [Parts.texts("a")]).fault else {
                Issue.record("\(record) was read")
                continue
            }
            if case .cell = damage { #expect(isCell) } else { #expect(!isCell, "\(record)") }
        }
    }

    @Test func `many texts for one cell each, many times, are refused before they fill the memory`() {
        let long = Parts.text(String(repeating: "评", count: 4000))
        var parts = BinaryParts(shared: [Parts.record(0xFC, Parts.double(1) + Parts.double(1) + long)])
        parts.sheets[0].records = (0..<25000).map { Parts.sharedText($0, 0, 0) }
        #expect(parts.fault == .workbookTooLarge(.contentBytes))
        // An area of all cells again and again.
        let merge = Parts.record(0xE5, Parts.word(1) + [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0])
        parts = BinaryParts(Parts.number(0, 0, 1), Parts.number(65535, 0, 1))
        parts.sheets[0].records += (1..<3000).map { Parts.number($0, 255, 1) } + [[UInt8]](repeating: merge, count: 20)
        #expect(parts.fault == .workbookTooLarge(.contentBytes))
    }

    @Test func `a number that is none is a text`() throws {
        #expect(try BinaryParts(Parts.number(0, 0, .nan), Parts.number(0, 1, -.infinity)).read().sheets[0].rows == [["nan", "-inf"]])
    }

    @Test func `a list of texts that promises more than it has is refused or read`() {
        let promise = Parts.record(0xFC, Parts.double(1 << 30) + Parts.double(1 << 30) + Parts.text("a"))
        #expect(BinaryParts(Parts.sharedText(0, 0, 0), shared: [promise]).fault == nil)
        let cut = Parts.record(0xFC, Parts.double(1) + Parts.double(1) + [0xFF, 0xFF, 1, 0x41])
        #expect(BinaryParts(shared: [cut]).fault == .brokenWorkbook(.part("Workbook")))
    }
}
