import EvenhandIO
import Glibc

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// The package manager calls the main function by this name; libFuzzer's own is not linked.
@_cdecl("FuzzWorkbook_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    var (count, arguments) = (count, arguments)
    return runFuzzer(&count, &arguments) { fuzzWorkbook($0, $1) }
}

/// Reads whatever bytes come as a workbook.
private func fuzzWorkbook(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: data, count: size)
    // The first byte chooses the options, so that every way of reading is tried.
    var options = ReadingOptions()
    let choice = bytes.first ?? 0
    options.isWide = choice & 1 != 0
    options.file = choice & 2 != 0 ? .judge : nil
    options.scoreColumns = choice & 4 != 0 ? .criterion : nil
    let path = "/tmp/evenhand-fuzz-\(getpid()).xlsx"
    guard let file = fopen(path, "w") else { return 0 }
    if size > 1 { fwrite(data + 1, 1, size - 1, file) }
    fclose(file)
    _ = try? Reading(of: [path], as: options, isThorough: choice & 8 != 0)
    return 0
}
