/// A grid with the kind of every cell.
struct TypedGrid {
    enum Kind: UInt8 { case empty, number, percentage, date, time, yesNo, error, missing, unclearNumber, text }

    let grid: Grid
    let hasDecimalComma: Bool
    let width: Int
    private let kinds: [[Kind]]
    /// How many cells of each row hold numbers.
    let numberCounts: [Int]

    init(_ grid: Grid, hasDecimalComma: Bool) {
        (self.grid, self.hasDecimalComma, width) = (grid, hasDecimalComma, grid.width)
        kinds = grid.rows.map { $0.map { TypedGrid.kind($0, hasDecimalComma) } }
        numberCounts = kinds.map { row in row.count { $0 == .number || $0 == .percentage } }
    }

    private static func kind(_ text: String, _ hasDecimalComma: Bool) -> Kind {
        if text.isEmpty { return .empty }
        if ScoreText.isPlain(text) { return .number }
        return switch Cell(text, hasDecimalComma: hasDecimalComma) {
        case .empty: .empty
        case .number: .number
        case .percentage: .percentage
        case .date: .date
        case .time: .time
        case .yesNo: .yesNo
        case .error: .error
        case .missing: .missing
        case .unclearNumber: .unclearNumber
        case .text: .text
        }
    }

    func kind(_ row: Int, _ column: Int) -> Kind { column < kinds[row].count ? kinds[row][column] : .empty }

    func isNumber(_ row: Int, _ column: Int) -> Bool {
        let kind = kind(row, column)
        return kind == .number || kind == .percentage
    }

    func text(_ row: Int, _ column: Int) -> String { grid.cell(row, column) }

    func number(_ row: Int, _ column: Int) -> CellNumber? {
        isNumber(row, column) ? Cell(text(row, column), hasDecimalComma: hasDecimalComma).number : nil
    }
}
