import LinearAlgebra

/// A normal vector of covariance σ² (MᵀM + diag(own²)): few shared sources, and a part of its own for each entry.
struct StructuredNormal: Sendable {
    /// σ².
    enum Scale: Sendable {
        case known(Double)
        /// σ² = squares / χ² of this freedom: the posterior under the prior 1/σ².
        case drawn(squares: Double, freedom: Double)
    }

    /// One for each entry.
    let means: [Double]
    /// M: a row for each shared source, a column for each entry.
    let mixing: Matrix
    /// Standard deviations of the entries' own parts, over σ.
    let own: [Double]
    let scale: Scale

    /// Draws one after the other, each with a number for every entry.
    func draws(_ count: Int, from stream: inout RandomStream) -> [Double] {
        let sources = Matrix(rows: mixing.rows, columns: count, elements: stream.normals(mixing.rows * count))
        let shared = mixing.transposedTimes(sources).elements
        let deviations = (0..<count).map { _ in deviation(&stream) }
        let hasOwn = own.contains { $0 != 0 }
        let noise = hasOwn ? stream.normals(own.count * count) : []
        let entryCount = means.count
        return [Double](unsafeUninitializedCapacity: entryCount * count) { buffer, initialized in
            for draw in 0..<count {
                let (first, deviation) = (draw * entryCount, deviations[draw])
                for entry in 0..<entryCount {
                    let part = hasOwn ? own[entry] * noise[first + entry] : 0
                    buffer.initializeElement(at: first + entry, to: means[entry] + deviation * (shared[first + entry] + part))
                }
            }
            initialized = entryCount * count
        }
    }

    private func deviation(_ stream: inout RandomStream) -> Double {
        switch scale {
        case .known(let variance): variance.squareRoot()
        case .drawn(let squares, let freedom): (squares / stream.chiSquared(freedom)).squareRoot()
        }
    }
}
