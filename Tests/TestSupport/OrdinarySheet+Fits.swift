public import Evenhand

extension OrdinarySheet {
    /// What goes wrong with the models of this sheet: errors of the arithmetic, and places that depend on the unit of the scores.
    ///
    /// - Parameters:
    ///   - draws: how many draws the report on the cut makes.
    ///   - model: what the report on the cut draws from.
    ///   - factors: other units that are tried.
    public func failures(
        draws: Int = 100, model: MeritModel.Kind = .calibrated, factors: [Double] = [0.1, 1000]
    ) throws -> [String] {
        let sheet = try sheet()
        var failures: [String] = []
        func check(_ what: String, _ make: () throws -> Void) {
            do { try make() } catch let error as FitError { failures.append("\(kind) \(seed) \(what): \(error)") } catch {}
        }
        check("crossed") { _ = try Ranking(of: sheet, by: .crossed()) }
        check("crossed, ml") { _ = try CrossedEffects(of: sheet, by: .ml) }
        check("calibrated") {
            let ranking = try Ranking(of: sheet, by: .calibrated)
            for factor in factors {
                let other = try Ranking(of: self.sheet(times: factor), by: .calibrated)
                let (values, scaled) = (ranking.columns[0].results.values, other.columns[0].results.values.map { $0 / factor })
                let size = values.reduce(0) { max($0, $1.magnitude) }
                if zip(values, scaled).contains(where: { ($0 - $1).magnitude > 1e-6 * size }) {
                    failures.append("\(kind) \(seed) calibrated: other values at \(factor) times the scores")
                }
                if ranking.columns[0].ranks.ranks != other.columns[0].ranks.ranks {
                    failures.append("\(kind) \(seed) calibrated: other ranks at \(factor) times the scores")
                }
            }
        }
        check("finals") {
            let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
            let model = MeritModel.result(of: list, by: model)
            let cut = CutReport(of: list, model: model, places: 1, draws: draws, seed: 1)
            if case .fit(let error) = cut.obstacle, error != .noDifferences { throw error }
            if cut.gaps.allSatisfy({ $0 == nil }), !list.isIn(places: 1).allSatisfy({ $0 }) { failures.append("\(kind) \(seed): no gap") }
        }
        return failures
    }
}
