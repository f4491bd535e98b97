/// Form feeds are between the parts: XML cannot contain any.
private let separator: UInt8 = 0x0C
private let names = [
    "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml",
    "_rels/.rels", "xl/styles.xml",
]

/// Reads whatever bytes come as a workbook; the first one chooses the options.
///
/// Bytes changed at random are hardly ever an archive with sound checksums, so they are the parts, and the archive is made of them here;
/// bit 4 of the choice, `P`, takes them as they are.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWorkbook(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    guard size > 1 else { return 0 }
    let (choice, bytes) = (data[0], UnsafeBufferPointer(start: data + 1, count: size - 1))
    if choice & 16 != 0 {
        FuzzedFile.read(UnsafeRawBufferPointer(bytes), choice: choice & ~16)
    } else {
        let parts = bytes.split(separator: separator, omittingEmptySubsequences: false)
        let entries = zip(names, parts).filter { !$1.isEmpty }.map { ZipArchive.Entry($0, Array($1)) }
        ZipArchive(entries).bytes.withUnsafeBytes { FuzzedFile.read($0, choice: choice) }
    }
    return 0
}
