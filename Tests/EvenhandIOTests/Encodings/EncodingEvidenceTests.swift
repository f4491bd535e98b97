import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

/// Sheets of contests of one to three hundred bytes in encodings that nothing names.
@Suite struct EncodingEvidenceTests {
    struct Sheet: Sendable, CustomTestStringConvertible {
        let encoding: String
        let text: String
        var testDescription: String { "\(encoding): \(text.prefix(24))" }

        /// Names under a header, with two scores each.
        init(_ encoding: String, _ header: String, _ names: String...) {
            self.encoding = encoding
            let rows = names.enumerated().map { "\($1),\(71 + $0 * 7 % 29),\(65 + $0 * 11 % 33)\n" }
            text = header + "\n" + rows.joined()
        }
    }

    static let eastAsian: [Sheet] = [
        Sheet("GB18030", "项目,评委1,评委2", "智能灌溉", "社区菜园", "夜光书包", "竹编灯笼", "旧衣新生", "㐂事多多"),
        Sheet("GB18030", "Team,Judge 1,Judge 2", "星辰大海", "云端漫步", "青藤文创", "老街味道"),
        Sheet("GB18030", "选手,专家甲,专家乙", "欧阳娜娜", "司马懿", "诸葛亮", "端木蕻良", "慕容雪", "轩辕朗"),
        Sheet("GB18030", "作品,得分,复核", "《茉莉花》", "赛马", "二泉映月", "黄河大合唱", "我和我的祖国"),
        Sheet("Big5", "項目,評審1,評審2", "智慧灌溉", "社區菜園", "夜光書包", "竹編燈籠", "舊衣新生", "摺疊書桌"),
        Sheet("Big5", "Team,Judge 1,Judge 2", "海風少年", "山城記憶", "鐵道便當", "珍珠奶茶"),
        Sheet("Big5", "姓名,老師一,老師二", "林怡君", "陳冠宇", "張雅婷", "黃俊傑", "吳佩珊", "蔡宗翰", "許淑芬"),
        Sheet("Big5", "隊名,創意,技術", "無人機小隊", "綠能先鋒", "長照守護者", "醫起飛", "農情蜜意"),
        Sheet("EUC-KR", "Team,Judge 1,Judge 2", "별빛팀", "바람팀", "새벽팀", "파도팀", "단풍팀", "솔잎팀"),
        Sheet("EUC-KR", "팀명,심사위원1,심사위원2", "한울림 합창단", "청소년 극단", "달무리", "꿈꾸는 나무"),
        Sheet("EUC-KR", "이름,창의성,완성도", "김민준", "이서연", "박지훈", "최수빈", "정예은", "강도윤"),
        Sheet("EUC-KR", "No,A,B", "고구려", "신라", "백제", "가야", "발해"),
        Sheet("Shift_JIS", "作品,審査員1,審査員2", "夜明けの歌", "風と光", "ロボット体操", "桜の木の下で"),
        Sheet("Shift_JIS", "Team,Judge 1,Judge 2", "東京スカイ", "大阪ブルー", "札幌ホワイト", "福岡レッド"),
        Sheet("Shift_JIS", "氏名,得点,加点", "佐藤 健太", "鈴木 美咲", "高橋 大輔", "田中 陽菜", "渡辺 直樹"),
        Sheet("EUC-JP", "作品,審査員1,審査員2", "夜明けの歌", "風と光", "ロボット体操", "桜の木の下で"),
        Sheet("EUC-JP", "氏名,得点,加点", "佐藤 健太", "鈴木 美咲", "高橋 大輔", "田中 陽菜", "渡辺 直樹"),
        Sheet("EUC-JP", "Team,Judge 1,Judge 2", "ひまわり", "さくら", "すみれ", "たんぽぽ"),
    ]

    static let others: [Sheet] = [
        Sheet("windows-1250", "Tým,Porotce 1,Porotce 2", "Žluťásek", "Prášil", "Šípková Růženka", "Věneček", "Kůň", "Čtyřlístek"),
        Sheet("windows-1250", "Zespół,Sędzia 1,Sędzia 2", "Żółta Łódź", "Gęś", "Świt", "Źródło", "Śnieżka"),
        Sheet("windows-1250", "Csapat,Bíró 1,Bíró 2", "Tűzmadár", "Erdő", "Hőlégballon", "Szélső út", "Kőszív"),
        Sheet("windows-1251", "Команда,Судья 1,Судья 2", "Заря", "Компас", "Маяк", "Парус", "Искра", "Берёза"),
        Sheet("windows-1251", "Team,Judge 1,Judge 2", "Іскра", "Їжачок", "Світанок", "Джерело", "Мрія"),
        Sheet("windows-1251", "Участник,Техника,Артистизм", "Щукина Анна", "Юрьев Пётр", "Эльдар Мухин", "Жукова Ольга"),
        Sheet("KOI8-R", "Команда,Судья 1,Судья 2", "Заря", "Компас", "Маяк", "Парус", "Искра", "Берёза"),
        Sheet("CP866", "Команда,Судья 1,Судья 2", "Заря", "Компас", "Маяк", "Парус", "Искра", "Берёза"),
        Sheet("windows-1252", "Équipe,Juge 1,Juge 2", "Café Olé", "Naïve Bayes", "Zoé & Cie", "L'Été", "Forêt"),
        Sheet("windows-1252", "Gruppe,Jury 1,Jury 2", "Löwenzahn", "Grüne Fälle", "Straßenmusik", "Müller & Söhne"),
        Sheet("windows-1252", "Equipo,Juez 1,Juez 2", "Niño", "Canción", "Corazón", "Mañana", "Ángeles"),
        Sheet("windows-1252", "Equipe,Jurado 1,Jurado 2", "Coração", "São João", "Canções", "Manhã"),
        Sheet("windows-1252", "Lag,Domare 1,Domare 2", "Åska", "Blåbär", "Sjöstjärna", "Mörker", "Vår"),
        Sheet("macintosh", "Équipe,Juge 1,Juge 2", "Café Olé", "Naïve Bayes", "Zoé & Cie", "L'Été", "Forêt"),
        Sheet("macintosh", "Gruppe,Jury 1,Jury 2", "Löwenzahn", "Grüne Fälle", "Straßenmusik", "Müller & Söhne"),
        Sheet("windows-1253", "Ομάδα,Κριτής 1,Κριτής 2", "Αετός", "Θάλασσα", "Ήλιος", "Άνεμος"),
        Sheet("windows-1254", "Takım,Jüri 1,Jüri 2", "Işık", "Güneş", "Yıldız", "Çığ", "Şimşek"),
        Sheet("windows-1255", "קבוצה,שופט 1,שופט 2", "שמש", "ירח", "כוכב", "גלים"),
        Sheet("windows-1256", "الفريق,الحكم 1,الحكم 2", "النجوم", "القمر", "الشمس", "البحر"),
        Sheet("windows-1257", "Komanda,Teisėjas 1,Teisėjas 2", "Žuvėdra", "Ąžuolas", "Šaltinis", "Varpų skambesys"),
    ]

    private func evidence(_ bytes: [UInt8]) -> EncodingEvidence? { bytes.withUnsafeBufferPointer { EncodingEvidence($0) } }

    private func decoded(_ bytes: [UInt8], _ encoding: TextEncoding?) -> String? {
        encoding.flatMap { encoding in bytes.withUnsafeBufferPointer { try? encoding.decoded($0) } }.map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test(arguments: eastAsian)
    func `East Asian encodings are detected without doubt`(sheet: Sheet) throws {
        let bytes = try #require(encoded(sheet.text, in: sheet.encoding == "GB18030" ? "GB18030" : sheet.encoding))
        let found = evidence(bytes)
        #expect(found?.encoding.name == sheet.encoding)
        #expect(found?.doubt == nil)
        #expect(decoded(bytes, found?.encoding) == sheet.text)
    }

    @Test(arguments: others)
    func `encodings of one byte are inferred from few letters`(sheet: Sheet) throws {
        let bytes = try #require(encoded(sheet.text, in: sheet.encoding))
        let found = evidence(bytes)
        #expect(decoded(bytes, found?.encoding) == sheet.text, "\(found?.encoding.name ?? "none")")
        #expect(found?.doubt == nil)
    }

    @Test func `where two encodings are plausible the other is reported with a name in both`() throws {
        let bytes = try #require(encoded("team,A,B\nKovač,7,8\nNovak,6,5\nZupan,5,9\n", in: "windows-1250"))
        let found = try #require(evidence(bytes))
        let doubt = try #require(found.doubt)
        #expect([found.encoding.name, doubt.other].sorted() == ["windows-1250", "windows-1252"])
        #expect(Set([doubt.shown, doubt.otherShown]) == ["Kovač", "Kovaè"])
    }

    @Test func `a name in many rows says no more than in one`() throws {
        let once = try #require(encoded("team,A,B\nKovač,7,8\n", in: "windows-1250"))
        let often = try #require(encoded("team,A,B\n" + String(repeating: "Kovač,7,8\n", count: 500), in: "windows-1250"))
        #expect(evidence(once)?.doubt == evidence(often)?.doubt)
        #expect(evidence(once)?.doubt != nil)
    }

    @Test func `what is plausible in no encoding is in none`() {
        #expect(evidence([0xFF, 0x98, 0xFB, 0xB1]) == nil)
        #expect(evidence(Array("abc".utf8)) == nil)
        #expect(evidence([]) == nil)
        for seed in 1..<50 {
            let noise = (0..<300).map { UInt8(truncatingIfNeeded: ($0 &+ seed &* 7919) &* 2_654_435_761 >> 9) | 0x80 }
            #expect(evidence(noise) == nil, "\(seed)")
        }
    }

    @Test func `letters far from the beginning are found`() throws {
        let tail = try #require(encoded("Żółta Łódź,7\nŚnieżka,8\n", in: "windows-1250"))
        let long = Array(String(repeating: "team,7\n", count: 900_000).utf8) + tail
        #expect(evidence(long)?.encoding == .named("windows-1250"))
    }

    @Test func `a sheet is read in the encoding that it has, and the doubt is kept`() throws {
        let directory = try TemporaryDirectory()
        let text = "entry,judge,score\nKovač,J1,7\nNovak,J1,6\n"
        let path = try directory.write(try #require(encoded(text, in: "windows-1250")), to: "a.csv")
        let part = try #require(Reading(of: [path]).sources.first)
        #expect(part.encodingDoubt != nil)
        var options = ReadingOptions()
        options.encoding = "windows-1250"
        let named = try Reading(of: [path], as: options)
        #expect(named.sources.first?.encodingDoubt == nil)
        #expect(named.sheet.described == ["Kovač/J1=7", "Novak/J1=6"])
    }

    @Test(arguments: [("EUC-KR", "똠방각하"), ("Shift_JIS", "①髙橋"), ("EUC-JP", "①髙橋"), ("Big5", "嘅")])
    func `what programs write beyond a standard is read under its name`(name: String, text: String) throws {
        let page = ["EUC-KR": "CP949", "Shift_JIS": "CP932", "EUC-JP": "EUC-JP-MS", "Big5": "BIG5-HKSCS"][name] ?? name
        let bytes = try #require(encoded(text, in: page))
        #expect(decoded(bytes, try TextEncoding(named: name)) == text)
    }
}
