/// What is broken in a workbook.
public enum WorkbookDamage: Sendable, Equatable {
    /// The list of the parts at the end of the file is missing or makes no sense: the file was cut off or changed.
    case archive
    /// A part cannot be unpacked, or is not what was packed.
    case part(String)
    /// A part that another one names is not there.
    case missingPart(String)
    /// An entry of the archive has a name that leads out of it.
    case entryName(String)
    /// A part is not well-formed XML.
    case notXML(part: String, line: Int)
    /// A part declares a document type, as no workbook does.
    case documentType(part: String)
    /// A cell, a row or a merged area has an address or a content that cannot be.
    case cell(String)
}

/// What a workbook has too much of.
public enum WorkbookLimit: Sendable, Equatable {
    /// Entries of the archive.
    case entries
    /// Bytes of all parts that were unpacked.
    case unpackedBytes
    /// Unpacked bytes for each packed one.
    case ratio
    /// Rows of a sheet.
    case rows
    /// Columns of a sheet.
    case columns
    /// Bytes of one cell's text.
    case cellBytes
    /// Bytes of all rows, cells and texts together.
    case contentBytes
    /// Names and levels of elements: more than any spreadsheet program writes.
    case markup

    /// The most that is read.
    public var most: Int {
        switch self {
        // A workbook has a few entries for each sheet; ten thousand are more than a spreadsheet program opens.
        case .entries: 10_000
        // Eight million short cells. Parts are parsed as they are unpacked, so this bounds time rather than memory.
        case .unpackedBytes: 256 << 20
        // Sheets shrink to a tenth, wide ones with nothing but formats to a fiftieth; only rows that are all the same come near this.
        case .ratio: 200
        // What the format itself allows.
        case .rows: 1 << 20
        case .columns: 1 << 14
        // 32,767 characters of a spreadsheet program have at most three bytes each.
        case .cellBytes: 3 * 32767
        case .contentBytes: 256 << 20
        // For the parser's buffers and names; some hundred kilobytes are usual.
        case .markup: 32 << 20
        }
    }
}

/// Why a workbook cannot be read, before it is known under which path it was given.
enum WorkbookError: Error, Equatable {
    case broken(WorkbookDamage)
    case tooLarge(WorkbookLimit)
    case encrypted
    /// The binary format of older programs.
    case old
    /// Another kind of file in the same kind of archive.
    case foreign
    /// A kind of file that is known by name.
    case other(FileKind)

    var kind: ScoreSheetError.Kind {
        switch self {
        case .broken(let damage): .brokenWorkbook(damage)
        case .tooLarge(let limit): .workbookTooLarge(limit)
        case .encrypted: .encryptedWorkbook
        case .old: .oldWorkbook
        case .foreign: .notAWorkbook
        case .other(let kind): .otherFormat(kind)
        }
    }
}
