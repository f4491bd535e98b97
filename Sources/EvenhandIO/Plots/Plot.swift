/// A picture of numbers: for a terminal made of characters, for a page drawn in lines (`svg`).
///
/// Both are made from this one value, so that they cannot differ. A picture is as wide as it is allowed to be.
public struct Plot: Sendable, Equatable {
    /// What is drawn.
    public enum Content: Sendable, Equatable {
        /// A line for each row, on one common scale: means of groups, intervals of ranks, bars.
        case rows(Rows)
        /// A field for each pair of a row and a column.
        case grid(Grid)
        /// Names at their positions on one common scale, in columns: Wright's map.
        case ruler(Ruler)
        /// The ranks of each entry from column to column, joined by a line.
        case paths(Paths)
    }

    /// What the picture shows, whatever the contest.
    public let title: String
    /// What it shows in this contest, in a sentence or two; empty when nothing is to be said.
    public let caption: String
    /// What is drawn.
    public let content: Content
    /// The name of the table that has the same numbers.
    public let table: String?
    /// The same numbers, where no table of the answer has them.
    public let numbers: Table?

    /// A picture.
    public init(title: String, caption: String = "", _ content: Content, table: String? = nil, numbers: Table? = nil) {
        (self.title, self.caption, self.content, self.table, self.numbers) = (title, caption, content, table, numbers)
    }

    /// A picture of rows.
    public init(title: String, rows: [Row], reference: Double? = nil, hasScale: Bool = true) {
        self.init(title: title, .rows(Rows(rows, reference: reference, hasScale: hasScale)))
    }

    /// How something is marked besides its position: on a page by its colour, too, but never by colour alone.
    public enum Tone: String, Sendable, CaseIterable {
        /// Like all others.
        case plain
        /// In, or as it should be.
        case good
        /// Undecided.
        case open
        /// Out, or to be looked at.
        case bad
    }

    /// What is drawn on the scale in one row.
    public enum Drawing: Sendable, Equatable {
        /// A point with an interval around it, and possibly a shorter one drawn bolder inside.
        case interval(low: Double, point: Double, high: Double, inner: ClosedRange<Double>? = nil)
        /// A point whose interval is unknown.
        case point(Double)
        /// A bar from 0.
        case bar(Double)
        /// Nothing: the value is undefined, or the row separates others.
        case empty
    }

    /// One line.
    public struct Row: Sendable, Equatable {
        /// What the row is about, in one or several columns.
        public let labels: [String]
        /// What is drawn.
        public let drawing: Drawing
        /// What comes after the drawing.
        public let value: String
        /// How it is marked.
        public let tone: Tone

        /// A line of a picture.
        public init(_ labels: [String], _ drawing: Drawing, value: String = "", tone: Tone = .plain) {
            (self.labels, self.drawing, self.value, self.tone) = (labels, drawing, value, tone)
        }
    }

    /// Lines on one common scale.
    public struct Rows: Sendable, Equatable {
        /// The lines from top to bottom.
        public let rows: [Row]
        /// Where to draw a vertical line that all rows are compared with.
        public let reference: Double?
        /// Whether a scale with numbers is drawn below.
        public let hasScale: Bool
        /// What the numbers of the scale are.
        public let scale: String
        /// The row that matters most, if not all can be drawn.
        public let focus: Int?

        /// Lines from top to bottom.
        public init(_ rows: [Row], reference: Double? = nil, hasScale: Bool = true, scale: String = "", focus: Int? = nil) {
            (self.rows, self.reference, self.hasScale, self.scale, self.focus) = (rows, reference, hasScale, scale, focus)
        }

        /// The smallest and the largest number that is drawn; `nil` when nothing is. Bars begin at 0.
        var range: ClosedRange<Double>? {
            var numbers = [reference].compactMap(\.self)
            for row in rows {
                switch row.drawing {
                case .interval(let low, let point, let high, let inner):
                    numbers += [low, point, high] + [inner?.lowerBound, inner?.upperBound].compactMap(\.self)
                case .point(let point): numbers.append(point)
                case .bar(let length): numbers += [0, length]
                case .empty: break
                }
            }
            let finite = numbers.filter(\.isFinite)
            guard let low = finite.min(), let high = finite.max() else { return nil }
            return low...high
        }
    }

    /// Fields of numbers, coloured by their distance from the middle.
    public struct Grid: Sendable, Equatable {
        /// The names from top to bottom.
        public let rows: [String]
        /// The names from left to right.
        public let columns: [String]
        /// The number of each field, row by row; `nil` where there is none.
        public let values: [[Double?]]
        /// The decimals of a number in its field; `nil` shows only a sign where a number is beyond `marked`.
        public let decimals: Int?
        /// The number without a colour.
        public let middle: Double
        /// The distance from the middle that has the strongest colour.
        public let extent: Double
        /// The row that matters most, if not all can be drawn.
        public let focus: Int?

        /// Fields of numbers.
        public init(
            rows: [String], columns: [String], values: [[Double?]], decimals: Int?, middle: Double, extent: Double, focus: Int? = nil
        ) {
            (self.rows, self.columns, self.values, self.decimals) = (rows, columns, values, decimals)
            (self.middle, self.extent, self.focus) = (middle, extent, focus)
        }

        /// The same numbers as a table, with this heading above the names of rows.
        package func table(heading: String, decimals: Int = 1) -> Table {
            let names = Table.Column("row", heading: heading, .texts(rows))
            let fields = columns.enumerated().map { position, name in
                Table.Column(name, .numbers(values.map { $0[position] }, decimals: self.decimals ?? decimals))
            }
            return Table(name: "grid", columns: [names] + fields)
        }
    }

    /// Columns of names at their positions on a scale.
    public struct Ruler: Sendable, Equatable {
        /// Names, or things without names that are counted.
        public struct Column: Sendable, Equatable {
            /// What is in the column.
            public let title: String
            /// The names; empty where things are only counted.
            public let names: [String]
            /// The position of each.
            public let values: [Double]

            /// A column of names at their positions.
            public init(_ title: String, names: [String] = [], values: [Double]) {
                (self.title, self.names, self.values) = (title, names, values)
            }
        }

        /// The columns from left to right.
        public let columns: [Column]

        /// Columns on one common scale.
        public init(_ columns: [Column]) { self.columns = columns }
    }

    /// Ranks from column to column.
    public struct Paths: Sendable, Equatable {
        /// One entry.
        public struct Path: Sendable, Equatable {
            /// Its name.
            public let name: String
            /// Its rank in each column.
            public let ranks: [Double]
            /// How it is marked.
            public let tone: Tone

            /// The ranks of one entry.
            public init(_ name: String, _ ranks: [Double], tone: Tone = .plain) {
                (self.name, self.ranks, self.tone) = (name, ranks, tone)
            }
        }

        /// The names of the columns.
        public let columns: [String]
        /// The entries, in the order of the first column.
        public let paths: [Path]
        /// Where a line divides the ranks.
        public let reference: Double?
        /// The entry that matters most, if not all can be drawn.
        public let focus: Int?

        /// Ranks from column to column.
        public init(columns: [String], _ paths: [Path], reference: Double? = nil, focus: Int? = nil) {
            (self.columns, self.paths, self.reference, self.focus) = (columns, paths, reference, focus)
        }
    }
}

extension Plot {
    /// The picture with every text changed, such as names replaced by labels, and its table of numbers likewise.
    package func mapTexts(_ changed: (String) -> String, numbers table: (Table) -> Table) -> Plot {
        let content: Content =
            switch self.content {
            case .rows(let rows):
                .rows(
                    Rows(
                        rows.rows.map { Row($0.labels.map(changed), $0.drawing, value: changed($0.value), tone: $0.tone) },
                        reference: rows.reference, hasScale: rows.hasScale, scale: changed(rows.scale), focus: rows.focus))
            case .grid(let grid):
                .grid(
                    Grid(
                        rows: grid.rows.map(changed), columns: grid.columns.map(changed), values: grid.values, decimals: grid.decimals,
                        middle: grid.middle, extent: grid.extent, focus: grid.focus))
            case .ruler(let ruler):
                .ruler(
                    Ruler(ruler.columns.map { Ruler.Column(changed($0.title), names: $0.names.map(changed), values: $0.values) }))
            case .paths(let paths):
                .paths(
                    Paths(
                        columns: paths.columns.map(changed), paths.paths.map { Paths.Path(changed($0.name), $0.ranks, tone: $0.tone) },
                        reference: paths.reference, focus: paths.focus))
            }
        return Plot(title: changed(title), caption: changed(caption), content, table: self.table, numbers: numbers.map(table))
    }
}
