/// A colour or weight of a text on a terminal.
package enum TextColour: Sendable, Equatable {
    case dim, bold, green, yellow, red

    /// Whether a terminal with these variables wants colours: not if NO_COLOR is set to something, or TERM is dumb.
    package static func areWanted(by environment: (String) -> String?) -> Bool {
        (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }

    /// The text in this colour, by the escape sequences of ECMA-48.
    package func applied(to text: String) -> String { text.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m" }

    private var code: Int {
        switch self {
        case .bold: 1
        case .dim: 2
        case .red: 31
        case .green: 32
        case .yellow: 33
        }
    }
}
