/// What a score depends on: the entry, the judge, the criterion, or several of them together.
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

    /// The facets one by one, as places 0, 1, 2.
    var places: [Int] { (0..<3).filter { rawValue >> $0 & 1 == 1 } }
}
