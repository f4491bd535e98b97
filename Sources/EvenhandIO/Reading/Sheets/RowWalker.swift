import Evenhand

/// Goes down the rows of a sheet and writes one line for each score.
struct RowWalker {
    let grid: Grid
    let layout: SheetLayout
    let file: String
    private(set) var names: [ReadingOptions.Role: String]
    let hasDecimalComma: Bool
    /// Texts that the user calls missing scores, and which ballots count.
    let options: ReadingOptions

    private(set) var text = RowText()
    /// For each line of the text after the header, where its score is: the line and the column.
    private(set) var locations: [(row: Int, column: Int)] = []
    private(set) var sources: [Int?] = []
    private(set) var problems: [ScoreSheetError.Problem] = []
    private(set) var changes: [Reading.Change] = []
    private(set) var missing: [Reading.MissingScore] = []
    /// The rows that hold scores, or could.
    private(set) var entryRows: [Int] = []
    private(set) var leftOutRows: [(row: Int, use: RowUse)] = []
    /// The criteria whose scores were subtracted.
    private(set) var deductedCriteria: Set<String> = []

    /// The ballots so far, and where each of them is, when of several only one counts.
    private var pending: [(fields: [String], row: Int, column: Int)] = []
    private var pendingIndices: [String: Int] = [:]

    /// The names of the row before, which empty cells of heats and stages repeat.
    private var above: [ColumnRole: String] = [:]
    private let scoreColumns: [Int]
    private let thousands: PointedThousands
    private let deductions: [(column: Int, isShared: Bool)]
    /// The criteria that the user leaves out.
    private let leftOutCriteria: Set<String>
    private let attributes: [Int]
    private let headerLength: Int
    /// The roles that have a column of the text, with what says them: a column, a header or the name of the file or sheet.
    let roles: [ColumnRole]
    /// How many columns of the text have a role; the score's is the last of them.
    var roleCount: Int { roles.count + 1 }

    init(
        grid: Grid, layout: SheetLayout, file: String, names: [ReadingOptions.Role: String], hasDecimalComma: Bool, options: ReadingOptions
    ) {
        (self.grid, self.layout, self.file, self.names) = (grid, layout, file, names)
        (self.hasDecimalComma, self.options) = (hasDecimalComma, options)
        scoreColumns = layout.scoreColumns
        thousands = PointedThousands(grid, layout, hasDecimalComma: hasDecimalComma)
        deductions = layout.uses.indices.compactMap { column in
            if case .deduction(let isShared) = layout.uses[column] { (column, isShared) } else { nil }
        }
        leftOutCriteria = Set(options.ignoredColumns.map { NameNormalization.normalized($0) })
        headerLength = layout.headerRows.map { grid.rows[$0].count }.max() ?? 0
        var taken: Set<String> = []
        attributes = layout.uses.indices.filter {
            (layout.uses[$0] == .attribute || layout.uses[$0] == .role(.order)) && taken.insert(layout.headers[$0]).inserted
        }
        var said = Set(names.keys.map(\.role))
        for column in scoreColumns {
            guard case .score(let names) = layout.uses[column] else { continue }
            if names.judge != nil { said.insert(.judge) }
            if names.criterion != nil { said.insert(.criterion) }
            if names.entry != nil { said.insert(.entry) }
        }
        if let role = layout.titles?.role { said.insert(role) }
        if !said.contains(.judge), layout.column(of: .judge) == nil {
            // Entries across, criteria below each other, and one score in each cell: the ballot of one judge, who is not named.
            said.insert(.judge)
            let (name, row) = (InputName.stem(of: file), layout.headerRows.first ?? layout.rows.lowerBound)
            self.names[.judge] = name
            changes.append(
                Reading.Change(
                    location: grid.location(file: file, row: row, column: scoreColumns.first ?? 0, layout), before: "", after: name,
                    reason: .namedAfterFile))
        }
        roles = [.stage, .heat, .entry, .judge, .criterion, .item, .repetition].filter { layout.column(of: $0) != nil || said.contains($0) }
        text.add(
            roles.map(\.rawValue) + ["score"]
                + attributes.map { column in
                    layout.uses[column] == .role(.order) ? ColumnRole.order.rawValue : layout.headers[column]
                })
        sources = roles.map { layout.column(of: $0) } + [nil] + attributes
    }

    /// Takes a row: writes its scores, or leaves it out when it is not an entry's.
    mutating func take(_ row: Int) {
        guard let use = layout.rowUses[row], use != .blank else { return }
        guard use == .data else {
            leftOutRows.append((row, use))
            let column = grid.rows[row].firstIndex { !$0.isEmpty } ?? 0
            note(row, column, before: grid.rows[row].filter { !$0.isEmpty }.joined(separator: " "), after: "", .leftOutRow)
            return
        }
        guard hasRightLength(row) else { return }
        var named: [ColumnRole: String] = [:]
        for role in roles { named[role] = name(role, row) }
        // A sheet, a file, a table or a name in a column that is no judge or no criterion, as the user says.
        if [.judge, .criterion].contains(where: { named[$0].map(options.ignoredColumns.contains) ?? false }) {
            leftOutRows.append((row, .ignored))
            return
        }
        entryRows.append(row)
        let values = attributes.map { NameNormalization.normalized(grid.cell(row, $0)) }
        let amounts = deductions.compactMap { column, isShared in
            amount(row, column).map { (column: column, points: $0, isShared: isShared) }
        }
        let judges = amounts.isEmpty ? [] : judges(row, named)
        let parts = amounts.map { amount in
            amount.isShared ? amount.points.shared(among: judges.count) : .init(repeating: amount.points, count: judges.count)
        }
        let hasCriteria = roles.contains(.criterion)
        for column in scoreColumns {
            let judge = hasCriteria ? nil : judges.firstIndex(of: judge(of: column, named))
            takeScore(row, column, named, values, minus: judge.map { judge in parts.map { $0[judge] } } ?? [])
        }
        guard hasCriteria else { return }
        // Beside criteria a penalty is one more, below zero, of every judge of the row.
        for (position, judge) in judges.enumerated() {
            for (amount, parts) in zip(amounts, parts) {
                var named = named
                (named[.judge], named[.criterion]) = (judge, layout.headers[amount.column])
                append(row, amount.column, named, parts[position].negated, values)
            }
        }
    }

    private func judge(of column: Int, _ named: [ColumnRole: String]) -> String {
        if case .score(let names) = layout.uses[column], let judge = names.judge { judge } else { named[.judge] ?? "" }
    }

    /// The judges who scored in a row.
    private func judges(_ row: Int, _ named: [ColumnRole: String]) -> [String] {
        if let judge = named[.judge] { return [judge] }
        var judges: [String] = []
        for column in scoreColumns {
            let raw = grid.cell(row, column)
            guard case .score(let names) = layout.uses[column], let judge = names.judge, !judges.contains(judge), !isMissingCode(raw),
                !layout.isDeducted(column)
            else { continue }
            switch ScoreText(raw, hasDecimalComma: hasDecimalComma) {
            case .number, .percentage: judges.append(judge)
            default: break
            }
        }
        return judges
    }

    /// What is subtracted in a row, whatever its sign; `nil` for nothing.
    private mutating func amount(_ row: Int, _ column: Int) -> Amount? {
        let raw = grid.cell(row, column)
        switch ScoreText(ScoreText.digits(beforePoints: raw) ?? raw, hasDecimalComma: hasDecimalComma) {
        case .number(let text, _), .percentage(let text):
            if case .exact(let mantissa, let decimals) = Decimal(text: text) {
                return mantissa == 0 && !roles.contains(.criterion) ? nil : Amount(mantissa: abs(mantissa), decimals: decimals)
            }
            report(.notANumber, row, column, raw)
        case .missing: break
        case .thousands, .decimalComma, .other: report(.notANumber, row, column, raw)
        }
        return nil
    }

    /// An exact amount of points.
    private struct Amount {
        let mantissa: Int64
        let decimals: Int

        var negated: String { Amount.text(-Int128(mantissa), decimals) }

        /// Parts that make up the amount, as equal as decimals can be.
        func shared(among count: Int) -> [Amount] {
            guard count > 1 else { return .init(repeating: self, count: count) }
            var (whole, decimals) = (mantissa, decimals)
            while whole % Int64(count) != 0, decimals < Decimal.mostDecimals, whole < .max / 10 {
                (whole, decimals) = (whole * 10, decimals + 1)
            }
            let (part, rest) = whole.quotientAndRemainder(dividingBy: Int64(count))
            return (0..<count).map { Amount(mantissa: part + ($0 < rest ? 1 : 0), decimals: decimals) }
        }

        /// A penalty below zero, whatever its sign; `nil` when it is not an exact decimal.
        static func negated(_ score: String) -> String? {
            guard case .exact(let mantissa, let decimals) = Decimal(text: score) else { return nil }
            return mantissa == 0 ? score : text(-Int128(abs(mantissa)), decimals)
        }

        /// A score less the amount; `nil` when the score is not an exact decimal.
        func taken(off score: String) -> String? {
            guard case .exact(let own, let places) = Decimal(text: score) else { return nil }
            let most = max(places, decimals)
            func scaled(_ value: Int64, _ from: Int) -> Int128 { (from..<most).reduce(Int128(value)) { value, _ in value * 10 } }
            return Amount.text(scaled(own, places) - scaled(mantissa, decimals), most)
        }

        private static func text(_ value: Int128, _ decimals: Int) -> String {
            var digits = String(value.magnitude)
            while digits.count <= decimals { digits = "0" + digits }
            if decimals > 0 { digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals)) }
            return (value < 0 ? "-" : "") + digits
        }
    }

    private mutating func takeScore(
        _ row: Int, _ column: Int, _ named: [ColumnRole: String], _ values: [String], minus amounts: [Amount]
    ) {
        var named = named
        if case .score(let names) = layout.uses[column] {
            if let entry = names.entry { named[.entry] = entry }
            if let judge = names.judge { named[.judge] = judge }
            if let criterion = names.criterion { named[.criterion] = criterion }
        }
        if !leftOutCriteria.isEmpty, let criterion = named[.criterion], leftOutCriteria.contains(criterion) { return }
        let raw = grid.cell(row, column)
        if !layout.deducted.isEmpty, let criterion = named[.criterion], layout.deducted.contains(criterion) {
            return takePenalty(row, column, named, values, raw)
        }
        switch isMissingCode(raw) ? .missing(.notAvailable) : ScoreText(raw, hasDecimalComma: hasDecimalComma) {
        case .number where thousands.contains(row, column): report(.thousands, row, column, raw)
        case .number(let number, let change):
            if let change { note(row, column, before: raw, after: number, change) }
            append(row, column, named, amounts.reduce(number) { $1.taken(off: $0) ?? $0 }, values)
        case .percentage(let number): append(row, column, named, amounts.reduce(number) { $1.taken(off: $0) ?? $0 }, values)
        case .other(let text): append(row, column, named, text, values)
        case .missing(let kind):
            missing.append(
                Reading.MissingScore(
                    stage: named[.stage], heat: named[.heat], entry: named[.entry] ?? "", judge: named[.judge] ?? "",
                    criterion: named[.criterion],
                    kind: kind, location: grid.location(file: file, row: row, column: column, layout)))
        case .thousands: report(.thousands, row, column, raw)
        case .decimalComma: report(.decimalComma, row, column, raw)
        }
    }

    /// Takes what a judge subtracts; an empty cell is nothing, and so is any beside no scores.
    private mutating func takePenalty(_ row: Int, _ column: Int, _ named: [ColumnRole: String], _ values: [String], _ raw: String) {
        guard !isMissingCode(raw), case .score(let names) = layout.uses[column] else { return }
        if let judge = names.judge, !judges(row, [:]).contains(judge) { return }
        switch ScoreText(raw, hasDecimalComma: hasDecimalComma) {
        case .number(let text, _), .percentage(let text):
            guard let penalty = Amount.negated(text) else { return report(.notANumber, row, column, raw) }
            deductedCriteria.formUnion([named[.criterion]].compactMap(\.self))
            append(row, column, named, penalty, values)
        case .missing: break
        case .thousands, .decimalComma, .other: report(.notANumber, row, column, raw)
        }
    }

    /// Whether the user calls this text a missing score; numbers are compared as numbers.
    private func isMissingCode(_ raw: String) -> Bool {
        guard !options.missingCodes.isEmpty, !raw.isEmpty else { return false }
        let text = NameNormalization.normalized(raw)
        if options.missingCodes.contains(where: { NameNormalization.normalized($0).lowercased() == text.lowercased() }) { return true }
        guard let number = CellNumber(text) else { return false }
        return options.missingCodes.contains { CellNumber($0)?.value == number.value }
    }

    private mutating func append(_ row: Int, _ column: Int, _ named: [ColumnRole: String], _ score: String, _ values: [String]) {
        let fields = roles.map { named[$0] ?? "" } + [score] + values
        if let resubmitted = options.resubmitted {
            let key = fields.prefix(roles.count).joined(separator: "\u{0}")
            if let known = pendingIndices[key] {
                if resubmitted == .last { pending[known] = (fields, row, column) }
            } else {
                pendingIndices[key] = pending.count
                pending.append((fields, row, column))
            }
            return
        }
        write(fields, row, column)
    }

    /// Writes the ballots that count, once all are known.
    mutating func finish() {
        for (fields, row, column) in pending { write(fields, row, column) }
        pending = []
    }

    private mutating func write(_ fields: [String], _ row: Int, _ column: Int) {
        text.add(fields)
        // One for each line that the row takes up.
        let lineFeeds = fields.reduce(0) { $0 + $1.utf8.count { $0 == 0x0A } }
        for _ in 0...lineFeeds { locations.append((row, column)) }
    }

    /// The name of a role in a row: what is in its column, above it, or what the file or sheet is called.
    private mutating func name(_ role: ColumnRole, _ row: Int) -> String? {
        if let titles = layout.titles, titles.role == role { return titles.name(for: row) }
        guard let column = layout.column(of: role) else { return names.first { $0.key.role == role }?.value }
        let raw = grid.cell(row, column)
        // One cell for all rows of a heat, or of an entry whose judges are below each other.
        let isRepeated = role == .heat || role == .stage || role == .entry && layout.column(of: .judge) != nil
        if raw.isEmpty, isRepeated, let before = above[role] {
            note(row, column, before: "", after: before, .filledFromAbove)
            return before
        }
        let name = NameNormalization.normalized(raw)
        if name != raw, role != .score {
            let isTrimmed = raw.unicodeScalars.count > name.unicodeScalars.count && raw.contains(name)
            note(row, column, before: raw, after: name, isTrimmed ? .trimmed : .normalized)
        }
        above[role] = name
        return name
    }

    /// Text files have as many fields in every row as in the header; empty ones after them do no harm.
    private mutating func hasRightLength(_ row: Int) -> Bool {
        guard grid.sheet == nil else { return true }
        let (found, expected) = (grid.rows[row].count, headerLength)
        let isLong = found > expected && grid.rows[row][expected...].contains { !$0.isEmpty }
        guard found < expected || isLong else { return true }
        let text = NameNormalization.normalized(grid.rows[row].last ?? "")
        problems.append(
            .init(
                kind: isLong ? .extraField(found: found, expected: expected) : .missingField(found: found, expected: expected), file: file,
                line: grid.lines[row], column: nil, text: String(text.prefix(60))))
        return false
    }

    private mutating func report(_ kind: ScoreSheetError.Kind, _ row: Int, _ column: Int, _ text: String) {
        let location = grid.location(file: file, row: row, column: column, layout)
        problems.append(
            .init(kind: kind, file: file, line: location.line, column: location.column, text: String(text.prefix(60)), cell: location.cell))
    }

    private mutating func note(_ row: Int, _ column: Int, before: String, after: String, _ reason: Reading.Change.Reason) {
        changes.append(
            Reading.Change(
                location: grid.location(file: file, row: row, column: column, layout), before: before, after: after, reason: reason))
    }
}

extension ReadingOptions.Role {
    /// The role of a column that would say the same.
    public var role: ColumnRole {
        switch self {
        case .judge: .judge
        case .heat: .heat
        case .stage: .stage
        case .criterion: .criterion
        case .entry: .entry
        }
    }
}

/// Rows of separated values in the making (RFC 4180).
struct RowText {
    private(set) var bytes: [UInt8] = []

    /// Adds a row; fields with separators, quotes or line ends are quoted.
    mutating func add(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            var field = field
            field.withUTF8 { add($0) }
        }
        bytes.append(0x0A)
    }

    private mutating func add(_ field: UnsafeBufferPointer<UInt8>) {
        guard field.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
            bytes.append(contentsOf: field)
            return
        }
        bytes.append(0x22)
        for byte in field {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}

extension Grid {
    /// The sheet as separated values, each row on the line of its number; lines inside of cells become spaces.
    var separatedValues: [UInt8] {
        var text = RowText()
        let width = width
        var line = 1
        for (row, number) in zip(rows, lines) {
            while line < number {
                text.add([""])
                line += 1
            }
            let cells = row + [String](repeating: "", count: width - row.count)
            text.add(cells.map { String($0.map { $0.isNewline ? " " : $0 }) })
            line += 1
        }
        return text.bytes
    }
}
