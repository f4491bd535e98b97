/// How the log determinant of the blocks, pinned subsets included, depends on their matrices: d log |D| = tr W dD.
///
/// W is D⁻¹, less ω u uᵀ in a block of a pinned subset, with u = D⁻¹ 1 over its scales and ω of `pins`.
extension BlockFactors {
    /// T W T, with the elements of `inverse`: what the sums over meetings are weighted by.
    func volumeWeights(_ deviations: [Double]) -> [Double] {
        var weights = inverse
        forEachBlock { start, size, pin in
            let rows = 3 * size
            let ones = pin > 0 ? scaleSums(start, size) : [Double](repeating: 0, count: rows)
            for row in 0..<rows {
                for column in 0..<rows {
                    weights[start + row * rows + column] -= pin * ones[row] * ones[column]
                    weights[start + row * rows + column] *= deviations[row / size] * deviations[column / size]
                }
            }
        }
        return weights
    }

    /// The diagonal of W T A T with D = I + G + T A T, where G holds the subsets' scales together: the share of each parameter that scores
    /// decide, not the population.
    var knownShares: [Double] {
        var shares = [Double](repeating: 0, count: 3 * blocks.blockOfJudge.count)
        var block = 0
        forEachBlock { start, size, pin in
            let rows = 3 * size
            let ones = pin > 0 || blocks.isSubset[block] ? scaleSums(start, size) : []
            let grip = blocks.isSubset[block] ? JudgeBlocks.subsetGrip / Double(size) : 0
            for (position, judge) in blocks.members[block].enumerated() {
                for kind in 0..<3 {
                    let row = kind * size + position
                    var share = 1 - inverse[start + row * rows + row]
                    if pin > 0 { share -= pin * ones[row] * ((kind == 1 ? 1 : 0) - ones[row]) }
                    if grip > 0, kind == 1 { share -= grip * ones[row] }
                    shares[3 * judge + kind] = share
                }
            }
            block += 1
        }
        return shares
    }

    /// D⁻¹ 1 over a block's scales.
    private func scaleSums(_ start: Int, _ size: Int) -> [Double] {
        (0..<3 * size).map { row in
            let first = start + row * 3 * size + size
            return inverse[first..<first + size].reduce(0, +)
        }
    }

    /// Where each block's elements begin, its number of judges, and ω; 0 where it is not pinned.
    private func forEachBlock(_ body: (_ start: Int, _ size: Int, _ pin: Double) -> Void) {
        var pinOfBlock = [Double](repeating: 0, count: blocks.members.count)
        for (members, pin) in zip(blocks.pins, pins) { for judge in members { pinOfBlock[blocks.blockOfJudge[judge]] = pin } }
        for (block, members) in blocks.members.enumerated() { body(blocks.starts.triple[block], members.count, pinOfBlock[block]) }
    }
}
