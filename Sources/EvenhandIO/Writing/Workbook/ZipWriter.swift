import CMinizip

/// A ZIP archive that is made in memory, entry by entry. It holds no times, so that the same content gives the same bytes.
struct ZipWriter {
    private var content: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0
    /// Whether every size and offset fits the 32 bits that the format has for them.
    private(set) var isValid = true

    /// Adds a file that the closure writes, piece by piece.
    mutating func add(_ name: String, _ write: (Deflater) -> Void) {
        let packed = Deflater()
        write(packed)
        packed.finish()
        let position = content.count
        let path = Array(name.utf8)
        // Version 2.0, names in UTF-8, deflated, 1 January 1980.
        var common = ZipWriter.words(20, 0x800, 8, 0, 0x21) + ZipWriter.doubles(Int(packed.checksum), packed.bytes.count, packed.size)
        common += ZipWriter.words(path.count, 0)
        content += [0x50, 0x4B, 3, 4] as [UInt8]
        content += common + path
        content += packed.bytes
        directory += [0x50, 0x4B, 1, 2] + ZipWriter.words(20)
        directory += common + ZipWriter.words(0, 0, 0)
        directory += ZipWriter.doubles(0, position) + path
        count += 1
        if max(packed.size, content.count) > Int(UInt32.max) { isValid = false }
    }

    /// Adds a file of text.
    mutating func add(_ name: String, _ text: String) {
        add(name) { packed in packed.append(text) }
    }

    /// The archive.
    var bytes: [UInt8] {
        let end: [UInt8] = [0x50, 0x4B, 5, 6] + ZipWriter.words(0, 0, count, count)
        return content + directory + end + ZipWriter.doubles(directory.count, content.count) + ZipWriter.words(0)
    }

    private static func words(_ values: Int...) -> [UInt8] { values.flatMap { bytes(of: $0, 2) } }
    private static func doubles(_ values: Int...) -> [UInt8] { values.flatMap { bytes(of: $0, 4) } }

    private static func bytes(of value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
}

/// Bytes that are packed as they come, so that a long sheet is never in memory unpacked.
final class Deflater {
    private(set) var bytes: [UInt8] = []
    /// The CRC-32 of what was packed.
    private(set) var checksum: UInt = 0
    /// How many bytes were packed.
    private(set) var size = 0
    /// zlib keeps the address of its stream.
    private let stream: UnsafeMutablePointer<z_stream>
    private let room: UnsafeMutableBufferPointer<UInt8>

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        room = .allocate(capacity: 1 << 16)
        // Without the head and the end of zlib's own format: window bits below 0.
        let status = deflateInit2_(
            stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory for a stream")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        room.deallocate()
    }

    func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    func append(_ piece: UnsafeBufferPointer<UInt8>) {
        guard let start = piece.baseAddress, !piece.isEmpty else { return }
        size += piece.count
        checksum = crc32_z(checksum, start, piece.count)
        // The stream counts in 32 bits.
        for first in stride(from: 0, to: piece.count, by: 1 << 30) {
            stream.pointee.next_in = UnsafeMutablePointer(mutating: start + first)
            stream.pointee.avail_in = UInt32(min(1 << 30, piece.count - first))
            pack(Z_NO_FLUSH)
        }
    }

    func finish() { pack(Z_FINISH) }

    private func pack(_ flush: Int32) {
        repeat {
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = UInt32(room.count)
            deflate(stream, flush)
            bytes += room.prefix(room.count - Int(stream.pointee.avail_out))
        } while stream.pointee.avail_out == 0
    }
}
