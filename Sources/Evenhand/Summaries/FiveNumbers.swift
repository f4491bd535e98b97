/// The least number, the quartiles, the median between them and the greatest: how numbers lie in five of them.
///
/// Quartiles are those of type 7, as in R's `quantile`; see ``Quantiles/quantile(_:ofSorted:)``.
///
/// Source: Tukey, *Exploratory Data Analysis* (1977), chapter 2.
package struct FiveNumbers: Sendable, Equatable {
    /// The five, in ascending order.
    package let least, lowerQuartile, median, upperQuartile, greatest: Double

    /// The summary of numbers in any order; `nil` of none.
    package init?(of values: [Double]) {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        (least, greatest, median) = (first, last, Quantiles.median(ofSorted: sorted))
        lowerQuartile = Quantiles.quantile(0.25, ofSorted: sorted)
        upperQuartile = Quantiles.quantile(0.75, ofSorted: sorted)
    }
}
