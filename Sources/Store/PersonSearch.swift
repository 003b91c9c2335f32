package import ByNameList
import SQLite
import ShippedConfig

/// Who is looked for. Whatever is given has to hold; nothing given finds nobody.
package struct PersonSearch: Hashable, Sendable {
    /// Words of a name in any order.
    package var name: String?
    package var birth: BirthQuestion?
    package var externalID: ExternalIDQuestion?
    /// Words of which at least one has to be in the description.
    package var description: String?

    /// A number of another system; of any, if none is named.
    package struct ExternalIDQuestion: Hashable, Sendable {
        package let system: String?
        package let value: String

        package init(system: String? = nil, value: String) {
            self.system = system
            self.value = value
        }
    }

    package init(
        name: String? = nil, birth: BirthQuestion? = nil, externalID: ExternalIDQuestion? = nil,
        description: String? = nil
    ) {
        self.name = name
        self.birth = birth
        self.externalID = externalID
        self.description = description
    }
}

/// By what somebody was found, or may be somebody else.
package enum MatchReason: UInt8, CaseIterable, Comparable, Sendable {
    case externalID = 1
    case sameName = 2
    /// Another form of the name.
    case nickname = 3
    /// The name with one slip.
    case typo = 4
    /// To the day, or to the year where no more is known.
    case birthDate = 5
    case age = 6
    case description = 7
    /// The first two letters of given and family name, beside the birth date.
    case firstLetters = 8
    /// The initials and the gender, beside the birth date.
    case initials = 9

    /// The word used in answers.
    package var code: String {
        switch self {
        case .externalID: "external_id"
        case .sameName: "same_name"
        case .nickname: "nickname"
        case .typo: "typo"
        case .birthDate: "birth_date"
        case .age: "age"
        case .description: "description"
        case .firstLetters: "first_letters"
        case .initials: "initials_and_gender"
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Somebody who answers a search.
package struct FoundPerson: Hashable, Sendable {
    package let person: PersonID
    /// In the order of the cases, each once.
    package let reasons: [MatchReason]
    /// What had to be forgiven; 0 answers in everything, and less comes first.
    package let rank: Int
}

extension Reader {
    /// The people who answer, best first and then by record number.
    ///
    /// - Parameters:
    ///   - limit: how many are answered at the most.
    ///   - may: whether the caller may know of a person; who may not be known of, is as if they were not there.
    package func search(
        _ question: PersonSearch, in community: Int64, limit: Int = 20, may: (PersonID) throws -> Bool
    ) throws -> [FoundPerson] {
        guard limit > 0, let question = SearchPlan(question) else { return [] }
        let candidates = SearchCandidates(connection: connection, community: community)
        var answers = RankedAnswers(limit: limit)
        let plain = try people(in: community) { () throws(SQLiteError) in try candidates.plain(question) }
        for candidate in plain {
            if answers.isFull(before: candidate) { break }
            if let found = try verify(candidate, question, in: community, may: may) {
                answers.take(found, expected: candidate.rank)
            }
        }
        answers.settle(below: Rank.typo)
        // A typo is looked for only where the name as it was asked for does not fill the answer.
        if !answers.isFull, question.mayHoldTypo {
            let seen = Set(plain.map(\.record))
            let forgiven = try people(in: community) { () throws(SQLiteError) in try candidates.withTypo(question) }
            for candidate in forgiven where !seen.contains(candidate.record) {
                if answers.isFull(before: candidate) { break }
                if let found = try verify(candidate, question, in: community, may: may) {
                    answers.take(found, expected: candidate.rank)
                }
            }
        }
        answers.settle(below: .max)
        return answers.found
    }

    /// From so many candidates on all merges are read at once.
    private static let lookedUpOneByOne = 200

    /// The people whose records were found, each once and as well as the best of them promises; best first.
    private func people(
        in community: Int64, _ find: () throws(SQLiteError) -> [Candidate]
    ) throws(StoreError) -> [Candidate] {
        try translatingErrors { () throws(SQLiteError) in
            let candidates = try find()
            let isMany = candidates.count > Reader.lookedUpOneByOne
            let journal = isMany ? try self.journal.knowingMerges(of: community) : self.journal
            var ranks: [Int64: Int] = [:]
            for candidate in candidates {
                let person = try journal.person(of: PersonID(candidate.record)).number
                ranks[person] = min(ranks[person] ?? candidate.rank, candidate.rank)
            }
            return ranks.map { Candidate(record: $0.key, rank: $0.value) }.sorted(by: Candidate.comesBefore)
        }
    }

    /// Holds a candidate against what stands.
    private func verify(
        _ candidate: Candidate, _ question: SearchPlan, in community: Int64, may: (PersonID) throws -> Bool
    ) throws -> FoundPerson? {
        let person = PersonID(candidate.record)
        let isWorthALook = try translatingErrors { () throws(SQLiteError) in
            if let birth = question.birth {
                let births = try BirthTable(connection: connection).births(of: person)
                guard births.contains(where: { birth.match($0) != nil }) else { return false }
            }
            return question.isKeyed ? true : try isOf(community, candidate.record)
        }
        guard isWorthALook, try may(person) else { return nil }
        let who = try translatingErrors { () throws(SQLiteError) in try standingIdentities(of: person) }
        return who.compactMap { question.answer(person, $0.identity, $0.birth) }.min { $0.rank < $1.rank }
    }

    private func isOf(_ community: Int64, _ record: Int64) throws(SQLiteError) -> Bool {
        let statement = try connection.statement("SELECT community FROM record WHERE id = ?")
        try statement.bind(1, record)
        return try statement.first { row throws(SQLiteError) in row.int64(0) } == community
    }
}

/// What each thing forgiven weighs, so that a slip in the name outweighs all the rest.
enum Rank {
    static let yearOnly = 1
    /// Of the words of a description one that is not there.
    static let missingWord = 2
    static let nickname = 128
    static let typo = 256
}

/// A search, taken apart into what can be looked up and compared.
struct SearchPlan {
    let name: NameQuestion?
    let birth: BirthQuestion?
    let externalID: PersonSearch.ExternalIDQuestion?
    let words: [String]

    /// `nil` where nobody can answer: nothing is asked, or something without a letter in it.
    init?(_ question: PersonSearch) {
        name = question.name.flatMap { NameQuestion($0) }
        words = question.description.map { SearchWords.telling(in: $0) } ?? []
        birth = question.birth
        externalID = question.externalID
        if question.name != nil, name == nil { return nil }
        if question.description != nil, words.isEmpty { return nil }
        if name == nil, birth == nil, externalID == nil, words.isEmpty { return nil }
    }

    /// Whether the candidates come from keys of the community, and not from all who were born then.
    var isKeyed: Bool { name != nil || externalID != nil || !words.isEmpty }

    /// Whether a search among other spellings can find anybody more: a number leads to few, who were all looked at.
    var mayHoldTypo: Bool { name != nil && externalID == nil }

    /// How somebody answers; `nil` if they do not.
    func answer(_ person: PersonID, _ identity: IdentityDetails, _ born: BirthDate?) -> FoundPerson? {
        var reasons: [MatchReason] = externalID == nil ? [] : [.externalID]
        var rank = 0
        if let name {
            guard let match = name.match(SearchableName(identity), nicknames: NicknameFile.nicknames) else {
                return nil
            }
            if match.nicknames > 0 { reasons.append(.nickname) }
            if match.typos > 0 { reasons.append(.typo) }
            if match == NameMatch() { reasons.append(.sameName) }
            rank += (match.nicknames > 0 ? Rank.nickname : 0) + (match.typos > 0 ? Rank.typo : 0)
        }
        if let birth {
            guard let match = born.flatMap({ birth.match($0) }) else { return nil }
            switch birth {
            case .date: reasons.append(.birthDate)
            case .ages: reasons.append(.age)
            }
            rank += match == .exact ? 0 : Rank.yearOnly
        }
        if !words.isEmpty {
            let told = identity.description.map { SearchWords.telling(in: $0) } ?? []
            let missing = words.count { !told.contains($0) }
            guard missing < words.count else { return nil }
            reasons.append(.description)
            rank += missing * Rank.missingWord
        }
        return FoundPerson(person: person, reasons: reasons, rank: rank)
    }
}

/// Answers as they are found, handed out once nothing better can come.
private struct RankedAnswers {
    let limit: Int
    private(set) var found: [FoundPerson] = []
    /// Who answers less well than their keys promised, in order.
    private var waiting: [FoundPerson] = []

    init(limit: Int) {
        self.limit = limit
    }

    var isFull: Bool { found.count >= limit }

    /// Hands out who comes before the candidate; whether there is no place left for it.
    mutating func isFull(before candidate: Candidate) -> Bool {
        while let first = waiting.first, !isFull,
            (first.rank, first.person.number) < (candidate.rank, candidate.record)
        {
            found.append(waiting.removeFirst())
        }
        return isFull
    }

    mutating func take(_ answer: FoundPerson, expected rank: Int) {
        guard answer.rank > rank else { return found.append(answer) }
        let place = waiting.firstIndex { (answer.rank, answer.person) < ($0.rank, $0.person) } ?? waiting.endIndex
        waiting.insert(answer, at: place)
        // More can never be handed out.
        if waiting.count > limit { waiting.removeLast() }
    }

    /// Hands out who is ranked better than that.
    mutating func settle(below rank: Int) {
        while let first = waiting.first, !isFull, first.rank < rank { found.append(waiting.removeFirst()) }
    }
}
