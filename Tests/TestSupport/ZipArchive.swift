/// A ZIP archive as bytes, right or wrong on purpose.
public struct ZipArchive {
    /// One entry; what is not said about it is true.
    public struct Entry {
        /// Its name.
        public var name: String
        /// What stands in the archive: the content itself, or what it was packed to.
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

        /// So many spaces in a deflated entry that is a thousandth of them.
        public init(_ name: String, spaces: Int) {
            let repeats = (spaces - 1) / 258
            self.init(name, [UInt8](repeating: 0x20, count: 1 + 258 * repeats))
            (packed, method) = (ZipArchive.deflated(repeats: repeats), 8)
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
            let place = content.count
            let name = Array(entry.name.utf8)
            var common = words(20, entry.flags, entry.method, 0, 0x21)
            common += double(entry.checksum) + double(entry.packed.count) + double(entry.size)
            common += words(UInt16(name.count), 0)
            content += [0x50, 0x4B, 3, 4] as [UInt8]
            content += common + name + entry.packed
            directory += [0x50, 0x4B, 1, 2] + words(20)
            directory += common + words(0, 0, 0)
            directory += double(0) + double(place) + name
        }
        let count = UInt16(truncatingIfNeeded: entries.count)
        var end: [UInt8] = [0x50, 0x4B, 5, 6] + words(0, 0, count, count)
        end += double(directory.count) + double(content.count) + words(0)
        return content + directory + end
    }

    private func words(_ values: UInt16...) -> [UInt8] { values.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }

    private func double(_ value: some BinaryInteger) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

    /// CRC-32.
    public static func checksum(of bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }

    private static let table: [UInt32] = (0..<256).map { (index: UInt32) -> UInt32 in
        var value = index
        for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        return value
    }

    /// A space, and `repeats` times its repetition 258 times: one block with the fixed codes.
    private static func deflated(repeats: Int) -> [UInt8] {
        var (bytes, bits, count) = ([UInt8](), UInt32(0), UInt32(0))
        // Codes are written from their first bit, everything else from its last.
        func write(_ code: UInt32, _ length: UInt32) {
            for place in 0..<length {
                bits |= (code >> (length - 1 - place) & 1) << count
                count += 1
                if count == 8 {
                    bytes.append(UInt8(bits))
                    (bits, count) = (0, 0)
                }
            }
        }
        write(0b110, 3)
        write(0x30 + 0x20, 8)
        for _ in 0..<repeats { write(0b1100_0101 << 5, 13) }
        write(0, 7)
        if count > 0 { bytes.append(UInt8(bits)) }
        return bytes
    }
}
