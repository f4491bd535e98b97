/// What all sheets of a binary workbook share: their list, texts and formats.
struct BinaryGlobals {
    struct Sheet {
        let name: String
        /// Where its records begin.
        let start: Int
        let isHidden: Bool
        let hasCells: Bool
    }

    private(set) var sheets: [Sheet] = []
    private(set) var texts: [String] = []
    private(set) var epoch = SerialDate.Epoch.of1900
    private var custom: [Int: ValueForm] = [:]
    private var formats: [Int] = []

    init(_ records: BinaryRecords, _ budget: PackageBudget) throws(WorkbookError) {
        var position = 0
        while let record = records.record(at: position), record.id != BinaryRecords.end {
            position = record.next
            if record.id == BinaryRecords.password { throw .encrypted }
            try budget.keep(64)
            try read(record, budget)
        }
    }

    /// The form of the numbers in cells with the format of this index.
    func form(_ index: Int) -> ValueForm {
        guard formats.indices.contains(index) else { return .number }
        return custom[formats[index]] ?? ValueForm(builtIn: formats[index])
    }

    private mutating func read(_ record: BinaryRecords.Record, _ budget: PackageBudget) throws(WorkbookError) {
        var reader = record.reader
        switch record.id {
        case BinaryRecords.sheet:
            let start = Int(try reader.double())
            let (state, type) = (try reader.byte(), try reader.byte())
            sheets.append(Sheet(name: try reader.text(hasShortLength: true), start: start, isHidden: state & 3 != 0, hasCells: type == 0))
        case BinaryRecords.epoch: epoch = try reader.word() == 1 ? .of1904 : .of1900
        case BinaryRecords.format:
            let id = try reader.word()
            custom[id] = ValueForm(code: Array(try reader.text().utf8))
        case BinaryRecords.cellFormat:
            try reader.skip(2)
            formats.append(try reader.word())
        case BinaryRecords.texts:
            try reader.skip(4)
            let count = Int(try reader.double())
            while texts.count < count, !reader.isAtEnd { texts.append(try budget.text(Array(try reader.text().utf8))) }
        default: break
        }
    }
}

/// The records of a workbook's stream.
struct BinaryRecords {
    static let begin = 0x809, end = 0x0A, password = 0x2F, epoch = 0x22, sheet = 0x85, format = 0x41E, cellFormat = 0xE0, texts = 0xFC
    static let row = 0x208, columns = 0x7D, merges = 0xE5, sharedText = 0xFD, text = 0x204, richText = 0xD6, number = 0x203
    static let shortNumber = 0x27E, shortNumbers = 0xBD, yesOrError = 0x205, formula = 0x06, formulaText = 0x207
    private static let continued = 0x3C
    /// The version whose texts are Unicode; those before have them in the code page of a computer.
    private static let version = 0x0600

    struct Record {
        let id: Int
        let reader: RecordReader
        /// Where the record after it and what continues it begins.
        let next: Int
    }

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) throws(WorkbookError) {
        self.bytes = bytes
        guard let first = record(at: 0), first.id == BinaryRecords.begin else { throw .broken(.part("Workbook")) }
        var reader = first.reader
        guard (try? reader.word()) == BinaryRecords.version else { throw .old }
    }

    /// The record that begins at a position; `nil` at the end, or where the stream was cut.
    func record(at position: Int) -> Record? {
        guard var piece = piece(at: position) else { return nil }
        var pieces = [piece.range]
        let id = piece.id
        while let more = self.piece(at: piece.range.upperBound), more.id == BinaryRecords.continued {
            pieces.append(more.range)
            piece = more
        }
        return Record(id: id, reader: RecordReader(bytes, pieces), next: piece.range.upperBound)
    }

    private func piece(at position: Int) -> (id: Int, range: Range<Int>)? {
        guard position >= 0, position + 4 <= bytes.count else { return nil }
        let (id, size) = (Int(bytes[position]) | Int(bytes[position + 1]) << 8, Int(bytes[position + 2]) | Int(bytes[position + 3]) << 8)
        guard position + 4 + size <= bytes.count else { return nil }
        return (id, position + 4..<position + 4 + size)
    }
}
