import Foundation
import TestSupport
import Testing

/// `judges` with a many-facet Rasch model.
@Suite struct RaschTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        for name in ["guilford", "three_facets_30x8x4"] { try directory.write(try fixture("rasch/\(name).csv"), to: "\(name).csv") }
    }

    private func judges(_ file: String, _ options: String...) throws -> CommandRun {
        let sheet = ["judges", file, "--column", "entry=project"]
        return try CommandRun(sheet + options, in: URL(filePath: directory.path))
    }

    @Test func `the tables have the columns of the contract first`() throws {
        for (table, columns) in [
            ("measures", "facet,element,score,count,observed_average,fair_average,measure,se,infit,infit_z,outfit,outfit_z,correlation,"),
            ("categories", "criterion,category,count,share,used,average_measure,expected_measure,outfit,threshold,se,flags"),
            ("separation", "facet,basis,elements,mean,rmse,true_sd,separation,strata,reliability,chi2,df,p"),
            ("bias", "kind,judge,level,size,se,p,p_adjusted,n,t"), ("contrasts", "judge,a,b,severity_a,se_a,severity_b,se_b,difference"),
        ] {
            let run = try judges("guilford.csv", "--model", "rating-scale", "--format", "csv", "--table", table)
            #expect(run.status == 0 && run.lines.first?.hasPrefix(columns) == true, "\(table): \(run.error)")
        }
        let first = try judges("guilford.csv", "--model", "rating-scale", "--format", "csv")
        // The most severe judge by R's VGAM.
        #expect(first.lines[1].hasPrefix("judge,Brahe,156,35,4.457142857142857,4.38419354625"))
        #expect(try judges("guilford.csv", "--model", "partial-credit", "--format", "csv", "--table", "categories").lines.count > 30)
    }

    /// Rows are in the order of p; adjusting keeps that order, and makes no p smaller.
    @Test func `contrasts have their own adjusted p`() throws {
        let run = try judges("three_facets_30x8x4.csv", "--model", "rating-scale", "--format", "csv", "--table", "contrasts")
        let header = try #require(run.lines.first).split(separator: ",").map(String.init)
        let (p, adjusted) = (try #require(header.firstIndex(of: "p")), try #require(header.firstIndex(of: "p_adjusted")))
        let rows = run.lines.dropFirst().filter { !$0.isEmpty }.map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? 1 }
        }
        #expect(rows.count > 10 && rows.map { $0[p] } == rows.map { $0[p] }.sorted())
        #expect(rows.map { $0[adjusted] } == rows.map { $0[adjusted] }.sorted() && rows.allSatisfy { $0[adjusted] >= $0[p] })
        #expect(Set(rows.map { $0[adjusted] }).count > 1)
    }

    @Test func `it says who is severe in two languages, and draws the ruler`() throws {
        let run = try judges("guilford.csv", "--model", "rating-scale")
        #expect(run.output.hasPrefix("Brahe is the most severe judge and Cavendish the most lenient: 0.34 logits apart"))
        #expect(run.output.contains("(χ² = 4.3, p = 0.116)"))
        #expect(run.output.contains("Entries, judges, criteria and scores on one ruler of logits") && run.output.contains("Cavendish"))
        let chinese = try judges("guilford.csv", "--model", "rating-scale", "--lang", "zh")
        #expect(chinese.output.hasPrefix("最严的评委是Brahe，最宽的是Cavendish：相差 0.34 logit"))
        let page = try judges("guilford.csv", "--model", "rating-scale", "--format", "html")
        #expect(page.output.contains("<svg") && page.status == 0)
    }

    @Test func `the order of rows changes no byte`() throws {
        let rows = try directory.read("three_facets_30x8x4.csv").split(separator: "\n")
        try directory.write(([rows[0]] + rows.dropFirst().reversed()).joined(separator: "\n") + "\n", to: "turned.csv")
        for options in [["--model", "rating-scale"], ["--model", "partial-credit", "--estimate", "mml"]] {
            for table in ["measures", "categories", "bias", "contrasts"] {
                let line = ["--format", "csv", "--table", table, "--column", "entry=project"] + options
                let one = try CommandRun(["judges", "three_facets_30x8x4.csv"] + line, in: URL(filePath: directory.path))
                let other = try CommandRun(["judges", "turned.csv"] + line, in: URL(filePath: directory.path))
                #expect(one.status == 0 && one.outputBytes == other.outputBytes, "\(table)")
            }
        }
    }

    @Test func `a long scale is refused with the way out`() throws {
        let run = try CommandRun(["judges", "Data/quickstart.csv", "--model", "rating-scale"])
        #expect(run.status == 1 && run.output.isEmpty && run.error.contains("[E850]"))
        #expect(run.error.contains("leave out --model") && run.error.contains("--categories 10"))
        let divided = try CommandRun(["judges", "Data/quickstart.csv", "--model", "rating-scale", "--categories", "5"])
        #expect(divided.status == 0 && divided.output.contains("--categories 5"))
    }

    @Test func `what has no finite measure is warned of, and strict is an exit status`() throws {
        let scores = ["A333", "B121", "C232", "D321", "E223", "F332", "G112"].map { Array($0) }
        let rows = scores.flatMap { row in zip("JKL", row.dropFirst()).map { "\(row[0]),\($0),\($1)\n" } }
        try directory.write("entry,judge,score\n" + rows.joined(), to: "ends.csv")
        let options = ["judges", "ends.csv", "--model", "rating-scale"]
        let run = try CommandRun(options + ["--strict"], in: URL(filePath: directory.path))
        #expect(run.status == 2 && run.error.contains("A. [W510]") && run.output.contains("maximum"))
        let hidden = try CommandRun(options + ["--anonymize", "entries"], in: URL(filePath: directory.path))
        #expect(hidden.error.contains("E01. [W510]"))
    }

    @Test func `panels without a common entry are named, and marginal likelihood compares them`() throws {
        let rows = ["A,J,1", "A,K,2", "B,J,2", "B,K,2", "C,J,4", "C,K,3", "D,L,1", "D,M,2", "E,L,2", "E,M,2", "F,L,3", "F,M,4"]
        try directory.write("entry,judge,score\n" + rows.joined(separator: "\n") + "\n", to: "two.csv")
        let options = ["judges", "two.csv", "--model", "rating-scale"]
        let run = try CommandRun(options, in: URL(filePath: directory.path))
        #expect(run.status == 1 && run.error.contains("{J, K}, {L, M}") && run.error.contains("[E852]"))
        #expect(try CommandRun(options + ["--estimate", "mml"], in: URL(filePath: directory.path)).status == 0)
    }

    @Test(arguments: [
        ["--model", "rasch"], ["--estimate", "mml"], ["--categories", "5"], ["--model", "rating-scale", "--categories", "1"],
        ["--model", "rating-scale", "--facets", "entry"], ["--model", "rating-scale", "--assume", "equal-panels"],
    ])
    func `wrong usage is refused`(options: [String]) throws {
        #expect(try CommandRun(["judges", "Data/quickstart.csv"] + options).status == 64)
    }
}
