/// What stages are called, and by which words they are found.
enum StageNames {
    /// The names of stages without a stage column; `nil` for the only one.
    ///
    /// - Parameter heats: the names of the heats of each stage.
    static func names(of heats: [[String?]]) -> [String?] {
        guard heats.count > 1 else { return heats.map { _ in nil } }
        let numbers = heats.indices.map { String($0 + 1) }
        let names = zip(heats, numbers).map { heats, number in own(heats.compactMap(\.self)) ?? number }
        return Set(names).count == names.count ? names : numbers
    }

    /// The name of the only heat, or the beginning that names share when it calls a stage: 初赛第1场, 初赛第2场.
    private static func own(_ heats: [String]) -> String? {
        if heats.count < 2 { return heats.first }
        let beginnings = Set(heats.map { CountedName($0).beginning })
        guard let shared = beginnings.first, beginnings.count == 1, words.contains(where: shared.contains), !shared.hasSuffix("赛场") else {
            return nil
        }
        return shared
    }

    private static let words = ["赛", "轮", "阶段", "round", "stage", "phase", "prelim", "qualif", "quarter", "semi"]

    /// The position of a stage among those that a sheet without a stage column has: by its name, its number, or a usual name of such a
    /// stage.
    static func position(of name: String, among stages: [String?]) -> Int? {
        if let position = CountedName.positions(of: name, among: stages).first { return position }
        guard stages.count > 1 else { return nil }
        let wanted = CountedName(name)
        if let number = wanted.number(beside: ["阶段", "轮", "stage", "round", "phase"]) {
            return stages.indices.contains(number - 1) ? number - 1 : nil
        }
        if first.contains(wanted.beginning) { return 0 }
        if last.contains(wanted.beginning) { return stages.count - 1 }
        return stages.count == 3 && middle.contains(wanted.beginning) ? 1 : nil
    }

    private static let first: Set<String> = ["初赛", "预赛", "preliminary", "preliminaries", "prelims", "heats"]
    private static let middle: Set<String> = ["复赛", "半决赛", "semifinal", "semifinals", "semi-final", "semi-finals"]
    private static let last: Set<String> = ["决赛", "总决赛", "final", "finals"]
}

extension ScoreSheet {
    /// The heats of a stage, and its name.
    ///
    /// - Parameter name: that in the stage column, in any form of its numbers (第一轮, 第1轮). Without a column that of a stage inferred from
    ///   who went on: its name or number, 初赛 or 决赛; or else the name of a heat.
    /// - Throws: `DesignError.unknownStage`; `DesignError.stageOrderUnknown`.
    func heats(ofStage name: String) throws(DesignError) -> (heats: [Int], name: String) {
        if hasStageNames {
            let found = CountedName.positions(of: name, among: heats.map(\.stage))
            if let first = found.first { return (found, heats[first].stage ?? name) }
            throw .unknownStage(name, known: CountedName.sorted(heats.compactMap(\.stage)))
        }
        let found = CountedName.positions(of: name, among: heats.map(\.name))
        do throws(DesignError) {
            let stages = try stages()
            if let position = StageNames.position(of: name, among: stages.map(\.name)) {
                return (stages[position].heats, stages[position].name ?? name)
            }
            guard found.isEmpty else { return (found, name) }
            throw .unknownStage(name, known: stages.compactMap(\.name))
        } catch {
            guard found.isEmpty else { return (found, name) }
            throw error
        }
    }

    /// The names of the stages that some heats belong to, as far as stages can be determined.
    func stageNames(of chosen: Set<Int>) -> [String] {
        if hasStageNames { return CountedName.sorted(chosen.compactMap { heats[$0].stage }) }
        guard chosen.count > 1, let stages = try? stages() else { return [] }
        return stages.filter { !chosen.isDisjoint(with: $0.heats) }.compactMap(\.name)
    }

    /// A stage by its name, and the one before it.
    ///
    /// - Throws: `DesignError.unknownStage`; `DesignError.noEarlierStage` for the first one; as `stages()`.
    public func stage(called name: String) throws(DesignError) -> (before: Stage, stage: Stage) {
        let stages = try stages()
        let names = stages.map(\.name)
        let found = hasStageNames ? CountedName.positions(of: name, among: names).first : StageNames.position(of: name, among: names)
        guard let position = found else { throw .unknownStage(name, known: names.compactMap(\.self)) }
        guard position > 0 else { throw .noEarlierStage(name) }
        return (stages[position - 1], stages[position])
    }
}
