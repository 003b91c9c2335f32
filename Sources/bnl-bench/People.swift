import ByNameList
import CivilTime
import Store

/// People as benchmarks need them: many, and alike.
enum People {
    static let today = CivilDate(year: 2026, month: 11, day: 15)?.dayNumber ?? 0

    /// The facts of an intake of somebody new: identity, consent, a stay, a household, a contact, fifteen data points.
    static func intake(of person: PersonID, household: HouseholdID, on day: CivilDate) -> [NewFact] {
        var contents: [FactContent] = [
            .consent(on: day, purpose: .list, value: .given),
            .stay(Stay(.unsheltered, from: day)),
            .household(HouseholdStatement(household: household, role: .head, from: day)),
            .contact(Contact(on: day, seenHomeless: true, kind: .outreach)),
        ]
        for question in Question.allCases.prefix(15) { contents.append(.answer(Answer(question, .no, on: day))) }
        let identity = NewFact(
            .identity(named: true, birth: BirthDate(CivilDate(dayNumber: 5_000))), about: person,
            identity: IdentityDetails(givenName: "Alexandra", familyName: "Featherstone"))
        return [identity] + contents.map { NewFact($0, about: person) }
    }

    /// Five facts or more of somebody in a list of many months: about one in twenty is touched in any month.
    static func history(of person: PersonID, months: Int) -> [NewFact] {
        let number = UInt64(bitPattern: person.number) &* 0x9E37_79B9_7F4A_7C15
        func draw(_ salt: UInt64, _ limit: Int) -> Int {
            var value = number ^ salt &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 31) &* 0x94D0_49BB_1331_11EB
            return Int((value >> 33) % UInt64(limit))
        }
        let span = months * 30
        let start = CivilDate(dayNumber: today - Int32(span)).adding(days: draw(1, span - 20))
        let end = start.adding(days: 20 + draw(2, 500))
        let birth = CivilDate(dayNumber: -7_000 + Int32(draw(3, 20_000)))
        var contents: [FactContent] = [
            .identity(named: true, birth: BirthDate(birth)),
            .intake(on: start, saidOf: .theDay),
            .answer(Answer(.veteran, draw(4, 10) == 0 ? .yes : .no)),
            .consent(on: start, purpose: .list, value: .given),
        ]
        if end.dayNumber < today {
            contents.append(.stay(Stay(.emergencyShelter, from: start, to: end)))
            if draw(5, 2) == 0 { contents.append(.moveIn(MoveIn(on: end, housing: .permanentHousing))) }
        } else {
            contents.append(.stay(Stay(.emergencyShelter, from: start)))
        }
        if draw(6, 3) == 0 { contents.append(.assessment(on: start.adding(days: 10))) }
        return contents.map { NewFact($0, about: person) }
    }
}
