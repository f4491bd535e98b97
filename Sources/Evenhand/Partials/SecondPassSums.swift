/// Each entry's sum of z-scores or percentiles, in units of 2⁻ᵏ, and what made them.
public struct SecondPassSums: Sendable, Equatable {
    /// The digest of the judges' scales (`JudgeScales`, `JudgePercentiles`), by which a second pass belongs to the first.
    public let scales: String
    /// The sum of each entry, in the order of the entries.
    public let sums: [Int128]

    /// Sums that were made elsewhere.
    public init(scales: String, sums: [Int128]) { (self.scales, self.sums) = (scales, sums) }

    /// The second pass over a part: the z-scores of its entries with the scales of all judges.
    ///
    /// - Parameters:
    ///   - sheet: the part.
    ///   - sums: its first pass.
    ///   - judgeScales: the scales of all judges.
    ///   - digest: that of the scales.
    /// - Throws: `PartialError.otherScales` for a judge who is not among those of the scales, or a score in a finer unit.
    public init(of sheet: ScoreSheet, in sums: PartialSums, by judgeScales: JudgeScales, digest: String) throws {
        try self.init(of: sheet, in: sums, judgeScales.judges, judgeScales.scale, digest: digest) { judge, units in
            // A score that its judge's sums do not contain could be of any size.
            let (value, isTooLarge) = judgeScales.lines[judge].value(at: units)
            return isTooLarge ? nil : value
        }
    }

    /// The same of percentiles.
    ///
    /// - Throws: `PartialError.otherScales` also for a score that its judge did not give.
    public init(of sheet: ScoreSheet, in sums: PartialSums, by percentiles: JudgePercentiles, digest: String) throws {
        try self.init(of: sheet, in: sums, percentiles.judges, percentiles.scale, digest: digest) { judge, units in
            percentiles.value(of: judge, at: units)
        }
    }

    /// - Parameter value: what a score of a judge counts; `nil` of one that is impossible.
    private init(
        of sheet: ScoreSheet, in sums: PartialSums, _ judges: [String], _ scale: ScoreScale, digest: String,
        _ value: (_ judge: Int, _ units: Int64) -> Int128?
    ) throws {
        guard sums.terms.scale.decimals <= scale.decimals else { throw PartialError.otherScales }
        let position = Dictionary(uniqueKeysWithValues: judges.enumerated().map { ($1, $0) })
        let own = try sheet.judges.map { judge in
            guard let found = position[judge] else { throw PartialError.otherScales }
            return found
        }
        let units = SheetUnits(of: sheet, in: scale)
        var totals = [Int128](repeating: 0, count: sheet.entries.count)
        for performance in sheet.performances {
            for row in performance.rows {
                let found = value(own[Int(sheet.judgeCodes[row])], try units.value(at: row))
                let (total, over) = totals[Int(performance.entry)].addingReportingOverflow(found ?? 0)
                if found == nil || over { throw PartialError.otherScales }
                totals[Int(performance.entry)] = total
            }
        }
        self.init(scales: digest, sums: totals)
    }

    /// The sums of several parts; `nil` when none has a second pass.
    ///
    /// - Throws: `PartialError.mixedPasses` when only some have one, `.otherScales` when not all were made with the same scales.
    init?(merging parts: [SecondPassSums?], _ entries: NameUnion) throws {
        let present = parts.compactMap(\.self)
        guard let scales = present.first?.scales else { return nil }
        guard present.count == parts.count else { throw PartialError.mixedPasses }
        guard present.allSatisfy({ $0.scales == scales }) else { throw PartialError.otherScales }
        var sums = [Int128](repeating: 0, count: entries.names.count)
        for (part, positions) in zip(present, entries.positions) {
            for (sum, position) in zip(part.sums, positions) {
                let (total, over) = sums[Int(position)].addingReportingOverflow(sum)
                if over { throw FitError.overflow(of: "z-scores") }
                sums[Int(position)] = total
            }
        }
        self.init(scales: scales, sums: sums)
    }
}
