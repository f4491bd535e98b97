import ArgumentParser
import Evenhand
import EvenhandIO

/// What methods need to know besides their names.
struct MethodParameters: ParsableArguments {
    @Option(help: ArgumentHelp("How many scores at each end trimmed drops and winsorized replaces.", valueName: "k|p%"))
    var trim: TrimArgument = TrimArgument(trim: .scores(1))

    @Option(help: ArgumentHelp("The largest distance from the entry's mean, in points, that clipped allows.", valueName: "d"))
    var clip: String?

    @Option(help: "How crossed estimates variances: restricted or full maximum likelihood.")
    var modelMethod: CrossedEffects.Estimation = .reml

    /// The method of a name.
    ///
    /// - Parameter option: the option that the name belongs to.
    func method(_ name: MethodOptions.Name, for option: String) throws -> ScoringMethod {
        switch name {
        case .mean: return .mean
        case .median: return .median
        case .trimmed: return .trimmed(trim.trim)
        case .winsorized: return .winsorized(trim.trim)
        case .clipped:
            guard let clip, let distance = Fraction(decimal: clip), distance.numerator >= 0 else {
                throw ValidationError("\(option) clipped needs --clip D, a distance in points such as 2.")
            }
            return .clipped(distance)
        case .huber: return .huber
        case .centered: return .normalized(.centered)
        case .zscore: return .normalized(.zscore)
        case .robustZ: return .normalized(.robustZ)
        case .percentile: return .normalized(.percentile)
        case .rankit: return .normalized(.rankit)
        case .coefficient: return .normalized(.coefficient)
        case .additive: return .additive
        case .crossed: return .crossed(modelMethod)
        case .calibrated: return .calibrated
        }
    }

    var json: [(String, JSON)] {
        [
            ("trim", .string(trim.text)), ("clip", clip.map(JSON.string) ?? .null), ("model_method", .string(modelMethod.rawValue)),
        ]
    }
}

/// `1` or `10%`
struct TrimArgument: ExpressibleByArgument {
    let trim: ScoringMethod.Trim

    init(trim: ScoringMethod.Trim) { self.trim = trim }

    init?(argument: String) {
        if argument.hasSuffix("%"), let share = Fraction(decimal: String(argument.dropLast())), share.numerator >= 0 {
            let part = Fraction(share.numerator, over: share.denominator * 100)
            guard part < Fraction(1, over: 2) else { return nil }
            trim = .share(part)
        } else if let number = Int(argument), (0...1_000_000).contains(number) {
            trim = .scores(number)
        } else {
            return nil
        }
    }

    var text: String {
        switch trim {
        case .scores(let number): "\(number)"
        case .share(let share): "\(NumberFormat.shortest(Fraction(share.numerator * 100, over: share.denominator).value))%"
        }
    }

    var defaultValueDescription: String { text }
}

extension CrossedEffects.Estimation: Choice {}
