@testable import Evenhand
import Foundation
import TestSupport

/// Cases of `Fixtures/rasch`, and those outside the package.
struct RaschFixture {
    let name: String
    let sheet: ScoreSheet
    private let values: [String: Double]

    init(_ name: String) throws {
        self.name = name
        sheet = try ScoreSheet(try EvenhandTests.rows(of: "rasch/\(name).csv").map(RaschFixture.row))
        values = Dictionary(
            uniqueKeysWithValues: try EvenhandTests.rows(of: "rasch/\(name)_expected.csv").map {
                ($0["quantity"]!, Double($0["value"]!)!)
            })
    }

    init(shared path: String) throws {
        name = path
        let text = try String(contentsOf: ReferenceQuantities.file(path, "csv"), encoding: .utf8)
        sheet = try ScoreSheet(EvenhandTests.rows(ofText: text).map(RaschFixture.row))
        values = try ReferenceQuantities(path).values
    }

    static func isPresent(_ path: String) -> Bool { ReferenceQuantities.isPresent(path) }

    private static func row(_ row: [String: String]) -> ScoreSheet.Row {
        ScoreSheet.Row(entry: row["project"]!, judge: row["judge"]!, points: Double(row["score"]!)!, criterion: row["criterion"])
    }

    subscript(quantity: String) -> Double? { values[quantity] }

    /// The keys of the numbers, in order.
    var keys: [String] { values.keys.sorted() }

    /// The facet under the name that the case has for it.
    static let facets: [(name: String, facet: RaschModel.Facet)] = [("project", .entry), ("judge", .judge), ("criterion", .criterion)]

    /// All that the model says, by the keys of the cases.
    static func quantities(_ model: RaschModel) -> [String: Double] {
        var found: [String: Double] = [
            "n_obs": Double(model.sheet.count), "loglik": model.logLikelihood, "deviance": model.deviance,
            "n_parameters": Double(model.parameterCount), "overall_residual_chi2": model.residualSquares,
        ]
        found["person_variance"] = model.entryVariance
        let measureNames: [RaschModel.Facet: String] = [.entry: "measure", .judge: "severity", .criterion: "difficulty"]
        for (name, facet) in facets where model.facets.contains(facet) {
            let names = model.names(of: facet)
            for element in model.elements(of: facet) {
                let key = "\(name).\(names[element.index])"
                found["\(measureNames[facet]!).\(key)"] = element.measure
                found["model_se.\(key)"] = element.standardError
                found["full_se.\(key)"] = element.fullError
                found["observed_average.\(key)"] = element.observedAverage
                found["fair_average.\(key)"] = element.fairAverage
                found["infit_mnsq.\(key)"] = element.infit?.value
                found["infit_zstd.\(key)"] = element.infit?.z
                found["outfit_mnsq.\(key)"] = element.outfit?.value
                found["outfit_zstd.\(key)"] = element.outfit?.z
                if facet == .entry, model.rules.estimation == .mml {
                    found["eap.\(key)"] = element.measure
                    found["eap_sd.\(key)"] = element.standardError
                }
            }
            guard let separation = RaschSeparation(of: model, facet: facet) else { continue }
            for basis in RaschSeparation.Basis.allCases {
                found["\(basis.rawValue).rmse.\(name)"] = separation.error
                found["\(basis.rawValue).true_sd.\(name)"] = separation.trueDeviation(basis)
                found["\(basis.rawValue).separation.\(name)"] = separation.separation(basis)
                found["\(basis.rawValue).strata.\(name)"] = separation.strata(basis)
                found["\(basis.rawValue).reliability.\(name)"] = separation.reliability(basis)
            }
            found["fixed_chi2.\(name)"] = separation.chiSquared
            found["fixed_chi2_df.\(name)"] = Double(separation.degreesOfFreedom)
            if facet == .judge { found["mean_severity.judge"] = separation.mean }
        }
        for category in model.categories {
            let label = category.label.formatted(.number.precision(.fractionLength(0)).locale(Locale(identifier: "en")))
            found["category_counts.\(label)"] = category.count
            if let threshold = category.threshold {
                found["threshold.F\(label)"] = threshold.value
                found["full_se.threshold.F\(label)"] = threshold.standardError
            }
        }
        return found
    }
}
