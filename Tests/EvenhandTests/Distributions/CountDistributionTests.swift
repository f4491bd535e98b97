import Evenhand
import TestSupport
import Testing

/// One row of `distributions/counts.csv`.
struct ReferenceCount: CustomTestStringConvertible {
    let testDescription: String
    let count: Int
    let expected: [Double]
    let computed: [Double]

    static func all() throws -> [ReferenceCount] {
        try fixture("distributions/counts.csv").split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            let (count, n) = (try #require(Int(cells[1])), try #require(Int(cells[2])))
            let computed: [Double]
            if cells[0] == "binomial" {
                let binomial = Binomial(trials: n, successProbability: try #require(Double(cells[3])))
                computed = [binomial.probability(of: count), binomial.cdf(count), binomial.upperTail(count)]
            } else {
                let (marked, draws) = (try #require(Int(cells[3])), try #require(Int(cells[4])))
                let drawn = Hypergeometric(population: n, marked: marked, draws: draws)
                computed = [drawn.probability(of: count), drawn.cdf(count), drawn.upperTail(count)]
            }
            return ReferenceCount(
                testDescription: cells[0...4].joined(separator: " "), count: count,
                expected: cells[5...7].compactMap { Double($0) }, computed: computed)
        }
    }
}

@Suite struct CountDistributionTests {
    @Test(arguments: try ReferenceCount.all())
    func `probabilities and tails agree with exact fractions`(_ reference: ReferenceCount) {
        let close = zip(reference.computed, reference.expected).map { isClose($0, $1, relative: 1e-12) }
        #expect(close == [true, true, true], "\(reference.computed) is not \(reference.expected)")
    }

    @Test(arguments: [(0, 0.5), (1, 0.2), (40, 0.31), (500, 0.97), (12, 0), (12, 1)])
    func `binomial probabilities sum to one`(trials: Int, p: Double) {
        let binomial = Binomial(trials: trials, successProbability: p)
        #expect(isClose((0...trials).reduce(0) { $0 + binomial.probability(of: $1) }, 1, relative: 1e-13))
        #expect(binomial.probability(of: -1) == 0 && binomial.probability(of: trials + 1) == 0)
    }

    @Test func `hypergeometric probabilities sum to one over the counts that can occur`() {
        let drawn = Hypergeometric(population: 60, marked: 45, draws: 30)
        #expect(isClose((15...30).reduce(0) { $0 + drawn.probability(of: $1) }, 1, relative: 1e-13))
        #expect(drawn.probability(of: 14) == 0 && drawn.cdf(14) == 0 && drawn.upperTail(14) == 1)
    }

    @Test func `a quantile is the smallest count that reaches the probability`() {
        let binomial = Binomial(trials: 40, successProbability: 0.31)
        let drawn = Hypergeometric(population: 60, marked: 45, draws: 30)
        for k in 5...25 {
            #expect(binomial.quantile(binomial.cdf(k)) == k && binomial.quantile(binomial.cdf(k).nextUp) == k + 1)
            #expect(binomial.upperTailQuantile(binomial.upperTail(k)) == k)
        }
        for k in 17...27 {
            #expect(drawn.quantile(drawn.cdf(k)) == k && drawn.upperTailQuantile(drawn.upperTail(k)) == k)
        }
        #expect(binomial.quantile(0) == 0 && binomial.quantile(1) <= 40 && binomial.upperTailQuantile(0) == 40)
    }

    @Test func `more draws than items stop the program`() async {
        await #expect(processExitsWith: .failure) { _ = Hypergeometric(population: 5, marked: 2, draws: 6) }
    }
}
