import Evenhand
import TestSupport
import Testing

@Suite struct PanelDesignTests {
    @Test func `the made contest's preliminaries fall into three subsets`() throws {
        let sheet = try Selection(of: MadeContest.sheet(), stage: .named("初赛")).sheet
        let design = PanelDesign(of: sheet)
        #expect(design.subsetCount == 3 && !design.isComplete && design.scoresPerEntry == 5...7)
        let subsets = Dictionary(grouping: zip(sheet.heats, design.subsets(ofHeatsIn: sheet)), by: \.1)
        let names = Set(subsets.values.map { Set($0.map { $0.0.name!.filter(\.isNumber) }) })
        #expect(names == [["1", "3", "5", "8"], ["2", "6", "9"], ["4", "7"]])
        #expect(Set(design.subsetOfJudge) == [0, 1, 2] && design.subsetOfJudge[0] == 0)
    }

    @Test func `its final is complete and ties everything together`() throws {
        let sheet = try MadeContest.sheet()
        let final = PanelDesign(of: try Selection(of: sheet).sheet)
        #expect(final.subsetCount == 1 && final.isComplete && final.scoresPerEntry == 7...7)
        let whole = PanelDesign(of: sheet)
        #expect(whole.subsetCount == 1 && !whole.isComplete)
    }

    static let designs: [(KeyValuePairs<String, String>, Int, Bool)] = [
        (["A": "1 1 -", "B": "- 1 1"], 1, false),
        (["A": "1 1 - -", "B": "- - 1 1"], 2, false),
        (["A": "1 - -", "B": "- 1 -", "C": "- - 1"], 3, false),
        (["A": "1 1 1", "B": "1 1 1"], 1, true),
        (["A": "1"], 1, true),
        (["A": "1 - - -", "B": "- 1 - -", "C": "1 1 - -", "D": "- - 1 1"], 2, false),
    ]

    @Test(arguments: designs)
    func `judges are joined by the entries they share`(scores: KeyValuePairs<String, String>, subsets: Int, isComplete: Bool) throws {
        let design = PanelDesign(of: try sheet(scores))
        #expect(design.subsetCount == subsets && design.isComplete == isComplete)
    }

    @Test func `an entry of two heats joins their panels`() throws {
        let rows = "heat,entry,judge,score\na,A,J1,1\na,B,J1,1\nb,C,J2,1\nc,D,J3,1\nc,B,J3,1"
        let design = PanelDesign(of: try sheet(rows))
        #expect(design.subsetOfJudge == [0, 1, 0] && !design.isComplete)
        // B has a score in each of its heats.
        #expect(design.scoresPerEntry == 1...2)
    }
}
