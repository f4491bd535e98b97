import EvenhandIO
import Foundation
import Testing

@Suite final class OutputFileTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "evenhand-\(UUID().uuidString)").path()

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    init() throws { try OutputFile.makeDirectory(directory + "/deep/er") }

    private func read(_ name: String) throws -> String { try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8) }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }

    @Test func `a file is written, replaced, and leaves no other file`() throws {
        try OutputFile.write("first", to: directory + "/a")
        try OutputFile.write("", to: directory + "/b")
        try OutputFile.write("第二", to: directory + "/a")
        #expect(try read("a") == "第二")
        #expect(try read("b") == "")
        #expect(try names() == ["a", "b", "deep"])
    }

    @Test func `a link stays a link and permissions stay`() throws {
        try OutputFile.write("old", to: directory + "/target")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: directory + "/target")
        try FileManager.default.createSymbolicLink(atPath: directory + "/link", withDestinationPath: "target")
        try OutputFile.write("new", to: directory + "/link")
        #expect(try read("target") == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: directory + "/link") == "target")
        #expect(try FileManager.default.attributesOfItem(atPath: directory + "/target")[.posixPermissions] as? Int == 0o640)
    }

    @Test func `when one of several cannot be written none changes`() throws {
        try OutputFile.write("old", to: directory + "/a")
        let path = directory + "/missing/b"
        #expect(throws: OutputError.cannotWrite(path: path, reason: "No such file or directory")) {
            try OutputFile.write([(directory + "/a", Array("new".utf8)), (path, [])])
        }
        #expect(try read("a") == "old")
        #expect(try names() == ["a", "deep"])
    }

    @Test func `a directory is not a position for a file`() {
        #expect(throws: OutputError.cannotWrite(path: directory + "/deep", reason: "Is a directory")) {
            try OutputFile.write("x", to: directory + "/deep")
        }
    }

    @Test func `what is not a regular file is written directly`() throws {
        try OutputFile.write("gone", to: "/dev/null")
        #expect(FileManager.default.fileExists(atPath: "/dev/null"))
    }

    @Test func `a full disk is reported`() {
        #expect(throws: OutputError.cannotWrite(path: "/dev/full", reason: "No space left on device")) {
            try OutputFile.write("x", to: "/dev/full")
        }
    }

    @Test func `a directory cannot be made below a file`() throws {
        try OutputFile.write("x", to: directory + "/file")
        #expect(throws: OutputError.cannotMakeDirectory(path: directory + "/file/sub", reason: "Not a directory")) {
            try OutputFile.makeDirectory(directory + "/file/sub")
        }
        try OutputFile.makeDirectory(directory + "/deep/")
    }
}
