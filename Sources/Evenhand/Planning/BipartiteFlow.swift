/// A largest set of pairs between two sides, each row with at most its supply and each column with at most its room (Ford and
/// Fulkerson 1956), and the smallest cut that proves it.
struct BipartiteFlow {
    private let rows: Int
    private let columns: Int
    private let isOpen: [Bool]
    private var isUsed: [Bool]
    private var supply: [Int]
    private var room: [Int]
    /// The rows and columns that could still send more, if anybody could take it: one side of a smallest cut.
    private(set) var reachedRows: [Bool] = []
    private(set) var reachedColumns: [Bool] = []

    init(supply: [Int], room: [Int], isOpen: (_ row: Int, _ column: Int) -> Bool) {
        (rows, columns) = (supply.count, room.count)
        (self.supply, self.room) = (supply, room)
        var open: [Bool] = []
        open.reserveCapacity(rows * columns)
        for row in 0..<rows { for column in 0..<columns { open.append(isOpen(row, column)) } }
        self.isOpen = open
        isUsed = Array(repeating: false, count: open.count)
        for row in 0..<rows { fill(row) }
        while augment() {}
    }

    /// How much of the supply has nowhere to go.
    var excess: Int { supply.reduce(0, +) }

    /// Gives a row the columns with most room, to begin with.
    private mutating func fill(_ row: Int) {
        guard supply[row] > 0 else { return }
        let open = (0..<columns).filter { isOpen[row * columns + $0] && room[$0] > 0 }
        for column in open.sorted(by: { (room[$0], $1) > (room[$1], $0) }).prefix(supply[row]) {
            isUsed[row * columns + column] = true
            room[column] -= 1
            supply[row] -= 1
        }
    }

    /// Sends one more along a shortest way, breadth first; without such a way the rows and columns that were reached are the cut.
    private mutating func augment() -> Bool {
        var before = [Int](repeating: -1, count: rows + columns)
        reachedRows = supply.map { $0 > 0 }
        reachedColumns = Array(repeating: false, count: columns)
        var queue = (0..<rows).filter { reachedRows[$0] }
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            if node < rows {
                for column in 0..<columns
                where !reachedColumns[column] && isOpen[node * columns + column] && !isUsed[node * columns + column] {
                    reachedColumns[column] = true
                    before[rows + column] = node
                    if room[column] > 0 {
                        send(to: column, before)
                        return true
                    }
                    queue.append(rows + column)
                }
            } else {
                for row in 0..<rows where !reachedRows[row] && isUsed[row * columns + node - rows] {
                    reachedRows[row] = true
                    before[row] = node
                    queue.append(row)
                }
            }
        }
        return false
    }

    private mutating func send(to column: Int, _ before: [Int]) {
        room[column] -= 1
        var node = rows + column
        while before[node] >= 0 {
            let from = before[node]
            let place = node >= rows ? from * columns + node - rows : node * columns + from - rows
            isUsed[place] = node >= rows
            node = from
        }
        supply[node] -= 1
    }
}
