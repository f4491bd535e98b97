import Evenhand
import EvenhandIO
import Foundation
import Testing

@Suite final class AttributesOfSeveralFilesTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "evenhand-\(UUID().uuidString)").path()

    init() throws { try OutputFile.makeDirectory(directory) }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// Files are read in pieces, as many as there are processors: what is an attribute must not depend on where a piece ends.
    @Test func `a column that is empty in some rows of an entry is not an attribute, in one file or in two`() throws {
        let header = "entry,judge,score,sector,city\n"
        let (first, second) = ("A,J1,80,,x\nB,J1,70,y,\n", "A,J2,82,x,x\nB,J2,71,y,\n")
        let paths = ["first", "second", "both"].map { "\(directory)/\($0).csv" }
        for (path, text) in zip(paths, [first, second, first + second]) { try OutputFile.write(header + text, to: path) }
        let one = try Reading(of: [paths[2]])
        let two = try Reading(of: [paths[0], paths[1]])
        #expect(two.sheet == one.sheet)
        #expect(two.sheet.entryAttributes.map(\.name) == ["city"])
        #expect(two.ignoredColumns == ["sector"])
    }
}
