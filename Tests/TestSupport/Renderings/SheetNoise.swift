import Evenhand

/// What is in a sheet besides the scores, and how it is written.
struct SheetNoise {
    /// How the name of a group of columns is written over them.
    enum Groups { case repeated, first, merged }
    /// In which of two header rows the names of single columns are.
    enum LeadNames { case upper, lower, both }

    var titles: [String] = []
    var hasBlankBelowTitles = false
    var padsTitles = true
    var notes: [String] = []
    var hasSerial = false
    var hasBooth = false
    /// In front of the number of a booth; empty for nothing.
    var boothHall = ""
    var hasCategory = false
    var categoryIsFirst = false
    var hasDate = false
    var hasTime = false
    var hasSeconds = false
    /// A survey asks for all criteria in one question.
    var asksTogether = false
    var hasTotal = false
    var hasAverage = false
    var hasRank = false
    var hasSubtotals = false
    var hasAverageRow = false
    var hasMaximumRow = false
    var hasRemarks = false
    /// Of rows: every so many are hidden; 0 for none.
    var hiddenEvery = 0
    var isFixed = false
    /// After the header of a criterion; empty for nothing.
    var most = ""
    var missingMark = ""
    var leavesOutMissing = false
    /// A name of several rows is in the first one only.
    var namesOnce = false
    var groups = Groups.first
    var leadNames = LeadNames.upper
    var judgeIsFirst = false
    var isShuffled = false
    /// How a judge and a criterion make one header.
    var composition = 0
    var averageDecimals = 2

    init() {}

    init(_ contest: RenderedContest, form: SheetForm, isWorkbook: Bool, from stream: inout RandomStream) {
        let words = contest.words
        if form == .survey {
            (hasDate, hasSeconds, leavesOutMissing) = (true, stream.chance(0.5), true)
            asksTogether = stream.chance(0.3)
            return
        }
        if stream.chance(0.4) { titles = Array(stream.shuffled(words.titles).prefix(1 + stream.index(below: 3))) }
        (hasBlankBelowTitles, padsTitles) = (stream.chance(0.4), stream.chance(0.8))
        if stream.chance(0.3) { notes = [stream.pick(words.notes)] }
        if stream.chance(0.25) { notes.append(stream.pick(words.signatures)) }
        (hasSerial, hasBooth) = (stream.chance(0.35), stream.chance(0.2))
        (hasCategory, categoryIsFirst) = (stream.chance(0.3), stream.chance(0.4))
        (hasDate, hasTime) = (stream.chance(0.15), stream.chance(0.2))
        (hasTotal, hasAverage, hasRank) = (stream.chance(0.45), stream.chance(0.3), stream.chance(0.3))
        hasSubtotals = stream.chance(0.3)
        (hasAverageRow, hasMaximumRow) = (stream.chance(0.25), stream.chance(0.12))
        hasRemarks = stream.chance(0.25)
        hiddenEvery = isWorkbook && stream.chance(0.15) ? 2 + stream.index(below: 3) : 0
        isFixed = stream.chance(0.25)
        if stream.chance(0.25) { most = stream.pick(words.most).replacing("#", with: "\(contest.maximum)") }
        missingMark = stream.chance(0.6) ? "" : stream.pick(words.absent + ["-", "—"])
        leavesOutMissing = stream.chance(0.5)
        namesOnce = stream.chance(0.2)
        groups = stream.pick([.repeated, .first, isWorkbook ? .merged : .first])
        leadNames = stream.pick([.upper, .upper, .lower, .both])
        (judgeIsFirst, isShuffled) = (stream.chance(0.3), stream.chance(0.2))
        composition = stream.index(below: 6)
        boothHall = stream.pick(["", "", "B", "A-"])
        averageDecimals = 1 + stream.index(below: 3)
        if namesOnce { isShuffled = false }
    }
}
