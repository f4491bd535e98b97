extension PublishedList {
    /// The part of the list that is about the entries of a sheet: the lines of its heats, by the names that the sheet has.
    ///
    /// A list with a column of heats or stages has a line for each performance. Where performances are ranked (`ScoreSheet.byPerformance`)
    /// each line is one of them. Lines of other heats than those of the sheet are left out; lines whose heat is unknown, whatever it groups
    /// entries, are taken without it. Lines of one entry that say the same are one.
    /// - Throws: `DesignError.severalLines` when an entry has several lines that differ.
    public func matched(to sheet: ScoreSheet, of contest: ScoreSheet) throws(DesignError) -> PublishedList {
        let heats = PublishedList.heats(of: sheet), all = PublishedList.heats(of: contest)
        var names: [Performer: String] = [:]
        for performance in sheet.performances {
            names[Performer(entry: sheet.entryName(of: performance), heat: sheet.heats[Int(performance.heat)])] =
                sheet.entries[Int(performance.entry)]
        }
        let known = Set(sheet.entries)
        var (kept, position, leftOut) = ([Line](), [String: Int](), 0)
        for line in lines {
            let mine = heats(line)
            guard !mine.isEmpty || all(line).isEmpty else {
                leftOut += 1
                continue
            }
            let found = mine.lazy.compactMap { names[Performer(entry: line.entry, heat: $0)] }.first
            let name = found ?? (known.contains(line.entry) && mine.isEmpty ? line.entry : line.whole)
            if let first = position[name] {
                guard kept[first].result == line.result, kept[first].rank == line.rank else { throw .severalLines(entry: line.entry) }
            } else {
                position[name] = kept.count
                kept.append(Line(entry: name, result: line.result, rank: line.rank))
            }
        }
        return PublishedList(lines: kept, decimals: decimals, otherHeats: leftOut)
    }

    private struct Performer: Hashable { let entry: String, heat: Heat }

    /// The heats of a sheet that a line is about; none when it names no heat or stage that the sheet has.
    private static func heats(of sheet: ScoreSheet) -> (Line) -> [Heat] {
        let (names, stages) = (sheet.heats.map(\.name), sheet.heats.map(\.stage))
        return { line in
            guard line.heat != nil || line.stage != nil else { return [] }
            // What one sheet calls heats is a column of stages in another.
            func positions(_ text: String?) -> Set<Int>? {
                text.map { Set(CountedName.positions(of: $0, among: names) + CountedName.positions(of: $0, among: stages)) }
            }
            let all = Set(sheet.heats.indices)
            return (positions(line.heat) ?? all).intersection(positions(line.stage) ?? all).sorted().map { sheet.heats[$0] }
        }
    }
}
