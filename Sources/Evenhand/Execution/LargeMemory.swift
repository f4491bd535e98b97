#if canImport(Glibc)
    import Glibc
#endif

/// Memory that is read here and there.
package enum LargeMemory {
    /// Asks the system for large pages under a buffer that has not been written yet: far fewer page faults and address look-ups.
    ///
    /// For tables that are looked up at random: what is written from end to end gains little, and large pages can be dear to get.
    /// Buffers below two megabytes are left alone; it is a hint, and its failure does no harm.
    package static func prefer(_ start: UnsafeMutableRawPointer?, byteCount: Int) {
        #if os(Linux)
            let largePage = 1 << 21
            guard let start, byteCount >= largePage else { return }
            let address = UInt(bitPattern: start)
            let first = (address + UInt(largePage) - 1) & ~UInt(largePage - 1)
            let length = Int(address + UInt(byteCount) - first) & ~(largePage - 1)
            madvise(UnsafeMutableRawPointer(bitPattern: first), length, MADV_HUGEPAGE)
        #endif
    }
}
