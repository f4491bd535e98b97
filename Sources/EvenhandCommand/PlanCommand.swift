import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// Who judges what?
struct PlanCommand: TableCommand {
    typealias TableName = PlanTable

    static let configuration = CommandConfiguration(
        commandName: "plan", _superCommandName: "evenhand",
        abstract: "Assign judges to entries before a contest, or examine an assignment.")

    @OptionGroup(title: "Plan") var plan: PlanOptions
    @OptionGroup(title: "Expectation") var expectation: ExpectationOptions
    @OptionGroup(title: "Score sheets") var sheets: PlanSheetOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if output.tableName == PlanTable.expected.rawValue, expectation.places == nil {
            throw ValidationError("--table expected: say how many places there are with --places K.")
        }
    }

    func run() throws {
        try output.reporting { names in
            let input = try PlanInput(plan)
            let (entries, judges) = (input.problem.entries, input.problem.judges)
            if output.anonymize.contains(.entries) { names.hide(entries, as: ScoreSheet.labels("E", entries.count)) }
            if output.anonymize.contains(.judges) { names.hide(judges, as: ScoreSheet.labels("J", judges.count)) }
            let review = try review(input)
            let language = output.language
            let expected = try expectation.expectation(of: review, seed: plan.seed)
            let written = try sheets.write(review, hiding: names, in: language)
            let report = Report(
                plan: review, isChecked: plan.check != nil, seed: plan.seed, kept: input.kept(in: review),
                matched: input.matched(in: review), expected: expected, written: written,
                isForPeople: output.isForPeople && output.format != .xlsx, top: output.top, in: language, cells: output.cellLanguage)
            let faults = plan.check == nil ? [] : review.faults(in: language)
            try output.print(
                report, warnings: input.strangers.map { $0.message(in: language) } + faults,
                Invocation(
                    command: "plan", inputs: [], options: plan.json + expectation.json,
                    attributeFiles: plan.files + [expectation.like].compactMap(\.self)), hiding: names)
        }
    }

    private func review(_ input: PlanInput) throws -> PlanReview {
        guard let check = plan.check else { return PlanReview(of: try AssignmentPlan(of: input.problem, seed: plan.seed)) }
        var problem = input.problem
        let made = try input.plan(in: check, heats: problem.schedule?.sizes.count)
        let panels = made.panels
        // Without --per-entry every entry needs the judges that it has, or one.
        if plan.perEntry == nil { for (entry, panel) in panels.enumerated() { problem.setNeed(of: entry, to: max(Set(panel).count, 1)) } }
        return PlanReview(of: panels, spares: made.spares, heatOfEntry: made.heatOfEntry, for: problem, seed: plan.seed)
    }
}
