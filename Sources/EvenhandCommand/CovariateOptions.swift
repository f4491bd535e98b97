import ArgumentParser
import EvenhandIO

/// Numbers and groups that scores may depend on besides who and what was judged.
struct CovariateOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Columns that scores may depend on: numbers, such as the length of an answer, or groups; results are compared at their means.",
            valueName: "header,…"))
    var covariate: String?

    /// The headers.
    var names: [String] { (covariate ?? "").split(whereSeparator: { ",，、".contains($0) }).map(String.init) }

    var json: [(String, JSON)] { [("covariate", .array(names.map(JSON.string)))] }
}
