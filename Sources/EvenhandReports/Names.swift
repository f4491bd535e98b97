import Evenhand
import EvenhandIO

/// What methods, columns and kinds of answers are called. In data their names are codes, which do not change with the language.
extension Language {
    /// A method in a sentence.
    func name(ofMethod name: String) -> String { say(name, MethodText.chinese[name] ?? FinalsText.chinese[name] ?? name) }

    /// What breaks ties: the word for it in options, in Chinese as an office calls it.
    func name(of step: TieBreak) -> String {
        let chinese =
            switch step {
            case .median: "中位数"
            case .mean: "平均分"
            case .highScores: "最高分"
            case .lowScores: "最低分"
            case .heats: "单场成绩"
            case .headToHead: "相互比较"
            case .criterion(let name): "“\(name)”得分"
            case .stage(let name): "\(stageName(name))成绩"
            }
        return say(step.text, chinese)
    }

    /// A method at the head of a column.
    func heading(ofMethod name: String) -> String { say(name, MethodText.headings[name] ?? self.name(ofMethod: name)) }

    /// A method at the start of a note on it, where the heading alone would not show what options call it.
    func note(on name: String) -> String { say(name, "\(heading(ofMethod: name))（\(name)）") }

    /// What a column is for.
    func name(of role: ColumnRole) -> String {
        guard self == .zh else { return role.rawValue }
        return switch role {
        case .entry: "项目名称"
        case .judge: "评委"
        case .score: "分数"
        case .criterion: "指标"
        case .heat: "场次"
        case .stage: "阶段"
        case .order: "出场顺序"
        case .item: "题目"
        case .repetition: "重复"
        }
    }

    /// What a file, a sheet or a column of scores is.
    func name(of role: ReadingOptions.Role) -> String {
        guard self == .zh else { return role.rawValue }
        return switch role {
        case .judge: "评委"
        case .heat: "场次"
        case .stage: "阶段"
        case .criterion: "指标"
        case .entry: "项目"
        }
    }

    /// What a column was read as.
    func name(of use: Reading.ColumnReading.Use) -> String {
        guard self == .zh else { return use.rawValue }
        return switch use {
        case .entry: "项目名称"
        case .judge: "评委"
        case .score: "分数"
        case .criterion: "指标"
        case .heat: "场次"
        case .stage: "阶段"
        case .order: "出场顺序"
        case .item: "题目"
        case .repetition: "重复"
        case .attribute: "属性"
        case .total: "合计"
        case .deduction: "扣分"
        case .ignored: "未使用"
        }
    }

    /// A statistic that a row repeats.
    func name(of statistic: ColumnStatistic) -> String {
        guard self == .zh else { return statistic.rawValue }
        return switch statistic {
        case .sum: "合计"
        case .mean: "平均"
        case .median: "中位数"
        case .highest: "最高"
        case .lowest: "最低"
        case .spread: "标准差"
        case .count: "个数"
        case .rank: "名次"
        }
    }

    /// Whether scores can be used all the same.
    func name(of severity: Finding.Severity) -> String {
        switch severity {
        case .error: say(severity.rawValue, "错误")
        case .warning: say(severity.rawValue, "警告")
        }
    }

    /// A test of groups.
    func name(of test: GroupTests.Kind) -> String {
        guard self == .zh else { return test.rawValue }
        return switch test {
        case .permutation: "置换检验"
        case .anova: "方差分析"
        case .welch: "Welch 检验"
        case .kruskal: "Kruskal–Wallis 检验"
        }
    }

    /// What judges are tested for.
    func name(of family: JudgeFlags.Family) -> String {
        guard self == .zh else { return family.rawValue }
        return switch family {
        case .severity: "宽严"
        case .fit: "波动"
        case .following: "与他人是否一致"
        case .scale: "分差"
        case .copies: "照抄"
        case .halo: "光环"
        case .home: "同源"
        case .drift: "漂移"
        }
    }

    /// An operating system's reason; those that people meet have Chinese words.
    func reason(ofSystem text: String) -> String {
        guard self == .zh else { return text }
        return switch text {
        case "No such file or directory": "没有这个文件或目录"
        case "Permission denied": "没有权限"
        case "Operation not permitted": "不允许该操作"
        case "Is a directory": "这是一个目录"
        case "Not a directory": "路径中有一段不是目录"
        case "File exists": "文件已存在"
        case "No space left on device": "磁盘空间不足"
        case "Disk quota exceeded": "超出磁盘配额"
        case "Read-only file system": "文件系统只读"
        case "File name too long": "文件名过长"
        case "File too large": "文件过大"
        case "Too many open files": "打开的文件过多"
        case "Input/output error": "读写出错"
        case "Cannot allocate memory": "内存不足"
        case "No such device or address": "没有这个设备"
        case "Text file busy": "文件正被占用"
        case "Too many levels of symbolic links": "符号链接层数过多"
        default: text
        }
    }

    /// What JSON needs at a position, which its reader says in English.
    func expectation(ofJSON text: String) -> String {
        guard self == .zh else { return text }
        return switch text {
        case "a comma or ]": "逗号或 ]"
        case "a comma or }": "逗号或 }"
        case "a colon": "冒号"
        case "a name in quotes": "带引号的名称"
        case "a value": "一个值"
        case "the end of the text": "文件结尾"
        case "fewer values": "更少的值"
        case "less nesting": "更少的嵌套层数"
        case "true or false": "true 或 false"
        case "a list in brackets": "方括号中的列表"
        case "an object in braces": "花括号中的对象"
        case "a text in quotes": "带引号的文字"
        case "a number": "数字"
        case "a whole number": "整数"
        case "a whole number above 0": "大于 0 的整数"
        default: text.replacing("one of ", with: "以下之一：").replacing("a whole number from ", with: "整数，范围 ").replacing(" to ", with: " 至 ")
        }
    }
}
