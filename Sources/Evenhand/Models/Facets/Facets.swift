/// What a score depends on: the entry, the judge, the criterion, the item, the heat, or several of them together.
///
/// The entry is the object of measurement; judges and criteria are the conditions under which it is measured.
public struct Facets: OptionSet, Sendable, Hashable {
    /// One bit for each facet.
    public let rawValue: Int

    /// The facets of a pattern of bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// What is judged.
    public static let entry = Facets(rawValue: 1)
    /// Who judges.
    public static let judge = Facets(rawValue: 2)
    /// The part of the judgement.
    public static let criterion = Facets(rawValue: 4)
    /// What it is judged on: a prompt, a task, a question.
    public static let item = Facets(rawValue: 8)
    /// The occasion.
    public static let heat = Facets(rawValue: 16)

    /// What each of these facets and every two of them make together, as the usual model has them: heats are in no pair, and where
    /// judgements were repeated entry, judge and item have an effect together.
    public func crossed(hasRepeats: Bool = false) -> [Facets] {
        let single = [Facets.entry, .judge, .item, .criterion].filter(contains)
        let pairs = single.indices.flatMap { first in single[(first + 1)...].map { single[first].union($0) } }
        let repeated: Facets = [.entry, .judge, .item]
        return single + (contains(.heat) ? [.heat] : []) + pairs + (hasRepeats && isSuperset(of: repeated) ? [repeated] : [])
    }

    /// The facets one by one, as positions 0 to 4.
    var positions: [Int] { (0..<5).filter { rawValue >> $0 & 1 == 1 } }
}
