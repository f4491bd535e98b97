import EvenhandIO
import Glibc

/// Reads whatever bytes come as a file of scores, thoroughly and not.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzText(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: data, count: size)
    // The first byte chooses the options, so that every way of reading is tried.
    var options = ReadingOptions()
    let choice = bytes.first ?? 0
    options.isWide = choice & 1 != 0
    options.file = choice & 2 != 0 ? .judge : nil
    options.scoreColumns = choice & 4 != 0 ? .criterion : nil
    let path = "/tmp/evenhand-fuzz-\(getpid()).csv"
    guard let file = fopen(path, "w") else { return 0 }
    if size > 1 { fwrite(data + 1, 1, size - 1, file) }
    fclose(file)
    _ = try? Reading(of: [path], as: options, isThorough: choice & 8 != 0)
    return 0
}
