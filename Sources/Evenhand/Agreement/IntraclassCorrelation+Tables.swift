/// An F test of entries against an error, and the correlation that it makes.
struct OneWayTest {
    let entries: Double
    let error: Double
    let entryFreedom: Double
    let errorFreedom: Double
    /// The scores of an entry.
    let size: Double

    init(_ entries: Double, _ entryFreedom: Double, _ error: Double, _ errorFreedom: Double, size: Double) {
        (self.entries, self.entryFreedom, self.error, self.errorFreedom, self.size) = (entries, entryFreedom, error, errorFreedom, size)
    }

    var test: IntraclassCorrelation.Test? {
        guard error > 0 else { return nil }
        let ratio = entries / error
        let distribution = FDistribution(numeratorDegreesOfFreedom: entryFreedom, denominatorDegreesOfFreedom: errorFreedom)
        return IntraclassCorrelation.Test(
            fRatio: ratio, numeratorDegreesOfFreedom: entryFreedom, denominatorDegreesOfFreedom: errorFreedom,
            p: distribution.upperTail(ratio))
    }

    /// (MS − MS_error) / (MS + (k − 1) MS_error); its limits divide the F ratio by F quantiles, which is exact.
    func correlation(_ form: IntraclassCorrelation.Form, level: Double) -> IntraclassCorrelation {
        let total = entries + (size - 1) * error
        let interval = test.flatMap { test in
            let tail = (1 - level) / 2
            let low = test.fRatio / OneWayTest.quantile(tail, entryFreedom, errorFreedom)
            let high = test.fRatio * OneWayTest.quantile(tail, errorFreedom, entryFreedom)
            return IntraclassCorrelation.limits((low - 1) / (low + size - 1), (high - 1) / (high + size - 1))
        }
        return IntraclassCorrelation(
            form: form, judges: 1, value: total > 0 ? (entries - error) / total : nil, interval: interval, test: test)
    }

    /// The F ratio that is exceeded with a probability.
    static func quantile(_ tail: Double, _ numerator: Double, _ denominator: Double) -> Double {
        FDistribution(numeratorDegreesOfFreedom: numerator, denominatorDegreesOfFreedom: denominator).upperTailQuantile(tail)
    }
}

/// The mean squares of a complete table of entries and judges.
struct TwoWaySquares {
    private let entries, judges, noise: VarianceComponent
    private let entryCount, judgeCount: Double

    init(_ study: Generalizability) {
        (entries, judges, noise) = (study.components[0], study.components[1], study.components[2])
        (entryCount, judgeCount) = (Double(study.entryCount), study.judgesPerEntry)
    }

    func correlations(level: Double) -> [IntraclassCorrelation] {
        let withinFreedom = judges.degreesOfFreedom + noise.degreesOfFreedom
        let within = (judges.sumOfSquares + noise.sumOfSquares) / withinFreedom
        let oneWay = OneWayTest(entries.meanSquare, entries.degreesOfFreedom, within, withinFreedom, size: judgeCount)
        let consistency = OneWayTest(
            entries.meanSquare, entries.degreesOfFreedom, noise.meanSquare, noise.degreesOfFreedom, size: judgeCount)
        return [
            oneWay.correlation(.oneWay, level: level), agreement(consistency.test, level: level),
            consistency.correlation(.consistency, level: level),
        ]
    }

    /// Are the judges equally severe?
    var severityTest: IntraclassCorrelation.Test? {
        OneWayTest(judges.meanSquare, judges.degreesOfFreedom, noise.meanSquare, noise.degreesOfFreedom, size: entryCount).test
    }

    /// McGraw and Wong (1996), table 7, case 2A: the error is a sum of two mean squares, whose degrees of freedom are Satterthwaite's.
    private func agreement(_ test: IntraclassCorrelation.Test?, level: Double) -> IntraclassCorrelation {
        let (r, c, e) = (entries.meanSquare, judges.meanSquare, noise.meanSquare)
        let (n, k) = (entryCount, judgeCount)
        let total = r + (k - 1) * e + k * (c - e) / n
        guard total > 0, e > 0 else {
            let value = r + c > 0 && total > 0 ? (r - e) / total : nil
            return IntraclassCorrelation(form: .agreement, judges: 1, value: value, interval: nil, test: test)
        }
        let value = (r - e) / total
        // v with numerator and denominator multiplied by n (1 − ρ) / MS_E.
        let (a, b) = (k * value * c / e, n * (1 + (k - 1) * value) - k * value)
        let freedom = (a + b) * (a + b) / (a * a / (k - 1) + b * b / ((n - 1) * (k - 1)))
        let interval = agreementLimits(freedom: freedom, tail: (1 - level) / 2)
        return IntraclassCorrelation(form: .agreement, judges: 1, value: value, interval: interval, test: test)
    }
    private func agreementLimits(freedom: Double, tail: Double) -> ClosedRange<Double>? {
        // A negative correlation can make the sum of mean squares vanish, and its degrees of freedom with it.
        guard freedom > 1e-3, freedom.isFinite else { return nil }
        let (r, c, e) = (entries.meanSquare, judges.meanSquare, noise.meanSquare)
        let (n, k) = (entryCount, judgeCount)
        let low = OneWayTest.quantile(tail, n - 1, freedom)
        let high = OneWayTest.quantile(tail, freedom, n - 1)
        let error = k * c + (k * n - k - n) * e
        return IntraclassCorrelation.limits(n * (r - low * e) / (low * error + n * r), n * (high * r - e) / (error + n * high * r))
    }
}
