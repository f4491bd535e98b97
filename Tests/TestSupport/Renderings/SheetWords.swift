/// The words of one language in which a contest is written down; the first of a list is no better than the others.
struct SheetWords {
    let language: String
    var entry: [String]
    var judge: [String]
    var score: [String]
    var criterion: [String]
    var serial: [String]
    var booth: [String]
    var category: [String]
    var date: String
    var time: String
    var remark: [String]
    var total: [String]
    var average: [String]
    var rank: [String]
    var subtotal: String
    var maximum: [String]
    var summary: [String]
    /// Over the columns of the judges.
    var judges: [String]
    /// `Judge 1` and the like, without the number.
    var seat: [String]
    /// `Team 1` and the like, without the number.
    var team: String
    var criteria: [String]
    var entries: [String]
    var people: [String]
    var categories: [String]
    /// Names of three parts of a contest, of several kinds.
    var sessions: [[String]]
    var titles: [String]
    var notes: [String]
    var signatures: [String]
    var absent: [String]
    var remarks: [String]
    /// After a title that names a judge or criterion.
    var colon: String
    /// The maximum of a criterion; `#` is the number.
    var most: [String]
    /// The questions of a survey: who are you, what do you judge, how many points, how many for each criterion.
    var questions: (judge: String, entry: String, score: String, criteria: String)
    /// A day as it is written; `y`, `m`, `d` with two digits.
    var day: String
    /// Whether a comma may stand for the decimal point.
    var hasDecimalComma = false
    /// What is between the parts of a header: Chinese has no spaces.
    var space = " "

    static let all = [english, chinese, german, french, spanish, japanese, korean]
}
