/// Names that may have been meant.
public enum NearestNames {
    /// The names closest to one that does not occur, at most `most`: by the number of characters to insert, delete or replace, not more
    /// than half of them.
    public static func of(_ name: String, among names: [String], most: Int = 5) -> [String] {
        let wanted = Array(name.lowercased())
        let limit = max(1, wanted.count / 2)
        let near = names.map { (name: $0, distance: distance(wanted, Array($0.lowercased()))) }.filter { $0.distance <= limit }
        return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(most).map(\.name)
    }

    /// Levenshtein's distance.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
                (diagonal, row[j + 1]) = (row[j + 1], next)
            }
        }
        return row[b.count]
    }
}
