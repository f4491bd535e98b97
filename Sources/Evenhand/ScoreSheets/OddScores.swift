/// Scores that look like slips of the pen: far off the scale of the sheet, off by a factor of ten from the entry's others (8.9 among 89s),
/// or zeros apart from all others.
///
/// The scale of a sheet is inferred from its quartiles, criterion by criterion. A score is *off the scale* when it lies more than five
/// times the interquartile range outside of them, and *off by ten* when it lies more than three times outside, much further from the
/// entry's other scores than they lie from each other, and ten times or a tenth of it fits among them. Sheets whose quartiles agree show no
/// scale and give no warnings, and neither do those of which more than a twentieth lies so far out: they have several scales. A zero is off
/// the scale, too, when it is further from the lowest other score than that is from the highest, and at most one score in five is zero.
public struct OddScores: Sendable, Equatable {
    /// What is odd about a score.
    public enum Kind: Sendable, Equatable {
        /// Further from the quartiles of its criterion than five times the interquartile range.
        case offTheScale
        /// Ten times or a tenth of it fits the entry's other scores.
        case offByTen
    }

    /// The odd scores by their index in the sheet.
    public let scores: [(row: Int, kind: Kind)]

    /// Beyond these many interquartile ranges a score is off the scale; in normal scores fewer than one in 10¹² is.
    static let farOut = 5.0
    /// Beyond these many a tenfold or tenth that fits is suspected.
    static let out = 3.0
    /// The share of a sheet's scores that can be slips; of fewer than eight any share.
    static let mostOutside = 0.05
    /// A slip lies this many times further from the entry's other scores than they lie from each other.
    static let apart = 3.0
    /// The share of a sheet's scores that can be zeros by mistake.
    static let mostZeros = 0.2
    /// The most scores that the quartiles are taken from, evenly spread over the sheet: enough for a warning.
    static let sample = 8192

    /// Looks through a sheet.
    public init(of sheet: ScoreSheet) {
        var found: [(row: Int, kind: Kind)] = []
        for criterion in sheet.criteria.isEmpty ? [-1] : Array(sheet.criteria.indices) {
            let rows = sheet.criteria.isEmpty ? nil : sheet.units.indices.filter { sheet.criterionCodes[$0] == Int32(criterion) }
            guard let scale = Fences(sheet.units, rows: rows) else { continue }
            let outside = scale.rowsOutside(sheet.units, rows: rows)
            let zeros = scale.zerosApart(sheet.units, rows: rows)
            // Slips are rare: of so many that lie outside, most are on a scale of their own, as bouts of more rounds are.
            let areSlips = Double(outside.count) <= OddScores.mostOutside * Double(rows?.count ?? sheet.count) || outside.count < 8
            var kinds = Dictionary(uniqueKeysWithValues: zeros.map { ($0, Kind.offTheScale) })
            for row in outside where areSlips {
                if let kind = OddScores.kind(of: row, in: sheet, scale) { kinds[row] = kind }
            }
            found += kinds.map { ($0, $1) }
        }
        scores = found.sorted { $0.row < $1.row }
    }

    private static func kind(of row: Int, in sheet: ScoreSheet, _ scale: Fences) -> Kind? {
        let unit = sheet.units[row]
        let performance = sheet.performances[sheet.performance(ofRow: row)]
        let others = performance.rows.filter {
            $0 != row && (sheet.criterionCodes.isEmpty || sheet.criterionCodes[$0] == sheet.criterionCodes[row])
        }
        .map { sheet.units[$0] }
        if others.count > 1, let least = others.min(), let most = others.max(), unit != 0 {
            let distance = max(least - unit, unit - most)
            let fits = [unit * 10, unit / 10].contains {
                (least - (most - least)...most + (most - least)).contains($0) || (scale.low...scale.high).contains($0)
            }
            if fits, distance > OddScores.apart * (most - least) { return .offByTen }
        }
        return scale.isFarOut(unit) ? .offTheScale : nil
    }

    /// Equal when the same scores are odd in the same way.
    public static func == (a: OddScores, b: OddScores) -> Bool { a.scores.elementsEqual(b.scores) { $0 == $1 } }
}

/// The quartiles of a sheet and the fences around them (Tukey 1977).
private struct Fences {
    let low: Double
    let high: Double
    /// Whether no score but zero is as near to zero as to the highest, as far as the sample shows.
    private let isFarFromZero: Bool
    var range: Double { high - low }

    init?(_ units: [Double], rows: [Int]?) {
        let count = rows?.count ?? units.count
        guard count >= 8 else { return nil }
        let step = max(1, count / OddScores.sample)
        let sample = stride(from: 0, to: count, by: step).map { units[rows?[$0] ?? $0] }
        let sorted = RadixOrder.ascending(count: sample.count) { RadixOrder.key(sample[$0]) }.order.map { sample[Int($0)] }
        low = Quantiles.quantile(0.25, ofSorted: sorted)
        high = Quantiles.quantile(0.75, ofSorted: sorted)
        if high <= low { return nil }
        let least = sorted.first { $0 != 0 } ?? 0
        isFarFromZero = least > 0 && least > (sorted.last ?? 0) - least
    }

    /// The zeros of a sheet whose other scores are further from zero than from each other.
    func zerosApart(_ units: [Double], rows: [Int]?) -> [Int] {
        guard isFarFromZero else { return [] }
        let pieces = Parallel.pieces(of: rows?.count ?? units.count)
        let found = Parallel.map(pieces.count) { piece in
            var (zeros, least, most) = ([Int](), Double.infinity, -Double.infinity)
            for index in pieces[piece] {
                let row = rows?[index] ?? index
                if units[row] == 0 { zeros.append(row) } else { (least, most) = (min(least, units[row]), max(most, units[row])) }
            }
            return (zeros: zeros, least: least, most: most)
        }
        let zeros = found.flatMap(\.zeros)
        let (least, most) = (found.map(\.least).min() ?? 0, found.map(\.most).max() ?? 0)
        let isRare = Double(zeros.count) <= OddScores.mostZeros * Double(rows?.count ?? units.count)
        return isRare && least > most - least ? zeros : []
    }

    func isFarOut(_ unit: Double) -> Bool { unit < low - OddScores.farOut * range || unit > high + OddScores.farOut * range }

    func rowsOutside(_ units: [Double], rows: [Int]?) -> [Int] {
        let (least, most) = (low - OddScores.out * range, high + OddScores.out * range)
        if let rows { return rows.filter { units[$0] < least || units[$0] > most } }
        let pieces = Parallel.pieces(of: units.count)
        return Parallel.map(pieces.count) { piece in pieces[piece].filter { units[$0] < least || units[$0] > most } }.flatMap(\.self)
    }
}
