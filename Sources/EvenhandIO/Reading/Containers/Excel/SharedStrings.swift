/// The texts that the cells of a workbook share. Runs of one text are joined whatever their looks.
final class SharedStrings: XMLHandler {
    private(set) var texts: [String] = []
    private var current = CellText()
    private let budget: PackageBudget

    init(budget: PackageBudget) { self.budget = budget }

    func start(_ element: XMLElement) {
        if element.isNamed("t") {
            current.isOpen = true
        } else if element.isNamed("si") {
            current.clear()
        } else if element.isNamed("rPh") {
            current.aidDepth += 1
        }
    }

    func end(_ element: XMLElement) throws(WorkbookError) {
        if element.isNamed("t") {
            current.isOpen = false
        } else if element.isNamed("si") {
            texts.append(try budget.text(current.unescaped))
        } else if element.isNamed("rPh") {
            current.aidDepth -= 1
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) { try current.append(bytes) }
}
