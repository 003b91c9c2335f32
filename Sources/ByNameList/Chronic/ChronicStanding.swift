package import CivilTime

/// What the three rules say of somebody on a day, and what people have said beside them (domain.md 9).
package struct ChronicStanding: Sendable {
    package let asOf: CivilDate
    package let disability: Disability
    /// In the order of `ChronicRule`.
    package let verdicts: [ChronicVerdict]
    /// The last documented determination under each rule up to the day, which overrides the verdict.
    package let determinations: [ChronicRule: Determination]
    /// By whom the rule judges the household on the day: its head, or everybody in it. A person alone is their own.
    package let householdJudged: [PersonID]
    /// What HUD's rule says of the household (24 CFR 578.3(3)); `nil` where the head's record is not at hand.
    package let household: ChronicStatus?
    /// The person's own words about it, judged apart from the nights (HMIS 3.917); `nil` if nothing was said.
    package let selfReport: SelfReport?

    /// A documented determination.
    package struct Determination: Hashable, Sendable {
        package let on: CivilDate
        package let chronic: Bool
        package let fact: FactID
    }
}

/// The standing of a person on a day, by the facts that stand.
///
/// - Parameter lives: the person, and everybody who ever shared a household with them.
package func chronicStanding(
    of person: PersonID, among lives: [Life], policy: Policy, rules: ChronicRuleSets, asOf: CivilDate
) -> ChronicStanding? {
    guard let life = lives.first(where: { $0.person == person }) else { return nil }
    let own = ChronicRecord(life, among: lives, policy: policy)
    let question = own.question(asOf: asOf)
    // The options that the policy has chosen are those of its own rule.
    func ruleSet(_ rule: ChronicRule) -> ChronicRuleSet { rule == policy.chronicRule ? policy.chronic : rules[rule] }
    let verdicts = ChronicRule.allCases.map { ruleSet($0).verdict(on: question) }
    let judged = judged(in: own.household, on: asOf.day, rules: ruleSet(.usHUD))
    return ChronicStanding(
        asOf: asOf, disability: question.disability, verdicts: verdicts,
        determinations: determinations(in: life, through: asOf), householdJudged: judged,
        household: bestStatus(of: judged) { member in
            let record = member == person ? own : ChronicRecord(of: member, among: lives, policy: policy)
            return record.map { ruleSet(.usHUD).verdict(on: $0.question(asOf: asOf)).status }
        },
        selfReport: SelfReport(life, nights: question.nights, through: asOf))
}

/// The people by whom the rule judges a household: its head, or any adult of it.
private func judged(in household: HouseholdTimeline, on day: Day, rules: ChronicRuleSet) -> [PersonID] {
    guard case .occasions(let test) = rules.test else { return [] }
    switch test.household {
    case .head: return household.head(on: day).map { [$0] } ?? []
    case .anyAdult: return household.members(on: day)
    }
}

/// The verdict on the household: the best of those on its judged people whose records are at hand.
private func bestStatus(of judged: [PersonID], _ status: (PersonID) -> ChronicStatus?) -> ChronicStatus? {
    let statuses = judged.compactMap(status)
    for status in [ChronicStatus.chronic, .unknown, .notChronic] where statuses.contains(status) { return status }
    return statuses.first
}

private func determinations(
    in life: Life, through day: CivilDate
) -> [ChronicRule: ChronicStanding.Determination] {
    var last: [ChronicRule: (position: Int64, said: ChronicStanding.Determination)] = [:]
    for fact in life.facts {
        guard case .determination(let on, let rule, let chronic) = fact.content, on <= day else { continue }
        if let known = last[rule], (known.said.on, known.position) > (on, fact.position) { continue }
        last[rule] = (fact.position, ChronicStanding.Determination(on: on, chronic: chronic, fact: fact.id))
    }
    return last.mapValues(\.said)
}

/// Somebody's nights and household, as the rules are asked about them.
struct ChronicRecord {
    let household: HouseholdTimeline
    private let facts: PersonFacts
    private let status: StatusFold

    init(_ life: Life, among lives: [Life], policy: Policy) {
        household = HouseholdTimeline(of: life, among: lives)
        facts = PersonFacts(life, policy: policy)
        status = StatusFold(of: life, household: household, policy: policy)
    }

    /// Of somebody among them; `nil` if they are not.
    init?(of person: PersonID, among lives: [Life], policy: Policy) {
        guard let life = lives.first(where: { $0.person == person }) else { return nil }
        self.init(life, among: lives, policy: policy)
    }

    /// What the rules have to know on a day.
    func question(asOf: CivilDate) -> ChronicQuestion {
        let day = asOf.day
        let disability = facts.disability.inForce(on: day) ?? .unknown
        let role = facts.adultOrHeadDays(household.steps).last { $0.from <= day && day < $0.end }
        let yes = facts.disability.spans { $0 == .yes }.last { $0.from <= day && day < $0.end }
        return ChronicQuestion(
            nights: nights(asOf: day), asOf: asOf, disability: disability, isAdultOrHead: role != nil,
            standingSince: max(role?.from ?? .min, yes?.from ?? .min))
    }

    /// The nights as they were known on the day: silence cuts them only once it has lasted.
    private func nights(asOf day: Day) -> NightHistory {
        let episode = status.episodes.last { $0.from <= day && day < $0.to }
        return NightHistory(steps: episode?.nightsWhileItLasted ?? status.nights).cut(after: day, goesOn: false)
    }
}
