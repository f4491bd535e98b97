import Evenhand

/// A further column of the scores: an attribute of the entries as long as its value is constant for each entry.
final class AttributeColumn {
    private var names = NameDictionary()
    /// The value of each entry by its code; codes come one after the other.
    private var valueOfEntry: [Int32] = []
    private(set) var isLive = true

    /// Takes the fields of some rows as the values of their entries; the column is given up when an entry has another value.
    func take(_ column: FieldBatch.Column, count: Int, entries: UnsafePointer<Int32>, _ scanner: FieldScanner) {
        var (lastEntry, lastWord, lastLength) = (Int32(-1), UInt64(0), Int32(0))
        for row in 0..<count where isLive {
            let (entry, word, length) = (entries[row], column.words[row], column.lengths[row])
            if entry == lastEntry, word == lastWord, length == lastLength, length <= 8 { continue }
            add(names.code(word: word, start: column.starts[row], length: Int(length), scanner), to: Int(entry))
            (lastEntry, lastWord, lastLength) = (entry, word, length)
        }
        guard !isLive else { return }
        names = NameDictionary()
        valueOfEntry = []
    }

    private func add(_ value: Int32, to entry: Int) {
        if entry < valueOfEntry.count {
            isLive = valueOfEntry[entry] == value
        } else {
            valueOfEntry.append(value)
        }
    }

    /// The values in the canonical order of the entries; an empty field is no value.
    func factor(entryPlaces: [Int32]) -> Factor {
        let (levels, places) = names.sorted()
        let hasEmpty = levels.first == ""
        var codes = [Int32](repeating: Factor.missing, count: entryPlaces.count)
        for (entry, value) in valueOfEntry.enumerated() {
            codes[Int(entryPlaces[entry])] = places[Int(value)] - (hasEmpty ? 1 : 0)
        }
        return Factor(levels: hasEmpty ? Array(levels.dropFirst()) : levels, codes: codes)
    }
}
