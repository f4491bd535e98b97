import Evenhand
import EvenhandIO
import TestSupport
import Testing

@Suite struct VoteInputTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func input(_ text: String, name: String = "votes.csv", criterion: String? = nil) throws -> VoteInput {
        try VoteInput(of: [try directory.write(text, to: name)], criterion: criterion)
    }

    private func votes(_ text: String, name: String = "votes.csv", criterion: String? = nil) throws -> PairwiseVotes? {
        if case .votes(let votes) = try input(text, name: name, criterion: criterion).ballots { votes } else { nil }
    }

    private func kinds(_ text: String) -> [VoteFileError.Kind] {
        do {
            _ = try input(text)
            return []
        } catch let error as VoteFileError { return error.problems.map(\.kind) } catch { return [] }
    }

    private static let expected: [PairwiseVotes.Row] = [
        .init("x", "y", .first, judge: "u"), .init("y", "x", .second, judge: "v"), .init("x", "z", .tie, judge: "v"),
    ]

    /// The same three votes as services export them.
    @Test(arguments: [
        "left,right,winner,judge\nx,y,x,u\ny,x,x,v\nx,z,tie,v\n",
        "\u{FEFF}Judge;A;B;Result\nu;x;y;A\nv;y;x;B\nv;x;z;draw\n",
        "model_a,model_b,winner,judge,turn\nx,y,model_a,u,1\ny,x,model_b,v,1\nx,z,tie (bothbad),v,2\n",
        "评委\t左\t右\t结果\nu\tx\ty\t左\nv\ty\tx\t右\nv\tx\tz\t平局\n",
        "player1,player2,result,annotator\nx,y,1,u\ny,x,0,v\nx,z,0.5,v\n",
        "item1,item2,choice,judge\nx,y,1,u\ny,x,2,v\n\nx,z,0,v\n",
        "left,right,winner,loser,tie,judge\nx,y,x,y,,u\ny,x,x,y,no,v\nx,z,x,z,yes,v\n",
        "Judge,A,B,Result\n\"u\",\"x\",\" y\",A\nv,y,x,B\nv,x,z,Tie\n",
        """
        {"model_a": "x", "model_b": "y", "winner": "model_a", "judge": "u"}
        {"model_a": "y", "model_b": "x", "winner": "model_b", "judge": "v"}
        {"model_a": "x", "model_b": "z", "winner": "tie", "judge": "v"}
        """,
    ])
    func `votes are read in the forms of exports`(text: String) throws {
        #expect(try votes(text) == PairwiseVotes(Self.expected, hasPositions: true), "\(text)")
    }

    @Test(arguments: [
        "winner,loser,judge\nx,y,u\nx,y,v\n", "Chosen,Not Chosen,Rater\nx,y,u\nx,y,v\n", "won,lost,judge\nx,y,u\nx,y,v\n",
        "id,annotator_id,winner_id,loser_id\n1,u,x,y\n2,v,x,y\n", "胜者,败者,评委\nx,y,u\nx,y,v\n",
        "投票记录,,\n胜者,败者,评委\nx,y,u\nx,y,v\n",
    ])
    func `winners and losers without what was shown first`(text: String) throws {
        #expect(try votes(text) == PairwiseVotes([.init("x", "y", judge: "u"), .init("x", "y", judge: "v")]), "\(text)")
    }

    @Test func `files are joined, whatever the order of their names`() throws {
        let (one, two) = (
            try directory.write("winner,loser\nb,c\n", to: "1.csv"), try directory.write("winner,loser\na,c\nc,b\n", to: "2.csv")
        )
        let joined = try VoteInput(of: [one, two])
        #expect(joined.ballots == .votes(try PairwiseVotes([.init("b", "c"), .init("a", "c"), .init("c", "b")])))
        #expect(joined.inputs.map(\.rows) == [1, 2])
    }

    @Test(arguments: [
        "judge,1,2,3\nu,a,b,c\nv,b,a,\n", "voter,1st,2nd,3rd\nu,a,b,c\nv,b,a,\n", "评委,第1名,第2名,第三名\nu,a,b,c\nv,b,a,\n",
        "entry,judge,rank\na,u,1\nb,u,2\nc,u,3\nb,v,1\na,v,2\n", "项目,评委,名次\nc,u,9\nb,u,2\na,u,1\nb,v,1\na,v,2\n",
    ])
    func `rankings are read by position and by entry`(text: String) throws {
        let expected = try RankedBallots([.init(["a", "b", "c"], judge: "u"), .init(["b", "a"], judge: "v")])
        #expect(try input(text).ballots == .rankings(expected), "\(text)")
    }

    @Test func `a criterion is chosen`() throws {
        let text = "winner,loser,criterion\na,b,style\nb,a,content\n"
        #expect(kinds(text) == [.severalCriteria(["content", "style"])])
        #expect(try votes(text, criterion: "style") == PairwiseVotes([.init("a", "b")]).among(["a", "b"]))
        #expect(try votes(text, criterion: "all")?.count == 2)
        #expect(throws: VoteFileError.self) { try votes(text, criterion: "form") }
    }

    @Test func `what is wrong is named with its position`() throws {
        #expect(kinds("entry,score\na,1\n") == [.noForm(headers: ["entry", "score"])])
        #expect(kinds("winner,loser\n") == [.noRows])
        #expect(kinds("winner,loser\na,\n,b\na,a\n") == [.emptyName, .emptyName, .itself])
        #expect(kinds("a,b,result\nx,y,who\n") == [.noOutcome])
        #expect(kinds("a,b,choice\nx,y,0\ny,x,1\n") == [.unclearNumbers])
        #expect(kinds("a,b,result\nb,a,a\na,b,a\n") == [.unclearNames])
        #expect(kinds("left,right,winner,loser\nx,y,x,z\n") == [.otherEntries])
        #expect(kinds("winner,loser,tie\nx,y,perhaps\n") == [.noOutcome])
        #expect(kinds("entry,judge,rank\na,u,first\nb,u,2\n") == [.noRank])
        #expect(kinds("entry,judge,rank\na,u,1\nb,u,1\n") == [.tiedRank(other: "a")])
        #expect(kinds("judge,1,2,3\nu,a,b,a\nv,a,,b\n") == [.rankedTwice, .emptyName])
        do { _ = try input("winner,loser\na,b\n\n\"c\",\n") } catch let error as VoteFileError {
            #expect(error.problems[0].line == 4 && error.problems[0].column == "loser" && error.count == 1)
        }
    }

    @Test func `many problems are counted`() throws {
        do { _ = try input("winner,loser\n" + String(repeating: "a,a\n", count: 50)) } catch let error as VoteFileError {
            #expect(error.problems.count == 20 && error.count == 50 && error.problems[19].line == 21)
        }
    }

    @Test func `another encoding is detected, and its names are whole`() throws {
        let bytes: [UInt8] = Array("winner,loser\n".utf8) + [0xBC, 0xD7, 0x2C, 0xD2, 0xD2, 0x0A]
        guard case .votes(let votes) = try VoteInput(of: [try directory.write(bytes, to: "gbk.csv")]).ballots else {
            Issue.record("no votes")
            return
        }
        #expect(votes.entries == ["乙", "甲"])
    }
}

extension PairwiseVotes {
    /// The votes, whose entries are those.
    fileprivate func among(_ entries: [String]) -> PairwiseVotes? { self.entries == entries ? self : nil }
}
