/// A rating scale: consecutive categories, a point apart.
public struct RaschScale: Sendable, Equatable {
    /// The criterion whose scale it is; `nil` where all scores share one.
    public let criterion: Int?
    /// The lowest category that was used, in points of which more is better.
    public let lowest: Double
    /// How many categories lie between the lowest and the highest that were used, both included.
    public let categoryCount: Int
    /// The points between two scores that make one category: 1, or what `--categories` makes of a longer scale.
    public let pointsPerCategory: Double
    /// Whether categories are numbers from 1 on that stand for parts of a longer scale.
    public let isRescaled: Bool
    /// Which scores are the best.
    public let direction: Direction

    /// The most categories that are estimated one by one: a scale from 0 to 20.
    public static let mostCategories = 21

    /// What a category is called, as judges would write it.
    ///
    /// - Parameter category: counted from 0, the lowest; between two categories for a score between them.
    public func label(of category: Double) -> Double {
        isRescaled ? 1 + category : direction.turned(lowest + category)
    }

    /// The category of a score, counted from 0; between two for a score between them.
    func category(of points: Double) -> Double { (points - lowest) / pointsPerCategory }
}

extension RaschScale {
    /// The scale of some scores.
    ///
    /// - Parameter categories: how many categories to make of the scores' range; `nil` for whole points.
    /// - Throws: `RaschError.scaleTooLong`.
    init(of points: ClosedRange<Double>, criterion: Int?, name: String?, categories: Int?, direction: Direction) throws(RaschError) {
        (self.criterion, self.direction) = (criterion, direction)
        if let categories, points.upperBound > points.lowerBound {
            (lowest, categoryCount, isRescaled) = (points.lowerBound, categories, true)
            pointsPerCategory = (points.upperBound - points.lowerBound) / Double(categories - 1)
            return
        }
        let (low, high) = (points.lowerBound.rounded(.down), points.upperBound.rounded(.up))
        let count = high - low + 1
        guard count <= Double(RaschScale.mostCategories) else {
            let ends = [direction.turned(points.lowerBound), direction.turned(points.upperBound)].sorted()
            throw .scaleTooLong(
                criterion: name, low: ends[0], high: ends[1], categories: Int(min(count, 1e15)), most: RaschScale.mostCategories)
        }
        (lowest, categoryCount, pointsPerCategory, isRescaled) = (low, Int(count), 1, false)
    }
}
