/// Reads whatever bytes come as a sheet in one of the containers; the first byte chooses the options, the second the container.
///
/// What bytes changed at random would hardly ever be, an archive or a chain of sectors that hold together, is made of them here;
/// `o` is the content of an OpenDocument, `b` the records of a binary workbook, `j` JSON and `g` packed text; every other byte takes
/// the rest as it is.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzContainer(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    guard size > 2 else { return 0 }
    let (choice, rest) = (data[0] & ~16, Array(UnsafeBufferPointer(start: data + 2, count: size - 2)))
    switch data[1] {
    case UInt8(ascii: "o"):
        let parts = rest.split(separator: 0x0C, maxSplits: 1, omittingEmptySubsequences: false)
        var entries = [ZipArchive.Entry("content.xml", Array(parts[0]))]
        if parts.count > 1 { entries.append(ZipArchive.Entry("META-INF/manifest.xml", Array(parts[1]))) }
        read(ZipArchive(entries).bytes, choice)
    case UInt8(ascii: "b"):
        var file = CompoundDocument(("Workbook", rest))
        file.smallLimit = choice & 8 != 0 ? 4096 : 0
        read(file.bytes, choice)
    case UInt8(ascii: "g"): read(gzip(rest, level: 1), choice)
    default: read(rest, choice)
    }
    return 0
}

private func read(_ bytes: [UInt8], _ choice: UInt8) { bytes.withUnsafeBytes { FuzzedFile.read($0, choice: choice) } }
