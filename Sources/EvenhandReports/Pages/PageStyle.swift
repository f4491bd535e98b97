/// The style of every page: the system's own fonts, two colour schemes, and paper.
///
/// Texts have a contrast of at least 4.5 : 1 to their ground, lines and marks of 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11), in both schemes; a
/// test computes them from these values.
enum PageStyle {
    /// A colour by its name, on white and on black.
    static let colours: [(name: String, light: String, dark: String)] = [
        ("paper", "#ffffff", "#14171a"), ("raised", "#f4f6f8", "#1f2429"), ("ink", "#1b1f23", "#e9ecef"),
        ("muted", "#535a61", "#a9b1ba"), ("line", "#7d858d", "#7f8891"), ("hair", "#d5dade", "#343b42"),
        ("accent", "#0b5cad", "#7db7f5"), ("good", "#0a6b4b", "#63cf9b"), ("open", "#855300", "#e3b25a"),
        ("bad", "#a3232f", "#f4908a"),
    ]

    /// Fields of a grid from far below the middle to far above it, each readable under the ink.
    static let levels: [(light: String, dark: String)] = [
        ("#f2a58c", "#7a3526"), ("#f6c6b4", "#5c2f26"), ("#fbe5dc", "#3a2824"), ("#eceff1", "#262c31"), ("#d9e8f5", "#1f3040"),
        ("#b3d1ec", "#1d4261"), ("#7fb2e0", "#1a5584"),
    ]

    private static func variables(_ pick: ((light: String, dark: String)) -> String) -> String {
        colours.map { "--\($0.name):\(pick(($0.light, $0.dark)))" }.joined(separator: ";") + ";"
            + levels.enumerated().map { "--h\($0):\(pick($1))" }.joined(separator: ";")
    }

    /// The style sheet.
    static let sheet: String = {
        let fields = levels.indices.map { ".h\($0){fill:var(--h\($0))}" }.joined()
        return """
            :root{color-scheme:light dark;\(variables(\.light))}
            @media (prefers-color-scheme:dark){:root{\(variables(\.dark))}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",\
            "PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif}
            :lang(zh){line-break:strict;line-height:1.7;text-autospace:normal}
            header,main,footer{max-width:62rem;margin:0 auto;padding:0 1rem}
            header{padding-top:1.5rem}
            h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
            h2{font-size:1.2rem;line-height:1.3;margin:2.2rem 0 .6rem;padding-top:.5rem;border-top:2px solid var(--hair)}
            h3{font-size:1rem;margin:1.4rem 0 .4rem}
            p,li{overflow-wrap:anywhere;max-width:46rem}
            a{color:var(--accent)}
            .skip{position:absolute;left:-100vw}
            .skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.3rem .6rem}
            .about,.note,figcaption small,footer{color:var(--muted);font-size:.875rem}
            .verdict{background:var(--raised);border-left:4px solid var(--accent);padding:.7rem 1rem;font-size:1.06rem}
            .verdict p{margin:.35rem 0}
            nav ul{padding:0;margin:.6rem 0;list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1rem;font-size:.9rem}
            .scroll{overflow-x:auto;margin:.5rem 0}
            .scroll:focus-visible,summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
            table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
            caption{text-align:left;color:var(--muted);padding:0 0 .25rem}
            .vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
            th,td{padding:.2rem .6rem;text-align:right;border-bottom:1px solid var(--hair);white-space:nowrap;unicode-bidi:isolate}
            th{font-weight:600}
            thead th{border-bottom:1px solid var(--line);vertical-align:bottom;white-space:normal;min-width:3.2rem}
            .t{text-align:left}
            .w{text-align:left;white-space:normal;min-width:14rem;max-width:30rem;overflow-wrap:anywhere}
            .f{min-width:5rem;height:2.6em;border:1px solid var(--line);white-space:normal;text-align:center}
            tr.cut>*{border-top:3px double var(--ink)}
            figure{margin:1rem 0}
            figcaption{font-size:.95rem;margin:.2rem 0 .4rem;max-width:46rem}
            svg{display:block;min-width:36rem;max-width:100%;height:auto;font-size:12px;fill:var(--ink)}
            summary{cursor:pointer;color:var(--accent);padding:.2rem 0}
            .lb{fill:var(--ink)}.mu{fill:var(--muted)}
            .ax,.th,.bd,.rf,.gr{fill:none;stroke:var(--line);stroke-width:1}
            .gr{stroke:var(--hair)}
            .rf{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:5 3}
            .th{stroke:var(--accent);stroke-width:1.5}
            .bd{stroke:var(--accent);stroke-width:5}
            .br,.pt{fill:var(--accent)}
            .ring{fill:var(--paper);stroke:var(--accent);stroke-width:2}
            \(["good", "open", "bad"].map { ".th.\($0),.bd.\($0),.ring.\($0){stroke:var(--\($0))}.pt.\($0),.br.\($0),.mu.\($0){fill:var(--\($0))}" }.joined())
            \(fields)
            @media print{
            @page{size:A4;margin:13mm}
            @page wide{size:A4 landscape}
            :root{color-scheme:light;\(variables(\.light))}
            body{font-size:9.5pt;line-height:1.4}
            :lang(zh){line-height:1.5}
            header,main,footer{max-width:none;padding:0}
            p,li{max-width:none;margin-top:.3em;margin-bottom:.3em}
            header{padding:0}
            h1{font-size:15pt}h2{font-size:12pt;margin:1.1em 0 .4em;padding-top:.3em}
            .verdict{font-size:10pt;padding:.3em .8em}
            .about,.note,figcaption small,footer{font-size:7.5pt}
            nav,.skip{display:none}
            .scroll{overflow:visible;margin:.2em 0}
            .wide{page:wide}
            h2,h3,caption,summary,figcaption{break-after:avoid}
            figure,tr,.verdict,li{break-inside:avoid}
            figure{margin:.6em 0}
            thead{display:table-header-group}
            table{font-size:7.5pt;line-height:1.25}th,td{padding:.16em .5em}
            svg{min-width:0}
            details:not([open]){display:none}
            summary{list-style:none;color:var(--muted)}
            }
            """
    }()
}
