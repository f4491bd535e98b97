import Evenhand

/// The column of scores: small whole numbers of units are collected for a batch and then added to the block at once.
struct ScoreColumn: ~Copyable {
    private let units: UnsafeMutablePointer<Int32>

    /// Times a million this is still below 2⁵³.
    private static let shortMantissa: UInt64 = 1 << 33
    private static let powersOfTen = (0...Decimal.mostDecimals).map { Int64(ScoreBlock.powerOfTen($0)) }

    init() { units = .allocate(capacity: FieldBatch.mostRows) }

    deinit { units.deallocate() }

    /// Adds the scores of a batch to a block; returns what is wrong with the fields that are no scores, and their rows.
    func take(
        _ batch: borrowing FieldBatch, _ index: Int, _ scanner: FieldScanner, into block: inout ScoreBlock
    ) -> [(ScoreSheetError.Kind, Int)] {
        let (column, powers) = (batch.column(index), ScoreColumn.powersOfTen)
        var faults: [(ScoreSheetError.Kind, Int)] = []
        var (waiting, decimals) = (0, block.isExact ? block.decimals : -1)
        for row in 0..<batch.count {
            let score = Decimal(column[row], scanner)
            if case .exact(let mantissa, let places) = score, places <= decimals, mantissa.magnitude < ScoreColumn.shortMantissa,
                let unit = Int32(exactly: mantissa &* powers[decimals &- places])
            {
                units[waiting] = unit
                waiting &+= 1
                continue
            }
            block.append(units: UnsafeBufferPointer(start: units, count: waiting))
            waiting = 0
            switch score {
            case .exact(let mantissa, let places): block.append(mantissa: mantissa, decimals: places)
            case .inexact(let value): block.append(inexact: value)
            case .notFinite: faults.append((.notFinite, row))
            case .tooLarge: faults.append((.tooLarge, row))
            case .notANumber: faults.append((.notANumber, row))
            }
            decimals = block.isExact ? block.decimals : -1
        }
        block.append(units: UnsafeBufferPointer(start: units, count: waiting))
        return faults
    }
}
