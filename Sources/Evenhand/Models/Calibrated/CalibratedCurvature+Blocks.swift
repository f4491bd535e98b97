extension CalibratedCurvature {
    /// cᵢᵀ D⁻¹ cᵢ of each entry: what judges would add to its variance if blocks did not depend on each other.
    var entryBlockForms: [Double] {
        let (blocks, kept) = (design.blocks, terms.kept)
        let deviations = SIMD4(terms.deviations[0], terms.deviations[1], terms.deviations[2], 0)
        let common = 1 / (factors.locationRoot * factors.locationRoot)
        let pieces = Parallel.map(design.pieces.count, size: design.size) { piece in
            design.pieces[piece].map { entry in
                let meetings = design.scores.starts[entry]..<design.scores.starts[entry + 1]
                let (variance, merit) = (kept.variances[entry], kept.merits[entry])
                func effect(_ meeting: Int) -> SIMD4<Double> { self.effect(of: meeting, merit, variance) * deviations }
                var (sum, rest) = (0.0, 1.0)
                for meeting in meetings {
                    let (judge, own) = (Int(design.judges[meeting]), effect(meeting))
                    rest += self.effect(of: meeting, merit, variance)[0]
                    let block = blocks.blockOfJudge[judge]
                    guard blocks.members[block].count > 1 else {
                        sum += factors.form(block, 1, 0, 0, own, own)
                        continue
                    }
                    for other in meetings {
                        let judgeOfOther = Int(design.judges[other])
                        guard blocks.blockOfJudge[judgeOfOther] == block else { continue }
                        let positions = (blocks.positionInBlock[judge], blocks.positionInBlock[judgeOfOther])
                        sum += factors.form(block, blocks.members[block].count, positions.0, positions.1, own, effect(other))
                    }
                }
                return sum + rest * rest * common
            }
        }
        return pieces.flatMap(\.self)
    }
}

extension BlockFactors {
    /// The diagonal of D⁻¹, the common location's last.
    var diagonalOfInverse: [Double] {
        var diagonal: [Double] = []
        for judge in blocks.blockOfJudge.indices {
            let block = blocks.blockOfJudge[judge]
            let (size, position) = (blocks.members[block].count, blocks.positionInBlock[judge])
            for kind in 0..<3 { diagonal.append(inverse[blocks.starts.triple[block] + (kind * size + position) * (3 * size + 1)]) }
        }
        return diagonal + [1 / (locationRoot * locationRoot)]
    }

    /// aᵀ D⁻¹ b for effects of two judges of a block.
    @inline(__always)
    fileprivate func form(_ block: Int, _ size: Int, _ position: Int, _ other: Int, _ a: SIMD4<Double>, _ b: SIMD4<Double>) -> Double {
        let first = blocks.starts.triple[block]
        func row(_ kind: Int) -> Double {
            let start = first + (kind * size + position) * 3 * size + other
            return inverse[start] * b[0] + inverse[start + size] * b[1] + inverse[start + 2 * size] * b[2]
        }
        return a[0] * row(0) + a[1] * row(1) + a[2] * row(2)
    }
}
