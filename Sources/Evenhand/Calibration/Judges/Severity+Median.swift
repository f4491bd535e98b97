extension Severity {
    /// The severities against the *median* of the other judges, so that one unusual judge makes no other judge look severe or lenient: what
    /// flags use.
    ///
    /// Where heats are compared, the centre is the mean of the subsets' medians: a median of judges of unlike heats would jump between
    /// them. The variance of a median of three or more is π/2 times that of a mean, so with P judges the error against the mean of all
    /// grows by the factor √(P (P − 1 + π/2)) / (P − 1).
    var againstMedian: [Estimate?] {
        var members = [[Int]](repeating: [], count: panels.subsetCount)
        for judge in againstAll.indices where againstAll[judge] != nil { members[Int(panels.subsetOfJudge[judge])].append(judge) }
        let values = againstAll.map { $0?.value ?? 0 }
        let medians = members.map { own in own.isEmpty ? 0 : Quantiles.median(ofSorted: own.map { values[$0] }.sorted()) }
        let known = Double(members.reduce(0) { $0 + $1.count })
        let weights = members.map { comparesHeats ? Double($0.count) / known : 1 }
        let center = comparesHeats ? zip(weights, medians).reduce(0) { $0 + $1.0 * $1.1 } : 0
        var found = againstAll
        for (subset, own) in members.enumerated() where own.count > 1 || comparesHeats {
            let distances = own.count > 1 ? Quantiles.distancesFromMedianOfOthers(own.map { values[$0] }) : [0]
            for (judge, distance) in zip(own, distances) {
                let foreign = comparesHeats ? center - weights[subset] * medians[subset] : 0
                let value = values[judge] - foreign - weights[subset] * (values[judge] - distance)
                found[judge] = againstAll[judge].map {
                    Estimate(value: value, standardError: errorOfMedian(judge) * $0.standardError, degreesOfFreedom: $0.degreesOfFreedom)
                }
            }
        }
        return found
    }

    /// What is drawn from a population has the population's mean for a centre, which is known.
    private func errorOfMedian(_ judge: Int) -> Double {
        let peers = peerCounts[judge]
        guard assumption != .bothRandom, peers > 1 else { return 1 }
        return (peers * (peers - 1 + (peers > 3 ? Double.pi / 2 : 1))).squareRoot() / (peers - 1)
    }
}
