/// A contest before any score is given: who enters, who judges, in which heats, who goes on to a final, and how scores come about.
public struct ContestDesign: Sendable, Equatable {
    /// A group of entries, such as a sector, and its part of all entries relative to the other groups.
    public struct Share: Sendable, Equatable {
        /// Name of the group.
        public let name: String
        /// Weight, 0 … 10⁹; only the ratio to the other weights matters.
        public let share: Double

        /// A group and its weight.
        public init(name: String, share: Double) {
            self.name = name
            self.share = share
        }
    }

    /// A judge and what is known about them.
    public struct Judge: Sendable, Equatable {
        /// Name, different for every judge.
        public let name: String
        /// Where the judge comes from professionally, when the design says so.
        public let field: String?
        /// Home city, when the design says so.
        public let city: String?

        /// A judge by name.
        public init(name: String, field: String? = nil, city: String? = nil) {
            self.name = name
            self.field = field
            self.city = city
        }
    }

    /// One part of the score, in whole points; the maxima of all parts add up to 100.
    public struct Criterion: Sendable, Equatable {
        /// Name of the part.
        public let name: String
        /// Highest number of points for this part.
        public let maximum: Int

        /// A part and its points.
        public init(name: String, maximum: Int) {
            self.name = name
            self.maximum = maximum
        }
    }

    /// An occasion at which one panel scores some of the entries, each judge every one of them.
    public struct Heat: Sendable, Equatable {
        /// Name, or nil where every entry has a panel of its own and no occasion is worth a name.
        public let name: String?
        /// How many entries appear.
        public let entries: Int
        /// Names of the judges.
        public let panel: [String]
        /// How many go on to the final: the best by mean score of this heat.
        public let advancing: Int
        /// The positions of the entries, when a plan says so; then heats of one name are one occasion, and an entry may be in several.
        let members: [Int]?

        /// A heat before it has taken place.
        public init(name: String?, entries: Int, panel: [String], advancing: Int = 0) {
            (self.name, self.entries, self.panel, self.advancing, members) = (name, entries, panel, advancing, nil)
        }

        /// A heat of a plan.
        init(name: String?, members: [Int], panel: [String]) {
            (self.name, entries, self.panel, advancing, self.members) = (name, members.count, panel, 0, members)
        }
    }

    /// The last stage: one heat of those who have come through the first.
    public struct Final: Sendable, Equatable {
        /// Name of the stage.
        public let stage: String
        /// Name of its heat.
        public let heat: String
        /// Names of the judges.
        public let panel: [String]

        /// A final before it has taken place.
        public init(stage: String, heat: String, panel: [String]) {
            self.stage = stage
            self.heat = heat
            self.panel = panel
        }
    }

    /// How scores come about.
    public let model: ScoreModel
    /// Parts of a score; empty for one undivided score.
    public let criteria: [Criterion]
    /// What entries are called, before their number.
    public let entryPrefix: String
    /// What entries are called, when a plan names them; empty for the prefix and a number.
    let entryNames: [String]
    /// Sectors of the entries; empty for none.
    public let sectors: [Share]
    /// Cities of the entries; empty for none.
    public let cities: [Share]
    /// Sectors of the entries that are truly best, best first; sectors of all others are left to chance.
    public let best: [String]
    /// All who may judge.
    public let judges: [Judge]
    /// Name of the first stage, when there are several.
    public let stage: String?
    /// Heats of the first stage, which share no entry.
    public let heats: [Heat]
    /// The stage after the heats, if any.
    public let final: Final?

    /// A design that has been proved possible.
    public init(
        model: ScoreModel = ScoreModel(), criteria: [Criterion] = [], entryPrefix: String = "E", sectors: [Share] = [],
        cities: [Share] = [], best: [String] = [], judges: [Judge], stage: String? = nil, heats: [Heat], final: Final? = nil
    ) throws(ContestDesignError) {
        try self.init(
            model: model, criteria: criteria, entryPrefix: entryPrefix, entryNames: [], sectors: sectors, cities: cities, best: best,
            judges: judges, stage: stage, heats: heats, final: final)
    }

    init(
        model: ScoreModel, criteria: [Criterion] = [], entryPrefix: String = "", entryNames: [String], sectors: [Share] = [],
        cities: [Share] = [], best: [String] = [], judges: [Judge], stage: String? = nil, heats: [Heat], final: Final? = nil
    ) throws(ContestDesignError) {
        self.model = model
        self.criteria = criteria
        self.entryPrefix = entryPrefix
        self.entryNames = entryNames
        self.sectors = sectors
        self.cities = cities
        self.best = best
        self.judges = judges
        self.stage = stage
        self.heats = heats
        self.final = final
        try validate()
    }

    /// The same design with another score model.
    public func with(model: ScoreModel) throws(ContestDesignError) -> ContestDesign {
        try ContestDesign(
            model: model, criteria: criteria, entryPrefix: entryPrefix, entryNames: entryNames, sectors: sectors, cities: cities,
            best: best, judges: judges, stage: stage, heats: heats, final: final)
    }

    /// How many entries appear in the first stage.
    public var entryCount: Int { entryNames.isEmpty ? heatEntryCount : entryNames.count }
    private var heatEntryCount: Int { heats.reduce(0) { $0 + $1.entries } }
}
