import ArgumentParser
import Evenhand
import EvenhandIO

/// What judges are compared by: a linear model of any facets, in points, or a rating scale.
struct JudgeModelOptions: ParsableArguments {
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
            "What scores depend on besides entries: judge, criterion, item, heat, with every pair of them, or single ones and pairs such as entry:item; in a Rasch model judge, criterion or both (default: what the sheet has).",
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
        if estimate != .jml || categories != nil {
            throw ValidationError("--estimate and --categories belong to --model rating-scale and partial-credit.")
        }
    }

    private static let names: [(name: String, facet: Facets)] = [
        ("entry", .entry), ("judge", .judge), ("criterion", .criterion), ("item", .item), ("heat", .heat),
    ]

    static func name(of facets: Facets) -> String { names.filter { facets.contains($0.facet) }.map(\.name).joined(separator: ":") }

    /// What is named, each a facet or several joined by colons.
    private func named() throws -> [Facets] {
        let found = try (facets?.split(whereSeparator: { ",，、".contains($0) }) ?? []).map { part in
            try part.split(whereSeparator: { ":：×*".contains($0) }).reduce(into: Facets()) { facets, name in
                guard let known = JudgeModelOptions.names.first(where: { $0.name == name }) else {
                    throw ValidationError("--facets \(name): the facets are judge, criterion, item and heat, and pairs such as entry:item.")
                }
                facets.insert(known.facet)
            }
        }
        if facets != nil, found.allSatisfy({ $0 == .entry || $0.isEmpty }) {
            throw ValidationError("--facets: name judge, criterion, item or heat.")
        }
        return found.filter { !$0.isEmpty }
    }

    /// The facets of a linear model, besides entries; none for what the sheet has.
    func linearFacets() throws -> [Facets] { model == .linear ? try named().filter { $0 != .entry } : [] }

    private func chosenFacets() throws -> Set<RaschModel.Facet> {
        try named().reduce(into: []) { chosen, facets in
            guard model == .linear || facets == .judge || facets == .criterion else {
                let name = JudgeModelOptions.name(of: facets)
                throw ValidationError("--facets \(name): the facets of a Rasch model are judge and criterion.")
            }
            if facets == .judge { chosen.insert(.judge) }
            if facets == .criterion { chosen.insert(.criterion) }
        }
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
        let names = ((try? named()) ?? []).map(JudgeModelOptions.name).sorted()
        return [
            ("model", .string(model.rawValue)), ("estimate", .string(estimate.rawValue)), ("facets", .array(names.map(JSON.string))),
            ("categories", categories.map(JSON.integer) ?? .null),
        ]
    }
}

extension RaschModel.Estimation: Choice {}
