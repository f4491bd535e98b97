/// A file of streams in sectors, as programs wrote them before they packed XML, right or wrong on purpose.
public struct CompoundDocument {
    /// The streams in their order.
    public var streams: [(name: String, bytes: [UInt8])]
    /// Streams below this size lie in small sectors.
    public var smallLimit: UInt32 = 4096

    private static let sector = 512
    private static let end: UInt32 = 0xFFFF_FFFE

    /// A file of streams.
    public init(_ streams: (name: String, bytes: [UInt8])...) { self.streams = streams }

    /// The file.
    public var bytes: [UInt8] {
        var (body, successors, entries) = ([UInt8](), [UInt32](), [[UInt8]]())
        func add(_ content: [UInt8]) -> UInt32 {
            guard !content.isEmpty else { return CompoundDocument.end }
            let (first, count) = (successors.count, (content.count + CompoundDocument.sector - 1) / CompoundDocument.sector)
            body += content + [UInt8](repeating: 0, count: count * CompoundDocument.sector - content.count)
            successors += (1..<count + 1).map { $0 == count ? CompoundDocument.end : UInt32(first + $0) }
            return UInt32(first)
        }
        var (small, smallSuccessors) = ([UInt8](), [UInt32]())
        for stream in streams {
            var start = CompoundDocument.end
            if stream.bytes.count >= Int(smallLimit) {
                start = add(stream.bytes)
            } else if !stream.bytes.isEmpty {
                start = UInt32(smallSuccessors.count)
                let count = (stream.bytes.count + 63) / 64
                small += stream.bytes + [UInt8](repeating: 0, count: count * 64 - stream.bytes.count)
                smallSuccessors += (1..<count + 1).map { $0 == count ? CompoundDocument.end : start + UInt32($0) }
            }
            entries.append(entry(stream.name, type: 2, start: start, size: stream.bytes.count))
        }
        let root = entry("Root Entry", type: 5, start: add(small), size: small.count)
        let smallTable = add(smallSuccessors.flatMap(double))
        let directory = add(([root] + entries).flatMap(\.self))
        let table = successors.count
        // A table of 128 successors for each sector, with one for itself.
        let tables = (successors.count + 126) / 127
        successors += [UInt32](repeating: 0xFFFF_FFFD, count: tables)
        let padding = [UInt32](repeating: 0xFFFF_FFFF, count: tables * 128 - successors.count)
        body += (successors + padding).flatMap(double)
        var head: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
        head += word(0x3E) + word(3) + word(0xFFFE) + word(9) + word(6) + [UInt8](repeating: 0, count: 10)
        head += double(UInt32(tables)) + double(directory) + double(0) + double(smallLimit) + double(smallTable)
        head += double(1) + double(CompoundDocument.end) + double(0)
        head += (0..<109).flatMap { double($0 < tables ? UInt32(table + $0) : 0xFFFF_FFFF) }
        return head + body
    }

    private func entry(_ name: String, type: UInt8, start: UInt32, size: Int) -> [UInt8] {
        let letters = name.utf16.flatMap(word)
        var entry = letters + [UInt8](repeating: 0, count: 64 - letters.count) + word(UInt16(letters.count + 2)) + [type, 1]
        entry += [UInt8](repeating: 0xFF, count: 12) + [UInt8](repeating: 0, count: 36) + double(start) + double(UInt32(size)) + double(0)
        return entry
    }

    private func word(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }
    private func double(_ value: UInt32) -> [UInt8] { word(UInt16(value & 0xFFFF)) + word(UInt16(value >> 16)) }
}
