public import Evenhand

/// A rectangular answer: columns of typed cells under a title, with notes below. One value for all output formats.
public struct Table: Sendable, Equatable {
    /// One column.
    public struct Column: Sendable, Equatable {
        /// The name in CSV and JSON, which never changes with the language.
        public let name: String
        /// The heading for people.
        public let heading: String
        /// The cells.
        public let cells: Cells
        /// Whether texts are shown whole, as sentences are, however long they are; names are cut.
        public let isWhole: Bool
        /// What people see where a name is missing; CSV and JSON leave the cell empty.
        public let blank: String
        /// Whether a wide table goes on here below itself, for people.
        public let startsPart: Bool

        /// A column; the heading is the name unless another is given.
        public init(
            _ name: String, heading: String? = nil, _ cells: Cells, isWhole: Bool = false, blank: String = "", startsPart: Bool = false
        ) {
            self.name = name
            self.heading = heading ?? name
            self.cells = cells
            self.isWhole = isWhole
            self.blank = blank
            self.startsPart = startsPart
        }

        /// Whether it is empty: numbers of which none is defined, for at least one row.
        var isUndefined: Bool {
            guard case .numbers(let numbers, _) = cells else { return false }
            return !numbers.isEmpty && numbers.allSatisfy { $0 == nil }
        }

        /// Whether the cells are numbers.
        var isNumeric: Bool {
            switch cells {
            case .factor, .texts: false
            case .integers, .numbers, .values: true
            }
        }
    }

    /// The cells of a column, all of one kind.
    public enum Cells: Sendable, Equatable {
        /// Names, each stored once; a missing code is an empty cell.
        case factor(Factor)
        /// Texts.
        case texts([String])
        /// Whole numbers.
        case integers([Int])
        /// Numbers, undefined where `nil`; for people with this many decimals.
        case numbers([Double?], decimals: Int)
        /// Numbers that are all defined.
        case values([Double], decimals: Int)

        /// The number of cells.
        public var count: Int {
            switch self {
            case .factor(let factor): factor.codes.count
            case .texts(let texts): texts.count
            case .integers(let numbers): numbers.count
            case .numbers(let numbers, _): numbers.count
            case .values(let values, _): values.count
            }
        }
    }

    /// The name in JSON and for `--table`.
    public let name: String
    /// What the table shows.
    public let title: String
    /// The columns, all of the same length.
    public let columns: [Column]
    /// What a reader needs besides the numbers.
    public let notes: [String]
    /// How many columns name the rows: they are repeated where a wide table goes on below itself.
    public let keys: Int

    /// A table of columns of one length.
    public init(name: String, title: String = "", columns: [Column], notes: [String] = [], keys: Int = 1) {
        let lengths = Set(columns.map(\.cells.count))
        precondition(lengths.count <= 1, "the columns of table \(name) have different lengths: \(lengths.sorted())")
        self.name = name
        self.title = title
        self.columns = columns
        self.notes = notes
        self.keys = keys
    }

    /// The number of rows.
    public var rowCount: Int { columns.first?.cells.count ?? 0 }

    /// The first rows, at most `count`.
    public func prefix(_ count: Int) -> Table {
        guard count < rowCount else { return self }
        return Table(
            name: name, title: title,
            columns: columns.map {
                Column(
                    $0.name, heading: $0.heading, $0.cells.prefix(count), isWhole: $0.isWhole, blank: $0.blank, startsPart: $0.startsPart)
            }, notes: notes, keys: keys)
    }
}

extension Table.Cells {
    fileprivate func prefix(_ count: Int) -> Table.Cells {
        switch self {
        case .factor(let factor): .factor(factor.selecting(Array(0..<count)))
        case .texts(let texts): .texts(Array(texts.prefix(count)))
        case .integers(let numbers): .integers(Array(numbers.prefix(count)))
        case .numbers(let numbers, let decimals): .numbers(Array(numbers.prefix(count)), decimals: decimals)
        case .values(let values, let decimals): .values(Array(values.prefix(count)), decimals: decimals)
        }
    }
}
