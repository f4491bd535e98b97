import Evenhand

extension PartialDirectory {
    /// Reads a directory, as Evenhand or an engine wrote it, and checks that its numbers agree with each other.
    ///
    /// - Parameters:
    ///   - path: where it is.
    ///   - sumsOnly: leave out entries' scores, who scored whom and a second pass: judges' scales need none of them.
    /// - Throws: `PartialFileError`.
    public init(contentsOf path: String, sumsOnly: Bool = false) throws(PartialFileError) {
        let manifest = try PartialManifest(ofDirectory: path)
        try PartialDirectory.checkProblems("\(path)/problems.csv")
        let judges = try NamedSums("\(path)/judges.csv", key: "judge", squares: true)
        let entries = try NamedSums("\(path)/entries.csv", key: "entry", squares: false)
        func optional(_ name: String) -> String? { sumsOnly ? nil : PartialDirectory.optional("\(path)/\(name)") }
        let counts = try optional("counts.csv").map { path throws(PartialFileError) in
            try PartialDirectory.counts(path, entries, "entry")
        }
        let judgeCounts = try PartialDirectory.optional("\(path)/judge_counts.csv").map { path throws(PartialFileError) in
            try PartialDirectory.counts(path, judges, "judge")
        }
        let pairs = try optional("pairs.csv").map { path throws(PartialFileError) in
            try PartialDirectory.pairs(path, entries, judges)
        }
        func second(_ scales: String?, _ name: String, _ column: String) throws(PartialFileError) -> SecondPassSums? {
            guard !sumsOnly, let scales else { return nil }
            return SecondPassSums(scales: scales, sums: try PartialDirectory.secondPass("\(path)/\(name).csv", column, entries))
        }
        let sums = PartialSums(
            terms: manifest.terms, judges: judges.names, judgeSums: judges.sums, entries: entries.names, entrySums: entries.sums,
            attributes: entries.attributes, counts: counts, judgeCounts: judgeCounts, pairs: pairs, isUnchecked: manifest.isUnchecked
        ).adding(
            try second(manifest.scales, "zscores", "z_sum"), percentiles: try second(manifest.percentiles, "percentiles", "percentile_sum"))
        do throws(PartialError) { try sums.check() } catch {
            guard case .contradiction(let what) = error else { throw PartialFileError(.contradiction("\(error)"), in: path) }
            throw PartialFileError(.contradiction(what), in: path)
        }
        let parts = try PartialDirectory.optional("\(path)/parts.csv").map(PartialDirectory.parts)
        self.init(path: path, sums: sums, parts: parts ?? PartialDirectory(sums).parts)
    }

    private static func optional(_ path: String) -> String? { OutputFile.isSame(path, path) ? path : nil }

    private static func checkProblems(_ path: String) throws(PartialFileError) {
        guard let path = optional(path) else { return }
        let file = try NumberFile(path: path, required: ["problem", "entry", "judge", "score", "rows"])
        try file.forEachRow { row throws(PartialFileError) in
            let cells = ["problem", "entry", "judge", "score", "rows"].map { row.text(file.column($0)) }
            throw PartialFileError(
                .problem(cells[0], entry: cells[1], judge: cells[2], score: cells[3], rows: cells[4]), in: path, line: row.line)
        }
    }

    private static func counts(
        _ path: String, _ owners: NamedSums, _ role: String
    ) throws(PartialFileError) -> [PartialSums.ScoreCount] {
        let file = try NumberFile(path: path, required: [role, "score", "count"])
        let columns = [role, "score", "count"].map(file.column)
        var (positions, counts) = (NamePositions(owners.names), [PartialSums.ScoreCount]())
        try file.forEachRow { row throws(PartialFileError) in
            let owner = try positions.position(in: row, columns[0], of: role == "entry" ? "entries.csv" : "judges.csv")
            counts.append(
                PartialSums.ScoreCount(owner: owner, units: try row.number(columns[1]), count: try row.number(columns[2], least: 1)))
        }
        return counts.sorted { ($0.owner, $0.units) < ($1.owner, $1.units) }
    }

    private static func pairs(_ path: String, _ entries: NamedSums, _ judges: NamedSums) throws(PartialFileError) -> [PartialSums.Pair] {
        let file = try NumberFile(path: path, required: ["entry", "judge"])
        let columns = ["entry", "judge"].map(file.column)
        var (entryPositions, judgePositions) = (NamePositions(entries.names), NamePositions(judges.names))
        var pairs: [PartialSums.Pair] = []
        try file.forEachRow { row throws(PartialFileError) in
            pairs.append(
                PartialSums.Pair(
                    entry: try entryPositions.position(in: row, columns[0], of: "entries.csv"),
                    judge: try judgePositions.position(in: row, columns[1], of: "judges.csv")))
        }
        return pairs.sorted { ($0.entry, $0.judge) < ($1.entry, $1.judge) }
    }

    private static func secondPass(_ path: String, _ column: String, _ entries: NamedSums) throws(PartialFileError) -> [Int128] {
        let file = try NumberFile(path: path, required: ["entry", "scores", column])
        let columns = ["entry", "scores", column].map(file.column)
        var (positions, sums) = (NamePositions(entries.names), [Int128?](repeating: nil, count: entries.names.count))
        try file.forEachRow { row throws(PartialFileError) in
            let position = Int(try positions.position(in: row, columns[0], of: "entries.csv"))
            if sums[position] != nil { throw PartialFileError(.repeatedName(entries.names[position]), in: path, line: row.line) }
            // A judge without a scale would have dropped out of the sum.
            if try row.number(columns[1]) != entries.sums[position].count {
                throw PartialFileError(.contradiction("entries.csv: \(entries.names[position])"), in: path, line: row.line)
            }
            sums[position] = try row.number(columns[2])
        }
        if let missing = sums.firstIndex(of: nil) {
            throw PartialFileError(.unknownName(entries.names[missing], file: String(path.split(separator: "/").last ?? "")), in: path)
        }
        return sums.compactMap(\.self)
    }

    private static func parts(_ path: String) throws(PartialFileError) -> [Part] {
        let file = try NumberFile(path: path, required: ["part", "scores"])
        var parts: [Part] = []
        try file.forEachRow { row throws(PartialFileError) in
            let digest = row.text(file.column("part"))
            parts.append(Part(digest: digest.isEmpty ? nil : digest, scores: try row.number(file.column("scores"), least: 1)))
        }
        return parts
    }
}

extension NamePositions {
    fileprivate mutating func position(in row: NumberFile.Row, _ column: Int, of file: String) throws(PartialFileError) -> Int32 {
        let name = try row.name(column)
        guard let position = position(of: name) else {
            throw PartialFileError(.unknownName(name, file: file), in: row.file.path, line: row.line)
        }
        return position
    }
}

/// The rows of `judges.csv` or `entries.csv` in canonical order.
private struct NamedSums {
    let names: [String]
    let sums: [ExactSum]
    let attributes: [Attribute]

    init(_ path: String, key: String, squares: Bool) throws(PartialFileError) {
        let numbers = ["scores", "sum"] + (squares ? ["sum_of_squares"] : []) + ["min", "max"]
        let file = try NumberFile(path: path, required: [key] + numbers)
        let columns = ([key] + numbers).map(file.column)
        let others = squares ? [] : file.header.indices.filter { !columns.contains($0) }
        var (names, sums, cells) = ([String](), [ExactSum](), others.map { _ in [String?]() })
        var lines: [Int] = []
        try file.forEachRow { row throws(PartialFileError) in
            names.append(try row.name(columns[0]))
            lines.append(row.line)
            let (least, most): (Int64, Int64) = (try row.number(columns[columns.count - 2]), try row.number(columns[columns.count - 1]))
            sums.append(
                ExactSum(
                    count: try row.number(columns[1], least: 1), sum: try row.number(columns[2]),
                    squares: squares ? try row.number(columns[3], least: 0) : 0, least: least, most: most))
            for (position, column) in others.enumerated() {
                let text = NameNormalization.normalized(row.text(column))
                cells[position].append(text.isEmpty ? nil : text)
            }
        }
        let order = names.indices.sorted { Factor.precedes(names[$0], names[$1]) }
        for (a, b) in zip(order, order.dropFirst()) where names[a] == names[b] {
            throw PartialFileError(.repeatedName(names[b]), in: path, line: max(lines[a], lines[b]))
        }
        self.names = order.map { names[$0] }
        self.sums = order.map { sums[$0] }
        attributes = zip(others, cells).map { column, cells in
            Attribute(name: file.header[column], values: Factor(order.map { cells[$0] }))
        }.sorted { Factor.precedes($0.name, $1.name) }
    }
}
