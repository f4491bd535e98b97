import CMinizip

/// What lies in a file that `gzip` packed.
enum Gzip {
    /// As much as a text is unpacked to.
    static let mostBytes = 1 << 29
    /// Sheets shrink to a tenth, those with the same row again and again to a fiftieth.
    static let mostRatio = 200
    /// A text this small may be packed as well as it can.
    private static let harmlessSize = 1 << 20
    private static let pieceSize = 1 << 18
    /// The window of 32 kB, with the head and the checksum of gzip.
    private static let windowBits: CInt = 15 + 16

    static func isRecognized(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: [0x1F, 0x8B, 0x08]) }

    /// Unpacks the members of a file one after the other.
    static func unpacked(_ bytes: UnsafeRawBufferPointer) throws(GzipError) -> [UInt8] {
        var (result, position) = ([UInt8](), 0)
        repeat {
            position += try member(UnsafeRawBufferPointer(rebasing: bytes[position...]), packed: bytes.count, into: &result)
            // Tapes and blocks are filled with zeros, which belong to no member.
        } while isRecognized(UnsafeRawBufferPointer(rebasing: bytes[position...]))
        return result
    }

    /// Unpacks one member and counts its packed bytes.
    private static func member(_ bytes: UnsafeRawBufferPointer, packed: Int, into result: inout [UInt8]) throws(GzipError) -> Int {
        var stream = z_stream()
        guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else { throw .broken }
        defer { inflateEnd(&stream) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
        defer { buffer.deallocate() }
        var position = 0
        while true {
            if stream.avail_in == 0 {
                let count = min(bytes.count - position, 1 << 30)
                guard count > 0, let base = bytes.baseAddress else { throw .broken }
                // zlib does not write to its input, though its type says so.
                stream.next_in = UnsafeMutableRawPointer(mutating: base + position).assumingMemoryBound(to: Bytef.self)
                stream.avail_in = uInt(count)
                position += count
            }
            stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: Bytef.self)
            stream.avail_out = uInt(buffer.count)
            let status = inflate(&stream, Z_NO_FLUSH)
            guard status == Z_OK || status == Z_STREAM_END else { throw .broken }
            result += UnsafeRawBufferPointer(rebasing: buffer[..<(buffer.count - Int(stream.avail_out))])
            if result.count > mostBytes || (result.count > harmlessSize && result.count / mostRatio >= packed) { throw .tooLarge }
            if status == Z_STREAM_END { return position - Int(stream.avail_in) }
        }
    }
}

/// Why a packed file cannot be unpacked.
enum GzipError: Error, Equatable {
    /// Cut off, changed, or no file of gzip after its head.
    case broken
    case tooLarge

    var kind: ScoreSheetError.Kind {
        switch self {
        case .broken: .brokenGzip
        case .tooLarge: .gzipTooLarge(ratio: Gzip.mostRatio, bytes: Gzip.mostBytes)
        }
    }
}
