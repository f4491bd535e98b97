/// What kind of file the scores come in, detected from its bytes and not from its name.
enum SourceFormat {
    /// Text in UTF-8, with the name of the encoding that it was written in.
    case text(InputBytes, encoding: String, doubt: EncodingDoubt?)
    case workbook(Workbook)
    /// Objects of JSON as rows.
    case records(Grid, encoding: String)

    init(of input: InputBytes, encoding: String?) throws(ScoreSheetError) {
        let raw = UnsafeRawBufferPointer(input[0..<input.count])
        guard Gzip.isRecognized(raw) else {
            try self.init(unpacked: input, encoding: encoding)
            return
        }
        let text: [UInt8]
        do throws(GzipError) { text = try Gzip.unpacked(raw) } catch { throw ScoreSheetError(error.kind, file: input.path) }
        // What was packed twice was packed for something else than to be read.
        if text.withUnsafeBytes(Gzip.isRecognized) { throw ScoreSheetError(.brokenGzip, file: input.path) }
        try self.init(unpacked: InputBytes(path: input.path, bytes: text), encoding: encoding)
    }

    private init(unpacked input: InputBytes, encoding: String?) throws(ScoreSheetError) {
        let bytes = input[0..<input.count]
        let raw = UnsafeRawBufferPointer(bytes)
        if Workbook.isRecognized(raw) {
            self = .workbook(try Workbook(raw, path: input.path))
            return
        }
        if let kind = FileKind(raw) { throw ScoreSheetError(.otherFormat(kind), file: input.path) }
        let (found, doubt) = try TextEncoding.found(in: bytes, named: encoding, path: input.path)
        // Only text that says so by its encoding has zero bytes.
        if found.isUTF8, bytes.prefix(4096).contains(0) { throw ScoreSheetError(.notText, file: input.path) }
        do throws(TextEncodingError) {
            let text = found.isUTF8 ? input : InputBytes(path: input.path, bytes: try found.decoded(bytes))
            self = .text(text, encoding: found.name, doubt: doubt)
        } catch {
            throw error.sheetError(path: input.path)
        }
        try lookInside()
    }

    /// Takes a text for what it is, when it is markup or JSON.
    private mutating func lookInside() throws(ScoreSheetError) {
        guard case .text(let text, let encoding, _) = self else { return }
        let bytes = UnsafeRawBufferPointer(text[0..<text.count])
        if let kind = FileKind(markup: bytes) { throw ScoreSheetError(.otherFormat(kind), file: text.path) }
        if JSONRecords.isRecognized(bytes) { self = .records(try Grid(json: bytes, path: text.path), encoding: encoding) }
    }

    /// The text when its first bytes were ASCII and the whole of it is no UTF-8 but another encoding.
    static func secondLook(at input: InputBytes) -> (text: InputBytes, encoding: String, doubt: EncodingDoubt?)? {
        let (found, doubt) = TextEncoding.detect(input[0..<input.count])
        guard !found.isUTF8, let text = try? found.decoded(input[0..<input.count]) else { return nil }
        return (InputBytes(path: input.path, bytes: text), found.name, doubt)
    }
}

extension TextEncoding {
    /// The encoding that the user names, or that the bytes tell.
    fileprivate static func found(in bytes: UnsafeBufferPointer<UInt8>, named name: String?, path: String) throws(ScoreSheetError)
        -> (TextEncoding, EncodingDoubt?)
    {
        guard let name else { return detect(beginningOf: bytes) }
        do throws(TextEncodingError) { return (try TextEncoding(named: name), nil) } catch { throw error.sheetError(path: path) }
    }
}
