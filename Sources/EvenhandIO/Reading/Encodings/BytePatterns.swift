/// Which bytes can follow which in an encoding.
enum BytePatterns {
    /// Whether the bytes are UTF-8; of a text that is not whole the last character may be cut.
    static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Bool {
        var place = 0
        while place < bytes.count {
            let first = bytes[place]
            if first < 0x80 {
                place = endOfASCII(bytes, from: place)
                continue
            }
            guard let length = utf8Length(first) else { return false }
            for step in 1..<length {
                guard place + step < bytes.count else { return !isWhole }
                let byte = bytes[place + step]
                guard step == 1 ? secondBytes(after: first).contains(byte) : byte & 0xC0 == 0x80 else { return false }
            }
            place += length
        }
        return true
    }

    /// Whether more characters beyond ASCII are UTF-8 than bytes are not; in Chinese of another encoding hardly any is.
    static func isMostlyUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var (sound, broken, place) = (0, 0, 0)
        while place < bytes.count {
            guard let length = bytes[place] < 0x80 ? 1 : utf8Length(bytes[place]), place + length <= bytes.count,
                bytes[place + 1..<place + length].allSatisfy({ $0 & 0xC0 == 0x80 })
            else {
                (broken, place) = (broken + 1, place + 1)
                continue
            }
            (sound, place) = (sound + (length > 1 ? 1 : 0), place + length)
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

    /// The first byte from `place` on that is not ASCII; eight are looked at together.
    private static func endOfASCII(_ bytes: UnsafeBufferPointer<UInt8>, from place: Int) -> Int {
        var place = place
        let raw = UnsafeRawBufferPointer(bytes)
        while place + 8 <= raw.count, raw.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 { place += 8 }
        while place < raw.count, raw[place] < 0x80 { place += 1 }
        return place
    }
}
