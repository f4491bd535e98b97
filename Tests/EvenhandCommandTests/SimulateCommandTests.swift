import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import EvenhandCommand

@Suite final class SimulateCommandTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "evenhand-\(UUID().uuidString)").path()
    private let made = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Data/zhejiang-2022").standardized.path()

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private func run(_ options: String...) throws {
        var command = try RootCommand.parseAsRoot(["simulate", "--output", directory] + options)
        try command.run()
    }

    private func bytes(_ name: String, in directory: String) throws -> Data {
        try Data(contentsOf: URL(filePath: directory).appending(path: name))
    }

    @Test func `the made contest is rebuilt byte for byte`() throws {
        try run("--design", made + "/design.json", "--seed", "544706")
        for name in ["scores.csv", "entries.csv", "judges.csv", "truth.csv"] {
            #expect(try bytes(name, in: directory) == bytes(name, in: made), "\(name)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 4)
    }

    @Test func `options reach the contest`() throws {
        try run(
            "--entry-count", "6", "--heat-count", "2", "--judge-count", "5", "--panel", "3", "--criteria", "2", "--entry-sd", "0",
            "--judge-sd", "0", "--scale-sd", "0", "--noise-sd", "0", "--heat-sd", "0", "--decimals", "2", "--seed", "3")
        let lines = String(decoding: try bytes("scores.csv", in: directory), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 1 + 6 * 3 * 2)
        #expect(lines.prefix(3) == ["heat,entry,judge,criterion,score", "H1,E001,J01,C1,40.00", "H1,E001,J01,C2,40.00"])
    }

    @Test func `a plan is the design of a contest`() throws {
        let plans = try TemporaryDirectory()
        let rows = "role,判,entry,judge,heat\nx,,乙,王芳,H2\nx,,甲,王芳,H1\nx,,甲,李娜,H1\nx,,乙,李娜,H2\nx,,甲,张伟,H2\n"
        let path = try plans.write(rows, to: "plan.csv")
        try run("--plan", path, "--heat-sd", "3", "--seed", "5")
        func lines(_ name: String) throws -> [[String]] {
            String(decoding: try bytes(name, in: directory), as: UTF8.self).split(separator: "\n").map { $0.components(separatedBy: ",") }
        }
        let scores = try lines("scores.csv")
        #expect(scores[0] == ["heat", "entry", "judge", "score"])
        let seats: Set = [["H1", "甲", "李娜"], ["H1", "甲", "王芳"], ["H2", "甲", "张伟"], ["H2", "乙", "李娜"], ["H2", "乙", "王芳"]]
        #expect(Set(scores.dropFirst().map { Array($0.prefix(3)) }) == seats && scores.count == 6)
        #expect(try lines("entries.csv") == [["entry"], ["乙"], ["甲"]])
        #expect(try lines("truth.csv").filter { $0[0] == "heat" }.map { $0[1] } == ["H1", "H2"])
        // The order of rows changes nothing.
        let lines = rows.split(separator: "\n")
        try plans.write(([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n", to: "plan.csv")
        let before = try bytes("scores.csv", in: directory)
        try run("--plan", path, "--heat-sd", "3", "--seed", "5")
        #expect(try bytes("scores.csv", in: directory) == before)
        try plans.write("entry,judge\nA,J\nA,J\n", to: "plan.csv")
        let error = #expect(throws: (any Error).self) { try run("--plan", path, "--lang", "en") }
        #expect(error.map { RootCommand.message(for: $0) } == "The judge of A \"J\" appears twice; use each name once. [E873]")
    }

    @Test(arguments: [
        (["--entry-count=-1"], 1), (["--panel", "9"], 1), (["--noise-sd=-1"], 1), (["--decimals", "7"], 1), (["--entry-count", "1e3"], 64),
        (["--design", "/nowhere.json"], 1), (["--design", "/nowhere.json", "--panel", "3"], 64), (["--seed=-1"], 64),
        (["--plan", "/nowhere.csv"], 1), (["--plan", "/nowhere.csv", "--panel", "3"], 64),
        (["--plan", "/nowhere.csv", "--design", "/nowhere.json"], 64),
    ])
    func `bad options end with the documented status and write nothing`(options: [String], status: Int) {
        do {
            var command = try RootCommand.parseAsRoot(["simulate", "--output", directory] + options)
            try command.run()
            Issue.record("ran with \(options)")
        } catch {
            #expect(RootCommand.exitCode(for: error).rawValue == Int32(status))
        }
        #expect(!FileManager.default.fileExists(atPath: directory))
    }

    @Test func `messages say what to correct`() {
        let error = #expect(throws: (any Error).self) { try run("--judge-count", "4", "--panel", "5", "--lang", "zh") }
        #expect(error.map { RootCommand.message(for: $0) } == "一个评委组的评委数为 5；最多允许 4。 [E872]")
    }
}
