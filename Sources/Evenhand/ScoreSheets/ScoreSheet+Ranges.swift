extension ScoreSheet {
    /// The range (极差) of each entry's scores: the largest, over its performances, of the highest less the lowest score, in points.
    public var scoreRanges: [Double] {
        var ranges = [Double](repeating: 0, count: entries.count)
        for performance in performances {
            let scores = units[performance.rows]
            guard let low = scores.min(), let high = scores.max() else { continue }
            let entry = Int(performance.entry)
            ranges[entry] = max(ranges[entry], (high - low) / unitsPerPoint)
        }
        return ranges
    }
}
