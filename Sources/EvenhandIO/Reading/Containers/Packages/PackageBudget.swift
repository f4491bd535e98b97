/// What may still be unpacked and kept of one workbook: a small hostile file must not fill the memory.
final class PackageBudget {
    private var unpacked = 0
    private var kept = 0

    /// Counts bytes that were unpacked.
    func unpack(_ bytes: Int) throws(WorkbookError) {
        unpacked += bytes
        if unpacked > WorkbookLimit.unpackedBytes.most { throw .tooLarge(.unpackedBytes) }
    }

    /// Counts bytes that are kept.
    func keep(_ bytes: Int) throws(WorkbookError) {
        kept += bytes
        if kept > WorkbookLimit.contentBytes.most { throw .tooLarge(.contentBytes) }
    }

    /// Makes a text that is kept. Fifteen bytes are in the String itself, more in a block with a head of its own.
    func text(_ bytes: [UInt8]) throws(WorkbookError) -> String {
        try keep(MemoryLayout<String>.stride + (bytes.count > 15 ? bytes.count + 48 : 0))
        return String(decoding: bytes, as: UTF8.self)
    }
}
