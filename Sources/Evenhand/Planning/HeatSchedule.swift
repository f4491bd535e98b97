/// The heats of a contest: how many entries each has, and who can be there.
package struct HeatSchedule: Sendable, Equatable {
    /// How many entries each heat has; anchors, which are shown at all of them, do not count.
    package let sizes: [Int]
    /// For each entry the heat that it has to be in, if any.
    package var heatOfEntry: [Int?]
    /// For each judge the heats at which they can be present; all of them when `nil`.
    package var presence: [Set<Int>?]
    /// An earlier plan, with which the search begins.
    package var earlier: HeatDivision?

    /// Heats of these sizes, with free entries and judges who are always present.
    package init(sizes: [Int], entryCount: Int, judgeCount: Int) {
        self.sizes = sizes
        heatOfEntry = Array(repeating: nil, count: entryCount)
        presence = Array(repeating: nil, count: judgeCount)
    }

    /// Sizes that are as even as possible, the larger ones first.
    package static func evenSizes(of entryCount: Int, in heatCount: Int) -> [Int] {
        (0..<heatCount).map { (entryCount + heatCount - 1 - $0) / heatCount }
    }

    /// Whether a judge can be present at a heat.
    package func isPresent(_ judge: Int, at heat: Int) -> Bool { presence[judge]?.contains(heat) ?? true }
}

/// Which entries and judges come together in which heat.
package struct HeatDivision: Sendable, Equatable {
    /// For each entry its heat; `nil` for an anchor, which is shown at all of them.
    package let heatOfEntry: [Int?]
    /// For each heat the indices of its judges, in their order.
    package let panels: [[Int]]
    /// For each heat the indices of the judges who stand by.
    package let spares: [[Int]]

    /// A division; judges come into their order.
    package init(heatOfEntry: [Int?], panels: [[Int]], spares: [[Int]]) {
        self.heatOfEntry = heatOfEntry
        (self.panels, self.spares) = (panels.map { $0.sorted() }, spares.map { $0.sorted() })
    }

    /// The first heat of a judge, where they score the anchors.
    package func firstHeat(of judge: Int) -> Int? { panels.firstIndex { $0.contains(judge) } }
}
