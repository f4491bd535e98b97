import CUchardet

/// Which encoding a text that is not Unicode's is written in, and what it could be as well.
///
/// Many texts of some hundred bytes are valid in five encodings, so each reading is judged by its characters: how frequent they are in
/// the languages that are written so, whether capitals and signs appear where words have none, whether words of score sheets are found,
/// and what a library of detectors says. A reading that takes `doubtful` bits more than the best one is out of the question.
struct EncodingEvidence {
    /// The best reading.
    let encoding: TextEncoding
    let doubt: EncodingDoubt?

    private static let doubtful = 12.0
    /// More bits for each byte beyond ASCII than a text takes in its own encoding: of one byte for a character, and of several.
    private static let (implausible, implausibleOfSeveral) = (9.5, 8.5)
    /// What a few rare characters may take beyond that where several bytes make one, and noise cannot be as short.
    private static let rareBits = 24.0
    private static let wordBits = 8.0
    private static let mostWords = 4
    /// What the word of the library counts.
    private static let libraryBits = 6.0

    private struct Reading {
        let encoding: TextEncoding
        let text: [UInt8]
        let bits: Double
    }

    /// `nil` when the text is plausible in no encoding.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        let words = EncodedWords(bytes)
        guard words.highBytes > 0 else { return nil }
        let library = EncodingEvidence.library(words)
        let readings = EncodingCandidate.all.compactMap { EncodingEvidence.reading(of: words, $0, library: library) }
        guard let best = readings.min(by: { $0.bits < $1.bits }) else { return nil }
        encoding = best.encoding
        let others = readings.filter { $0.text != best.text && $0.bits - best.bits < EncodingEvidence.doubtful }
        let lines = best.text.split(separator: 0x0A)
        doubt = others.min { $0.bits < $1.bits }.flatMap { other in
            let differing = zip(lines, other.text.split(separator: 0x0A)).enumerated().first { $1.0 != $1.1 }?.offset
            guard let differing, differing < words.fields.count else { return nil }
            let field = UnsafeBufferPointer(rebasing: bytes[words.fields[differing]])
            guard let shown = try? best.encoding.decoded(field), let otherShown = try? other.encoding.decoded(field) else { return nil }
            return EncodingDoubt(
                other: other.encoding.name, shown: String(decoding: shown, as: UTF8.self),
                otherShown: String(decoding: otherShown, as: UTF8.self))
        }
    }

    private static func reading(of words: EncodedWords, _ candidate: EncodingCandidate, library: String) -> Reading? {
        let decoded = words.joined.withUnsafeBufferPointer { try? candidate.encoding.decoded($0) }
        guard let decoded else { return nil }
        let text = Array(String(decoding: decoded, as: UTF8.self).unicodeScalars)
        let head = words.head.withUnsafeBufferPointer { try? candidate.encoding.decoded($0) } ?? []
        let lines = String(decoding: head, as: UTF8.self).lowercased()
        // Letters of ASCII cost the same in every reading that is right about them.
        let most =
            Double(words.highBytes) * (candidate.form == .single ? implausible : implausibleOfSeveral)
            + (candidate.form == .single ? 0 : rareBits) + Double(4 * words.joined.count { $0 >= 0x41 && $0 < 0x80 })
        var least: Double?
        for language in candidate.languages {
            var cost = TextCost(language)
            if candidate.form == .single {
                cost.addSingle(text)
            } else {
                guard let pieces = pieces(of: words.joined, candidate.form), pieces.count == text.count else { return nil }
                for (scalar, piece) in zip(text, pieces) { cost.add(scalar, words.joined[piece], candidate.form) }
            }
            guard cost.bits <= most else { continue }
            let found = min(language.count(in: lines), mostWords)
            least = min(least ?? .infinity, cost.bits - wordBits * Double(found))
        }
        guard let least else { return nil }
        let heard = candidate.knownAs.contains(library) ? libraryBits : 0
        return Reading(encoding: candidate.encoding, text: decoded, bits: least + candidate.rarity - heard)
    }

    /// The bytes of each character; `nil` when the last one is cut.
    private static func pieces(of bytes: [UInt8], _ form: EncodingCandidate.Form) -> [Range<Int>]? {
        var (result, position) = ([Range<Int>](), 0)
        result.reserveCapacity(bytes.count)
        while position < bytes.count {
            let lead = bytes[position]
            var length = lead < 0x80 ? 1 : 2
            switch form {
            case .gb18030 where length == 2 && position + 1 < bytes.count && bytes[position + 1] < 0x40: length = 4
            case .shiftJIS where (0xA0...0xDF).contains(lead) || lead == 0x80: length = 1
            case .eucJP where lead == 0x8F: length = 3
            default: break
            }
            guard position + length <= bytes.count else { return nil }
            result.append(position..<position + length)
            position += length
        }
        return result
    }

    /// The name that the library gives the encoding; empty when it knows none.
    private static func library(_ words: EncodedWords) -> String {
        guard let detector = uchardet_new() else { return "" }
        defer { uchardet_delete(detector) }
        for piece in [words.head, words.joined] {
            let status = piece.withUnsafeBytes { uchardet_handle_data(detector, $0.baseAddress, $0.count) }
            if status != 0 { return "" }
        }
        uchardet_data_end(detector)
        return uchardet_get_charset(detector).map { String(cString: $0) } ?? ""
    }
}

/// Another encoding that a text could be in, and a name as it reads in both.
public struct EncodingDoubt: Sendable, Equatable {
    /// The name of the other encoding.
    public let other: String
    /// The name as it was read.
    public let shown: String
    /// The same in the other encoding.
    public let otherShown: String
}

extension WrittenLanguage {
    /// How many of its words a text in lower case has; in languages with spaces a word has to begin there.
    fileprivate func count(in text: String) -> Int {
        words.count { word in
            text.ranges(of: word).contains { range in
                guard let before = text[..<range.lowerBound].unicodeScalars.last else { return true }
                return !Script.isLetter(before) || Script(before) == .han || Script(before) == .hangul || Script(before) == .kana
            }
        }
    }
}
