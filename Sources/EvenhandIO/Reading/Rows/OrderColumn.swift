import Evenhand

/// The column with the order of appearance: one place for each performance, as long as its rows agree.
struct OrderColumn {
    private var appearances: [Appearance] = []

    /// The places of the performances, in the order in which they were met.
    var places: [Int32] { appearances.map(\.place) }

    /// Takes the fields of a batch, whose rows belong to the runs one after the other.
    mutating func take(_ batch: borrowing FieldBatch, _ index: Int, _ scanner: FieldScanner, _ runs: ArraySlice<ScoreBlock.Run>) {
        let column = batch.column(index)
        var row = 0
        for run in runs {
            while appearances.count <= Int(run.performance) { appearances.append(Appearance()) }
            for _ in 0..<run.count {
                appearances[Int(run.performance)].add(OrderColumn.place(column, row, scanner))
                row += 1
            }
        }
    }

    /// A whole number of 32 bits.
    private static func place(_ column: FieldBatch.Column, _ row: Int, _ scanner: FieldScanner) -> Int32 {
        guard case .exact(let mantissa, let decimals) = Decimal(column[row], scanner) else { return Performance.noPlace }
        let (quotient, rest) = mantissa.quotientAndRemainder(dividingBy: Int64(ScoreBlock.powerOfTen(min(decimals, 6))))
        return rest == 0 ? Int32(exactly: quotient) ?? Performance.noPlace : Performance.noPlace
    }
}
