import Evenhand
import EvenhandIO
import EvenhandReports
import Testing

@Suite struct ContestMessagesTests {
    @Test(arguments: [
        (
            ContestDesignError.outOfRange("noiseSD", value: -1.5, 0...100),
            "noiseSD is -1.5; it must be between 0 and 100."
        ),
        (.tooFew(of: "judges", found: 0, needed: 1), "Number of judges: 0; at least 1 needed."),
        (.tooMany(of: "judges on a panel", found: 9, limit: 7), "Number of judges on a panel: 9; at most 7 allowed."),
        (.repeated("judge", name: "评委01"), "The judge \"评委01\" appears twice; use each name once."),
        (.unknown("sector", name: "x"), "The sector \"x\" is named but not listed; add it to the list or correct its spelling."),
        (.uselessShares(of: "cities"), "The shares of the cities must be numbers from 0 to 1000000000, at least one of them above 0."),
        (.maximaAddUp(to: 60, insteadOf: 100), "The maxima of the criteria add up to 60; they must add up to 100."),
    ])
    func `design errors teach`(error: ContestDesignError, message: String) {
        #expect(error.message == message)
    }

    @Test(arguments: [
        (DesignFileError.unreadable(path: "d.json", reason: "Is a directory"), "Cannot read d.json: Is a directory."),
        (.malformed(path: "d.json", line: 3, .missing(key: "heats")), "d.json, line 3: The member \"heats\" is missing."),
        (.malformed(path: "d.json", line: 4, .syntax(expected: "a colon")), "d.json, line 4: This is not JSON; expected a colon."),
        (
            .malformed(path: "d.json", line: 5, .unexpected(key: "pannel")),
            "d.json, line 5: The member \"pannel\" is unknown here or appears twice."
        ),
        (.malformed(path: "d.json", line: 6, .wrongKind(key: "mean", kind: "a number")), "d.json, line 6: \"mean\" has to be a number."),
        (
            .impossible(path: "d.json", .tooFew(of: "heats", found: 0, needed: 1)),
            "d.json: Number of heats: 0; at least 1 needed."
        ),
    ])
    func `design file errors say where`(error: DesignFileError, message: String) {
        #expect(error.message == message)
    }

    @Test func `output errors give the system's reason`() {
        let write = OutputError.cannotWrite(path: "a", reason: "No space left on device")
        #expect(write.message(in: .en) == "Cannot write a: No space left on device. [E501]")
        let make = OutputError.cannotMakeDirectory(path: "d", reason: "File exists")
        #expect(make.message(in: .en) == "Cannot create the directory d: File exists. [E503]")
    }
}
