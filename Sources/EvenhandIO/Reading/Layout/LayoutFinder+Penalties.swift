import Evenhand

/// Penalties among the criteria of each judge: what is subtracted is never simply added.
extension LayoutFinder {
    /// Whether the user means a part of judges' headers, or a criterion in rows, by a column to subtract.
    mutating func takesAsCriterion(deduction name: String, _ found: [Int]) -> Bool {
        if let composite = CompositeHeaders(columns, among: openNumbers) {
            let named = composite.names.filter { found.contains($0.key) || [$0.value.part.name, $0.value.part.text].contains(name) }
            let isBesideOthers = named.values.allSatisfy { own in
                composite.names.values.contains { $0.judge == own.judge && $0.part.name != own.part.name }
            }
            if let part = named.values.first?.part.name, isBesideOthers, named.values.allSatisfy({ $0.part.name == part }) {
                deducted.insert(part)
                for index in found where composite.names[index] == nil { set(index, .deduction(isShared: false), .said) }
                return true
            }
        }
        // Another file, sheet or table may have the criterion; whether one does is known when all are read.
        let isElsewhere = cells.grid.sheet != nil || options.file == .criterion || options.sheet == .criterion || titles?.role == .criterion
        guard found.isEmpty, isElsewhere || columns.contains(where: { $0.texts.contains(name) || $0.words.has(.criterion) }) else {
            return false
        }
        deducted.insert(name)
        return true
    }

    /// The columns of penalties inside of judges' groups; those below zero are subtracted where they are added.
    func penalties(of composite: CompositeHeaders, _ inside: [Int]) -> [Int] {
        inside.filter { index in
            guard let part = composite.names[index]?.part else { return false }
            if deducted.contains(part.name) { return true }
            guard Claim(part.words) == .deduction else { return false }
            let values = inside.filter { composite.names[$0]?.part.name == part.name }.flatMap { columns[$0].values }
            return values.contains { $0 > 0 } || values.allSatisfy { $0 == 0 }
        }
    }

    /// Penalties of nothing need no question.
    mutating func ignoreZeros(among penalties: [Int], of composite: CompositeHeaders) {
        for (name, part) in Dictionary(grouping: penalties, by: { composite.names[$0]?.part.name ?? "" })
        where !deducted.contains(name) && part.allSatisfy({ columns[$0].values.allSatisfy { $0 == 0 } }) {
            for index in part { set(index, .ignored, .values) }
        }
    }

    /// A part that is every judge's total less the penalties shows that they are subtracted.
    mutating func takeNet(of composite: CompositeHeaders, _ inside: inout [Int], less penalties: [Int]) {
        let judges = Dictionary(grouping: inside) { composite.names[$0]?.judge ?? "" }.values.filter { own in
            own.contains(where: penalties.contains)
        }
        let parts = Set(inside.filter { !penalties.contains($0) }.compactMap { composite.names[$0]?.part.name })
        func column(_ part: String, _ own: [Int]) -> Int? { own.first { composite.names[$0]?.part.name == part } }
        for part in parts.sorted() {
            let nets = judges.compactMap { column(part, $0) }
            guard nets.count == judges.count, !nets.isEmpty else { continue }
            func isNet(of sources: ([Int]) -> [Int], isSubtracted: Bool) -> Bool {
                zip(judges, nets).allSatisfy { own, net in
                    let taken = isSubtracted ? own.filter(penalties.contains) : []
                    let gross = sources(own.filter { $0 != net && !penalties.contains($0) })
                    let signs = gross.map { _ in 1.0 } + taken.map { _ in -1.0 }
                    return !gross.isEmpty && relations.holds(.sum, net, of: gross + taken, weights: signs)
                }
            }
            let whole: ([Int]) -> [Int] = { $0 }
            let subtotal = parts.sorted().first { other in
                other != part
                    && zip(judges, nets).allSatisfy { own, net in
                        let others = own.filter { $0 != net && !penalties.contains($0) }
                        guard let sum = column(other, others), others.count > 2 else { return false }
                        return relations.holds(.sum, sum, of: others.filter { $0 != sum })
                    }
            }
            let sources: ([Int]) -> [Int] = subtotal.map { name in { own in [column(name, own)].compactMap(\.self) } } ?? whole
            guard isNet(of: sources, isSubtracted: true), !isNet(of: sources, isSubtracted: false) else { continue }
            for index in inside where composite.names[index]?.part.name == part {
                set(index, .derived(.result, judge: composite.names[index]?.judge), .relation)
            }
            for index in inside where subtotal != nil && composite.names[index]?.part.name == subtotal { set(index, .ignored, .relation) }
            inside.removeAll { uses[$0] != nil }
            deducted.formUnion(penalties.compactMap { composite.names[$0]?.part.name })
            return
        }
    }

    /// What totals of the row make of the penalties inside of judges' groups.
    mutating func settlePenalties(of composite: CompositeHeaders, _ scores: [Int], _ penalties: [Int], totals: [Int]) {
        let names = Set(penalties.compactMap { composite.names[$0]?.part.name })
        guard !names.isSubset(of: deducted) else { return }
        func isTotal(_ sign: Double) -> Bool {
            let counted = sign == 0 ? scores.filter { !penalties.contains($0) } : scores
            let panels = Dictionary(grouping: counted) { composite.names[$0]?.judge ?? "" }.values.map { Array($0) }
            let factors = counted.map { index in
                (index, (composite.names[index]?.part.weight?.value ?? 1) * (penalties.contains(index) ? sign : 1))
            }
            return totals.contains { relations.isPanelTotal($0, of: panels, weights: .init(uniqueKeysWithValues: factors)) }
        }
        switch (isTotal(-1), isTotal(0), isTotal(1)) {
        case (true, false, false): deducted.formUnion(names)
        case (false, false, true): added.formUnion(names)
        default: break
        }
    }

    /// Points that a text beside the scores takes off, where no column of numbers does.
    mutating func takePenaltyRemarks() {
        guard deducted.isEmpty, !uses.contains(where: { if case .deduction? = $0 { true } else { false } }) else { return }
        var seen: Set<String> = []
        for index in columns.indices where mayVoid(index) && !columns[index].isNumeric && columns[index].counts.text > 0 {
            let found = columns[index].texts.indices.filter { PenaltyRemark.isOne(columns[index].texts[$0]) }
            penaltyRemarks += found.map { remark($0, index) }.filter { seen.insert($0).inserted }
        }
    }
}

/// Texts that take points off: −2 points for overtime, 扣2分, penalty of 3.
enum PenaltyRemark {
    static func isOne(_ text: String) -> Bool {
        guard text.utf8.count <= 80, text.contains(where: \.isNumber) else { return false }
        let rest = text.drop { $0 == " " }
        if let sign = rest.first, "-−–".contains(sign) {
            let unit = rest.dropFirst().drop { $0 == " " || $0.isNumber || $0 == "." || $0 == "," }.lowercased()
            return rest.dropFirst().drop { $0 == " " }.first?.isNumber == true && (unit == "p" || points.contains(where: unit.hasPrefix))
        }
        guard text.contains("扣") || Words.mayTakeOff(text) && HeaderWords(text).has(.deduction) else { return false }
        // No faults in 3 rounds: nothing is taken off.
        return !text.contains { "无無未".contains($0) } && !Token.tokens(of: text).contains { denials.contains($0.text) }
    }

    private static let denials: Set<String> = ["no", "not", "without", "kein", "keine", "ohne", "sans", "sin", "sem", "senza"]

    private static let points = ["pt", "point", "punkt", "punt", "ponto", "分", "点", "점", "балл"]
}
