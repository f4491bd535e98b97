public import EvenhandIO

extension OutputError {
    /// What could not be written, and why, with its stable code.
    public func message(in language: Language) -> String {
        switch self {
        case .cannotWrite(let path, let reason):
            language.say("Cannot write \(path): \(reason). [E501]", "无法写入 \(path)：\(language.reason(ofSystem: reason))。[E501]")
        case .overwritesInput(let path):
            language.say(
                "\(path) is one of the input files; write to another file. [E502]", "\(path) 是输入文件之一，请写入其他文件。[E502]")
        case .cannotMakeDirectory(let path, let reason):
            language.say(
                "Cannot create the directory \(path): \(reason). [E503]", "无法创建目录 \(path)：\(language.reason(ofSystem: reason))。[E503]")
        case .exists(let path):
            language.say(
                "\(path) exists already and may be filled in; name another directory, or move the file away first. [E505]",
                "\(path) 已存在，可能已填写；请指定其他目录，或先移走该文件。[E505]")
        case .exceedsWorkbook(let table, let rows, let columns):
            language.say(
                "The table \(table) has \(rows) rows and \(columns) columns, more than a sheet of a workbook holds; use --format csv --table \(table), or --top with fewer rows. [E504]",
                "表 \(table) 有 \(rows) 行、\(columns) 列，超出工作表的容量；请用 --format csv --table \(table)，或用 --top 减少行数。[E504]")
        }
    }
}
