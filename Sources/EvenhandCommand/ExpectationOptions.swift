import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

private let usual = ContestSpread()

/// How right the places will be: what is known about entries, judges and noise.
struct ExpectationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many places there are: simulate how many of the best will get one.", valueName: "k"))
    var places: Int?

    @Option(help: ArgumentHelp("Scores of an earlier contest, whose spreads are used.", valueName: "file"), completion: .file())
    var like: String?

    @OptionGroup var given: SpreadOptions

    private var spreads: [(name: String, value: Double?)] {
        [
            ("entry-sd", given.entrySD), ("judge-sd", given.judgeSD), ("scale-sd", given.scaleSD), ("noise-sd", given.noiseSD),
            ("heat-sd", given.heatSD),
        ]
    }

    func validate() throws {
        if let places, places < 1 { throw ValidationError("--places \(places): at least one place.") }
        if places == nil, like != nil || spreads.contains(where: { $0.value != nil }) {
            throw ValidationError("--places K: say how many places there are; --like and the spreads are about them.")
        }
        for (name, value) in spreads {
            let highest = name == "scale-sd" ? 3.0 : 100
            if let value, !(0...highest).contains(value) {
                throw ValidationError("--\(name) \(value): a number from 0 to \(Int(highest)).")
            }
        }
    }

    var json: [(String, JSON)] {
        [("places", places.map(JSON.integer) ?? .null), ("like", like.map(JSON.string) ?? .null)]
            + spreads.map { ($0.name.replacing("-", with: "_"), $0.value.map(JSON.number) ?? .null) }
    }

    /// The spreads of the earlier contest or the usual ones, and those that are given in their place.
    private func spread() throws -> ContestSpread {
        var spread = usual
        if let like {
            let reading = try Reading(of: [like])
            spread = try ContestSpread(fittedTo: Totals(of: Selection(of: reading.sheet).sheet).sheet)
        }
        spread.entrySD = given.entrySD ?? spread.entrySD
        spread.judgeSD = given.judgeSD ?? spread.judgeSD
        spread.scaleSD = given.scaleSD ?? spread.scaleSD
        spread.noiseSD = given.noiseSD ?? spread.noiseSD
        spread.heatSD = given.heatSD ?? spread.heatSD
        return spread
    }

    /// What a plan will achieve, beside its alternatives; `nil` when that is not asked.
    func expectation(of review: PlanReview, seed: UInt64) throws -> PlanExpectation? {
        guard let places else { return nil }
        let (entryCount, judgeCount) = (review.problem.entries.count, review.problem.judges.count)
        guard places < entryCount else { throw PlanError.tooManyPlaces(places, entries: entryCount) }
        let perEntry = review.seats.count / entryCount
        let plans =
            [SeatPlan(review)] + SeatPlan.alternatives(entryCount: entryCount, judgeCount: judgeCount, perEntry: perEntry)
        let spread = try spread()
        return PlanExpectation(
            ExpectedCorrectness(of: plans, spread: spread, places: places, seed: seed), spread: spread, fittedTo: like)
    }
}
