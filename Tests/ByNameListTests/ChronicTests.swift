import ByNameList
import CivilTime
import Fixtures
import Testing

@Suite struct `Chronic under the federal rule` {
    @Test(arguments: [false, true])
    func `goes on after an institution only with the option`(carriesOver: Bool) {
        var policy = Policy.likeCanada
        guard case .nights(var test) = policy.chronic.test else { return }
        test.carriesOver = carriesOver
        policy.chronic.test = .nights(test)
        // 200 nights in a shelter, 250 in jail, and the street again.
        let stays = [
            Stay(.emergencyShelter, from: "2022-06-01", to: "2022-12-18"),
            Stay(.institution, from: "2022-12-18", to: "2023-08-25"), Stay(.unsheltered, from: "2023-08-25"),
        ]
        let life = Life(
            person: PersonID(1),
            facts: stays.enumerated().map { index, stay in
                StandingFact(id: FactID(Int64(index)), position: Int64(index), content: .stay(stay))
            })
        let spells = timeline(of: life.person, among: [life], policy: policy).spells
        let back = spells.filter { $0.from >= "2023-08-25" }
        #expect(back.first?.populations.contains(.chronic, .persons) == carriesOver)
    }

    @Test func `begins with the 546th night in three years, where the past year has few`() {
        // 540 nights, more than a year away, and back: the sixth night from there is the 546th.
        let first: CivilDate = "2021-01-01"
        let stays = [
            Stay(.emergencyShelter, from: first, to: first.adding(days: 540)),
            Stay(.emergencyShelter, from: "2023-09-01", to: "2023-09-20"),
        ]
        let life = Life(
            person: PersonID(1),
            facts: stays.enumerated().map { index, stay in
                StandingFact(id: FactID(Int64(index)), position: Int64(index), content: .stay(stay))
            })
        let spells = timeline(of: life.person, among: [life], policy: .likeCanada).spells
        let back = spells.filter { $0.from >= "2023-09-01" }
        #expect(back.map(\.from) == ["2023-09-01", "2023-09-06"])
        #expect(back.map { $0.populations.contains(.chronic, .persons) } == [false, true])
    }
}
