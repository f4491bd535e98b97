import CMinizip

/// A ZIP archive as bytes, right or wrong on purpose.
public struct ZipArchive {
    /// One entry; what is not said about it is true.
    public struct Entry {
        /// Its name.
        public var name: String
        /// What is in the archive: the content itself, or what it was packed to.
        public var packed: [UInt8]
        /// 0: as it is; 8: deflated.
        public var method: UInt16 = 0
        /// General purpose bits.
        public var flags: UInt16 = 0
        /// The size that the headers give for the content.
        public var size: Int
        /// The checksum that the headers give.
        public var checksum: UInt32

        /// An entry that is stored as it is.
        public init(_ name: String, _ content: [UInt8]) {
            (self.name, packed, size, checksum) = (name, content, content.count, ZipArchive.checksum(of: content))
        }

        /// An entry that is stored as it is.
        public init(_ name: String, _ content: String) { self.init(name, Array(content.utf8)) }

        /// The same entry, deflated.
        public var deflated: Entry {
            var entry = self
            (entry.packed, entry.method) = (ZipArchive.deflated(packed), 8)
            return entry
        }
    }

    /// The entries in their order.
    public var entries: [Entry]

    /// An archive of entries.
    public init(_ entries: [Entry]) { self.entries = entries }

    /// The archive.
    public var bytes: [UInt8] {
        var (content, directory) = ([UInt8](), [UInt8]())
        for entry in entries {
            let position = content.count
            let name = Array(entry.name.utf8)
            var common = words(20, entry.flags, entry.method, 0, 0x21)
            common += double(entry.checksum) + double(entry.packed.count) + double(entry.size)
            common += words(UInt16(name.count), 0)
            content += [0x50, 0x4B, 3, 4] as [UInt8]
            content += common + name + entry.packed
            directory += [0x50, 0x4B, 1, 2] + words(20)
            directory += common + words(0, 0, 0)
            directory += double(0) + double(position) + name
        }
        let count = UInt16(truncatingIfNeeded: entries.count)
        var end: [UInt8] = [0x50, 0x4B, 5, 6] + words(0, 0, count, count)
        end += double(directory.count) + double(content.count) + words(0)
        return content + directory + end
    }

    private func words(_ values: UInt16...) -> [UInt8] { values.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }

    private func double(_ value: some BinaryInteger) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

    private static func checksum(of bytes: [UInt8]) -> UInt32 { UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count))) }

    /// Packed as well as it can be.
    private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var count = compressBound(UInt(bytes.count))
        var packed = [UInt8](repeating: 0, count: Int(count))
        guard compress2(&packed, &count, bytes, UInt(bytes.count), 9) == Z_OK else { return [] }
        // Without the head and the checksum of zlib's own format.
        return Array(packed[2..<Int(count) - 4])
    }
}
