import TestSupport
import Testing

/// What a command says where OpenBLAS cannot be opened: an empty file of its name comes before it.
@Suite struct MissingLibraryTests {
    @Test(arguments: [
        "rank --method crossed", "rank --method additive", "judges", "groups --by sector", "finals --places 2", "rank --method calibrated",
    ])
    func `models name the package that they need`(question: String) throws {
        let directory = try TemporaryDirectory()
        _ = try directory.write("", to: "libopenblas.so.0")
        let sectors = (0..<24).map { "E\($0 / 4),J\($0 % 4),\($0 / 4 % 2 == 0 ? "a" : "b"),\(70 + ($0 * 7) % 19)" }
        let path = try directory.write((["entry,judge,sector,score"] + sectors).joined(separator: "\n"), to: "scores.csv")
        let words = question.split(separator: " ").map(String.init)
        let run = try CommandRun([words[0], path] + words.dropFirst(), environment: ["LD_LIBRARY_PATH": directory.path])
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.error.contains("libopenblas0") && run.error.contains("E408"), "\(run.error)")
    }

    @Test func `means need no library`() throws {
        let directory = try TemporaryDirectory()
        _ = try directory.write("", to: "libopenblas.so.0")
        let run = try CommandRun(["rank", "Data/quickstart.csv"], environment: ["LD_LIBRARY_PATH": directory.path])
        #expect(run.status == 0)
    }
}
