/// Where numbers fall on a line, and which round numbers are written below it.
struct Scale {
    let low: Double
    let high: Double

    init(_ range: ClosedRange<Double>) {
        // A range without extent gets one, so that its point is in the middle.
        let isPoint = range.lowerBound == range.upperBound
        let half = max(1, range.lowerBound.magnitude * 0.01)
        (low, high) = isPoint ? (range.lowerBound - half, range.upperBound + half) : (range.lowerBound, range.upperBound)
    }

    /// How far along the line a number is, from 0 to 1 within the range, and at most one length beyond it.
    func share(of number: Double) -> Double { max(-1, min(2, (number - low) / (high - low))) }

    /// 1, 2 or 5 times a power of ten, so that there are at most so many numbers.
    func step(most count: Int) -> Double {
        let least = (high - low) / Double(max(1, count))
        var power = 1.0
        while power * 10 <= least { power *= 10 }
        while power > least { power /= 10 }
        return ([1, 2, 5].map { $0 * power }.first { $0 >= least }) ?? 10 * power
    }

    /// The round numbers within the range.
    func ticks(most count: Int) -> [(value: Double, text: String)] {
        let step = step(most: count)
        var (decimals, rest) = (0, step)
        while rest < 1, decimals < 12 { (decimals, rest) = (decimals + 1, rest * 10) }
        let first = (low / step).rounded(.up)
        let number = Int(((high / step).rounded(.down) - first).rounded())
        guard number >= 0 else { return [] }
        return (0...number).map { position in
            let value = (first + Double(position)) * step
            return (value, NumberFormat.fixed(value, decimals: decimals))
        }
    }
}
