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
    var path: String { temporaryPath(rows) }

    /// A made contest, the same on every machine. Each entry has a panel of its own, drawn from all judges: the design that takes most look-ups.
    func writeFile() throws {
        try writeMadeContest(entryCount: counts.entries, judgeCount: counts.judges, panelSize: counts.panel, to: path)
    }

    func removeFile() { unlink(path) }

    /// The made contest as a sheet.
    func sheet() throws -> ScoreSheet {
        try madeSheet(entryCount: counts.entries, judgeCount: counts.judges, panelSize: counts.panel)
    }
}

private func writeMadeContest(entryCount: Int, judgeCount: Int, panelSize: Int, to path: String) throws {
    let design = try ContestDesign(entryCount: entryCount, judgeCount: judgeCount, panelSize: panelSize)
    let files = SimulatedContest(of: design, seed: 1).files
    guard let scores = files.first(where: { $0.name == "scores.csv" }) else { preconditionFailure("a contest has scores") }
    try OutputFile.write(scores.bytes, to: path)
}

/// A made contest as a sheet.
func madeSheet(entryCount: Int, judgeCount: Int, panelSize: Int) throws -> ScoreSheet {
    let path = temporaryPath(entryCount * panelSize)
    try writeMadeContest(entryCount: entryCount, judgeCount: judgeCount, panelSize: panelSize, to: path)
    defer { unlink(path) }
    return try ScoreSheet(contentsOf: path)
}

/// A temporary file that belongs to this process.
private func temporaryPath(_ rows: Int) -> String {
    let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    return "\(directory)/evenhand-benchmark-\(getpid())-\(rows).csv"
}
