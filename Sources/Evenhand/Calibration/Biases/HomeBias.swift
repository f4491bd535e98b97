/// Whether judges score entries better that share something with them: a city, an employer, a nation.
///
/// By least squares with performances and judges as fixed effects, x = θ_performance + β_judge + δ s + ε, s = 1 where judge and entry have
/// the same value: what the home judge gave above the others of the same panel, severity taken out. For one judge δ is the judge's own,
/// with one common δ for all others.
///
/// It is the size of a difference, not its reason: a judge may favour friends, or know the field.
///
/// Source: Zitzewitz, *Nationalism in winter sports judging and its lessons for organizational decision making*, Journal of Economics &
/// Management Strategy 15 (2006).
public struct HomeBias: Sendable {
    /// One judge's.
    public struct Judge: Sendable, Equatable {
        /// The index of the judge.
        public let judge: Int
        /// What the judge and the favoured entries share.
        public let level: String
        /// δ in points; `nil` for fewer than `leastPairs` pairs, or when it cannot be separated from severity.
        public let size: Estimate?
        /// The number of scores for entries that share the value.
        public let pairs: Int
    }

    /// The attribute's name.
    public let attribute: String
    /// δ of all judges together, in points; `nil` for fewer than `leastPairs` pairs, or when it cannot be separated from severity.
    public let overall: Estimate?
    /// The number of scores by judges for entries that share the value.
    public let pairs: Int
    /// The judges who scored entries that share their value, in the order of names.
    public let judges: [Judge]

    /// With fewer pairs nothing is tested.
    public static let leastPairs = 5

    /// For each attribute that entries and judges share the effect of sharing its value; attributes that no judge shares with an entry that
    /// was scored have 0 pairs.
    ///
    /// - Parameter fit: performances and judges by least squares.
    static func all(of fit: Additive) -> [HomeBias] {
        fit.sheet.judgeAttributes.compactMap { ofJudges in
            guard let ofEntries = fit.sheet.entryAttributes.first(where: { $0.name == ofJudges.name }) else { return nil }
            return HomeBias(ofJudges, ofEntries, fit)
        }
    }

    private init(_ ofJudges: Attribute, _ ofEntries: Attribute, _ fit: Additive) {
        let (design, sheet) = (fit.design, fit.sheet)
        let codeOfLevel = Dictionary(uniqueKeysWithValues: ofEntries.values.levels.enumerated().map { ($1, Int32($0)) })
        let shared = ofJudges.values.codes.map { code in
            code == Factor.missing ? Factor.missing : codeOfLevel[ofJudges.values.levels[Int(code)]] ?? Factor.missing
        }
        let isHome = sheet.judgeCodes.indices.map { row -> Double in
            let level = shared[Int(sheet.judgeCodes[row])]
            return level != Factor.missing && level == ofEntries.values.codes[Int(design.entryCodes[row])] ? 1 : 0
        }
        var counts = [Int](repeating: 0, count: sheet.judges.count)
        for (judge, value) in zip(sheet.judgeCodes, isHome) where value > 0 { counts[Int(judge)] += 1 }
        let tested = counts.indices.filter { counts[$0] >= HomeBias.leastPairs }
        let effects = HomeEffects(isHome, design, fit.residuals, tested)
        let total = counts.reduce(0, +)
        (attribute, pairs) = (ofJudges.name, total)
        overall = total >= HomeBias.leastPairs ? effects.overall : nil
        let own = Dictionary(uniqueKeysWithValues: zip(tested, effects.judges))
        judges = counts.indices.filter { counts[$0] > 0 }.map { judge in
            Judge(judge: judge, level: ofJudges.values[judge] ?? "", size: own[judge] ?? nil, pairs: counts[judge])
        }
    }
}

/// The slopes on a column of zeros and ones: what it explains of the rest that performances and judges leave (Frisch and Waugh 1933).
private struct HomeEffects {
    let overall: Estimate?
    let judges: [Estimate?]

    init(_ isHome: [Double], _ design: AdditiveDesign, _ residuals: [Double], _ tested: [Int]) {
        let column = design.fit(isHome)
        let (degrees, squares) = (design.degreesOfFreedom, residuals.reduce(0) { $0 + $1 * $1 })
        let shared = zip(column.residuals, residuals).reduce(0) { $0 + $1.0 * $1.1 }
        // What is left of a column that severity or quality explains is rounding.
        let isIdentified = column.squares > 1e-9 * isHome.reduce(0, +)
        func estimate(_ size: Double, inverse: Double, explained: Double, slopes: Int) -> Estimate? {
            let left = degrees - slopes
            guard left > 0 else { return nil }
            let variance = max(0, squares - explained) / Double(left)
            return Estimate(value: size, standardError: (variance * inverse).squareRoot(), degreesOfFreedom: Double(left))
        }
        overall =
            isIdentified
            ? estimate(shared / column.squares, inverse: 1 / column.squares, explained: shared * shared / column.squares, slopes: 1) : nil
        // For each judge the products of the own column with itself, with the whole and with the residuals.
        let own = design.ownSquares(isHome, of: tested)
        var (withWhole, withRest) = (
            [Double](repeating: 0, count: design.sheet.judges.count), [Double](repeating: 0, count: design.sheet.judges.count)
        )
        for row in isHome.indices where isHome[row] > 0 {
            withWhole[Int(design.sheet.judgeCodes[row])] += column.residuals[row]
            withRest[Int(design.sheet.judgeCodes[row])] += residuals[row]
        }
        judges = zip(tested, own).map { judge, a in
            let (b, c) = (withWhole[judge] - a, column.squares - 2 * withWhole[judge] + a)
            let (x, y) = (withRest[judge], shared - withRest[judge])
            guard a > 1e-9 else { return nil }
            let determinant = a * c - b * b
            guard c > 1e-9 * isHome.reduce(0, +), determinant > 1e-9 * a * c else {
                return estimate(x / a, inverse: 1 / a, explained: x * x / a, slopes: 1)
            }
            let (size, others) = ((c * x - b * y) / determinant, (a * y - b * x) / determinant)
            return estimate(size, inverse: c / determinant, explained: size * x + others * y, slopes: 2)
        }
    }
}
