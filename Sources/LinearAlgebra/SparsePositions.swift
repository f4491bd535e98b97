/// Where the elements of a sparse matrix are: in the order of their rows and, to go down a column, in the order of their columns.
struct SparsePositions: Sendable, Equatable {
    let columnCount: Int
    /// The elements of row i are at `starts[i] ..< starts[i + 1]`.
    let starts: [Int]
    let columns: [Int32]
    /// The elements of column j are listed in `byColumn` at `columnStarts[j] ..< columnStarts[j + 1]`, in the order of their rows.
    let columnStarts: [Int]
    let byColumn: [Element]

    /// An element by its row and its position in `columns`.
    struct Element: Sendable, Equatable {
        var row: Int32 = 0
        var position: Int32 = 0
    }

    init(columnCount: Int, starts: [Int], columns: [Int32]) {
        precondition(starts.first == 0 && starts.last == columns.count, "the rows do not cover the elements")
        precondition(columns.count <= Int(Int32.max), "a sparse matrix holds at most \(Int32.max) elements")
        var columnStarts = [Int](repeating: 0, count: columnCount + 1)
        for (start, stop) in zip(starts, starts.dropFirst()) {
            precondition(start <= stop, "a row ends before it begins")
            var last: Int32 = -1
            for position in start..<stop {
                let column = columns[position]
                precondition(column > last && column < columnCount, "columns out of order or range")
                columnStarts[Int(column) + 1] += 1
                last = column
            }
        }
        for column in 0..<columnCount { columnStarts[column + 1] += columnStarts[column] }
        var next = columnStarts
        var byColumn = [Element](repeating: Element(), count: columns.count)
        for row in 0..<starts.count - 1 {
            for position in starts[row]..<starts[row + 1] {
                let column = Int(columns[position])
                byColumn[next[column]] = Element(row: Int32(row), position: Int32(position))
                next[column] += 1
            }
        }
        (self.columnCount, self.starts, self.columns) = (columnCount, starts, columns)
        (self.columnStarts, self.byColumn) = (columnStarts, byColumn)
    }

    var rowCount: Int { starts.count - 1 }

    func row(_ row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

    /// Where a column is listed in `byColumn`.
    func column(_ column: Int) -> Range<Int> { columnStarts[column]..<columnStarts[column + 1] }
}

/// The long arrays of a sparse matrix, for loops in which checks would cost more than the work. They are only read.
@safe struct SparseArrays: @unchecked Sendable {
    let columns: UnsafeBufferPointer<Int32>
    let values: UnsafeBufferPointer<Double>
    let byColumn: UnsafeBufferPointer<SparsePositions.Element>
}

extension SparseRows {
    /// Hands over the arrays, which must not leave `body`.
    func withUnsafeArrays<Result>(_ body: (SparseArrays) -> Result) -> Result {
        unsafe positions.columns.withUnsafeBufferPointer { columns in
            unsafe values.withUnsafeBufferPointer { values in
                unsafe positions.byColumn.withUnsafeBufferPointer { byColumn in
                    unsafe body(SparseArrays(columns: columns, values: values, byColumn: byColumn))
                }
            }
        }
    }
}
