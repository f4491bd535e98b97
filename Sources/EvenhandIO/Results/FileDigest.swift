import CDigest

/// The SHA-256 of a file or of some bytes, by which a result says what it was made from.
///
/// Source: NIST, *Secure Hash Standard*, FIPS 180-4 (2015).
package struct FileDigest: Sendable, Equatable {
    /// In 64 hexadecimal digits.
    package let hexadecimal: String

    /// The digest of a file; `nil` of one that cannot be read, or can be read only once, such as standard input.
    package init?(ofFile path: String) {
        guard path != "-", !path.hasPrefix("/dev/") else { return nil }
        var digits = [CChar](repeating: 0, count: 65)
        guard evenhand_sha256_of_file(path, &digits) else { return nil }
        hexadecimal = String(decoding: digits.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The digest of bytes in memory.
    package init(of bytes: [UInt8]) {
        var digits = [CChar](repeating: 0, count: 65)
        evenhand_sha256(bytes, bytes.count, &digits)
        hexadecimal = String(decoding: digits.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
