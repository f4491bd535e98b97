/// Which judges stand out, with the share of false alarms under control.
///
/// Each family of questions (severity, fit, following, scale, copies, halo, home, drift) is tested for every judge; p-values of a family
/// are adjusted together (Benjamini and Hochberg; fit and following by the largest of all judges, copies by Bonferroni). The families that
/// are tested share a level of 0.05: with five, each has 0.01. So of the flags of a family at most that share is false on average, and a
/// contest without any such effect shows a flag at most once in twenty times. A constant judge is flat without a test.
///
/// Severity, noise, following and scale are compared with the median of the other judges, so that one unusual judge gets no other judge
/// flagged.
public struct JudgeFlags: Sendable {
    /// What is wrong, or at least odd.
    public enum Flag: String, Sendable, CaseIterable {
        /// Scores the same entries lower than the panel.
        case severe
        /// Scores them higher.
        case lenient
        /// Noisier than the others.
        case erratic
        /// Less noisy than the others.
        case predictable
        /// Scores in the opposite direction: high where the others score low.
        case opposed
        /// Scores that have nothing to do with those of the others.
        case unrelated
        /// Spreads the entries less than the panel.
        case compressed
        /// Gave every entry the same score.
        case flat
        /// Shares more equal scores with another judge than chance explains.
        case copies
        /// Lets one impression decide all criteria.
        case halo
        /// Favours entries that share an attribute.
        case home
        /// Grows more severe or lenient in the order of appearance.
        case drift
    }

    /// A question that is tested for every judge.
    public enum Family: String, Sendable, CaseIterable {
        /// Whether the judge scores higher or lower than the others.
        case severity
        /// Whether the judge's scores contain more or less noise than those of the others.
        case fit
        /// Whether the judge orders the entries as the others do.
        case following
        /// Whether the judge spreads the scores more or less widely than the others.
        case scale
        /// Whether the judge has more scores in common with another judge than chance explains.
        case copies
        /// Whether one impression decides all of the judge's criteria.
        case halo
        /// Whether the judge favours entries with which they share an attribute.
        case home
        /// Whether the judge's severity changes with the order of appearance.
        case drift

        /// Whether its p-values are those of the largest among all judges.
        var isAdjusted: Bool { self == .fit || self == .following }
    }

    /// The flags of each judge, in the order of `Flag`.
    public let judges: [[Flag]]
    /// The families with at least one test.
    public let families: [Family]
    /// The number of tests.
    public let testCount: Int

    /// The chance of any flag in a contest without effects.
    public static let level = 0.05
    /// The level of each family.
    public var familyLevel: Double { JudgeFlags.level / Double(max(1, families.count)) }
    /// How many judges have a flag.
    public var flaggedCount: Int { judges.count { !$0.isEmpty } }

    /// A p-value with what it says about a judge when it is small.
    private struct Test {
        let judge: Int
        let p: Double?
        let flag: Flag?
    }

    /// A correlation is clear of 0 from this score on: 0.05 on one side.
    private static let clearScore = 1.645

    init(of calibration: JudgeCalibration) {
        let tests = JudgeFlags.tests(calibration)
        let pairCount = calibration.copies?.testCount ?? 0
        let asked = Family.allCases.filter { family in
            family == .copies ? pairCount > 0 : tests[family]?.contains { $0.p != nil } ?? false
        }
        let level = JudgeFlags.level / Double(max(1, asked.count))
        var flags = [Set<Flag>](repeating: [], count: calibration.sheet.judges.count)
        var count = pairCount
        for family in asked {
            let members = tests[family] ?? []
            let p = members.map(\.p)
            count += p.count { $0 != nil }
            for (test, p) in zip(members, family.isAdjusted ? p : PAdjustment.bh.adjusted(p)) {
                if let p, p <= level, let flag = test.flag { flags[test.judge].insert(flag) }
            }
        }
        // Of a judge who is flagged already the second question needs no adjustment.
        for (judge, own) in (calibration.comparison?.judges ?? []).enumerated() where flags[judge].contains(.erratic) {
            if let own, let p = own.ownFollowingP, p <= JudgeFlags.level, let flag = JudgeFlags.following(own.followingScore) {
                flags[judge].insert(flag)
            }
        }
        for pair in calibration.copies?.pairs ?? [] where pair.adjustedP <= level {
            for judge in [pair.first, pair.second] { flags[judge].insert(.copies) }
        }
        for judge in calibration.flatJudges { flags[judge].insert(.flat) }
        judges = flags.map { own in Flag.allCases.filter(own.contains) }
        (families, testCount) = (asked, count)
    }

    private static func tests(_ calibration: JudgeCalibration) -> [Family: [Test]] {
        var tests: [Family: [Test]] = [:]
        tests[.severity] = calibration.severity?.againstMedian.enumerated().map { judge, size in
            Test(judge: judge, p: size?.p, flag: (size?.value ?? 0) > 0 ? .severe : .lenient)
        }
        tests[.fit] = calibration.comparison?.judges.enumerated().map { judge, own in
            Test(judge: judge, p: own?.noiseP, flag: own.flatMap(noise))
        }
        tests[.following] = calibration.comparison?.judges.enumerated().map { judge, own in
            Test(judge: judge, p: own?.followingP, flag: own.flatMap { following($0.followingScore) })
        }
        tests[.scale] = calibration.calibrated.map(scaleTests)
        tests[.halo] = calibration.halo?.judges.map {
            Test(judge: $0.judge, p: $0.excess?.p, flag: ($0.excess?.value ?? 0) > 0 ? .halo : nil)
        }
        tests[.home] = calibration.homeBiases.flatMap { bias in
            bias.judges.map { Test(judge: $0.judge, p: $0.size?.p, flag: ($0.size?.value ?? 0) > 0 ? .home : nil) }
        }
        tests[.drift] = calibration.order?.drifts.map { Test(judge: $0.judge, p: $0.slope?.p, flag: .drift) }
        return tests
    }

    /// What an unusual noise is called; nothing where the median of the others and all of them together disagree about its direction, as
    /// next to a judge with far more noise.
    private static func noise(_ own: JudgeComparison.Judge) -> Flag? {
        guard let ratio = own.noiseRatio else { return own.isNoisier ? .erratic : .predictable }
        if own.isNoisier { return ratio > 1 ? .erratic : nil }
        return ratio < 1 ? .predictable : nil
    }

    /// What a low correlation is called; a clear one above 0 has to do with the entries, however noisy.
    static func following(_ score: Double) -> Flag? {
        if score < -clearScore { return .opposed }
        return score <= clearScore ? .unrelated : nil
    }

    private static func scaleTests(_ fit: Calibrated) -> [Test] {
        let judges = fit.positions.indices.filter { fit.positions[$0] != nil }
        guard judges.count > 1 else { return [] }
        let positions = judges.compactMap { fit.positions[$0] }
        let distances = Quantiles.distancesFromMedianOfOthers(positions.map { naturalLogarithm(fit.judgeScales[$0]) })
        return judges.indices.map { index in
            let size = Estimate(value: distances[index], standardError: fit.judgeScaleErrors[positions[index]])
            return Test(judge: judges[index], p: size.p, flag: size.value < 0 ? .compressed : nil)
        }
    }
}
