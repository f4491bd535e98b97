import LinearAlgebra

/// How well a design compares entries, before any score is given.
///
/// With R the diagonal of the scores of each entry, K that of each judge and N the table of who meets whom, the canonical efficiency
/// factors are the eigenvalues of I − R^(−1/2) N K⁻¹ Nᵀ R^(−1/2) but for the zero of the constant. Their harmonic mean is the average
/// efficiency factor: the mean variance of a comparison of two entries when all judges were equally severe, divided by that with the
/// judges' severities taken out. It is 1 when every judge scores every entry, and 0 when some entries cannot be compared.
///
/// The judges' side, I − K^(−1/2) Nᵀ R⁻¹ N K^(−1/2), has the same factors but for ones, and is smaller.
///
/// Source: John and Williams, *Cyclic and Computer Generated Designs* (2nd edition 1995), sections 1.6 and 2.2.
package struct DesignEfficiency: Sendable, Equatable {
    /// The harmonic mean of the canonical efficiency factors; `nil` for one entry, where there is nothing to compare.
    package let average: Double?
    /// The smallest canonical efficiency factor, that of the comparison which is known least.
    package let smallest: Double?
    /// The smallest non-zero eigenvalue of the judges' links, as `WeakestLink` has it; 0 with several subsets, `nil` with one judge.
    package let linkEigenvalue: Double?
    /// How many parts of entries and judges have no score in common.
    package let subsetCount: Int

    /// The efficiency of a design.
    ///
    /// - Parameters:
    ///   - panels: for each entry the indices of its judges; an entry without any is a subset of its own.
    ///   - judgeCount: how many judges there are; those without entries do not count.
    ///   - weights: for how many entries each of the panels is that of; 1 without.
    package init(of panels: [[Int]], judgeCount: Int, weights: [Int]? = nil) {
        let weights = weights ?? panels.map { _ in 1 }
        let entryCount = weights.reduce(0, +)
        let loads = DesignEfficiency.loads(of: panels, judgeCount: judgeCount, weights: weights)
        let active = loads.indices.filter { loads[$0] > 0 }
        let subsets = DesignEfficiency.subsets(of: panels, judgeCount: judgeCount)
        subsetCount = Set(active.map { subsets[$0] }).count + zip(panels, weights).reduce(0) { $0 + ($1.0.isEmpty ? $1.1 : 0) }
        guard subsetCount == 1 else {
            (average, smallest, linkEigenvalue) = (entryCount > 1 ? 0 : nil, entryCount > 1 ? 0 : nil, 0)
            return
        }
        let links = DesignEfficiency.links(panels, weights, active, judgeCount: judgeCount)
        linkEigenvalue = active.count > 1 ? (try? SymmetricEigen(links))?.values[1] : nil
        guard entryCount > 1 else {
            (average, smallest) = (nil, nil)
            return
        }
        var scaled = links
        scaled.scaleSymmetrically(by: active.map { 1 / Double(loads[$0]).squareRoot() })
        let factors = ((try? SymmetricEigen(scaled))?.values ?? []).dropFirst()
        // With more judges than entries, some ones belong to the judges' side alone.
        let sum = factors.reduce(Double(entryCount - active.count)) { $0 + 1 / $1 }
        average = Double(entryCount - 1) / sum
        smallest = entryCount > active.count ? min(factors.first ?? 1, 1) : factors.first
    }

    /// The judges' Laplacian, Σ (diag(n) − n nᵀ / m) over entries, of the judges named.
    private static func links(_ panels: [[Int]], _ weights: [Int], _ active: [Int], judgeCount: Int) -> Matrix {
        var position = [Int](repeating: 0, count: judgeCount)
        for (index, judge) in active.enumerated() { position[judge] = index }
        var links = Matrix(rows: active.count, columns: active.count)
        for (panel, count) in zip(panels, weights) {
            let share = Double(count) / Double(panel.count)
            for a in panel {
                links[position[a], position[a]] += Double(count)
                for b in panel { links[position[a], position[b]] -= share }
            }
        }
        return links
    }

    /// How many entries each judge has.
    package static func loads(of panels: [[Int]], judgeCount: Int, weights: [Int]? = nil) -> [Int] {
        panels.indices.reduce(into: [Int](repeating: 0, count: judgeCount)) { loads, position in
            for judge in panels[position] { loads[judge] += weights?[position] ?? 1 }
        }
    }

    /// The number of the subset of each judge; judges without entries are subsets of their own.
    static func subsets(of panels: [[Int]], judgeCount: Int) -> [Int] {
        var parent = Array(0..<judgeCount)
        func root(_ judge: Int) -> Int {
            var judge = judge
            while parent[judge] != judge {
                parent[judge] = parent[parent[judge]]
                judge = parent[judge]
            }
            return judge
        }
        for panel in panels {
            for judge in panel.dropFirst() {
                let (a, b) = (root(panel[0]), root(judge))
                parent[max(a, b)] = min(a, b)
            }
        }
        return parent.indices.map(root)
    }
}
