import Evenhand
import TestSupport
import Testing

@Suite struct WeakestLinkTests {
    private func link(_ sheet: ScoreSheet) -> WeakestLink? { WeakestLink(of: sheet, PanelDesign(of: sheet)) }

    static let designs: [(KeyValuePairs<String, String>, judges: [Int], standardError: Double, eigenvalue: Double)] = [
        // Complete: √(2/n) and n.
        (["A": "1 1 1", "B": "1 1 1"], [0, 1], 1, 2),
        (["A": "1 1", "B": "1 1", "C": "1 1", "D": "1 1", "E": "1 1", "F": "1 1", "G": "1 1", "H": "1 1"], [0, 1], 0.5, 8),
        // A path of two edges of conductance 1/2: resistance 4, eigenvalues 0, 1/2 and 3/2.
        (["A": "1 1 -", "B": "- 1 1"], [0, 2], 2, 0.5),
        // A ring of three edges of conductance 1/2: 2 parallel to 4, so 4/3; eigenvalues 0, 3/2, 3/2.
        (["A": "1 1 -", "B": "- 1 1", "C": "1 - 1"], [0, 1], (4.0 / 3).squareRoot(), 1.5),
        // Two subsets: the weaker one speaks; entries of one score say nothing.
        (["A": "1 1 - -", "B": "1 1 - -", "C": "- - 1 1", "D": "1 - - -"], [2, 3], 2.0.squareRoot(), 1),
    ]

    @Test(arguments: designs)
    func `it is the effective resistance of the judges' network`(
        scores: KeyValuePairs<String, String>, judges: [Int], standardError: Double, eigenvalue: Double
    ) throws {
        let link = try #require(link(try sheet(scores)))
        #expect(link.judges == judges)
        #expect(isClose(link.standardError, standardError, relative: 1e-12))
        #expect(isClose(link.smallestEigenvalue, eigenvalue, relative: 1e-12))
    }

    /// Two judges with n entries have the resistance 2 / n and the eigenvalue n.
    @Test(
        arguments: [
            (["A": "1 1 - -", "B": "- - 1 1", "C": "- - 1 1"], [0, 1], 1), (["A": "1 1 - -", "B": "1 1 - -", "C": "- - 1 1"], [2, 3], 1),
            (["A": "1 1 - - - -", "B": "1 1 - - - -", "C": "- - 1 1 - -", "D": "- - - - 1 1", "E": "- - - - 1 1"], [2, 3], 1),
        ] as [(KeyValuePairs<String, String>, [Int], Double)])
    func `of several subsets the weakest speaks, wherever it stands`(
        scores: KeyValuePairs<String, String>, judges: [Int], entries: Double
    ) throws {
        let link = try #require(link(try sheet(scores)))
        #expect(link.judges == judges && isClose(link.standardError, (2 / entries).squareRoot()))
        #expect(isClose(link.smallestEigenvalue, entries))
    }

    @Test(arguments: [["A": "1", "B": "2"], ["A": "1 -", "B": "- 1"]] as [KeyValuePairs<String, String>])
    func `without two connected judges there is none`(scores: KeyValuePairs<String, String>) throws {
        #expect(link(try sheet(scores)) == nil)
    }

    /// 48 entries, each met by four neighbours in a row of 16 judges, or by four all over a circle of 16.
    @Test(arguments: [true, false])
    func `a chain of neighbours is weak, panels all over are not`(isChain: Bool) throws {
        let rows = (0..<48).flatMap { entry in
            (0..<4).map { position in
                let judge = isChain ? entry * 12 / 47 + position : (entry * 7 + position * 5) % 16
                return ScoreSheet.Row(entry: "E\(100 + entry)", judge: "J\(10 + judge)", points: Double(entry))
            }
        }
        let link = try #require(link(try ScoreSheet(rows)))
        #expect(link.isWeak == isChain)
        // numpy 2.4.6
        #expect(isClose(link.smallestEigenvalue, isChain ? 0.5706406618571825 : 2.147196611591927, relative: 1e-9))
    }

    @Test func `few scores alone are not weak`() throws {
        let link = try #require(link(try sheet(["A": "1 1 -", "B": "- 1 1"])))
        #expect(!link.isWeak && link.smallestEigenvalue < 1)
    }

    @Test func `twice the entries halve the variance and double the eigenvalue`() throws {
        let once = try #require(link(try sheet(["A": "1 1 - 1", "B": "- 1 1 -", "C": "1 - 1 1"])))
        let twice = try #require(
            link(try sheet(["A": "1 1 - 1", "B": "- 1 1 -", "C": "1 - 1 1", "a": "1 1 - 1", "b": "- 1 1 -", "c": "1 - 1 1"])))
        #expect(isClose(once.standardError, twice.standardError * 2.0.squareRoot()) && once.judges == twice.judges)
        #expect(isClose(once.smallestEigenvalue * 2, twice.smallestEigenvalue))
    }

    @Test func `an entry of several heats counts once, with all its scores`() throws {
        let rows = "heat,entry,judge,score\na,A,J1,1\na,A,J2,1\nb,A,J1,1\nb,A,J2,1"
        let link = try #require(link(try sheet(rows)))
        #expect(isClose(link.standardError, 1) && isClose(link.smallestEigenvalue, 2))
    }

    @Test func `beyond the limit it is not worked out`() throws {
        let rows = (0...WeakestLink.mostJudges).map { "A,J\($0),1" }
        #expect(link(try sheet((["entry,judge,score"] + rows).joined(separator: "\n"))) == nil)
    }
}
