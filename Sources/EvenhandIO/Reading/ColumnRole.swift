/// What a column of a score sheet is, as its header says.
public enum ColumnRole: String, Sendable, CaseIterable {
    /// What is judged.
    case entry
    /// Who judges.
    case judge
    /// The number that the judge gave.
    case score
    /// A part of the judgement with scores of its own.
    case criterion
    /// An occasion with its own panel.
    case heat
    /// A round of the contest.
    case stage
    /// The position in the order of appearance.
    case order
    /// What the entry is judged on: a prompt, a task, a question.
    case item
    /// Which of several repetitions of the same judgement it is.
    case repetition = "repeat"

    /// The headers that are known for this role, in lower case.
    public var headers: [String] {
        switch self {
        case .entry: ["entry", "project", "team", "candidate", "项目", "项目名称", "作品", "参赛项目", "参赛企业", "选手"]
        case .judge: ["judge", "reviewer", "rater", "expert", "评委", "专家", "评审", "裁判"]
        case .score: ["score", "mark", "rating", "points", "分数", "得分", "评分", "打分"]
        case .criterion: ["criterion", "aspect", "指标", "评分项", "维度"]
        case .heat: ["heat", "panel", "session", "场次", "赛场", "分组", "组别"]
        case .stage: ["stage", "round", "phase", "阶段", "轮次", "赛段"]
        case .order: ["order", "position", "出场顺序"]
        case .item: ["item", "prompt", "task", "problem", "题目", "题", "题号", "任务", "问题", "提示词"]
        case .repetition: ["repeat", "repetition", "replicate", "replication", "run", "trial", "重复", "重复次数", "次数"]
        }
    }

    /// Whether a column has this role only where the scores need it: 题目 may be the title of a project, a run anything.
    public var isOnDemand: Bool { self == .item || self == .repetition }

    /// The role of a header, by the known names in any case.
    static func named(_ header: String) -> ColumnRole? { roles[header.lowercased()].flatMap { $0.isOnDemand ? nil : $0 } }

    /// The role of a header that tells repeated scores apart.
    static func onDemand(_ header: String) -> ColumnRole? { roles[header.lowercased()].flatMap { $0.isOnDemand ? $0 : nil } }

    private static let roles = Dictionary(uniqueKeysWithValues: allCases.flatMap { role in role.headers.map { ($0, role) } })
}

/// The columns of a file by their role.
struct ColumnPlan {
    enum Use: Equatable {
        case role(ColumnRole)
        /// A further column: its index among the attributes of the plan.
        case attribute(Int)
        case ignored
    }

    /// The headers as they are written.
    let headers: [String]
    let uses: [Use]
    /// The headers of the further columns, in the order of the file.
    let attributes: [String]

    /// Finds the columns of a header row.
    ///
    /// - Parameters:
    ///   - named: headers that the user assigned to roles; they win over the known names.
    ///   - takesItems: headers of items and repetitions are known names too.
    init(
        headers: [String], named: [ColumnRole: String], required: [ColumnRole], takesItems: Bool = false, file: String
    ) throws(ScoreSheetError) {
        var uses = [Use](repeating: .ignored, count: headers.count)
        let known = headers.map { ColumnRole.named($0) ?? (takesItems ? ColumnRole.onDemand($0) : nil) }
        for role in ColumnRole.allCases {
            let matches = headers.indices.filter { index in
                if let wanted = named[role] { return headers[index] == wanted }
                return known[index] == role && !named.values.contains(headers[index])
            }
            if matches.count > 1 {
                throw ScoreSheetError(.twoColumns(role: role, headers: matches.map { headers[$0] }), file: file, line: 1)
            }
            if let match = matches.first {
                uses[match] = .role(role)
            } else if let wanted = named[role] {
                throw ScoreSheetError(.noNamedColumn(role: role, header: wanted, headers: headers), file: file, line: 1)
            } else if required.contains(role) {
                throw ScoreSheetError(.noColumn(role: role, headers: headers), file: file, line: 1)
            }
        }
        var attributes: [String] = []
        var taken: Set<String> = []
        for index in headers.indices where uses[index] == .ignored && !headers[index].isEmpty {
            guard taken.insert(headers[index]).inserted else { continue }
            uses[index] = .attribute(attributes.count)
            attributes.append(headers[index])
        }
        self.headers = headers
        self.uses = uses
        self.attributes = attributes
    }

    /// The columns of a sheet that was brought to one row per score: roles first, attributes after them.
    init(unpivoted headers: [String], roleCount: Int) {
        self.headers = headers
        attributes = headers[roleCount...].filter { $0 != ColumnRole.order.rawValue }
        var next = 0
        uses = headers.enumerated().map { index, header in
            if index < roleCount || header == ColumnRole.order.rawValue, let role = ColumnRole(rawValue: header) { return .role(role) }
            next += 1
            return .attribute(next - 1)
        }
    }

    /// The header of the column with this role, for messages.
    func header(of role: ColumnRole) -> String {
        uses.firstIndex(of: .role(role)).map { headers[$0] } ?? role.rawValue
    }

    func has(_ role: ColumnRole) -> Bool { uses.contains(.role(role)) }
}
