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
        [
            ("scores.csv", scoresCSV),
            (
                "entries.csv",
                csv(entries, [("entry", { $0.name }), ("sector", { $0.sector }), ("city", { $0.city })])
            ),
            (
                "judges.csv",
                csv(judges, [("judge", { $0.seat.name }), ("field", { $0.seat.field }), ("city", { $0.seat.city })])
            ),
            ("truth.csv", truthCSV),
        ]
    }

    private var truthCSV: [UInt8] {
        var text = "kind,name,quality,location,scale,noise\n"
        for entry in entries { text += "entry,\(quoted(entry.name)),\(sixDecimals(entry.quality)),,,\n" }
        for judge in judges {
            let truth = [judge.location, judge.scale, judge.noise].map(sixDecimals).joined(separator: ",")
            text += "judge,\(quoted(judge.seat.name)),,\(truth)\n"
        }
        for heat in heats {
            if let name = heat.name { text += "heat,\(quoted(name)),,\(sixDecimals(heat.difference)),,\n" }
        }
        return Array(text.utf8)
    }

    private var scoresCSV: [UInt8] {
        let hasStage = heats.contains { $0.stage != nil }
        let hasHeat = heats.contains { $0.name != nil }
        let criteria = design.criteria.map { Array((quoted($0.name) + ",").utf8) }
        let columns = [hasStage ? "stage" : nil, hasHeat ? "heat" : nil, "entry", "judge", criteria.isEmpty ? nil : "criterion", "score"]
        var bytes = Array((columns.compactMap { $0 }.joined(separator: ",") + "\n").utf8)

        // Each name is turned into bytes once, not once a score.
        let heatCells = heats.map { heat in
            Array(((hasStage ? quoted(heat.stage ?? "") + "," : "") + (hasHeat ? quoted(heat.name ?? "") + "," : "")).utf8)
        }
        let entryCells = entries.map { Array((quoted($0.name) + ",").utf8) }
        let judgeCells = judges.map { Array((quoted($0.seat.name) + ",").utf8) }
        bytes.reserveCapacity(scores.count * 32)
        for score in scores {
            bytes += heatCells[Int(score.heat)]
            bytes += entryCells[Int(score.entry)]
            bytes += judgeCells[Int(score.judge)]
            if !criteria.isEmpty { bytes += criteria[Int(score.criterion)] }
            bytes += decimalText(Int(score.units), decimals: design.model.decimals).utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}

private func csv<Row>(_ rows: [Row], _ columns: [(heading: String, cell: (Row) -> String?)]) -> [UInt8] {
    let used = columns.filter { column in rows.contains { column.cell($0) != nil } }
    let lines = rows.map { row in used.map { quoted($0.cell(row) ?? "") }.joined(separator: ",") }
    return Array(([used.map(\.heading).joined(separator: ",")] + lines).joined(separator: "\n").utf8) + [UInt8(ascii: "\n")]
}

private func quoted(_ cell: String) -> String {
    let special = Array(",\"\r\n".utf8)
    guard cell.utf8.contains(where: special.contains) else { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
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
