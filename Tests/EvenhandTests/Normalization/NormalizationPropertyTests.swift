import Evenhand
import TestSupport
import Testing

@Suite struct NormalizationPropertyTests {
    static let data = (0..<40).flatMap { entry in (0..<6).map { (entry, $0, 600 + (entry * 37 + $0 * 91 + entry * $0 * 13) % 350) } }

    /// The same contest with every score, in tenths, turned to another text.
    static func contest(judge: (Int) -> String = { "J\($0)" }, _ text: (Int) -> String) throws -> ScoreSheet {
        let rows = data.map { "E\(100 + $0.0),\(judge($0.1)),\(text($0.2))" }
        return try sheet("entry,judge,score\n" + rows.joined(separator: "\n"))
    }

    static func tenths(_ units: Int) -> String { "\(units / 10).\(units % 10)" }

    @Test(arguments: [NormalizationMethod.zscore, .robustZ, .percentile, .rankit])
    func `other units leave normalized scores and ranks as they are`(method: NormalizationMethod) throws {
        let plain = try Self.contest(Self.tenths)
        let reference = try Normalization(of: plain, by: method)
        let ranks = try Ranking(of: plain, by: .normalized(method)).columns[0].ranks
        // Times ten; times a thousand; 3 x + 7.5; all judges' scores moved beyond a million.
        for other in [{ "\($0)" }, { "\($0 * 100)" }, { Self.tenths(3 * $0 + 75) }, { Self.tenths($0 + 10_000_000) }] as [(Int) -> String] {
            let sheet = try Self.contest(other)
            let values = try Normalization(of: sheet, by: method).values
            #expect(zip(values, reference.values).allSatisfy { isClose($0, $1, absolute: 1e-12) })
            #expect(try Ranking(of: sheet, by: .normalized(method)).columns[0].ranks == ranks)
        }
    }

    @Test func `inexact scores have the same z-scores up to rounding`() throws {
        let exact = try Normalization(of: Self.contest(Self.tenths), by: .zscore).values
        let sheet = try Self.contest { "\(Double($0) / 30)" }
        #expect(!sheet.isExact)
        #expect(try zip(Normalization(of: sheet, by: .zscore).values, exact).allSatisfy { isClose($0, $1, absolute: 1e-12) })
    }

    @Test(arguments: NormalizationMethod.allCases)
    func `renaming the judges changes no rank`(method: NormalizationMethod) throws {
        let plain = try Ranking(of: Self.contest(Self.tenths), by: .normalized(method)).columns[0]
        let renamed = try Ranking(of: Self.contest(judge: { "K\(9 - $0)" }, Self.tenths), by: .normalized(method)).columns[0]
        #expect(plain.ranks == renamed.ranks)
        #expect(zip(plain.results.values, renamed.results.values).allSatisfy { isClose($0, $1, absolute: 1e-12) })
    }

    @Test func `a second copy of every judge changes no result`() throws {
        let plain = try Self.contest(Self.tenths)
        let rows = Self.data.flatMap { row in ["J", "K"].map { "E\(100 + row.0),\($0)\(row.1),\(Self.tenths(row.2))" } }
        let doubled = try sheet("entry,judge,score\n" + rows.joined(separator: "\n"))
        for method in [ScoringMethod.mean, .median, .normalized(.zscore), .normalized(.centered), .normalized(.rankit)] {
            let (once, twice) = (try EntryResults(of: plain, by: method), try EntryResults(of: doubled, by: method))
            #expect(zip(once.values, twice.values).allSatisfy { isClose($0, $1, absolute: 1e-12) }, "\(method.name)")
            #expect(once.fractions == twice.fractions, "\(method.name)")
        }
    }

    @Test func `z-scores of a judge have mean 0 and SD 1`() throws {
        let sheet = try Self.contest(Self.tenths)
        let normalization = try Normalization(of: sheet, by: .zscore)
        for judge in sheet.judges.indices {
            let moments = Moments(of: zip(sheet.judgeCodes, normalization.values).filter { Int($0.0) == judge }.map(\.1))
            #expect(isClose(moments.mean!, 0, absolute: 1e-14) && isClose(moments.standardDeviation!, 1, relative: 1e-14))
        }
    }
}
