/// Which judges stand out, with the share of false alarms under control.
///
/// Each family of questions (severity, fit, scale, halo, home, drift) is asked of every judge; p-values of a family are adjusted together
/// (Benjamini and Hochberg). The families that are asked share a level of 0.05: with five, each has 0.01. So of the flags of a family at most
/// that share is false on average, and a contest without any such effect shows a flag at most once in twenty times. A constant judge is flat without a test.
public struct JudgeFlags: Sendable {
    /// What is wrong, or at least odd.
    public enum Flag: String, Sendable, CaseIterable {
        /// Scores the same entries lower than the panel.
        case severe
        /// Scores them higher.
        case lenient
        /// Noisier than the panel: outfit above 1.
        case erratic
        /// Less noisy than the panel: outfit below 1.
        case predictable
        /// Spreads the entries less than the panel.
        case compressed
        /// Gave every entry the same score.
        case flat
        /// Lets one impression decide all criteria.
        case halo
        /// Favours entries that share an attribute.
        case home
        /// Grows more severe or lenient in the order of appearance.
        case drift
    }

    /// A question that is asked of every judge.
    public enum Family: String, Sendable, CaseIterable {
        case severity, fit, scale, halo, home, drift
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

    /// A p-value with what it says of a judge when it is small.
    private struct Test {
        let judge: Int
        let p: Double?
        let flag: Flag?
    }

    init(of calibration: JudgeCalibration) {
        let tests = JudgeFlags.tests(calibration)
        let asked = Family.allCases.filter { family in tests[family]?.contains { $0.p != nil } ?? false }
        let level = JudgeFlags.level / Double(max(1, asked.count))
        var flags = [Set<Flag>](repeating: [], count: calibration.sheet.judges.count)
        var count = 0
        for family in asked {
            let members = tests[family] ?? []
            for (test, p) in zip(members, PAdjustment.bh.adjusted(members.map(\.p))) {
                count += p == nil ? 0 : 1
                if let p, p <= level, let flag = test.flag { flags[test.judge].insert(flag) }
            }
        }
        for judge in calibration.flatJudges { flags[judge].insert(.flat) }
        judges = flags.map { own in Flag.allCases.filter(own.contains) }
        (families, testCount) = (asked, count)
    }

    private static func tests(_ calibration: JudgeCalibration) -> [Family: [Test]] {
        var tests: [Family: [Test]] = [:]
        tests[.severity] = calibration.severity?.judges.enumerated().map { judge, size in
            Test(judge: judge, p: size?.p, flag: (size?.value ?? 0) > 0 ? .severe : .lenient)
        }
        tests[.fit] = calibration.fit?.judges.enumerated().map { judge, fit in
            Test(judge: judge, p: fit?.p, flag: (fit?.outfit ?? 1) > 1 ? .erratic : .predictable)
        }
        tests[.scale] = calibration.calibrated.map { fit in
            fit.places.enumerated().compactMap { judge, place in
                guard let place else { return nil }
                let scale = fit.judgeScales[place]
                let size = Estimate(value: naturalLogarithm(scale), standardError: fit.judgeScaleErrors[place])
                return Test(judge: judge, p: size.p, flag: scale < 1 ? .compressed : nil)
            }
        }
        tests[.halo] = calibration.halo?.judges.map {
            Test(judge: $0.judge, p: $0.excess?.p, flag: ($0.excess?.value ?? 0) > 0 ? .halo : nil)
        }
        tests[.home] = calibration.homeBiases.flatMap { bias in
            bias.judges.map { Test(judge: $0.judge, p: $0.size?.p, flag: ($0.size?.value ?? 0) > 0 ? .home : nil) }
        }
        tests[.drift] = calibration.order?.drifts.map { Test(judge: $0.judge, p: $0.slope?.p, flag: .drift) }
        return tests
    }
}
