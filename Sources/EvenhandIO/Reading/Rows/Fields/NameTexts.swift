import Evenhand

/// Names by their codes: those of at most eight bytes are held as words, until there is a longer one.
struct NameTexts {
    /// The first eight bytes of each name, zero after its end; or keys.
    private(set) var words: [UInt64] = []
    /// Whether each name is the bytes of its word up to the first zero; if not, all names are one after the other:
    /// name `code` is `bytes[ends[code − 1] ..< ends[code]]`.
    private(set) var areWords = true
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    var count: Int { words.count }

    /// Adds a name that is the bytes of its word, or a key; returns its code.
    mutating func append(_ word: UInt64) -> Int32 {
        if !areWords {
            bytes += NameTexts.bytes(of: word) { Array($0) }
            ends.append(bytes.count)
        }
        words.append(word)
        return Int32(words.count - 1)
    }

    /// Adds a name; returns its code.
    mutating func append(_ name: UnsafeBufferPointer<UInt8>, word: UInt64) -> Int32 {
        if areWords, name.count <= 8, !name.contains(0) { return append(word) }
        if areWords { spellOut() }
        bytes.append(contentsOf: name)
        ends.append(bytes.count)
        words.append(word)
        return Int32(words.count - 1)
    }

    private mutating func spellOut() {
        for word in words {
            bytes += NameTexts.bytes(of: word) { Array($0) }
            ends.append(bytes.count)
        }
        areWords = false
    }

    @inline(__always)
    private static func bytes<Result>(of word: UInt64, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeBytes(of: word.littleEndian) { raw in
            raw.withMemoryRebound(to: UInt8.self) { body(UnsafeBufferPointer(rebasing: $0[..<(8 - word.leadingZeroBitCount / 8)])) }
        }
    }

    /// Hands the bytes of a name to `body`.
    @inline(__always)
    func name<Result>(_ code: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if areWords { return NameTexts.bytes(of: words[Int(code)], body) }
        let range = (code == 0 ? 0 : ends[Int(code) - 1])..<ends[Int(code)]
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    func text(_ code: Int32) -> String {
        guard areWords else { return name(code) { String(decoding: $0, as: UTF8.self) } }
        let word = words[Int(code)]
        return String(unsafeUninitializedCapacity: 8) { buffer in
            UnsafeMutableRawPointer(buffer.baseAddress)?.storeBytes(of: word.littleEndian, as: UInt64.self)
            return 8 - word.leadingZeroBitCount / 8
        }
    }

    /// The codes in the canonical order of their names.
    var canonicalOrder: [Int32] {
        // Big-endian words compare like the first eight bytes; runs of equal words are then put in order by what follows.
        var (order, keys) = RadixOrder.ascending(words.map { $0.byteSwapped })
        guard !areWords else { return order }
        bytes.withUnsafeBufferPointer { bytes in
            ends.withUnsafeBufferPointer { ends in
                order.withUnsafeMutableBufferPointer { order in
                    NameTexts.forEachRun(of: keys) {
                        NameTexts.sort(UnsafeMutableBufferPointer(rebasing: order[$0]), bytes, ends, after: 8)
                    }
                }
            }
        }
        return order
    }

    /// Hands the ranges of equal keys to `body`.
    private static func forEachRun(of keys: [UInt64], _ body: (Range<Int>) -> Void) {
        var start = 0
        while start < keys.count {
            var stop = start + 1
            while stop < keys.count, keys[stop] == keys[start] { stop += 1 }
            if stop > start + 1 { body(start..<stop) }
            start = stop
        }
    }

    /// Up to so many names are compared with each other.
    private static let fewNames = 16

    /// Puts names in order that have the same bytes up to an offset: by their next eight bytes, and so on.
    private static func sort(
        _ order: UnsafeMutableBufferPointer<Int32>, _ bytes: UnsafeBufferPointer<UInt8>, _ ends: UnsafeBufferPointer<Int>,
        after offset: Int
    ) {
        func name(_ code: Int32) -> UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(rebasing: bytes[(code == 0 ? 0 : ends[Int(code) - 1])..<ends[Int(code)]])
        }
        // A name that has ended is like one with zeros after it, which only a comparison tells apart.
        var order = order
        guard order.count > fewNames, !order.contains(where: { name($0).count <= offset }) else {
            return order.sort { name($0).lexicographicallyPrecedes(name($1)) }
        }
        let keys = order.map { code in
            let name = name(code)
            return (offset..<offset + 8).reduce(UInt64(0)) { $0 << 8 | ($1 < name.count ? UInt64(name[$1]) : 0) }
        }
        let (sorted, sortedKeys) = RadixOrder.ascending(keys)
        let codes = sorted.map { order[Int($0)] }
        for (position, code) in codes.enumerated() { order[position] = code }
        forEachRun(of: sortedKeys) { sort(UnsafeMutableBufferPointer(rebasing: order[$0]), bytes, ends, after: offset + 8) }
    }

    /// The names in an order of their codes, and the position of each code in it.
    func inOrder(_ order: [Int32]) -> (names: [String], positions: [Int32]) {
        var positions = [Int32](repeating: 0, count: count)
        for (position, code) in order.enumerated() { positions[Int(code)] = Int32(position) }
        return (order.map { text($0) }, positions)
    }
}
