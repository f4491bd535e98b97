import Evenhand
import EvenhandIO
import Glibc

/// The sizes of a contest, of a season, and of more than anybody has judged.
enum Size: String, CaseIterable {
    case thousand = "1 thousand rows"
    case thirtyThousand = "30 thousand rows"
    case million = "1 million rows"

    private var counts: (entries: Int, judges: Int, panel: Int) {
        switch self {
        case .thousand: (200, 20, 5)
        case .thirtyThousand: (5_000, 100, 6)
        case .million: (100_000, 1_000, 10)
        }
    }

    var rows: Int { counts.entries * counts.panel }

    /// A temporary file that belongs to this process.
    var path: String {
        let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        return "\(directory)/evenhand-benchmark-\(getpid())-\(rows).csv"
    }

    /// A made contest, the same on every machine. Each entry has a panel of its own, drawn from all judges: the design that takes most look-ups.
    func writeFile() throws {
        let design = try ContestDesign(entryCount: counts.entries, judgeCount: counts.judges, panelSize: counts.panel)
        let files = SimulatedContest(of: design, seed: 1).files
        guard let scores = files.first(where: { $0.name == "scores.csv" }) else { preconditionFailure("a contest has scores") }
        try OutputFile.write(scores.bytes, to: path)
    }

    func removeFile() { unlink(path) }

    /// The made contest as a sheet.
    func sheet() throws -> ScoreSheet {
        try writeFile()
        defer { removeFile() }
        return try ScoreSheet(contentsOf: path)
    }
}
