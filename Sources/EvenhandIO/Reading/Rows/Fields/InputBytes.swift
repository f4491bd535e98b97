#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The bytes of one input: a file mapped to memory, or what came through a pipe.
///
/// At least `padding` zero bytes can be read after the last one, so that words and blocks can be loaded anywhere.
final class InputBytes: @unchecked Sendable {
    /// The path as it was given; `-` is standard input.
    let path: String
    let count: Int
    let base: UnsafePointer<UInt8>
    private let region: UnsafeMutableRawPointer
    private let mappedLength: Int?

    private static let padding = 128

    init(path: String) throws(ScoreSheetError) {
        self.path = path
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ScoreSheetError(.unreadable(reason: String(cString: strerror(errno))), file: path) }
        defer { if path != "-" { close(descriptor) } }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw ScoreSheetError(.unreadable(reason: String(cString: strerror(errno))), file: path)
        }
        if status.st_mode & S_IFMT == S_IFDIR { throw ScoreSheetError(.directory, file: path) }
        if status.st_mode & S_IFMT == S_IFREG, status.st_size > 0, let mapped = InputBytes.map(descriptor, Int(status.st_size)) {
            (region, mappedLength, count) = (mapped.region, mapped.length, Int(status.st_size))
        } else {
            (region, count) = try InputBytes.readAll(descriptor, path: path)
            mappedLength = nil
        }
        base = UnsafePointer(region.assumingMemoryBound(to: UInt8.self))
    }

    /// Bytes that were made of what is in a file.
    init(path: String, bytes: [UInt8]) {
        self.path = path
        count = bytes.count
        region = InputBytes.zeros(bytes.count + InputBytes.padding)
        mappedLength = nil
        base = UnsafePointer(region.assumingMemoryBound(to: UInt8.self))
        bytes.withUnsafeBytes { if let first = $0.baseAddress { region.copyMemory(from: first, byteCount: bytes.count) } }
    }

    /// Memory that `free` takes back.
    private static func zeros(_ count: Int) -> UnsafeMutableRawPointer {
        guard let region = calloc(count, 1) else { preconditionFailure("no memory for \(count) bytes") }
        return region
    }

    deinit {
        if let mappedLength { munmap(region, mappedLength) } else { free(region) }
    }

    /// Gives back the memory of a part that has been read; a mapped file is read again when it is needed again.
    func release(_ range: Range<Int>) {
        let page = Int(getpagesize())
        let (first, last) = ((range.lowerBound + page - 1) / page * page, range.upperBound / page * page)
        if mappedLength != nil, last > first { madvise(region + first, last - first, MADV_DONTNEED) }
    }

    subscript(range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base + range.lowerBound, count: range.count) }

    /// The file followed by at least one readable page of zeros: an anonymous mapping with the file laid over its beginning.
    private static func map(_ descriptor: Int32, _ size: Int) -> (region: UnsafeMutableRawPointer, length: Int)? {
        let page = Int(getpagesize())
        let length = (size + page - 1) / page * page + page
        guard let region = mmap(nil, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), region != MAP_FAILED else { return nil }
        guard mmap(region, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0) != MAP_FAILED else {
            munmap(region, length)
            return nil
        }
        madvise(region, size, MADV_SEQUENTIAL)
        return (region, length)
    }

    private static func readAll(_ descriptor: Int32, path: String) throws(ScoreSheetError) -> (UnsafeMutableRawPointer, Int) {
        var (capacity, count) = (1 << 16, 0)
        guard var region = malloc(capacity) else {
            throw ScoreSheetError(.unreadable(reason: String(cString: strerror(ENOMEM))), file: path)
        }
        while true {
            if capacity - count < 1 << 15 {
                guard let larger = realloc(region, capacity * 2) else {
                    free(region)
                    throw ScoreSheetError(.unreadable(reason: String(cString: strerror(ENOMEM))), file: path)
                }
                (region, capacity) = (larger, capacity * 2)
            }
            let got = read(descriptor, region + count, capacity - count - InputBytes.padding)
            if got == 0 { break }
            if got < 0 {
                if errno == EINTR { continue }
                let reason = String(cString: strerror(errno))
                free(region)
                throw ScoreSheetError(.unreadable(reason: reason), file: path)
            }
            count += got
        }
        memset(region + count, 0, InputBytes.padding)
        return (region, count)
    }
}
