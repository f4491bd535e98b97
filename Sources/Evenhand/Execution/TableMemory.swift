import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether a table that grows with the square of a number fits in memory, asked before the work on it begins.
enum TableMemory {
    /// The bytes that tables may take: half of what the machine, the process's limit and its control group allow, whichever is least.
    static let limit: Int = {
        let physical = Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE)))
        return min(physical, addressSpace, controlGroup ?? .max) / 2
    }()

    /// Refuses tables that do not fit.
    ///
    /// - Parameters:
    ///   - count: of judges or entries; they are `what`.
    ///   - bytes: that the tables take together.
    /// - Throws: `FitError.tooLarge`.
    static func require(_ bytes: Double, for count: Int, _ what: String) throws(FitError) {
        if bytes > Double(limit) { throw .tooLarge(of: what, count: count, bytes: bytes, limit: limit) }
    }

    /// Refuses so many square matrices of Doubles, and any where the library for them is missing.
    static func require(squares: Int, of count: Int, _ what: String) throws(FitError) {
        if !MatrixLibrary.isInstalled { throw .noMatrixLibrary }
        try require(8 * Double(squares) * Double(count) * Double(count), for: count, what)
    }

    private static var addressSpace: Int {
        var own = rlimit()
        #if canImport(Glibc)
            let found = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &own)
        #else
            let found = getrlimit(RLIMIT_AS, &own)
        #endif
        return found == 0 ? Int(clamping: own.rlim_cur) : .max
    }

    /// What a container allows; `nil` where it says nothing.
    private static var controlGroup: Int? {
        let file = open("/sys/fs/cgroup/memory.max", O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = read(file, &bytes, bytes.count)
        return Int(String(decoding: bytes.prefix { (0x30...0x39).contains($0) && count > 0 }, as: UTF8.self))
    }
}
