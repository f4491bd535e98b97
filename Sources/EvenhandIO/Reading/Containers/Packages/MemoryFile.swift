import CMinizip

/// Bytes in memory with a position in them: what minizip takes for a file.
final class MemoryFile {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// `bytes` has to outlive the file.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Opens the bytes as an archive; `nil` when they are none. The file has to outlive the handle.
    func archive() -> unzFile? {
        var functions = zlib_filefunc64_def()
        functions.zopen64_file = { file, _, _ in file }
        functions.zread_file = { _, file, target, size in MemoryFile.at(file)?.read(into: target, Int(clamping: size)) ?? 0 }
        functions.ztell64_file = { _, file in UInt64(MemoryFile.at(file)?.position ?? 0) }
        functions.zseek64_file = { _, file, offset, origin in MemoryFile.at(file)?.seek(offset, origin) ?? -1 }
        functions.zclose_file = { _, _ in 0 }
        functions.zerror_file = { _, _ in 0 }
        functions.opaque = Unmanaged.passUnretained(self).toOpaque()
        return unzOpen2_64(nil, &functions)
    }

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> MemoryFile? {
        pointer.map { Unmanaged<MemoryFile>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A short count, as at the end of the bytes, is an error to minizip.
    private func read(into target: UnsafeMutableRawPointer?, _ size: Int) -> UInt {
        let count = min(size, bytes.count - position)
        guard count > 0, let target, let base = bytes.baseAddress else { return 0 }
        target.copyMemory(from: base + position, byteCount: count)
        position += count
        return UInt(count)
    }

    /// Offsets come from the archive and can be anything.
    private func seek(_ offset: UInt64, _ origin: Int32) -> Int {
        let start =
            switch origin {
            case ZLIB_FILEFUNC_SEEK_CUR: position
            case ZLIB_FILEFUNC_SEEK_END: bytes.count
            default: 0
            }
        let (target, overflow) = start.addingReportingOverflow(Int(truncatingIfNeeded: offset))
        guard !overflow, target >= 0, target <= bytes.count else { return -1 }
        position = target
        return 0
    }
}
