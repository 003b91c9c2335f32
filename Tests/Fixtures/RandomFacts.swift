import ByNameList
import CivilTime

extension HistoryWriter {
    private enum Kind {
        case stay, contact, intake, moveIn, exit, leave, assessment, waiting, death, household, consent, answer
        case determination, sealed, identity
    }

    /// Something that is written about somebody.
    mutating func content(about member: Member) -> FactContent {
        let kind: Kind = random.pick(weighted: [
            (34, .stay), (12, .contact), (8, .intake), (11, .moveIn), (8, .exit), (6, .leave), (4, .assessment),
            (4, .waiting), (2, .death), (6, .household), (4, .consent), (7, .answer), (6, .determination),
            (1, .sealed), (1, .identity),
        ])
        return make(kind, about: member)
    }

    private mutating func make(_ kind: Kind, about member: Member) -> FactContent {
        let on = day(of: member)
        switch kind {
        case .stay: return .stay(stay(from: on))
        case .contact: return .contact(contact(on: on))
        case .intake: return .intake(on: on, saidOf: random.chance(30) ? .nightBefore : .theDay)
        case .moveIn: return .moveIn(moveIn(on: on))
        case .exit: return .programmeExit(on: on, toUnknown: random.chance(50))
        case .leave:
            return .leave(on: on, reason: random.pick([.noContact, .movedAway, .notLiterallyHomeless, .other]))
        case .assessment: return .assessment(on: on)
        case .waiting: return .waiting(waiting(from: on))
        case .death: return .death(on: on)
        case .household: return .household(statement(of: member))
        case .consent:
            let purpose: ConsentPurpose = random.chance(85) ? .list : .sharing
            let until = random.chance(40) ? on.adding(days: random.number(0...200)) : nil
            return .consent(on: on, purpose: purpose, value: random.pick(ConsentValue.allCases), until: until)
        case .answer: return .answer(answer(on: on))
        case .determination:
            let rule = random.chance(70) ? policy.chronicRule : random.pick(ChronicRule.allCases)
            return .determination(on: on, rule: rule, chronic: random.chance(60))
        case .sealed: return .sealed(on: on)
        case .identity: return .identity(named: random.chance(50), birth: member.birth)
        }
    }

    /// The same kind of thing said again, as a correction says it.
    mutating func similar(to content: FactContent, about member: Member) -> FactContent {
        switch content {
        case .identity: make(.identity, about: member)
        case .intake: make(.intake, about: member)
        case .stay: make(.stay, about: member)
        case .contact: make(.contact, about: member)
        case .assessment: make(.assessment, about: member)
        case .programmeExit: make(.exit, about: member)
        case .moveIn: make(.moveIn, about: member)
        case .leave: make(.leave, about: member)
        case .death: make(.death, about: member)
        case .waiting: make(.waiting, about: member)
        case .household: make(.household, about: member)
        case .consent: make(.consent, about: member)
        case .answer: make(.answer, about: member)
        case .determination: make(.determination, about: member)
        case .sealed: make(.sealed, about: member)
        case .samePerson, .void: content
        }
    }

    /// Days that hit what the rules count: a day, a silence, an institution's limit, half a year and more.
    private mutating func length() -> Int {
        random.pick(weighted: [
            (6, 0), (10, 1), (22, random.number(2...12)), (20, random.number(13...70)), (14, random.number(85...95)),
            (14, random.number(170...200)), (8, random.number(201...420)), (4, random.number(421...700)),
        ])
    }

    private mutating func stay(from: CivilDate) -> Stay {
        let situation: Situation = random.pick(weighted: [
            (22, .emergencyShelter), (16, .unsheltered), (3, .safeHaven), (11, .transitional), (2, .transitionalVA),
            (11, .doubledUp), (3, .hotelSelfPay), (18, .institution), (2, .rapidRehousing), (3, .permanentHousing),
            (2, .unknown),
        ])
        let to = random.chance(62) ? from.adding(days: length()) : nil
        let knowledge: StayKnowledge = random.pick(weighted: [(60, .watched), (25, .reported), (15, .selfReported)])
        let isConfirmed = to == nil && knowledge == .watched && random.chance(35)
        return Stay(
            situation, from: from, to: to,
            confirmedTo: isConfirmed ? from.adding(days: random.number(0...60)) : nil, knowledge: knowledge,
            isDestination: knowledge == .reported && random.chance(40))
    }

    private mutating func contact(on: CivilDate) -> Contact {
        let seen = random.chance(65)
        var places: [Situation?] = [nil, nil, nil, .emergencyShelter, .unsheltered, .safeHaven]
        // Nobody is seen homeless in a place that the policy does not call homeless.
        if policy.hiddenIsHomeless || !seen { places.append(.doubledUp) }
        if policy.transitionalIsActive || !seen { places.append(.transitional) }
        return Contact(
            on: on, seenHomeless: seen, kind: random.chance(40) ? .outreach : random.pick(ContactKind.allCases),
            place: random.pick(places), isDestination: random.chance(12))
    }

    private mutating func moveIn(on: CivilDate) -> MoveIn {
        MoveIn(
            on: on, housing: random.chance(60) ? .permanentHousing : .rapidRehousing,
            to: random.chance(40) ? on.adding(days: length()) : nil,
            how: random.pick(weighted: [(65, .programme), (22, .destination), (13, .livingSituation)]))
    }

    private mutating func waiting(from: CivilDate) -> WaitingForHousing {
        let to = random.chance(50) ? from.adding(days: random.number(1...200)) : nil
        let isConfirmed = to == nil && random.chance(60)
        return WaitingForHousing(
            from: from, to: to, confirmedTo: isConfirmed ? from.adding(days: random.number(0...120)) : nil)
    }

    /// Mostly their own household, sometimes another one: somebody moves, a household splits, a head changes.
    mutating func statement(of member: Member) -> HouseholdStatement {
        let other = HouseholdID(Int64(random.number(1...4)))
        let role: HouseholdRole = random.pick(weighted: [
            (20, .head), (20, .member), (60, member.isChild ? .child : .adult),
        ])
        // From before a birth in the window: the household was told before the child came.
        let from = random.chance(45) ? window.lowerBound : random.chance(50) ? random.pick(busyDays) : anyDay()
        let end = random.chance(50) ? random.pick(busyDays) : anyDay()
        let to = random.chance(60) ? nil : max(from.adding(days: 1), end)
        return HouseholdStatement(
            household: random.chance(75) ? member.household : other, role: role, from: from, to: to)
    }

    private mutating func answer(on: CivilDate) -> Answer {
        let question: Question = random.pick(weighted: [
            (60, .veteran), (40, .disablingCondition), (80, .indigenousIdentity),
        ])
        let value: YesNo = random.pick(weighted: [(60, .yes), (20, .no), (12, .dontKnow), (8, .declined)])
        let firstNations: UInt8 = 2
        let isKind = question == .indigenousIdentity && random.chance(30)
        return Answer(question, isKind ? firstNations : value.rawValue, on: random.chance(60) ? on : nil)
    }
}
