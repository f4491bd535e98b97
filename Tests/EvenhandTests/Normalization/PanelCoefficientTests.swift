import Evenhand
import EvenhandIO
import TestSupport
import Testing

@Suite struct PanelCoefficientTests {
    /// Heat a with `counts.0` entries of mean `means.0`, heat b likewise; two judges on either side of each mean.
    static func contest(_ means: (String, String), _ counts: (Int, Int)) -> String {
        func heat(_ name: String, _ mean: String, _ count: Int) -> [String] {
            (0..<count).flatMap { ["\(name),\(name)\(1000 + $0),\(name)1,\(mean)", "\(name),\(name)\(1000 + $0),\(name)2,\(mean)"] }
        }
        return (["heat,entry,judge,score"] + heat("a", means.0, counts.0) + heat("b", means.1, counts.1)).joined(separator: "\n")
    }

    // Panel means of a contest that states 0.9931 and 1.0071; 62 and 61 entries make its overall mean 73.1596 of them.
    @Test func `a contest's coefficients come out`() throws {
        let coefficient = try PanelCoefficient(of: sheet(Self.contest(("73.6664", "72.6445"), (62, 61))))
        #expect(coefficient.heatMeans.map { NumberFormat.fixed($0, decimals: 4) } == ["73.6664", "72.6445"])
        #expect(NumberFormat.fixed(coefficient.overallMean, decimals: 4) == "73.1596")
        #expect(coefficient.coefficients.map { NumberFormat.fixed($0, decimals: 4) } == ["0.9931", "1.0071"])
    }

    @Test func `all heats get the overall mean`() throws {
        let sheet = try sheet(Self.contest(("80", "60"), (3, 1)))
        let normalization = try Normalization(of: sheet, by: .coefficient)
        // Overall (3 · 80 + 60) / 4 = 75.
        #expect(normalization.values.allSatisfy { isClose($0, 75) })
    }

    // Heat a: entries of means 70 and 91; three judges of the first do not make it count more.
    @Test func `an entry counts once however many judges it had`() throws {
        let sheet = try sheet(
            """
            heat,entry,judge,score
            a,A,J1,69
            a,A,J2,70
            a,A,J3,71
            a,B,J1,91
            b,C,J4,60
            """)
        let coefficient = try PanelCoefficient(of: sheet)
        #expect(isClose(coefficient.heatMeans[0], 80.5) && isClose(coefficient.overallMean, 221.0 / 3))
    }

    @Test func `a heat with mean 0 has none`() throws {
        let sheet = try sheet(Self.contest(("80", "0"), (1, 1)))
        #expect(throws: DesignError.zeroHeatMean(heat: "b")) { try PanelCoefficient(of: sheet) }
        #expect(throws: DesignError.zeroHeatMean(heat: "b")) { try Normalization(of: sheet, by: .coefficient) }
    }
}
