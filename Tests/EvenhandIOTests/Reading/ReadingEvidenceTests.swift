import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// What words, numbers and relations say, each on its own.
@Suite struct ReadingEvidenceTests {
    @Test(arguments: [
        ("Total Score", Claim.sum), ("加权总分", .sum), ("Summe", .sum), ("합계", .sum), ("合計", .sum), ("Moyenne", .mean), ("평균", .mean),
        ("最后得分", .result), ("Final Rank", .rank), ("名次", .rank), ("Team #", .identifier), ("展位号", .identifier), ("Start time", .date),
        ("出生日期", .date), ("超时扣分", .deduction), ("Time penalty", .deduction), ("Number of scores", .count), ("加赛分", .tiebreak),
        ("Normalized Rating", .standardised), ("备注", .remark), ("Reviewer expertise", .confidence), ("去掉最高分", .highest),
        ("Zwischensumme", .sum), ("Wertungssumme", .sum), ("Összesen", .sum), ("Keskiarvo", .mean), ("Разом", .sum), ("الترتيب", .rank),
    ])
    func `words of a header claim what a column holds`(header: String, claim: Claim) {
        #expect(Claim(HeaderWords(header)) == claim)
    }

    /// A name is not a word: what merely begins or ends like one claims nothing.
    @Test(arguments: [
        "Li", "Herr Platz", "Overall impression", "Time management", "Presentation", "创新性", "评委3", "J. Rank", "Idea", "Anna", "Code",
        "Teamwork", "Judge 2",
    ])
    func `names of judges and criteria claim nothing`(header: String) {
        let claim = Nature.hasInitial(header) ? nil : Claim(HeaderWords(header))
        #expect(claim == nil || header == "Code" && claim == .identifier)
    }

    @Test(arguments: [
        ("Judge 1", Nature.judge), ("评委三", .judge), ("张老师", .judge), ("王芳", .judge), ("A", .judge), ("J07", .judge), ("J1500", .judge),
        ("Li", .judge), ("Dr. Brown", .judge), ("김민수", .judge), ("创新性", .criterion), ("Presentation", .criterion),
        ("Kreativität", .criterion),
        ("Market (25)", .criterion), ("Impact (40%)", .criterion), ("Stall", .unknown), ("Público", .unknown), ("Duração (min)", .unknown),
    ])
    func `a header names a judge, a criterion or nothing that is known`(header: String, nature: Nature) {
        #expect(Nature(Header(header)) == nature)
    }

    @Test(
        arguments: [
            ("创新性（30分）", "创新性", 30.0, nil), ("Market (max 25)", "Market", 25, nil), ("Idea (1-10)", "Idea", 10, nil),
            ("Taste /20", "Taste", 20, nil),
            ("Diseño (máx. 40)", "Diseño", 40, nil), ("Idea (40%)", "Idea", nil, 0.4), ("创新性（权重30%）", "创新性", nil, 0.3),
            ("Code 30%", "Code", nil, 0.3),
            ("Skill (x3)", "Skill", nil, 3), ("评委1（梁思远）", "评委1(梁思远)", nil, nil), ("Round 2", "Round 2", nil, nil),
        ] as [(String, String, Double?, Double?)])
    func `a header states a maximum or a weight`(text: String, name: String, maximum: Double?, weight: Double?) {
        let header = Header(text)
        #expect(header.name == name && header.maximum?.value == maximum && header.weight?.value == weight, "\(header)")
    }

    @Test(arguments: [
        ("88.5", "number"), ("90%", "percentage"), ("87,5 %", "percentage"), ("2026-05-01 10:03", "date"), ("2026.5.1", "date"),
        ("5/1/2026", "date"),
        ("2026年5月1日", "date"), ("9. Mai 2026", "date"), ("2026/05/16 10:02:11 AM GMT+2", "date"), ("10:03", "time"), ("26:03:00", "time"),
        ("TRUE", "yesNo"), ("#REF!", "error"), ("DNS", "missing"), ("请假", "missing"), ("2026.5", "number"), ("1.2.3", "text"),
        ("10/8", "text"),
        ("Blue Heron", "text"), ("", "empty"),
    ])
    func `the form of a text is its type`(text: String, type: String) {
        let cell = "\(Cell(text, hasDecimalComma: text.contains(",")))"
        #expect(cell.hasPrefix(type), "\(cell)")
    }

    /// A further column of numbers must not make two readings of one file.
    @Test(arguments: [
        "entry,judge,score,official_t\nA,J,53,46.3\nB,J,22,35.4\nA,K,31,38.1\nB,K,40,41.5\n",
        "entry,judge,score,city\nA,J,5,x\nB,J,6,y\n",
        "heat,entry,judge,score,minutes\nh,A,J,5,12\nh,B,J,6,14\n",
    ])
    func `a plain file is the same sheet cell by cell`(text: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(text, to: "s.csv")
        let (plain, thorough) = (try Reading(of: [path]), try Reading(of: [path], isThorough: true))
        #expect(plain.sheet.described == thorough.sheet.described)
    }

    @Test func `criteria next to a column called score are asked about, unless it is their total`() throws {
        let total = try reading("entry,judge,innovation,market,score\nA,J,3,4,7\nB,J,5,6,11\nC,J,2,2,4\n")
        #expect(total.sheet.criteria == ["innovation", "market"])
        let error = #expect(throws: ScoreSheetError.self) {
            try reading("entry,judge,innovation,market,score\nA,J,3,4,9\nB,J,5,6,2\nC,J,2,2,7\n")
        }
        #expect(error?.question?.kind == .unexplained(column: "score") && (error?.question?.answers.count ?? 0) == 4)
    }

    @Test func `every word of the table is written as it is compared, and found`() throws {
        let table = try fixture("../../Sources/CWords/words.tsv")
        var count = 0
        for line in table.split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t").map(String.init)
            try #require(fields.count == 3, "\(line)")
            let concept = try #require(Concept(rawValue: fields[0]), "\(fields[0])")
            for word in fields[2].split(separator: ",").map({ String($0.drop { $0 == " " }) }) {
                let isEnd = word.hasPrefix("-")
                let key = Token.tokens(of: NameNormalization.normalized(word)).map(\.text).joined(separator: " ")
                #expect(word == (isEnd ? "-" : "") + key, "\(fields[0])\t\(fields[1])\t\(word)\t\(key)")
                #expect(isEnd || Words.all.concepts(of: word).contains(concept), "\(fields[0]) \(fields[1]) \(word)")
                count += 1
            }
        }
        #expect(count > 4000)
    }
}
