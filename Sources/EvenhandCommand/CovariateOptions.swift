import ArgumentParser
import EvenhandIO

/// Numbers that scores may depend on besides who and what was judged.
struct CovariateOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Columns of numbers that scores may depend on, such as the length of an answer; results are compared at their means.",
            valueName: "header,…"))
    var covariate: String?

    /// The headers.
    var names: [String] { (covariate ?? "").split(whereSeparator: { ",，、".contains($0) }).map(String.init) }

    var json: [(String, JSON)] { [("covariate", .array(names.map(JSON.string)))] }
}
