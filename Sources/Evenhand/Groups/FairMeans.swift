import LinearAlgebra

/// What the average judge would have given to a group's entries on average: the group's fixed effect in the crossed model.
///
/// Generalized least squares weights every entry by what is known about it, and removes judges' severities and, with several heats, the
/// heats' effects. It is not the mean of the entries' fair averages, which are shrunken and keep only a part of a true difference between
/// groups.
public struct FairMeans: Sendable {
    /// The groups.
    public let grouping: Grouping
    /// The model with the groups as fixed effects. Entries without a group are in it, too, since they say something about the judges.
    public let fit: CrossedEffects
    /// The fair mean of each group; its standard error contains the errors of measurement and the draw of judges, and its interval is
    /// Student's: with three judges little is known about how much judges differ.
    public let estimates: [Estimate]
    /// The fair means drawn toward their common mean.
    public let shrunken: ShrunkenMeans

    /// Fits the model with these groups.
    ///
    /// - Parameters:
    ///   - grouping: the groups of the entries.
    ///   - plain: the same model without groups; it is the answer when all entries are one group.
    /// - Throws: as `CrossedEffects`.
    public init(_ grouping: Grouping, without plain: CrossedEffects) throws {
        let isPlain = grouping.attributes.isEmpty && grouping.leftOut == 0
        let fit =
            try isPlain
            ? plain : CrossedEffects(of: plain.sheet, by: plain.estimation, heats: plain.heatVariance != nil, groups: grouping.factor)
        (self.grouping, self.fit) = (grouping, fit)
        estimates = (0..<grouping.count).map { fit.groupEstimate($0) }
        let own = fit.groupCovariance.prefix(grouping.count).map { Array($0.prefix(grouping.count)) }
        shrunken = try ShrunkenMeans(Array(fit.groupMeans.prefix(grouping.count)), covariance: own)
    }
}

extension CrossedEffects {
    /// The mean of a group by generalized least squares, with degrees of freedom for its interval.
    ///
    /// As a sum Σ wy over scores it has the variance Σ cₖ σₖ² + σ² Σ w² with cₖ the sum of squares of a random factor's sums of w. A
    /// factor's part counts as known as well as the mean square of its levels, cₖ (σₖ² + σ²/n) with n scores of a level on average and as
    /// many degrees of freedom as levels less those that the design or the groups take; what remains of the variance is the noise's, on
    /// those of the noise. 1/ν is the mean of the 1/νₖ weighted by the parts, which to first order is Cochran and Cox's mean of Student
    /// quantiles. Satterthwaite's squared weights cover 92 % with three judges: where their part comes out small by chance, so does its
    /// weight.
    ///
    /// Sources: Cochran and Cox, *Experimental Designs* (1957), section 4.14; Giesbrecht and Burns, *Two-stage analysis based on a mixed
    /// model*, Biometrics 41 (1985).
    func groupEstimate(_ group: Int) -> Estimate {
        let variance = max(0, workingVariance * inverse.matrix[design.fixed.lowerBound + group, design.fixed.lowerBound + group])
        let columns = inverse.scaledColumn(design.fixed.lowerBound + group)
        let effects = LevelValues(eliminated: zip(weights, design.counts * columns).map { -$0 * $1 }, columns: columns)
        let sums = design.sums(of: effects)
        let (scores, subsets) = (Double(sheet.count), PanelDesign(of: sheet).subsetCount)
        let fixed = design.isEntryEliminated ? [groups.count, subsets, 1] : [subsets, groups.count, 1]
        let variances = ratios.map { $0 * workingVariance }
        var parts = variances.indices.map { factor in
            let values = sums.values(of: factor, design)
            let size = values.reduce(0) { $0 + $1 * $1 }
            let (levels, lost) = (Double(values.count), Double(fixed[factor]))
            return (variance: size * (variances[factor] + workingVariance * levels / scores), freedom: max(1, levels - lost))
        }
        let rest = variance - parts.reduce(0) { $0 + $1.variance }
        let freedom = scores - Double(design.levelCounts.reduce(0, +)) - Double(groups.count)
        parts.append((max(0, rest), max(1, freedom)))
        let lost = parts.reduce(0) { $0 + $1.variance / $1.freedom }
        return Estimate(
            value: groupMeans[group], standardError: variance.squareRoot(),
            degreesOfFreedom: lost > 0 ? parts.reduce(0) { $0 + $1.variance } / lost : .infinity)
    }

    /// The mean of each entry's scores less the estimated severity or leniency of the judges who gave them: its fair average before it is
    /// shrunken. Heats' effects stay in it.
    public func adjustedMeans() -> [Double] {
        EntryRows(of: sheet).means(zip(sheet.units, sheet.judgeCodes).map { $0 / sheet.unitsPerPoint - judgeEffects[Int($1)] })
    }
}
