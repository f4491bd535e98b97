import EvenhandIO

extension ScoreSheetError.Kind {
    /// What is wrong with a workbook or with the encoding of a text; `nil` for every other kind.
    func fileWording(_ language: Language, text: String, file: String) -> String? {
        switch self {
        case .otherFormat(let kind): kind.wording(language, file: file)
        case .brokenGzip:
            language.say("is a damaged gzip file; copy it again, or unpack it with gunzip.", "是损坏的 gzip 文件；请重新复制，或用 gunzip 解压。")
        case .gzipTooLarge(let ratio, let bytes):
            language.say(
                "unpacks to more than \(bytes >> 20) MiB or \(ratio) times its size; if the file is sound, unpack it with gunzip.",
                "解压后超过 \(bytes >> 20) MiB 或压缩大小的 \(ratio) 倍；若文件无误，请用 gunzip 解压。")
        case .brokenJSON(let expected):
            language.say(
                "is not valid JSON here: expected \(expected); correct it.", "此处不是有效的 JSON：应为\(language.expectation(ofJSON: expected))；请更正。"
            )
        case .noRecords:
            language.say(
                "is JSON here, but not a row; write a list of objects, or one object on each line.", "此处的 JSON 不是表格行；请写成对象的列表，或每行一个对象。")
        case .brokenWorkbook(let damage): damage.wording(language)
        case .workbookTooLarge(let limit): limit.wording(language)
        case .oldWorkbook:
            language.say(
                "is a document in an older binary format (.xls, .et or similar); open it in the spreadsheet program and save it as .xlsx.",
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

extension FileKind {
    /// What the file is, and the way to a sheet.
    fileprivate func wording(_ language: Language, file: String) -> String {
        switch self {
        case .webPage:
            language.say(
                "is a web page (HTML), whatever its name says; open it in the spreadsheet program and save it as .xlsx or CSV.",
                "是网页（HTML 文件），与文件名不符；请在电子表格程序中打开并另存为 .xlsx 或 CSV。")
        case .xml:
            language.say(
                "is XML, but neither a web page (HTML) nor a sheet; open it in the spreadsheet program and save it as .xlsx or CSV.",
                "是 XML 文件，不是网页或表格；请在电子表格程序中打开并另存为 .xlsx 或 CSV。")
        case .pdf:
            language.say("is a PDF document; ask for the sheet that it was printed from.", "是 PDF 文档；请索取原始的电子表格。")
        case .textDocument:
            language.say(
                "is a word-processor document; copy its table into a spreadsheet and save that as .xlsx or CSV.",
                "是文字处理文档；请把其中的表格复制到电子表格中，另存为 .xlsx 或 CSV。")
        case .slides:
            language.say(
                "is a presentation; copy its table into a spreadsheet and save that as .xlsx or CSV.",
                "是演示文稿；请把其中的表格复制到电子表格中，另存为 .xlsx 或 CSV。")
        case .numbers:
            language.say("is a Numbers document; export it from Numbers as Excel or CSV.", "是 Numbers 文档；请在 Numbers 中导出为 Excel 或 CSV。")
        case .binaryWorkbook:
            language.say(
                "is a binary workbook (.xlsb); open it in the spreadsheet program and save it as .xlsx.",
                "是二进制工作簿（.xlsb）；请在电子表格程序中打开并另存为 .xlsx。")
        case .zstd, .xz, .bzip2:
            language.say(
                "is compressed (\(name)); pipe it in: \(reader) \(file) | evenhand … -",
                "是压缩文件（\(name)），请用管道输入：\(reader) \(file) | evenhand … -")
        case .sevenZip, .rar, .zip:
            language.say("is an archive (\(name)); unpack it and name the sheet inside.", "是压缩包（\(name)）；请解压后指定其中的表格文件。")
        case .parquet, .sqlite:
            language.say("is a database file (\(name)); export the table as CSV.", "是数据库文件（\(name)）；请将表导出为 CSV。")
        case .image:
            language.say(
                "is a picture; type its scores into a sheet, or ask for the sheet it shows.", "是图片；请把评分录入表格，或索取原始表格。")
        }
    }

    private var name: String {
        switch self {
        case .sqlite: "SQLite"
        case .parquet: "Parquet"
        default: rawValue
        }
    }

    /// The program that unpacks the file to a pipe.
    private var reader: String {
        switch self {
        case .zstd: "zstdcat"
        case .xz: "xzcat"
        default: "bzcat"
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
            case .entryName(let name): language.say("the name \(name) points outside the archive", "名称 \(name) 指向压缩包之外")
            case .notXML(let part, let line):
                language.say("the part \(part) is not valid XML from line \(line) on", "内部文件 \(part) 自第 \(line) 行起不是有效的 XML")
            case .documentType(let part): language.say("the part \(part) declares a document type", "内部文件 \(part) 含有文档类型声明")
            case .cell(let address): language.say("the content of \(address) is not valid", "\(address) 处的内容有误")
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
            case .ratio: language.say("unpacks to more than \(most) times its compressed size", "解压后的大小超过压缩大小的 \(most) 倍")
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
