import Foundation
import TestSupport
import Testing

/// The same scores give the same bytes, in whatever order they are and on however many processors.
@Suite struct SameBytesTests {
    private static let rows: [[String]] = {
        let url = CommandRun.root.appending(path: "Data/zhejiang-2022/scores.csv")
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    }()

    private static func text(_ rows: [[String]], columns: [Int]) -> String {
        ([SameBytesTests.rows[0]] + rows).map { row in columns.map { row[$0] }.joined(separator: ",") + "\n" }.joined()
    }

    @Test(arguments: [
        ["rank", "--format", "csv"], ["rank", "--format", "table", "--stage", "初赛"], ["rank", "--format", "json", "--stage", "all"],
        [
            "rank", "--format", "csv", "--method", "huber", "--method", "robust-z", "--method", "rankit", "--method", "coefficient",
            "--stage", "初赛",
        ],
        ["groups", "--by", "sector,city", "--format", "json", "--to-stage", "决赛", "--entries", "Data/zhejiang-2022/entries.csv"],
        ["judges", "--format", "json", "--stage", "all"], ["judges", "--format", "html"], ["finals", "--places", "10", "--format", "html"],
        ["normalize", "--format", "csv", "--stage", "all"],
        ["normalize", "--format", "json", "--method", "percentile"], ["normalize"],
    ])
    func `shuffled rows and permuted columns change no byte`(arguments: [String]) throws {
        var stream = SpoilingStream(state: 1)
        let rows = Array(SameBytesTests.rows.dropFirst())
        let texts = [
            SameBytesTests.text(rows, columns: [0, 1, 2, 3, 4]),
            SameBytesTests.text(rows.shuffled(using: &stream), columns: [4, 2, 0, 3, 1]),
            SameBytesTests.text(rows.shuffled(using: &stream), columns: [1, 0, 4, 3, 2]),
        ]
        let outputs = try texts.map { text in
            let directory = try TemporaryDirectory()
            let path = try directory.write(text, to: "s.csv")
            let run = try CommandRun([arguments[0], path] + arguments.dropFirst())
            #expect(run.status == 0)
            // The digest is that of the file, whose rows are in another order.
            return run.output.replacing(directory.path, with: "").replacing(#/[0-9a-f]{64}/#, with: "")
        }
        #expect(outputs[0].utf8.count > 500)
        #expect(outputs[1] == outputs[0])
        #expect(outputs[2] == outputs[0])
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/taskset")))
    func `one processor gives the same bytes as all`() throws {
        let directory = try TemporaryDirectory()
        // Large enough to be read in several pieces.
        let rows = (0..<120_000).map { "entry number \($0 / 8),judge \(($0 * 7 + $0 / 8) % 23),\(50 + $0 * 31 % 47).\($0 % 10)\n" }
        let path = try directory.write("entry,judge,score\n" + rows.joined(), to: "s.csv")
        for line in ["evenhand rank '\(path)' --format csv", "evenhand normalize '\(path)' --format csv"] {
            let (all, one) = (try CommandRun(shell: line), try CommandRun(shell: "taskset -c 0 " + line))
            #expect(all.status == 0 && all.outputBytes.count > 100_000)
            #expect(all.outputBytes == one.outputBytes && all.error == one.error)
        }
    }
}
