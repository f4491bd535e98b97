import EvenhandIO

extension ScoreSheetError.Kind {
    /// What is wrong with a workbook or with the encoding of a text; `nil` for every other kind.
    func fileWording(_ language: Language, text: String) -> String? {
        switch self {
        case .brokenWorkbook(let damage): damage.wording(language)
        case .workbookTooLarge(let limit): limit.wording(language)
        case .oldWorkbook:
            language.say(
                "is a document in an older binary format (.xls, .et or alike); open it in the spreadsheet program and save it as .xlsx.",
                "是旧的二进制格式（.xls、.et 等）；请在电子表格程序中打开并另存为 .xlsx。")
        case .encryptedWorkbook:
            language.say(
                "is protected by a password; open it in the spreadsheet program, remove the password and save it as .xlsx.",
                "有密码保护；请在电子表格程序中打开，取消密码并另存为 .xlsx。")
        case .notAWorkbook:
            language.say(
                "is not a workbook that can be read; open it in the spreadsheet program and save it as .xlsx.",
                "不是可以读取的工作簿；请在电子表格程序中打开并另存为 .xlsx。")
        case .unknownEncoding(let known):
            language.say(
                "“\(text)” is not a known encoding; name one such as \(known.joined(separator: ", ")).",
                "“\(text)” 不是已知的编码；请写例如 \(known.joined(separator: "、"))。")
        case .invalidEncoding(let name):
            language.say(
                "the bytes here are not \(name); name its encoding with --encoding, or save the file in UTF-8.",
                "此处的字节不是 \(name)；请用 --encoding 指明文件的编码，或以 UTF-8 保存文件。")
        default: nil
        }
    }
}

extension WorkbookDamage {
    fileprivate func wording(_ language: Language) -> String {
        let what =
            switch self {
            case .archive: language.say("the list of its parts is missing or wrong", "缺少内部文件目录，或目录有误")
            case .part(let name): language.say("the part \(name) cannot be unpacked", "内部文件 \(name) 无法解压")
            case .missingPart(let name): language.say("the part \(name) is missing", "缺少内部文件 \(name)")
            case .entryName(let name): language.say("the name \(name) leads out of the archive", "名称 \(name) 指向压缩包之外")
            case .notXML(let part, let line):
                language.say("the part \(part) is not XML from line \(line) on", "内部文件 \(part) 自第 \(line) 行起不是有效的 XML")
            case .documentType(let part): language.say("the part \(part) declares a document type", "内部文件 \(part) 含有文档类型声明")
            case .cell(let address): language.say("\(address) makes no sense", "\(address) 处的内容有误")
            }
        return language.say(
            "is a damaged workbook: \(ScoreSheetError.Problem.printable(what)). Copy it again, or open it in the spreadsheet program and save it as .xlsx.",
            "是损坏的工作簿：\(ScoreSheetError.Problem.printable(what))。请重新复制该文件，或在电子表格程序中打开并另存为 .xlsx。")
    }
}

extension WorkbookLimit {
    fileprivate func wording(_ language: Language) -> String {
        let what =
            switch self {
            case .entries: language.say("more than \(most) entries in the archive", "压缩包内的条目超过 \(most) 个")
            case .unpackedBytes: language.say("more than \(most >> 20) MiB when unpacked", "解压后超过 \(most >> 20) MiB")
            case .ratio: language.say("more than \(most) unpacked bytes for each packed one", "解压后的大小超过压缩大小的 \(most) 倍")
            case .rows: language.say("more than \(most) rows in a sheet", "一张工作表超过 \(most) 行")
            case .columns: language.say("more than \(most) columns in a sheet", "一张工作表超过 \(most) 列")
            case .cellBytes: language.say("a cell of more than \(most) bytes", "有单元格超过 \(most) 字节")
            case .contentBytes: language.say("cells and texts of more than \(most >> 20) MiB", "单元格和文字合计超过 \(most >> 20) MiB")
            case .markup: language.say("markup that no spreadsheet program writes", "含有电子表格程序不会写出的标记")
            }
        return language.say(
            "is too large a workbook: \(what). Save the sheet with the scores as CSV.", "工作簿过大：\(what)。请将含评分的工作表另存为 CSV。")
    }
}
