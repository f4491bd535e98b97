extension ContestDesign {
    /// The design of a contest that was planned: who scores what, and in which heat.
    ///
    /// Names are in canonical order, so that the order of rows changes nothing. A heat adds the same to all scores given in it; an entry
    /// may appear in several heats, before other judges.
    ///
    /// - Throws: `ContestDesignError`, for a judge who scores an entry twice in one heat among others.
    package init(plan seats: [(entry: String, judge: String, heat: String?)], model: ScoreModel = ScoreModel()) throws(ContestDesignError) {
        let entries = Factor(seats.map(\.entry)).levels
        let position = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1, $0) })
        let heats = [nil] + Factor(seats.compactMap(\.heat)).levels.map(Optional.some)
        let panels = Dictionary(grouping: seats) { $0.heat }.mapValues { Dictionary(grouping: $0) { position[$0.entry] ?? 0 } }
        for (entry, seats) in panels.values.joined() {
            var seen: Set<String> = []
            for seat in seats where !seen.insert(seat.judge).inserted {
                throw .repeated("judge of \(entries[entry])", name: seat.judge)
            }
        }
        try self.init(
            model: model, entryNames: entries, judges: Factor(seats.map(\.judge)).levels.map { Judge(name: $0) },
            heats: heats.flatMap { heat in
                (panels[heat] ?? [:]).sorted { $0.key < $1.key }.map { entry, seats in
                    Heat(name: heat, members: [entry], panel: seats.map(\.judge).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
                }
            })
    }
}
