import CivilTime

/// A stay while the fold runs: what was stated of it, and how far it goes by what has happened since.
struct StayTrack: Sendable {
    let situation: Situation
    let nightClass: NightClass
    let from: Day
    /// `.never` for an open stay.
    let statedEnd: Day
    /// The first night that nobody vouches for.
    let unconfirmedFrom: Day
    let knowledge: StayKnowledge
    let fact: FactID
    /// The first night it does not give any more.
    var end: Day

    init(_ stay: Stay, fact: FactID) {
        situation = stay.situation
        nightClass = stay.situation.nightClass
        from = stay.from.day
        statedEnd = stay.to?.day ?? .never
        unconfirmedFrom = stay.to == nil ? stay.confirmedTo.map { $0.day + 1 } ?? .never : .never
        knowledge = stay.knowledge
        self.fact = fact
        end = statedEnd
    }

    /// A contact seen homeless is a stay of one night (domain.md 4).
    init(contact: Contact, fact: FactID) {
        let night = Stay(
            contact.place ?? .unsheltered, from: contact.on, to: contact.on.adding(days: 1), knowledge: .reported)
        self.init(night, fact: fact)
    }

    /// The housed nights of a move-in that somebody watches.
    init(moveIn: MoveIn, fact: FactID) {
        self.init(Stay(moveIn.housing.situation, from: moveIn.on, to: moveIn.to), fact: fact)
    }

    /// The kind of permanent housing, of a housed stay.
    var housing: Housing? { Housing.allCases.first { $0.situation == situation } }

    var isOpen: Bool { statedEnd == .never }
    var isRecorded: Bool { knowledge != .selfReported }

    /// Whether each of its nights is activity, not only the first (domain.md 5, Activity).
    var isActivityEachNight: Bool {
        guard knowledge == .watched else { return false }
        switch situation {
        case .emergencyShelter, .safeHaven, .transitional, .transitionalVA, .institution: return true
        case .unsheltered: return !isOpen
        case .doubledUp, .hotelSelfPay, .rapidRehousing, .permanentHousing, .unknown: return false
        }
    }

    /// The first night after those that are activity.
    var activityEnd: Day { Swift.min(end, unconfirmedFrom) }

    func covers(_ day: Day) -> Bool { from <= day && day < end }

    /// Of two records of one night the one that counts.
    func winner(over other: StayTrack?) -> StayTrack {
        guard let other, (nightClass, from) <= (other.nightClass, other.from) else { return self }
        return other
    }
}
