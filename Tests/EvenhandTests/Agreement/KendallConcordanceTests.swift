import Evenhand
import TestSupport
import Testing

/// Expected: R's irr 0.84.1, psych 2.2.9 and stats, checked against scipy, pingouin and Friedman's test. psych drops a judge whose scores
/// are all equal from Cronbach's α; here the formula keeps him.
@Suite struct KendallConcordanceTests {
    static func misses(_ reference: ReferenceCase) throws -> [String] {
        let w = KendallConcordance(of: reference.sheet)
        let pairs = JudgeCorrelations(of: reference.sheet)
        let scores = JudgeCorrelations(of: reference.sheet, kind: .scores)
        let cronbach = CronbachAlpha(of: reference.sheet, IntraclassCorrelations(of: try Generalizability(of: reference.sheet)))
        var comparison = reference.comparison
        comparison.check("W", w.value)
        comparison.check("W.chisq", w.chiSquared)
        comparison.check("W.df", Double(w.degreesOfFreedom))
        comparison.check("W.p", w.p, relative: 1e-9)
        comparison.check("W_uncorrected", w.uncorrected)
        comparison.check("mean_spearman", pairs.mean)
        comparison.check("mean_pearson", scores.mean)
        comparison.check("cronbach_alpha", cronbach?.value)
        comparison.check("cronbach_alpha_standardized", cronbach?.standardized)
        for (position, pair) in pairs.pairs.enumerated() { comparison.check("pairwise_spearman.\(position)", pair.correlation) }
        for (position, pair) in scores.pairs.enumerated() { comparison.check("pairwise_pearson.\(position)", pair.correlation) }
        return comparison.misses
    }

    @Test func `ranks without ties`() throws { #expect(try Self.misses(ReferenceCase("no_ties_9x4")) == []) }

    @Test(.enabled(if: ReferenceCase.isPresent("kendall/ties_anxiety_20x3"), "the ratings with ties are not at hand"))
    func `many ties`() throws { #expect(try Self.misses(ReferenceCase(shared: "kendall/ties_anxiety_20x3")) == []) }

    @Test(.enabled(if: ReferenceCase.isPresent("kendall/ties_video_20x4"), "the ratings with ties are not at hand"))
    func `a judge who gives everybody the same has no correlation`() throws {
        let reference = try ReferenceCase(shared: "kendall/ties_video_20x4")
        #expect(try Self.misses(reference) == [])
        let pairs = JudgeCorrelations(of: reference.sheet)
        #expect(pairs.mean == nil && pairs.constantJudges.count == 1)
        #expect(KendallConcordance(of: reference.sheet).value != nil)
    }

    @Test func `heats add up, each ranked for itself`() throws {
        let text = """
            heat,entry,judge,score
            1,A,J1,1
            1,A,J2,1
            1,B,J1,2
            1,B,J2,2
            2,C,J3,1
            2,C,J4,2
            2,D,J3,2
            2,D,J4,1
            """
        let w = KendallConcordance(of: try sheet(text))
        // W is 1 in the first heat and 0 in the second.
        #expect(w.value == 0.5 && w.degreesOfFreedom == 2 && w.chiSquared == 2 && w.heatCount == 2)
    }

    /// A single judge agrees with nobody: W, χ² = m (n − 1) W and its n − 1 degrees of freedom are those of the first heat, whose rank sums
    /// are 2, 5 and 5: W = 12 · 6 / (4 · 24).
    @Test func `a heat before one judge says nothing of agreement`() throws {
        let text = """
            heat,entry,judge,score
            1,A,J1,1
            1,A,J2,1
            1,B,J1,2
            1,B,J2,3
            1,C,J1,3
            1,C,J2,2
            2,D,J3,1
            2,E,J3,2
            2,F,J3,3
            """
        let w = KendallConcordance(of: try sheet(text))
        #expect(w.isComplete && w.value == 0.75 && w.degreesOfFreedom == 2 && w.chiSquared == 3 && w.heatCount == 1)
    }

    @Test func `missing scores leave W undefined and pairs of judges correlated`() throws {
        let sheet = try sheet(["A": "1 2 1", "B": "2 - 3", "C": "3 3 2", "D": "4 5 4"])
        let w = KendallConcordance(of: sheet)
        #expect(w.value == nil && !w.isComplete && w.p == nil)
        let pairs = JudgeCorrelations(of: sheet)
        #expect(pairs.pairs.map(\.common) == [3, 4, 3])
        // Weighted by the common entries less one.
        #expect(isClose(pairs.mean!, 6.4 / 7, relative: 1e-12))
    }

    /// J3 gave three entries the same score and has no correlation: the mean is that of J1 and J2 alone.
    @Test func `common entries are counted where there is a correlation`() throws {
        let pairs = JudgeCorrelations(of: try sheet(["A": "1 2 5", "B": "2 3 5", "C": "3 3 5", "D": "4 5 -"]))
        #expect(pairs.pairs.map(\.common) == [4, 3, 3] && pairs.pairs.map { $0.correlation == nil } == [false, true, true])
        #expect(pairs.meanCommon == 4)
    }

    /// The jackknife reaches further down than three judges can disagree.
    @Test func `an interval of W ends at 0`() throws {
        let w = KendallConcordance(of: try sheet(["A": "9 3 6", "B": "8 2 1", "C": "8 5 9", "D": "4 4 8", "E": "9 9 8"]))
        let (value, interval) = (try #require(w.value), try #require(w.interval?.range))
        #expect(interval.lowerBound == 0 && interval.contains(value) && interval.upperBound <= 1)
    }

    @Test func `judges of one mind have W 1 and no interval`() throws {
        let w = KendallConcordance(of: try sheet(["A": "1 2 1", "B": "2 3 4", "C": "3 4 5"]))
        #expect(w.value == 1 && w.interval == nil)
    }

    @Test func `judges who all give everybody the same have no W`() throws {
        let w = KendallConcordance(of: try sheet(["A": "1 2", "B": "1 2"]))
        #expect(w.value == nil && w.isComplete)
    }
}
