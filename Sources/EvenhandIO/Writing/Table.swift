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
        /// Whether a table that is too wide for a terminal goes on here below itself.
        public let startsPart: Bool
        /// Whether people see it only when they ask for all columns; programs always get it.
        public let isDetail: Bool
        /// The colours of the cells on a terminal; empty when there are none.
        package private(set) var colours: [TextColour?] = []
        /// What somebody is to write into the cells, which are empty; `nil` for cells of an answer.
        package private(set) var blanks: ScoreBlanks?

        /// A column; the heading is the name unless another is given.
        public init(
            _ name: String, heading: String? = nil, _ cells: Cells, isWhole: Bool = false, blank: String = "", startsPart: Bool = false,
            isDetail: Bool = false
        ) {
            self.name = name
            self.heading = heading ?? name
            self.cells = cells
            self.isWhole = isWhole
            self.blank = blank
            self.startsPart = startsPart
            self.isDetail = isDetail
        }

        /// The column with colours for its cells.
        package func coloured(_ colours: [TextColour?]) -> Column {
            var column = self
            column.colours = colours
            return column
        }

        /// An empty column that somebody is to write scores into.
        package static func blanks(_ name: String, heading: String, rowCount: Int, _ blanks: ScoreBlanks) -> Column {
            var column = Column(name, heading: heading, .numbers(Array(repeating: nil, count: rowCount), decimals: 2))
            column.blanks = blanks
            return column
        }

        /// The column with other texts or of other rows.
        package func with(name: String? = nil, heading: String? = nil, _ cells: Cells, colours: [TextColour?]? = nil) -> Column {
            var column = Column(
                name ?? self.name, heading: heading ?? self.heading, cells, isWhole: isWhole, blank: blank, startsPart: startsPart,
                isDetail: isDetail)
            (column.colours, column.blanks) = (colours ?? self.colours, blanks)
            return column
        }

        /// Whether it is empty for at least one row: numbers of which none is defined, or texts of which none says anything.
        package var isUndefined: Bool {
            guard cells.count > 0, blanks == nil else { return false }
            return switch cells {
            case .numbers(let numbers, _): numbers.allSatisfy { $0 == nil }
            case .texts(let texts): texts.allSatisfy(\.isEmpty)
            case .factor(let factor): blank.isEmpty && factor.codes.allSatisfy { $0 == Factor.missing || factor.levels[Int($0)].isEmpty }
            case .integers, .values: false
            }
        }

        /// Whether the cells are p-values: one that is too small for its decimals is not 0.
        var isOfTests: Bool { ["p", "p_adjusted", "p_within_heats"].contains(name) }

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
    /// How many rows are above the cut, where rows are in the order of a list that has one: people see a line there.
    public let rowsAboveCut: Int?

    /// A table of columns of one length.
    public init(
        name: String, title: String = "", columns: [Column], notes: [String] = [], keys: Int = 1, rowsAboveCut: Int? = nil
    ) {
        let lengths = Set(columns.map(\.cells.count))
        precondition(lengths.count <= 1, "the columns of table \(name) have different lengths: \(lengths.sorted())")
        self.name = name
        self.title = title
        self.columns = columns
        self.notes = notes
        self.keys = keys
        self.rowsAboveCut = rowsAboveCut
    }

    /// The number of rows.
    public var rowCount: Int { columns.first?.cells.count ?? 0 }

    /// The first rows, at most `count`.
    public func prefix(_ count: Int) -> Table { count < rowCount ? rows(0..<count) : self }

    /// The table without one of its columns.
    package func without(column name: String) -> Table {
        Table(
            name: self.name, title: title, columns: columns.filter { $0.name != name }, notes: notes, keys: keys, rowsAboveCut: rowsAboveCut
        )
    }

    /// Some of the rows.
    package func rows(_ range: Range<Int>) -> Table {
        let columns = columns.map { $0.with($0.cells.cells(range), colours: $0.colours.isEmpty ? [] : Array($0.colours[range])) }
        let above = rowsAboveCut.map { $0 - range.lowerBound }.flatMap { (0...range.count).contains($0) ? $0 : nil }
        return Table(name: name, title: title, columns: columns, notes: notes, keys: keys, rowsAboveCut: above)
    }

    /// The table with the columns that people see without asking for all.
    package var essential: Table {
        Table(
            name: name, title: title, columns: columns.filter { !$0.isDetail }, notes: notes, keys: keys, rowsAboveCut: rowsAboveCut)
    }

    /// How many columns people see only when they ask for all.
    package var detailCount: Int { columns.count { $0.isDetail && !$0.isUndefined } }
}

extension Table.Cells {
    fileprivate func cells(_ range: Range<Int>) -> Table.Cells {
        switch self {
        case .factor(let factor): .factor(factor.selecting(Array(range)))
        case .texts(let texts): .texts(Array(texts[range]))
        case .integers(let numbers): .integers(Array(numbers[range]))
        case .numbers(let numbers, let decimals): .numbers(Array(numbers[range]), decimals: decimals)
        case .values(let values, let decimals): .values(Array(values[range]), decimals: decimals)
        }
    }
}

/// What may be written into an empty column of scores: a number from 0 to a maximum.
package struct ScoreBlanks: Sendable, Equatable {
    /// The highest score.
    package var most: Fraction
    /// What a spreadsheet says about anything else.
    package var title: String, message: String

    /// Scores from 0 to a maximum.
    package init(upTo most: Fraction, title: String, message: String) { (self.most, self.title, self.message) = (most, title, message) }
}
