import CMinizip

/// Packs bytes as `gzip` does; `level` 0 keeps them as they are.
public func gzip(_ bytes: [UInt8], level: CInt = 9) -> [UInt8] {
    var stream = z_stream()
    let size = CInt(MemoryLayout<z_stream>.size)
    guard deflateInit2_(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else { return [] }
    defer { deflateEnd(&stream) }
    var (source, packed) = (bytes, [UInt8](repeating: 0, count: Int(compressBound(UInt(bytes.count))) + 64))
    let room = packed.count
    let status = source.withUnsafeMutableBufferPointer { source in
        packed.withUnsafeMutableBufferPointer { packed in
            (stream.next_in, stream.avail_in) = (source.baseAddress, uInt(source.count))
            (stream.next_out, stream.avail_out) = (packed.baseAddress, uInt(packed.count))
            return deflate(&stream, Z_FINISH)
        }
    }
    return status == Z_STREAM_END ? Array(packed.prefix(room - Int(stream.avail_out))) : []
}
