import ByNameList
import CivilTime

/// What one change has touched and what its people count for now; thrown away if the change fails.
struct ChangeStage {
    /// What a change says about one person.
    struct Touched {
        let person: PersonID
        /// The record began in this change: its facts need not be read back.
        let isNew: Bool
        /// Of the first fact that was written; `nil` before it.
        var community: Int64?
        /// Whether a fact bears on those who share a household: their household, age or death.
        var bearsOnOthers = false
        /// Whether a fact may make the record one person with others, or end that.
        var bearsOnMerges = false
        /// All facts of somebody new.
        var facts: [Fact] = []
    }

    /// Everybody touched, each once, in the order of the first touch.
    private(set) var people: [Touched] = []
    private var places: [PersonID: Int] = [:]
    /// Who was stated to be in the households that began in this change.
    private(set) var newHouseholds: [HouseholdID: [PersonID]] = [:]
    /// Whether the change says of any records that they are one person: then nobody in it is only who is new.
    private(set) var hasMerges = false
    /// The spells that somebody has instead of others now.
    var refolded: [Refolded] = []
    /// Counts of a projection that was built anew.
    var rebuilt = TallyDifference()
    private(set) var lateFacts: [LateKey: Int] = [:]
    var changedCommunities: Set<Int64> = []
    var changesTokens = false
    /// Rows of the access log.
    var accesses = 0
    private(set) var erasures: [Erasure] = []
    /// Personal text was removed that is nobody's record: it is in the log until that is cut.
    var removesText = false

    struct LateKey: Hashable {
        let community: Int64
        let month: Int32
        let isImport: Bool
    }

    /// The communities that facts were written for.
    var communities: [Int64] {
        var found: [Int64] = []
        for touched in people {
            if let community = touched.community, !found.contains(community) { found.append(community) }
        }
        return found
    }

    /// All facts of somebody whose record began in this change; `nil` of everybody else.
    func factsOfNew(_ person: PersonID) -> [Fact]? {
        guard let place = place(of: person), people[place].isNew else { return nil }
        return people[place].facts
    }

    mutating func begin(_ person: PersonID) { add(Touched(person: person, isNew: true)) }

    mutating func begin(_ household: HouseholdID) { newHouseholds[household] = [] }

    mutating func note(_ fact: NewFact, _ id: FactID, from origin: Origin, recorded: Instant, today: CivilDate) {
        let place = place(of: fact.person) ?? add(Touched(person: fact.person, isNew: false))
        if people[place].community == nil { people[place].community = origin.community }
        if fact.bearsOnOthers { people[place].bearsOnOthers = true }
        if fact.bearsOnMerges { people[place].bearsOnMerges = true }
        if case .samePerson = fact.content { hasMerges = true }
        if people[place].isNew {
            people[place].facts.append(
                Fact(id: id, person: fact.person, recorded: recorded, replaces: fact.replaces, content: fact.content))
        }
        if case .household(let statement) = fact.content { newHouseholds[statement.household]?.append(fact.person) }
        noteLate(fact, from: origin, today: today)
    }

    /// What somebody's ages are told by is other than before, and may bear on those of the household.
    mutating func note(_ erasure: Erasure, in community: Int64) {
        let place = place(of: erasure.person) ?? add(Touched(person: erasure.person, isNew: false))
        people[place].community = community
        people[place].bearsOnOthers = true
        erasures.append(erasure)
    }

    private mutating func noteLate(_ fact: NewFact, from origin: Origin, today: CivilDate) {
        // Most facts are of today, and no calendar is needed to see that they are not late.
        guard let day = fact.content.effectiveFrom, day < today, day.month < today.month else { return }
        let key = LateKey(community: origin.community, month: day.month.monthNumber, isImport: origin.isImport)
        lateFacts[key, default: 0] += 1
        changedCommunities.insert(origin.community)
    }

    @discardableResult
    private mutating func add(_ touched: Touched) -> Int {
        places[touched.person] = people.count
        people.append(touched)
        return people.count - 1
    }

    /// Facts come person by person: mostly it is the last.
    private func place(of person: PersonID) -> Int? {
        people.last?.person == person ? people.count - 1 : places[person]
    }
}

extension NewFact {
    /// A void or replacement may undo a fact of any kind.
    fileprivate var bearsOnOthers: Bool {
        if replaces != nil { return true }
        switch content {
        case .identity, .death, .household, .samePerson, .void: return true
        case .intake, .stay, .contact, .assessment, .programmeExit, .moveIn, .leave, .waiting, .consent, .answer,
            .determination, .sealed:
            return false
        }
    }

    fileprivate var bearsOnMerges: Bool {
        if replaces != nil { return true }
        switch content {
        case .samePerson, .void: return true
        case .identity, .intake, .stay, .contact, .assessment, .programmeExit, .moveIn, .leave, .death, .waiting,
            .household, .consent, .answer, .determination, .sealed:
            return false
        }
    }
}

/// The spells that a person had in a projection and has now.
struct Refolded: Sendable {
    let community: Int64
    let projection: Int64
    let old: [Spell]
    let new: [Spell]
}

extension TallyDifference {
    mutating func add(_ refolded: Refolded) {
        add(refolded.old, to: refolded.projection, sign: -1)
        add(refolded.new, to: refolded.projection, sign: 1)
    }
}

/// What the changes of a group that did not fail count for together.
struct GroupStage {
    /// By community: the generation is that of a community.
    private(set) var differences: [Int64: TallyDifference] = [:]
    private(set) var rebuilt = TallyDifference()
    private(set) var lateFacts: [ChangeStage.LateKey: Int] = [:]
    private(set) var changedCommunities: Set<Int64> = []
    private(set) var changesTokens = false
    private(set) var accesses = 0
    private(set) var erasures: [Erasure] = []
    private(set) var removesText = false

    mutating func take(_ stage: ChangeStage) {
        for refolded in stage.refolded { differences[refolded.community, default: TallyDifference()].add(refolded) }
        rebuilt.merge(stage.rebuilt)
        lateFacts.merge(stage.lateFacts) { $0 + $1 }
        changedCommunities.formUnion(stage.changedCommunities)
        changesTokens = changesTokens || stage.changesTokens
        accesses += stage.accesses
        erasures += stage.erasures
        removesText = removesText || stage.removesText
    }
}
