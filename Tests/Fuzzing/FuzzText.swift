/// Reads whatever bytes come as a text file of scores; the first one chooses the options.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzText(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    guard size > 1 else { return 0 }
    FuzzedFile.read(UnsafeRawBufferPointer(start: data + 1, count: size - 1), choice: data[0])
    return 0
}
