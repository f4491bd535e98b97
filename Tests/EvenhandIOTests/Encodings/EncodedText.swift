import Glibc

/// A text in an encoding of the system's iconv; `nil` when the encoding lacks one of its characters.
func encoded(_ text: String, in encoding: String) -> [UInt8]? {
    let converter = iconv_open(encoding, "UTF-8")
    guard Int(bitPattern: converter) != -1 else { return nil }
    defer { iconv_close(converter) }
    var source = Array(text.utf8CString.dropLast())
    var target = [CChar](repeating: 0, count: source.count * 4)
    let room = target.count
    var (left, free) = (source.count, room)
    let status = source.withUnsafeMutableBufferPointer { source in
        target.withUnsafeMutableBufferPointer { target in
            var (input, output) = (source.baseAddress, target.baseAddress)
            return iconv(converter, &input, &left, &output, &free)
        }
    }
    guard status == 0 else { return nil }
    return target.prefix(room - free).map { UInt8(bitPattern: $0) }
}
