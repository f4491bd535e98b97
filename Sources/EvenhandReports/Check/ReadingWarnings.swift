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

    /// A location without the header or the name of a sheet, which may be a judge's, when names are replaced.
    func shown(_ location: Reading.Location) -> Reading.Location {
        areReplaced ? Reading.Location(file: location.file, line: location.line) : location
    }
}

extension Reading {
    /// What looks wrong although it can be read, one list for each kind: the first findings, and how many there are.
    ///
    /// - Parameters:
    ///   - shown: the sheet of the reading with the names that may be shown; findings that would reveal replaced names leave them out.
    ///   - most: the most that are listed of one kind.
    ///   - searchesDuplicates: whether to look for names that differ by case or spaces only, which takes time for many.
    func findings(naming shown: ScoreSheet, in language: Language, most: Int, searchesDuplicates: Bool)
        -> [(findings: [Finding], count: Int)]
    {
        let (names, odd) = (ShownNames(shown, of: self), OddScores(of: sheet))
        let duplicates = searchesDuplicates ? ProbableDuplicates.find(in: sheet) : []
        let others: [[Finding]] = [
            sources.compactMap { $0.doubtFinding(areReplaced: names.areReplaced, language) },
            duplicates.map { $0.finding(names, language) }, unmatched.map { $0.finding(names, language) },
            wrongTotals.prefix(most).map { $0.finding(names, language) },
            uncheckedColumns.map { Reading.unchecked($0.column, of: $0.file, language) },
            SeatNames(in: sheet).map { [$0.finding(sheet, names, language)] } ?? [], remarkable(names, language),
        ]
        let counts = [
            sources.count { $0.encodingDoubt != nil }, duplicates.count, unmatched.count, wrongTotals.count, uncheckedColumns.count, 1, 0,
        ]
        return [(odd.findings(for: self, naming: names, in: language, most: most), odd.scores.count)]
            + zip(others, counts).filter { !$0.0.isEmpty }.map { (Array($0.prefix(most)), max($1, $0.count)) }
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
            let areScores = findings.first.map { $0.code < "W303" } ?? false
            // With so many scores one serves as an example, and their number says more.
            let lines = (areScores && count > findings.count ? findings.prefix(1) : findings[...]).map { $0.line(in: language) }
            let more = count - lines.count
            if more == 0 { return lines }
            return lines + [
                areScores
                    ? language.say("… and \(more) more such scores.", "……另有 \(more) 个类似分数。")
                    : language.say("… and \(more) more such places.", "……另有 \(more) 处类似情况。")
            ]
        }
    }

    /// What was done because the sheet shows it, and a reader might not expect.
    private func remarkable(_ names: ShownNames, _ language: Language) -> [Finding] {
        var findings = OtherScale(of: sheet).map { [$0.finding(names, language)] } ?? []
        findings += unfilledFiles.map { file in
            Finding(
                "W315", at: Location(file: file),
                language.say("no scores yet, and not counted; fill in the sheet and run the command again.", "尚无分数，未计入；请填写后重新运行。"))
        }
        let (entries, judges) = unscored
        findings += [(ColumnRole.entry, entries), (.judge, judges)].filter { !$0.1.isEmpty }.map { role, found in
            let list = names.areReplaced ? "" : language.say(": ", "：") + language.list(found)
            return Finding(
                "W316", value: names.areReplaced ? "" : found.joined(separator: ", "),
                language.say(
                    "no score at all, so left out of every result: \(language.roles(role, found.count))\(list).",
                    "没有任何分数，不计入任何结果：\(language.roles(role, found.count))\(list)。"))
        }
        for source in sources {
            let location = Location(file: source.file)
            func add(_ code: String, _ english: String, _ chinese: String) {
                findings.append(Finding(code, at: location, language.say(english, chinese)))
            }
            if !source.hiddenRows.isEmpty || !source.hiddenColumns.isEmpty {
                let rows = language.list(source.hiddenRows.map(String.init))
                let columns = names.areReplaced ? "\(source.hiddenColumns.count)" : language.list(source.hiddenColumns)
                let (english, chinese) = (
                    [source.hiddenRows.isEmpty ? nil : "rows \(rows)", source.hiddenColumns.isEmpty ? nil : "columns \(columns)"]
                        .compactMap(
                            \.self
                        ).joined(separator: ", "),
                    [source.hiddenRows.isEmpty ? nil : "第 \(rows) 行", source.hiddenColumns.isEmpty ? nil : "\(columns) 列"].compactMap(
                        \.self
                    )
                    .joined(separator: "，")
                )
                add(
                    "W309", "hidden or filtered out in the workbook, and read all the same: \(english); leave them out with --hidden skip.",
                    "工作簿中隐藏或筛选掉的内容也已读取：\(chinese)；若不需要，请用 --hidden skip。")
            }
            if source.isLowerBetter {
                add(
                    "W310",
                    "the sheet says that the lowest is the best, in headers, a title or its own places; change them if the highest is.",
                    "表头、标题或表中名次表明数字越小越好；若数字越大越好，请修改。")
            }
            if !source.deductions.isEmpty {
                let list = language.list(source.deductions)
                add(
                    "W311", "subtracted from the scores: \(list); leave it out with --ignore.",
                    "已从评分中减去：\(list)；若不应扣除，请用 --ignore。")
            }
            if !source.weights.isEmpty {
                let list = source.weights.sorted { $0.key < $1.key }.map { "\($0.key) × \(NumberFormat.shortest($0.value.value))" }
                add(
                    "W312", "the sheet's weights are used: \(language.list(list)); give others with --weights.",
                    "采用表中的权重：\(language.list(list))；如需更改，请用 --weights。")
            }
            if !source.judgeWeights.isEmpty {
                let list = source.judgeWeights.sorted { $0.key < $1.key }.map { "\($0.key) × \(NumberFormat.shortest($0.value.value))" }
                let (english, chinese) = names.areReplaced ? ("", "") : (": \(language.list(list))", "：\(language.list(list))")
                add(
                    "W312", "the sheet's weights of judges are not used, and every judge counts alike\(english).",
                    "未采用表中的评委权重，各评委分量相同\(chinese)。")
            }
            func shown(_ entries: [String]) -> String {
                names.areReplaced
                    ? language.say(language.count(entries.count, "entry", ""), "\(entries.count) 个项目") : language.list(entries)
            }
            if !source.voidEntries.isEmpty {
                let list = shown(source.voidEntries)
                add(
                    "W317",
                    "ranked like all others, though the sheet says that they do not count: \(list); leave them out with --ignore and their names, or with --missing and the words of a column.",
                    "表中注明不计入，但仍参与排名：\(list)；若应排除，请用 --ignore 加项目名称，或用 --missing 加该列文字。")
            }
            if !source.penaltyRemarks.isEmpty {
                let list = shown(source.penaltyRemarks)
                add(
                    "W319",
                    "remarks that seem to take points off change no score: \(list); if the points are still to be taken off, put them into a column of numbers, and name it with --deduct.",
                    "备注中似有扣分，均未计入：\(list)；若分数尚未扣除，请把扣分另列为数字，并用 --deduct 指定该列。")
            }
            let isMixed =
                source.hasPercentages && source.columns.contains { $0.use == .score && $0.samples.contains { !$0.hasSuffix("%") } }
            if isMixed {
                add(
                    "W313", "percentages are mixed with points, and 90 % was read as 90; use one kind of number if that is wrong.",
                    "百分数与分数混用，90 % 按 90 读取；若不对，请统一写法。")
            }
        }
        return findings
    }

    /// The entries and judges that the sheets name, but of whom every cell is without a score; in the order of the sheets.
    private var unscored: (entries: [String], judges: [String]) {
        let unfilled = Set(unfilledFiles)
        let cells = missing.filter { !unfilled.contains($0.location.file) }
        func names(_ name: (MissingScore) -> String, without scored: [String]) -> [String] {
            var seen = Set(cells.isEmpty ? [] : scored)
            return cells.map(name).filter { !$0.isEmpty && seen.insert($0).inserted }
        }
        return (names(\.entry, without: sheet.entries), names(\.judge, without: sheet.judges))
    }

    private static func unchecked(_ column: String, of file: String, _ language: Language) -> Finding {
        Finding(
            "W306", at: Location(file: file, column: column), value: column,
            language.say(
                "follows no known rule (sum or mean, with or without the highest and the lowest); left out unchecked.",
                "不符合任何已知规则（总和或平均，含去掉最高最低后的）；未核对，也未使用。"))
    }
}

extension Reading.Source {
    /// A name as it is read, and as it would be in the other encoding that the file could be in.
    fileprivate func doubtFinding(areReplaced: Bool, _ language: Language) -> Finding? {
        guard let encoding, let doubt = encodingDoubt else { return nil }
        let names =
            areReplaced
            ? language.say(": names differ", "，名称会有所不同")
            : language.say(": “\(doubt.shown)” would be “\(doubt.otherShown)”", "：“\(doubt.shown)”会读作“\(doubt.otherShown)”")
        return Finding(
            "W308", at: Reading.Location(file: file), value: areReplaced ? "" : doubt.shown,
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
            "W304", at: Reading.Location(file: file), value: shown.areReplaced ? "" : names.joined(separator: ", "),
            onlyInFile
                ? language.say(
                    "\(what) without a score\(list); check how they are written in the scores.", "\(what)没有评分\(list)；请核对评分表中的写法。")
                : language.say("lacks \(what) of the scores\(list); add them.", "缺少评分表中的 \(what)\(list)；请补上。"))
    }
}

extension Reading.WrongTotal {
    fileprivate func finding(_ shown: ShownNames, _ language: Language) -> Finding {
        Finding(
            "W305", at: shown.shown(location), value: written,
            language.say(
                "the sheet says \(written), but the scores give \(computed); correct one of them.",
                "表中为 \(written)，按评分应为 \(computed)；请更正其中之一。"))
    }
}

extension SeatNames {
    fileprivate func finding(_ sheet: ScoreSheet, _ shown: ShownNames, _ language: Language) -> Finding {
        let names = judges.map { sheet.judges[$0] }
        let list = shown.areReplaced ? "" : language.say(": ", "：") + language.list(names)
        return Finding(
            "W307", value: shown.areReplaced ? "" : names.joined(separator: ", "),
            language.say(
                "\(language.count(heats.count, "heat", "")) number their judges from 1, and each number was taken to be one person\(list); write names if they are different people.",
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
        case .item: count(number, "item", "道题")
        case .repetition: count(number, "repetition", "次重复")
        case .score, .order: "\(number)"
        }
    }
}

extension OtherScale {
    /// Whose scores they are.
    func finding(_ names: ShownNames, _ language: Language) -> Finding {
        func text(_ range: ClosedRange<Double>) -> String {
            language.say(
                "\(NumberFormat.shortest(range.lowerBound)) to \(NumberFormat.shortest(range.upperBound))",
                "\(NumberFormat.shortest(range.lowerBound)) 至 \(NumberFormat.shortest(range.upperBound))")
        }
        let judges = language.list(self.judges.map { names.sheet.judges[$0] }, most: 6)
        return Finding(
            "W318",
            language.say(
                "the scores of \(judges) (\(text(own))) are on another scale than those of the others (\(text(others))); means add them as they are. Bring them to one scale, or rank by --method zscore.",
                "\(judges) 的评分（\(text(own))）与其他评委（\(text(others))）不在同一分制；平均分会直接相加。请统一分制，或用 --method zscore 排名。"))
    }
}
