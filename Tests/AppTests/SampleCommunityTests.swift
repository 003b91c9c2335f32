import App
import ByNameList
import CivilTime
import Fixtures
import ShippedConfig
import Testing

@Suite struct `The sample community` {
    static let lastDay: CivilDate = "2026-03-31"
    static let community = SampleCommunity(seed: 1, endingOn: lastDay)
    static let folded = FoldedSample(community)

    var community: SampleCommunity { Self.community }

    @Test func `is the same for the same seed`() {
        #expect(SampleCommunity(seed: 1, endingOn: Self.lastDay).changes == community.changes)
        #expect(SampleCommunity(seed: 2, endingOn: Self.lastDay).changes != community.changes)
    }

    @Test func `has the size of a city's list`() {
        #expect((1_900...2_100).contains(community.peopleCount))
        #expect((150...500).contains(community.householdsCount))
        #expect((25_000...80_000).contains(community.factsCount))
        #expect(community.firstMonth == "2023-04")
        #expect(Set(community.changes.map(\.agency)) == Set(SampleAgency.allCases))
    }

    @Test(arguments: UInt64(1)...5)
    func `says nothing that would be refused`(seed: UInt64) {
        let community = seed == 1 ? community : SampleCommunity(seed: seed, people: 600, endingOn: Self.lastDay)
        for change in community.changes {
            let today = CivilDate(dayNumber: Int32(change.recorded.seconds / 86_400))
            for fact in change.facts {
                let content = fact.content(household: { HouseholdID(Int64($0)) }, fact: { FactID(Int64($0)) })
                #expect(content.refusal(today: today) == nil, "\(change)")
            }
        }
    }

    @Test(arguments: UInt64(1)...5)
    func `comes in the order of recording and refers to nothing that comes later`(seed: UInt64) {
        let community = seed == 1 ? community : SampleCommunity(seed: seed, people: 600, endingOn: Self.lastDay)
        var next = (fact: 0, person: 0)
        var before = Instant(microseconds: .min)
        for change in community.changes {
            #expect(before <= change.recorded)
            before = change.recorded
            #expect(change.person <= next.person)
            next.person = max(next.person, change.person + 1)
            for fact in change.facts {
                #expect(fact.ordinal == next.fact)
                next.fact += 1
                #expect(fact.replaces.map { $0 < fact.ordinal } ?? true)
                if case .void(let target) = fact.statement { #expect(target < fact.ordinal) }
            }
        }
        #expect(next.fact == community.factsCount && next.person == community.peopleCount)
    }

    @Test func `corrects only what was said of the same person`() {
        var people: [Int] = []
        for change in community.changes {
            for fact in change.facts {
                people.append(change.person)
                if let target = fact.replaces { #expect(people[target] == change.person) }
                if case .void(let target) = fact.statement { #expect(people[target] == change.person) }
            }
        }
    }

    @Test func `is recorded late now and then, and corrected now and then`() {
        var late = 0
        var voids = 0
        for change in community.changes {
            let recorded = CivilDate(dayNumber: Int32(change.recorded.seconds / 86_400))
            for fact in change.facts {
                let content = fact.content(household: { HouseholdID(Int64($0)) }, fact: { FactID(Int64($0)) })
                if case .void = content { voids += 1 }
                let known = content.effectiveTo ?? content.effectiveFrom
                if let known, recorded - known > 30 { late += 1 }
            }
        }
        #expect((2...8).contains(late * 100 / community.factsCount), "\(late)")
        #expect(voids > 40)
    }

    @Test func `balances in every month, population and unit`() {
        for report in Self.folded.reports {
            #expect(report.error == 0, "\(report.month) \(report.population.name) \(report.unit.code)")
        }
        #expect(Self.folded.reports.count == 36 * Population.standard.count * 2)
    }

    @Test func `shows every measure, reason and kind of housing`() {
        func count(_ measure: Measure, _ reason: UInt8? = nil) -> Int {
            Self.folded.reports.reduce(0) { sum, report in
                sum + (reason.map { report.count(measure, reason: $0) } ?? report.count(measure)).events
            }
        }
        for measure in Measure.allCases { #expect(count(measure) > 0, "\(measure.code)") }
        for reason in InactiveReason.allCases {
            #expect(count(.movedToInactive, reason.rawValue) > 0, "\(reason.code)")
        }
        for housing in Housing.allCases { #expect(count(.housingMoveIns, housing.rawValue) > 0, "\(housing.code)") }
        for population in Population.standard {
            #expect(Self.folded.reports.contains { $0.population == population && $0.figures.activeAtEnd > 0 })
        }
    }

    @Test func `has the figures of a city's list`() {
        let months = Self.folded.reports.filter { $0.population == .all && $0.unit == .persons }
        for report in months.dropFirst() {
            let counts = Measure.allCases.map { "\($0.code) \(report.count($0).events)" }.joined(separator: ", ")
            let line = "\(report.month): \(report.figures.activeAtStart) to \(report.figures.activeAtEnd), \(counts)"
            #expect((20...110).contains(report.count(.newlyIdentified).events), "\(line)")
            #expect((270...500).contains(report.figures.activeAtEnd), "\(line)")
        }
        for report in months.suffix(6) { #expect((350...450).contains(report.figures.activeAtEnd)) }
    }
}

/// The sample community, folded as the US template folds it.
struct FoldedSample {
    private(set) var reports: [MonthlyReport] = []

    init(_ community: SampleCommunity) {
        guard let policy = PolicyDocument.policy(template: "us_bfz") else { return }
        let spells = FoldedSample.households(community).map { lives in
            timeline(of: lives[0].person, among: lives, policy: policy).spells
        }
        for number in 0..<36 {
            let month = community.firstMonth.adding(months: number)
            for population in Population.standard {
                for unit in CountingUnit.allCases {
                    var folded = FoldedMonth(
                        month: month, population: population, unit: unit,
                        asOf: lastReportedDay(of: month, today: community.lastDay))
                    for spells in spells { folded.add(spells) }
                    reports.append(folded.report())
                }
            }
        }
    }

    /// Of each person the life, first, and those of everybody who ever shared a household with them.
    static func households(_ community: SampleCommunity) -> [[Life]] {
        var facts: [Int: [Fact]] = [:]
        for change in community.changes {
            for fact in change.facts {
                let content = fact.content(household: { HouseholdID(Int64($0)) }, fact: { FactID(Int64($0)) })
                facts[change.person, default: []].append(
                    Fact(
                        id: FactID(Int64(fact.ordinal)), person: PersonID(Int64(change.person)),
                        recorded: change.recorded, replaces: fact.replaces.map { FactID(Int64($0)) },
                        content: content))
            }
        }
        let lives = facts.sorted { $0.key < $1.key }.map {
            Life(person: PersonID(Int64($0.key)), facts: standing($0.value))
        }
        var households: [HouseholdID: [Life]] = [:]
        for life in lives {
            for household in life.households { households[household, default: []].append(life) }
        }
        return lives.map { life in
            let others = life.households.flatMap { households[$0] ?? [] }.filter { $0.person != life.person }
            return [life] + others
        }
    }
}
