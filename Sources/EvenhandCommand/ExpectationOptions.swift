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

    @Option(name: .customLong("entry-sd"), help: "SD of the entries' quality, in points. (default: \(usual.entrySD))")
    var entrySD: Double?
    @Option(name: .customLong("judge-sd"), help: "SD of the judges' severity, in points. (default: \(usual.judgeSD))")
    var judgeSD: Double?
    @Option(name: .customLong("scale-sd"), help: "SD of the logarithm of the judges' scales. (default: \(usual.scaleSD))")
    var scaleSD: Double?
    @Option(name: .customLong("noise-sd"), help: "SD of the noise of a score, in points. (default: \(usual.noiseSD))")
    var noiseSD: Double?
    @Option(name: .customLong("heat-sd"), help: "SD of the differences between heats, in points. (default: \(usual.heatSD))")
    var heatSD: Double?

    private var spreads: [(name: String, value: Double?)] {
        [("entry-sd", entrySD), ("judge-sd", judgeSD), ("scale-sd", scaleSD), ("noise-sd", noiseSD), ("heat-sd", heatSD)]
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
            + spreads.map { ($0.name, $0.value.map(JSON.number) ?? .null) }
    }

    /// The spreads of the earlier contest or the usual ones, and those that are given in their place.
    private func spread() throws -> ContestSpread {
        var spread = usual
        if let like {
            let reading = try Reading(of: [like])
            spread = try ContestSpread(fittedTo: Totals(of: Selection(of: reading.sheet).sheet).sheet)
        }
        spread.entrySD = entrySD ?? spread.entrySD
        spread.judgeSD = judgeSD ?? spread.judgeSD
        spread.scaleSD = scaleSD ?? spread.scaleSD
        spread.noiseSD = noiseSD ?? spread.noiseSD
        spread.heatSD = heatSD ?? spread.heatSD
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
