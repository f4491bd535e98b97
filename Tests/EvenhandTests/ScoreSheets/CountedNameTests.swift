import Testing

@testable import Evenhand

/// Names of heats as people read them.
@Suite struct CountedNameTests {
    @Test(arguments: [
        ("第一场", "第1场"), ("第 10 场", "第十场"), ("1场", "第一场"), ("第１２场", "第十二场"), ("第二十场", "第20场"), ("一百零三组", "103组"), ("二〇二四", "2024"),
        ("Heat 2", "heat 02"), ("HEAT2", "Heat 2"), ("两组", "2组"),
    ])
    func `numbers are one in all forms`(_ a: String, _ b: String) {
        #expect(CountedName(a) == CountedName(b))
    }

    @Test(arguments: [("第一场", "第二场"), ("第一场", "第一组"), ("Heat A", "Heat B"), ("决赛", "半决赛"), ("Heat 1", "Heat 11")])
    func `other names are others`(_ a: String, _ b: String) {
        #expect(CountedName(a) != CountedName(b))
    }

    @Test(arguments: [
        ["第一场", "第二场", "第三场", "第七场", "第九场", "第十场", "第十一场"], ["第1场", "第2场", "第10场"], ["Heat 1", "Heat 2", "Heat 10"],
        ["2 B", "10 A", "A", "A 2", "A 10"],
        ["上午第一组", "上午第二组", "下午第一组"], ["第1场", "第01场"],
    ])
    func `heats are in the order in which people count`(_ names: [String]) throws {
        let heats = names.map { Heat(stage: nil, name: $0) }
        let expected = names == ["第1场", "第01场"] ? heats.reversed() : heats
        #expect(Heat.sorted(Set(heats)) == expected)
        #expect(CountedName.sorted(names.reversed()) == expected.map(\.name))
        let rows = names.reversed().enumerated().map {
            ScoreSheet.Row(entry: "E\($0)", judge: "J", points: 1, heat: Heat(stage: nil, name: $1))
        }
        #expect(try ScoreSheet(rows).heats == expected)
    }

    @Test(arguments: [
        ("2", 2), ("第二阶段", 2), ("Stage 2", 2), ("第1阶段第2轮", nil), ("第2场", nil), ("Stage", nil),
    ]) func `a number beside some words is one, and alone`(name: String, number: Int?) {
        #expect(CountedName(name).number(beside: ["阶段", "轮", "stage"]) == number)
    }

    @Test func `a name is found in another form unless two names have that form`() {
        #expect(CountedName.positions(of: "第1场", among: ["第一场", "第二场", nil]) == [0])
        #expect(CountedName.positions(of: "第1场", among: ["第一场", "第1场"]) == [1])
        #expect(CountedName.positions(of: "1场", among: ["第一场", "第1场"]) == [])
        #expect(CountedName.positions(of: "第3场", among: ["第一场", "第二场"]) == [])
    }
}
