import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// Sheets whose headers, names and remarks mean more than their words say at first sight.
@Suite struct HiddenMeaningTests {
    @Test(arguments: [
        ("First Name,Last Name,Judge 1,Judge 2\nAnna,Smith,8,7\nBen,Jones,6,5\nAnna,Lee,9,8\n", ["Anna Lee", "Anna Smith", "Ben Jones"]),
        (
            "Nachname;Vorname;Richter 1;Richter 2\nSchulz;Anna;8;7\nWeber;Ben;6;5\nWeber;Cem;9;8\n",
            ["Anna Schulz", "Ben Weber", "Cem Weber"]
        ),
        ("Nombre,Apellidos,Juez 1,Juez 2\nAna,Ruiz,8,7\nLuis,Gil,6,5\nAna,Gil,9,8\n", ["Ana Gil", "Ana Ruiz", "Luis Gil"]),
        ("姓,名,评委1,评委2\n王,伟,8,7\n李,娜,6,5\n王,娜,9,8\n", ["李娜", "王伟", "王娜"]),
    ])
    func `first and last names are one person`(text: String, names: [String]) throws {
        let sheet = try reading(text).sheet
        #expect(sheet.entries == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } && sheet.judges.count == 2)
    }

    @Test func `a first name beside entries is nobody who judged`() throws {
        let sheet = try reading("Project,First name,Judge 1,Judge 2\nA,Anna,8,7\nB,Ben,6,5\nC,Anna,9,8\n").sheet
        #expect(sheet.judges == ["Judge 1", "Judge 2"] && sheet.entries == ["A", "B", "C"])
    }

    @Test(arguments: ["Entry / Judge", "Team \\ Judge", "选手/评委", "选手\\评委", "Judge → / Entry ↓", "Teilnehmer/Juror"])
    func `a corner names what is below it first`(corner: String) throws {
        let sheet = try reading("\(corner),Alice,Bob,Carol\nAda,8,7,9\nBen,6,5,7\nCem,9,8,8\nDan,7,7,6\n").sheet
        #expect(sheet.entries == ["Ada", "Ben", "Cem", "Dan"] && sheet.judges == ["Alice", "Bob", "Carol"])
        let turned = corner.hasPrefix("选手") ? "评委/选手" : "Judge / Entry"
        let other = try reading("\(turned),Alice,Bob,Carol\nAda,8,7,9\nBen,6,5,7\nCem,9,8,8\nDan,7,7,6\n").sheet
        #expect(other.judges == ["Ada", "Ben", "Cem", "Dan"] && other.entries == ["Alice", "Bob", "Carol"])
    }

    @Test(arguments: [
        "Entry,Alice,Bob,Carol\nA,1,2,1.5\nB,2,1,1.5\nC,3,3.5,3\nD,4,3.5,4\nE,5,5,5\n",
        "Entry,Alice,Bob,Carol\nA,1,2,1\nB,1,1,2\nC,3,3,3\nD,4,4,4\n",
    ])
    func `places with ties are asked about`(text: String) throws {
        #expect(throws: ScoreSheetError.self) { try reading(text) }
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        #expect(error.question?.kind == .places)
    }

    @Test(arguments: [
        "Judging: 1 (excellent) to 10 (poor)", "Lowest total wins", "Menor pontuação vence", "1 - лучший результат", "数字が小さいほど良い", "1등이 최고",
    ])
    func `a title tells that the lowest is the best`(title: String) throws {
        #expect(try reading("\(title)\nTeam,Judge 1,Judge 2\nA,4,5\nB,7,6\nC,3,2\n").isLowerBetter)
    }

    @Test(arguments: ["1 (poor) to 10 (excellent)", "Drop 1 worst and 1 best score", "Top 10 (best projects)", "Round 1 - best of three"])
    func `other titles do not`(title: String) throws {
        #expect(try !reading("\(title)\nTeam,Judge 1,Judge 2\nA,4,5\nB,7,6\nC,3,2\n").isLowerBetter)
    }

    @Test func `grades of German schools are asked about, points of 20 are not`() throws {
        let grades = "Schüler;Note Müller;Note Weber\nAnna;1,3;2,0\nBernd;3,0;3,3\nCarla;2,0;1,7\n"
        #expect(try #require(throws: ScoreSheetError.self) { try reading(grades) }.question?.kind.code == "E144")
        let points = "Élève;Note Dupont;Note Blanc\nAnna;13;12\nBernard;15;16,5\nCarla;9;11\n"
        #expect(try #require(throws: ScoreSheetError.self) { try reading(points) }.question?.kind.code == "E141")
    }

    @Test(
        arguments: [
            "Penalty", "Bonus", "扣分", "Judge no.", "评委编号", "Signature", "Position", "Count", "Demo team", "Practice entry", "TBD", "???",
            "-",
            "Team name", "Your team here", "John Doe (example)", "丁（测试）", "Muster",
        ])
    func `a row named like a fact or an amount, or by nothing, is asked about`(name: String) throws {
        let text = "Entry,Alice,Bob,Carol\nA,8,7,9\nB,6,5,7\nC,9,8,8\n\(name),7,9,6\n"
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        #expect(error.question?.kind == .row(label: name) && error.question?.answers.first?.options == ["--ignore", name])
        var options = ReadingOptions()
        options.ignoredColumns = [name]
        let directory = try TemporaryDirectory()
        #expect(try Reading(of: [directory.write(text, to: "s.csv")], as: options).sheet.entries == ["A", "B", "C"])
    }

    @Test(arguments: [
        "Criterion,A,B,C\nTaste,8,6,9\nLook,7,5,8\nSmell,9,7,8\nPenalty,1,0,2\n",
        "Team,City,Alice,Bob\nA,X,8,7\nB,Y,6,5\nC,X,9,8\nBonus,Y,7,9\n",
        "Entry,Alice,Bob\nTeam 1,8,7\nTeam 2,6,5\nTeam 3,9,8\n", "Entry,Alice,Bob\nA,8,7\nOrder,6,5\nC,9,8\nD,7,9\n",
        "Entry,Alice,Bob\nAlder,8,7\nHolly,6,5\nLarch,9,8\nKey,7,9\n",
    ])
    func `rows with such names among others of their kind are no fact`(text: String) throws {
        let read = Result { try reading(text) }
        guard case .failure(let error as ScoreSheetError) = read else { return }
        #expect(error.question?.kind.code != "E149")
    }

    @Test(arguments: [
        "Judge,A,B,C\nAlice,8,6,9\nBob,7,5,8\nCarol,9,7,8\nAge,14,15,13\n", "Judge,A,B,C\nAlice,8,6,9\nBob,7,5,8\nCarol,9,7,8\nNo.,1,2,3\n",
        "评委,甲队,乙队,丙队\n王,8,6,9\n李,7,5,8\n张,9,7,8\n年龄,14,15,13\n",
    ])
    func `rows that are facts about entries are no judges`(text: String) throws {
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        guard case .row? = error.question?.kind else {
            Issue.record("\(error)")
            return
        }
    }

    @Test(arguments: [
        ("Entry,Judges,Alice,Bob,Carol\nA,7,8,7,9\nB,8,6,5,7\nC,6,9,8,8\n", "Judges"),
        ("Entry,Judge 1,Judge 1 weighted,Judge 2,Judge 2 weighted\nA,7,8,7,9\nB,8,6,5,7\nC,6,9,8,8\n", "Judge 1 weighted"),
        ("Entry,Judge 1,Judge 2,Judge 1 (2023)\nA,7,8,7\nB,8,6,5\nC,6,9,8\n", "Judge 1 (2023)"),
        ("Entry,Alice,Bob,Lane,Carol\nA,7,8,7,9\nB,8,6,5,7\nC,6,9,8,8\n", "Lane"),
        ("Entry,Alice,Price,Bob,Carol\nA,7,8,7,9\nB,8,6,5,7\nC,6,9,8,8\n", "Price"),
    ])
    func `a column that may be somebody's, or nobody's, is asked about`(text: String, name: String) throws {
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        #expect(error.question?.kind == .unexplained(column: name), "\(error)")
    }

    /// 评审组 1 and 2 are panels, not what a judge gave, on whichever scale the others score.
    @Test(arguments: [
        ("项目,评审组,评委1,评委2\n甲,1,80,85\n乙,1,70,75\n丙,2,60,65\n丁,2,50,58\n", "评审组"),
        ("项目,评审组,李明,王芳,张伟\n甲,1,2,1,3\n乙,1,3,1,2\n丙,2,1,3,2\n丁,2,3,3,3\n", "评审组"),
        ("Entry,Judge group,Smith,Brown\nA,1,80,85\nB,2,70,75\nC,2,60,65\nD,1,50,58\n", "Judge group"),
    ])
    func `the numbers of panels are no scores`(text: String, name: String) throws {
        let error = try #require(throws: ScoreSheetError.self) { try reading(text) }
        #expect(error.question?.kind == .unexplained(column: name), "\(error)")
        #expect(error.question?.answers.first == .init(["--column", "heat=" + name], .heatColumn(name)))
        let sheet = try reading(text, columns: [.heat: name]).sheet
        #expect(sheet.heats.map(\.name) == ["1", "2"] && !sheet.judges.contains(name))
    }

    @Test(arguments: [
        "Entry,Alice,Bob,Li,Li Wei\nA,7,8,7,9\nB,8,6,5,7\nC,6,9,8,8\n", "Entry,Age,Alice,Bob\nA,14,8,7\nB,15,6,5\nC,13,9,8\n",
        "项目,专家评委,大众评委,媒体评委\n甲,7,8,7\n乙,8,6,5\n丙,6,9,8\n", "项目,专家评审组,大众评审组,媒体评审组\n甲,7,8,7\n乙,8,6,5\n丙,6,9,8\n",
        "项目,评审组,大众评审\n甲,92.5,88\n乙,90,91\n丙,85,79.5\n", "Entry,Judge A,Judge B\nA,1,2\nB,2,1\nC,1,1\nD,2,2\n",
        "Entry,Judge 1,Judge 2,Judge 3\nA,1,80,85\nB,1,70,75\nC,2,60,65\nD,2,50,58\n",
    ])
    func `other columns are not`(text: String) throws { #expect(try reading(text).sheet.units.count >= 6) }

    @Test(arguments: [
        "Team,Judge 1,Judge 2\nA,8,7\nB,6,5\nC (DQ),9,8\n", "Team,Judge 1,Judge 2\nA,8,7\nB,6,5\nC - withdrawn,9,8\n",
        "项目,评委1,评委2\n甲,8,7\n乙,6,5\n张三（弃权）,9,8\n", "Team,Judge 1,Judge 2,Remarks\nA,8,7,\nB,6,5,\nC,9,8,DQ - overtime\n",
        "Team,Judge 1,Judge 2,Remarks\nA,8,7,\nB,6,5,\nC,9,8,disqualified: plagiarism\n",
        "Team,Judge 1,Judge 2,Disqualified\nA,8,7,\nB,6,5,no\nC,9,8,yes\n",
        "Team,Judge 1,Judge 2,Eligible\nA,8,7,yes\nB,6,5,yes\nC,9,8,no\n",
        "Team,Judge 1,Judge 2,Withdrawn\nA,8,7,\nB,6,5,\nC,9,8,✓\n",
        "Team,Judge 1,Judge 2,Status\nA,8,7,\nB,6,5,\nC,9,8,außer Konkurrenz\n",
        "Team,Judge 1,Judge 2\nA,8,7\nB,6,5\nC,9,8\n,,\nC was disqualified,,\n",
    ])
    func `what does not count is named`(text: String) throws {
        let void = try reading(text).sources.flatMap(\.voidEntries)
        #expect(void.count == 1 && (void[0].contains("C") || void[0].contains("张三")), "\(void)")
    }

    @Test func `an entry with a mark is left out by its name`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("Team,Judge 1,Judge 2\nA,8,7\nB,6,5\nC (DQ),9,8\n", to: "s.csv")
        var options = ReadingOptions()
        options.ignoredColumns = ["C (DQ)"]
        let read = try Reading(of: [path], as: options)
        #expect(read.sheet.entries == ["A", "B"] && read.sources.flatMap(\.voidEntries).isEmpty)
    }

    @Test func `numbers that make no whole are part of names`() throws {
        let sheet = try reading("Judge,Model 0.5,Model 0.6\nAnn,7,8\nBob,6,9\nCy,5,7\n").sheet
        #expect(sheet.entries == ["Model 0.5", "Model 0.6"] && sheet.judges == ["Ann", "Bob", "Cy"])
    }

    @Test(arguments: [
        "Team,Judge 1,Judge 2\nA,8,7\nB,6,5\nThe Void,9,8\n",
        "Team,Judge 1,Judge 2,Remarks\nA,8,7,\nB,6,5,was almost disqualified but stayed\nC,9,8,\n",
        "Team,Judge 1,Judge 2,Disqualified\nA,8,7,no\nB,6,5,no\nC,9,8,no\n", "Team,Judge 1,Judge 2\nA,8,7\nB,6,5\nC (team of 3),9,8\n",
    ])
    func `what counts is not`(text: String) throws { #expect(try reading(text).sources.flatMap(\.voidEntries).isEmpty) }

    @Test(arguments: ["Audience", "2023", "Publikum", "Penalties"]) func `a sheet that is nobody's is asked about`(name: String) throws {
        let text = "项目,创新,展示\n甲,9,8\n乙,7,6\n丙,8,8\n"
        let directory = try TemporaryDirectory()
        var options = ReadingOptions()
        options.file = .judge
        let files = try ["王老师", "李老师", name].enumerated().map { try directory.write(text.replacing("9", with: "\($0)"), to: "\($1).csv") }
        let error = try #require(throws: ScoreSheetError.self) { try Reading(of: files, as: options) }
        #expect(error.question?.answers.first?.options == ["--ignore", name])
    }
}
