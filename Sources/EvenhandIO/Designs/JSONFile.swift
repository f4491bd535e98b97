/// The bytes of a small file of JSON, or the operating system's reason why it cannot be read.
struct JSONFile {
    let path: String

    func bytes() throws(Unreadable) -> [UInt8] {
        do throws(ScoreSheetError) {
            let input = try InputBytes(path: path)
            return Array(input[0..<input.count])
        } catch {
            if case .unreadable(let reason) = error.problems[0].kind { throw Unreadable(reason: reason) }
            throw Unreadable(reason: "Is a directory")
        }
    }

    struct Unreadable: Error { let reason: String }
}
