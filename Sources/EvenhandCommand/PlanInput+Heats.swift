import Evenhand
import EvenhandIO

extension PlanInput {
    /// Judges of whom so many are needed.
    func requirement(_ column: String, _ value: String, _ count: Int, _ judges: Contestants) throws -> PanelRequirement {
        let values = try PlanInput.values(column, of: judges, for: "--panel-has")
        guard values.contains(value) else {
            throw PlanError.emptyGroup("\(column)=\(value)", known: Set(values.compactMap(\.self)).sorted())
        }
        return PanelRequirement(name: "\(column)=\(value)", count: count, members: values.map { $0 == value })
    }

    /// The heats of --heats, with the columns `heat` of the entries and `heats` of the judges.
    func schedule(_ options: PlanOptions, _ entries: Contestants, _ judges: Contestants) throws -> HeatSchedule {
        let numbers = options.heatSizes
        let count = problem.entries.count - problem.anchors.count
        if numbers.count == 1, numbers[0] > count { throw PlanError.tooManyHeats(numbers[0], entries: count) }
        let sizes = numbers.count == 1 ? HeatSchedule.evenSizes(of: count, in: numbers[0]) : numbers
        var schedule = HeatSchedule(sizes: sizes, entryCount: problem.entries.count, judgeCount: problem.judges.count)
        for (entry, text) in (entries.attribute("heat") ?? []).enumerated() where !problem.anchors.contains(entry) {
            schedule.heatOfEntry[entry] = try text.map { try HeatList.heat($0, of: entries.names[entry], in: "heat", heats: sizes.count) }
        }
        for (judge, text) in (judges.attribute("heats") ?? []).enumerated() {
            schedule.presence[judge] = try text.map { try HeatList.heats($0, of: judges.names[judge], in: "heats", heats: sizes.count) }
        }
        return schedule
    }
}

/// Heats as cells name them: `3`, `第3场`, or several: `1-3,5`.
enum HeatList {
    /// The index of a heat.
    static func heat(_ text: String, of name: String, in column: String, heats: Int) throws -> Int {
        let runs = text.split { !$0.isWholeNumber }
        guard runs.count == 1, let number = Int(runs[0]), (1...heats).contains(number) else {
            throw PlanError.notAHeat(name: name, column: column, text: text, heats: heats)
        }
        return number - 1
    }

    /// The indices of several heats.
    static func heats(_ text: String, of name: String, in column: String, heats: Int) throws -> Set<Int> {
        var found: Set<Int> = []
        for part in text.split(whereSeparator: { ",，、;； ".contains($0) }) {
            let ends = try part.split(whereSeparator: { "-–—~～至到".contains($0) }).map { end in
                do { return try heat(String(end), of: name, in: column, heats: heats) } catch {
                    throw PlanError.notAHeat(name: name, column: column, text: text, heats: heats)
                }
            }
            guard let first = ends.first, let last = ends.last, ends.count <= 2, first <= last else {
                throw PlanError.notAHeat(name: name, column: column, text: text, heats: heats)
            }
            found.formUnion(first...last)
        }
        return found
    }
}
