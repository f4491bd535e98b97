/// A kind of file that holds no text and no sheet that can be read, detected from its content whatever its name says.
public enum FileKind: String, Sendable, CaseIterable {
    /// HTML, or an archive of a web page.
    case webPage = "web page"
    /// XML that is not a sheet, or a sheet as one text of XML.
    case xml = "XML"
    /// A PDF document.
    case pdf = "PDF"
    /// A document of a word processor.
    case textDocument = "text document"
    /// A presentation.
    case slides
    /// Apple's spreadsheet.
    case numbers = "Numbers"
    /// A workbook in the binary form of `.xlsb`.
    case binaryWorkbook = "xlsb"
    /// Data packed by zstd.
    case zstd
    /// Data packed by xz.
    case xz
    /// Data packed by bzip2.
    case bzip2
    /// A 7-Zip archive.
    case sevenZip = "7z"
    /// A RAR archive.
    case rar
    /// A zip archive that is not a workbook.
    case zip
    /// A table in Apache Parquet.
    case parquet
    /// An SQLite database.
    case sqlite
    /// A picture.
    case image

    /// The stable code of the error.
    var code: String {
        switch self {
        case .zstd, .xz, .bzip2: "E103"
        case .webPage: "E131"
        case .xml: "E132"
        case .pdf: "E133"
        case .textDocument: "E134"
        case .slides: "E135"
        case .numbers: "E136"
        case .binaryWorkbook: "E137"
        case .sevenZip, .rar, .zip: "E138"
        case .parquet, .sqlite: "E139"
        case .image: "E160"
        }
    }

    /// The kind that the first bytes indicate; `nil` for what may be text.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first, let signs = FileKind.signs[first] else { return nil }
        guard let found = signs.first(where: { bytes.starts(with: $0.bytes) && $0.isSure(bytes) }) else { return nil }
        self = found.kind
    }

    private struct Sign {
        let kind: FileKind
        let bytes: [UInt8]
        /// What has to follow from the fifth byte on, or below the first thirty-two, so that no text is taken for it.
        var isSure: @Sendable (UnsafeRawBufferPointer) -> Bool = { _ in true }

        init(_ kind: FileKind, _ bytes: [UInt8], isSure: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool = { _ in true }) {
            (self.kind, self.bytes, self.isSure) = (kind, bytes, isSure)
        }

        init(_ kind: FileKind, _ text: String, isSure: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool = { _ in true }) {
            self.init(kind, Array(text.utf8), isSure: isSure)
        }
    }

    private static func hasZero(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.prefix(32).contains(0) }

    private static let signs: [UInt8: [Sign]] = Dictionary(
        grouping: [
            Sign(.pdf, "%PDF-"), Sign(.textDocument, "{\\rtf"), Sign(.sqlite, "SQLite format 3\0"), Sign(.rar, "Rar!\u{1A}\u{7}"),
            Sign(.parquet, "PAR1", isSure: { $0.count > 8 && $0.suffix(4).elementsEqual("PAR1".utf8) }),
            Sign(.zstd, [0x28, 0xB5, 0x2F, 0xFD]), Sign(.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
            Sign(.bzip2, "BZh", isSure: { $0.dropFirst(4).starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]) }),
            Sign(.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]), Sign(.image, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            Sign(.image, [0xFF, 0xD8, 0xFF]), Sign(.image, "GIF8", isSure: hasZero), Sign(.image, "BM", isSure: hasZero),
            Sign(.image, "II*\0"), Sign(.image, [0x4D, 0x4D, 0, 0x2A]),
            Sign(.image, "RIFF", isSure: { $0.dropFirst(8).starts(with: "WEBP".utf8) }),
            Sign(.image, [0, 0, 0], isSure: { $0.dropFirst(4).starts(with: "ftyp".utf8) }),
        ], by: { $0.bytes[0] })

    /// The kind that the parts of an archive indicate; `nil` for a workbook and for what is unknown.
    init?(of archive: Archive) {
        let signs: [(String, FileKind)] = [
            ("word/document.xml", .textDocument), ("ppt/presentation.xml", .slides), ("xl/workbook.bin", .binaryWorkbook),
            ("index/document.iwa", .numbers), ("index.zip", .numbers), ("index.xml", .numbers),
        ]
        guard !archive.contains("xl/workbook.xml"), let found = signs.first(where: { archive.contains($0.0) }) else { return nil }
        self = found.1
    }

    /// Whether a text in UTF-8 is markup: a page saved under the name of a sheet.
    init?(markup bytes: UnsafeRawBufferPointer) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes[(bytes.starts(with: mark) ? 3 : 0)...].prefix(4096).drop { $0 <= 0x20 }.prefix(512)
        let lower = text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        if lower.starts(with: "mime-version:".utf8) {
            self = .webPage
            return
        }
        guard lower.first == UInt8(ascii: "<") else { return nil }
        let word = lower.dropFirst().prefix { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "?") }
        let behind = lower.dropFirst(word.count + 1).first
        guard behind == nil || behind == UInt8(ascii: ">") || behind.map({ $0 <= 0x20 || $0 == UInt8(ascii: "-") }) == true else {
            return nil
        }
        switch String(decoding: word, as: UTF8.self) {
        case "?xml" where !lower.contains("<html".utf8), "workbook", "svg", "rss": self = .xml
        case "!doctype", "!", "?xml", "html", "head", "body", "table", "meta", "style", "div", "script": self = .webPage
        default: return nil
        }
    }
}

extension Collection<UInt8> where Self: RandomAccessCollection, Index == Int {
    /// Whether the bytes of a word are somewhere in these.
    fileprivate func contains(_ word: String.UTF8View) -> Bool {
        let word = Array(word)
        return indices.contains { self[$0...].starts(with: word) }
    }
}
