/// Whether an attribute of the entries can be told from the heat, or from the subset, that they were judged in.
///
/// When each city's entries met one panel only, a difference between two cities is a difference between two panels as well: no method takes
/// them apart.
public struct AttributeNesting: Sendable, Equatable {
    /// The attribute's name.
    public let attribute: String
    /// How many values of it occur.
    public let levelCount: Int
    /// How many of them occur in one heat only.
    public let levelsInOneHeat: Int
    /// How many of them occur in one subset only.
    public let levelsInOneSubset: Int
    /// How many heats hold one value only.
    public let heatsWithOneLevel: Int
    /// How many heats there are.
    public let heatCount: Int
    /// How many subsets there are.
    public let subsetCount: Int

    /// Whether each value sits in one heat.
    public var isInHeats: Bool { heatCount > 1 && levelsInOneHeat == levelCount }
    /// Whether each value sits in one subset.
    public var isInSubsets: Bool { subsetCount > 1 && levelsInOneSubset == levelCount }
    /// Whether each heat holds one value.
    public var holdsHeats: Bool { heatCount > 1 && heatsWithOneLevel == heatCount }

    /// The attributes that make groups: with at least two values, and fewer than entries that have one.
    public static func all(of sheet: ScoreSheet, _ design: PanelDesign) -> [AttributeNesting] {
        let subsetOfHeat = design.subsets(ofHeatsIn: sheet)
        return sheet.entryAttributes.compactMap { attribute in
            let levels = attribute.values.levels.count
            let known = attribute.values.codes.count { $0 != Factor.missing }
            guard levels >= 2, levels < known else { return nil }
            return AttributeNesting(attribute, of: sheet, design, subsetOfHeat)
        }
    }

    private init(_ attribute: Attribute, of sheet: ScoreSheet, _ design: PanelDesign, _ subsetOfHeat: [Int32]) {
        var (heats, subsets) = (attribute.values.levels.map { _ in Set<Int32>() }, attribute.values.levels.map { _ in Set<Int32>() })
        var levels = sheet.heats.map { _ in Set<Int32>() }
        for performance in sheet.performances {
            let level = attribute.values.codes[Int(performance.entry)]
            guard level != Factor.missing else { continue }
            heats[Int(level)].insert(performance.heat)
            subsets[Int(level)].insert(subsetOfHeat[Int(performance.heat)])
            levels[Int(performance.heat)].insert(level)
        }
        self.attribute = attribute.name
        levelCount = attribute.values.levels.count
        levelsInOneHeat = heats.count { $0.count == 1 }
        levelsInOneSubset = subsets.count { $0.count == 1 }
        heatsWithOneLevel = levels.count { $0.count == 1 }
        heatCount = sheet.heats.count
        subsetCount = design.subsetCount
    }
}
