import CFields
import Evenhand

/// The column of scores: where all of a batch are short decimals they are read to whole numbers of units and added to the block at once.
struct ScoreColumn: ~Copyable {
    private let units: UnsafeMutablePointer<Int32>

    init() { units = .allocate(capacity: FieldBatch.mostRows) }

    deinit { units.deallocate() }

    /// Adds the scores of a batch to a block; returns what is wrong with the fields that are not scores, and their rows.
    func take(
        _ batch: borrowing FieldBatch, _ index: Int, _ scanner: FieldScanner, into block: inout ScoreBlock
    ) -> [(ScoreSheetError.Kind, Int)] {
        let column = batch.column(index)
        var pointers = column.pointers
        if block.isExact, evenhand_short_decimals(&pointers, batch.count, Int32(block.decimals), units) == 1 {
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
}
