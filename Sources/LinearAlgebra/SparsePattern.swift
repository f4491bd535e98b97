/// Which elements of the Cholesky factor L of a sparse symmetric matrix are not 0, found once for all matrices with the same positions.
///
/// The last columns, from where at least half of the factor is filled, are kept as a dense matrix; those before them hold only what is
/// there. The order of the columns is the caller's: elements fill up least where columns with few neighbours come first.
///
/// Source: Davis, *Direct Methods for Sparse Linear Systems* (2006), chapter 4.
public struct SparsePattern: Sendable {
    /// The number of rows and columns.
    public let size: Int
    /// The elements of row k of the lower triangle are `starts[k] ..< starts[k + 1]`; the diagonal is the last of them.
    let starts: [Int]
    let columns: [Int32]
    /// The first of the columns that are kept dense.
    public let firstDense: Int
    /// The sparse columns j < k of L with an element in row k, ascending: `rowStarts[k] ..< rowStarts[k + 1]`.
    let rowStarts: [Int]
    let rowColumns: [Int32]
    /// The rows below the diagonal of sparse column j, ascending: `columnStarts[j] ..< columnStarts[j + 1]`.
    let columnStarts: [Int]
    let columnRows: [Int32]

    /// The number of elements that a factor keeps.
    public var elementCount: Int { columnRows.count + firstDense + (size - firstDense) * (size - firstDense) }

    /// The pattern of a matrix of which the lower triangle is given.
    ///
    /// - Parameters:
    ///   - starts: where each row begins, and where the last one ends.
    ///   - columns: the columns of the elements, ascending within a row; the last of row k is k.
    /// - Precondition: the rows fit together.
    public init(starts: [Int], columns: [Int32]) {
        let size = starts.count - 1
        precondition(starts[0] == 0 && starts[size] == columns.count, "the rows do not cover the elements")
        for row in 0..<size {
            let last = starts[row + 1] - 1
            precondition(last >= starts[row] && Int(columns[last]) == row, "a row does not end on the diagonal")
        }
        (self.size, self.starts, self.columns) = (size, starts, columns)
        // The elimination tree: the parent of a column is the first row below its diagonal.
        var (parents, seen) = ([Int](repeating: -1, count: size), [Int](repeating: -1, count: size))
        var counts = [Int](repeating: 0, count: size)
        for row in 0..<size {
            seen[row] = row
            for position in starts[row]..<starts[row + 1] - 1 {
                var column = Int(columns[position])
                while seen[column] != row {
                    if parents[column] < 0 { parents[column] = row }
                    counts[column] += 1
                    seen[column] = row
                    column = parents[column]
                }
            }
        }
        let first = SparsePattern.firstDense(counts)
        firstDense = first
        var (rowStarts, rowColumns) = ([0], [Int32]())
        rowColumns.reserveCapacity(counts[..<first].reduce(0, +))
        seen = [Int](repeating: -1, count: size)
        for row in 0..<size {
            seen[row] = row
            let begin = rowColumns.count
            for position in starts[row]..<starts[row + 1] - 1 {
                var column = Int(columns[position])
                while column < first, seen[column] != row {
                    rowColumns.append(Int32(column))
                    seen[column] = row
                    column = parents[column]
                }
            }
            rowColumns[begin...].sort()
            rowStarts.append(rowColumns.count)
        }
        (self.rowStarts, self.rowColumns) = (rowStarts, rowColumns)
        let columnStarts = counts[..<first].reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
        var (next, rows) = (columnStarts, [Int32](repeating: 0, count: rowColumns.count))
        for row in 0..<size {
            for position in rowStarts[row]..<rowStarts[row + 1] {
                let column = Int(rowColumns[position])
                rows[next[column]] = Int32(row)
                next[column] += 1
            }
        }
        (self.columnStarts, columnRows) = (columnStarts, rows)
    }

    /// Where the rest of the factor is at least half full.
    private static func firstDense(_ counts: [Int]) -> Int {
        var (first, below) = (counts.count, 0)
        for column in counts.indices.reversed() {
            let side = counts.count - column
            below += counts[column]
            guard side <= mostDense else { break }
            if 4 * below >= side * (side - 1) { first = column }
        }
        return first
    }

    /// The largest dense part: half a gigabyte.
    private static let mostDense = 8192
}
