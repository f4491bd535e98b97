import Testing

@testable import Evenhand

@Suite struct DesignEfficiencyTests {
    /// The lines of the Fano plane: 7 entries, 7 judges, 3 judges per entry, every two entries with one judge in common.
    static let fano = [[0, 1, 2], [0, 3, 4], [0, 5, 6], [1, 3, 5], [1, 4, 6], [2, 3, 6], [2, 4, 5]]

    /// For each of `entries` entries the judges of whose sets it is a member, of all sets of `size` entries: a balanced design.
    static func allSubsets(of entries: Int, size: Int) -> (panels: [[Int]], judgeCount: Int) {
        let sets = (0..<(1 << entries)).filter { $0.nonzeroBitCount == size }
        return ((0..<entries).map { entry in sets.indices.filter { sets[$0] >> entry & 1 == 1 } }, sets.count)
    }

    @Test func `the Fano plane has efficiency 7/9`() throws {
        let design = DesignEfficiency(of: DesignEfficiencyTests.fano, judgeCount: 7)
        #expect(abs(try #require(design.average) - 7.0 / 9) < 1e-12)
        #expect(abs(try #require(design.smallest) - 7.0 / 9) < 1e-12)
        #expect(design.subsetCount == 1)
    }

    /// The design (6, 10, 3) of Yates (1936): ten judges with three of six entries each, every two entries with two judges in common.
    @Test func `the balanced design of six entries and ten judges has efficiency 4/5`() throws {
        let blocks = [
            [0, 1, 2], [0, 1, 3], [0, 2, 4], [0, 3, 5], [0, 4, 5], [1, 2, 5], [1, 3, 4], [1, 4, 5], [2, 3, 4], [2, 3, 5],
        ]
        let panels = (0..<6).map { entry in blocks.indices.filter { blocks[$0].contains(entry) } }
        #expect(panels.allSatisfy { $0.count == 5 })
        #expect(abs(try #require(DesignEfficiency(of: panels, judgeCount: 10).average) - 0.8) < 1e-12)
    }

    @Test(arguments: [(4, 2), (5, 2), (5, 3), (6, 3), (7, 4), (8, 2), (5, 5)])
    func `a balanced design has efficiency v(k − 1)/(k(v − 1))`(entries: Int, size: Int) throws {
        let (panels, judgeCount) = DesignEfficiencyTests.allSubsets(of: entries, size: size)
        let (v, k) = (Double(entries), Double(size))
        let average = try #require(DesignEfficiency(of: panels, judgeCount: judgeCount).average)
        #expect(abs(average - v * (k - 1) / (k * (v - 1))) < 1e-12)
    }

    @Test func `disjoint panels compare nothing across them`() {
        let design = DesignEfficiency(of: [[0, 1], [0, 1], [2, 3], [2, 3]], judgeCount: 5)
        #expect(design.average == 0 && design.subsetCount == 2 && design.linkEigenvalue == 0)
    }

    @Test func `a complete table has efficiency 1, and links as strong as its entries are many`() throws {
        let design = DesignEfficiency(of: Array(repeating: [0, 1, 2, 3], count: 12), judgeCount: 4)
        #expect(abs(try #require(design.average) - 1) < 1e-12)
        #expect(abs(try #require(design.linkEigenvalue) - 12) < 1e-12)
    }

    @Test func `a single judge, or a single entry, leaves nothing to take out`() {
        #expect(DesignEfficiency(of: [[0], [0], [0]], judgeCount: 1).average == 1)
        #expect(DesignEfficiency(of: [[0, 1]], judgeCount: 2).average == nil)
    }
}
