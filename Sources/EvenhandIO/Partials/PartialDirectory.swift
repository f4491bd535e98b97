public import Evenhand

/// Exact sums in a directory of small files: those of one part of the scores, or of several parts together.
///
/// - `manifest.json`: the unit and what else has to be the same in all parts;
/// - `judges.csv`: judge, scores, sum, sum_of_squares, min, max;
/// - `entries.csv`: entry, scores, sum, min, max, then the attributes of the entries;
/// - `counts.csv`: entry, score, count, where they were asked for;
/// - `judge_counts.csv`: judge, score, count, where they were asked for;
/// - `pairs.csv`: entry, judge, unless they were left out;
/// - `zscores.csv`: entry, scores, z_sum, of a second pass;
/// - `percentiles.csv`: entry, scores, percentile_sum, of a second pass with judges' scores counted;
/// - `parts.csv`: part, scores: the digests of the parts, by which one that is given twice is noticed; empty for one of an engine without
///   pairs.
///
/// All but the last are the same bytes however the scores were split.
public struct PartialDirectory: Sendable, Equatable {
    /// A part that is in the sums.
    public struct Part: Sendable, Hashable {
        /// The SHA-256 of its sums and of who scored whom; `nil` where that is not known, since other scores may have the same sums.
        public let digest: String?
        /// The number of its scores.
        public let scores: Int
    }

    /// Where it was read; empty of sums that were just made.
    public let path: String
    /// The sums.
    public let sums: PartialSums
    /// The parts, ordered by digest.
    public let parts: [Part]
    /// Directories with equal sums, two by two, which nothing tells apart or shows to be the same part: they do not say who scored whom.
    public let lookalikes: [[String]]

    /// The sums of one part.
    ///
    /// - Parameters:
    ///   - sums: the sums.
    ///   - keepsPairs: whether the judges of each entry are kept; they are part of the digest even if not.
    public init(_ sums: PartialSums, keepsPairs: Bool = true) {
        let part = Part(digest: sums.pairs == nil ? nil : sums.digest, scores: sums.count)
        self.init(path: "", sums: keepsPairs ? sums : sums.withoutPairs, parts: [part])
    }

    init(path: String, sums: PartialSums, parts: [Part], lookalikes: [[String]] = []) {
        (self.path, self.sums, self.parts, self.lookalikes) = (path, sums, parts, lookalikes)
    }

    /// Several directories as one.
    ///
    /// - Throws: `PartialError`, `FitError`.
    public init(merging directories: [PartialDirectory]) throws {
        var (parts, sums, lookalikes) = ([String: String](), [String: String](), [[String]]())
        for directory in directories {
            for digest in directory.parts.compactMap(\.digest) {
                if let other = parts.updateValue(directory.path, forKey: digest) { throw PartialError.samePart(other, directory.path) }
            }
            guard directory.parts.contains(where: { $0.digest == nil }),
                let other = sums.updateValue(directory.path, forKey: directory.sums.digest)
            else { continue }
            if OutputFile.isSame(other, directory.path) { throw PartialError.samePart(other, directory.path) }
            lookalikes.append([other, directory.path])
        }
        self.init(
            path: "", sums: try PartialSums(merging: directories.map(\.sums)),
            parts: directories.flatMap(\.parts).sorted { ($0.digest ?? "") < ($1.digest ?? "") }, lookalikes: lookalikes)
    }

    /// Writes the files, in place of those of an earlier run; what this run does not have goes away.
    ///
    /// - Throws: `OutputError`.
    public func write(to directory: String) throws(OutputError) {
        let files = files
        try OutputFile.write(files.map { ("\(directory)/\($0.name)", $0.bytes) })
        for name in PartialDirectory.fileNames where !files.contains(where: { $0.name == name }) {
            OutputFile.remove("\(directory)/\(name)")
        }
    }

    /// The files: name and bytes of each.
    public var files: [(name: String, bytes: [UInt8])] {
        let manifest = PartialManifest(
            terms: sums.terms, isUnchecked: sums.isUnchecked, scales: sums.standardized?.scales, percentiles: sums.percentiles?.scales)
        return [(PartialManifest.fileName, manifest.bytes)] + sums.tables.map { ("\($0.name).csv", $0.csv) } + [
            ("parts.csv", partTable.csv)
        ]
    }

    /// The names of all files that a directory may have.
    public static let fileNames =
        ["manifest.json"]
        + ["judges", "entries", "counts", "judge_counts", "pairs", "zscores", "percentiles", "parts", "problems"].map { "\($0).csv" }

    private var partTable: Table {
        Table(
            name: "parts",
            columns: [Table.Column("part", .texts(parts.map { $0.digest ?? "" })), Table.Column("scores", .integers(parts.map(\.scores)))])
    }
}

extension PartialSums {
    /// The files of the sums, without their ending.
    fileprivate var tables: [Table] {
        [
            judgeTable, entryTable, counts.map { countTable($0, "counts", of: entries, "entry") },
            judgeCounts.map { countTable($0, "judge_counts", of: judges, "judge") }, pairs.map(pairTable),
            standardized.map { secondPassTable($0, "zscores", "z_sum") },
            percentiles.map { secondPassTable($0, "percentiles", "percentile_sum") },
        ].compactMap(\.self)
    }

    /// The SHA-256 of the sums and, where it is known, of who scored whom: the same whether scores are counted or not.
    fileprivate var digest: String {
        var bytes = PartialManifest(terms: terms).bytes
        for table in [judgeTable, entryTable] { bytes += Array("\(table.name)\n".utf8) + table.csv }
        for code in (pairs ?? []).lazy.flatMap({ [$0.entry, $0.judge] }) { withUnsafeBytes(of: code.littleEndian) { bytes += $0 } }
        return FileDigest(of: bytes).hexadecimal
    }

    private func numbers(_ sums: [ExactSum], squares: Bool) -> [Table.Column] {
        [
            Table.Column("scores", .integers(sums.map(\.count))), Table.Column("sum", .texts(sums.map { String($0.sum) })),
        ] + (squares ? [Table.Column("sum_of_squares", .texts(sums.map { String($0.squares) }))] : []) + [
            Table.Column("min", .integers(sums.map { Int($0.least) })), Table.Column("max", .integers(sums.map { Int($0.most) })),
        ]
    }

    private var judgeTable: Table {
        Table(name: "judges", columns: [Table.Column("judge", .texts(judges))] + numbers(judgeSums, squares: true))
    }

    private var entryTable: Table {
        Table(
            name: "entries",
            columns: [Table.Column("entry", .texts(entries))] + numbers(entrySums, squares: false)
                + attributes.map { Table.Column($0.name, .factor($0.values)) })
    }

    private func countTable(_ counts: [ScoreCount], _ name: String, of names: [String], _ role: String) -> Table {
        Table(
            name: name,
            columns: [
                Table.Column(role, .factor(Factor(levels: names, codes: counts.map(\.owner)))),
                Table.Column("score", .integers(counts.map { Int($0.units) })), Table.Column("count", .integers(counts.map(\.count))),
            ])
    }

    private func pairTable(_ pairs: [Pair]) -> Table {
        Table(
            name: "pairs",
            columns: [
                Table.Column("entry", .factor(Factor(levels: entries, codes: pairs.map(\.entry)))),
                Table.Column("judge", .factor(Factor(levels: judges, codes: pairs.map(\.judge)))),
            ])
    }

    private func secondPassTable(_ sums: SecondPassSums, _ name: String, _ column: String) -> Table {
        Table(
            name: name,
            columns: [
                Table.Column("entry", .texts(entries)), Table.Column("scores", .integers(entrySums.map(\.count))),
                Table.Column(column, .texts(sums.sums.map { String($0) })),
            ])
    }
}

extension JudgeScales {
    /// The scales as a file: judge, factor, offset, with 2ᵏ z = factor · s − offset.
    public var table: Table {
        Table(
            name: "scales",
            columns: [
                Table.Column("judge", .texts(judges)), Table.Column("factor", .texts(lines.map { String($0.factor) })),
                Table.Column("offset", .texts(lines.map { String($0.offset) })),
            ])
    }

    /// The SHA-256 of the scales, by which a second pass says what it was made with.
    public var digest: String { FileDigest(of: Array("\(bits) \(scale.text)\n".utf8) + table.csv).hexadecimal }
}

extension JudgePercentiles {
    /// The SHA-256 of each judge's scores and how many are worse or equal, by which a second pass says what it was made with.
    public var digest: String {
        let codes = units.enumerated().flatMap { [Int32](repeating: Int32($0), count: $1.count) }
        let table = Table(
            name: "percentiles",
            columns: [
                Table.Column("judge", .factor(Factor(levels: judges, codes: codes))),
                Table.Column("score", .integers(units.joined().map(Int.init))),
                Table.Column("numerator", .integers(numerators.joined().map(Int.init))),
            ])
        return FileDigest(of: Array("\(scale.text)\n".utf8) + table.csv).hexadecimal
    }
}
