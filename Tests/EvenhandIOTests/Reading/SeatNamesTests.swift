import EvenhandIO
import Testing

@Suite struct SeatNamesTests {
    /// Heats with their judges, who all score two entries.
    private func seats(_ heats: [[String]]) throws -> SeatNames? {
        let rows = heats.enumerated().flatMap { heat, judges in
            judges.flatMap { judge in (0..<2).map { "H\(heat),E\(heat)\($0),\(judge),\(80 + $0)" } }
        }
        return SeatNames(in: try reading((["heat,entry,judge,score"] + rows).joined(separator: "\n")).sheet)
    }

    @Test(arguments: [
        [["评委1", "评委2", "评委3"], ["评委1", "评委2"]], [["评委甲", "评委乙"], ["评委甲", "评委乙"]], [["J1", "J2"], ["J1", "J2", "J3"]],
        [["1号评委", "2号评委"], ["2号评委", "1号评委"]], [["Judge A", "Judge B"], ["Judge A", "Judge B"]], [["专家一", "专家二"], ["专家一", "专家二"]],
    ])
    func `numbers that start anew in two heats are seats`(heats: [[String]]) throws {
        let seats = try #require(try seats(heats))
        #expect(seats.heats == [0, 1] && seats.judges.count == 2)
    }

    @Test(arguments: [
        [["评委1", "评委2", "评委3"]], [["评委1", "评委2"], ["评委3", "评委4"]], [["评委1", "评委2"], ["评委2", "评委3"]],
        // Numbers of one length come from a list of all judges, and names are names.
        [["评委01", "评委02"], ["评委01", "评委02"]], [["张三", "李四"], ["张三", "李四"]], [["评委1", "张三"], ["评委1", "张三"]],
    ])
    func `numbered people and names are not`(heats: [[String]]) throws { #expect(try seats(heats) == nil) }
}
