import Testing

@testable import Evenhand

@Suite struct ContestDesignTests {
    @Test func `without counts everybody judges everything`() throws {
        let design = try ContestDesign()
        #expect(design.heats.count == 30)
        #expect(design.heats.allSatisfy { $0.entries == 1 && $0.panel == design.judges.map(\.name) && $0.name == nil })
    }

    @Test func `entries are spread evenly over heats`() throws {
        let design = try ContestDesign(entryCount: 20, heatCount: 3)
        #expect(design.heats.map(\.entries) == [6, 7, 7])
        #expect(design.entryCount == 20)
        #expect(design.heats.map(\.name) == ["H1", "H2", "H3"])
    }

    @Test(arguments: [(9, 32, 5), (3, 10, 4), (2, 7, 4), (5, 6, 2), (1, 7, 7), (40, 7, 3)])
    func `panels of heats overlap whenever they can`(heats: Int, judges: Int, panel: Int) throws {
        let design = try ContestDesign(entryCount: 40, heatCount: heats, judgeCount: judges, panelSize: panel)
        let panels = design.heats.map { Set($0.panel) }
        #expect(panels.allSatisfy { $0.count == panel })
        #expect(Set(panels.flatMap(\.self)).count == judges)
        #expect(judges <= heats * (panel - 1) + 1)
        #expect(connectedSets(panels).count == 1)
    }

    @Test(arguments: [(100, 20, 5), (30, 7, 3), (50, 9, 8), (12, 10, 2)])
    func `panels of single entries share the work evenly`(entries: Int, judges: Int, panel: Int) throws {
        let design = try ContestDesign(entryCount: entries, judgeCount: judges, panelSize: panel)
        #expect(design.heats.allSatisfy { Set($0.panel).count == panel })
        let work = Dictionary(grouping: design.heats.flatMap(\.panel)) { $0 }.values.map(\.count)
        #expect(work.count == judges)
        #expect((work.max() ?? 0) - (work.min() ?? 0) <= 1)
    }

    /// 80 panels of 3 out of 10: of 120 that there are.
    @Test func `panels of single entries are mixed anew`() throws {
        let design = try ContestDesign(entryCount: 80, judgeCount: 10, panelSize: 3)
        #expect(Set(design.heats.map(\.panel)).count > 35)
    }

    @Test func `shares are met as closely as whole entries allow`() {
        let shares = [("a", 1.0), ("b", 1), ("c", 1), ("d", 0)].map { ContestDesign.Share(name: $0, share: $1) }
        #expect(shares.allotment(of: 9) == [3, 3, 3, 0])
        #expect(shares.allotment(of: 11) == [4, 4, 3, 0])
        #expect([ContestDesign.Share]().allotment(of: 5) == [])
    }

    @Test func `the best entries are from the sectors that the design says`() throws {
        let sectors = ["a", "b", "c"].map { ContestDesign.Share(name: $0, share: 1) }
        let heat = ContestDesign.Heat(name: nil, entries: 12, panel: ["j"])
        let best = ["c", "c", "a", "b", "c"]
        let design = try ContestDesign(sectors: sectors, best: best, judges: [.init(name: "j")], heats: [heat])
        let contest = SimulatedContest(of: design, seed: 1)
        let byQuality = contest.entries.sorted { $0.quality > $1.quality }
        #expect(byQuality.prefix(5).map(\.sector) == best)
        #expect(Set(contest.entries.map(\.sector)).allSatisfy { sector in contest.entries.count { $0.sector == sector } == 4 })
    }

    @Test func `another score model leaves the rest of a design as it is`() throws {
        let design = try ContestDesign(
            criteria: [.init(name: "c", maximum: 100)], entryPrefix: "P",
            sectors: [.init(name: "s", share: 1), .init(name: "t", share: 1)],
            cities: [.init(name: "x", share: 1)], best: ["t", "s"], judges: [.init(name: "a", field: "f", city: "x"), .init(name: "b")],
            stage: "first", heats: [.init(name: "h", entries: 4, panel: ["a", "b"], advancing: 2)],
            final: .init(stage: "last", heat: "f", panel: ["a"]))
        var model = design.model
        model.noiseSD = 1
        let other = try design.with(model: model)
        #expect(other.model == model && other != design && other.best == ["t", "s"])
        #expect(try other.with(model: design.model) == design)
    }

    @Test func `impossible counts say what is wrong`() {
        let most = ContestDesign.mostScores
        #expect(throws: ContestDesignError.tooFew(of: "entries", found: -3, needed: 1)) { try ContestDesign(entryCount: -3) }
        #expect(throws: ContestDesignError.tooFew(of: "judges", found: 0, needed: 1)) { try ContestDesign(judgeCount: 0) }
        #expect(throws: ContestDesignError.tooMany(of: "judges on a panel", found: 8, limit: 7)) { try ContestDesign(panelSize: 8) }
        #expect(throws: ContestDesignError.tooMany(of: "entries", found: .max, limit: most)) { try ContestDesign(entryCount: .max) }
        #expect(throws: ContestDesignError.tooMany(of: "scores", found: most * 2, limit: most)) {
            try ContestDesign(entryCount: most, judgeCount: 2)
        }
        #expect(throws: ContestDesignError.tooMany(of: "judges", found: 7, limit: 6)) { try ContestDesign(heatCount: 2, panelSize: 3) }
        #expect(throws: ContestDesignError.tooFew(of: "entries", found: 30, needed: 31)) { try ContestDesign(heatCount: 31) }
        #expect(throws: ContestDesignError.tooMany(of: "criteria", found: 101, limit: 100)) { try ContestDesign(criterionCount: 101) }
    }

    @Test func `impossible spreads say what is wrong`() {
        var model = ScoreModel()
        model.noiseSD = -1
        #expect(throws: ContestDesignError.outOfRange("noiseSD", value: -1, 0...100)) { try ContestDesign(model: model) }
        model = ScoreModel()
        model.decimals = 7
        #expect(throws: ContestDesignError.outOfRange("decimals", value: 7, 0...6)) { try ContestDesign(model: model) }
        model = ScoreModel()
        model.mean = .nan
        #expect(throws: ContestDesignError.self) { try ContestDesign(model: model) }
    }

    @Test(arguments: contradictions) func `a design that contradicts itself says where`(case: Contradiction) {
        #expect(throws: `case`.error) {
            try ContestDesign(
                criteria: `case`.criteria, sectors: [.init(name: "s", share: 1), .init(name: "t", share: `case`.share)],
                best: `case`.best, judges: [.init(name: "a"), .init(name: `case`.second)], stage: `case`.stage,
                heats: [.init(name: "h", entries: `case`.entries, panel: `case`.panel, advancing: `case`.advancing)],
                final: `case`.final ? .init(stage: "last", heat: "f", panel: ["a"]) : nil)
        }
    }

    static let contradictions = [
        Contradiction(error: .unknown("judge", name: "z"), panel: ["a", "z"]),
        Contradiction(error: .repeated("judge on one panel", name: "a"), panel: ["a", "a"]),
        Contradiction(error: .tooFew(of: "judges on a panel", found: 0, needed: 1), panel: []),
        Contradiction(error: .repeated("judge", name: "a"), second: "a"),
        Contradiction(error: .tooFew(of: "entries in a heat", found: 0, needed: 1), entries: 0),
        Contradiction(error: .tooMany(of: "advancing entries", found: 5, limit: 4), advancing: 5),
        Contradiction(error: .tooFew(of: "advancing entries", found: -1, needed: 0), advancing: -1),
        Contradiction(error: .tooFew(of: "finalists", found: 0, needed: 1), stage: "first", final: true),
        Contradiction(error: .tooFew(of: "names of the first stage", found: 0, needed: 1), advancing: 1, final: true),
        Contradiction(error: .repeated("stage", name: "last"), advancing: 1, stage: "last", final: true),
        Contradiction(error: .uselessShares(of: "sectors"), share: -1),
        Contradiction(error: .unknown("sector", name: "u"), best: ["u"]),
        Contradiction(error: .tooFew(of: "entries of sector t", found: 2, needed: 3), best: ["t", "t", "t"]),
        Contradiction(error: .maximaAddUp(to: 60, insteadOf: 100), criteria: [.init(name: "c", maximum: 60)]),
        Contradiction(error: .tooFew(of: "points of criterion c", found: 0, needed: 1), criteria: [.init(name: "c", maximum: 0)]),
    ]

    @Test func `spreads of scales and noise go up to 3`() throws {
        for spread in [\ScoreModel.scaleSD, \.noiseSpread] {
            var model = ScoreModel()
            model[keyPath: spread] = 3
            _ = try ContestDesign(model: model)
            model[keyPath: spread] = 3.01
            #expect(throws: ContestDesignError.self) { try ContestDesign(model: model) }
        }
    }
}

/// A design of one heat with one thing wrong.
struct Contradiction: Sendable {
    var error: ContestDesignError
    var panel = ["a", "b"]
    var second = "b"
    var entries = 4
    var advancing = 0
    var stage: String?
    var final = false
    var share = 1.0
    var best: [String] = []
    var criteria: [ContestDesign.Criterion] = []
}

/// Joins sets that share a member until none do.
func connectedSets(_ sets: [Set<String>]) -> [Set<String>] {
    sets.reduce(into: []) { joined, set in
        let touching = joined.filter { !$0.isDisjoint(with: set) }
        joined.removeAll { !$0.isDisjoint(with: set) }
        joined.append(touching.reduce(set) { $0.union($1) })
    }
}
