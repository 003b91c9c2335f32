import ByNameList
import CivilTime

/// What people answer when the fifteen data points are asked (FD1, Appendix C).
///
/// Answers that have a list there are numbered as they stand in it, from 1; 98 is "don't know", 99 "declined".
extension SampleWriter {
    private static let declined = YesNo.declined.rawValue

    mutating func answers(of person: Int, isFamily: Bool, on day: CivilDate) -> [Answer] {
        let who = people[person]
        var answers = [
            Answer(.disablingCondition, yesNo(who.isDisabled ? 97 : 2), on: day),
            Answer(.indigenousIdentity, yesNo(14)),
            Answer(.genderIdentity, listed(who.isWoman ? [2: 96, 3: 2, 5: 1, 6: 1] : [1: 96, 4: 1, 5: 1, 6: 2])),
            Answer(.language, listed([1: 84, 2: 8, 3: 4, 4: 4])),
            Answer(.familyStaying, isFamily ? 3 : listed([1: 92, 2: 7, 4: 1]), on: day),
            Answer(.incomeSource, listed([1: 12, 2: 8, 3: 5, 4: 40, 5: 18, 6: 5, 8: 3, 10: 9]), on: day),
            Answer(.reasonForHousingLoss, reason(isFamily), on: day),
            Answer(.lodging, listed([5: 45, 9: 30, 10: 8, 2: 9, 8: 4, 11: 4]), on: day),
        ]
        if !who.isVeteran { answers.append(Answer(.veteran, yesNo(0))) }
        // The rest is asked of many, not of all.
        guard random.chance(70) else { return answers }
        answers += [
            Answer(.racializedIdentity, listed([1: 12, 3: 4, 5: 8, 7: 12, 8: 3, 9: 6, 10: 55])),
            Answer(.sexualOrientation, listed([1: 84, 2: 3, 3: 2, 4: 7, 5: 1, 6: 3])),
            Answer(.medicalCondition, yesNo(31), on: day), Answer(.physicalDisability, yesNo(24), on: day),
            Answer(.addiction, yesNo(38), on: day), Answer(.mentalHealthIssue, yesNo(43), on: day),
            Answer(.fosterCare, yesNo(22)), Answer(.militaryService, who.isVeteran ? 1 : 3),
            Answer(.timeHomelessPastYear, UInt8(random.number(1...250)), on: day),
            Answer(.timesHomelessPastYear, UInt8(random.number(1...4)), on: day),
        ]
        return answers
    }

    private mutating func yesNo(_ yesPercent: Int) -> UInt8 {
        if random.chance(4) { return random.chance(50) ? SampleWriter.declined : YesNo.dontKnow.rawValue }
        return (random.chance(yesPercent) ? YesNo.yes : .no).rawValue
    }

    private mutating func listed(_ weights: KeyValuePairs<UInt8, Int>) -> UInt8 {
        if random.chance(3) { return SampleWriter.declined }
        return random.pick(weighted: weights.map { (weight: $0.value, choice: $0.key) })
    }

    private mutating func reason(_ isFamily: Bool) -> UInt8 {
        isFamily
            ? listed([4: 40, 5: 10, 7: 30, 9: 10, 12: 10])
            : listed([1: 7, 2: 14, 3: 12, 4: 27, 5: 9, 6: 3, 8: 6, 9: 10, 10: 6, 11: 3, 12: 3])
    }
}
