import Evenhand

/// A further column of the scores: an attribute of the entries as long as its value is constant for each entry.
final class AttributeColumn {
    private var names = NameDictionary()
    /// The value of each entry by its code, in the order in which entries came.
    private var valueOfEntry: [Int32] = []
    private(set) var isLive = true

    /// Takes a field as the value of an entry; the column is given up when the entry has another value.
    func add(_ field: Field, entry: Int, _ scanner: FieldScanner) {
        guard isLive else { return }
        let code = names.code(of: field, scanner)
        if entry < valueOfEntry.count {
            isLive = valueOfEntry[entry] == code
        } else {
            // Codes of entries come one after the other, but rows with problems may have named an entry before.
            while valueOfEntry.count <= entry { valueOfEntry.append(code) }
        }
        if !isLive {
            names = NameDictionary()
            valueOfEntry = []
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
