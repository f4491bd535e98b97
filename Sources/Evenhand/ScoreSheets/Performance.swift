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

    /// Canonical order: by stage, then by name, a missing name first.
    package static func precedes(_ a: Heat, _ b: Heat) -> Bool {
        if a.stage != b.stage { return Factor.precedes(a.stage ?? "", b.stage ?? "") }
        return Factor.precedes(a.name ?? "", b.name ?? "")
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

    init(entry: Int32, heat: Int32, rows: Range<Int>) {
        self.entry = entry
        self.heat = heat
        first = UInt32(rows.lowerBound)
        count = UInt32(rows.count)
    }

    /// The places of its scores in `ScoreSheet.units`, `judgeCodes` and `criterionCodes`.
    public var rows: Range<Int> { Int(first)..<Int(first) + Int(count) }
}
