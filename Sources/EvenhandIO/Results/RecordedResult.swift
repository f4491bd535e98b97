/// What a result in JSON says of its origin: the arguments that made it and the files that they read.
package struct RecordedResult: Sendable {
    /// A file that was read.
    package struct File: Sendable, Equatable {
        /// Its path, as it was given.
        package let path: String
        /// Its SHA-256 in hexadecimal digits; `nil` of standard input.
        package let digest: String?
    }

    /// The version of the program.
    package let version: String
    /// The command and its options, without those that say where the output goes.
    package let arguments: [String]
    /// The sheets and the other files.
    package let files: [File]
    /// The result itself.
    package let bytes: [UInt8]

    /// Reads a result.
    ///
    /// - Throws: `ResultFileError`.
    package init(contentsOf path: String) throws(ResultFileError) {
        do throws(JSONFile.Unreadable) { bytes = try JSONFile(path: path).bytes() } catch {
            throw .unreadable(path: path, reason: error.reason)
        }
        do throws(JSONError) {
            var members = try JSONObject(JSONParser.value(of: bytes), key: "result")
            version = try members.required("evenhand", JSONValue.text)
            arguments = try members.required("arguments", JSONValue.list(of: JSONValue.text))
            let file = { (value: JSONValue, key: String) throws(JSONError) -> File in
                var members = try JSONObject(value, key: key)
                return File(path: try members.required("path", JSONValue.text), digest: try members.optional("sha256", JSONValue.text))
            }
            files =
                try members.required("input", JSONValue.list(of: file)) + (try members.optional("files", JSONValue.list(of: file)) ?? [])
        } catch { throw .malformed(path: path, line: error.line, error.problem) }
    }
}

/// Why a file holds no result that can be made again.
public enum ResultFileError: Error, Sendable, Equatable {
    /// The file cannot be read; `reason` is the operating system's own text.
    case unreadable(path: String, reason: String)
    /// It is no result in JSON, or one of an earlier version that did not record its arguments.
    case malformed(path: String, line: Int, JSONProblem)
}
