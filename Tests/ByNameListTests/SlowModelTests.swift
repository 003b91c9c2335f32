import ByNameList
import CivilTime
import Fixtures
import Testing

/// The history vectors, told again by hand and held against the slow model: who checks, is checked first.
@Suite struct `The slow model` {
    @Test func `counts every change of membership as one event (v04)`() {
        var story = Story(.likeUS)
        story.born("A", "1980-06-15")
        story.say("A", .intake(on: "2024-03-02", saidOf: .theDay))
        story.say("A", .moveIn(MoveIn(on: "2024-03-06", housing: .permanentHousing)))
        story.say("A", .stay(Stay(.emergencyShelter, from: "2024-03-12", to: "2024-03-20")))
        story.say("A", .leave(on: "2024-03-20", reason: .movedAway))
        story.say("A", .contact(Contact(on: "2024-03-25", seenHomeless: true)))
        story.say("A", .moveIn(MoveIn(on: "2024-03-28", housing: .permanentHousing)))
        let month = story.figures("2024-03", .all)
        #expect(
            month == [
                "newly_identified": "A", "returned_from_housing": "A", "returned_from_inactive": "A",
                "housing_move_ins": "A A", "moved_to_inactive": "A:moved_away",
            ])
        #expect(story.daysToMoveIn("A") == [4, 3])
    }

    @Test func `moves somebody out on the 91st day in an institution (v05)`() {
        var story = Story(.likeUS)
        for name in ["A", "B", "C"] {
            story.born(name, "1980-06-15")
            story.say(name, .intake(on: "2023-11-15", saidOf: .theDay))
        }
        story.say("A", .stay(Stay(.institution, from: "2023-12-15")))
        story.say("B", .stay(Stay(.institution, from: "2023-12-15", to: "2024-03-14")))
        story.say("B", .stay(Stay(.emergencyShelter, from: "2024-03-14")))
        story.say("C", .stay(Stay(.institution, from: "2023-12-15", to: "2024-03-15")))
        story.say("C", .stay(Stay(.emergencyShelter, from: "2024-03-15")))
        #expect(story.figures("2024-02", .all) == ["active_start": "A B C", "active_end": "A B C"])
        #expect(
            story.figures("2024-03", .all) == [
                "active_start": "A B C", "active_end": "B C", "returned_from_inactive": "C",
                "moved_to_inactive": "A:institution_over_limit C:institution_over_limit",
            ])
    }

    @Test func `knows of a death what was known (v10)`() {
        var story = Story(.likeUS)
        for name in ["A", "B", "C", "D"] { story.born(name, "1980-06-15") }
        story.say("B", .stay(Stay(.emergencyShelter, from: "2023-10-01")))
        story.say("D", .intake(on: "2023-10-01", saidOf: .theDay))
        story.say("C", .intake(on: "2023-12-02", saidOf: .theDay))
        story.say("A", .stay(Stay(.emergencyShelter, from: "2024-01-05")))
        story.say("B", .moveIn(MoveIn(on: "2024-01-15", housing: .permanentHousing)))
        story.say("B", .death(on: "2024-03-10"))
        story.say("D", .death(on: "2024-03-12"))
        let earlier = story
        story.say("C", .death(on: "2024-02-15"))
        story.say("A", .death(on: "2024-03-21"))
        #expect(
            story.figures("2024-02", .all) == [
                "active_start": "A C", "active_end": "A", "moved_to_inactive": "C:deceased",
            ])
        #expect(story.figures("2024-03", .all) == ["active_start": "A", "moved_to_inactive": "A:deceased"])
        #expect(earlier.figures("2024-02", .all) == ["active_start": "A C", "active_end": "A C"])
        #expect(
            earlier.figures("2024-03", .all) == [
                "active_start": "A C", "active_end": "A", "moved_to_inactive": "C:no_contact",
            ])
    }

    @Test func `follows a family as a child joins and a child leaves (v12)`() {
        let story = familyStory()
        #expect(
            story.figures("2024-03", .all) == [
                "active_start": "A B L", "active_end": "A B K", "newly_identified": "K",
                "moved_to_inactive": "L:moved_away",
            ])
        #expect(
            story.figures("2024-03", .families) == [
                "active_start": "B L", "active_end": "A K", "newly_identified": "K", "newly_meets_criteria": "A",
                "moved_to_inactive": "L:moved_away", "no_longer_meets_criteria": "B",
            ])
        let singles = [
            "active_start": "A", "active_end": "B", "newly_meets_criteria": "B", "no_longer_meets_criteria": "A",
        ]
        #expect(story.figures("2024-03", .allSingles) == singles)
        #expect(story.figures("2024-03", .all, .households) == ["active_start": "A B", "active_end": "A B"])
        #expect(
            story.figures("2024-03", .families, .households) == [
                "active_start": "B", "active_end": "A", "newly_meets_criteria": "A",
                "no_longer_meets_criteria": "B",
            ])
        #expect(story.figures("2024-03", .allSingles, .households) == singles)
    }

    private func familyStory() -> Story {
        var story = Story(.likeUS)
        story.born("A", "1990-05-05")
        story.born("K", "2018-05-05")
        story.born("B", "1990-05-05")
        story.born("L", "2018-05-05")
        let first = HouseholdID(1)
        let second = HouseholdID(2)
        story.say("A", .stay(Stay(.emergencyShelter, from: "2024-01-05")))
        story.say("B", .household(HouseholdStatement(household: second, role: .head, from: "2024-01-05")))
        story.say("B", .stay(Stay(.emergencyShelter, from: "2024-01-05")))
        story.say("A", .household(HouseholdStatement(household: first, role: .head, from: "2024-03-11")))
        story.say("K", .household(HouseholdStatement(household: first, role: .child, from: "2024-03-11")))
        story.say("K", .stay(Stay(.emergencyShelter, from: "2024-03-11")))
        let left: CivilDate = "2024-03-20"
        story.say(
            "L", .household(HouseholdStatement(household: second, role: .child, from: "2024-01-05", to: left)))
        story.say("L", .stay(Stay(.emergencyShelter, from: "2024-01-05", to: left)))
        story.say("L", .leave(on: left, reason: .movedAway))
        return story
    }

    @Test func `counts an open unsheltered stay up to the last activity once silent (v21)`() {
        var story = Story(.likeCanada)
        story.born("A", "1980-06-15")
        story.say("A", .stay(Stay(.emergencyShelter, from: "2023-09-01", to: "2023-11-18")))
        story.say("A", .stay(Stay(.unsheltered, from: "2023-11-18")))
        story.say("A", .contact(Contact(on: "2023-12-01", seenHomeless: true)))
        story.say("A", .contact(Contact(on: "2024-03-20", seenHomeless: true)))
        story.say("A", .stay(Stay(.unsheltered, from: "2024-03-20")))
        #expect(
            story.figures("2024-02", .all) == ["active_start": "A", "moved_to_inactive": "A:no_contact"])
        #expect(
            story.figures("2024-02", .chronic) == [
                "newly_meets_criteria": "A", "moved_to_inactive": "A:no_contact",
            ])
        #expect(story.figures("2024-03", .all) == ["active_end": "A", "returned_from_inactive": "A"])
        #expect(story.figures("2024-03", .chronic) == [:])
    }

    @Test func `orders what happens on one date (v23)`() {
        var story = Story(.likeUS)
        for name in ["A", "B", "C", "D", "E"] { story.born(name, "1980-06-15") }
        let day: CivilDate = "2024-03-05"
        for name in ["A", "B", "D", "E"] { story.say(name, .stay(Stay(.emergencyShelter, from: "2024-02-01"))) }
        story.say("C", .stay(Stay(.emergencyShelter, from: "2024-02-01", to: day)))
        story.say("A", .moveIn(MoveIn(on: day, housing: .permanentHousing)))
        story.say("B", .moveIn(MoveIn(on: day, housing: .permanentHousing)))
        story.say("C", .programmeExit(on: day, toUnknown: false))
        story.say("C", .moveIn(MoveIn(on: day, housing: .permanentHousing, how: .destination)))
        story.say("D", .leave(on: day, reason: .movedAway))
        story.say("E", .death(on: day))
        story.say("B", .stay(Stay(.emergencyShelter, from: day, to: "2024-03-06")))
        story.say("A", .contact(Contact(on: day, seenHomeless: true)))
        story.say("C", .intake(on: day, saidOf: .nightBefore))
        story.say("D", .contact(Contact(on: day, seenHomeless: true)))
        story.say("E", .moveIn(MoveIn(on: day, housing: .permanentHousing)))
        #expect(
            story.figures("2024-03", .all) == [
                "active_start": "A B C D E", "housing_move_ins": "A B C E", "moved_to_inactive": "D:moved_away",
            ])
        #expect(story.daysToMoveIn("A") == [33])
    }

    @Test func `tells watched stays from reported ones (v24)`() {
        var story = Story(.likeUS)
        for name in ["A", "B", "C"] { story.born(name, "1980-06-15") }
        let day: CivilDate = "2023-12-01"
        story.say("A", .stay(Stay(.emergencyShelter, from: "2023-11-01", to: day)))
        story.say(
            "A",
            .contact(Contact(on: day, seenHomeless: true, place: .emergencyShelter, isDestination: true)))
        story.say("A", .stay(Stay(.emergencyShelter, from: day, knowledge: .reported, isDestination: true)))
        story.say("B", .stay(Stay(.emergencyShelter, from: day, confirmedTo: "2023-12-31")))
        story.say("C", .stay(Stay(.emergencyShelter, from: day)))
        #expect(
            story.figures("2024-02", .all) == [
                "active_start": "A B C", "active_end": "B C", "moved_to_inactive": "A:no_contact",
            ])
        #expect(
            story.figures("2024-03", .all) == [
                "active_start": "B C", "active_end": "C", "moved_to_inactive": "B:no_contact",
            ])
    }

    @Test func `restates the months before a late move-in (v01)`() {
        var story = Story(.likeUS)
        story.born("A", "1980-06-15")
        story.say("A", .intake(on: "2023-09-01", saidOf: .theDay))
        story.say("A", .stay(Stay(.emergencyShelter, from: "2023-09-01")))
        #expect(story.figures("2023-12", .all) == ["active_start": "A", "active_end": "A"])
        story.say("A", .moveIn(MoveIn(on: "2023-11-05", housing: .permanentHousing)))
        #expect(story.figures("2023-11", .all) == ["active_start": "A", "housing_move_ins": "A"])
        #expect(story.figures("2023-12", .all) == [:])
        #expect(story.daysToMoveIn("A") == [65])
    }

    @Test func `takes an exit to an unknown destination as the policy says (v08b)`() {
        var policy = Policy.likeUS
        policy.exitToUnknown = .inactive
        var story = Story(policy)
        for name in ["A", "B"] {
            story.born(name, "1980-06-15")
            story.say(name, .stay(Stay(.emergencyShelter, from: "2024-01-01", to: "2024-02-10")))
            story.say(name, .programmeExit(on: "2024-02-10", toUnknown: true))
        }
        story.say("B", .stay(Stay(.emergencyShelter, from: "2024-02-10")))
        #expect(
            story.figures("2024-02", .all) == [
                "active_start": "A B", "active_end": "B", "moved_to_inactive": "A:no_contact",
            ])
        #expect(story.figures("2024-05", .all) == ["active_start": "B", "active_end": "B"])
    }

    @Test func `counts hidden homelessness where the policy does (v17b)`() {
        var story = Story(.likeCanada)
        for name in ["A", "B"] { story.born(name, "1980-06-15") }
        story.say("A", .stay(Stay(.emergencyShelter, from: "2024-01-05", to: "2024-03-05")))
        story.say("A", .stay(Stay(.doubledUp, from: "2024-03-05")))
        story.say("B", .stay(Stay(.doubledUp, from: "2024-03-08")))
        #expect(
            story.figures("2024-03", .all) == [
                "active_start": "A", "active_end": "A B", "newly_identified": "B",
            ])
    }

    @Test func `keeps the active chronic through hospital and silence, not through transitional housing (v25a)`() {
        var story = Story(.likeCanada)
        for name in ["A", "B", "C"] {
            story.born(name, "1980-06-15")
            story.say(name, .stay(Stay(.emergencyShelter, from: "2023-05-01", to: "2024-03-02")))
        }
        story.say("A", .stay(Stay(.institution, from: "2024-03-02")))
        story.say("C", .stay(Stay(.transitional, from: "2024-03-02")))
        #expect(
            story.figures("2024-03", .chronic) == [
                "active_start": "A B C", "active_end": "A B", "no_longer_meets_criteria": "C",
            ])
        #expect(story.figures("2024-03", .all) == ["active_start": "A B C", "active_end": "A B C"])
    }
}
