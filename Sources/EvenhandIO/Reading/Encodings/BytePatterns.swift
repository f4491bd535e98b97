/// Which bytes can follow which in an encoding.
enum BytePatterns {
    /// Whether the bytes are UTF-8; of a text that is not whole the last character may be cut.
    static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Bool {
        var position = 0
        while position < bytes.count {
            let first = bytes[position]
            if first < 0x80 {
                position = endOfASCII(bytes, from: position)
                continue
            }
            guard let length = utf8Length(first) else { return false }
            for step in 1..<length {
                guard position + step < bytes.count else { return !isWhole }
                let byte = bytes[position + step]
                guard step == 1 ? secondBytes(after: first).contains(byte) : byte & 0xC0 == 0x80 else { return false }
            }
            position += length
        }
        return true
    }

    /// Whether more characters beyond ASCII are UTF-8 than bytes are not; in Chinese of another encoding hardly any is.
    static func isMostlyUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var (sound, broken, position) = (0, 0, 0)
        while position < bytes.count {
            guard let length = bytes[position] < 0x80 ? 1 : utf8Length(bytes[position]), position + length <= bytes.count,
                bytes[position + 1..<position + length].allSatisfy({ $0 & 0xC0 == 0x80 })
            else {
                (broken, position) = (broken + 1, position + 1)
                continue
            }
            (sound, position) = (sound + (length > 1 ? 1 : 0), position + length)
        }
        return sound > broken
    }

    private static func utf8Length(_ first: UInt8) -> Int? {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }

    /// No character in more bytes than it needs, no surrogates, none above U+10FFFF.
    private static func secondBytes(after first: UInt8) -> ClosedRange<UInt8> {
        switch first {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    }

    /// The first byte from `position` on that is not ASCII; eight are looked at together.
    private static func endOfASCII(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int) -> Int {
        var position = position
        let raw = UnsafeRawBufferPointer(bytes)
        while position + 8 <= raw.count, raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
            position += 8
        }
        while position < raw.count, raw[position] < 0x80 { position += 1 }
        return position
    }
}
