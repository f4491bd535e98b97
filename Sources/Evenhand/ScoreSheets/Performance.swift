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
    private let place: Int32

    /// No place in the order of appearance.
    package static let noPlace = Int32.min

    init(entry: Int32, heat: Int32, rows: Range<Int>, place: Int32 = noPlace) {
        self.entry = entry
        self.heat = heat
        first = UInt32(rows.lowerBound)
        count = UInt32(rows.count)
        self.place = place
    }

    /// The same performance under other codes and at other places.
    func moved(entry: Int32, heat: Int32, rows: Range<Int>) -> Performance {
        Performance(entry: entry, heat: heat, rows: rows, place: place)
    }

    /// The place in the heat's order of appearance, when an order column gives one number for all scores of the performance.
    public var order: Int? { place == Performance.noPlace ? nil : Int(place) }

    /// The places of its scores in `ScoreSheet.units`, `judgeCodes` and `criterionCodes`.
    public var rows: Range<Int> { Int(first)..<Int(first) + Int(count) }
}
