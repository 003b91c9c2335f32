import ByNameList
import CivilTime
import Fixtures
import Testing

/// The timeline held against the day-by-day model, over random histories.
@Suite struct `The timeline and the slow model` {
    @Test(arguments: Histories.chunks)
    func `say the same of every person on every day`(chunk: Int) {
        for seed in Histories.seeds(of: chunk) {
            guard let difference = firstDifference(in: RandomHistory(seed: seed)) else { continue }
            Issue.record("\(difference)")
            return
        }
    }

    private func firstDifference(in history: RandomHistory) -> String? {
        let lives = history.lives
        let model = SlowModel.lives(facts: history.facts, policy: history.policy, horizon: history.horizon)
        for life in model {
            let timeline = timeline(of: life.person, among: lives, policy: history.policy)
            let account = Account(timeline, from: life.firstDay, to: history.horizon)
            guard let found = Account(life).difference(from: account) else { continue }
            return """
                \(history.story(of: life.person))
                on \(found.day) the slow model says: \(found.own)
                the timeline says: \(found.other)
                """
        }
        return nil
    }
}
