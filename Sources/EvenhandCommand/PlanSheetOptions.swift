import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// Score sheets for the judges of a plan.
struct PlanSheetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Directory for a workbook and a page for each judge; created if needed.", valueName: "dir"),
        completion: .directory)
    var sheets: String?

    @Option(help: ArgumentHelp("The criteria on the sheets with their maxima (default: one score up to 100).", valueName: "name=max,…"))
    var criteria: Assignments?

    func validate() throws {
        if criteria != nil, sheets == nil { throw ValidationError("--criteria: the score sheets need a directory; add --sheets DIR.") }
        for (name, most) in try criteria?.fractions("--criteria") ?? [:] where most.numerator <= 0 {
            throw ValidationError("--criteria: the maximum of \(name) has to be above 0.")
        }
    }

    /// Writes the sheets, if they are asked for, and says so; nothing is replaced.
    func write(_ review: PlanReview, hiding names: Pseudonyms, in language: Language) throws -> [String] {
        guard let directory = sheets else { return [] }
        let maxima = try criteria?.fractions("--criteria") ?? [:]
        let parts = (criteria?.parts ?? []).compactMap { part in maxima[part.name].map { SheetCriterion(name: part.name, most: $0) } }
        let made = JudgeSheet.all(of: review, criteria: parts.isEmpty ? [.whole] : parts, hiding: names, language: language)
        try JudgeSheet.check(made)
        var files: [(path: String, bytes: [UInt8])] = []
        for (name, sheet) in zip(FileNames.distinct(made.map(\.judge)), made) {
            files.append(("\(directory)/\(name).xlsx", try sheet.workbook()))
            files.append(("\(directory)/\(name).html", Array(sheet.page.html.utf8)))
        }
        try OutputFile.makeDirectory(directory)
        try OutputFile.writeNew(files)
        return [JudgeSheet.note(made.count, in: directory, language)]
    }
}
