public import Evenhand
public import EvenhandIO

extension PartialError {
    /// Why scores or parts do not add up, and what to do, with its stable code.
    public func message(in language: Language) -> String { "\(wording(language)) [\(code)]" }

    var code: String {
        switch self {
        case .offScale: "E801"
        case .unevenUnits: "E802"
        case .criteria: "E803"
        case .heats: "E804"
        case .items: "E815"
        case .noParts: "E805"
        case .differentTerms: "E806"
        case .samePart: "E807"
        case .samePair: "E808"
        case .differentAttribute: "E809"
        case .missingAttribute: "E810"
        case .contradiction: "E811"
        case .notAvailable: "E812"
        case .otherScales: "E813"
        case .mixedPasses: "E814"
        }
    }

    private func wording(_ language: Language) -> String {
        switch self {
        case .offScale(let entry, let judge, let score, let scale):
            let score = NumberFormat.shortest(score)
            return scale.map {
                language.say(
                    "\(entry), \(judge): \(score) is not a multiple of --scale \($0); correct the score, or declare a finer scale.",
                    "\(entry)，\(judge)：\(score) 不是 --scale \($0) 的整数倍；请更正分数，或指定更小的单位。")
            }
                ?? language.say(
                    "\(entry), \(judge): \(score) has more than six decimals, which exact sums cannot count; write the score as the judge gave it.",
                    "\(entry)，\(judge)：\(score) 超过六位小数，无法精确求和；请按评委给出的写法填写。")
        case .unevenUnits:
            return language.say(
                "The totals are not decimals, since the weights or maxima do not divide evenly; sum up without them.",
                "合计不是有限小数（权重或满分除不尽）；请不带权重求和。")
        case .criteria(let names):
            return language.say(
                "The scores are those of criteria (\(language.list(names))); add them up to one score for each judge and entry first.",
                "评分按指标给出（\(language.list(names))）；请先合成每位评委对每个项目的一个分数。")
        case .heats(let names):
            return language.say(
                "The scores belong to several heats (\(language.list(names))), which are not added up silently; choose one with --heat NAME.",
                "评分属于多个场次（\(language.list(names))），不能直接合并；请用 --heat 名称 选择一个。")
        case .items:
            return language.say(
                "Judges scored entries on several items or in repetitions, and results are means over them; make one score for each judge and entry first.",
                "评委对同一项目按多道题目或多次重复评分，成绩取其平均；请先得出每位评委对每个项目的一个分数。")
        case .noParts: return language.say("There is no part; name at least one directory.", "没有分部结果；请至少指定一个目录。")
        case .differentTerms(let what, let a, let b): return PartialError.differ(what, a, b, language)
        case .samePart(let a, let b):
            return language.say(
                a == b
                    ? "\(a) is given twice, or holds a part twice; give every part once."
                    : "\(a) and \(b) hold the same part; give it once. A second pass holds the first pass of its part.",
                a == b ? "\(a) 给出了两次，或其中同一分部出现两次；每个分部请只给出一次。" : "\(a) 与 \(b) 含有同一分部；请只给出一次。第二遍的目录已包含该分部的第一遍。")
        case .samePair(let entry, let judge):
            return language.say(
                "\(judge) scored \(entry) in two parts; remove one of the two scores and make that part again.",
                "\(judge) 对 \(entry) 的评分出现在两个分部中；请删去其一并重新生成该分部。")
        case .differentAttribute(let name, let entry, let a, let b):
            return language.say(
                "\(entry) has the \(name) “\(a)” in one part and “\(b)” in another; correct it, or leave the column out with --ignore \(name).",
                "\(entry) 的\(name)在一个分部中为“\(a)”，在另一个中为“\(b)”；请更正，或用 --ignore \(name) 略去该列。")
        case .missingAttribute(let name):
            return language.say(
                "Only some parts have the attribute “\(name)”; make all of them with it, or leave it out with --ignore \(name).",
                "只有部分分部含有属性“\(name)”；请在所有分部中保留，或用 --ignore \(name) 略去。")
        case .contradiction(let what):
            return language.say("The sums contradict each other: \(what). Make the part again.", "各项和数互相矛盾：\(what)。请重新生成该分部。")
        case .notAvailable(let method, let need): return PartialError.needed(method, need, language)
        case .otherScales:
            return language.say(
                "The second pass was made with other judges' scales than these parts give: a part is missing or was added, or --min-scores or --below differ. Make it again with --scales.",
                "第二遍所用的评委尺度与这些分部得出的不同：缺少或多出了分部，或 --min-scores、--below 不同。请用 --scales 重新生成。")
        case .mixedPasses:
            return language.say(
                "Some parts have a second pass and others do not; give those of the second pass only.", "部分分部有第二遍而其余没有；请只给出第二遍的目录。")
        }
    }

    private static func differ(_ what: String, _ a: String, _ b: String, _ language: Language) -> String {
        let chinese = ["kind of scale": "单位的确定方式", "scale": "单位", "direction": "高低分方向", "stage": "阶段", "heat": "场次"][what] ?? what
        guard what == "kind of scale" else {
            return language.say(
                "The parts differ in \(what): “\(a)” and “\(b)”; put only parts of the same kind together.",
                "各分部的\(chinese)不同：“\(a)”与“\(b)”；请只合并同类的分部。")
        }
        return language.say(
            "One part declares its scale and another does not (\(a), \(b)); make all of them with the same --scale, or all without.",
            "有的分部指定了单位，有的没有（\(a)，\(b)）；请全部使用同一 --scale，或全部不用。")
    }

    private static func needed(_ method: String, _ need: Need, _ language: Language) -> String {
        switch need {
        case .counts:
            language.say(
                "\(method) needs the scores of each entry; make the parts with --method median, which counts them.",
                "\(method) 需要每个项目的各个评分；请用 --method median 生成各分部，其中含有各评分的次数。")
        case .judgeCounts:
            language.say(
                "\(method) needs the scores of each judge; make the parts with --method \(method), which counts them, then a second pass with --scales.",
                "\(method) 需要每位评委的各个评分；请用 --method \(method) 生成各分部，再用 --scales 计算第二遍。")
        case .pairs:
            language.say(
                "\(method) needs to know who scored whom; make the parts without --skip-pairs, or the statements with --method \(method).",
                "\(method) 需要知道每个评分的评委；请勿用 --skip-pairs 生成分部，或用 --method \(method) 生成语句。")
        case .secondPass:
            language.say(
                "\(method) needs a second pass over the parts: evenhand partial PART --scales DIR --output DIR, with all directories of the first pass in --scales.",
                "\(method) 需要对各分部再算一遍：evenhand partial 分部文件 --scales 目录 --output 目录，其中 --scales 给出第一遍的全部目录。")
        case .scores:
            language.say(
                "\(method) needs all scores at once; give the files of scores in place of --partials, or use mean, median, trimmed, winsorized, zscore, percentile, additive or crossed.",
                "\(method) 需要全部评分；请用评分文件代替 --partials，或改用 mean、median、trimmed、winsorized、zscore、percentile、additive、crossed。")
        case .judgesScores:
            language.say(
                "\(method) needs all scores at once; give the files of scores in place of --partials, or use zscore.",
                "\(method) 需要全部评分；请用评分文件代替 --partials，或改用 zscore。")
        }
    }
}

extension PartialFileError {
    /// What is wrong in a directory of sums, the location first, with its stable code.
    public func message(in language: Language) -> String {
        let location = [path, line.map { "\($0)" }].compactMap(\.self).joined(separator: ":")
        return "\(location): \(wording(language)) [\(code)]"
    }

    var code: String {
        switch kind {
        case .unreadable: "E821"
        case .noManifest: "E822"
        case .manifest: "E823"
        case .laterVersion: "E824"
        case .noScale: "E825"
        case .noColumn: "E826"
        case .raggedRow: "E827"
        case .noWholeNumber: "E828"
        case .noName: "E829"
        case .repeatedName: "E830"
        case .unknownName: "E831"
        case .contradiction: "E832"
        case .problem: "E833"
        }
    }

    private func wording(_ language: Language) -> String {
        switch kind {
        case .unreadable(let reason): language.say("cannot be read: \(reason).", "无法读取：\(language.reason(ofSystem: reason))。")
        case .noManifest:
            language.say(
                "has no \(PartialManifest.fileName); name a directory that evenhand partial or the statements of evenhand sql wrote.",
                "没有 \(PartialManifest.fileName)；请指定由 evenhand partial 或 evenhand sql 的语句生成的目录。")
        case .manifest(let problem): problem.wording(language)
        case .laterVersion(let version):
            language.say(
                "is of version \(version), which a later Evenhand writes; use that one.", "版本为 \(version)，由更新的 Evenhand 生成；请使用新版本。")
        case .noScale(let text):
            language.say("“\(text)” is not a scale; it has to be 1, 0.1, 0.01 … 0.000001.", "“\(text)”不是有效的单位；应为 1、0.1、0.01……0.000001。")
        case .noColumn(let name): language.say("has no column “\(name)”; make it again.", "缺少“\(name)”列；请重新生成。")
        case .raggedRow(let found, let expected):
            language.say("has \(found) cells where the header has \(expected); make it again.", "有 \(found) 个单元格，表头有 \(expected) 个；请重新生成。")
        case .noWholeNumber(let column, let text):
            language.say(
                "“\(text)” in \(column) is not a whole number that can be there; make the file again.",
                "\(column) 列的“\(text)”不是可用的整数；请重新生成。")
        case .noName(let column): language.say("\(column) is empty; every row needs a name.", "\(column) 为空；每行都须有名称。")
        case .repeatedName(let name):
            language.say(
                "“\(name)” has a row already, perhaps in another spelling (width, white space); write the name in one way in the table of scores.",
                "“\(name)”已有一行（可能是全角、半角或空格写法不同）；请在评分表中统一名称。")
        case .unknownName(let name, let file):
            language.say("“\(name)” is not in \(file); make the files again together.", "“\(name)”不在 \(file) 中；请一并重新生成。")
        case .contradiction(let what):
            language.say("the numbers contradict each other (\(what)); make the files again together.", "数字互相矛盾（\(what)）；请一并重新生成。")
        case .problem(let what, let entry, let judge, let score, let rows):
            language.say(
                "the engine found \(what) (entry “\(entry)”, judge “\(judge)”, score “\(score)”, \(rows) rows); correct the table and run the statements again.",
                "数据库发现问题：\(PartialFileError.chinese(what))（项目“\(entry)”，评委“\(judge)”，评分“\(score)”，\(rows) 行）；请更正表格并重新运行语句。")
        }
    }

    /// What engines find wrong, in Chinese.
    private static func chinese(_ problem: String) -> String {
        let known = [
            "no entry": "没有项目", "no judge": "没有评委", "no score": "没有分数", "off the scale": "分数不是单位的整数倍", "scored twice": "重复评分",
            "sums too large": "和数过大",
        ]
        let several = "two values of "
        return known[problem] ?? (problem.hasPrefix(several) ? "“\(problem.dropFirst(several.count))”有两个取值" : problem)
    }
}
