import Testing

@testable import EvenhandIO

@Suite struct MarkupTests {
    @Test(arguments: [
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"), ("\"><script>", "&quot;&gt;&lt;script&gt;"),
        ("]]>", "]]&gt;"), ("&amp;", "&amp;amp;"), ("it's", "it&#39;s"), ("赵钱孙", "赵钱孙"), ("a\u{202E}b", "a\u{FFFD}b"),
        ("a\u{2066}b\u{2069}", "a\u{FFFD}b\u{FFFD}"), ("a\u{0}b\u{1B}c\u{7F}\u{85}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}"),
        ("a\nb\tc", "a\nb\tc"),
        (String(String.UnicodeScalarView([0xFFFE, 0x1FFFF, 0xFDD0].compactMap(Unicode.Scalar.init))), "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ("👩‍🔬", "👩‍🔬"),
    ])
    func `every name is text, in elements and in attributes`(name: String, written: String) {
        var markup = Markup()
        markup.element("p", [("title", name)], name)
        #expect(markup.text == "<p title=\"\(written)\">\(written)</p>")
    }

    @Test func `elements contain what is written into them`() {
        var markup = Markup()
        markup.element("ul") { markup in
            for item in ["a", "b"] { markup.element("li", [], item) }
        }
        markup.open("meta", [("charset", "utf-8")])
        #expect(markup.text == "<ul><li>a</li><li>b</li></ul><meta charset=\"utf-8\">")
    }

    @Test func `a table has headers, a line at the cut and a dash for what is undefined`() {
        let table = Table(
            name: "t",
            columns: [
                Table.Column("entry", .texts(["A", "B<"])), Table.Column("x", .numbers([1.25, nil], decimals: 1)),
                Table.Column("none", .numbers([nil, nil], decimals: 1)),
            ], rowsAboveCut: 1)
        var markup = Markup()
        table.write(to: &markup, caption: "T", isCaptionShown: false)
        #expect(
            markup.text == """
                <div class="scroll" tabindex="0" role="group" aria-label="T"><table><caption class="vh">T</caption><thead><tr>\
                <th scope="col" class="t">entry</th><th scope="col">x</th></tr></thead><tbody>
                <tr><th scope="row" class="t">A</th><td>1.3</td></tr>
                <tr class="cut"><th scope="row" class="t">B&lt;</th><td>–</td></tr></tbody></table></div>

                """)
    }
}
