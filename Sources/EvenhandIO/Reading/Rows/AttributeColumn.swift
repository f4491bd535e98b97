import Evenhand

/// A further column of the scores: an attribute of the entries as long as its value is constant for each entry.
final class AttributeColumn {
    private var values = AttributeValues()

    /// Whether no entry has two values so far.
    var isLive: Bool { values.isLive }

    /// Takes the fields of some rows as the values of their entries; the column is given up when an entry has another value.
    func take(_ column: FieldBatch.Column, rows: UnsafeBufferPointer<Int>, entries: UnsafePointer<Int32>, _ scanner: FieldScanner) {
        values.take(column, rows: rows, entries: entries, scanner)
    }

    /// The values in the canonical order of the entries; an empty field is not a value.
    func factor(entryPositions: [Int32]) -> Factor { values.factor(entryPositions: entryPositions) }
}

private struct AttributeValues: ~Copyable {
    private var names = NameDictionary()
    /// The value of each entry by its code; codes come one after the other.
    private var valueOfEntry: [Int32] = []
    private(set) var isLive = true

    mutating func take(
        _ column: FieldBatch.Column, rows: UnsafeBufferPointer<Int>, entries: UnsafePointer<Int32>, _ scanner: FieldScanner
    ) {
        var (lastEntry, lastWord, lastLength) = (Int32(-1), UInt64(0), -1)
        for (index, row) in rows.enumerated() where isLive {
            let (entry, cell) = (entries[index], column[row])
            if entry == lastEntry, cell.word == lastWord, cell.length == lastLength, cell.length >= 0, cell.length <= 8 { continue }
            add(names.code(of: cell, scanner), to: Int(entry))
            (lastEntry, lastWord, lastLength) = (entry, cell.word, cell.length)
        }
        guard !isLive else { return }
        names = NameDictionary()
        valueOfEntry = []
    }

    private mutating func add(_ value: Int32, to entry: Int) {
        if entry < valueOfEntry.count {
            isLive = valueOfEntry[entry] == value
        } else {
            valueOfEntry.append(value)
        }
    }

    func factor(entryPositions: [Int32]) -> Factor {
        let (levels, positions) = names.sorted()
        let hasEmpty = levels.first == ""
        var codes = [Int32](repeating: Factor.missing, count: entryPositions.count)
        for (entry, value) in valueOfEntry.enumerated() {
            codes[Int(entryPositions[entry])] = positions[Int(value)] - (hasEmpty ? 1 : 0)
        }
        return Factor(levels: hasEmpty ? Array(levels.dropFirst()) : levels, codes: codes)
    }
}
