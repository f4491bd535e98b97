/// The text of one cell or string as it comes in pieces.
struct CellText {
    private(set) var bytes: [UInt8] = []
    /// Whether what comes belongs to the text.
    var isOpen = false
    /// Above 0 inside a reading aid: how a name is pronounced is not part of it.
    var aidDepth = 0

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        (isOpen, aidDepth) = (false, 0)
    }

    mutating func append(_ piece: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        guard isOpen, aidDepth == 0 else { return }
        if bytes.count + piece.count > WorkbookLimit.cellBytes.most { throw .tooLarge(.cellBytes) }
        bytes.append(contentsOf: piece)
    }

    /// The text with `_x000D_` and the like replaced by the characters that XML cannot hold.
    var unescaped: [UInt8] {
        guard bytes.contains(0x5F) else { return bytes }
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if let scalar = escape(at: position) {
                result += Array(String(scalar).utf8)
                position += 7
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        return result
    }

    private func escape(at position: Int) -> Unicode.Scalar? {
        guard position + 7 <= bytes.count, bytes[position] == 0x5F, bytes[position + 1] == 0x78, bytes[position + 6] == 0x5F else {
            return nil
        }
        let digits = String(decoding: bytes[position + 2..<position + 6], as: UTF8.self)
        return digits.utf8.allSatisfy { $0 != 0x2B && $0 != 0x2D } ? UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) : nil
    }
}
