import Evenhand
import EvenhandIO
import Foundation
import TestSupport
import Testing

@Suite struct PartialDirectoryTests {
    private let directory: TemporaryDirectory

    /// A directory as an engine could write it: in any order, with quotes around everything, without pairs and parts.
    init() throws {
        directory = try TemporaryDirectory()
        let manifest = PartialManifest(terms: PartialSums.Terms(scale: ScoreScale(decimals: 1, isDeclared: true)))
        try directory.write(manifest.bytes, to: "manifest.json")
        try directory.write(
            "\u{FEFF}judge,scores,sum,sum_of_squares,min,max\r\n\"乙\",2,150,11300,70,80\r\n\"a \"\"J\"\"\",1,90,8100,90,90\r\n",
            to: "judges.csv")
        try directory.write("scores,entry,sum,max,min,sector\n1,B,70,70,70,\n2,A,170,90,80,\"x,y\"\n", to: "entries.csv")
    }

    private func read() throws -> PartialDirectory { try PartialDirectory(contentsOf: directory.path) }

    @Test func `a directory of an engine is read whatever the order of rows and columns`() throws {
        let sums = try read().sums
        #expect(sums.judges == ["a \"J\"", "乙"] && sums.entries == ["A", "B"] && sums.count == 3)
        #expect(sums.judgeSums[1] == ExactSum(count: 2, sum: 150, squares: 11300, least: 70, most: 80))
        #expect(sums.entrySums[0] == ExactSum(count: 2, sum: 170, least: 80, most: 90))
        #expect(sums.attributes.map(\.name) == ["sector"] && sums.attributes[0].values[0] == "x,y" && sums.attributes[0].values[1] == nil)
    }

    /// As an engine writes a table with one task, and with several.
    @Test func `a directory with one file is that file, one with several is refused`() throws {
        let text = try directory.read("judges.csv")
        try FileManager.default.removeItem(atPath: directory.path + "/judges.csv")
        try OutputFile.makeDirectory(directory.path + "/judges.csv")
        try directory.write(text, to: "judges.csv/part-00000.csv")
        #expect(try read().sums.judges == ["a \"J\"", "乙"])
        try directory.write(text, to: "judges.csv/part-00001.csv")
        #expect(throws: PartialFileError.self) { try read() }
    }

    @Test func `what is written is read again, and again gives the same bytes`() throws {
        let path = directory.path + "/again"
        try OutputFile.makeDirectory(path)
        try read().write(to: path)
        let again = try PartialDirectory(contentsOf: path)
        #expect(try again.sums == read().sums && again.parts == read().parts)
        #expect(again.files.map(\.name) == ["manifest.json", "judges.csv", "entries.csv", "parts.csv"])
        for (name, bytes) in again.files { #expect(try Array(directory.read("again/\(name)").utf8) == bytes) }
    }

    @Test(arguments: [Direction.higherIsBetter, .lowerIsBetter]) func `a manifest keeps which end is the best`(direction: Direction) throws
    {
        var terms = PartialSums.Terms(scale: ScoreScale(decimals: 1, isDeclared: true))
        terms.direction = direction
        try directory.write(PartialManifest(terms: terms).bytes, to: "manifest.json")
        #expect(try read().sums.terms.direction == direction)
    }

    @Test func `files of an earlier run that this one does not have go away`() throws {
        try directory.write("entry,score,count\n", to: "counts.csv")
        try directory.write("problem,entry,judge,score,rows\n", to: "problems.csv")
        let made = PartialDirectory(try PartialDirectory(contentsOf: copyWithoutCounts()).sums)
        try made.write(to: directory.path)
        #expect(!directory.names.contains("counts.csv") && !directory.names.contains("problems.csv"))
    }

    private func copyWithoutCounts() throws -> String {
        let path = directory.path + "/copy"
        try OutputFile.makeDirectory(path)
        for name in ["manifest.json", "judges.csv", "entries.csv"] { try directory.write(directory.read(name), to: "copy/\(name)") }
        return path
    }

    @Test func `one directory given twice is refused, whatever it is called`() throws {
        #expect(throws: PartialError.samePart(directory.path, directory.path)) { try PartialDirectory(merging: [read(), read()]) }
        let other = directory.path + "/."
        #expect(throws: PartialError.samePart(directory.path, other)) {
            try PartialDirectory(merging: [read(), PartialDirectory(contentsOf: other)])
        }
    }

    /// Two judges gave two entries the same score crosswise: each part has the sums of the other, and none of its scores.
    @Test func `parts with equal sums are the same part only when they have the same scores`() throws {
        func part(_ pairs: [(entry: String, judge: String)], keepsPairs: Bool) throws -> PartialDirectory {
            let sheet = try ScoreSheet(pairs.map { ScoreSheet.Row(entry: $0.entry, judge: $0.judge, points: 8) })
            return PartialDirectory(try PartialSums(of: sheet), keepsPairs: keepsPairs)
        }
        let (one, crosswise) = ([("A", "J"), ("B", "K")], [("A", "K"), ("B", "J")])
        for keepsPairs in [true, false] {
            let parts = try [one, crosswise].map { try part($0, keepsPairs: keepsPairs) }
            let both = try PartialDirectory(merging: parts)
            #expect(both.sums.count == 4 && both.parts.count == 2 && both.lookalikes.isEmpty && both.sums.isUnchecked == !keepsPairs)
            // Also when one of them keeps its pairs and the other does not, and inside sums of several parts.
            for twin in try [part(one, keepsPairs: true), part(one, keepsPairs: false)] {
                #expect(throws: PartialError.samePart("", "")) { try PartialDirectory(merging: [parts[0], twin]) }
                #expect(throws: PartialError.samePart("", "")) { try PartialDirectory(merging: [both, twin]) }
            }
        }
    }

    @Test func `directories of engines with equal sums go together, and are named`() throws {
        let copy = try copyWithoutCounts()
        let both = try PartialDirectory(merging: [read(), PartialDirectory(contentsOf: copy)])
        #expect(both.lookalikes == [[directory.path, copy]] && both.sums.count == 6 && both.sums.isUnchecked)
        try OutputFile.makeDirectory(directory.path + "/both")
        try both.write(to: directory.path + "/both")
        let again = try PartialDirectory(contentsOf: directory.path + "/both")
        #expect(again.parts == both.parts && again.parts.map(\.digest) == [nil, nil] && again.parts.map(\.scores) == [3, 3])
        #expect(try PartialDirectory(merging: [again, PartialDirectory(contentsOf: copy)]).lookalikes.isEmpty)
    }

    @Test(
        arguments: [
            ("judges.csv", "judge,scores,sum,min,max\n", 1, PartialFileError.Kind.noColumn("sum_of_squares")),
            ("entries.csv", "entry,scores,sum,min,max\nA,2,170,80\n", 2, .raggedRow(found: 4, expected: 5)),
            ("entries.csv", "entry,scores,sum,min,max\nA,2,170.5,80,90\n", 2, .noWholeNumber(column: "sum", text: "170.5")),
            ("entries.csv", "entry,scores,sum,min,max\nA,0,0,80,90\n", 2, .noWholeNumber(column: "scores", text: "0")),
            ("entries.csv", "entry,scores,sum,min,max\n\"A\",2,170,80,90\n \u{FF21},1,70,70,70\n", 3, .repeatedName("A")),
            ("entries.csv", "entry,scores,sum,min,max\nA,2,170,80,90\n,1,70,70,70\n", 3, .noName(column: "entry")),
            ("counts.csv", "entry,score,count\nC,1,1\n", 2, .unknownName("C", file: "entries.csv")),
            ("judge_counts.csv", "judge,score,count\nC,1,1\n", 2, .unknownName("C", file: "judges.csv")),
            (
                "problems.csv", "problem,entry,judge,score,rows\noff the scale,A,乙,1.55,1\n", 2,
                .problem("off the scale", entry: "A", judge: "乙", score: "1.55", rows: "1")
            ),
        ] as [(String, String, Int, PartialFileError.Kind)])
    func `what is wrong in a file is told with its line`(name: String, text: String, line: Int, kind: PartialFileError.Kind) throws {
        try directory.write(text, to: name)
        let error = #expect(throws: PartialFileError.self) { try read() }
        #expect(error?.kind == kind && error?.line == line && error?.path == "\(directory.path)/\(name)", "\(String(describing: error))")
    }

    @Test(arguments: [
        ("entries.csv", "entry,scores,sum,min,max\nA,2,171,80,90\nB,1,70,70,70\n"),
        ("entries.csv", "entry,scores,sum,min,max\nA,2,190,80,90\nB,1,50,50,50\n"),
        ("judges.csv", "judge,scores,sum,sum_of_squares,min,max\n乙,2,150,11249,70,80\nJ,1,90,8100,90,90\n"),
        ("counts.csv", "entry,score,count\nA,80,1\nA,90,1\nB,70,2\n"), ("counts.csv", "entry,score,count\nA,80,1\nA,90,1\n"),
        ("judge_counts.csv", "judge,score,count\n乙,80,1\n乙,70,1\n\"a \"\"J\"\"\",90,2\n"),
        ("judge_counts.csv", "judge,score,count\n乙,75,2\n\"a \"\"J\"\"\",90,1\n"),
        ("pairs.csv", "entry,judge\nA,乙\nB,乙\n"), ("pairs.csv", "entry,judge\nA,乙\nA,乙\nB,乙\n"),
    ])
    func `numbers that contradict each other are refused`(name: String, text: String) throws {
        try directory.write(text, to: name)
        let error = #expect(throws: PartialFileError.self) { try read() }
        guard case .contradiction = error?.kind else { return #expect(Bool(false), "\(String(describing: error))") }
    }

    @Test(
        arguments: [
            ("{}", PartialFileError.Kind.manifest(.missing(key: "evenhand_partial"))),
            (#"{"evenhand_partial": 2, "scale": "1", "declared": true, "lower_is_better": false, "more": 1}"#, .laterVersion(2)),
            (#"{"evenhand_partial": 1, "scale": "0.05", "declared": true, "lower_is_better": false}"#, .noScale("0.05")),
            (
                #"{"evenhand_partial": 1, "scale": "1", "declared": 1, "lower_is_better": false}"#,
                .manifest(.wrongKind(key: "declared", kind: "true or false"))
            ),
        ] as [(String, PartialFileError.Kind)])
    func `a manifest says what it is, or the directory is refused`(text: String, kind: PartialFileError.Kind) throws {
        try directory.write(text, to: "manifest.json")
        let error = #expect(throws: PartialFileError.self) { try read() }
        #expect(error?.kind == kind)
    }

    @Test func `a second pass has the scores of the first`() throws {
        let sums = try read().sums
        let manifest = PartialManifest(terms: sums.terms, scales: "d")
        try directory.write(manifest.bytes, to: "manifest.json")
        try directory.write("entry,scores,z_sum\nA,2,-5\nB,1,7\n", to: "zscores.csv")
        #expect(try read().sums.standardized == SecondPassSums(scales: "d", sums: [-5, 7]))
        // A judge whom the scales lack drops out of a join.
        try directory.write("entry,scores,z_sum\nA,1,-5\nB,1,7\n", to: "zscores.csv")
        #expect(throws: PartialFileError.self) { try read() }
        try directory.write("entry,scores,z_sum\nA,2,-5\n", to: "zscores.csv")
        #expect(throws: PartialFileError.self) { try read() }
    }
}
