import Evenhand
import TestSupport
import Testing

@Suite struct DesignReviewTests {
    @Test func `the made contest has three subsets in its first stage and one in its final`() throws {
        let review = DesignReview(of: try MadeContest.sheet())
        #expect(review.stages.map(\.name) == ["初赛", "决赛"] && review.openOrder == nil)
        let first = review.stages[0]
        #expect(
            first.subsets.map { $0.heats.map { first.scored.heats[$0].name! } } == [
                ["第1场", "第3场", "第5场", "第8场"], ["第2场", "第6场", "第9场"], ["第4场", "第7场"],
            ])
        #expect(first.subsets.map(\.judges.count) == [13, 10, 9] && first.subsets.map(\.entries.count) == [68, 50, 34])
        #expect(review.stages[1].design.isComplete && review.stages[1].subsets.count == 1)
        #expect(review.whole?.design.subsetCount == 1 && review.whole?.sheet.entries.count == 152)
        #expect(isClose(review.stages[1].weakest?.standardError ?? 0, (2.0 / 24).squareRoot()))
    }

    @Test func `heats that open no order are one design, stages that open none are taken by name`() throws {
        let heats = DesignReview(of: try sheet("heat,entry,judge,score\na,A,J,1\nb,A,J,2\na,B,J,1\nb,B,J,1"))
        #expect(heats.openOrder == .stageOrderUnknown(["a", "b"]) && heats.stages.count == 1 && heats.whole == nil)
        let stages = DesignReview(of: try sheet("stage,entry,judge,score\na,A,J,1\nb,A,J,2\na,B,J,1\nb,B,J,1"))
        #expect(stages.openOrder != nil && stages.stages.map(\.name) == ["a", "b"] && stages.whole != nil)
    }

    @Test func `ballots without all criteria are left out of the design, not of the counts`() throws {
        let rows = "entry,judge,criterion,score\nA,J,c,1\nA,J,d,1\nA,K,c,1\nB,J,c,1\nB,J,d,1"
        let design = DesignReview(of: try sheet(rows)).stages[0]
        #expect(design.scored.count == 2 && design.totals?.incomplete.count == 1 && design.sheet.count == 5)
        #expect(design.expected.judges.map(\.received) == [4, 1] && design.expected.judges.map(\.expected) == [4, 4])
        let none = DesignReview(of: try sheet("entry,judge,criterion,score\nA,J,c,1\nA,K,d,1")).stages[0]
        #expect(none.totals == nil && none.scored.count == 2)
    }

    /// Two judges of three entries on two items, once: 12 scores, of which one is missing.
    @Test func `scores are expected of every item`() throws {
        let rows = (0..<12).dropLast().map { "E\($0 / 4),J\($0 / 2 % 2),I\($0 % 2),\($0)" }
        let design = DesignReview(of: try sheet((["entry,judge,item,score"] + rows).joined(separator: "\n"))).stages[0]
        #expect(design.expected.judges.map(\.expected) == [6, 6] && design.expected.judges.map(\.received) == [6, 5])
        #expect(design.expected.entries.map(\.expected) == [4, 4, 4] && design.expected.entries.map(\.received) == [4, 4, 3])
    }

    @Test func `a heat of two panels belongs to two subsets, and the order of rows says nothing`() throws {
        let rows = ["A,J1,1", "A,J2,1", "B,J3,1", "B,J4,1", "C,J3,1"]
        let (once, reversed) = (try rows.designs(), try Array(rows.reversed()).designs())
        #expect(once.map(\.heats) == [[0], [0]] && once.map(\.entries) == [[0], [1, 2]] && once.map(\.judges) == [[0, 1], [2, 3]])
        #expect(once.map(\.entries) == reversed.map(\.entries) && once.map(\.judges) == reversed.map(\.judges))
    }
}

extension [String] {
    fileprivate func designs() throws -> [(heats: [Int], judges: [Int], entries: [Int])] {
        StageDesign(of: try sheet((["entry,judge,score"] + self).joined(separator: "\n"))).subsets
    }
}
