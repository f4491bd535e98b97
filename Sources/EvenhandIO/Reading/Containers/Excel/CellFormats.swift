/// What the numbers of cells are, by the index of the format that each cell names.
final class CellFormats: XMLHandler {
    private enum Place { case outside, numberFormats, cellFormats }

    private var custom: [Int: ValueForm] = [:]
    private var ids: [Int] = []
    private var place = Place.outside
    private let budget: PackageBudget

    init(budget: PackageBudget) { self.budget = budget }

    /// The forms in the order of the cells' formats; those without a number format of their own are numbers.
    var forms: [ValueForm] { ids.map { custom[$0] ?? ValueForm(builtIn: $0) } }

    func start(_ element: XMLElement) throws(WorkbookError) {
        if element.isNamed("xf") {
            guard place == .cellFormats else { return }
            try budget.keep(32)
            ids.append(element.text("numFmtId").flatMap { Int($0) } ?? 0)
        } else if element.isNamed("numFmt") {
            // Formats of conditions and tables have number formats of their own.
            guard place == .numberFormats, let id = element.text("numFmtId").flatMap({ Int($0) }) else { return }
            guard let code = element["formatCode"] else { return }
            try budget.keep(64)
            custom[id] = ValueForm(code: Array(code))
        } else if element.isNamed("numFmts") {
            place = .numberFormats
        } else if element.isNamed("cellXfs") {
            place = .cellFormats
        }
    }

    func end(_ element: XMLElement) {
        if element.isNamed("numFmts") || element.isNamed("cellXfs") { place = .outside }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
