/// A rectangular table of Doubles, stored column after column as BLAS and LAPACK read it.
///
/// Element (i, j) of an m×n matrix is at index i + m·j of ``elements``. Either side may be 0.
public struct Matrix: Sendable, Equatable {
    /// The number of rows, 0 or more.
    public let rows: Int

    /// The number of columns, 0 or more.
    public let columns: Int

    @usableFromInline var storage: [Double]

    /// A rows×columns matrix with the same value everywhere.
    ///
    /// - Precondition: neither side is negative.
    public init(rows: Int, columns: Int, repeating value: Double = 0) {
        precondition(rows >= 0 && columns >= 0, "a matrix cannot have \(rows)×\(columns) elements")
        self.rows = rows
        self.columns = columns
        self.storage = Array(repeating: value, count: rows * columns)
    }

    /// A rows×columns matrix from its elements, column after column.
    ///
    /// - Precondition: there are rows·columns elements.
    public init(rows: Int, columns: Int, elements: [Double]) {
        precondition(
            rows >= 0 && columns >= 0 && elements.count == rows * columns,
            "\(elements.count) elements do not fill a \(rows)×\(columns) matrix")
        self.rows = rows
        self.columns = columns
        self.storage = elements
    }

    /// A rows×columns matrix whose element (i, j) is `element(i, j)`, both counted from 0.
    ///
    /// The closure is called once per element, down each column in turn.
    public init(rows: Int, columns: Int, _ element: (_ row: Int, _ column: Int) -> Double) {
        self.init(rows: rows, columns: columns)
        for column in 0..<columns {
            for row in 0..<rows { storage[row + rows * column] = element(row, column) }
        }
    }

    /// The n×n matrix with ones on the diagonal and zeros elsewhere.
    public static func identity(_ n: Int) -> Matrix {
        Matrix(rows: n, columns: n) { $0 == $1 ? 1 : 0 }
    }

    /// All elements, column after column.
    public var elements: [Double] { storage }

    /// Whether there are as many rows as columns.
    public var isSquare: Bool { rows == columns }

    /// Element (row, column), both counted from 0.
    ///
    /// - Precondition: the row and the column exist.
    @inlinable public subscript(row: Int, column: Int) -> Double {
        get {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "the matrix has no such element")
            return storage[row + rows * column]
        }
        set {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "the matrix has no such element")
            storage[row + rows * column] = newValue
        }
    }

    /// One column from top to bottom.
    ///
    /// The slice shares the matrix's storage, so its indices do not start at 0.
    ///
    /// - Precondition: the column exists.
    public func column(_ column: Int) -> ArraySlice<Double> {
        precondition(column >= 0 && column < columns, "a \(rows)×\(columns) matrix has no column \(column)")
        return storage[rows * column..<rows * (column + 1)]
    }

    /// The sum of each row, added from left to right.
    var rowSums: [Double] {
        var sums = Array(storage.prefix(rows))
        for column in 1..<max(columns, 1) {
            for row in 0..<rows { sums[row] += storage[row + rows * column] }
        }
        return sums
    }

    /// The columns×rows matrix with element (j, i) where this one has (i, j).
    public var transposed: Matrix {
        Matrix(rows: columns, columns: rows) { self[$1, $0] }
    }
}
