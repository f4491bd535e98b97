import ArgumentParser
import Evenhand
import EvenhandIO

/// Whether judges are compared in points, or on rating scales.
struct RaschOptions: ParsableArguments {
    enum Model: String, Choice {
        case linear
        case ratingScale = "rating-scale"
        case partialCredit = "partial-credit"
    }

    @Option(
        help:
            "The model: linear for points; for scores in a few categories a many-facet Rasch model, its steps common or of each criterion."
    )
    var model: Model = .linear

    @Option(
        help: "How a Rasch model is estimated: by joint maximum likelihood, as in Facets, or by marginal, with entries drawn at random.")
    var estimate: RaschModel.Estimation = .jml

    @Option(
        help: ArgumentHelp(
            "What scores depend on besides entries in a Rasch model: judge, criterion or both (default: what the sheet has).",
            valueName: "facet,…"))
    var facets: String?

    @Option(help: ArgumentHelp("Divide the range of scores into so many categories, for a Rasch model.", valueName: "n"))
    var categories: Int?

    func validate() throws {
        _ = try chosenFacets()
        if let categories, !(2...RaschScale.mostCategories).contains(categories) {
            throw ValidationError("--categories \(categories): between 2 and \(RaschScale.mostCategories).")
        }
        guard model == .linear else { return }
        if estimate != .jml || facets != nil || categories != nil {
            throw ValidationError("--estimate, --facets and --categories belong to --model rating-scale and partial-credit.")
        }
    }

    private func chosenFacets() throws -> Set<RaschModel.Facet> {
        var chosen: Set<RaschModel.Facet> = []
        for name in facets?.split(whereSeparator: { ",，、".contains($0) }) ?? [] {
            guard let facet = RaschModel.Facet(rawValue: String(name)), facet != .entry else {
                throw ValidationError("--facets \(name): the facets are judge and criterion.")
            }
            chosen.insert(facet)
        }
        if facets != nil, chosen.isEmpty { throw ValidationError("--facets: name judge, criterion or both.") }
        return chosen
    }

    /// What is fitted; `nil` for the linear model.
    func rules(weights: [String: Fraction]) throws -> RaschModel.Rules? {
        guard model != .linear else { return nil }
        var rules = RaschModel.Rules(scale: model == .partialCredit ? .partialCredit : .ratingScale)
        (rules.estimation, rules.facets, rules.categories) = (estimate, try chosenFacets(), categories)
        rules.weights = weights.mapValues(\.value)
        return rules
    }

    var json: [(String, JSON)] {
        let names = ((try? chosenFacets()) ?? []).map(\.rawValue).sorted()
        return [
            ("model", .string(model.rawValue)), ("estimate", .string(estimate.rawValue)), ("facets", .array(names.map(JSON.string))),
            ("categories", categories.map(JSON.integer) ?? .null),
        ]
    }
}

extension RaschModel.Estimation: Choice {}
