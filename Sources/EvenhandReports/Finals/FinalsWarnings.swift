package import Evenhand
import EvenhandIO

extension FinalsAnalysis {
    /// Why a program should not act on the list: the places around the cut are not certain, or nothing is known of that.
    package func warnings(in language: Language) -> [String] {
        guard cut.certainty != nil else {
            return [language.say("No model: how certain the places around the cut are is not known. [W404]", "没有模型：无法得知入围线附近名次的把握。[W404]")]
        }
        let open = cut.open
        guard !open.isEmpty else { return [] }
        let names = language.list(open.map { list.entries[$0] })
        return [
            language.say(
                "The cut is not certain: the scores cannot tell on which side of it \(names) belong. [W403]",
                "入围线没有把握：评分无法判断以下项目应在线的哪一侧：\(names)。[W403]")
        ]
    }
}
