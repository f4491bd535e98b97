import CPlaces
@testable import Evenhand
import TestSupport
import Testing

@Suite struct RankUncertaintyTests {
    static let draws = 20_000

    /// In nine of ten draws the first is above the second; 0.1 is not 1 − 0.9 in Doubles.
    @Test func `nine draws of ten are certain, and one of ten as certainly none`() throws {
        let draws = (0..<10).map { $0 < 9 ? [3.0, 2, 1] : [2, 3, 1] }
        #expect(try RankUncertainty(of: PosteriorDraws(draws), places: 1).bands == [.inside, .outside, .outside])
        #expect([0.0, 0.1, 0.11, 0.89, 0.9, 1].map { RankUncertainty.Band($0) } == [.outside, .outside, .open, .open, .inside, .inside])
    }

    /// On each side one draw; (1 − 0.9) / 2 · 20 is less than 1 in Doubles.
    @Test(arguments: [(20, 0.9), (40, 0.95), (10, 0.8), (200, 0.99)])
    func `an interval leaves out as many draws as its level says`(count: Int, level: Double) throws {
        let draws = (0..<count).map { $0 == 0 ? [1.0, 2] : [2, 1] }
        #expect(try RankUncertainty(of: PosteriorDraws(draws), places: 1).intervals(level: level) == [1...1, 2...2])
    }

    /// Quadrature in R and numpy (`Fixtures/ranking`).
    @Test func `probabilities of ranks are those of numerical integration`() throws {
        let posterior = try rows(of: "ranking/rank_uncertainty_6.csv")
        let deviations = posterior.map { Double($0["sd"]!)! }
        let covariance = deviations.indices.map { a in deviations.indices.map { a == $0 ? deviations[a] * deviations[a] : 0 } }
        let draws = try PosteriorDraws(means: posterior.map { Double($0["mean"]!)! }, covariance: covariance, count: Self.draws, seed: 3)
        let ranks = try RankUncertainty(of: draws, places: 3)
        var worst = 0.0
        for (entry, row) in try rows(of: "ranking/rank_uncertainty_6_expected.csv").enumerated() {
            func error(_ found: Double, _ column: String) -> Double {
                let p = Double(row[column]!)!
                return (found - p).magnitude / (p * (1 - p) / Double(Self.draws)).squareRoot()
            }
            worst = max(worst, error(ranks.winProbabilities[entry], "best"), error(ranks.topProbabilities[entry], "top3"))
            for rank in 1...6 { worst = max(worst, error(ranks.probability(of: entry, rank: rank), "rank\(rank)")) }
            #expect(isClose(ranks.expectedRanks[entry], Double(row["expected_rank"]!)!, absolute: 0.03))
        }
        // Four Monte Carlo standard errors.
        #expect(worst < 4)
        #expect(isClose(ranks.probability(of: 0, above: 1), 0.6463006724622854, absolute: 4 * (0.25 / Double(Self.draws)).squareRoot()))
    }

    @Test func `ranks are those of sorting, also where draws crowd`() {
        var stream = RandomStream(seed: 5)
        for size in [1, 2, 3, 24, 150, 300] {
            var draws: [Double] = []
            for draw in 0..<20 {
                let entries = (0..<size).map { _ in
                    draw % 3 == 0 ? stream.normal() : draw % 3 == 1 ? 1e6 + stream.normal() : Double(stream.index(below: 5))
                }
                draws += draw % 5 == 0 ? entries.enumerated().map { $0 == 0 ? 1e9 : $1 } : entries
            }
            let drawn = DrawnRanks(of: draws, entryCount: size)
            let places = (0..<size).map { drawn.withRanks(of: $0) { $0.map { Int($0) } } }
            for draw in 0..<20 {
                let values = Array(draws[draw * size..<(draw + 1) * size])
                let order = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
                #expect(order.enumerated().allSatisfy { places[$1][draw] == $0 }, "\(size) entries, draw \(draw)")
            }
            var tally = RankTally(entryCount: size)
            for entry in 0..<size {
                tally.count([drawn, drawn], of: entry)
                #expect(tally.range == places[entry].min()!..<places[entry].max()! + 1)
                #expect(
                    tally.counts.indices.allSatisfy { position in Int(tally.counts[position]) == 2 * places[entry].count { $0 == position }
                    })
            }
        }
    }

    @Test func `eight draws at once are put in order, with old and new instructions`() {
        var stream = RandomStream(seed: 6)
        for size in [1, 2, 3, 24, 31, 64, 65, 150, 256] {
            for round in 0..<4 {
                let draws = (0..<8 * size).map { _ in round == 3 ? Double(stream.index(below: 4 * size)) : 8 * stream.uniform() }
                var keys = [Int32](repeating: 0, count: 8 * size)
                var (plain, own) = ([UInt32](repeating: 0, count: 8 * size), [UInt32](repeating: 0, count: 8 * size))
                let perPoint = 0x1p23 / Double(4 * size + 8)
                let openPlain = evenhand_plain_places(draws, size, 0, perPoint, &keys, &plain)
                let openOwn = evenhand_places(draws, size, 0, perPoint, &keys, &own)
                #expect(plain == own && openPlain == openOwn)
                for draw in 0..<8 {
                    let (numbers, places) = (draws[draw * size..<(draw + 1) * size], own[draw * size..<(draw + 1) * size])
                    if openOwn >> UInt32(draw) & 1 == 0 {
                        #expect(places.elementsEqual(numbers.map { number in UInt32(numbers.count { $0 > number }) }))
                    }
                    if Set(numbers).count < size { #expect(openOwn >> UInt32(draw) & 1 == 1) }
                }
            }
        }
    }

    @Test func `intervals and sets of few draws are counted by hand`() throws {
        // Ten draws of three entries: A first eight times, B twice; C never.
        let draws = (0..<10).map { $0 < 8 ? [3.0, 2, 1] : [2.0, 3, 1] }
        let ranks = try RankUncertainty(of: PosteriorDraws(draws), places: 1)
        #expect(ranks.winProbabilities == [0.8, 0.2, 0] && ranks.expectedRanks == [1.2, 1.8, 3])
        #expect(ranks.intervals(level: 0.5)[0] == 1...1 && ranks.intervals(level: 0.9)[0] == 1...2)
        #expect(ranks.intervals(level: 0.9)[2] == 3...3)
        #expect(ranks.bands == [.open, .open, .outside])
        #expect(ranks.bestSet(level: 0.95) == [0, 1] && ranks.bestSet(level: 0.8) == [0])
        #expect(ranks.simultaneousIntervals(level: 0.9) == [1...2, 1...2, 3...3])
        #expect(ranks.probability(of: 0, above: 1) == 0.8)
    }

    @Test func `more places than entries are all places`() throws {
        let ranks = try RankUncertainty(of: PosteriorDraws([[1, 2], [2, 1]]), places: 5)
        #expect(ranks.topProbabilities == [1, 1] && ranks.bestSet(level: 0.95) == [0, 1])
    }

    @Test func `simultaneous intervals hold together and are not narrower than single ones`() throws {
        var stream = RandomStream(seed: 2)
        let all = (0..<2000).map { _ in (0..<12).map { Double($0) / 3 + stream.normal() } }
        let ranks = try RankUncertainty(of: PosteriorDraws(all), places: 4)
        let together = ranks.simultaneousIntervals(level: 0.9)
        let held = all.count { draw in
            let order = draw.indices.sorted { draw[$0] > draw[$1] }
            return order.enumerated().allSatisfy { together[$1].contains($0 + 1) }
        }
        #expect(held >= 1800)
        for entry in 0..<12 {
            let single = ranks.intervals(level: 0.9)[entry]
            #expect(together[entry].lowerBound <= single.lowerBound && together[entry].upperBound >= single.upperBound)
        }
    }

    @Test func `intervals that hold together contain single ones also where few ranks are open`() throws {
        // Half of a tenth of the draws have B before A: cutting that tail off keeps nine tenths of the draws, and the single interval keeps
        // it.
        for swapped in [4, 6, 8, 10, 12] {
            let draws = (0..<100).map { $0 < swapped ? [1.0, 2, 0, -1] : [2.0, 1, 0, -1] }
            let ranks = try RankUncertainty(of: PosteriorDraws(draws), places: 1)
            for (entry, together) in ranks.simultaneousIntervals(level: 0.9).enumerated() {
                let single = ranks.intervals(level: 0.9)[entry]
                #expect(together.lowerBound <= single.lowerBound && together.upperBound >= single.upperBound, "\(swapped) draws")
            }
        }
    }

    @Test func `too many entries are refused`() {
        let draws = PosteriorDraws(entryCount: .max / 8, blockSizes: [2]) { _ in [] }
        let limit = RankUncertainty.mostEntries(draws: 2)
        #expect(limit > 70_000 && limit == min(Int(UInt32.max), TableMemory.limit / 8))
        #expect(throws: DesignError.tooMany(of: "entries", found: .max / 8, limit: limit)) { try RankUncertainty(of: draws, places: 1) }
    }

    @Test func `seventy thousand entries have places of their own`() throws {
        let size = 70_000
        let ranks = try RankUncertainty(of: PosteriorDraws((0..<3).map { _ in (0..<size).map { -Double($0) } }), places: 10)
        #expect(ranks.expectedRanks[size - 1] == Double(size) && ranks.bestSet(level: 0.9) == Array(0..<10))
        #expect(ranks.intervals(level: 0.9)[size - 1] == size...size && ranks.simultaneousIntervals(level: 0.9)[65_536] == 65_537...65_537)
    }

    @Test func `five thousand entries are ranked like few`() throws {
        let size = 5000
        // The entries in an order that three draws move by one place each.
        let draws = (0..<3).map { draw in (0..<size).map { Double((size - $0 + draw) % size) } }
        let ranks = try RankUncertainty(of: PosteriorDraws(draws), places: 10)
        for entry in [0, 1, 2, 9, 10, 2500, size - 1] {
            let places = draws.map { draw in draw.count { $0 > draw[entry] } + 1 }
            #expect(isClose(ranks.expectedRanks[entry], Double(places.reduce(0, +)) / 3, absolute: 1e-9))
            #expect(isClose(ranks.topProbabilities[entry], Double(places.count { $0 <= 10 }) / 3, absolute: 1e-12))
        }
    }

    /// By hand: of 100 draws some exchange A and B, as many others C and D, and as many E and F. Of three each nine are not held by
    /// intervals of single ranks, which is within a tenth of the draws; of four each it is twelve, and leaving out any one pair is leaving
    /// out all, as they are alike.
    @Test(arguments: [(3, 0.9, false), (4, 0.9, true), (4, 0.85, false), (6, 0.85, true)])
    func `intervals that hold together may miss a share of the draws, not half of it`(each: Int, level: Double, isWide: Bool) throws {
        let draws = (0..<100).map { draw -> [Double] in
            var order = [6.0, 5, 4, 3, 2, 1]
            if draw < 3 * each { order.swapAt(2 * (draw / each), 2 * (draw / each) + 1) }
            return order
        }
        let together = try RankUncertainty(of: PosteriorDraws(draws), places: 1).simultaneousIntervals(level: level)
        let pairs = [1...2, 1...2, 3...4, 3...4, 5...6, 5...6]
        #expect(together == (isWide ? pairs : (1...6).map { $0...$0 }))
    }
}
