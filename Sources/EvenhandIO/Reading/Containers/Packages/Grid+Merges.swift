extension Grid {
    /// Counts the rows of merged areas, which a file gives as rows of the sheet, as the grid does.
    ///
    /// An area whose first row is not in the file has no text.
    mutating func placeMerges(_ budget: PackageBudget) throws(WorkbookError) {
        merges = merges.compactMap { merge in
            let first = position(of: merge.rows.lowerBound + 1)
            let last = position(of: merge.rows.upperBound + 2) - 1
            guard first < lines.count, lines[first] == merge.rows.lowerBound + 1 else { return nil }
            return last > first || merge.columns.count > 1 ? Grid.Merge(rows: first...last, of: merge) : nil
        }
        // Each of their cells gets the text of the first: a few bytes can ask for billions.
        for merge in merges { try budget.keep(merge.rows.count * merge.columns.count * 2 * MemoryLayout<String>.stride) }
    }

    /// The first row of the grid that is on `line` or after it.
    private func position(of line: Int) -> Int {
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if lines[middle] < line { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
