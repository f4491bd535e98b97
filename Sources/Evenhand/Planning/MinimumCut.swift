import CLemon

/// The smallest cut of a network whose nodes supply something and have room for something (Goldberg and Tarjan's preflow-push).
struct MinimumCut {
    /// A way from one node to another.
    struct Arc {
        let tail, head, capacity: Int
    }

    /// Whether everything that is supplied finds a place.
    let isAmple: Bool
    /// The nodes that could still send more, if anybody could take it: of all smallest cuts the one with the fewest nodes.
    let reached: [Bool]

    /// - Precondition: numbers of nodes and capacities fit 32 bits.
    init(supply: [Int], room: [Int], arcs: [Arc]) {
        precondition(supply.count == room.count, "\(supply.count) nodes supply and \(room.count) have room")
        var reached = [UInt8](repeating: 0, count: supply.count)
        let (tails, heads) = (arcs.map { Int32($0.tail) }, arcs.map { Int32($0.head) })
        let outcome = lemon_cut(
            supply.count, supply.map { Int32($0) }, room.map { Int32(clamping: $0) }, arcs.count, tails, heads,
            arcs.map { Int32(clamping: $0.capacity) }, &reached)
        isAmple = outcome == lemon_found
        self.reached = reached.map { $0 == 1 }
    }
}
