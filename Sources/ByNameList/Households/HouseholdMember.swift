import CivilTime

/// What the composition of households asks about one person.
struct HouseholdMember: Sendable {
    let person: PersonID
    /// Taken as it is known; `nil`: of unknown age, which counts as an adult of 25 or more (domain.md 6).
    let birth: Birth?
    let death: Day
    let statements: [Placement]

    struct Placement: Sendable {
        let household: HouseholdID
        let role: HouseholdRole
        let from: Day
        let to: Day
        let position: Int64
    }

    /// The days that an age begins on, worked out once.
    struct Birth: Sendable {
        let day: Day
        let turns18: Day
        let turns25: Day

        init(_ date: CivilDate) {
            day = date.day
            turns18 = date.birthday(age: 18).day
            turns25 = date.birthday(age: 25).day
        }
    }

    init(_ life: Life) {
        person = life.person
        birth = life.birth.map { Birth($0.date) }
        var death = Day.never
        var statements: [Placement] = []
        for fact in life.facts {
            switch fact.content {
            case .death(let on):
                death = min(death, on.day)
            case .household(let statement):
                statements.append(
                    Placement(
                        household: statement.household, role: statement.role, from: statement.from.day,
                        to: statement.to?.day ?? .never, position: fact.position))
            case .identity, .intake, .stay, .contact, .assessment, .programmeExit, .moveIn, .leave, .waiting,
                .consent, .answer, .determination, .sealed, .samePerson, .void:
                break
            }
        }
        self.death = death
        self.statements = statements.sorted { ($0.from, $0.position) < ($1.from, $1.position) }
    }

    /// Nobody counts before the date of birth or from the date of death on.
    func isAlive(on day: Day) -> Bool {
        day < death && (birth.map { $0.day <= day } ?? true)
    }

    /// Of the statements that cover the day the later-starting, then the later recorded.
    func covering(_ day: Day) -> Placement? {
        var found: Placement?
        for placement in statements where placement.from <= day && day < placement.to {
            if let other = found, (placement.from, placement.position) < (other.from, other.position) { continue }
            found = placement
        }
        return found
    }

    /// The statement that ended last, by the day.
    func lastEnded(by day: Day) -> Placement? {
        var found: Placement?
        for placement in statements where placement.to <= day && placement.from < placement.to {
            if let other = found,
                (placement.to, placement.from, placement.position) < (other.to, other.from, other.position)
            {
                continue
            }
            found = placement
        }
        return found
    }

    func isUnder18(on day: Day) -> Bool { birth.map { day < $0.turns18 } ?? false }

    func isUnder25(on day: Day) -> Bool { birth.map { day < $0.turns25 } ?? false }
}

extension Life {
    /// The birth date last recorded.
    package var birth: BirthDate? {
        var found: (position: Int64, birth: BirthDate)?
        for fact in facts {
            if case .identity(_, let birth?) = fact.content, fact.position >= found?.position ?? .min {
                found = (fact.position, birth)
            }
        }
        return found?.birth
    }

    /// Whether any fact gives the person a name.
    package var isNamed: Bool {
        facts.contains {
            if case .identity(true, _) = $0.content { true } else { false }
        }
    }

    /// The households that any of the facts names.
    package var households: Set<HouseholdID> {
        var found: Set<HouseholdID> = []
        for fact in facts {
            if case .household(let statement) = fact.content { found.insert(statement.household) }
        }
        return found
    }
}
