/// Columns that name a person together: first name and last name.
enum PersonNames {
    private static let family: Set<String> = [
        "last name", "lastname", "surname", "family name", "familyname", "nachname", "familienname", "zuname", "nom", "nom de famille",
        "apellido",
        "apellidos", "cognome", "sobrenome", "apelido", "achternaam", "nazwisko", "prijmeni", "efternamn", "etternavn", "efternavn",
        "sukunimi", "фамилия", "姓", "姓氏", "氏", "성",
    ]
    private static let given: Set<String> = [
        "first name", "firstname", "given name", "givenname", "forename", "vorname", "prenom", "nombre", "nombres", "nome", "voornaam",
        "imie",
        "jmeno", "fornamn", "fornavn", "etunimi", "имя", "名", "名字", "이름",
    ]

    /// Whether a header is that of a part of somebody's name, and of nothing else.
    static func isPart(_ header: String) -> Bool {
        let folded = folded(header)
        return !whole.contains(folded) && (family.contains(folded) || given.contains(folded))
    }

    /// Words that also mean the whole name.
    private static let whole: Set<String> = ["nom", "nombre", "nombres", "nome", "이름", "名"]

    /// The sheet with both names of each person in the column of the first one.
    ///
    /// Two people share a first name, or a last one, in any larger contest: neither column tells entries apart.
    static func joined(_ grid: Grid) -> Grid {
        // The header is among the first rows, and names are among its first columns.
        for row in grid.rows.indices.prefix(40) {
            let cells = grid.rows[row].prefix(30).map(folded)
            guard let last = cells.firstIndex(where: family.contains),
                let first = cells.indices.first(where: { $0 != last && given.contains(cells[$0]) }), abs(first - last) <= 2
            else { continue }
            return joined(grid, header: row, given: first, family: last)
        }
        return grid
    }

    private static func joined(_ grid: Grid, header: Int, given: Int, family: Int) -> Grid {
        var grid = grid
        for row in header..<grid.rows.count {
            let cells = grid.rows[row]
            guard max(given, family) < cells.count, !cells[family].isEmpty, !cells[given].isEmpty else { continue }
            // Further tables repeat the header; totals and remarks have no second name.
            let isRun = WordFolding.isRun(cells[family]) && WordFolding.isRun(cells[given])
            grid.rows[row][given] = isRun ? cells[family] + cells[given] : "\(cells[given]) \(cells[family])"
            grid.rows[row][family] = ""
        }
        // A person with one of the names keeps it.
        for row in header..<grid.rows.count where max(given, family) < grid.rows[row].count && grid.rows[row][given].isEmpty {
            grid.rows[row][given] = grid.rows[row][family]
            grid.rows[row][family] = ""
        }
        return grid
    }

    private static func folded(_ text: String) -> String {
        text.isEmpty || text.utf8.count > 40 ? "" : WordFolding.folded(NameNormalization.normalized(text))
    }
}
