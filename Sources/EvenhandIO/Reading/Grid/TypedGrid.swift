/// A grid with the kind of every cell.
struct TypedGrid {
    enum Kind: UInt8 { case empty, number, percentage, date, time, yesNo, error, missing, unclearNumber, text }

    let grid: Grid
    let hasDecimalComma: Bool
    let width: Int
    private let kinds: [[Kind]]
    private let words = WordsOfTexts()
    /// How many cells of each row hold numbers.
    let numberCounts: [Int]

    init(_ grid: Grid, hasDecimalComma: Bool) {
        (self.grid, self.hasDecimalComma, width) = (grid, hasDecimalComma, grid.width)
        // Names appear in many rows; what a text is has to be found out once.
        var known: [String: Kind] = [:]
        kinds = grid.rows.map { row in
            row.map { text in
                if text.isEmpty { return .empty }
                if ScoreText.isPlain(text) { return .number }
                if let kind = known[text] { return kind }
                let kind = TypedGrid.kind(text, hasDecimalComma)
                known[text] = kind
                return kind
            }
        }
        numberCounts = kinds.map { row in row.count { $0 == .number || $0 == .percentage } }
    }

    private static func kind(_ text: String, _ hasDecimalComma: Bool) -> Kind {
        switch Cell(text, hasDecimalComma: hasDecimalComma) {
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

    /// What the words of a cell say.
    func words(_ row: Int, _ column: Int) -> HeaderWords { words[grid.cell(row, column)] }

    func number(_ row: Int, _ column: Int) -> CellNumber? {
        isNumber(row, column) ? Cell(text(row, column), hasDecimalComma: hasDecimalComma).number : nil
    }
}

/// What the words of texts say, each found out once.
private final class WordsOfTexts {
    private var known: [String: HeaderWords] = [:]

    subscript(text: String) -> HeaderWords {
        if let words = known[text] { return words }
        let words = HeaderWords(text)
        known[text] = words
        return words
    }
}
