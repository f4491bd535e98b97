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
                names[column], heading: language.heading(ofMethod: names[column]),
                .numbers(names.indices.map { methods.tau($0, column) }, decimals: 2), isDetail: !methods.isEssential(column))
        }
        return Table(
            name: FinalsAnalysis.Part.tau.rawValue, title: language.say("Agreement of methods (Kendall's τ)", "各方法的一致性（Kendall τ）"),
            columns: [Table.Column("method", heading: language.say("method", "方法"), .texts(names.map(language.heading)))] + columns)
    }
}

extension MethodComparison {
    /// Whether people see the method without asking for all: the official one, and one of each kind.
    func isEssential(_ place: Int) -> Bool {
        place == 0 || ["mean", "median", "trimmed", "zscore", "calibrated", "kemeny"].contains(columns[place].name)
    }
}
