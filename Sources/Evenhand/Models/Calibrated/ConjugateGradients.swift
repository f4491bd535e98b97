extension CalibratedCurvature {
    /// What conjugate gradients found.
    struct Solution<Lanes: SIMD & Sendable>: Sendable where Lanes.Scalar == Double {
        var vectors: [Lanes]
        var iterations: Int
        var isConverged: Bool
    }

    /// More would mean that blocks say next to nothing about the matrix.
    private static let mostIterations = 500

    /// H⁻¹ times vectors, by conjugate gradients with the blocks of judges as preconditioner (Saad, *Iterative Methods for Sparse Linear
    /// Systems* (2003), algorithm 9.1), until the residual, in the norm of the blocks' inverse, is `tolerance` of what it was.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    func solve<Lanes: SIMD & Sendable>(_ right: [Lanes], tolerance: Double) -> Solution<Lanes> where Lanes.Scalar == Double {
        var solution = [Lanes](repeating: .zero, count: right.count)
        var residual = right
        var direction = factors.solve(residual)
        var size = Self.product(residual, direction)
        let goal = size * (tolerance * tolerance)
        for iteration in 0..<Self.mostIterations {
            let isDone = size .<= goal
            if Self.all(isDone) { return Solution(vectors: solution, iterations: iteration, isConverged: true) }
            let image = times(direction)
            let curvature = Self.product(direction, image)
            // A direction in which the curvature is not positive cannot be followed: far from the maximum.
            guard !Self.any(curvature .<= 0 .& .!isDone) else {
                if iteration == 0 { solution = direction }
                return Solution(vectors: solution, iterations: iteration, isConverged: false)
            }
            let length = (size / curvature).replacing(with: 0, where: isDone)
            for index in solution.indices {
                solution[index] += length * direction[index]
                residual[index] -= length * image[index]
            }
            let preconditioned = factors.solve(residual)
            let next = Self.product(residual, preconditioned)
            let share = (next / size).replacing(with: 0, where: isDone)
            for index in direction.indices { direction[index] = preconditioned[index] + share * direction[index] }
            size = next
        }
        return Solution(vectors: solution, iterations: Self.mostIterations, isConverged: false)
    }

    /// The same of one vector.
    func solve(_ right: [Double], tolerance: Double) -> (vector: [Double], iterations: Int, isConverged: Bool) {
        let solution = solve(right.map { SIMD2($0, 0) }, tolerance: tolerance)
        return (solution.vectors.map(\.x), solution.iterations, solution.isConverged)
    }

    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    private static func product<Lanes: SIMD>(_ a: [Lanes], _ b: [Lanes]) -> Lanes where Lanes.Scalar == Double {
        var sum = Lanes.zero
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }

    private static func all<Storage>(_ mask: SIMDMask<Storage>) -> Bool { mask.indices.allSatisfy { mask[$0] } }
    private static func any<Storage>(_ mask: SIMDMask<Storage>) -> Bool { mask.indices.contains { mask[$0] } }
}

extension BlockFactors {
    /// D⁻¹ times vectors, pinned subsets included.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    func solve<Lanes: SIMD>(_ vectors: [Lanes]) -> [Lanes] where Lanes.Scalar == Double {
        var product = timesInverses(vectors)
        product[product.count - 1] = vectors[vectors.count - 1] / Lanes(repeating: locationRoot * locationRoot)
        for (members, pin) in zip(blocks.pins, pins) {
            let mean = members.reduce(Lanes.zero) { $0 + product[3 * $1 + 1] } * pin
            var ones = [Lanes](repeating: .zero, count: vectors.count)
            for judge in members { ones[3 * judge + 1] = mean }
            let taken = timesInverses(ones)
            for index in 0..<product.count - 1 { product[index] -= taken[index] }
        }
        return product
    }

    /// Each block's inverse times its part of vectors.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    func timesInverses<Lanes: SIMD>(_ vectors: [Lanes]) -> [Lanes] where Lanes.Scalar == Double {
        onEachBlock(vectors) { matrix, rows, x, y in
            for row in 0..<rows {
                var sum = Lanes.zero
                for column in 0..<rows { sum += x[column] * matrix[row * rows + column] }
                y[row] = sum
            }
        }
    }

    /// L times vectors.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    func timesRoot<Lanes: SIMD>(_ vectors: [Lanes]) -> [Lanes] where Lanes.Scalar == Double {
        var product = onEachBlock(vectors, of: lower) { matrix, rows, x, y in
            for row in 0..<rows {
                var sum = Lanes.zero
                for column in 0...row { sum += x[column] * matrix[row * rows + column] }
                y[row] = sum
            }
        }
        product[product.count - 1] = vectors[vectors.count - 1] * locationRoot
        return product
    }

    /// Lᵀ times vectors.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    func timesTransposedRoot<Lanes: SIMD>(_ vectors: [Lanes]) -> [Lanes] where Lanes.Scalar == Double {
        var product = onEachBlock(vectors, of: lower) { matrix, rows, x, y in
            for row in 0..<rows {
                var sum = Lanes.zero
                for column in row..<rows { sum += x[column] * matrix[column * rows + row] }
                y[row] = sum
            }
        }
        product[product.count - 1] = vectors[vectors.count - 1] * locationRoot
        return product
    }

    /// L⁻ᵀ times vectors.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    func dividedByTransposedRoot<Lanes: SIMD>(_ vectors: [Lanes]) -> [Lanes] where Lanes.Scalar == Double {
        var quotient = onEachBlock(vectors, of: lower) { matrix, rows, x, y in
            for row in stride(from: rows - 1, through: 0, by: -1) {
                var sum = x[row]
                for column in row + 1..<max(rows, row + 1) { sum -= y[column] * matrix[column * rows + row] }
                y[row] = sum / Lanes(repeating: matrix[row * rows + row])
            }
        }
        quotient[quotient.count - 1] = vectors[vectors.count - 1] / Lanes(repeating: locationRoot)
        return quotient
    }

    /// Hands each block's matrix, its number of rows, its part of the vectors and room for the result to `body`.
    @specialized(where Lanes == SIMD8<Double>)
    @specialized(where Lanes == SIMD2<Double>)
    private func onEachBlock<Lanes: SIMD>(
        _ vectors: [Lanes], of matrices: [Double]? = nil,
        _ body: (UnsafePointer<Double>, Int, UnsafePointer<Lanes>, UnsafeMutablePointer<Lanes>) -> Void
    ) -> [Lanes] where Lanes.Scalar == Double {
        var result = [Lanes](repeating: .zero, count: vectors.count)
        let most = 3 * blocks.members.reduce(1) { max($0, $1.count) }
        var (own, found) = ([Lanes](repeating: .zero, count: most), [Lanes](repeating: .zero, count: most))
        (matrices ?? inverse).withUnsafeBufferPointer { matrices in
            own.withUnsafeMutableBufferPointer { own in
                found.withUnsafeMutableBufferPointer { found in
                    let (x, y) = (own.baseAddress.unsafelyUnwrapped, found.baseAddress.unsafelyUnwrapped)
                    for (block, members) in blocks.members.enumerated() {
                        let size = members.count
                        for (at, judge) in members.enumerated() {
                            for kind in 0..<3 { x[kind * size + at] = vectors[3 * judge + kind] }
                        }
                        body(matrices.baseAddress.unsafelyUnwrapped + blocks.starts.triple[block], 3 * size, x, y)
                        for (at, judge) in members.enumerated() {
                            for kind in 0..<3 { result[3 * judge + kind] = y[kind * size + at] }
                        }
                    }
                }
            }
        }
        return result
    }
}
