public import EvenhandIO

/// Whether a recorded result comes out again.
package struct Replay: Sendable, Equatable {
    /// The files that are missing or different, and those that cannot be read again.
    package let changed: [String]
    /// The first line that differs, counted from 1; `nil` when none does, or nothing came out.
    package let firstDifference: Int?
    /// The largest relative difference where numbers alone differ, as they do in the last digits of models on another processor.
    package let largestDifference: Double?
    /// Whether anything came out.
    package let isMade: Bool
    private let fileCount: Int
    private let version: String

    /// Compares the files of a result with their digests, makes it again and compares the bytes.
    ///
    /// - Parameters:
    ///   - recorded: the result.
    ///   - digests: of its files now; `nil` for one that cannot be read.
    ///   - again: makes the result.
    package init(of recorded: RecordedResult, digests: [String?], again: () throws -> [UInt8]?) rethrows {
        changed = zip(recorded.files, digests).filter { $0.digest == nil || $0.digest != $1 }.map(\.0.path)
        (fileCount, version) = (recorded.files.count, recorded.version)
        let made = changed.isEmpty ? try again() : nil
        isMade = made != nil
        firstDifference = made.flatMap { Replay.firstDifference($0, recorded.bytes) }
        largestDifference = firstDifference == nil ? nil : made.flatMap { Replay.largestDifference($0, recorded.bytes) }
    }

    /// Whether the files and the result are the same.
    package var isSame: Bool { changed.isEmpty && isMade && firstDifference == nil }

    private static func firstDifference(_ a: [UInt8], _ b: [UInt8]) -> Int? {
        guard a != b else { return nil }
        let common = zip(a, b).prefix { $0 == $1 }
        return 1 + common.count { $0.0 == 0x0A }
    }

    /// The largest relative difference of two texts that differ in numbers alone; `nil` of others.
    private static func largestDifference(_ a: [UInt8], _ b: [UInt8]) -> Double? {
        func isOfNumber(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) }
        func parts(_ text: [UInt8]) -> [Substring] {
            let text = String(decoding: text, as: UTF8.self)
            return text.utf8.split(maxSplits: .max, omittingEmptySubsequences: false) { !isOfNumber($0) }.map { Substring($0) }
        }
        func rest(_ text: [UInt8]) -> [UInt8] { text.filter { !isOfNumber($0) } }
        let (ours, theirs) = (parts(a), parts(b))
        guard ours.count == theirs.count, rest(a) == rest(b) else { return nil }
        var largest = 0.0
        for (one, other) in zip(ours, theirs) where one != other {
            guard let x = Double(one), let y = Double(other) else { return nil }
            largest = max(largest, (x - y).magnitude / max(x.magnitude, y.magnitude))
        }
        return largest
    }

    /// Below this only the order of a processor's operations differs.
    private static let lastDigits = 1e-9

    /// The answer in words.
    package func text(in language: Language) -> String {
        if !changed.isEmpty {
            return language.say(
                "Not made again: \(language.list(changed)) \(changed.count == 1 ? "is" : "are") missing, changed or cannot be read twice.",
                "未重新生成：\(language.list(changed)) 缺失、已改动或无法再次读取。")
        }
        guard isMade else { return language.say("The recorded arguments give no result.", "按记录的参数没有得到结果。") }
        if let largestDifference, largestDifference < Replay.lastDigits {
            let apart = NumberFormat.scientific(largestDifference, digits: 1)
            return language.say(
                "The files are the same, and so is the result but for the last digits of some numbers (at most \(apart) of each), in which processors differ.",
                "文件相同，结果也相同，仅个别数字的末位不同（相对差不超过 \(apart)），这是处理器运算次序不同所致。")
        }
        if let firstDifference {
            return language.say(
                "The files are the same, but the result differs from line \(firstDifference) on (it was made by version \(version)).",
                "文件相同，但结果从第 \(firstDifference) 行起不同（原结果由 \(version) 版生成）。")
        }
        return language.say(
            "The result comes out again, byte for byte, from \(language.count(fileCount, "file", "")) with the same SHA-256.",
            "由 SHA-256 相同的 \(fileCount) 个文件重新得到逐字节相同的结果。")
    }
}

extension ResultFileError {
    /// Why a file is no result that can be made again, with its stable code.
    public func message(in language: Language) -> String {
        switch self {
        case .unreadable(let path, let reason): language.say("Cannot read \(path): \(reason). [E701]", "无法读取 \(path)：\(reason)。[E701]")
        case .malformed(let path, let line, let problem):
            language.say("\(path), line \(line): ", "\(path) 第 \(line) 行：") + problem.wording(language)
                + language.say(" A result comes from --format json. [E702]", "结果文件由 --format json 生成。[E702]")
        }
    }
}
