/// Headers that name two things at once: Judge 1 Innovation, 评委1_创新性, Design - Corey, or a judge over criteria in two rows.
struct CompositeHeaders: Equatable, Sendable {
    struct Name: Equatable, Sendable {
        let judge: String
        /// The criterion, or the kind of number: score, total, rank.
        let part: Header
    }

    /// By column.
    let names: [Int: Name]

    /// Looks at columns of numbers; `nil` when their headers are not a crossing of two sets of names.
    init?(_ columns: [ColumnEvidence], among open: [Int]) {
        let grouped = open.filter { columns[$0].group != nil }
        if grouped.count > 1 {
            self.init(grouped.map { ($0, columns[$0].group ?? columns[$0].header, columns[$0].header) }, isGrouped: true)
            return
        }
        let named = open.filter { !columns[$0].header.name.isEmpty }
        guard named.count >= 4 else { return nil }
        var best: CompositeHeaders?
        for split in CompositeHeaders.splits {
            let pairs = named.compactMap { index -> (Int, Header, Header)? in
                guard let (first, second) = split(columns[index].header) else { return nil }
                return (index, first, second)
            }
            guard let found = CompositeHeaders(pairs, isGrouped: false) else { continue }
            if found.names.count > best?.names.count ?? 0 || found.names.count == best?.names.count && found.clarity > best?.clarity ?? 0 {
                best = found
            }
        }
        guard let best else { return nil }
        self = best
    }

    private init?(_ pairs: [(Int, Header, Header)], isGrouped: Bool) {
        let (firsts, seconds) = (Set(pairs.map(\.1.name)), Set(pairs.map(\.2.name)))
        guard pairs.count > 1 else { return nil }
        if !isGrouped {
            // A crossing: nearly every name of one kind with every one of the other.
            let distinct = Set(pairs.map { $0.1.name + "\u{0}" + $0.2.name })
            guard firsts.count > 1, seconds.count > 1, distinct.count == pairs.count, pairs.count * 4 >= firsts.count * seconds.count * 3
            else { return nil }
        }
        let (isFirst, isSecond) = (CompositeHeaders.areJudges(pairs.map(\.1)), CompositeHeaders.areJudges(pairs.map(\.2)))
        let areJudgesFirst: Bool
        // One heading above names of judges says what they are: Jury over Li, Wu.
        let natures = Set(pairs.map { Nature($0.2) })
        let isHeading = isGrouped && firsts.count == 1 && (isSecond || natures.contains(.judge) && !natures.contains(.criterion))
        // Jury over Fit, Wow: judges or criteria. Judge 1 is one of them.
        let isOne = pairs[0].1.words.sequence.contains { $0.kind == .number || $0.concepts.isEmpty }
        if isGrouped, firsts.count == 1, isFirst, !isOne, natures == [.unknown] { return nil }
        if isHeading {
            areJudgesFirst = false
        } else if isFirst != isSecond {
            areJudgesFirst = isFirst
        } else if isGrouped {
            // Of two levels the upper one names judges, unless it states maxima or the lower ones are numbers of seats.
            areJudgesFirst = !pairs.contains { $0.1.maximum != nil || $0.1.weight != nil } && !CompositeHeaders.areQualities(pairs.map(\.1))
        } else {
            let (one, two) = (CompositeHeaders.areQualities(pairs.map(\.1)), CompositeHeaders.areQualities(pairs.map(\.2)))
            guard one != two, !isFirst else { return nil }
            areJudgesFirst = two
        }
        names = Dictionary(
            pairs.map { index, upper, lower in
                let part = isHeading && Nature(upper) != .criterion ? Header("") : areJudgesFirst ? lower : upper
                return (index, Name(judge: areJudgesFirst ? upper.name : lower.name, part: part))
            }
        ) { first, _ in first }
    }

    /// How many names of judges have a word for it, less those of parts that do.
    private var clarity: Int {
        names.values.count { Header($0.judge).words.has(.judge) } - names.values.count { $0.part.words.has(.judge) }
            - names.values.count { !Header($0.judge).words.concepts.isDisjoint(with: [.quality, .subtotal, .total, .mean]) }
    }

    private static func areJudges(_ headers: [Header]) -> Bool {
        let names = Dictionary(headers.map { ($0.name, $0) }) { first, _ in first }.values
        let natures = names.map { Nature($0) }
        let numbers = names.count { Int($0.name) != nil }
        return natures.count { $0 == .judge } * 2 > natures.count || numbers == names.count && names.count > 1
    }

    private static func areQualities(_ headers: [Header]) -> Bool {
        let names = Dictionary(headers.map { ($0.name, $0) }) { first, _ in first }.values
        return names.count { Nature($0) == .criterion || $0.words.has(.score) || Claim($0.words)?.isDerived ?? false } * 2 > names.count
    }

    private typealias Split = @Sendable (Header) -> (Header, Header)?

    /// Ways to cut a header in two, with the amount at its end left to the last part.
    private static let splits: [Split] = {
        let separators = [" - ", " – ", " — ", "_", ": ", "：", ":", " / ", "/", " | ", "|", "·", ".", "-", "—"]
        var splits: [Split] = separators.flatMap { separator -> [Split] in
            [
                { header in cut(header, header.text.range(of: separator)) },
                { header in cut(header, header.text.ranges(of: separator).last) },
            ]
        }
        splits.append { header in
            let pairs: [Character: Character] = [")": "(", "]": "[", "】": "【"]
            guard let last = header.text.last, let opening = pairs[last], let start = header.text.lastIndex(of: opening) else { return nil }
            let (front, inside) = (String(header.text[..<start]), String(header.text[header.text.index(after: start)...].dropLast()))
            return front.allSatisfy(\.isWhitespace) || inside.isEmpty ? nil : (Header(front), Header(inside))
        }
        for count in 1...3 {
            splits.append { header in cutWords(header, count) }
            splits.append { header in cutWords(header, -count) }
        }
        // Without spaces: 评委1创新性, 創新性評審1.
        splits.append { header in
            guard let digit = header.text.lastIndex(where: { $0.isASCII && $0.isNumber }),
                header.text.index(after: digit) < header.text.endIndex
            else { return nil }
            let next = header.text.index(after: digit)
            return (Header(String(header.text[..<next])), Header(String(header.text[next...])))
        }
        for word in ["评委", "評審", "评审", "专家", "裁判", "심사위원", "審査員", "評委"] {
            splits.append { header in
                guard let start = header.text.range(of: word)?.lowerBound, start > header.text.startIndex else { return nil }
                return (Header(String(header.text[..<start])), Header(String(header.text[start...])))
            }
        }
        for marks in ["甲乙丙丁戊己庚辛壬癸", "一二三四五六七八九十"] {
            splits.append { header in
                guard let position = header.text.firstIndex(where: { marks.contains($0) }), position > header.text.startIndex else {
                    return nil
                }
                let next = header.text.index(after: position)
                guard next < header.text.endIndex else { return nil }
                return (Header(String(header.text[..<next])), Header(String(header.text[next...])))
            }
        }
        return splits
    }()

    private static func cut(_ header: Header, _ range: Range<String.Index>?) -> (Header, Header)? {
        guard let range else { return nil }
        let (front, back) = (String(header.text[..<range.lowerBound]), String(header.text[range.upperBound...]))
        guard front.contains(where: { $0.isLetter || $0.isNumber }), back.contains(where: { $0.isLetter || $0.isNumber }) else {
            return nil
        }
        return (Header(front), Header(back))
    }

    private static func cutWords(_ header: Header, _ count: Int) -> (Header, Header)? {
        let words = header.text.split(separator: " ")
        guard words.count > abs(count) else { return nil }
        let position = count > 0 ? count : words.count + count
        // Judge 1: Idea is cut at its colon.
        if let last = words[position - 1].last, ":：-–—_/|".contains(last) { return nil }
        return (Header(words[..<position].joined(separator: " ")), Header(words[position...].joined(separator: " ")))
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<String.Index>? { ranges(of: text).first }
}
