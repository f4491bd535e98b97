extension ScoreSheet {
    /// The sheet in which every performance is an entry of its own, called by the entry and its heat: "E1 · final".
    ///
    /// For contests in which each heat is a competition of its own and entries start in several. Attributes stay those of the entry.
    public func byPerformance() -> ScoreSheet {
        let names = Factor(
            performances.map { performance in
                entries[Int(performance.entry)] + ScoreSheet.suffix(heats[Int(performance.heat)])
            })
        // Two performances of one name would be one entry again; names with dots of their own could do that.
        guard names.levels.count == performances.count else { return self }
        let order = performances.indices.sorted {
            (performances[$0].heat, names.codes[$0]) < (performances[$1].heat, names.codes[$1])
        }
        let rows = order.flatMap { performances[$0].rows }
        var (start, renamed) = (0, [Performance]())
        for index in order {
            let stop = start + performances[index].rows.count
            renamed.append(performances[index].moved(entry: names.codes[index], heat: performances[index].heat, rows: start..<stop))
            start = stop
        }
        var oldEntry = [Int](repeating: 0, count: names.levels.count)
        for (code, performance) in zip(names.codes, performances) { oldEntry[Int(code)] = Int(performance.entry) }
        return ScoreSheet(
            entries: names.levels, judges: judges, criteria: criteria, heats: heats, performances: renamed,
            judgeCodes: rows.map { judgeCodes[$0] }, criterionCodes: criterionCodes.isEmpty ? [] : rows.map { criterionCodes[$0] },
            items: items.selectingIfPresent(rows), repetitions: repetitions.selectingIfPresent(rows),
            units: rows.map { units[$0] }, unitsPerPoint: unitsPerPoint, isExact: isExact, direction: direction,
            entryAttributes: entryAttributes.map { $0.selecting(oldEntry) },
            judgeAttributes: judgeAttributes, scoreAttributes: scoreAttributes.map { $0.selecting(rows) })
    }
}

extension ScoreSheet {
    /// The name of the entry that a performance of a sheet made by `byPerformance` belongs to.
    public func entryName(of performance: Performance) -> String {
        let (name, suffix) = (entries[Int(performance.entry)], ScoreSheet.suffix(heats[Int(performance.heat)]))
        return name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
    }

    /// What tells an entry's performance in a heat from its others.
    private static func suffix(_ heat: Heat) -> String {
        [heat.stage, heat.name].compactMap(\.self).map { " · " + $0 }.joined()
    }
}

extension Selection {
    /// The part with an entry for each performance.
    public func byPerformance() -> Selection { Selection(sheet: sheet.byPerformance(), stage: stage, heatsLeftOut: heatsLeftOut) }

    private init(sheet: ScoreSheet, stage: String?, heatsLeftOut: Int) {
        (self.sheet, self.stage, self.heatsLeftOut) = (sheet, stage, heatsLeftOut)
    }
}

/// An occasion with its own panel: a parallel part of a stage.
public struct Heat: Sendable, Hashable {
    /// The round of the contest, when the sheet has a stage column.
    public let stage: String?
    /// The name of the heat, when the sheet has a heat column.
    public let name: String?

    /// A heat by its names; a sheet with neither column has one heat without names.
    public init(stage: String?, name: String?) {
        self.stage = stage
        self.name = name
    }
}

/// One entry before one panel: the scores that an entry got in one heat.
public struct Performance: Sendable, Equatable {
    /// The index of the entry in `ScoreSheet.entries`.
    public let entry: Int32
    /// The index of the heat in `ScoreSheet.heats`.
    public let heat: Int32
    let first: UInt32
    let count: UInt32
    private let position: Int32

    /// No position in the order of appearance.
    package static let noOrder = Int32.min

    init(entry: Int32, heat: Int32, rows: Range<Int>, position: Int32 = noOrder) {
        self.entry = entry
        self.heat = heat
        first = UInt32(rows.lowerBound)
        count = UInt32(rows.count)
        self.position = position
    }

    /// The same performance under other codes and at other positions.
    func moved(entry: Int32, heat: Int32, rows: Range<Int>) -> Performance {
        Performance(entry: entry, heat: heat, rows: rows, position: position)
    }

    /// The position in the heat's order of appearance, when an order column gives one number for all scores of the performance.
    public var order: Int? { position == Performance.noOrder ? nil : Int(position) }

    /// The indices of its scores in `ScoreSheet.units`, `judgeCodes` and `criterionCodes`.
    public var rows: Range<Int> { Int(first)..<Int(first) + Int(count) }
}
