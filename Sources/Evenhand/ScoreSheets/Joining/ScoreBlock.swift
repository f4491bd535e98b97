/// A run of scores as they were read, before they are joined to a `ScoreSheet`: codes into names of its own.
///
/// A file is read in several blocks at the same time; each block knows its own names, in canonical order, and how many scores each of
/// its performances has. `ScoreSheet.init(joining:)` brings blocks to common names and canonical order.
package struct ScoreBlock: Sendable {
    /// An entry in a heat, by the block's own codes.
    package struct Performance: Sendable, Hashable {
        package var entry: Int32
        package var heat: Int32
        package init(entry: Int32, heat: Int32) {
            self.entry = entry
            self.heat = heat
        }
    }

    package var entries: [String] = []
    package var judges: [String] = []
    /// What tells the scores of a judge for a performance apart (`Condition.name`), in canonical order.
    package var conditions: [String] = []
    /// Whether conditions hold items, and repetitions.
    package var hasItems = false
    package var hasRepetitions = false
    package var heats: [Heat] = []
    package var performances: [Performance] = []
    /// The number of scores of each performance.
    package var performanceSizes: [Int32] = []
    /// The position of each performance in the order of appearance, or `Performance.noOrder`; empty without such a column.
    package var performanceOrders: [Int32] = []
    /// Values that are constant for each entry of the block, parallel to `entries`, ordered by name.
    package var attributes: [Attribute] = []
    /// The further columns whose values vary within an entry, ordered by name.
    package var varying: [String] = []

    /// Scores that follow each other and belong to one performance.
    package struct Run: Sendable {
        package var performance: Int32
        package var count: Int32
    }

    /// The performances in the order of the file; scores of one are mostly together.
    package var runs: [Run] = []
    /// For each score, in the order of the file; the codes of `judges` and `conditions`, or of positions there.
    package var judgeCodes = ShortColumn()
    package var conditionCodes: [Int32] = []
    /// The position of each code in `judges` and in `conditions`; `nil` when codes are positions.
    package var judgePositions: [Int32]?
    package var conditionPositions: [Int32]?
    /// Scores in units of the last of `decimals` places, or in points when not exact.
    package var units = UnitColumn()
    package var decimals = 0
    package var isExact = true

    package init() {}

    /// Counts scores that follow each other to a performance.
    package mutating func count(_ scores: Int32, to performance: Int32) {
        guard scores > 0 else { return }
        performanceSizes[Int(performance)] += scores
        runs.append(Run(performance: performance, count: scores))
    }

    /// Brings the scores to units of `decimals` places (no fewer than now), or to points when `exactly` is false.
    mutating func rescale(toDecimals target: Int, exactly: Bool) {
        // A quotient of two exact Doubles is the Double nearest to the decimal: what reading the text as a Double gives.
        if isExact && !exactly {
            let unitsPerPoint = ScoreBlock.powerOfTen(decimals)
            if decimals > 0 { units.divide(by: unitsPerPoint) } else { units.widen() }
            (decimals, isExact) = (0, false)
        } else if isExact && target > decimals {
            units.multiply(by: ScoreBlock.powerOfTen(target - decimals))
            decimals = target
        }
    }

    /// Adds exact scores in the block's units.
    package mutating func append(units more: UnsafeBufferPointer<Int32>) { units.append(more) }

    /// Adds the score `mantissa` / 10^`places`.
    package mutating func append(mantissa: Int64, decimals places: Int) {
        let more = places - decimals
        guard isExact else { return units.append(Double(mantissa) / ScoreBlock.powerOfTen(places)) }
        if more > 0 {
            let factor = ScoreBlock.powerOfTen(more)
            let fits = units.allSatisfy { ($0 * factor).magnitude < 0x1p53 }
            rescale(toDecimals: places, exactly: fits)
            return append(mantissa: mantissa, decimals: places)
        }
        let scaled = Double(mantissa) * ScoreBlock.powerOfTen(-more)
        if scaled.magnitude < 0x1p53 { units.append(scaled) } else { append(inexact: Double(mantissa) / ScoreBlock.powerOfTen(places)) }
    }

    /// Adds a score that is not a decimal of few places; from then on no score of the block is exact.
    package mutating func append(inexact value: Double) {
        rescale(toDecimals: decimals, exactly: false)
        units.append(value)
    }

    /// 10ⁿ, exact up to n = 22.
    package static func powerOfTen(_ exponent: Int) -> Double {
        (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }
}

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

/// The scores of a block in units: small whole numbers in a fraction of the memory of Doubles, until a score does not fit.
package struct UnitColumn: Sendable {
    private(set) var narrow = ShortColumn()
    /// All scores, once one of them is not a small whole number.
    private(set) var wide: [Double]?

    package init() {}

    package var count: Int { wide?.count ?? narrow.count }

    package mutating func reserve(_ count: Int) { narrow.reserve(count) }

    mutating func append(_ unit: Double) {
        if wide == nil, let small = Int32(exactly: unit) { return narrow.append(small) }
        widen()
        wide?.append(unit)
    }

    mutating func append(_ units: UnsafeBufferPointer<Int32>) {
        if wide == nil { narrow.append(units) } else { wide?.append(contentsOf: units.lazy.map { Double($0) }) }
    }

    /// Holds Doubles from now on.
    mutating func widen() {
        guard wide == nil else { return }
        (wide, narrow) = (narrow.doubles(), ShortColumn())
    }

    func allSatisfy(_ condition: (Double) -> Bool) -> Bool {
        wide?.allSatisfy(condition) ?? narrow.allSatisfy { condition(Double($0)) }
    }

    mutating func multiply(by factor: Double) {
        if wide == nil {
            let units = narrow.doubles(times: factor)
            narrow = ShortColumn()
            for unit in units { append(unit) }
        } else {
            for row in 0..<(wide?.count ?? 0) { wide?[row] *= factor }
        }
    }

    /// Divides Doubles; whole numbers would have to be widened first.
    mutating func divide(by divisor: Double) {
        widen()
        for row in 0..<(wide?.count ?? 0) { wide?[row] /= divisor }
    }
}
