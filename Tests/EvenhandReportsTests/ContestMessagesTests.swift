import Evenhand
import EvenhandIO
import EvenhandReports
import Testing

@Suite struct ContestMessagesTests {
    @Test(arguments: [
        (
            ContestDesignError.outOfRange("noiseSD", value: -1.5, 0...100),
            "noiseSD is -1.5; it must be between 0 and 100. [E870]",
            "noiseSD 为 -1.5；应在 0 至 100 之间。 [E870]"
        ),
        (.tooFew(of: "judges", found: 0, needed: 1), "Number of judges: 0; at least 1 needed. [E871]", "评委数为 0；至少需要 1。 [E871]"),
        (
            .tooFew(of: "entries of sector 医药", found: 1, needed: 2), "Number of entries of sector 医药: 1; at least 2 needed. [E871]",
            "领域“医药”的项目数为 1；至少需要 2。 [E871]"
        ),
        (
            .tooMany(of: "judges on a panel", found: 9, limit: 7), "Number of judges on a panel: 9; at most 7 allowed. [E872]",
            "一个评委组的评委数为 9；最多允许 7。 [E872]"
        ),
        (.repeated("judge", name: "评委01"), "The judge \"评委01\" appears twice; use each name once. [E873]", "“评委01”重复出现；每个名称只能用一次。 [E873]"),
        (
            .unknown("sector", name: "x"), "The sector \"x\" is named but not listed; add it to the list or correct its spelling. [E874]",
            "用到了“x”，但名单中没有；请将其加入名单，或更正写法。 [E874]"
        ),
        (
            .uselessShares(of: "cities"),
            "The shares of the cities must be numbers from 0 to 1000000000, at least one of them above 0. [E875]",
            "城市的份额（cities）须为 0 至 1000000000 的数，且至少一个大于 0。 [E875]"
        ),
        (
            .maximaAddUp(to: 60, insteadOf: 100), "The maxima of the criteria add up to 60; they must add up to 100. [E876]",
            "各指标满分合计为 60；应为 100。 [E876]"
        ),
    ])
    func `design errors teach`(error: ContestDesignError, english: String, chinese: String) {
        #expect(error.message(in: .en) == english)
        #expect(error.message(in: .zh) == chinese)
    }

    @Test(arguments: [
        (DesignFileError.unreadable(path: "d.json", reason: "Is a directory"), "Cannot read d.json: Is a directory. [E877]"),
        (.malformed(path: "d.json", line: 3, .missing(key: "heats")), "d.json, line 3: The member \"heats\" is missing. [E878]"),
        (.malformed(path: "d.json", line: 4, .syntax(expected: "a colon")), "d.json, line 4: This is not JSON; expected a colon. [E878]"),
        (
            .malformed(path: "d.json", line: 5, .unexpected(key: "pannel")),
            "d.json, line 5: The member \"pannel\" is unknown here or appears twice. [E878]"
        ),
        (
            .malformed(path: "d.json", line: 6, .wrongKind(key: "mean", kind: "a number")),
            "d.json, line 6: \"mean\" has to be a number. [E878]"
        ),
        (
            .impossible(path: "d.json", .tooFew(of: "heats", found: 0, needed: 1)),
            "d.json: Number of heats: 0; at least 1 needed. [E871]"
        ),
    ])
    func `design file errors say where`(error: DesignFileError, message: String) {
        #expect(error.message(in: .en) == message)
        #expect(error.message(in: .zh).hasSuffix(message.suffix(6)) && error.message(in: .zh) != message)
    }

    @Test func `output errors give the system's reason`() {
        let write = OutputError.cannotWrite(path: "a", reason: "No space left on device")
        #expect(write.message(in: .en) == "Cannot write a: No space left on device. [E501]")
        let make = OutputError.cannotMakeDirectory(path: "d", reason: "File exists")
        #expect(make.message(in: .en) == "Cannot create the directory d: File exists. [E503]")
    }
}
