/// A file of streams, as the programs before `.xlsx` wrote them: sectors in chains, as a table of their successors says.
struct CompoundFile {
    private static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let headerSize = 512
    private static let entrySize = 128
    /// Successors from here on are ends, free sectors and the tables' own.
    private static let mostSector: UInt32 = 0xFFFF_FFF9

    private let bytes: UnsafeRawBufferPointer
    private let budget: PackageBudget
    private let sectorShift: Int
    private let smallShift: Int
    /// Streams below this size lie in a stream of small sectors.
    private let smallLimit: Int
    private var successors: [UInt32] = []
    private var smallSuccessors: [UInt32] = []
    private var smallStream: [UInt8] = []
    private var entries: [Entry] = []

    private struct Entry {
        let name: String
        let isStream: Bool
        let start: UInt32
        let size: Int
    }

    static func isRecognized(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: signature) }

    /// `bytes` has to outlive the file.
    init(_ bytes: UnsafeRawBufferPointer, budget: PackageBudget) throws(WorkbookError) {
        (self.bytes, self.budget) = (bytes, budget)
        guard bytes.count >= CompoundFile.headerSize else { throw .broken(.archive) }
        (sectorShift, smallShift) = (Int(bytes.word(at: 30)), Int(bytes.word(at: 32)))
        smallLimit = Int(bytes.double(at: 56))
        guard sectorShift == 9 || sectorShift == 12, smallShift == 6 else { throw .broken(.archive) }
        try readSuccessors()
        try readEntries()
        smallSuccessors = try chain(from: bytes.double(at: 60), limit: bytes.count).doubles
        guard let root = entries.first else { throw .broken(.archive) }
        smallStream = try chain(from: root.start, limit: root.size)
    }

    /// The names of the streams.
    var names: Set<String> { Set(entries.filter(\.isStream).map(\.name)) }

    /// The content of a stream; `nil` when there is none of this name.
    func stream(_ name: String) throws(WorkbookError) -> [UInt8]? {
        guard let entry = entries.first(where: { $0.isStream && $0.name == name }) else { return nil }
        if entry.size >= smallLimit { return try chain(from: entry.start, limit: entry.size) }
        var (result, sector, steps) = ([UInt8](), entry.start, 0)
        try budget.keep(entry.size)
        while sector < CompoundFile.mostSector, result.count < entry.size {
            let start = Int(sector) << smallShift
            guard start < smallStream.count, Int(sector) < smallSuccessors.count, steps <= smallSuccessors.count else {
                throw .broken(.archive)
            }
            result += smallStream[start..<min(start + 1 << smallShift, smallStream.count)]
            (sector, steps) = (smallSuccessors[Int(sector)], steps + 1)
        }
        return Array(result.prefix(entry.size))
    }

    private func sector(_ number: UInt32) throws(WorkbookError) -> UnsafeRawBufferPointer {
        let start = (Int(number) + 1) << sectorShift
        // The last one may be cut.
        guard start < bytes.count else { throw .broken(.archive) }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 1 << sectorShift, bytes.count)])
    }

    /// The table of successors lies in sectors that the header lists, and then in sectors that are chained themselves.
    private mutating func readSuccessors() throws(WorkbookError) {
        let most = (bytes.count >> sectorShift) + 1
        var listed = (0..<109).map { bytes.double(at: 76 + 4 * $0) }
        var (next, steps) = (bytes.double(at: 68), 0)
        while next < CompoundFile.mostSector {
            steps += 1
            guard steps <= most else { throw .broken(.archive) }
            let numbers = Array(try sector(next)).doubles
            guard let last = numbers.last else { throw .broken(.archive) }
            listed += numbers.dropLast()
            next = last
        }
        listed.removeAll { $0 >= CompoundFile.mostSector }
        guard listed.count <= most else { throw .broken(.archive) }
        try budget.keep(listed.count << sectorShift)
        for number in listed { successors += Array(try sector(number)).doubles }
    }

    private mutating func readEntries() throws(WorkbookError) {
        let directory = try chain(from: bytes.double(at: 48), limit: bytes.count)
        for start in stride(from: 0, to: directory.count - CompoundFile.entrySize + 1, by: CompoundFile.entrySize) {
            let entry = directory[start..<start + CompoundFile.entrySize]
            let length = min(64, Int(entry[start + 64]) | Int(entry[start + 65]) << 8)
            let units = stride(from: start, to: start + max(0, length - 2), by: 2).map { UInt16(entry[$0]) | UInt16(entry[$0 + 1]) << 8 }
            let numbers = Array(entry[(start + 116)...]).doubles
            entries.append(
                Entry(
                    name: String(decoding: units, as: UTF16.self), isStream: entry[start + 66] == 2, start: numbers[0],
                    size: Int(numbers[1])))
        }
    }

    /// The bytes of a chain of sectors, at most `limit`. Each sector of the file can be in it once.
    private func chain(from first: UInt32, limit: Int) throws(WorkbookError) -> [UInt8] {
        var (result, number, steps) = ([UInt8](), first, 0)
        let most = min(limit, bytes.count)
        while number < CompoundFile.mostSector, result.count < most {
            let sector = try sector(number)
            guard Int(number) < successors.count, steps <= successors.count else { throw .broken(.archive) }
            try budget.keep(sector.count)
            result += sector
            (number, steps) = (successors[Int(number)], steps + 1)
        }
        return Array(result.prefix(limit))
    }
}

extension UnsafeRawBufferPointer {
    func word(at position: Int) -> UInt16 { UInt16(littleEndian: loadUnaligned(fromByteOffset: position, as: UInt16.self)) }
    func double(at position: Int) -> UInt32 { UInt32(littleEndian: loadUnaligned(fromByteOffset: position, as: UInt32.self)) }
}

extension [UInt8] {
    /// The bytes as numbers of four bytes; what is left over is left out.
    fileprivate var doubles: [UInt32] {
        withUnsafeBytes { bytes in stride(from: 0, to: count - 3, by: 4).map { bytes.double(at: $0) } }
    }
}
