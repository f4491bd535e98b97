/// A drawing in lines, bars, points and words, as SVG in a page: the only code that knows SVG.
///
/// Colours and widths are classes of the page's style, so that a drawing follows the reader's colour scheme.
struct LineDrawing {
    /// A class of the page's style.
    enum Style: String {
        case axis = "ax"
        case grid = "gr"
        case reference = "rf"
        case thin = "th"
        case bold = "bd"
        case bar = "br"
        case label = "lb"
        case muted = "mu"
    }

    /// Where a text begins.
    enum Anchor: String { case start, middle, end }

    /// The width of a letter, and of half a Chinese character, in the units of a drawing.
    static let letter = 7.0
    let width: Double
    var height: Double
    private var body = Markup()

    init(width: Double, height: Double) { (self.width, self.height) = (width, height) }

    static func number(_ value: Double) -> String {
        let text = NumberFormat.fixed(value, decimals: 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func coordinates(_ names: [(String, Double)]) -> [(String, String)] { names.map { ($0, number($1)) } }

    private static func classes(_ style: Style, _ tone: Plot.Tone) -> (String, String) {
        ("class", tone == .plain ? style.rawValue : "\(style.rawValue) \(tone.rawValue)")
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: Style, _ tone: Plot.Tone = .plain) {
        body.element(
            "line", [LineDrawing.classes(style, tone)] + LineDrawing.coordinates([("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)]), "")
    }

    mutating func bar(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ tone: Plot.Tone = .plain) {
        body.element(
            "rect",
            [LineDrawing.classes(.bar, tone)] + LineDrawing.coordinates([("x", x), ("y", y), ("width", width), ("height", height)]),
            "")
    }

    /// A point whose shape, too, says how it is marked: a disc, a filled diamond, a ring, or a cross.
    mutating func point(_ x: Double, _ y: Double, _ tone: Plot.Tone = .plain) {
        let classes = ("class", tone == .plain ? "pt" : "pt \(tone.rawValue)")
        let n = LineDrawing.number
        switch tone {
        case .plain: body.element("circle", [classes] + LineDrawing.coordinates([("cx", x), ("cy", y), ("r", 4)]), "")
        case .good: body.element("path", [classes, ("d", "M\(n(x)) \(n(y - 5.5))l5.5 5.5-5.5 5.5-5.5-5.5z")], "")
        case .open: body.element("circle", [("class", "ring open")] + LineDrawing.coordinates([("cx", x), ("cy", y), ("r", 4)]), "")
        case .bad: body.element("path", [("class", "ring bad"), ("d", "M\(n(x - 4)) \(n(y - 4))l8 8m0-8l-8 8")], "")
        }
    }

    mutating func path(_ points: [(x: Double, y: Double)], _ style: Style, _ tone: Plot.Tone = .plain) {
        let steps = points.enumerated().map { ($0 == 0 ? "M" : "L") + LineDrawing.number($1.x) + " " + LineDrawing.number($1.y) }
        body.element("path", [LineDrawing.classes(style, tone), ("d", steps.joined())], "")
    }

    /// Squares of one colour in a single path.
    mutating func fields(_ corners: [(x: Double, y: Double)], _ width: Double, _ height: Double, level: Int) {
        guard !corners.isEmpty else { return }
        let (n, w, h) = (LineDrawing.number, LineDrawing.number(width), LineDrawing.number(height))
        let steps = corners.map { "M\(n($0.x)) \(n($0.y))h\(w)v\(h)h-\(w)z" }
        body.element("path", [("class", "h\(level)"), ("d", steps.joined())], "")
    }

    mutating func text(
        _ x: Double, _ y: Double, _ text: String, _ anchor: Anchor = .start, _ style: Style = .label, _ tone: Plot.Tone = .plain,
        turned: Bool = false
    ) {
        guard !text.isEmpty else { return }
        var attributes = [LineDrawing.classes(style, tone)] + LineDrawing.coordinates([("x", x), ("y", y)])
        if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
        if turned { attributes.append(("transform", "rotate(-90 \(LineDrawing.number(x)) \(LineDrawing.number(y)))")) }
        body.element("text", attributes, text)
    }

    /// The text cut to what fits into so many units.
    static func fitted(_ text: String, _ width: Double) -> String { DisplayWidth.cut(text, to: max(2, Int(width / letter))) }

    static func width(of text: String) -> Double { Double(DisplayWidth.of(text)) * letter }

    /// What the next elements belong to, with a tip that names them.
    mutating func group(_ tip: String, _ body: (inout LineDrawing) -> Void) {
        self.body.open("g")
        self.body.element("title", [], tip)
        body(&self)
        self.body.append(markup: "</g>")
    }

    /// The whole drawing.
    ///
    /// - Parameters:
    ///   - id: what tells it from the others of the page.
    ///   - title: what it shows.
    ///   - description: what it shows in this contest.
    func svg(id: String, title: String, description: String) -> String {
        var markup = Markup()
        let hasDescription = !description.isEmpty
        let named = [("role", "img"), ("aria-labelledby", hasDescription ? "\(id)-title \(id)-desc" : "\(id)-title")]
        let box = "0 0 \(LineDrawing.number(width)) \(LineDrawing.number(height))"
        markup.element("svg", [("viewBox", box), ("width", LineDrawing.number(width)), ("height", LineDrawing.number(height))] + named) {
            $0.element("title", [("id", "\(id)-title")], title)
            if hasDescription { $0.element("desc", [("id", "\(id)-desc")], description) }
            $0.append(markup: body.text)
        }
        return markup.text
    }
}
