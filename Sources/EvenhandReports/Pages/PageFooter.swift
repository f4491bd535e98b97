package import EvenhandIO

extension Page {
    /// What a page of one command is called.
    package static func title(of command: String, in language: Language) -> String {
        switch command {
        case "check": language.say("Check of the score sheet", "评分表检查")
        case "normalize": language.say("Scores on one scale", "统一尺度后的分数")
        case "rank": language.say("Ranking", "名次")
        case "judges": language.say("Judges", "评委")
        case "groups": language.say("Groups", "分组比较")
        case "finals": language.say("The cut", "入围线")
        case "pairs": language.say("The list by votes", "按投票排名")
        case "report": language.say("Report on the contest", "比赛评审报告")
        default: language.say("Scores", "评分")
        }
    }

    /// What a table is called; the first table of an answer has no title in text, where nothing is between it and the verdict.
    static func heading(of table: Table, in language: Language) -> String? {
        if !table.title.isEmpty { return table.title }
        switch table.name {
        case "ranking", "entries": return language.say("The list", "名次表")
        case "cut": return language.say("The list and the cut", "名次表与入围线")
        case "judges": return language.say("Each judge", "各位评委")
        case "normalized": return language.say("Every score", "每个分数")
        case "understood": return language.say("What was understood", "识别结果")
        default: return nil
        }
    }

    /// The files that a page is about.
    package static func listed(_ files: [String], in language: Language) -> String {
        language.list(files.map { Reading.shownName(of: $0, in: language) })
    }

    /// Where a page comes from: the program, what it was asked, and the files by their digests, so that it can be made again.
    package static func footer(version: String, arguments: [String], files: [(path: String, digest: FileDigest?)], in language: Language)
        -> [String]
    {
        let sources = files.map { path, digest in
            digest.map { "\(path): SHA-256 \($0.hexadecimal)" }
                ?? language.say("\(path): read once, so without a digest", "\(path)：只能读取一次，因此没有摘要")
        }
        let command = (["evenhand"] + arguments.map(quoted)).joined(separator: " ")
        return [language.say("Made by Evenhand \(version): \(command)", "由 Evenhand \(version) 生成：\(command)")] + sources
    }

    /// An argument as a shell takes it for one word.
    private static func quoted(_ argument: String) -> String {
        let isPlain = argument.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_-./=,:@%+".unicodeScalars.contains(scalar)
        }
        if isPlain, !argument.isEmpty { return argument }
        return "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

extension Language {
    /// Why a report has no part about a cut.
    package var noPlaces: String {
        say(
            "Nothing is said about a cut, since it is not known how many places there are; --places says it.",
            "未指定名额（--places），因此不讨论入围线。")
    }

    /// Why a report has no part about groups.
    package var noAttributes: String {
        say(
            "Groups are left out, since no attribute of the entries with a few values is known; --entries FILE and --by NAME give one.",
            "没有可用于分组的项目属性，因此不作分组比较；可用 --entries 文件 和 --by 名称 指定。")
    }
}
