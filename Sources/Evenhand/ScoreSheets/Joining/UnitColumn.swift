/// The scores of a block in units: whole numbers of 32 bits, in half the memory of Doubles, until a score does not fit.
package struct UnitColumn: Sendable {
    private(set) var narrow: [Int32] = []
    /// All scores, once one of them is no small whole number.
    private(set) var wide: [Double]?

    package init() {}

    package var count: Int { wide?.count ?? narrow.count }

    package mutating func reserve(_ count: Int) { narrow.reserveLarge(count) }

    mutating func append(_ unit: Double) {
        if wide == nil, let small = Int32(exactly: unit) { return narrow.append(small) }
        widen()
        wide?.append(unit)
    }

    mutating func append(_ units: UnsafeBufferPointer<Int32>) {
        if wide == nil { narrow.append(contentsOf: units) } else { wide?.append(contentsOf: units.lazy.map { Double($0) }) }
    }

    /// Holds Doubles from now on.
    mutating func widen() {
        guard wide == nil else { return }
        var units: [Double] = []
        units.reserveLarge(narrow.capacity)
        units.append(contentsOf: narrow.lazy.map { Double($0) })
        (wide, narrow) = (units, [])
    }

    func allSatisfy(_ condition: (Double) -> Bool) -> Bool {
        wide?.allSatisfy(condition) ?? narrow.allSatisfy { condition(Double($0)) }
    }

    mutating func multiply(by factor: Double) {
        if !narrow.allSatisfy({ Int32(exactly: Double($0) * factor) != nil }) { widen() }
        for row in narrow.indices { narrow[row] = Int32(Double(narrow[row]) * factor) }
        for row in 0..<(wide?.count ?? 0) { wide?[row] *= factor }
    }

    /// Divides Doubles; whole numbers would have to be widened first.
    mutating func divide(by divisor: Double) {
        widen()
        for row in 0..<(wide?.count ?? 0) { wide?[row] /= divisor }
    }
}
