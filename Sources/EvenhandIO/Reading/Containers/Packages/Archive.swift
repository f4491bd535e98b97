import CMinizip

/// The parts of a ZIP archive in memory. Nothing is ever written to a file.
final class Archive {
    /// A part is unpacked in pieces of this size.
    static let pieceSize = 1 << 18
    /// No part that is wanted has a longer name.
    private static let longestName = 512
    /// A part this small may be packed as well as it can: it does no harm.
    private static let harmlessSize: UInt64 = 1 << 20
    /// General purpose bits 0 and 6: encrypted, strongly encrypted.
    private static let encryptedFlags: UInt = 0x41

    private struct Entry {
        let name: String
        let position: unz64_file_pos
        let packedSize: UInt64
        let size: UInt64
        let isEncrypted: Bool
    }

    private let file: MemoryFile
    private let handle: unzFile
    private let budget: PackageBudget
    /// By name in lower case, as names of parts are compared.
    private var entries: [String: Entry] = [:]

    /// `bytes` has to outlive the archive.
    init(_ bytes: UnsafeRawBufferPointer, budget: PackageBudget) throws(WorkbookError) {
        file = MemoryFile(bytes)
        self.budget = budget
        guard let handle = file.archive() else { throw .broken(.archive) }
        self.handle = handle
        try readEntries()
    }

    deinit { unzClose(handle) }

    private func readEntries() throws(WorkbookError) {
        var info = unz_global_info64()
        guard unzGetGlobalInfo64(handle, &info) == UNZ_OK else { throw .broken(.archive) }
        if info.number_entry > WorkbookLimit.entries.most { throw .tooLarge(.entries) }
        var (status, count) = (info.number_entry == 0 ? UNZ_END_OF_LIST_OF_FILE : unzGoToFirstFile(handle), 0)
        while status == UNZ_OK {
            count += 1
            if count > WorkbookLimit.entries.most { throw .tooLarge(.entries) }
            if let entry = try currentEntry() {
                let key = entry.name.lowercased()
                // Of two parts with one name it is unclear which is meant.
                if entries.updateValue(entry, forKey: key) != nil { throw .broken(.part(entry.name)) }
            }
            status = unzGoToNextFile(handle)
        }
        guard status == UNZ_END_OF_LIST_OF_FILE else { throw .broken(.archive) }
    }

    /// The entry at which minizip is; `nil` when no part can have its name.
    private func currentEntry() throws(WorkbookError) -> Entry? {
        var (info, position) = (unz_file_info64(), unz64_file_pos())
        var buffer = [CChar](repeating: 0, count: Archive.longestName + 1)
        guard unzGetCurrentFileInfo64(handle, &info, &buffer, UInt(Archive.longestName), nil, 0, nil, 0) == UNZ_OK,
            unzGetFilePos64(handle, &position) == UNZ_OK
        else { throw .broken(.archive) }
        guard info.size_filename <= Archive.longestName else { return nil }
        let bytes = buffer.prefix(Int(info.size_filename)).map { UInt8(bitPattern: $0) }
        // Some programs write the separator of their system.
        let path = String(decoding: bytes.map { $0 == 0x5C ? 0x2F : $0 }, as: UTF8.self).split(separator: "/").map(String.init)
        let name = path.joined(separator: "/")
        if path.contains("..") || bytes.contains(0) { throw .broken(.entryName(name)) }
        guard !path.isEmpty, bytes.last != 0x2F else { return nil }
        return Entry(
            name: name, position: position, packedSize: info.compressed_size, size: info.uncompressed_size,
            isEncrypted: info.flag & Archive.encryptedFlags != 0)
    }

    func contains(_ name: String) -> Bool { entries[name.lowercased()] != nil }

    /// Unpacks a part piece by piece.
    func read(_ name: String, _ body: (UnsafeRawBufferPointer) throws(WorkbookError) -> Void) throws(WorkbookError) {
        guard let entry = entries[name.lowercased()] else { throw .broken(.missingPart(name)) }
        if entry.isEncrypted { throw .encrypted }
        try checkRatio(entry, unpacked: entry.size)
        var position = entry.position
        guard unzGoToFilePos64(handle, &position) == UNZ_OK, unzOpenCurrentFile(handle) == UNZ_OK else { throw .broken(.part(name)) }
        var isOpen = true
        defer { if isOpen { unzCloseCurrentFile(handle) } }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Archive.pieceSize, alignment: 16)
        defer { buffer.deallocate() }
        var unpacked: UInt64 = 0
        while true {
            let count = unzReadCurrentFile(handle, buffer.baseAddress, UInt32(buffer.count))
            guard count > 0 else {
                // The end has to be where the list of the parts says; closing compares the checksum.
                guard count == 0, unpacked == entry.size else { throw .broken(.part(name)) }
                break
            }
            unpacked += UInt64(count)
            try budget.unpack(Int(count))
            try checkRatio(entry, unpacked: unpacked)
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)]))
        }
        isOpen = false
        guard unzCloseCurrentFile(handle) == UNZ_OK else { throw .broken(.part(name)) }
    }

    private func checkRatio(_ entry: Entry, unpacked: UInt64) throws(WorkbookError) {
        if unpacked > Archive.harmlessSize, unpacked / UInt64(WorkbookLimit.ratio.most) >= entry.packedSize { throw .tooLarge(.ratio) }
    }
}
