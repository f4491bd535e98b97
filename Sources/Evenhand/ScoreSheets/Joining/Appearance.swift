/// The place of a performance in the order of appearance, as long as its scores agree on it.
package struct Appearance {
    /// The place, or `Performance.noPlace`.
    package private(set) var place = Performance.noPlace
    private var isOpen = true

    package init() {}

    /// Takes the place that a score states, or `Performance.noPlace` for one that is not a whole number.
    package mutating func add(_ stated: Int32) {
        if isOpen { place = stated } else if place != stated { place = Performance.noPlace }
        isOpen = false
    }
}
