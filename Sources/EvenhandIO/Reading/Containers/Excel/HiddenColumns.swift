/// The columns that a sheet hides, given as ranges before its cells.
struct HiddenColumns {
    private var isHidden: [Bool] = []

    /// Adds `<col min="2" max="4" hidden="1"/>`.
    mutating func add(_ element: XMLElement, _ budget: PackageBudget) throws(WorkbookError) {
        guard element.isTrue("hidden"), let first = element.text("min").flatMap({ Int($0) }),
            let last = element.text("max").flatMap({ Int($0) })
        else { return }
        let range = max(1, first)...max(1, first, min(last, WorkbookLimit.columns.most))
        guard range.upperBound <= WorkbookLimit.columns.most, last >= range.lowerBound else { return }
        // A few bytes can name all columns, again and again.
        try budget.keep(range.count)
        if isHidden.isEmpty { isHidden = [Bool](repeating: false, count: WorkbookLimit.columns.most) }
        for column in range { isHidden[column - 1] = true }
    }

    /// The columns counted from 0, of those that the sheet's rows have.
    func indices(below width: Int) -> Set<Int> { Set(isHidden.indices.prefix(width).filter { isHidden[$0] }) }
}
