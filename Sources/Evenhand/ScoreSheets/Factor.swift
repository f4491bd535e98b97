/// A column of names, each name stored once: `levels[codes[i]]` is the name at index `i`.
///
/// Levels are distinct and in canonical order, that of their UTF-8 bytes, which is also the order of their Unicode scalars; so two factors
/// made of the same names in another order of rows have the same levels. A code of `missing` means no name.
public struct Factor: Sendable, Equatable {
    /// The distinct names in canonical order.
    public let levels: [String]
    /// For each position the index of its name in `levels`, or `Factor.missing`.
    public let codes: [Int32]

    /// The code of a position without a name.
    public static let missing: Int32 = -1

    /// A factor of names; `nil` where there is none.
    public init(_ names: [String?]) {
        let distinct = Set(names.lazy.compactMap(\.self).map { Array($0.utf8) })
        let levels = distinct.map { String(decoding: $0, as: UTF8.self) }.sorted(by: Factor.precedes)
        let codeOf = Dictionary(uniqueKeysWithValues: levels.enumerated().map { (Array($1.utf8), Int32($0)) })
        self.init(levels: levels, codes: names.map { $0.flatMap { codeOf[Array($0.utf8)] } ?? Factor.missing })
    }

    /// A factor of codes into levels that are known to be distinct and in canonical order.
    package init(levels: [String], codes: [Int32]) {
        self.levels = levels
        self.codes = codes
    }

    /// The name at an index, or `nil`.
    public subscript(position: Int) -> String? {
        codes[position] == Factor.missing ? nil : levels[Int(codes[position])]
    }

    /// No column.
    static let none = Factor(levels: [], codes: [])

    /// Whether there is such a column.
    public var isPresent: Bool { !codes.isEmpty }

    /// The positions named of a column that may not be there.
    func selectingIfPresent(_ positions: [Int]) -> Factor { isPresent ? selecting(positions) : self }

    /// The positions named, in that order, with the levels that no longer occur left out.
    public func selecting(_ positions: [Int]) -> Factor {
        let chosen = positions.map { codes[$0] }
        let (kept, newCode) = Factor.recoding(chosen, levelCount: levels.count)
        return Factor(
            levels: kept.map { levels[$0] }, codes: chosen.map { $0 == Factor.missing ? Factor.missing : newCode[Int($0)] })
    }

    /// The levels that occur among `codes`, in order, and the new code of each old one.
    static func recoding(_ codes: [Int32], levelCount: Int) -> (kept: [Int], newCode: [Int32]) {
        var newCode = [Int32](repeating: missing, count: levelCount)
        for code in codes where code != missing { newCode[Int(code)] = 0 }
        var kept: [Int] = []
        for level in 0..<levelCount where newCode[level] == 0 {
            newCode[level] = Int32(kept.count)
            kept.append(level)
        }
        return (kept, newCode)
    }

    /// Canonical order: `String`'s own `<` compares normalised text, which is slower and calls different bytes equal.
    package static func precedes(_ a: String, _ b: String) -> Bool { order(a, b) < 0 }

    /// Below, at or above zero when `a` comes before `b` in canonical order, is the same, or comes after it.
    static func order(_ a: String, _ b: String) -> Int {
        func order(_ x: UnsafeBufferPointer<UInt8>, _ y: UnsafeBufferPointer<UInt8>) -> Int {
            for position in 0..<min(x.count, y.count) where x[position] != y[position] { return Int(x[position]) - Int(y[position]) }
            return x.count - y.count
        }
        let quick = a.utf8.withContiguousStorageIfAvailable { x in b.utf8.withContiguousStorageIfAvailable { order(x, $0) } }
        return (quick ?? nil) ?? Array(a.utf8).withUnsafeBufferPointer { x in Array(b.utf8).withUnsafeBufferPointer { order(x, $0) } }
    }
}
