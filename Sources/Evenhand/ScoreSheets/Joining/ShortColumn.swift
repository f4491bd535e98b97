/// Whole numbers of 16 bits, until one does not fit: then all are of 32 bits.
///
/// Judges are seldom more than 32 thousand and scores seldom have more units, and what a file is read to is as much memory as all that
/// follows.
package struct ShortColumn: Sendable {
    private(set) var short: [Int16] = []
    /// All numbers, once one of them is not short.
    private(set) var long: [Int32]?

    package init() {}

    package init(_ numbers: [Int32]) { numbers.withUnsafeBufferPointer { append($0) } }

    package var count: Int { long?.count ?? short.count }

    package mutating func reserve(_ count: Int) { short.reserveCapacity(count) }

    mutating func append(_ number: Int32) {
        withUnsafePointer(to: number) { append(UnsafeBufferPointer(start: $0, count: 1)) }
    }

    package mutating func append(_ numbers: UnsafeBufferPointer<Int32>) {
        if long == nil {
            // Without a branch for each number: bits that a number of 16 bits does not have.
            let excess = numbers.reduce(Int32(0)) { $0 | ($1 ^ Int32(Int16(truncatingIfNeeded: $1))) }
            if excess == 0 {
                return short.append(addingCapacity: numbers.count) { span in
                    for number in numbers { span.append(Int16(truncatingIfNeeded: number)) }
                }
            }
            lengthen()
        }
        long?.append(contentsOf: numbers)
    }

    private mutating func lengthen() {
        var numbers: [Int32] = []
        numbers.reserveCapacity(short.capacity)
        numbers.append(contentsOf: short.lazy.map { Int32($0) })
        (long, short) = (numbers, [])
    }

    func allSatisfy(_ condition: (Int32) -> Bool) -> Bool { long?.allSatisfy(condition) ?? short.allSatisfy { condition(Int32($0)) } }

    /// The numbers on a scale of Doubles.
    func doubles(times factor: Double = 1) -> [Double] {
        long?.map { Double($0) * factor } ?? short.map { Double($0) * factor }
    }
}
