package import Evenhand

/// What may be written into an empty column of scores: a number from 0 to a maximum.
package struct ScoreBlanks: Sendable, Equatable {
    /// The highest score.
    package var most: Fraction
    /// What a spreadsheet says about anything else.
    package var title: String, message: String

    /// Scores from 0 to a maximum.
    package init(upTo most: Fraction, title: String, message: String) { (self.most, self.title, self.message) = (most, title, message) }
}
