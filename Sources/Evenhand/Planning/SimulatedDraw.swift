/// One simulated contest before anybody is seated: the same for all designs that are compared.
struct SimulatedDraw {
    let qualities, severities, scales, heats, noise: [Double]
    /// The truly best entry, and whether each entry is among as many of the best as there are places.
    let best: Int
    let isAmongBest: [Bool]
    /// The sum of the qualities, and their squared distances from the mean.
    let qualitySum, qualitySquares: Double

    init(_ designs: [SimulatedDesign], _ spread: ContestSpread, places: Int, seed: UInt64, draw: Int) {
        // The streams before are those of the plan itself.
        var stream = RandomStream(seed: seed, stream: UInt64(draw) + PlanStream.draws.rawValue)
        func normals(_ count: Int, _ sd: Double) -> [Double] { stream.normals(count).map { sd * $0 } }
        let judgeCount = designs.map(\.judgeCount).max() ?? 0
        qualities = normals(designs.map(\.entryCount).max() ?? 0, spread.entrySD)
        severities = normals(judgeCount, spread.judgeSD)
        scales = normals(judgeCount, spread.scaleSD).map { exponential($0) }
        heats = normals(designs.map(\.heatCount).max() ?? 0, spread.heatSD)
        noise = normals(designs.map(\.scoreCount).max() ?? 0, spread.noiseSD)
        let first = qualities.withUnsafeBufferPointer { SimulatedDraw.first(places, of: $0) }
        best = first[0]
        var isAmongBest = [Bool](repeating: false, count: qualities.count)
        for entry in first { isAmongBest[entry] = true }
        self.isAmongBest = isAmongBest
        let sum = qualities.reduce(0, +)
        let mean = sum / Double(qualities.count)
        (qualitySum, qualitySquares) = (sum, qualities.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
    }

    /// The positions of the largest values, the largest first; of equals the earlier one.
    static func first(_ count: Int, of values: UnsafeBufferPointer<Double>) -> [Int] {
        var first: [Int] = []
        first.reserveCapacity(count)
        var least = -Double.infinity
        for position in values.indices {
            let value = values[position]
            if first.count == count, value <= least { continue }
            if first.count < count { first.append(position) }
            var seat = first.count - 1
            while seat > 0, values[first[seat - 1]] < value {
                first[seat] = first[seat - 1]
                seat -= 1
            }
            first[seat] = position
            least = values[first[first.count - 1]]
        }
        return first
    }

    /// The squared correlation of results with the qualities; 0 when either does not vary.
    func reliability(of results: UnsafeBufferPointer<Double>) -> Double {
        let count = Double(results.count)
        let mean = results.reduce(0, +) / count
        var (squares, products) = (0.0, 0.0)
        for position in results.indices {
            let distance = results[position] - mean
            squares += distance * distance
            products += distance * qualities[position]
        }
        return squares > 0 && qualitySquares > 0 ? products * products / (squares * qualitySquares) : 0
    }
}
