/// What the average judge would have given to a group's entries on average: the group's fixed effect in the crossed model.
///
/// Generalized least squares weigh every entry by what is known of it and take judges' severities, and with several heats the heats' effects,
/// out. It is not the mean of the entries' fair averages, which are shrunken and keep only a part of a true difference between groups.
public struct FairMeans: Sendable {
    /// The groups.
    public let grouping: Grouping
    /// The model with the groups as fixed effects. Entries without a group are in it, too: they tell of the judges.
    public let fit: CrossedEffects
    /// The fair mean of each group; its standard error contains the errors of measurement and the draw of judges.
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
        let covariance = fit.groupCovariance
        (self.grouping, self.fit) = (grouping, fit)
        estimates = (0..<grouping.count).map {
            Estimate(value: fit.groupMeans[$0], standardError: max(0, covariance[$0][$0]).squareRoot())
        }
        let own = covariance.prefix(grouping.count).map { Array($0.prefix(grouping.count)) }
        shrunken = try ShrunkenMeans(Array(fit.groupMeans.prefix(grouping.count)), covariance: own)
    }
}

extension CrossedEffects {
    /// The mean of each entry's scores less the estimated severity or leniency of the judges who gave them: its fair average before it is
    /// shrunken. Heats' effects stay in it.
    public func adjustedMeans() -> [Double] {
        EntryRows(of: sheet).means(zip(sheet.units, sheet.judgeCodes).map { $0 / sheet.unitsPerPoint - judgeEffects[Int($1)] })
    }
}
