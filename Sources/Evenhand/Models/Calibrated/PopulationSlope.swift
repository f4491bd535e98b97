/// The derivatives of the approximate likelihood of a population by its coordinates, and how much is known about each.
///
/// With the judges' parameters y (locations, log scales, log noises) held, a coordinate φ enters the prior and D = I + T A T alone. The
/// rest is the way of the maximum: with G(y, φ) = 0 the equations of ŷ, r = C′ + ½ ∂ log |D|/∂y (C′ is what the locations' covariance adds
/// to G), and z = H̃⁻¹ T r, where H̃ = H − T C″ T,
///
///     dL/dφ = ∂L/∂φ − zᵀ T ∂G/∂φ
///
/// so that one solve does for all coordinates (the adjoint method; Giles and Pierce, *An introduction to the adjoint approach to design*,
/// Flow, Turbulence and Combustion 65 (2000)). With g the derivatives of the scores' likelihood by y, C′ in it, and s the shares of
/// `BlockFactors.knownShares`, sums over judges:
///
///     dL/d log σ = Σ g_t − Z_t        dL/d log β = Σ g_u − Z_u        dL/dτ² = Σ (x − 2 z) g / (2 τ) − Σ s / (2 τ²)
///
/// with Z the sums of r − A T z + C″ T z; τ_a² has another term, for C′ depends on it. C″ z is a difference of two C′ and changes little
/// where judges have many scores; `isCareful` asks for it.
struct PopulationSlope: Sendable {
    let gradient: [Double]
    /// The expected information (Fisher's) about each coordinate, from M = s/τ²: Σ M about a median, ½ Σ M² about a variance.
    let information: [Double]

    /// How much of z may be missed, by solves and by the space that is searched, and the directions of that.
    private static func tolerances(_ design: CalibratedDesign) -> (solve: Double, follow: Double) {
        design.blocks.isWhole ? (1e-7, 1e-6) : (1e-4, 1e-3)
    }
    private static let mostRounds = 10
    /// The largest move, in standard deviations of the population, over which C′ is differenced.
    private static let move = 1e-3

    init(_ mode: JudgeMode, isCareful: Bool) throws(FitError) {
        let (terms, factors) = (mode.terms, mode.factors)
        let (count, deviations, tolerances) = (terms.design.judgeCount, terms.deviations, PopulationSlope.tolerances(terms.design))
        let volume = VolumeLoop(terms, weights: factors.volumeWeights(deviations)).slope
        let added = terms.rawAdded
        var rest = added
        for judge in 0..<count {
            for kind in 0..<3 { rest[3 * judge + kind] += volume[judge][kind] / 2 }
            rest[3 * count] += volume[judge][0] / 2
        }
        let straight = mode.curvature.solve(terms.scaled(rest), tolerance: tolerances.solve).vector
        let (way, bend, spread) = try isCareful ? PopulationSlope.followed(mode, straight, added) : (straight, added.map { _ in 0 }, 0)
        let bent = mode.curvature.bent(way.map { SIMD2($0, 0) })
        let shares = factors.knownShares

        // For each kind: Σ g, Z, Σ (x − 2z) g, Σ s, Σ s².
        var sums = [(score: Double, way: Double, along: Double, share: Double, square: Double)](repeating: (0, 0, 0, 0, 0), count: 3)
        for judge in 0..<count {
            for kind in 0..<3 {
                let (index, score) = (3 * judge + kind, terms.score(judge, kind) + added[3 * judge + kind])
                sums[kind].score += score
                sums[kind].way += rest[index] - bent[index].x + bend[index]
                sums[kind].along += (terms.point.values[index] - 2 * way[index]) * score
                sums[kind].share += shares[index]
                sums[kind].square += shares[index] * shares[index]
            }
        }
        let square = terms.population.scale * terms.population.scale
        var gradient = [sums[2].score - sums[2].way, (sums[1].score - sums[1].way) / (2 * square)]
        var information = PopulationSlope.ofMedians(terms, sums[2].share, sums[1].share)
        for (sum, deviation) in zip(sums, deviations) {
            let variance = deviation * deviation
            gradient.append(deviation > 0 ? sum.along / (2 * deviation) - sum.share / (2 * variance) : 0)
            information.append(deviation > 0 ? max(sum.square, .leastNormalMagnitude) / (2 * variance * variance) : 1)
        }
        if deviations[0] > 0 {
            let square = deviations[0] * deviations[0]
            gradient[2] -= spread / (2 * square * square)
        }
        (self.gradient, self.information) = (gradient, information)
    }
    /// z with (I − H⁻¹ T C″ T) z = `straight`, C″ z and how z changes the trace of the locations' covariance: by the least residual in the
    /// space of the first directions, since C″ may be as large as H (Saad and Schultz, *GMRES*, SIAM Journal on Scientific and Statistical
    /// Computing 7 (1986)).
    private static func followed(
        _ mode: JudgeMode, _ straight: [Double], _ added: [Double]
    ) throws(FitError) -> (way: [Double], bend: [Double], spread: Double) {
        let tolerance = tolerances(mode.terms.design).follow
        func norm(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let size = norm(straight)
        guard size > 0 else { return (straight, added.map { _ in 0 }, 0) }
        var directions = [straight.map { $0 / size }]
        var (bends, spreads) = ([[Double]](), [Double]())
        // The columns of the Hessenberg matrix turned to a triangle, the turns, and the right-hand side that they leave.
        var (columns, turns, right) = ([[Double]](), [(cosine: Double, sine: Double)](), [size])
        while columns.count < mostRounds, right[columns.count].magnitude > tolerance * size {
            let own = directions[columns.count]
            let next = try bend(mode, along: own, added)
            bends.append(next.added)
            spreads.append(next.spread)
            let solved = mode.curvature.solve(mode.terms.scaled(next.added), tolerance: tolerance).vector
            var rest = zip(own, solved).map { $0 - $1 }
            var column: [Double] = []
            for direction in directions {
                let product = zip(rest, direction).reduce(0) { $0 + $1.0 * $1.1 }
                for index in rest.indices { rest[index] -= product * direction[index] }
                column.append(product)
            }
            let length = norm(rest)
            for (position, turn) in turns.enumerated() {
                (column[position], column[position + 1]) = (
                    turn.cosine * column[position] + turn.sine * column[position + 1],
                    turn.cosine * column[position + 1] - turn.sine * column[position]
                )
            }
            let last = column.count - 1
            let radius = (column[last] * column[last] + length * length).squareRoot()
            let turn = (cosine: column[last] / radius, sine: length / radius)
            column[last] = radius
            right.append(-turn.sine * right[last])
            right[last] *= turn.cosine
            turns.append(turn)
            columns.append(column)
            guard length > 0 else { break }
            directions.append(rest.map { $0 / length })
        }
        var shares = Array(right[..<columns.count])
        for row in columns.indices.reversed() {
            for column in columns.indices where column > row { shares[row] -= columns[column][row] * shares[column] }
            shares[row] /= columns[row][row]
        }
        func combined(_ vectors: [[Double]]) -> [Double] {
            zip(vectors, shares).reduce(into: straight.map { _ in 0 }) { sum, part in
                for index in sum.indices { sum[index] += part.1 * part.0[index] }
            }
        }
        return (combined(directions), combined(bends), zip(spreads, shares).reduce(0) { $0 + $1.0 * $1.1 })
    }

    /// The information about log σ and β². That about β is what the judges' scales hold and what the entries' merits hold, one after the
    /// other: a scale of all judges is also one of all entries.
    private static func ofMedians(_ terms: CalibratedTerms, _ noises: Double, _ scales: Double) -> [Double] {
        let (population, scores) = (terms.population, terms.design.scores)
        let square = population.scale * population.scale
        let ofEntries = (0..<scores.entryCount).reduce(0.0) { sum, entry in
            let known = (1 - terms.kept.variances[entry] / square) / square
            return sum + known * known / 2
        }
        let (a, b) = (population.scaleDeviation, population.noiseDeviation)
        let ofScales = a > 0 ? scales / (a * a) / (4 * square * square) : .infinity
        let freedom = Double(max(1, scores.scoreCount - scores.entryCount - scores.judgeCount))
        return [b > 0 ? max(1, noises / (b * b)) : 2 * freedom, max(1, 1 / (1 / ofEntries + 1 / ofScales))]
    }

    /// C″ z and how z changes the trace of the locations' covariance, from C′ a small way along z; to both sides of a whole matrix.
    private static func bend(_ mode: JudgeMode, along way: [Double], _ added: [Double]) throws(FitError) -> (
        added: [Double], spread: Double
    ) {
        let (terms, covariances) = (mode.terms, mode.factors.covariances)
        let largest = way.dropLast().reduce(0) { max($0, $1.magnitude) }
        guard largest > 0 else { return ([Double](repeating: 0, count: added.count), 0) }
        func trace(_ covariances: [Double]) -> Double { terms.design.blocks.diagonal(of: covariances).reduce(0, +) }
        func moved(_ length: Double) throws(FitError) -> (added: [Double], trace: Double) {
            let point = terms.point.adding(way, times: length)
            let moved = try JudgeMode.curvature(terms.design, terms.population, point, covariances).factors.covariances
            return (CalibratedTerms(terms.design, terms.population, point, moved).rawAdded, trace(moved))
        }
        let length = PopulationSlope.move / largest
        let above = try moved(length)
        let below = terms.design.blocks.isWhole ? try moved(-length) : (added: added, trace: trace(covariances))
        let width = terms.design.blocks.isWhole ? 2 * length : length
        return (zip(above.added, below.added).map { ($0 - $1) / width }, (above.trace - below.trace) / width)
    }
}
