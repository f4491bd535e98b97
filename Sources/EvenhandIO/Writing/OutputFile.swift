#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Files written whole or not at all.
///
/// The bytes go to a file next to the target, which then takes the target's name in one step: a reader sees the old file or the
/// new one, and after an error only the old one. A link is followed and stays a link, and a file that is replaced keeps its
/// permissions. A target that is not a regular file, such as a pipe or `/dev/stdout`, is written directly.
public enum OutputFile {
    /// Writes the bytes to the path, in place of whatever file is there.
    public static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
        try write([bytes] as any Sequence<[UInt8]>, to: path)
    }

    /// Writes pieces one after the other to one file.
    public static func write(_ chunks: any Sequence<[UInt8]>, to path: String) throws(OutputError) {
        try stage([(path, chunks)])
    }

    /// Writes the text as UTF-8.
    public static func write(_ text: String, to path: String) throws(OutputError) {
        try write(Array(text.utf8), to: path)
    }

    /// Writes several files; none takes its name before all have been written.
    public static func write(_ files: [(path: String, bytes: [UInt8])]) throws(OutputError) {
        try stage(files.map { ($0.path, [$0.bytes]) })
    }

    /// Writes several files unless one of them exists, so that nothing is lost that somebody has written into it.
    ///
    /// - Throws: `OutputError.exists`, before anything is written.
    public static func writeNew(_ files: [(path: String, bytes: [UInt8])]) throws(OutputError) {
        var status = stat()
        for file in files where lstat(file.path, &status) == 0 { throw .exists(path: file.path) }
        try write(files)
    }

    private static func stage(_ files: [(path: String, chunks: any Sequence<[UInt8]>)]) throws(OutputError) {
        var staged: [StagedFile] = []
        do {
            for file in files {
                guard let target = try Target(path: file.path) else {
                    try writeDirectly(file.chunks, to: file.path)
                    continue
                }
                staged.append(try StagedFile(file.chunks, for: target))
            }
            for file in staged { try file.takeName() }
        } catch {
            for file in staged { file.discard() }
            throw error
        }
    }

    /// Makes the directory and those above it, unless they exist.
    public static func makeDirectory(_ path: String) throws(OutputError) {
        guard !path.isEmpty else { throw .cannotMakeDirectory(path: path, reason: errorText(ENOENT)) }
        let parents = path.indices.dropFirst().filter { path[$0] == "/" }.map { String(path[..<$0]) }
        // Only the last answer counts: what is above may exist without our being allowed to look at it.
        for parent in parents { _ = mkdir(parent, 0o777) }
        if mkdir(path, 0o777) == 0 { return }
        let reason = errno
        guard isDirectory(path) else { throw .cannotMakeDirectory(path: path, reason: errorText(reason)) }
    }

    /// Removes a file, if there is one.
    static func remove(_ path: String) { unlink(path) }

    /// Whether a path leads to a directory.
    public static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names of what is in a directory, in order; none of a path that is not one.
    public static func names(in path: String) -> [String] {
        guard isDirectory(path), let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.sorted()
    }

    /// Whether two paths lead to the same file.
    public static func isSame(_ a: String, _ b: String) -> Bool {
        var (first, second) = (stat(), stat())
        guard stat(a, &first) == 0, stat(b, &second) == 0 else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    private static func writeDirectly(_ chunks: any Sequence<[UInt8]>, to path: String) throws(OutputError) {
        // Opened anew, a redirected standard output would start again at its first byte.
        let ours = ["/dev/stdout": STDOUT_FILENO, "/dev/stderr": STDERR_FILENO][path]
        let descriptor = ours ?? open(path, O_WRONLY)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: errorText(errno)) }
        defer { if ours == nil { close(descriptor) } }
        if let error = writeAll(chunks, to: descriptor) { throw .cannotWrite(path: path, reason: errorText(error)) }
    }
}

/// A regular file, or a name that is still free, with links followed.
private struct Target {
    let path: String
    /// As the user wrote it, for messages.
    let givenPath: String
    let permissions: mode_t?

    /// Nil when the path leads to something other than a regular file.
    init?(path: String) throws(OutputError) {
        if ["/dev/stdout", "/dev/stderr"].contains(path) { return nil }
        givenPath = path
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw .cannotWrite(path: path, reason: errorText(errno)) }
            self.path = path
            permissions = nil
            return
        }
        guard status.st_mode & S_IFMT == S_IFREG, let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        self.path = String(cString: resolved)
        permissions = status.st_mode & 0o7777
        guard access(self.path, W_OK) == 0 else { throw .cannotWrite(path: path, reason: errorText(errno)) }
    }
}

/// A complete file next to its target, waiting for the target's name.
private struct StagedFile {
    let target: Target
    let path: String

    init(_ chunks: any Sequence<[UInt8]>, for target: Target) throws(OutputError) {
        self.target = target
        path = "\(target.path).\(getpid()).part"
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
        guard descriptor >= 0 else { throw .cannotWrite(path: target.givenPath, reason: errorText(errno)) }
        var error = writeAll(chunks, to: descriptor)
        if error == nil, let permissions = target.permissions, fchmod(descriptor, permissions) != 0 { error = errno }
        if close(descriptor) != 0, error == nil { error = errno }
        if let error {
            discard()
            throw .cannotWrite(path: target.givenPath, reason: errorText(error))
        }
    }

    func takeName() throws(OutputError) {
        guard rename(path, target.path) == 0 else { throw .cannotWrite(path: target.givenPath, reason: errorText(errno)) }
    }

    func discard() { unlink(path) }
}

/// Nil when all is written, else the error number.
private func writeAll(_ chunks: any Sequence<[UInt8]>, to descriptor: Int32) -> Int32? {
    for chunk in chunks {
        if let error = writeAll(chunk, to: descriptor) { return error }
    }
    return nil
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer in
        var start = 0
        while start < buffer.count {
            let count = write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
            if count >= 0 {
                start += count
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }
}

private func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }
