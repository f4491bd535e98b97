/// A picture made of characters: a line for each row, with labels before it, a drawing on one common scale, and a value after it.
///
/// For points with intervals (means of groups, caterpillars of results or ranks) and for bars. The picture is as wide as it is allowed to
/// be.
public struct Plot: Sendable, Equatable {
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

        /// A line of a picture.
        public init(_ labels: [String], _ drawing: Drawing, value: String = "") {
            (self.labels, self.drawing, self.value) = (labels, drawing, value)
        }
    }

    /// What the picture shows.
    public let title: String
    /// The lines from top to bottom.
    public let rows: [Row]
    /// Where to draw a vertical line that all rows are compared with.
    public let reference: Double?
    /// Whether a scale with numbers is drawn below.
    public let hasScale: Bool

    /// A picture of rows.
    public init(title: String, rows: [Row], reference: Double? = nil, hasScale: Bool = true) {
        (self.title, self.rows, self.reference, self.hasScale) = (title, rows, reference, hasScale)
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
