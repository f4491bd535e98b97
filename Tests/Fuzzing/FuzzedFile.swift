import Evenhand
import EvenhandIO
import Glibc

/// A file in memory that is read as scores, again and again with other bytes.
enum FuzzedFile {
    private static let descriptor: CInt = {
        var name = Array("/dev/shm/evenhand-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        unlink(name)
        return descriptor
    }()

    /// Reads the bytes as a file of scores; each bit of `choice` is an option, and `@` is none of them.
    static func read(_ bytes: UnsafeRawBufferPointer, choice: UInt8) {
        var options = ReadingOptions()
        options.isWide = choice & 1 != 0
        options.file = choice & 2 != 0 ? .judge : nil
        options.scoreColumns = choice & 4 != 0 ? .criterion : nil
        if choice & 16 != 0 { options.encoding = choice & 128 != 0 ? "ISO-2022-JP" : "GB18030" }
        if choice & 32 != 0 { options.range = (Fraction(0), Fraction(100)) }
        if choice & 128 != 0 { options.sheet = .heat }
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes.baseAddress, bytes.count, 0) == bytes.count else { abort() }
        let path = "/proc/self/fd/\(descriptor)"
        if choice & 64 == 0 { options.entries = path }
        guard let reading = try? Reading(of: [path], as: options, isThorough: choice & 8 != 0) else { return }
        let found = (reading.changes, reading.missing, reading.wrongTotals, reading.uncheckedColumns)
        withExtendedLifetime(found) { _ = reading.places(of: Array(reading.sheet.units.indices.prefix(3))) }
    }
}
