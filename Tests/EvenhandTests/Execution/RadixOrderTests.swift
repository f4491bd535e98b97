import Testing

@testable import Evenhand

/// The order of keys against the standard library's sort, with positions to tell equal keys apart.
@Suite struct RadixOrderTests {
    /// Keys that agree in their leading bits, in their last ones, in nearly all of them, or not at all.
    static let kinds: [(String, @Sendable (inout RandomStream) -> UInt64)] = [
        ("any bits", { UInt64(truncatingIfNeeded: $0.index(below: .max)) &* 0x9E37_79B9_7F4A_7C15 }),
        ("few values", { UInt64($0.index(below: 7)) }),
        ("20 bits", { UInt64($0.index(below: 1 << 20)) }),
        ("30 bits after common ones", { 0xABCD << 48 | UInt64($0.index(below: 1 << 30)) }),
        ("a far outlier", { $0.index(below: 500) == 0 ? 1 << 63 : UInt64($0.index(below: 1 << 12)) }),
        ("names", { UInt64(0x41 + $0.index(below: 3)) << 56 | UInt64($0.index(below: 10_000)) }),
        ("Doubles", { RadixOrder.key(Double($0.index(below: 2001) - 1000) / 7) }),
        ("one key", { _ in 42 }),
        (
            "a few keys for each of the leading 32 bits",
            {
                UInt64($0.index(below: 800)) &* 0x9E37_79B9_0000_0000 | UInt64($0.index(below: 1000))
            }
        ),
    ]

    @Test(arguments: kinds.indices, [0, 1, 2, 255, 256, 5000]) func `keys ascend, equal ones by their positions`(kind: Int, count: Int) {
        var stream = RandomStream(seed: UInt64(kind * 10_000 + count + 1))
        let keys = (0..<count).map { _ in RadixOrderTests.kinds[kind].1(&stream) }
        let (order, sorted) = RadixOrder.ascending(keys)
        #expect(order == keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { Int32($0) }, "\(RadixOrderTests.kinds[kind].0)")
        #expect(sorted == keys.sorted(), "\(RadixOrderTests.kinds[kind].0)")
    }

    @Test func `keys of Doubles and whole numbers are ordered like them`() {
        let values = [-Double.infinity, -2, -1e-300, 0, 1e-300, 2, .infinity]
        #expect(values.map { RadixOrder.key($0) } == values.map { RadixOrder.key($0) }.sorted())
        #expect(RadixOrder.key(-0.0) == RadixOrder.key(0.0))
        let numbers: [Int64] = [.min, -5, 0, 5, .max]
        #expect(numbers.map { RadixOrder.key($0) } == numbers.map { RadixOrder.key($0) }.sorted())
    }
}
