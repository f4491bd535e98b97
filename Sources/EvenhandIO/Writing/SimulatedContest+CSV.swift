public import Evenhand

extension SimulatedContest {
    /// The contest as four comma-separated files in UTF-8: name and bytes of each. Columns that would be empty throughout are left out.
    ///
    /// - `scores.csv`: stage, heat, entry, judge, criterion, score
    /// - `entries.csv`: entry, sector, city
    /// - `judges.csv`: judge, field, city
    /// - `truth.csv`: kind (entry, judge or heat), name, quality, location, scale, noise, in points with six decimals; the location of a
    ///   heat is what it added to every score
    public var files: [(name: String, bytes: [UInt8])] {
        [scoreTable, entryTable, judgeTable, truthTable].map { ("\($0.name).csv", $0.csv) }
    }

    private var entryTable: Table {
        Table(
            name: "entries",
            columns: used([("entry", entries.map(\.name)), ("sector", entries.map(\.sector)), ("city", entries.map(\.city))]))
    }

    private var judgeTable: Table {
        let seats = judges.map(\.seat)
        return Table(
            name: "judges", columns: used([("judge", seats.map(\.name)), ("field", seats.map(\.field)), ("city", seats.map(\.city))]))
    }

    private var scoreTable: Table {
        let criteria = scores.map { design.criteria.isEmpty ? nil : design.criteria[Int($0.criterion)].name }
        let names: [(String, [String?])] = [
            ("stage", scores.map { heats[Int($0.heat)].stage }), ("heat", scores.map { heats[Int($0.heat)].name }),
            ("entry", scores.map { entries[Int($0.entry)].name }), ("judge", scores.map { judges[Int($0.judge)].seat.name }),
            ("criterion", criteria),
        ]
        let units = scores.map { decimalText(Int($0.units), decimals: design.model.decimals) }
        return Table(name: "scores", columns: used(names) + [Table.Column("score", .texts(units))])
    }

    private var truthTable: Table {
        var rows = entries.map { ["entry", $0.name, sixDecimals($0.quality), "", "", ""] }
        rows += judges.map { ["judge", $0.seat.name, "", sixDecimals($0.location), sixDecimals($0.scale), sixDecimals($0.noise)] }
        // A heat of a plan is in several parts, one for each entry.
        var seen: Set<[String?]> = []
        rows += heats.filter { seen.insert([$0.stage, $0.name]).inserted }.compactMap { heat in
            heat.name.map { ["heat", $0, "", sixDecimals(heat.difference), "", ""] }
        }
        let names = ["kind", "name", "quality", "location", "scale", "noise"]
        return Table(name: "truth", columns: names.enumerated().map { index, name in Table.Column(name, .texts(rows.map { $0[index] })) })
    }
}

/// The columns that have a text in some row.
private func used(_ columns: [(name: String, texts: [String?])]) -> [Table.Column] {
    columns.filter { $0.texts.contains { $0 != nil } }.map { Table.Column($0.name, .texts($0.texts.map { $0 ?? "" })) }
}

/// 883 with one decimal is "88.3".
private func decimalText(_ units: Int, decimals: Int) -> String {
    guard decimals > 0 else { return String(units) }
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(decimals + 1 - digits.utf8.count, 0)) + digits
    return (units < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

private func sixDecimals(_ value: Double) -> String {
    decimalText(Int((value * 1e6).rounded()), decimals: 6)
}
