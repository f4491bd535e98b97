import Evenhand
import EvenhandIO
import TestSupport

extension ScoreSheet {
    /// Each score in canonical order: stage, heat, entry, judge and criterion as far as they exist, and the score.
    var described: [String] {
        units.indices.map { row in
            let performance = performances[performance(ofRow: row)]
            let heat = heats[Int(performance.heat)]
            let criterion = criterionCodes.isEmpty ? nil : criteria[Int(criterionCodes[row])]
            let names = [heat.stage, heat.name, entries[Int(performance.entry)], judges[Int(judgeCodes[row])], criterion]
            return names.compactMap(\.self).joined(separator: "/") + "=" + NumberFormat.shortest(score(at: row))
        }
    }

    /// Each attribute of the entries with the values in the order of the entries.
    var describedAttributes: [String] {
        entryAttributes.map { attribute in
            attribute.name + ":" + attribute.values.codes.indices.map { attribute.values[$0] ?? "–" }.joined(separator: ",")
        }
    }
}

/// Reads texts as files of one sheet.
func reading(
    _ texts: String..., columns: [ColumnRole: String] = [:], entries: String? = nil, judges: String? = nil
) throws -> Reading {
    let directory = try TemporaryDirectory()
    let paths = try texts.enumerated().map { try directory.write($1, to: "\($0).csv") }
    var options = ReadingOptions()
    options.columns = columns
    options.entries = try entries.map { try directory.write($0, to: "entries.csv") }
    options.judges = try judges.map { try directory.write($0, to: "judges.csv") }
    return try Reading(of: paths, as: options)
}
