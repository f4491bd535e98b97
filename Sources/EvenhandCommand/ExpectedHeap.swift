import CProcess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Large pages for the scores of files of some size.
enum ExpectedHeap {
    /// Less is not worth the call. Of more, a virtual machine seldom has large pages at hand, and its host makes them at several times the
    /// price of small ones: with ten million scores that took a quarter of the time.
    private static let sizes = 1 << 22...1 << 26

    /// Prepares the heap for what files of scores become: about as many bytes as they have.
    static func prepare(for paths: [String]) {
        let size = paths.reduce(0) { sum, path in
            var status = stat()
            return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? sum + Int(status.st_size) : sum
        }
        if sizes.contains(size) { evenhand_expect_heap(size) }
    }
}
