package import ByNameList
package import CivilTime

/// A small community that never was: its policy, and what was written down about its people.
///
/// The same seed gives the same history. Dates are drawn from a window, often from its few busy days, so that facts
/// collide; they are recorded in any order.
package struct RandomHistory: Sendable {
    package let seed: UInt64
    package let policy: Policy
    package let people: [PersonID]
    /// In order of recording.
    package internal(set) var facts: [Fact]
    /// The last day worth following: long enough after the last fact for limits, windows and birthdays.
    package let horizon: CivilDate

    package init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // Neighbouring seeds begin alike; the first numbers are thrown away.
        for _ in 0..<4 { _ = random.next() }
        let start = CivilDate(dayNumber: 18_262).adding(days: random.number(0...900))
        let length = random.chance(50) ? random.number(20...150) : random.number(300...1095)
        let window = start...start.adding(days: length)
        let policy = Policy.random(using: &random, inside: window)
        var writer = HistoryWriter(random: random, window: window, policy: policy)
        writer.write()
        self.seed = seed
        self.policy = policy
        people = writer.members.map(\.person)
        facts = writer.facts
        let last = facts.compactMap(\.content.lastDay).max() ?? window.upperBound
        let after = writer.random.pick(weighted: [(50, 150), (30, 400), (12, 800), (8, 1825)])
        horizon = min(last, window.upperBound.adding(days: 1500)).adding(days: after)
    }
}

/// Somebody of the community that is being made up.
struct Member {
    let person: PersonID
    let household: HouseholdID
    let isChild: Bool
    let birth: BirthDate?
    /// Nothing is written of days before it: somebody born within the window.
    let notBefore: CivilDate
}

/// What is going to be written down, before it has a number.
struct Draft {
    let member: Int
    let content: FactContent
}

/// Makes up the people and what is written about them.
struct HistoryWriter {
    var random: SplitMix64
    let window: ClosedRange<CivilDate>
    let policy: Policy
    /// Days on which much happens.
    var busyDays: [CivilDate] = []
    var members: [Member] = []
    var drafts: [Draft] = []
    var facts: [Fact] = []

    init(random: SplitMix64, window: ClosedRange<CivilDate>, policy: Policy) {
        self.random = random
        self.window = window
        self.policy = policy
    }

    mutating func write() {
        busyDays = (0..<random.number(2...6)).map { _ in anyDay() }
        for household in 1...random.pick([1, 1, 1, 2, 2, 3]) {
            addHousehold(HouseholdID(Int64(household)))
        }
        for member in members.indices { introduce(member) }
        let wanted = max(drafts.count + members.count, random.number(6...36))
        // A few people have most of the history, so that lives are long enough to turn.
        let protagonists = (0..<min(members.count, 3)).map { _ in random.number(0...(members.count - 1)) }
        while drafts.count < wanted {
            let member = random.chance(75) ? random.pick(protagonists) : random.number(0...(members.count - 1))
            drafts.append(Draft(member: member, content: content(about: members[member])))
        }
        record()
    }

    private mutating func addHousehold(_ household: HouseholdID) {
        let size = random.pick(weighted: [(45, 1), (22, 2), (14, 3), (10, 4), (5, 5), (4, 6)])
        for place in 0..<size {
            let isChild = place > 0 && random.chance(55)
            let birth = birthDate(isChild: isChild)
            let notBefore = birth.map { max($0.date, window.lowerBound) } ?? window.lowerBound
            members.append(
                Member(
                    person: PersonID(Int64(members.count + 1)), household: household, isChild: isChild, birth: birth,
                    notBefore: notBefore))
        }
    }

    private mutating func birthDate(isChild: Bool) -> BirthDate? {
        let length = window.upperBound - window.lowerBound
        let day = window.lowerBound.adding(days: random.number(0...length))
        if isChild && random.chance(15) { return BirthDate(day) }
        // Most birthdays that matter fall inside the window: somebody turns 18 or 25 in it.
        let age = isChild ? random.pick([1, 7, 17, 18]) : random.pick([18, 19, 24, 25, 25, 40, 60])
        let birth = random.chance(10) ? CivilDate(year: 2004, month: 2, day: 29) : day.minusYears(age)
        return random.pick(weighted: [
            (80, birth.map { BirthDate($0) }), (6, BirthDate(year: day.minusYears(age).month.year)),
            (6, birth.map { BirthDate($0, quality: .approximate) }), (8, nil),
        ])
    }

    private mutating func introduce(_ index: Int) {
        let member = members[index]
        if member.birth != nil || random.chance(60) {
            drafts.append(Draft(member: index, content: .identity(named: random.chance(80), birth: member.birth)))
        }
        let isAlone = members.count { $0.household == member.household } == 1
        if random.chance(isAlone ? 15 : 88) {
            drafts.append(Draft(member: index, content: .household(statement(of: member))))
        }
        if policy.requireConsent && random.chance(75) {
            let on = random.chance(60) ? window.lowerBound : day(of: member)
            drafts.append(Draft(member: index, content: .consent(on: on, purpose: .list, value: .given)))
        }
    }

    /// Gives everything its number and instant, and adds what corrects what was written before.
    private mutating func record() {
        var order = random.shuffled(drafts)
        if random.chance(50) {
            order.sort { ($0.content.firstDay ?? window.lowerBound) < ($1.content.firstDay ?? window.lowerBound) }
        }
        for draft in order {
            append(draft.content, about: members[draft.member].person)
            if random.chance(9) { correct() }
        }
        if random.chance(20) { correct() }
    }

    private mutating func correct() {
        let wrong = random.pick(facts)
        guard let member = members.first(where: { $0.person == wrong.person }) else { return }
        if random.chance(55) {
            append(.void(wrong.id), about: wrong.person)
        } else if case .void = wrong.content {
            // A void is taken back, not replaced.
            append(.void(wrong.id), about: wrong.person)
        } else {
            append(similar(to: wrong.content, about: member), about: wrong.person, replacing: wrong.id)
        }
    }

    private mutating func append(_ content: FactContent, about person: PersonID, replacing target: FactID? = nil) {
        let number = Int64(facts.count + 1)
        let recorded = Instant(microseconds: (30_000 * 86_400 + number * 60) * 1_000_000)
        facts.append(
            Fact(id: FactID(number), person: person, recorded: recorded, replaces: target, content: content))
    }

    mutating func anyDay() -> CivilDate {
        window.lowerBound.adding(days: random.number(0...(window.upperBound - window.lowerBound)))
    }

    mutating func day(of member: Member) -> CivilDate {
        max(member.notBefore, random.chance(40) ? random.pick(busyDays) : anyDay())
    }
}
