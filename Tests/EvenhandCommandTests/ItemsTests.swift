import Foundation
import TestSupport
import Testing

/// Systems judged by models on prompts, on the command line.
@Suite struct ItemsTests {
    private static let scores = ["Data/models/scores.csv", "--column", "entry=system"]

    private func table(_ command: String, _ name: String, _ arguments: [String] = []) throws -> [[String]] {
        let run = try CommandRun([command] + Self.scores + ["--format", "csv", "--table", name] + arguments)
        #expect(run.status == 0, "\(run.error)")
        return run.lines.filter { !$0.isEmpty }.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    @Test func `the variance of scores is taken apart into entries, judges and items`() throws {
        let rows = try table("judges", "components")
        #expect(
            rows.map { $0[0] } == [
                "component", "entry", "judge", "item", "entry × judge", "entry × item", "judge × item", "entry × judge × item", "noise",
            ])
        #expect(isClose(rows.dropFirst().reduce(0) { $0 + Double($1[5])! }, 1, relative: 1e-12))
        #expect(rows.map { $0[1] }.suffix(2) == ["576", "1152"])
    }

    /// With σ²_pj = 1 and σ²_pi = 20, two judges on forty items: a third judge takes 1/2 − 1/3 = 0.167 off the error for 40 more scores of
    /// each entry, ten items 20/40 − 20/50 = 0.1 for 20 scores. With σ²_pi = 10 a third judge does more for each score as well.
    @Test(arguments: [(20.0, "a judge would do more, and items more for each score"), (10, "a judge would do more, and a judge more for")])
    func `what does more and what does more for each score are told apart`(variance: Double, words: String) throws {
        let (entries, items) = (30, 40)
        // Each entry has its own wave over the items, and the judges' parts have opposite signs.
        let rows = (0..<entries).flatMap { entry in
            (0..<2).flatMap { judge in
                (0..<items).map { item in
                    let angle = 2 * Double.pi * Double((entry % 19 + 1) * item) / Double(items) + Double(entry)
                    let wave = (2 * variance).squareRoot() * cos(angle)
                    let own = (judge == 0 ? 1 : -1) * 0.7071 * (entry % 2 == 0 ? 1 : -1)
                    let noise = 0.01 * Double((entry * 7 + judge * 5 + item * 3) % 11 - 5)
                    return "E\(entry),J\(judge),I\(item),\(50 + 4 * sin(Double(entry)) + wave + own + noise)"
                }
            }
        }
        let directory = try TemporaryDirectory()
        let path = try directory.write((["entry,judge,item,score"] + rows).joined(separator: "\n") + "\n", to: "s.csv")
        let run = try CommandRun(["judges", path, "--lang", "en"])
        #expect(run.status == 0 && run.output.contains(words), "\(run.output.prefix(3000)) \(run.error)")
    }

    @Test func `a decision study begins with the design as it is`() throws {
        let rows = try table("judges", "decision")
        #expect(rows[1].prefix(4) == ["3", "24", "2", "144"])
        #expect(rows[2].prefix(2) == ["4", "24"] && Double(rows[2][6])! > Double(rows[1][6])!)
    }

    /// "single scores", "reliability 0.97" and "generalizability 0.955" in one breath left open what was drawn.
    @Test(arguments: [
        (
            "en",
            [
                "differences between the judges' means over the items are", "0 of the 24 means of a judge for an entry lie",
                "With 3 judges drawn anew and the same items, the order has reliability 0.97",
                "It takes 1 judge (1 to 2) on these items for an order of reliability 0.80",
                "With judges and items both drawn anew, 3 judges and 24 items, each judged 2 times, give a generalizability of 0.955",
                "would the order repeat with other judges on the same items",
            ], "single scores"
        ),
        (
            "zh",
            [
                "各评委对各题的平均分之间的差异", "24 个评委平均分中有 0 个", "题目不变、仅重新抽取评委，3 位评委时，排序信度为 0.97",
                "题目不变时，排序信度要达到 0.80，需要 1 位评委", "评委与题目均重新抽取时，3 位评委、24 道题，各评 2 次：名次的概化系数为 0.955",
                "题目不变、换一组评委，名次是否重现",
            ], "单个评分"
        ),
    ])
    func `the verdict on judges says what is drawn anew and what a score is`(language: String, said: [String], unsaid: String) throws {
        let output = try CommandRun(["judges"] + Self.scores + ["--lang", language]).output
        for words in said { #expect(output.contains(words)) }
        #expect(!output.contains(unsaid))
    }

    @Test func `a table of effects is an anchor that has not drifted from its own scores`() throws {
        let directory = try TemporaryDirectory()
        let items = try CommandRun(["judges"] + Self.scores + ["--format", "csv", "--table", "effects"])
        let file = try directory.write(items.output, to: "effects.csv")
        let rows = try table("judges", "drift", ["--anchor", file])
        #expect(rows[0] == ["facet", "level", "scores", "anchor", "drift", "se", "p", "p_adjusted"])
        #expect(rows.count == 28 && rows.dropFirst().allSatisfy { Double($0[7])! > 0.5 })
        #expect(Set(rows.dropFirst().map { $0[0] }) == ["judge", "item"])
        #expect(try table("judges", "components", ["--anchor", file]).allSatisfy { $0[0] != "item" && $0[0] != "judge" })
    }

    @Test func `a judge who is severer than last year has drifted`() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write(
            "judge,effect,se\nmars,0.5,0.1\nvesta,0.2,0.1\njuno,0.4,\nsol,0.2,0.1\n", to: "judges.csv")
        let anchored = ["judges"] + Self.scores + ["--anchor", file]
        let run = try CommandRun(anchored)
        #expect(run.status == 0 && run.output.contains("1 of 3 anchors has drifted: mars by -1."))
        #expect(run.output.contains("Anchors without scores here: 1 (sol)."))
        #expect(try CommandRun(anchored + ["--lang", "zh"]).output.contains("3 个锚定值中有 1 个发生漂移：mars -1."))
        let rows = try table("judges", "drift", ["--anchor", file])
        #expect(rows[1].prefix(4) == ["judge", "mars", "384", "0.5"] && Double(rows[1][7])! < 0.01)
    }

    @Test func `anchors that cannot be meant are refused`() throws {
        let directory = try TemporaryDirectory()
        for (text, said) in [
            ("judge,effect\nnobody,1\n", "no judge or item in it"), ("judge,effect\nmars,hard\n", "[E201]"),
            ("judge,effect\nmars,1\nmars,2\n", "[E209]"), ("judge,mean\nmars,1\n", "[E105]"),
        ] {
            let file = try directory.write(text, to: "judges.csv")
            let run = try CommandRun(["judges"] + Self.scores + ["--anchor", file])
            #expect(run.status != 0 && run.output.isEmpty && run.error.contains(said), "\(run.error)")
        }
    }

    @Test func `an anchor in two files is refused, and a file may have a single item`() throws {
        let directory = try TemporaryDirectory()
        let one = try directory.write("facet,level,effect,se\njudge,mars,0.5,0\nitem,p01,0.4,0\n", to: "one.csv")
        let two = try directory.write("judge,effect\nmars,0.2\n", to: "two.csv")
        let both = try CommandRun(["judges"] + Self.scores + ["--anchor", one, "--anchor", two])
        #expect(both.status != 0 && both.output.isEmpty && both.error.contains("both have an effect of mars"))
        #expect(try table("judges", "drift", ["--anchor", one]).count == 3)
        let item = try directory.write("item,effect\np01,0.4\n", to: "item.csv")
        #expect(try table("judges", "drift", ["--anchor", item]).dropFirst().map { $0[1] } == ["p01"])
    }

    /// Noise that cannot be told from judges with items; and repeats that are all equal, so that there is none.
    @Test func `what items do not tell leaves the other tables`() throws {
        let directory = try TemporaryDirectory()
        let few = try directory.write(
            """
            entry,judge,item,score
            E0,J2,p0,4.7\nE2,J0,p1,3.9\nE2,J2,p1,6.3\nE2,J2,p0,3.4\nE3,J0,p1,1.8\nE3,J2,p1,6.4\nE4,J0,p0,6.8\nE3,J1,p1,2.1
            E4,J2,p0,7.4\nE0,J2,p1,6\nE1,J0,p0,4.1\nE0,J1,p0,7.8\nE4,J0,p1,4.5\nE4,J1,p1,1.4\n
            """, to: "few.csv")
        let told = try CommandRun(["judges", few])
        #expect(told.status == 0 && told.output.contains("Variance components"), "\(told.error)")
        let equal = try directory.write(
            "entry,judge,repeat,score\nA,J1,1,7\nA,J1,2,7\nA,J2,1,8\nA,J2,2,8\nB,J1,1,5\nB,J1,2,5\nB,J2,1,4\nB,J2,2,4\nC,J1,1,9\nC,J1,2,9\nC,J2,1,6\n",
            to: "equal.csv")
        let run = try CommandRun(["judges", equal])
        #expect(run.status == 0 && run.output.contains("components, decision, effects:") && run.output.contains("[E404]"))
        let asked = try CommandRun(["judges", equal, "--format", "csv", "--table", "components"])
        #expect(asked.status == 1 && asked.output.isEmpty && asked.error.contains("[E404]"), "\(asked.error)")
    }

    @Test func `an empty cell of the items is a fault of its own`() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("entry,judge,item,score\nA,J,p,1\nA,J,,2\nB,J,p,3\nB,J,q,4\n", to: "items.csv")
        let run = try CommandRun(["judges", file])
        #expect(run.status == 1 && run.error.contains("[E204]") && run.error.contains(":3"), "\(run.error)")
    }

    @Test func `what scores depend on besides is a slope`() throws {
        let rows = try table("judges", "covariates", ["--covariate", "length"])
        #expect(rows[1][0] == "length")
        let unknown = try CommandRun(["judges"] + Self.scores + ["--covariate", "size"])
        #expect(unknown.status == 1 && unknown.output.isEmpty && unknown.error.contains("size"))
    }

    @Test func `groups are compared with the first of them`() throws {
        let rows = try table("judges", "covariates", ["--covariate", "family", "--entries", "Data/models/systems.csv"])
        #expect(rows.dropFirst().map { $0[0] }.allSatisfy { $0.hasPrefix("family: ") && $0.hasSuffix(" − east") } && rows.count == 4)
    }

    @Test func `criteria are a facet where they are named`() throws {
        let essays = ["judges", "Data/essays/scores.csv", "--facets", "judge,criterion", "--format", "csv", "--table"]
        let components = try CommandRun(essays + ["components"])
        #expect(components.status == 0, "\(components.error)")
        #expect(
            components.lines.map { $0.prefix { $0 != "," } }.filter { !$0.isEmpty } == [
                "component", "entry", "judge", "criterion", "entry × judge", "entry × criterion", "judge × criterion", "noise",
            ])
        let effects = try CommandRun(essays + ["effects"]).lines
        #expect(effects.contains { $0.hasPrefix("criterion,立意,") } && effects.contains { $0.hasPrefix("judge,吴老师,") })
        #expect(try CommandRun(essays + ["decision"]).error.contains("the same criteria would be used again"))
        let plain = try CommandRun(["judges", "Data/essays/scores.csv", "--format", "csv", "--table", "components"])
        #expect(plain.lines.filter { !$0.isEmpty }.count <= 1)
    }

    @Test(arguments: [
        ("judge:item,item", ["entry", "item", "judge × item"]), ("entry:item", ["entry", "entry × item"]),
        ("judge，item", ["entry", "judge", "item", "entry × judge", "entry × item", "judge × item", "entry × judge × item"]),
    ])
    func `facets and pairs are those that are named`(facets: String, components: [String]) throws {
        #expect(try table("judges", "components", ["--facets", facets]).dropFirst().map { $0[0] } == components + ["noise"])
    }

    @Test(arguments: [
        ("heat", "cannot tell heat from"), ("criterion", "cannot tell criterion from"), ("entry:judge:item:heat", "cannot tell"),
        ("juror", "the facets are judge"), ("", "name judge"), ("entry", "name judge"),
    ])
    func `facets that the scores do not have are refused`(facets: String, said: String) throws {
        let run = try CommandRun(["judges"] + Self.scores + ["--facets", facets])
        #expect(run.status != 0 && run.output.isEmpty && run.error.contains(said), "\(run.error)")
    }

    @Test func `ranking takes the mean over items`() throws {
        let rows = try table("rank", "ranking", ["--method", "mean"])
        #expect(rows[1][0] == "amber" && rows[1][1] == "3")
        #expect(isClose(Double(rows[1][2])!, 8.368055555555555, relative: 1e-14))
    }

    @Test func `a strict final has status 2 where the cut is not certain, and 0 where it is`() throws {
        let open = try CommandRun(["finals"] + Self.scores + ["--places", "3", "--strict", "--draws", "2000"])
        #expect(open.status == 2 && open.error.contains("[W403]") && open.error.contains("emerald"))
        let certain = try CommandRun(["finals"] + Self.scores + ["--places", "2", "--strict", "--draws", "2000"])
        #expect(certain.status == 0 && !certain.error.contains("W403"))
        let asked = try CommandRun(["finals"] + Self.scores + ["--places", "3", "--draws", "2000"])
        #expect(asked.status == 0 && !asked.error.contains("W403"))
    }

    @Test func `probabilities count items as drawn, unless the crossed model is asked for`() throws {
        let (drawn, fixed) = (
            try table("finals", "cut", ["--places", "3"]), try table("finals", "cut", ["--places", "3", "--model", "crossed"])
        )
        let column = try #require(drawn[0].firstIndex(of: "gap_se"))
        for (one, two) in zip(drawn.dropFirst(), fixed.dropFirst()) { #expect(Double(one[column])! > Double(two[column])!) }
    }

    @Test func `a single judge is enough where there are items`() throws {
        let text = try String(contentsOf: CommandRun.root.appending(path: "Data/models/scores.csv"), encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        let directory = try TemporaryDirectory()
        let file = try directory.write(([lines[0]] + lines.filter { $0.contains(",juno,") }).joined(separator: "\n"), to: "juno.csv")
        let run = try CommandRun(["finals", file, "--column", "entry=system", "--places", "3", "--format", "csv", "--table", "cut"])
        #expect(run.status == 0 && run.error.contains("entry × item"), "\(run.error)")
    }

    /// Columns that no model accounts for are refused, and those that are not there.
    @Test(arguments: [
        ("judges s.csv --model rating-scale --covariate len", 64, "--covariate belongs to --model linear"),
        ("finals s.csv --places 1 --covariate len --model crossed", 64, "calibrated model"),
        ("finals s.csv --places 1 --covariate len --method trimmed", 64, "calibrated model"),
        ("finals s.csv --places 1 --covariate nope", 1, "[E309]"), ("finals s.csv --places 1 --covariate same", 1, "[E333]"),
        ("judges s.csv --covariate same", 1, "[E333]"), ("judges s.csv --covariate who", 1, "[E334]"),
    ])
    func `a covariate is not passed over in silence`(line: String, status: Int32, words: String) throws {
        let directory = try TemporaryDirectory()
        var rows = ["entry,judge,len,same,who,score"]
        for entry in 0..<4 {
            for judge in 0..<3 {
                rows.append("E\(entry),J\(judge),\((entry * 5 + judge * 7) % 9),1,p\(judge),\((entry * 3 + judge * judge) % 5 + 1)")
            }
        }
        try directory.write(rows.joined(separator: "\n") + "\n", to: "s.csv")
        let run = try CommandRun(
            line.split(separator: " ").map(String.init), environment: ["LANG": "C.UTF-8"], in: URL(filePath: directory.path))
        #expect(run.status == status && run.output.isEmpty && run.error.contains(words), "\(run.error)")
    }

    /// One judge of two entries with a numeric column: nothing is left to fit, and the answer says so.
    @Test(arguments: ["--covariate len", "--facets judge"]) func `too few scores for facets are an error`(option: String) throws {
        let directory = try TemporaryDirectory()
        try directory.write("entry,judge,len,score\nA,J,1,5\nB,K,3,6\nC,L,2,7\n", to: "s.csv")
        let run = try CommandRun(["judges", directory.path + "/s.csv"] + option.split(separator: " ").map(String.init))
        #expect(run.status == 1 && run.output.isEmpty && run.error.contains("[E3"), "\(run.status) \(run.error)")
    }
}
