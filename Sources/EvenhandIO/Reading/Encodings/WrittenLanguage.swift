/// A language as far as it tells an encoding: its letters, the most frequent first, and words of score sheets in lower case.
struct WrittenLanguage: Sendable {
    /// For languages in Latin letters only those beyond ASCII; for those of East Asia the frequent characters.
    let letters: [Unicode.Scalar: Int]
    /// Whether ASCII has most of its letters.
    let isLatin: Bool
    let words: [String]

    private init(_ letters: String, isLatin: Bool = true, words: String) {
        self.letters = Dictionary(letters.unicodeScalars.enumerated().map { ($1, $0) }) { first, _ in first }
        (self.isLatin, self.words) = (isLatin, words.split(separator: " ").map(String.init))
    }
}

extension WrittenLanguage {
    static let french = WrittenLanguage(
        "éèêàçùîôâûëïœüÿ",
        words: "équipe equipe juge jury note nom projet candidat critère moyenne école")
    static let german = WrittenLanguage(
        "üäöß",
        words: "gruppe jury punkte schüler richter teilnehmer bewertung projekt mannschaft schule kriterium name")
    static let spanish = WrittenLanguage(
        "óáíéñúüº¿¡",
        words: "equipo juez jurado puntos proyecto nombre puntuación criterio participante concursante")
    static let portuguese = WrittenLanguage(
        "ãáçéóíêõúâôàº",
        words: "equipe equipa juiz jurado júri nota projeto nome pontuação critério avaliador")
    static let italian = WrittenLanguage(
        "àèéùòì",
        words: "squadra giudice giuria voto progetto nome punteggio concorrente")
    static let swedish = WrittenLanguage(
        "äöåéüø",
        words: "lag domare poäng namn projekt")
    static let danish = WrittenLanguage(
        "øåæéöäü",
        words: "hold dommer point navn projekt")
    static let english = WrittenLanguage(
        "éñöüïáíóçèåø",
        words: "")
    static let czech = WrittenLanguage(
        "íáěéšřžčýůúťňďóľĺŕôäö",
        words: "tým porotce porota body soutěžící název hodnotitel družstvo škola jméno projekt tím súťažiaci porotca")
    static let polish = WrittenLanguage(
        "łóąężśćńźü",
        words: "drużyna zespół sędzia punkty uczestnik juror ocena szkoła projekt nazwa")
    static let hungarian = WrittenLanguage(
        "áéóíőöüúű",
        words: "csapat bíró zsűri pont név versenyző iskola pontszám")
    static let romanian = WrittenLanguage(
        "ăîâşţșțéö",
        words: "echipa echipă juriu punctaj nume proiect jurat")
    static let croatian = WrittenLanguage(
        "čćšžđéöü",
        words: "ekipa tim sudac sodnik bodovi natjecatelj naziv tekmovalec žiri ocjena")
    static let turkish = WrittenLanguage(
        "ışğçöüİâî",
        words: "takım jüri puan hakem ekip yarışmacı proje isim okul")
    static let lithuanian = WrittenLanguage(
        "ėšųąžįčūęéö",
        words: "komanda teisėjas balai dalyvis vertintojas pavadinimas mokykla")
    static let latvian = WrittenLanguage(
        "āīēšņļģķūžčéö",
        words: "komanda tiesnesis punkti dalībnieks nosaukums")
    static let estonian = WrittenLanguage(
        "äõüöšžé",
        words: "võistkond kohtunik punktid osaleja nimi meeskond")
    static let russian = WrittenLanguage(
        "оеаинтсрвлкмдпуяыьзбгчйхжшюцщэфёъіїєґ", isLatin: false,
        words: "команда жюри судья оценка балл участник проект название эксперт критерий номинация школа имя")
    static let ukrainian = WrittenLanguage(
        "оанівиретсклдпумязьгбчхцюйжщшїєфґ", isLatin: false,
        words: "команда журі суддя оцінка бал учасник проєкт проект назва експерт")
    static let greek = WrittenLanguage(
        "αοιετσνηυρπκμλςωδγθφχβξζψάόίέήύώϊϋΐΰ", isLatin: false,
        words: "ομάδα κριτής βαθμός όνομα σχολείο έργο διαγωνιζόμενος")
    static let hebrew = WrittenLanguage(
        "יוהלאתרבשמנםחקדכפעגןצסטזךףץ", isLatin: false,
        words: "קבוצה שופט ציון שם צוות פרויקט ניקוד")
    static let arabic = WrittenLanguage(
        "اليمنرتوبةعدسفهكقحجأإشطصخضذئءثىزغظؤآ", isLatin: false,
        words: "فريق الفريق حكم الحكم درجة اسم مشروع المشروع")
    static let thai = WrittenLanguage(
        "านรกอเงมยลวดทสตะปบคจพชหขธใแณไซศษฟภผถฐโญสฉฮฝ\u{E48}\u{E49}\u{E31}า\u{E34}\u{E35}ำ\u{E47}\u{E4C}\u{E36}\u{E37}\u{E38}\u{E39}",
        isLatin: false,
        words: "ท\u{E35}ม กรรมการ คะแนน ช\u{E37}\u{E48}อ")
    static let simplifiedChinese = WrittenLanguage(
        FrequentCharacters.simplified, isLatin: false,
        words: "项目 评委 评审 分数 得分 总分 平均 选手 作品 团队 队伍 名称 编号 姓名 学校 专家 指标 初赛 决赛 排名")
    static let traditionalChinese = WrittenLanguage(
        FrequentCharacters.traditional, isLatin: false,
        words: "項目 評審 評委 分數 得分 總分 平均 選手 作品 團隊 隊伍 隊名 名稱 編號 姓名 學校 委員 初賽 決賽 排名 專案 參賽 組別")
    static let korean = WrittenLanguage(
        FrequentCharacters.hangul, isLatin: false,
        words: "팀 심사위원 심사 점수 총점 합계 평균 이름 참가 작품 발표 예선 결선 본선 순위 번호 학교")
    static let japanese = WrittenLanguage(
        FrequentCharacters.kanji, isLatin: false,
        words: "審査員 審査 得点 点数 合計 平均 氏名 名前 作品 チーム 参加 番号 学校 発表 予選 決勝 順位 評価")
}
