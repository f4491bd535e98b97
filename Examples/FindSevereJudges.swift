import Evenhand

/// Who is severe, by how many points, in scores that are in memory: no file and no other module is needed.
func findSevereJudges(in scores: [(entry: String, judge: String, points: Double)]) throws -> [String] {
    let sheet = try ScoreSheet(scores.map { ScoreSheet.Row(entry: $0.entry, judge: $0.judge, points: $0.points) })
    let calibration = try JudgeCalibration(of: Totals(of: sheet), parts: [.judges])
    return sheet.judges.indices.compactMap { judge in
        guard let size = calibration.severity?.judges[judge] else { return nil }
        let interval = size.interval(level: 0.95)
        guard interval.lowerBound > 0 else { return nil }
        return
            "\(sheet.judges[judge]) scores \(rounded(size.value)) points below the others (\(rounded(interval.lowerBound)) to \(rounded(interval.upperBound)))"
    }
}

private func rounded(_ points: Double) -> Double { (10 * points).rounded() / 10 }
