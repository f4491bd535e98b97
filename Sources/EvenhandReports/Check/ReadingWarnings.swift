public import Evenhand
public import EvenhandIO

/// The names that may be shown: those of the sheet, or labels in their place.
struct ShownNames {
    /// The sheet of the reading, under the names that may be shown.
    let sheet: ScoreSheet
    /// Whether names of entries or judges have been replaced.
    let areReplaced: Bool

    init(_ shown: ScoreSheet, of reading: Reading) {
        sheet = shown
        areReplaced = shown.entries != reading.sheet.entries || shown.judges != reading.sheet.judges
    }

    /// A place without the header or the name of a sheet, which may be a judge's, when names are replaced.
    func shown(_ place: Reading.Place) -> Reading.Place {
        areReplaced ? Reading.Place(file: place.file, line: place.line) : place
    }
}

extension Reading {
    /// What looks wrong although it can be read, one list for each kind: the first findings, and how many there are.
    ///
    /// - Parameters:
    ///   - shown: the sheet of the reading with the names that may be shown; findings that would tell replaced names leave them out.
    ///   - most: the most that are listed of one kind.
    ///   - searchesDuplicates: whether to look for names that differ by case or spaces only, which takes time for many.
    func findings(naming shown: ScoreSheet, in language: Language, most: Int, searchesDuplicates: Bool)
        -> [(findings: [Finding], count: Int)]
    {
        let (names, odd) = (ShownNames(shown, of: self), OddScores(of: sheet))
        let duplicates = searchesDuplicates ? ProbableDuplicates.find(in: sheet) : []
        let others: [[Finding]] = [
            parts.compactMap { $0.doubtFinding(areReplaced: names.areReplaced, language) },
            duplicates.map { $0.finding(names, language) }, unmatched.map { $0.finding(names, language) },
            wrongTotals.prefix(most).map { $0.finding(names, language) },
            uncheckedColumns.map { Reading.unchecked($0.column, of: $0.file, language) },
            SeatNames(in: sheet).map { [$0.finding(sheet, names, language)] } ?? [],
        ]
        let counts = [
            parts.count { $0.encodingDoubt != nil }, duplicates.count, unmatched.count, wrongTotals.count, uncheckedColumns.count, 1,
        ]
        return [(odd.findings(for: self, naming: names, in: language, most: most), odd.scores.count)]
            + zip(others, counts).filter { !$0.0.isEmpty }.map { (Array($0.prefix(most)), $1) }
    }

    /// The lines for standard error about what looks wrong although it can be read; at most twenty of each kind, and how many more.
    ///
    /// Names that differ by case or spaces only are looked for among at most 5,000 entries.
    ///
    /// - Parameters:
    ///   - shown: the sheet of the reading with the names that may be shown.
    ///   - language: the language of words.
    public func warnings(naming shown: ScoreSheet, in language: Language) -> [String] {
        findings(naming: shown, in: language, most: 20, searchesDuplicates: sheet.entries.count <= 5000).flatMap { findings, count in
            let lines = findings.map { $0.line(in: language) }
            let more = count - lines.count
            if more == 0 { return lines }
            let areScores = findings.first.map { $0.code < "W303" } ?? false
            return lines + [
                areScores
                    ? language.say("… and \(more) more such scores.", "……另有 \(more) 个类似分数。")
                    : language.say("… and \(more) more such places.", "……另有 \(more) 处类似情况。")
            ]
        }
    }

    private static func unchecked(_ column: String, of file: String, _ language: Language) -> Finding {
        Finding(
            "W306", at: Place(file: file, column: column), value: column,
            language.say(
                "follows no rule that is known (sum, mean, mean without the highest and the lowest); left out unchecked.",
                "不符合任何已知规则（总和、平均、去掉最高最低后的平均）；未核对，也未使用。"))
    }
}

extension Reading.Part {
    /// A name as it is read, and as it would be in the other encoding that the file could be in.
    fileprivate func doubtFinding(areReplaced: Bool, _ language: Language) -> Finding? {
        guard let encoding, let doubt = encodingDoubt else { return nil }
        let names =
            areReplaced
            ? language.say(": names differ", "，名称会有所不同")
            : language.say(": “\(doubt.shown)” would be “\(doubt.otherShown)”", "：“\(doubt.shown)”会读作“\(doubt.otherShown)”")
        return Finding(
            "W308", at: Reading.Place(file: file), value: areReplaced ? "" : doubt.shown,
            language.say(
                "read as \(encoding), but could be \(doubt.other)\(names); name its encoding with --encoding \(doubt.other) if that is right.",
                "按 \(encoding) 读取，但也可能是 \(doubt.other)\(names)；若后者正确，请用 --encoding \(doubt.other) 指明。"))
    }
}

extension ProbableDuplicates {
    fileprivate func finding(_ shown: ShownNames, _ language: Language) -> Finding {
        let what = language.roles(role, names.count)
        if shown.areReplaced {
            return Finding(
                "W303",
                language.say(
                    "\(what) differ by case or spaces only; write them alike if they are one.", "\(what)仅大小写或空格不同；若为同一个，请统一写法。"))
        }
        let list = names.map { "“\($0)”" }.joined(separator: language.say(", ", "、"))
        return Finding(
            "W303", value: names.joined(separator: ", "),
            language.say(
                "\(what) differ by case or spaces only: \(list); write them alike if they are one.",
                "\(what)仅大小写或空格不同：\(list)；若为同一个，请统一写法。"))
    }
}

extension UnmatchedNames {
    fileprivate func finding(_ shown: ShownNames, _ language: Language) -> Finding {
        let (what, list) = (language.roles(role, names.count), shown.areReplaced ? "" : language.say(": ", "：") + language.list(names))
        return Finding(
            "W304", at: Reading.Place(file: file), value: shown.areReplaced ? "" : names.joined(separator: ", "),
            onlyInFile
                ? language.say(
                    "\(what) without a score\(list); check how they are written in the scores.", "\(what)没有评分\(list)；请核对评分表中的写法。")
                : language.say("lacks \(what) of the scores\(list); add them.", "缺少评分表中的\(what)\(list)；请补上。"))
    }
}

extension Reading.WrongTotal {
    fileprivate func finding(_ shown: ShownNames, _ language: Language) -> Finding {
        Finding(
            "W305", at: shown.shown(place), value: written,
            language.say(
                "\(written) stands there, the scores make \(computed); mend the scores or the total.",
                "此处为 \(written)，按评分应为 \(computed)；请更正评分或合计。"))
    }
}

extension SeatNames {
    fileprivate func finding(_ sheet: ScoreSheet, _ shown: ShownNames, _ language: Language) -> Finding {
        let names = judges.map { sheet.judges[$0] }
        let list = shown.areReplaced ? "" : language.say(": ", "：") + language.list(names)
        return Finding(
            "W307", value: shown.areReplaced ? "" : names.joined(separator: ", "),
            language.say(
                "\(language.count(heats.count, "heat", "")) number their judges from 1, and each number was taken for one person\(list); write names if they are several.",
                "\(heats.count) 个场次的评委都从 1 开始编号，同一编号视为同一人\(list)；若不是同一人，请写姓名。"))
    }
}

extension Language {
    /// "2 judges"
    fileprivate func roles(_ role: ColumnRole, _ number: Int) -> String {
        switch role {
        case .entry: count(number, "entry", "个项目")
        case .judge: count(number, "judge", "位评委")
        case .criterion: self == .en ? "\(number) criteria" : "\(number) 个指标"
        case .heat: count(number, "heat", "个场次")
        case .stage: count(number, "stage", "个阶段")
        case .score, .order: "\(number)"
        }
    }
}
