/// What is wrong in a file of votes.
package struct VoteFileError: Error, Sendable, Equatable {
    /// The kinds of problems.
    package enum Kind: Sendable, Equatable {
        /// The headers are not those of votes or rankings.
        case noForm(headers: [String])
        /// No rows below the header.
        case noRows
        /// A name is missing.
        case emptyName
        /// An entry is compared with itself.
        case itself
        /// The text names neither entry of the row, no side and no tie.
        case noOutcome
        /// 0 and 1 could be which of the two is better, or whether the first one is.
        case unclearNumbers
        /// The texts could name sides or entries.
        case unclearNames
        /// What was shown is not what was compared.
        case otherEntries
        /// The rank is not a number.
        case noRank
        /// A judge gives two entries the same rank.
        case tiedRank(other: String)
        /// A judge ranks an entry twice.
        case rankedTwice
        /// Some files have votes and others rankings.
        case mixedForms
        /// No vote has the criterion that is asked for; the known ones are listed.
        case unknownCriterion(String, known: [String])
        /// Votes by several criteria, and none is named.
        case severalCriteria([String])
    }

    /// One thing that is wrong in one location.
    package struct Problem: Sendable, Equatable {
        package let kind: Kind
        package var line: Int?
        package var column: String?
        package var text = ""
        package var cell: String?
    }

    /// The file.
    package let path: String
    /// The first problems.
    package let problems: [Problem]
    /// How many there are.
    package let count: Int

    init(_ path: String, _ problems: [Problem], count: Int) {
        (self.path, self.problems, self.count) = (path, problems, count)
    }

    init(_ path: String, _ kind: Kind) { self.init(path, [Problem(kind: kind)], count: 1) }
}
