import Evenhand

/// The column of scores: where all of a batch are short decimals they are read to whole numbers of units and added to the block at once.
struct ScoreColumn: ~Copyable {
    private let units: UnsafeMutablePointer<Int32>

    private static let powersOfTen = (0...Decimal.mostDecimals).map { Int64(ScoreBlock.powerOfTen($0)) }

    init() { units = .allocate(capacity: FieldBatch.mostRows) }

    deinit { units.deallocate() }

    /// Adds the scores of a batch to a block; returns what is wrong with the fields that are no scores, and their rows.
    func take(
        _ batch: borrowing FieldBatch, _ index: Int, _ scanner: FieldScanner, into block: inout ScoreBlock
    ) -> [(ScoreSheetError.Kind, Int)] {
        let column = batch.column(index)
        if block.isExact, readsShort(column, count: batch.count, decimals: block.decimals) {
            block.append(units: UnsafeBufferPointer(start: units, count: batch.count))
            return []
        }
        var faults: [(ScoreSheetError.Kind, Int)] = []
        for row in 0..<batch.count {
            switch Decimal(column[row], scanner) {
            case .exact(let mantissa, let places): block.append(mantissa: mantissa, decimals: places)
            case .inexact(let value): block.append(inexact: value)
            case .notFinite: faults.append((.notFinite, row))
            case .tooLarge: faults.append((.tooLarge, row))
            case .notANumber: faults.append((.notANumber, row))
            }
        }
        return faults
    }

    /// Reads the scores of a batch in units of the last of `decimals` places; false if one of them is not short, or has more places.
    private func readsShort(_ column: FieldBatch.Column, count: Int, decimals: Int) -> Bool {
        let powers = ScoreColumn.powersOfTen
        var areShort = true
        for row in 0..<count {
            let score = ShortDecimal(column[row])
            let places = decimals &- score.decimals
            let unit = score.mantissa &* powers[min(max(0, places), Decimal.mostDecimals)]
            units[row] = Int32(truncatingIfNeeded: unit)
            // All are read before any is judged: a branch for each would cost more.
            areShort = (areShort && score.isDecimal) && (places >= 0 && unit >> 31 == 0)
        }
        return areShort
    }
}
