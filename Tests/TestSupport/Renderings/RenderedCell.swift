/// A number with so many decimals, exact.
struct ScoreNumber: Equatable {
    let units: Int
    let decimals: Int

    /// A quotient with so many decimals, half up.
    static func rounded(_ numerator: Int, over denominator: Int, decimals: Int) -> ScoreNumber {
        let scaled = numerator * power(decimals)
        return ScoreNumber(units: (2 * scaled + denominator) / (2 * denominator), decimals: decimals)
    }

    static func power(_ decimals: Int) -> Int { (0..<decimals).reduce(1) { power, _ in power * 10 } }

    /// As it is written: with all decimals, or without zeros at the end.
    func text(isFixed: Bool, comma: Bool = false) -> String {
        let power = ScoreNumber.power(decimals)
        var fraction = decimals == 0 ? "" : String(String(units % power + power).dropFirst())
        if !isFixed { while fraction.hasSuffix("0") { fraction.removeLast() } }
        return fraction.isEmpty ? String(units / power) : "\(units / power)\(comma ? "," : ".")\(fraction)"
    }
}

/// A cell of a rendered sheet.
enum RenderedCell: Equatable {
    case empty
    case text(String)
    case number(ScoreNumber)
    case day(Int)
    case minutes(Int)

    static func count(_ value: Int) -> RenderedCell { .number(ScoreNumber(units: value, decimals: 0)) }
    static func words(_ text: String) -> RenderedCell { text.isEmpty ? .empty : .text(text) }
}

/// A rectangle of cells that were merged, by rows and columns.
struct MergedCells: Equatable {
    var rows: ClosedRange<Int>
    var columns: ClosedRange<Int>

    func moved(rows: Int, columns: Int) -> MergedCells {
        MergedCells(
            rows: self.rows.lowerBound + rows...self.rows.upperBound + rows,
            columns: self.columns.lowerBound + columns...self.columns.upperBound + columns)
    }
}

/// A sheet as it will be written.
struct RenderedPage {
    var name = "Sheet1"
    var rows: [[RenderedCell]] = []
    var hidden: Set<Int> = []
    var merged: [MergedCells] = []

    var width: Int { rows.map(\.count).max() ?? 0 }

    mutating func add(_ row: [RenderedCell]) { rows.append(row) }

    /// Places another page below, from a column on.
    mutating func add(_ page: RenderedPage) {
        merged += page.merged.map { $0.moved(rows: rows.count, columns: 0) }
        hidden.formUnion(page.hidden.map { $0 + rows.count })
        rows += page.rows
    }

    /// Places another page to the right, with so many empty columns between.
    mutating func add(beside page: RenderedPage, gap: Int) {
        let offset = width + gap
        for (index, row) in page.rows.enumerated() {
            if index == rows.count { rows.append([]) }
            rows[index] += [RenderedCell](repeating: .empty, count: offset - rows[index].count) + row
        }
        merged += page.merged.map { $0.moved(rows: 0, columns: offset) }
    }
}
