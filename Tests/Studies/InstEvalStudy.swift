import Evenhand
import Foundation
import TestSupport
import Testing

enum InstEval {
    /// The ratings, when they and what to compare with are there.
    static let file: String? = {
        guard let file = ProcessInfo.processInfo.environment["EVENHAND_INSTEVAL"], FileManager.default.isReadableFile(atPath: file),
            ReferenceQuantities.isPresent("lmm/insteval_s_d")
        else { return nil }
        return file
    }()
}

/// The 73,421 ratings of lecturers by students that R's lme4 ships as InstEval, beside that program's fits polished until the gradient
/// vanished.
///
/// The ratings are not part of the package: `EVENHAND_INSTEVAL` names the file that `../shared/reference/lmm/export_insteval.R` writes.
@Suite(.serialized, .enabled(if: Studies.areWanted && InstEval.file != nil, "needs EVENHAND_INSTEVAL"))
struct InstEvalStudy {
    /// Students are the entries and lecturers the judges; the department and whether the lecture is a service of it may make heats.
    private static func sheet(heats: Bool) throws -> ScoreSheet {
        let text = try String(contentsOfFile: try #require(InstEval.file), encoding: .utf8)
        let rows = text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",").map(String.init)
            let heat = Heat(stage: nil, name: heats ? "\(cells[5]):\(cells[4])" : nil)
            return ScoreSheet.Row(entry: cells[0], judge: cells[1], points: Double(cells[6]) ?? .nan, heat: heat)
        }
        return try ScoreSheet(rows)
    }

    @Test(arguments: [false, true], CrossedEffects.Estimation.allCases)
    func `students, lecturers and the services of departments are fitted as by lme4`(
        heats: Bool, estimation: CrossedEffects.Estimation
    ) throws {
        let expected = try ReferenceQuantities(heats ? "lmm/insteval_s_d_deptservice" : "lmm/insteval_s_d")
        let fit = try CrossedEffects(of: Self.sheet(heats: heats), by: estimation, heats: heats)
        let sheet = fit.sheet
        func misses(_ quantity: String, _ found: Double, relative: Double = 1e-6) -> [String] {
            expected.misses("\(estimation.rawValue).\(quantity)", found, relative: relative, absolute: 1e-8)
        }
        func misses(_ quantity: String, _ names: [String], _ found: [Double]) -> [String] {
            let values = Dictionary(uniqueKeysWithValues: zip(names, found))
            return expected.misses("\(estimation.rawValue).\(quantity)_selected", values, relative: 1e-6, absolute: 1e-8)
        }
        func squares(_ quantity: String, _ found: [Double]) -> [String] {
            misses("\(quantity)_sum_of_squares", found.reduce(0) { $0 + $1 * $1 })
        }

        var missed = misses("var_s", fit.entryVariance) + misses("var_d", fit.judgeVariance) + misses("var_residual", fit.residualVariance)
        missed += misses("intercept", fit.groupMeans[0]) + misses("intercept_se", fit.groupCovariance[0][0].squareRoot())
        missed += misses(estimation == .reml ? "criterion" : "deviance", fit.criterion, relative: 1e-9)
        missed += misses("loglik", fit.logLikelihood, relative: 1e-9)
        missed += misses("blup_s", sheet.entries, fit.entryEffects) + squares("blup_s", fit.entryEffects)
        missed += misses("blup_d", sheet.judges, fit.judgeEffects) + squares("blup_d", fit.judgeEffects)
        missed += misses("condsd_s", sheet.entries, fit.entryDeviations(holdingFixed: true))
        missed += misses("condsd_d", sheet.judges, fit.judgeDeviations(holdingFixed: true))
        if let heat = fit.heatVariance {
            let names = sheet.heats.map { $0.name ?? "" }
            missed += misses("var_dept_by_service", heat)
            missed += misses("blup_dept_by_service", names, fit.heatEffects) + squares("blup_dept_by_service", fit.heatEffects)
            missed += misses("condsd_dept_by_service", names, fit.heatDeviations(holdingFixed: true))
        }
        #expect(missed == [])
        #expect(fit.factorizations <= 7)
        print("\(heats ? "with" : "without") heats, \(estimation): \(fit.factorizations) factorizations")
    }
}
