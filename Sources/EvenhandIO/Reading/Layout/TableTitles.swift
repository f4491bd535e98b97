/// The titles of tables that are below each other under one header, when they say what the tables are: 评委：李娜, Team: Nordstern, 创新性（20分）.
struct TableTitles: Sendable, Equatable {
    /// What all of them name; `nil` when their words do not say.
    var role: ColumnRole?
    /// The name for the rows from each of these on.
    let names: [(row: Int, header: Header)]

    static func == (a: TableTitles, b: TableTitles) -> Bool {
        a.role == b.role && a.names.elementsEqual(b.names) { $0.row == $1.row && $0.header == $1.header }
    }

    /// Looks above each header of a region; `nil` when one has no title of its own.
    init?(of region: TableRegion, in grid: Grid) {
        var found: [(row: Int, text: String)] = []
        // The last row of each header, of one row or of two.
        let repeated = region.repeatedHeaders.filter { !region.repeatedHeaders.contains($0 + 1) }.sorted()
        for header in [region.header.lowerBound] + repeated {
            let first = header == region.header.lowerBound ? header : header - region.header.count + 1
            guard let row = (max(0, first - 2)..<max(0, first)).last(where: { !grid.isBlank($0) }), grid.isLone(row),
                let text = grid.rows[row].first(where: { !$0.isEmpty })
            else { return nil }
            found.append((header, text))
        }
        guard found.count > 1, Set(found.map(\.text)).count == found.count else { return nil }
        let parts = found.map { TableTitles.parted($0.text) }
        role = TableTitles.common(parts.map { TableTitles.role(of: $0.label, $0.header) })
        names = zip(found, parts).map { ($0.row, $1.header) }
    }

    /// What most titles name, when no other one names something else. A criterion can be called Team, as an entry can.
    private static func common(_ roles: [ColumnRole?]) -> ColumnRole? {
        let known = roles.compactMap(\.self)
        let kinds = Set(known)
        let telling = kinds.count > 1 ? kinds.subtracting([.entry]) : kinds
        guard telling.count == 1, let role = telling.first, known.count(where: { $0 == role }) * 2 >= roles.count else { return nil }
        return role
    }

    /// A label before a colon, and what it is about.
    private static func parted(_ text: String) -> (label: String, header: Header) {
        let text = NameNormalization.normalized(text)
        guard let mark = text.firstIndex(where: { ":：".contains($0) }) else { return ("", Header(text)) }
        let (label, name) = (String(text[..<mark]), NameNormalization.normalized(String(text[text.index(after: mark)...])))
        return name.isEmpty ? ("", Header(text)) : (label, Header(name))
    }

    private static func role(of label: String, _ header: Header) -> ColumnRole? {
        let words = HeaderWords(label)
        if words.has(.judge) { return .judge }
        if words.has(.criterion) { return .criterion }
        if words.has(.entry) { return .entry }
        if !label.isEmpty { return nil }
        if header.words.says(.stage) { return .stage }
        if header.words.says(.heat) { return .heat }
        if header.maximum != nil || header.weight != nil { return .criterion }
        switch Nature(header) {
        case .judge: return .judge
        case .criterion: return .criterion
        case .entry: return .entry
        case .unknown: return header.words.has(.entry) ? .entry : nil
        }
    }

    /// The name for a row.
    func name(for row: Int) -> String? { names.last { $0.row <= row }?.header.name }
}
