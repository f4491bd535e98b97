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
