#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The system's iconv.
enum TextConverter {
    static func exists(_ encoding: String) -> Bool {
        guard let converter = open(encoding) else { return false }
        iconv_close(converter)
        return true
    }

    private static func open(_ encoding: String) -> iconv_t? {
        let converter = iconv_open("UTF-8", encoding)
        // The answer to an unknown name is -1 in a pointer's clothes.
        return Int(bitPattern: converter) == -1 ? nil : converter
    }

    /// The text in UTF-8; nothing is replaced or left out.
    ///
    /// - Parameter converter: the name of the system's converter, when it differs.
    static func utf8(of bytes: UnsafeBufferPointer<UInt8>, in encoding: String, by converter: String? = nil) throws(TextEncodingError)
        -> [UInt8]
    {
        guard let converter = open(converter ?? encoding) ?? open(encoding) else { throw .unknown(encoding) }
        defer { iconv_close(converter) }
        // Two bytes become three at most in the encodings that are common; others go round once more.
        var (result, room, done) = ([UInt8](), bytes.count / 2 * 3 + 64, 0)
        while true {
            let piece = piece(of: bytes, from: done, room: room, converter)
            result = result.isEmpty ? piece.text : result + piece.text
            done = piece.done
            if piece.reason == 0 { return result }
            guard piece.reason == E2BIG else {
                throw .invalid(encoding: encoding, offset: done, line: 1 + result.lazy.filter { $0 == 0x0A }.count)
            }
            room = max(64, (bytes.count - done) * 4 + 64)
        }
    }

    /// Converts until the end, a fault, or the end of the room; `reason` is the error's number or 0.
    private static func piece(of bytes: UnsafeBufferPointer<UInt8>, from start: Int, room: Int, _ converter: iconv_t)
        -> (text: [UInt8], done: Int, reason: Int32)
    {
        var (left, reason) = (bytes.count - start, Int32(0))
        let text = [UInt8](unsafeUninitializedCapacity: room) { target, used in
            var free = target.count
            target.withMemoryRebound(to: CChar.self) { target in
                var output = target.baseAddress
                // iconv does not write to its input, though its type says so.
                var input = bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0 + start).assumingMemoryBound(to: CChar.self) }
                var status = iconv(converter, &input, &left, &output, &free)
                // A few encodings hold back what may combine with the next character.
                if status != -1 { status = iconv(converter, nil, nil, &output, &free) }
                if status == -1 { reason = errno }
            }
            used = target.count - free
        }
        return (text, bytes.count - left, reason)
    }
}
