import ArgumentParser
import EvenhandIO
import Evenhand
@main struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "evenhand")
    @Argument var scores: [String]
    mutating func run() throws { let c = ContinuousClock(); var r: Reading! 
     let d = try c.measure { r = try Reading(of: scores) }
    print(d, r.sheet.count, r.sheet.entries.count, r.sheet.judges.count, r.sheet.heats, r.sheet.entryAttributes.map { ($0.name, $0.values.levels.count) }, r.ignoredColumns, r.sheet.unitsPerPoint, r.sheet.units.prefix(8)) }
}
