import Evenhand

/// The distinct names of a column, numbered as they come: a hash table keyed by bytes, short names held in the table itself.
///
/// The table is reached through a pointer of its own: looking up a name is the hottest step of reading.
struct NameDictionary: ~Copyable {
    private struct Slot {
        var word: UInt64
        var length: UInt32
        var code: Int32
    }

    private static let free = Slot(word: 0, length: 0, code: -1)

    private var slots: UnsafeMutablePointer<Slot>
    private var mask = 15
    /// The number of taken slots: names that are not in `numbered`, and other ways to write names.
    private var used = 0
    private var aliases = 0
    private var numbered = NumberedNames()
    private var last = Slot(word: 0, length: 0, code: -1)

    private var texts = NameTexts()
    /// Whether this is a dictionary of 64-bit keys.
    private var isKeyed = false
    /// Whether a name is empty or no UTF-8; asked for after each batch.
    var hasFaults = false
    /// Kept, so that touching is not optimised away.
    private var touched: Int32 = 0

    init() {
        slots = .allocate(capacity: 16)
        slots.initialize(repeating: NameDictionary.free, count: 16)
    }

    deinit { slots.deallocate() }

    var count: Int { texts.count }
    /// The names in the order of their codes.
    var names: [String] { (0..<Int32(count)).map { texts.text($0) } }
    /// The 64-bit keys in the order of their codes.
    var keys: [UInt64] { texts.words }

    /// The codes of the first fields of a column, without the spaces around them.
    mutating func codes(of column: FieldBatch.Column, count: Int, _ scanner: FieldScanner, into codes: UnsafeMutablePointer<Int32>) {
        guard !numbered.isEmpty else { return self.codes(of: column, rows: 0..<count, scanner, into: codes) }
        // Known names first, so that the waits for the table overlap.
        numbered.codes(of: column, count: count, into: codes)
        for row in 0..<count where codes[row] < 0 { codes[row] = code(of: column[row], scanner) }
    }

    /// The codes of some fields of a column, without the spaces around them.
    mutating func codes(
        of column: FieldBatch.Column, rows: some Collection<Int>, _ scanner: FieldScanner, into codes: UnsafeMutablePointer<Int32>
    ) {
        guard !numbered.isEmpty else {
            if mask > NameDictionary.cachedMask { touch(column, rows) }
            for (index, row) in rows.enumerated() { codes[index] = code(of: column[row], scanner) }
            return
        }
        for (index, row) in rows.enumerated() {
            let cell = column[row]
            codes[index] = numbered.number(cell.word, cell.length).map { numbered[$0] } ?? -1
        }
        for (index, row) in rows.enumerated() where codes[index] < 0 { codes[index] = code(of: column[row], scanner) }
    }

    /// A table of this size stays in a near cache.
    private static let cachedMask = 16_383

    /// Brings the slots of a large table near, all at once: without a branch between them the waits overlap.
    private mutating func touch(_ column: FieldBatch.Column, _ rows: some Collection<Int>) {
        var sum: Int32 = 0
        for row in rows {
            let cell = column[row]
            sum &+= slots[NameDictionary.hash(cell.word, cell.length) & mask].code
        }
        touched = sum
    }

    /// The code of one field.
    @inline(__always)
    mutating func code(of cell: FieldBatch.Cell, _ scanner: FieldScanner) -> Int32 {
        UInt(bitPattern: cell.length) <= 8
            ? code(ofShort: cell.word, length: cell.length) : slowCode(start: cell.start, length: cell.length, scanner)
    }

    /// Fields of more than eight bytes, and those with doubled quotes, whose length is given as its complement.
    @inline(never)
    private mutating func slowCode(start: Int, length: Int, _ scanner: FieldScanner) -> Int32 {
        let bytes = UnsafeBufferPointer(start: scanner.base + start, count: length < 0 ? ~length : length)
        if length >= 0, !NameDictionary.isSpaced(bytes) { return code(ofLong: bytes) }
        return FieldScanner.trimmed(bytes, unescaping: length < 0).withUnsafeBufferPointer { name in
            name.count <= 8 ? code(ofTrimmed: NameDictionary.word(of: name), length: name.count) : code(ofLong: name)
        }
    }

    private static func isSpaced(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        return FieldScanner.isSpace(first) || FieldScanner.isSpace(last)
    }

    /// Two codes as one key.
    @inline(__always)
    static func pair(_ first: Int32, _ second: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
    }

    static func unpair(_ key: UInt64) -> (Int32, Int32) {
        (Int32(truncatingIfNeeded: key >> 32), Int32(truncatingIfNeeded: key))
    }

    /// The code of a 64-bit key; a dictionary has either names or keys.
    mutating func code(ofKey key: UInt64) -> Int32 {
        isKeyed = true
        return code(ofShort: key, length: 8)
    }

    /// The code of a field of at most eight bytes, or of a key.
    @inline(__always)
    private mutating func code(ofShort word: UInt64, length: Int) -> Int32 {
        if word == last.word, length == Int(last.length), last.code >= 0 { return last.code }
        if let number = numbered.number(word, length) {
            let known = numbered[number]
            if known >= 0 { return known }
            let new = texts.append(word)
            numbered[number] = new
            return new
        }
        var index = NameDictionary.hash(word, length) & mask
        while true {
            let slot = slots[index]
            if slot.word == word, slot.length == UInt32(truncatingIfNeeded: length), slot.code >= 0 {
                last = slot
                return slot.code
            }
            if slot.code < 0 { return insertShort(word, length) }
            index = (index &+ 1) & mask
        }
    }

    /// A field that is new; one with spaces around it becomes another way to write the name without them.
    @inline(never)
    private mutating func insertShort(_ word: UInt64, _ length: Int) -> Int32 {
        withUnsafeBytes(of: word.littleEndian) { raw in
            raw.withMemoryRebound(to: UInt8.self) { all in
                let bytes = UnsafeBufferPointer(rebasing: all[..<length])
                guard !isKeyed, NameDictionary.isSpaced(bytes) else { return insert(bytes, word: word, length: length) }
                let code = FieldScanner.trimmed(bytes, unescaping: false).withUnsafeBufferPointer {
                    self.code(ofTrimmed: NameDictionary.word(of: $0), length: $0.count)
                }
                aliases += 1
                add(Slot(word: word, length: UInt32(length), code: code), hash: NameDictionary.hash(word, length))
                return code
            }
        }
    }

    private mutating func code(ofTrimmed word: UInt64, length: Int) -> Int32 { code(ofShort: word, length: length) }

    /// The code of a name longer than eight bytes.
    private mutating func code(ofLong name: UnsafeBufferPointer<UInt8>) -> Int32 {
        let word = NameDictionary.word(of: name)
        if word == last.word, name.count == Int(last.length), last.code >= 0, equals(last.code, name) { return last.code }
        var index = NameDictionary.hash(name) & mask
        while slots[index].code >= 0 {
            let slot = slots[index]
            if slot.word == word, slot.length == UInt32(name.count), equals(slot.code, name) {
                last = slot
                return slot.code
            }
            index = (index &+ 1) & mask
        }
        return insert(name, word: word, length: name.count)
    }

    private mutating func insert(_ name: UnsafeBufferPointer<UInt8>, word: UInt64, length: Int) -> Int32 {
        if !isKeyed { hasFaults = hasFaults || name.isEmpty || !NameDictionary.isText(name) }
        let code = isKeyed ? texts.append(word) : texts.append(name, word: word)
        add(
            Slot(word: word, length: UInt32(length), code: code),
            hash: name.count > 8 ? NameDictionary.hash(name) : NameDictionary.hash(word, length))
        return code
    }

    private static func isText(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        name.allSatisfy { $0 < 0x80 } || String(validating: name, as: UTF8.self) != nil
    }

    private mutating func add(_ slot: Slot, hash: Int) {
        last = slot
        used += 1
        if 3 * used > 2 * (mask + 1) {
            if becomesNumbered() { return }
            grow()
        }
        addUnchecked(slot, hash: hash)
    }

    /// A table of numbers with this many elements for each name is about as large as one of slots.
    private static let numbersPerName = 16

    /// Moves all names to a table of numbers, if they are numbered; false if not.
    private mutating func becomesNumbered() -> Bool {
        guard !isKeyed, texts.areWords, aliases == 0 else { return false }
        let table = NumberedNames(texts.words, limit: NameDictionary.numbersPerName * count)
        guard !table.isEmpty else { return false }
        numbered = table
        slots.deallocate()
        slots = .allocate(capacity: 16)
        slots.initialize(repeating: NameDictionary.free, count: 16)
        (mask, used) = (15, 0)
        return true
    }

    private mutating func addUnchecked(_ slot: Slot, hash: Int) {
        var index = hash & mask
        while slots[index].code >= 0 { index = (index &+ 1) & mask }
        slots[index] = slot
    }

    private mutating func grow() {
        let (old, oldCount) = (slots, mask + 1)
        slots = .allocate(capacity: oldCount * 2)
        LargeMemory.prefer(slots, byteCount: oldCount * 2 * MemoryLayout<Slot>.stride)
        slots.initialize(repeating: NameDictionary.free, count: oldCount * 2)
        mask = oldCount * 2 - 1
        for index in 0..<oldCount where old[index].code >= 0 {
            let slot = old[index]
            addUnchecked(
                slot,
                hash: slot.length > 8 ? texts.name(slot.code) { NameDictionary.hash($0) } : NameDictionary.hash(slot.word, Int(slot.length))
            )
        }
        old.deallocate()
    }

    private func equals(_ code: Int32, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        texts.name(code) { name in
            guard name.count == other.count, name.count >= 8 else { return name.elementsEqual(other) }
            // The last word overlaps the one before it.
            var offset = 0
            while offset < name.count - 8 {
                if NameDictionary.load(name, offset) != NameDictionary.load(other, offset) { return false }
                offset += 8
            }
            return NameDictionary.load(name, name.count - 8) == NameDictionary.load(other, name.count - 8)
        }
    }

    @inline(__always)
    private static func load(_ name: UnsafeBufferPointer<UInt8>, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawBufferPointer(name).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    private static func word(of name: UnsafeBufferPointer<UInt8>) -> UInt64 {
        if name.count >= 8 { return load(name, 0) }
        var word: UInt64 = 0
        for (index, byte) in name.prefix(8).enumerated() { word |= UInt64(byte) << (8 * UInt64(index)) }
        return word
    }

    @inline(__always)
    private static func hash(_ word: UInt64, _ length: Int) -> Int {
        let product = (word ^ (UInt64(truncatingIfNeeded: length) << 56)).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: product.high ^ product.low)
    }

    /// - Precondition: the name has more than eight bytes; its last word overlaps the one before it.
    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var (state, offset) = (UInt64(0), 0)
        while offset < name.count - 8 {
            state = UInt64(bitPattern: Int64(hash(state ^ load(name, offset), name.count)))
            offset += 8
        }
        return hash(state ^ load(name, name.count - 8), name.count)
    }

    /// The names in canonical order, and for each code its position in that order.
    func sorted() -> (names: [String], positions: [Int32]) {
        texts.inOrder(used == 0 && !numbered.isEmpty ? numbered.ordered : texts.canonicalOrder)
    }
}
