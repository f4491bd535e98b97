import CProcess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Memory for the scores of large files.
enum ExpectedHeap {
    /// Below this size small pages do.
    private static let least = 1 << 22
    private static let most = 1 << 30

    /// Prepares the heap for what files of scores become: about as many bytes as they have.
    static func prepare(for paths: [String]) {
        let size = paths.reduce(0) { sum, path in
            var status = stat()
            return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? sum + Int(status.st_size) : sum
        }
        if size >= least { evenhand_expect_heap(min(size, most)) }
    }
}
