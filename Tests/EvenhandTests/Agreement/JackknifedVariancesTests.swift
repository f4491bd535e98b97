@testable import Evenhand
import TestSupport
import Testing

/// Expected: numpy 2.4.6 and scipy 1.17.1, judges and entries really left out of the table. Of −log(1 − ρ) the reach is the smaller of
/// t √(V₁ + V₂) with V² / (V₁²/f₁ + V₂²/f₂) degrees of freedom and √(t₁² max(0, V₁ − V₃) + t₂² max(V₂, V₃)), where V₁ is of the judges and V₃
/// what normal noise of single scores gives by the delta method from mean squares.
@Suite struct JackknifedVariancesTests {
    @Test(arguments: [
        (IntraclassCorrelation.Form.agreement, 0.0, 0.6085602417478972), (.consistency, 0.11846679035569307, 0.9077563760242624),
    ])
    func `intervals of a complete table are those of tables without a judge or an entry`(
        form: IntraclassCorrelation.Form, low: Double, high: Double
    ) throws {
        let agreement = Agreement(of: try ReferenceCase("shrout_fleiss_1979").sheet)
        #expect(agreement.correlations?.intervals == .jackknife)
        let interval = try #require(agreement.correlations?.correlation(form, isAverage: false)?.interval)
        #expect(isClose(interval.lowerBound, low, relative: 1e-12, absolute: 1e-12) && isClose(interval.upperBound, high, relative: 1e-12))
        // Means of four judges, and five in a decision study, are steps up from there.
        let mean = try #require(agreement.correlations?.correlation(form, isAverage: true)?.interval)
        #expect(isClose(mean.upperBound, IntraclassCorrelation.stepUp(high, judges: 4), relative: 1e-12))
        let row = try #require(agreement.decisions?.row(judges: 5))
        let five = form == .agreement ? row.dependabilityInterval : row.reliabilityInterval
        #expect(isClose(try #require(five).upperBound, IntraclassCorrelation.stepUp(high, judges: 5), relative: 1e-12))
    }

    /// Of agreement the sum is shorter, here and above; of consistency both parts, each with its own t.
    @Test(arguments: [
        (IntraclassCorrelation.Form.agreement, 0.376539393910833, 0.8800728477351398),
        (.consistency, 0.6443229911056123, 0.8872404940535523),
    ])
    func `the noise of scores, which is in both parts, is taken off once`(
        form: IntraclassCorrelation.Form, low: Double, high: Double
    ) throws {
        let agreement = Agreement(of: try ReferenceCase("simulated_24x6").sheet)
        let interval = try #require(agreement.correlations?.correlation(form, isAverage: false)?.interval)
        #expect(isClose(interval.lowerBound, low, relative: 1e-11) && isClose(interval.upperBound, high, relative: 1e-12))
    }

    @Test func `entries with judges of their own are left out alone`() throws {
        let rows = try rows(of: "agreement/shrout_fleiss_1979.csv").map { row in
            ScoreSheet.Row(entry: row["project"]!, judge: row["project"]! + row["judge"]!, points: Double(row["score"]!)!)
        }
        let found = Agreement(of: try ScoreSheet(rows)).correlations
        let interval = try #require(found?.correlation(.oneWay, isAverage: false)?.interval)
        #expect(interval.lowerBound == 0 && isClose(interval.upperBound, 0.5180806470801609, relative: 1e-12))
        #expect(found?.intervals == .jackknife)
    }

    @Test func `ICC(1) is shown only where entries had judges of their own`() throws {
        let agreement = Agreement(of: try ReferenceCase("shrout_fleiss_1979").sheet)
        #expect(agreement.correlations?.all.map(\.name) == ["ICC(A,1)", "ICC(C,1)", "ICC(A,k)", "ICC(C,k)"])
        #expect(agreement.classical?.all.count == 6)
    }

    @Test func `two judges say nothing of others, and keep the usual intervals`() throws {
        let agreement = Agreement(of: try sheet(["A": "3 4", "B": "5 5", "C": "7 9", "D": "2 2", "E": "6 5"]))
        #expect(agreement.correlations?.intervals == .fDistributions)
        for single in try #require(agreement.correlations).all {
            #expect(single.interval == agreement.classical?.correlation(single.form, isAverage: single.isAverage)?.interval)
        }
    }

    @Test func `an incomplete table is fitted again in every pass`() throws {
        let agreement = Agreement(of: try ReferenceCase("incomplete_30x9_reml").sheet)
        #expect(agreement.correlations?.intervals == .jackknife && agreement.classical == nil)
        for single in try #require(agreement.correlations).all { #expect(single.interval!.contains(single.value!)) }
    }

    /// A judge with four times the noise of the others: an interval of alike judges is too short for a sentence about judges.
    @Test func `unlike judges make the interval wider than the usual one`() throws {
        let unlike = Agreement(of: try madeContest(entries: 60, judges: 5, panel: 5, seed: 3, noise: { $0 == 0 ? 12 : 3 }))
        let (found, usual) = (unlike.correlations, unlike.classical)
        func width(_ all: IntraclassCorrelations?) throws -> Double {
            let interval = try #require(all?.correlation(.consistency, isAverage: false)?.interval)
            return interval.upperBound - interval.lowerBound
        }
        #expect(try width(found) > 1.5 * width(usual))
    }
}
