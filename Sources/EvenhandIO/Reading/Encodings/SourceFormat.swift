/// What kind of file the scores stand in, told from its first bytes.
enum SourceFormat {
    /// Text in UTF-8, with the name of the encoding that it was written in.
    case text(InputBytes, encoding: String, doubt: EncodingDoubt?)
    case workbook(Workbook)

    init(of input: InputBytes, encoding: String?) throws(ScoreSheetError) {
        let bytes = input[0..<input.count]
        if bytes.starts(with: [0x1F, 0x8B]) { throw ScoreSheetError(.compressed, file: input.path) }
        if Workbook.isRecognized(UnsafeRawBufferPointer(bytes)) {
            self = .workbook(try Workbook(UnsafeRawBufferPointer(bytes), path: input.path))
            return
        }
        let (found, doubt) = try TextEncoding.found(in: bytes, named: encoding, path: input.path)
        // Only text that says so by its encoding has zero bytes.
        if found.isUTF8, bytes.prefix(4096).contains(0) { throw ScoreSheetError(.notText, file: input.path) }
        do throws(TextEncodingError) {
            let text = found.isUTF8 ? input : InputBytes(path: input.path, bytes: try found.decoded(bytes))
            self = .text(text, encoding: found.name, doubt: doubt)
        } catch {
            throw error.sheetError(path: input.path)
        }
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
