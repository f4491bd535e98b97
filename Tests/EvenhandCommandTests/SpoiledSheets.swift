import Foundation
import TestSupport

/// A spoiled variant of a sheet: its name and how its bytes are made.
struct SpoiledSheet: Sendable, CustomStringConvertible {
    let name: String
    /// Whether the command has to refuse it; `nil` when either way will do.
    let isRefused: Bool?
    let bytes: @Sendable () -> [UInt8]

    var description: String { name }

    init(_ name: String, isRefused: Bool? = nil, _ bytes: @escaping @Sendable () -> [UInt8]) {
        (self.name, self.isRefused, self.bytes) = (name, isRefused, bytes)
    }

    init(_ name: String, isRefused: Bool? = nil, text: String) { self.init(name, isRefused: isRefused) { Array(text.utf8) } }
}

/// SplitMix64: the same spoiled bytes in every run.
struct SpoilingStream: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension SpoiledSheet {
    /// A sound sheet with everything in it: stages, heats, criteria, an attribute, quotes, Chinese names and CR LF.
    static let sound: [UInt8] = {
        var text = "\u{FEFF}阶段,heat,Entry,judge,criterion,sector,score\r\n"
        for entry in 1...8 {
            for judge in ["评委甲", "\"Ann \"\"A\"\", dr\"", "a judge with a long name", "a judge with a long nose"] {
                for (criterion, score) in [("创新性", 20 + entry), ("market", 40 - entry)] {
                    text +=
                        "初赛,\(entry % 2 == 0 ? "第1场" : "\"第2\n场\""),项目\(entry),\(judge),\(criterion),\(entry % 3 == 0 ? "AI" : ""),\(score).5\r\n"
                }
            }
        }
        return Array(text.utf8)
    }()

    /// The same, in one line a row and without quotes.
    static let plain: [[String]] = {
        let rows = (0..<24).map { ["E\($0 / 4)", "J\($0 % 4)", "\(60 + 7 * $0 % 31).\($0 % 10)", "H\($0 / 12)"] }
        return [["entry", "judge", "score", "heat"]] + rows
    }()

    static func text(_ rows: [[String]]) -> String { rows.map { $0.joined(separator: ",") + "\n" }.joined() }

    static let all: [SpoiledSheet] = truncated + replaced + inserted + columns + scores + small + large + formats

    static let truncated: [SpoiledSheet] = stride(from: 0, to: sound.count, by: sound.count / 60).map { length in
        SpoiledSheet("truncated to \(length) bytes") { Array(sound.prefix(length)) }
    }

    static let replaced: [SpoiledSheet] = (0..<60).map { seed in
        SpoiledSheet("bytes replaced, seed \(seed)") {
            var (bytes, stream) = (sound, SpoilingStream(state: UInt64(seed)))
            for _ in 0...seed % 4 { bytes[Int.random(in: bytes.indices, using: &stream)] = UInt8.random(in: 0...255, using: &stream) }
            return bytes
        }
    }

    static let inserted: [SpoiledSheet] = (0..<40).map { seed in
        SpoiledSheet("bytes inserted, seed \(seed)") {
            var (bytes, stream) = (sound, SpoilingStream(state: UInt64(1000 + seed)))
            let likely = Array("\",\r\n\t;-+.eE0 \u{FEFF}=".utf8)
            for _ in 0...seed % 3 {
                bytes.insert(likely.randomElement(using: &stream) ?? 0, at: Int.random(in: bytes.indices, using: &stream))
            }
            return bytes
        }
    }

    static let columns: [SpoiledSheet] = (0..<4).flatMap { column -> [SpoiledSheet] in
        let without = plain.map { row in row.indices.filter { $0 != column }.map { row[$0] } }
        let twice = plain.map { $0 + [$0[column]] }
        let empty = [plain[0]] + plain.dropFirst().map { row in row.indices.map { $0 == column ? "" : row[$0] } }
        let short = plain + [Array(plain[5].prefix(column))]
        return [
            SpoiledSheet("without column \(column)", isRefused: column < 3, text: text(without)),
            SpoiledSheet("column \(column) twice", isRefused: true, text: text(twice)),
            SpoiledSheet("column \(column) empty", isRefused: column < 3, text: text(empty)),
            // A row without any field is a blank line, one of a single field a remark.
            SpoiledSheet("a row of \(column) fields", isRefused: column > 1, text: text(short)),
        ]
    }

    private static let oddScores: [(text: String, isRefused: Bool)] = [
        ("1e400", true), ("-1e400", true), ("1e308", true), ("1e99", true), ("1e16", true), ("9.9e15", false), ("1e-99", false),
        ("1e-400", false), ("-0", false), ("0x10", true),
        ("1,5", true),
        ("\"1,5\"", true), ("NaN", true), ("nan", true), ("inf", true), ("-Infinity", true), ("#DIV/0!", true), ("", false), (" ", false),
        ("-", false), (".", true), ("+", true), ("e5", true), ("1e", true), ("1e+", true), ("--5", true), ("5-", true), ("5.5.5", true),
        ("5 5", true), ("８８", false), ("88.5分", true), ("123456789012345678901234567890", true),
        (String(repeating: "9", count: 400), true),
        ("0." + String(repeating: "3", count: 400), false), ("-88.5", false), ("+88.5", false), (".5", false), ("5.", false),
        ("9007199254740993", false), ("9223372036854775808", true), ("-9223372036854775808", true), ("0.000000001", false),
        ("1E2", false),
        ("5e-324", false), ("88.5\u{0}", true), ("\"88.5", true), ("88\"5", true), ("true", true), ("=1+1", true),
    ]

    static let scores: [SpoiledSheet] = oddScores.map { score in
        let rows = plain + [["E9", "J1", score.text, "H1"]]
        return SpoiledSheet("score \(score.text.prefix(40))", isRefused: score.isRefused, text: text(rows))
    }

    static let small: [SpoiledSheet] = [
        SpoiledSheet("no header", isRefused: true, text: text(Array(plain.dropFirst()))),
        SpoiledSheet("an empty file", isRefused: true, text: ""),
        SpoiledSheet("a byte order mark alone", isRefused: true, text: "\u{FEFF}"),
        SpoiledSheet("a header alone", isRefused: true, text: "entry,judge,score"),
        SpoiledSheet("a header and a line end", isRefused: true, text: "entry,judge,score\n"),
        SpoiledSheet("line ends alone", isRefused: true, text: "\n\n\n\r\n\n"),
        SpoiledSheet("a carriage return alone", isRefused: true, text: "\r"),
        SpoiledSheet("carriage returns for line ends", isRefused: true, text: text(plain).replacing("\n", with: "\r")),
        SpoiledSheet("separators alone", isRefused: true, text: ",,,,\n,,,,\n"),
        SpoiledSheet("a quote alone", isRefused: true, text: "\""),
        SpoiledSheet("an unclosed quote", isRefused: true, text: "entry,judge,score\n\"E1,J1,5\nE2,J1,5\n"),
        SpoiledSheet("an unclosed quote in the header", isRefused: true, text: "entry,\"judge,score\nE1,J1,5\n"),
        SpoiledSheet("text after a quote", isRefused: true, text: "entry,judge,score\n\"E1\"x,J1,5\n"),
        SpoiledSheet("one row", isRefused: false, text: "entry,judge,score\nE1,J1,5\n"),
        SpoiledSheet("one judge", isRefused: false, text: "entry,judge,score\nE1,J,5\nE2,J,6\nE3,J,7\n"),
        SpoiledSheet("one entry", isRefused: false, text: "entry,judge,score\nE,J1,5\nE,J2,6\nE,J3,7\n"),
        SpoiledSheet("all equal", isRefused: false, text: text([plain[0]] + plain.dropFirst().map { [$0[0], $0[1], "7", $0[3]] })),
        SpoiledSheet("all zero", isRefused: false, text: text([plain[0]] + plain.dropFirst().map { [$0[0], $0[1], "0", $0[3]] })),
        SpoiledSheet(
            "negative scores", isRefused: false, text: text([plain[0]] + plain.dropFirst().map { [$0[0], $0[1], "-" + $0[2], $0[3]] })),
        SpoiledSheet("the same rows twice", isRefused: true, text: text(plain + plain.dropFirst())),
        SpoiledSheet("the header twice", isRefused: false, text: text([plain[0]] + plain)),
        SpoiledSheet("an entry in two equal heats", isRefused: true, text: "entry,judge,score,heat\nE1,J1,5,A\nE1,J1,6,B\n"),
        SpoiledSheet("control characters", isRefused: false, text: "entry,judge,score\n\u{1B}[31mE\u{7},J\u{8},5\n"),
        SpoiledSheet("no text at all", isRefused: true, text: "hello"),
    ]

    static let large: [SpoiledSheet] = [
        SpoiledSheet("a name of 1 MB", isRefused: false, text: "entry,judge,score\nE,\(String(repeating: "J", count: 1 << 20)),5\n"),
        SpoiledSheet("a score of 1 MB", isRefused: true, text: "entry,judge,score\nE,J,\(String(repeating: "5", count: 1 << 20))\n"),
        SpoiledSheet("a quoted name of 1 MB", isRefused: false) {
            Array("entry,judge,score\nE,\"".utf8) + Array(repeating: Array("J\"\"\n".utf8), count: 1 << 18).joined() + Array("\",5\n".utf8)
        },
        SpoiledSheet("a header of 1 MB", isRefused: false, text: String(repeating: "e", count: 1 << 20) + ",judge,score\nE,J,5\n"),
        SpoiledSheet("100 000 columns, ragged", isRefused: true) {
            Array(("entry,judge,score" + (0..<100_000).map { ",c\($0)" }.joined() + "\nE,J,5\n").utf8)
        },
        SpoiledSheet("100 000 columns", isRefused: false) {
            let header = "entry,judge,score" + (0..<100_000).map { ",c\($0)" }.joined()
            return Array((header + "\nE,J,5" + String(repeating: ",a", count: 100_000) + "\n").utf8)
        },
        SpoiledSheet("100 000 heats for one entry", isRefused: true) {
            Array(("entry,judge,score,heat\n" + (0..<100_000).map { "E,J,5,\($0)\n" }.joined()).utf8)
        },
        SpoiledSheet("squares beyond 2^127", isRefused: true) {
            let rows = (0..<3000).map { "E\($0 / 10),J\($0 % 10),\($0 % 2 == 0 ? "" : "-")\(9_000_000_000_000_000 - $0)\n" }
            return Array(("entry,judge,score\n" + rows.joined()).utf8)
        },
        SpoiledSheet("squares beyond 2^127 with six decimals", isRefused: true) {
            let rows = (0..<3000).map { "E\($0 / 10),J\($0 % 10),\($0 % 2 == 0 ? "" : "-")900000000\($0 % 10).123456\n" }
            return Array(("entry,judge,score\n" + rows.joined()).utf8)
        },
    ]

    static let formats: [SpoiledSheet] = [
        SpoiledSheet("gzip", isRefused: true) { [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] },
        SpoiledSheet("a workbook", isRefused: true) { [0x50, 0x4B, 3, 4, 20, 0, 6, 0] },
        SpoiledSheet("a NUL in the header", isRefused: true, text: "entry,jud\u{0}ge,score\nE,J,5\n"),
        SpoiledSheet("NULs alone", isRefused: true) { [UInt8](repeating: 0, count: 5000) },
        SpoiledSheet("a NUL in a name beyond 4096 bytes") {
            Array((text(plain) + String(repeating: "\n", count: 5000) + "E\u{0},J,5,H1\n").utf8)
        },
        SpoiledSheet("UTF-16 little-endian", isRefused: false) {
            [0xFF, 0xFE] + Array(text(plain).utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        },
        SpoiledSheet("UTF-16 big-endian", isRefused: false) {
            [0xFE, 0xFF] + Array(text(plain).utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] })
        },
        SpoiledSheet("Latin-1", isRefused: false) { Array("entry,judge,score\nCaf".utf8) + [0xE9] + Array(",J,5\n".utf8) },
        SpoiledSheet("GBK", isRefused: false) { Array("entry,judge,score\n".utf8) + [0xCF, 0xEE, 0xC4, 0xBF] + Array(",J,5\n".utf8) },
        SpoiledSheet("GBK in the header", isRefused: false) { [0xCF, 0xEE, 0xC4, 0xBF] + Array(",judge,score\nE,J,5\n".utf8) },
        SpoiledSheet("all bytes", isRefused: true) { Array(0...255) },
        SpoiledSheet("surrogates in UTF-8", isRefused: true) {
            Array("entry,judge,score\n".utf8) + [0xED, 0xA0, 0x80] + Array(",J,5\n".utf8)
        },
        SpoiledSheet("random bytes", isRefused: true) {
            var stream = SpoilingStream(state: 7)
            return (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &stream) }
        },
        SpoiledSheet("random text", isRefused: true) {
            var stream = SpoilingStream(state: 8)
            let letters = Array("ab,;\t\"\r\n019.- 项".utf8)
            return Array("entry,judge,score\n".utf8) + (0..<100_000).map { _ in letters.randomElement(using: &stream) ?? 0 }
        },
    ]
}
