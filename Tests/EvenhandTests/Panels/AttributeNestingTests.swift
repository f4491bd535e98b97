import Evenhand
import TestSupport
import Testing

@Suite struct AttributeNestingTests {
    private func nesting(_ rows: String) throws -> AttributeNesting {
        let sheet = try sheet("heat,entry,judge,city,score\n" + rows)
        return try #require(AttributeNesting.all(of: sheet, PanelDesign(of: sheet)).first)
    }

    @Test func `cities that each met one heat are nested in heats`() throws {
        let nesting = try nesting("a,A,J1,x,1\na,B,J1,x,1\na,C,J1,y,1\nb,D,J1,z,1\nb,E,J1,z,1")
        #expect(nesting.attribute == "city" && nesting.levelCount == 3 && nesting.levelsInOneHeat == 3 && nesting.heatCount == 2)
        #expect(nesting.isInHeats && !nesting.isInSubsets && nesting.heatsWithOneLevel == 1 && !nesting.holdsHeats)
    }

    @Test func `cities of several heats of one subset are nested in subsets`() throws {
        let nesting = try nesting("a,A,J1,x,1\nb,B,J1,x,1\nc,C,J2,y,1\nd,D,J2,y,1")
        #expect(!nesting.isInHeats && nesting.isInSubsets && nesting.subsetCount == 2 && nesting.holdsHeats)
    }

    @Test func `a city of two heats can be separated from them`() throws {
        let nesting = try nesting("a,A,J1,x,1\na,B,J1,y,1\nb,C,J1,x,1\nb,D,J1,,1")
        #expect(!nesting.isInHeats && nesting.levelsInOneHeat == 1 && nesting.levelsInOneSubset == 2 && !nesting.isInSubsets)
    }

    @Test(arguments: ["x,y,z", "x,x,x", ",,"]) func `a name of each entry or a constant makes no groups`(cities: String) throws {
        let values = cities.split(separator: ",", omittingEmptySubsequences: false)
        let rows = zip("ABC", values).map { "a,\($0),J1,\($1),1" }
        let sheet = try sheet((["heat,entry,judge,city,score"] + rows).joined(separator: "\n"))
        #expect(AttributeNesting.all(of: sheet, PanelDesign(of: sheet)).isEmpty)
    }

    @Test func `the made contest's cities and sectors met several heats`() throws {
        let sheet = try Selection(of: MadeContest.sheet(), stage: .named("初赛")).sheet
        #expect(AttributeNesting.all(of: sheet, PanelDesign(of: sheet)).isEmpty)
    }
}
