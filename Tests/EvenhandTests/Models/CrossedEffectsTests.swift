import Evenhand
import TestSupport
import Testing

/// Expected: `Fixtures/lmm`, R's lme4 1.1.31 with its optimum polished until the gradient vanished, and a dense implementation.
@Suite struct CrossedEffectsTests {
    /// A file of the fixtures with its columns renamed to roles.
    static func contest(_ file: String, entry: String = "project", judge: String = "judge", heat: String? = nil) throws -> ScoreSheet {
        let lines = try rows(of: "lmm/\(file).csv").map { row in
            [row[entry]!, row[judge]!, row["score"]!, heat.map { row[$0]! } ?? "one"].joined(separator: ",")
        }
        return try sheet((["entry,judge,score,heat"] + lines).joined(separator: "\n"))
    }

    /// The sectors of the simulated contest's entries.
    static func sectors(_ sheet: ScoreSheet) throws -> Factor {
        let sector = Dictionary(try rows(of: "lmm/contest_150x32.csv").map { ($0["project"]!, $0["sector"]!) }) { $1 }
        return Factor(sheet.entries.map { sector[$0] })
    }

    struct Expected {
        var values: [String: [String: Double]] = [:]

        init(_ name: String) throws {
            for row in try rows(of: "lmm/expected.csv") where row["case"] == name {
                values[row["quantity"]!, default: [:]][row["level"]!] = Double(row["value"]!)
            }
        }

        /// The names of the quantities that are not as expected.
        func misses(_ quantity: String, _ found: [String: Double], relative: Double = 1e-6) -> [String] {
            guard let expected = values[quantity] else { return ["no \(quantity)"] }
            return expected.compactMap { level, value in
                let mine = found[level] ?? .nan
                return isClose(mine, value, relative: relative, absolute: 1e-8) ? nil : "\(quantity) \(level): \(mine) for \(value)"
            }
        }

        func misses(_ quantity: String, _ found: Double, relative: Double = 1e-6) -> [String] {
            misses(quantity, ["": found], relative: relative)
        }
    }

    static func named(_ names: [String], _ values: [Double]) -> [String: Double] {
        Dictionary(uniqueKeysWithValues: zip(names, values))
    }

    /// Everything that a case states about a fit; `entry` and `judge` are the names of its terms.
    static func misses(_ fit: CrossedEffects, _ name: String, entry: String = "project", judge: String? = "judge") throws -> [String] {
        let (expected, sheet) = (try Expected(name), fit.sheet)
        let key = fit.estimation.rawValue
        var misses = expected.misses("\(key).var_\(entry)", fit.entryVariance)
        misses += expected.misses("\(key).var_residual", fit.residualVariance)
        misses += expected.misses("\(key).\(fit.estimation == .reml ? "criterion" : "deviance")", fit.criterion, relative: 1e-9)
        misses += expected.misses("\(key).loglik", fit.logLikelihood, relative: 1e-9)
        misses += expected.misses("\(key).blup_\(entry)", named(sheet.entries, fit.entryEffects))
        misses += expected.misses("\(key).condsd_\(entry)", named(sheet.entries, fit.entryDeviations(holdingFixed: true)))
        if let judge {
            misses += expected.misses("\(key).var_\(judge)", fit.judgeVariance)
            misses += expected.misses("\(key).blup_\(judge)", named(sheet.judges, fit.judgeEffects))
            misses += expected.misses("\(key).condsd_\(judge)", named(sheet.judges, fit.judgeDeviations(holdingFixed: true)))
        }
        if let heat = fit.heatVariance {
            let names = sheet.heats.map { $0.name! }
            misses += expected.misses("\(key).var_heat", heat)
            misses += expected.misses("\(key).blup_heat", named(names, fit.heatEffects))
            misses += expected.misses("\(key).condsd_heat", named(names, fit.heatDeviations(holdingFixed: true)))
        }
        if fit.groups.count == 1 {
            misses += expected.misses("\(key).intercept", fit.groupMeans[0])
            misses += expected.misses("\(key).intercept_se", fit.groupCovariance[0][0].squareRoot())
        }
        guard fit.estimation == .reml else { return misses }
        misses += expected.misses("reml.prediction_error_sd_\(entry)", named(sheet.entries, fit.entryDeviations()))
        if let judge { misses += expected.misses("reml.prediction_error_sd_\(judge)", named(sheet.judges, fit.judgeDeviations())) }
        if expected.values["reml.fair_score_project"] != nil {
            misses += expected.misses("reml.fair_score_project", named(sheet.entries, fit.fairAverages()))
            misses += expected.misses("reml.fair_score_se_project", named(sheet.entries, fit.fairAverageErrors()))
            misses += expected.misses("reml.sd_of_difference_of_first_two_projects", fit.errorOfDifference(0, 1))
            misses += expected.misses("reml.sd_of_difference_first_and_last_project", fit.errorOfDifference(0, sheet.entries.count - 1))
        }
        return misses
    }

    @Test func `a contest of 150 entries and 32 judges is fitted as by lme4, by both likelihoods`() throws {
        let sheet = try Self.contest("contest_150x32")
        for estimation in CrossedEffects.Estimation.allCases {
            #expect(try Self.misses(CrossedEffects(of: sheet, by: estimation), "contest_150x32").isEmpty)
        }
    }

    @Test func `heats have effects of their own`() throws {
        let sheet = try Self.contest("contest_150x32", heat: "heat")
        for estimation in CrossedEffects.Estimation.allCases {
            #expect(try Self.misses(CrossedEffects(of: sheet, by: estimation, heats: true), "contest_150x32_heat").isEmpty)
        }
    }

    /// Every entry has three scores in one of four heats and one in the next.
    @Test func `the heats of an entry count by its scores in them`() throws {
        var stream = RandomStream(seed: 31)
        let rows = (0..<12).flatMap { entry in
            let merit = 3 * stream.normal()
            return (0..<4).map { seat in
                let heat = (seat < 3 ? entry : entry + 1) % 4
                let points = 60 + merit + Double([0, 8, -5, 3][heat] + 2 * seat) + stream.normal()
                return ScoreSheet.Row(
                    entry: "E\(10 + entry)", judge: "J\(seat)", points: (10 * points).rounded() / 10,
                    heat: Heat(stage: nil, name: "H\(heat)"))
            }
        }
        let fit = try CrossedEffects(of: ScoreSheet(rows), heats: true)
        #expect(fit.heatVariance.map { $0 > 1 } ?? false)
        for (entry, value) in fit.fairAverages(heatMeans: .strength).enumerated() {
            let heats = 0.75 * fit.heatEffects[entry % 4] + 0.25 * fit.heatEffects[(entry + 1) % 4]
            #expect(isClose(value, fit.groupMeans[0] + fit.entryEffects[entry] + heats, relative: 1e-12))
        }
        // Errors of differences are those of draws from the posterior, within four standard errors of a deviation.
        for heatMeans in CrossedEffects.HeatMeans.allCases {
            let gaps = try fit.draws(20_000, seed: 4, heatMeans: heatMeans, variances: .held).all.map { $0[0] - $0[1] }
            let mean = gaps.reduce(0, +) / 20_000
            let deviation = (gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000).squareRoot()
            #expect(isClose(fit.errorOfDifference(0, 1, heatMeans: heatMeans), deviation, relative: 0.02), "\(heatMeans)")
        }
    }

    @Test func `groups are fixed effects with their covariance`() throws {
        let sheet = try Self.contest("contest_150x32", heat: "heat")
        let expected = try Expected("contest_150x32_sector_heat")
        for estimation in CrossedEffects.Estimation.allCases {
            let fit = try CrossedEffects(of: sheet, by: estimation, heats: true, groups: try Self.sectors(sheet))
            #expect(try Self.misses(fit, "contest_150x32_sector_heat").isEmpty)
            // lme4 states differences from the first sector, agri.
            let contrasts = Dictionary(
                uniqueKeysWithValues: zip(fit.groups, fit.groupMeans).enumerated().map { position, group in
                    position == 0 ? ("(Intercept)", group.1) : ("sector\(group.0)", group.1 - fit.groupMeans[0])
                })
            #expect(expected.misses("\(estimation).fixef", contrasts).isEmpty)
            let covariance = fit.groupCovariance
            let errors = Dictionary(
                uniqueKeysWithValues: fit.groups.enumerated().map { position, name in
                    let variance = covariance[0][0] + (position == 0 ? 0 : covariance[position][position] - 2 * covariance[0][position])
                    return (position == 0 ? "(Intercept)" : "sector\(name)", variance.squareRoot())
                })
            #expect(expected.misses("\(estimation).fixef_se", errors).isEmpty)
        }
    }

    @Test func `heats without a common judge are compared through the mean alone`() throws {
        let sheet = try Self.contest("contest_disconnected")
        for estimation in CrossedEffects.Estimation.allCases {
            #expect(try Self.misses(CrossedEffects(of: sheet, by: estimation), "contest_disconnected").isEmpty)
        }
    }

    /// The penicillin data of Bates et al. (2015): 24 plates, 6 samples. Printed there: 0.8467, 1.9316 and 0.5499; criterion 330.9.
    @Test func `penicillin is fitted as published`() throws {
        let sheet = try Self.contest("penicillin")
        for estimation in CrossedEffects.Estimation.allCases {
            #expect(try Self.misses(CrossedEffects(of: sheet, by: estimation), "penicillin").isEmpty)
        }
        let fit = try CrossedEffects(of: sheet)
        #expect((fit.entryVariance.squareRoot() * 1e4).rounded() == 8467)
        #expect((fit.judgeVariance.squareRoot() * 1e4).rounded() == 19316)
        #expect((fit.residualVariance.squareRoot() * 1e4).rounded() == 5499)
    }

    @Test func `entries may be nested in judges`() throws {
        // Two analyses of each sample, distinguished by a heat without effect.
        let lines = try rows(of: "lmm/pastes_nested.csv").enumerated().map { position, row in
            "\(row["project"]!),\(row["batch"]!),\(row["score"]!),\(position % 2)"
        }
        let sheet = try sheet((["entry,judge,score,heat"] + lines).joined(separator: "\n"))
        for estimation in CrossedEffects.Estimation.allCases {
            #expect(try Self.misses(CrossedEffects(of: sheet, by: estimation), "pastes_nested", judge: "batch").isEmpty)
        }
    }

    /// Box and Tiao's simulated dyestuff data: the batches differ less than their noise would make them.
    @Test func `a variance at its boundary is exactly 0`() throws {
        let lines = try rows(of: "lmm/dyestuff2_zero_variance.csv").enumerated().map { "\($1["project"]!),J,\($1["score"]!),\($0)" }
        let sheet = try sheet((["entry,judge,score,heat"] + lines).joined(separator: "\n"))
        for estimation in CrossedEffects.Estimation.allCases {
            let fit = try CrossedEffects(of: sheet, by: estimation)
            #expect(try Self.misses(fit, "dyestuff2_zero_variance", judge: nil).isEmpty)
            #expect(fit.entryVariance == 0 && fit.judgeVariance == 0)
        }
    }
}
