import LinearAlgebra

/// A normal vector of covariance σ² (MᵀM + diag(own²)): few shared sources, and a part of its own for each entry.
struct StructuredNormal: Sendable {
    /// How entries depend on shared sources.
    enum Mixing: Sendable {
        /// M: a row for each source, a column for each entry.
        case product(Matrix)
        /// M = L⁻¹ Cᵀ for the factor L and few coefficients C of each entry: of many entries it is less work to divide the sources of each
        /// draw.
        case factored(Cholesky, SparseRows)
        /// Mᵀ as a function of so many sources, a column for each draw.
        case computed(sources: Int, @Sendable (Matrix) -> [Double])

        /// The number of sources.
        var sourceCount: Int {
            switch self {
            case .product(let matrix): matrix.rows
            case .factored(let cholesky, _): cholesky.lower.rows
            case .computed(let count, _): count
            }
        }

        /// Mᵀ times a column of sources for each draw: the parts of all entries in the first draw, then in the second, ….
        func times(_ sources: Matrix) -> [Double] {
            switch self {
            case .product(let matrix): return matrix.transposedTimes(sources).elements
            case .computed(_, let times): return times(sources)
            case .factored(let cholesky, let coefficients):
                let shared = cholesky.coloured(sources)
                return (0..<sources.columns).flatMap { coefficients * Array(shared.column($0)) }
            }
        }
    }

    /// σ².
    enum Scale: Sendable {
        case known(Double)
        /// σ² = squares / χ² of this freedom: the posterior under the prior 1/σ².
        case drawn(squares: Double, freedom: Double)
    }

    /// One for each entry.
    let means: [Double]
    /// M.
    let mixing: Mixing
    /// Standard deviations of the entries' own parts, over σ.
    let own: [Double]
    let scale: Scale

    /// Draws one after the other, each with a number for every entry.
    func draws(_ count: Int, from stream: inout RandomStream) -> [Double] {
        let sourceCount = mixing.sourceCount
        let shared = mixing.times(Matrix(rows: sourceCount, columns: count, elements: stream.normals(sourceCount * count)))
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
