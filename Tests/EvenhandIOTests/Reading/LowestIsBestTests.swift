import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// Sheets of which the lowest score is the best, and others whose points or signs are easily misread.
@Suite struct LowestIsBestTests {
    @Test(
        arguments: [
            ("选手,评委,名次", true), ("Team,Judge,Place", true), ("Team,Judge,Placement", true), ("Team,Richter,Platz", true),
            ("Equipe,Juge,Classement", true), ("Equipo,Juez,Puesto", true), ("チーム,審査員,順位", true), ("Team,Judge,Score", false),
            ("Team,Judge,\"Rating (1=best, 5=worst)\"", true), ("Team,Judge,\"Rating (1=worst, 5=best)\"", false),
            ("Team,Richter,\"Note (1=sehr gut, 6=ungenügend)\"", true),
        ])
    func `the header of a column of scores says that the lowest is the best`(header: String, isLowest: Bool) throws {
        let read = try reading(header + "\nA,Ann,1\nB,Ann,2\nC,Ann,3\nA,Bob,2\nB,Bob,1\nC,Bob,3\n")
        #expect(read.isLowerBetter == isLowest && read.sheet.units.count == 6)
    }

    @Test(
        arguments: [
            ("Placings by judge (1 = best)\nTeam,Judge 1,Judge 2,Judge 3\nA,1,1,2\nB,2,2,1\nC,2,3,3\n", true),
            ("Team,Judge 1,Judge 2,Total,Place\nA,1,0,1,1\nB,7,9,16,4\nC,3,4,7,2\nD,5,5,10,3\n", true),
            ("Team,Judge 1,Judge 2,Total,Place\nA,1,0,1,4\nB,7,9,16,1\nC,3,4,7,3\nD,5,5,10,2\n", false),
            ("Ranking of the final\nTeam,Judge 1,Judge 2\nA,81,72\nB,72,81\nC,92,83\n", false),
            ("Team,Judge,Score,Rank\nA,Ann,90,1\nB,Ann,80,2\nA,Bob,85,2\nB,Bob,90,1\n", false),
        ])
    func `places are read as places where the sheet says so`(text: String, isLowest: Bool) throws {
        let read = try reading(text)
        #expect(read.isLowerBetter == isLowest && read.uncheckedColumns.isEmpty && read.wrongTotals.isEmpty)
    }

    @Test(arguments: [
        "Team,Fehler Richter 1,Fehler Richter 2\nA,1,0\nB,7,9\nC,3,4\n", "Team,Errors judge 1,Errors judge 2\nA,1,0\nB,7,9\nC,3,4\n",
        "Team,Judge 1 mistakes,Judge 2 mistakes\nA,1,0\nB,7,9\nC,3,4\n",
        "Team,Judge 1 points lost,Judge 2 points lost\nA,1,0\nB,7,9\nC,3,4\n", "Equipe,Fautes juge 1,Fautes juge 2\nA,1,0\nB,7,9\nC,3,4\n",
        "Equipo,Faltas jurado 1,Faltas jurado 2\nA,1,0\nB,7,9\nC,3,4\n", "Equipe,Temps juge 1,Temps juge 2\nA,1,0\nB,7,9\nC,3,4\n",
        "Team,Strokes judge 1,Strokes judge 2\nA,1,0\nB,7,9\nC,3,4\n", "Team,Judge,Errors\nA,Ann,1\nB,Ann,7\nA,Bob,0\nB,Bob,9\n",
        "Player,Judge,Golf score\nA,Ann,71\nB,Ann,78\nA,Bob,70\nB,Bob,75\n", "队伍,裁判,杆数\n甲,王,71\n乙,王,78\n甲,李,70\n乙,李,75\n",
        "Team,Richter,Schulnote\nA,Ann,1\nB,Ann,4\nA,Bob,2\nB,Bob,3\n", "Team,Judge,Rank\nA,Ann,80\nB,Ann,70\nA,Bob,60\nB,Bob,90\n",
        "各评委排名\n项目,评委1,评委2,评委3\n甲,1,1,2\n乙,2,2,1\n丙,2,3,3\n",
        "Team,Judge 1,Judge 2,Total,Place\nA,1,0,1,1\nB,7,9,16,3\nC,3,4,7,2\n",
    ])
    func `what hints at places, errors or times is asked, and each answer settles it`(text: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(text, to: "scores.csv")
        let error = try #require(throws: ScoreSheetError.self) { try Reading(of: [path]) }
        let question = try #require(error.question)
        #expect(question.kind.code == "E144" && question.answers.map(\.meaning) == [.lowestIsBest, .allScores])
        var options = ReadingOptions()
        options.isLowerBetter = true
        #expect(try Reading(of: [path], as: options).isLowerBetter)
        options.isLowerBetter = nil
        options.takesNumbersAsScores = true
        #expect(try !Reading(of: [path], as: options).isLowerBetter)
    }

    @Test(
        arguments: [
            ("1 = best", Direction.lowerIsBetter), ("Rating: 5 = best", .higherIsBetter), ("(0 = poor, 10 = excellent)", .higherIsBetter),
            ("6=ungenügend", .lowerIsBetter), ("1为最佳", .lowerIsBetter), ("best = 1, worst = 5", .lowerIsBetter),
            ("Judge 1 = Best", nil), ("A = P. de Wit", nil), ("Round 1: Best of Show", nil), ("Score", nil),
        ] as [(String, Direction?)])
    func `a text states the ends of its scale`(text: String, direction: Direction?) {
        #expect(Direction(statedIn: text) == direction)
    }

    @Test(arguments: [
        "Team,Judge 1,Judge 2,Deduction\nA,90,92,−9\nB,88,86,−1\nC,80,83,0\n", "项目,评委1,评委2,扣分\n甲,90,92,9分\n乙,88,86,1分\n丙,80,83,0分\n",
        "entry,judge,score,Deduction\nA,J,90,−9\nB,J,88,0\n", "entry,judge,score,Deduction\nA,J,90,9 points\nB,J,88,0 points\n",
    ])
    func `a penalty with a minus sign or a word for points is a penalty`(text: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(text, to: "scores.csv")
        let error = try #require(throws: ScoreSheetError.self) { try Reading(of: [path]) }
        #expect(error.question?.kind.code == "E145")
        var options = ReadingOptions()
        options.deductions = [text.hasPrefix("项目") ? "扣分" : "Deduction"]
        let read = try Reading(of: [path], as: options)
        #expect(read.sheet.described.contains { $0.hasSuffix("=81") })
    }

    @Test(arguments: ["Ø", "x̄", "⌀", "Durchschn.", "Ø Jury"])
    func `a row of averages under a sign is not an entry`(label: String) throws {
        let rows = "A;8;9;7\nB;6;7;7\nC;9;5;8\nD;4;5;9\n"
        #expect(try reading("Team;Judge 1;Judge 2;Judge 3\n" + rows + "\(label);7;7;8\n").sheet.entries == ["A", "B", "C", "D"])
        #expect(try reading("Team;Judge 1;Judge 2;Judge 3\n" + rows + "Ø. Holm;9;9;9\n").sheet.entries.count == 5)
    }

    @Test(arguments: [
        ("Beitrag;Jury 1;Jury 2\nAlpha;950;1.200\nBravo;1.050;1.100\nCharlie;870;990\n", 3),
        ("entry;judge;score\nA;J;950\nB;J;1.050\nC;J;870\n", 1), ("Beitrag;Jury 1;Jury 2\nA;8.950;9.200\nB;9.050;9.100\nC;8.870;9\n", 0),
        ("Beitrag;Jury 1;Jury 2\nA;950;8.5\nB;870;1.200\n", 0),
    ])
    func `points between thousands are not decimal points`(text: String, count: Int) throws {
        if count == 0 {
            #expect(try reading(text).sheet.entries.count == text.split(separator: "\n").count - 1)
        } else {
            let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
            #expect(error.problems.map(\.kind) == .init(repeating: .thousands, count: count))
        }
    }

    @Test func `places within each heat are asked about`() throws {
        let places = ["1", "2", "3", "4"]
        let rows = [("h1", ["A", "B", "C", "D"]), ("h2", ["E", "F", "G", "H"])].flatMap { heat, entries in
            zip(entries, places).flatMap { ["\(heat),\($0),J,\($1)", "\(heat),\($0),K,\($1)"] }
        }
        let text = (["heat,entry,judge,score"] + rows).joined(separator: "\n") + "\n"
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        #expect(error.question?.kind == .places)
    }
}
