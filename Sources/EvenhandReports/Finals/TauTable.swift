import Evenhand
import EvenhandIO

/// The table `tau`: Kendall's τ of every method with every other.
struct TauTable {
    let methods: MethodComparison
    let language: Language

    var table: Table {
        let names = methods.columns.map(\.name)
        let columns = names.indices.map { column in
            Table.Column(
                names[column], heading: heading(names[column]), .numbers(names.indices.map { methods.tau($0, column) }, decimals: 2))
        }
        return Table(
            name: FinalsAnalysis.Part.tau.rawValue, title: language.say("Agreement of methods (Kendall's τ)", "各方法的一致性（Kendall τ）"),
            columns: [Table.Column("method", heading: language.say("method", "方法"), .texts(names.map(heading)))] + columns)
    }

    private func heading(_ name: String) -> String {
        language.say(name, MethodText.chinese[name] ?? FinalsText.chinese[name] ?? name)
    }
}
