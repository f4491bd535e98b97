import Evenhand
import EvenhandIO

/// How a judge scores according to a model, in words.
struct JudgeText {
    let model: FairAverages
    let language: Language

    /// "3.1 points lenient, scale 1.20, noise 4.2"
    func traits(of judge: Int) -> String {
        switch model.model {
        case .additive(let fit): return severity(-fit.judgeEffects[judge])
        case .crossed(let fit): return severity(-fit.judgeEffects[judge])
        case .calibrated(let fit):
            guard let position = fit.positions[judge] else { return language.say("left out, the same score for every entry", "所有评分相同，未计入") }
            return severity(fit.population.location - fit.judgeLocations[position])
                + language.say(
                    ", scale \(text(fit.judgeScales[position], 2)), noise \(text(fit.judgeNoises[position], 1))",
                    "，尺度 \(text(fit.judgeScales[position], 2))，误差 \(text(fit.judgeNoises[position], 1))")
        }
    }

    private func severity(_ points: Double) -> String {
        points < 0
            ? language.say("\(text(-points, 1)) points lenient", "偏宽 \(text(-points, 1)) 分")
            : language.say("\(text(points, 1)) points severe", "偏严 \(text(points, 1)) 分")
    }

    private func text(_ value: Double, _ decimals: Int) -> String { NumberFormat.fixed(value, decimals: decimals) }
}
