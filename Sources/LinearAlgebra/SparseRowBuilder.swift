/// A sparse matrix in the making: elements are added to the last row in any order, and those of one column are added up.
public struct SparseRowBuilder: Sendable {
    private let columnCount: Int
    private var starts = [0]
    private var columns: [Int32] = []
    private var values: [Double] = []
    /// The elements of the row in the making, and the columns that have one.
    private var sums: [Double]
    private var touched: [Int32] = []
    private var isAscending = true

    /// No rows yet.
    ///
    /// - Parameters:
    ///   - columnCount: the number of columns.
    ///   - elementCapacity: how many elements there will be at most, if that is known.
    public init(columnCount: Int, elementCapacity: Int = 0) {
        self.columnCount = columnCount
        sums = [Double](repeating: 0, count: columnCount)
        columns.reserveCapacity(elementCapacity)
        values.reserveCapacity(elementCapacity)
    }

    /// Adds a positive value to the last row.
    ///
    /// - Precondition: the column exists.
    public mutating func add(_ value: Double, at column: Int) {
        if sums[column] == 0 {
            if let last = touched.last, last > column { isAscending = false }
            touched.append(Int32(truncatingIfNeeded: column))
        }
        sums[column] += value
    }

    /// Adds 1 at each of the columns.
    ///
    /// - Precondition: the columns exist.
    public mutating func addOnes(at columns: ArraySlice<Int32>) {
        for column in columns { add(1, at: Int(column)) }
    }

    /// Ends a row; what is added next belongs to another.
    public mutating func endRow() {
        if !isAscending { touched.sort() }
        for column in touched {
            columns.append(column)
            values.append(sums[Int(column)])
            sums[Int(column)] = 0
        }
        touched.removeAll(keepingCapacity: true)
        isAscending = true
        starts.append(columns.count)
    }

    /// The matrix of the rows that have ended.
    public consuming func rows() -> SparseRows {
        SparseRows(columnCount: columnCount, starts: starts, columns: columns, values: values)
    }
}
