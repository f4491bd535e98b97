extension PartialSums {
    /// Checks that the numbers agree with each other: judges and entries have the same scores, and so do counts and pairs.
    ///
    /// - Throws: `PartialError.contradiction`.
    package func check() throws(PartialError) {
        if entries.isEmpty { throw .contradiction(what: "no scores") }
        for (name, sum) in zip(judges + entries, judgeSums + entrySums) where !sum.isPossible { throw .contradiction(what: name) }
        for (name, sum) in zip(judges, judgeSums) {
            // n Σs² ≥ (Σs)², by Cauchy and Schwarz; products of such size say that the sums are not those of scores.
            let (left, over) = Int128(sum.count).multipliedReportingOverflow(by: sum.squares)
            let (right, over1) = sum.sum.multipliedReportingOverflow(by: sum.sum)
            if !over, over1 || left < right { throw .contradiction(what: name) }
        }
        func whole(_ sums: [ExactSum]) throws(PartialError) -> ExactSum {
            var all = ExactSum(count: 0, sum: 0, least: .max, most: .min)
            for sum in sums {
                let plain = ExactSum(count: sum.count, sum: sum.sum, least: sum.least, most: sum.most)
                do throws(FitError) { try all.add(plain) } catch { throw .contradiction(what: "sum") }
            }
            return all
        }
        let (byJudge, byEntry) = (try whole(judgeSums), try whole(entrySums))
        if byJudge != byEntry { throw .contradiction(what: "judges.csv, entries.csv") }
        if let pairs, pairs.count != byEntry.count { throw .contradiction(what: "pairs.csv, entries.csv") }
        if let pairs {
            for (a, b) in zip(pairs, pairs.dropFirst()) where a == b {
                throw .contradiction(what: "pairs.csv: \(entries[Int(a.entry)]), \(judges[Int(a.judge)])")
            }
            try check(pairs)
        }
        if let counts { try PartialSums.check(counts, entries, entrySums, "counts.csv, entries.csv") }
        if let judgeCounts { try PartialSums.check(judgeCounts, judges, judgeSums, "judge_counts.csv, judges.csv", hasSquares: true) }
    }

    /// Each entry has as many judges as scores, and each judge as many entries.
    private func check(_ pairs: [Pair]) throws(PartialError) {
        var (ofEntries, ofJudges) = ([Int](repeating: 0, count: entries.count), [Int](repeating: 0, count: judges.count))
        for pair in pairs {
            ofEntries[Int(pair.entry)] += 1
            ofJudges[Int(pair.judge)] += 1
        }
        for (name, (count, sum)) in zip(entries + judges, zip(ofEntries + ofJudges, entrySums + judgeSums)) where count != sum.count {
            throw .contradiction(what: "pairs.csv: \(name)")
        }
    }

    /// Counts give the sums of those who own them.
    private static func check(
        _ counts: [ScoreCount], _ names: [String], _ known: [ExactSum], _ files: String, hasSquares: Bool = false
    ) throws(PartialError) {
        var sums = [ExactSum?](repeating: nil, count: names.count)
        for score in counts {
            let (product, over) = Int128(score.units).multipliedReportingOverflow(by: Int128(score.count))
            let (square, over1) = product.multipliedReportingOverflow(by: hasSquares ? Int128(score.units) : 0)
            let one = ExactSum(count: score.count, sum: product, squares: square, least: score.units, most: score.units)
            let owner = Int(score.owner)
            do throws(FitError) {
                if over || over1 { throw FitError.overflow(of: "scores") }
                if sums[owner] == nil { sums[owner] = one } else { try sums[owner]?.add(one) }
            } catch { throw .contradiction(what: names[owner]) }
        }
        for (owner, sum) in sums.enumerated() where sum != known[owner] { throw .contradiction(what: "\(files): \(names[owner])") }
    }
}
