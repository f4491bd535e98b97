/// Why a model could not be fitted, where an answer can do without it.
public enum FitObstacle: Error, Sendable, Equatable {
    /// Too few scores or judges for it, or too many.
    case design(DesignError)
    /// Scores that it explains exactly, differences that are not there, or a search that did not converge.
    case fit(FitError)
    /// A rule whose results are neither sums of what judges agree on nor made of runs that are: majorities, places.
    case rule

    /// The fit, or what prevents it.
    static func result<Fit>(_ make: () throws -> Fit) -> Result<Fit, FitObstacle> {
        Result { try make() }.mapError { error in
            switch error {
            case let obstacle as FitObstacle: obstacle
            case let error as DesignError: .design(error)
            case let error as FitError: .fit(error)
            default: .fit(.notConverged(steps: 0, change: .infinity))
            }
        }
    }
}

extension Result where Failure == FitObstacle {
    /// The fit, if there is one.
    var fit: Success? { try? get() }

    /// What prevents it.
    var obstacle: FitObstacle? {
        if case .failure(let obstacle) = self { obstacle } else { nil }
    }
}
