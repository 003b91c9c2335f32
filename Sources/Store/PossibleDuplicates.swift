package import ByNameList
import CivilTime
import SQLite
import ShippedConfig

/// A person who may be the one that is being written down.
package struct PossibleDuplicate: Hashable, Sendable {
    package let person: PersonID
    /// In the order of the cases, each once.
    package let reasons: [MatchReason]
}

extension Reader {
    /// Who may be the person of an intake: the same number of another system, or the same name in any of its forms and
    /// orders, and no birth date that contradicts; or the same birth date and alike letters of the name.
    ///
    /// A name of one word alone says little: there the birth dates have to be the same. Every intake asks this, so that
    /// it looks up points only, and of a very common name no more than a bounded number of records.
    ///
    /// - Parameters:
    ///   - besides: the record of the intake itself, if it was written already.
    ///   - may: whether the caller may know of a person; who may not be known of, is as if they were not there.
    package func possibleDuplicates(
        of identity: IdentityDetails, birth: BirthDate?, gender: UInt8? = nil, externalIDs: [ExternalID],
        in community: Int64, besides: PersonID? = nil, limit: Int = 5, may: (PersonID) throws -> Bool
    ) throws -> [PossibleDuplicate] {
        let question = DuplicateQuestion(
            connection: connection, community: community, identity: identity, birth: birth, gender: gender)
        let (sameNumber, candidates) = try translatingErrors { () throws(SQLiteError) in
            let numbers = try people(of: try question.records(externalIDs))
            let others = try question.recordsOfSameName() + question.recordsOfSameBirth()
            return (numbers, numbers.union(try people(of: others)))
        }
        var found: [PossibleDuplicate] = []
        for person in candidates where person != besides {
            guard try may(person) else { continue }
            let reasons = try translatingErrors { () throws(SQLiteError) in
                try standingIdentities(of: person).map { who throws(SQLiteError) in
                    try question.reasons(person, who, hasSameNumber: sameNumber.contains(person))
                }
            }
            let best = reasons.map { PossibleDuplicate(person: person, reasons: $0) }
                .max { DuplicateQuestion.weight($0) < DuplicateQuestion.weight($1) }
            if let best, !best.reasons.isEmpty { found.append(best) }
        }
        found.sort { left, right in
            let (leftWeight, rightWeight) = (DuplicateQuestion.weight(left), DuplicateQuestion.weight(right))
            return leftWeight != rightWeight ? leftWeight > rightWeight : left.person < right.person
        }
        return Array(found.prefix(limit))
    }
}

extension Reader {
    private func people(of records: [Int64]) throws(SQLiteError) -> Set<PersonID> {
        var people: Set<PersonID> = []
        for record in records { people.insert(try journal.person(of: PersonID(record))) }
        return people
    }
}

/// Looks for the same person under another record.
struct DuplicateQuestion {
    /// Records of one name or number that are looked at.
    private static let recordsMax = 64
    /// Numbers of an intake that are looked at.
    private static let numbersMax = 16

    let connection: Connection
    let community: Int64
    let name: SearchableName
    let birth: BirthDate?
    /// As answered; `nil` where nothing was, too.
    private let gender: UInt8?
    private let canonical: String?
    private let letters: NameLetters?

    init(
        connection: Connection, community: Int64, identity: IdentityDetails, birth: BirthDate?, gender: UInt8? = nil
    ) {
        self.connection = connection
        self.community = community
        name = SearchableName(identity)
        self.birth = birth
        self.gender = gender.flatMap { $0 < YesNo.dontKnow.rawValue ? $0 : nil }
        canonical = name.canonical(NicknameFile.nicknames)
        letters = NameLetters(identity)
    }

    func records(_ externalIDs: [ExternalID]) throws(SQLiteError) -> [Int64] {
        let candidates = SearchCandidates(connection: connection, community: community)
        var found: [Int64] = []
        for id in externalIDs.prefix(DuplicateQuestion.numbersMax) {
            found += try candidates.records(system: id.system, value: id.value).prefix(DuplicateQuestion.recordsMax)
        }
        return found
    }

    /// Records under the name, without those whose birth dates all contradict.
    func recordsOfSameName() throws(SQLiteError) -> [Int64] {
        guard let canonical else { return [] }
        let key = SearchKeys.fullName(canonical)
        var found = try newest(key)
        // A name so common that not all of its records are looked at: the birth date leads to those that matter.
        if found.count == DuplicateQuestion.recordsMax, let birth, birth.quality == .full {
            found += try bornThatDay(birth, key)
        }
        guard let birth else { return found }
        var fitting: [Int64] = []
        for record in found {
            let births = try BirthTable(connection: connection).births(of: PersonID(record))
            if births.isEmpty || births.contains(where: { !$0.contradicts(birth) }) { fitting.append(record) }
        }
        return fitting
    }

    /// Records of whoever was born on the day and may have the initials: of each kind the newest.
    func recordsOfSameBirth() throws(SQLiteError) -> [Int64] {
        guard let birth, birth.quality == .full, let letters else { return [] }
        let found = try letters.initials.map { initials throws(SQLiteError) in
            try born(on: birth.date, initials) { _ in true }
        }
        // Where the name was not said with the birth date, it may have been said before or after.
        let others = try born(on: birth.date, nil) { NameLetters($0)?.haveSameInitials(as: letters) ?? true }
        return (found ?? []) + others
    }

    /// Records of whoever was said to be born on the day together with those initials, or with none.
    private func born(
        on day: CivilDate, _ initials: String?, where fits: (IdentityDetails) -> Bool
    ) throws(SQLiteError) -> [Int64] {
        let statement = try connection.statement(
            """
            SELECT identity.record, given_name, family_name FROM identity INDEXED BY identity_born
            JOIN record ON record.id = identity.record
            WHERE birth = ? AND birth_quality = 1 AND initials IS ? AND community = ? ORDER BY fact DESC LIMIT ?
            """)
        try statement.bind(1, Int64(day.dayNumber))
        try statement.bind(2, initials)
        try statement.bind(3, community)
        try statement.bind(4, DuplicateQuestion.recordsMax)
        var found: [Int64] = []
        try statement.forEach { row throws(SQLiteError) in
            let said = IdentityDetails(givenName: row.optionalString(1), familyName: row.optionalString(2))
            if fits(said) { found.append(row.int64(0)) }
        }
        return found
    }

    func reasons(
        _ person: PersonID, _ who: StandingIdentity, hasSameNumber: Bool
    ) throws(SQLiteError) -> [MatchReason] {
        var reasons: [MatchReason] = hasSameNumber ? [.externalID] : []
        let isSameBirth = birth != nil && birth?.quality == .full && birth == who.birth
        let contradicts = birth.flatMap { birth in who.birth.map(birth.contradicts) } ?? false
        let other = SearchableName(who.identity)
        var alike: MatchReason?
        if let canonical, !contradicts, canonical == other.canonical(NicknameFile.nicknames),
            name.sorted.count > 1 || isSameBirth
        {
            reasons.append(name.sorted == other.sorted ? .sameName : .nickname)
        } else if isSameBirth {
            alike = try alikeLetters(person, who.identity)
        }
        if isSameBirth, !reasons.isEmpty || alike != nil { reasons.append(.birthDate) }
        if let alike { reasons.append(alike) }
        return reasons
    }

    /// By which letters the names of two who were born on one day are alike.
    private func alikeLetters(_ person: PersonID, _ identity: IdentityDetails) throws(SQLiteError) -> MatchReason? {
        guard let letters, let other = NameLetters(identity) else { return nil }
        if letters.agree(with: other) { return .firstLetters }
        guard let gender, letters.haveSameInitials(as: other) else { return nil }
        let facts = standing(try Journal(connection: connection).facts(of: person))
        let said = facts.compactMap { fact -> UInt8? in
            guard case .answer(let answer) = fact.content, answer.question == .genderIdentity else { return nil }
            return answer.value
        }
        return said.last == gender ? .initials : nil
    }

    /// What speaks more strongly comes first: a number, then the birth date, then the name as it is.
    static func weight(_ duplicate: PossibleDuplicate) -> Int {
        duplicate.reasons.reduce(0) { sum, reason in
            switch reason {
            case .externalID: sum + 8
            case .birthDate: sum + 4
            case .sameName: sum + 2
            case .nickname, .firstLetters: sum + 1
            case .typo, .age, .description, .initials: sum
            }
        }
    }

    private func newest(_ key: String) throws(SQLiteError) -> [Int64] {
        let statement = try connection.statement(
            "SELECT record FROM search_key WHERE community = ? AND key = ? ORDER BY record DESC LIMIT ?")
        try statement.bind(1, community)
        try statement.bind(2, key)
        try statement.bind(3, DuplicateQuestion.recordsMax)
        return try records(statement)
    }

    /// Of the newest records with that birth date those with the key.
    private func bornThatDay(_ birth: BirthDate, _ key: String) throws(SQLiteError) -> [Int64] {
        let statement = try connection.statement(
            """
            SELECT record FROM
                (SELECT record FROM identity WHERE birth = ? AND birth_quality = 1 ORDER BY record DESC LIMIT 1024)
                AS born
            WHERE EXISTS
                (SELECT 1 FROM search_key AS found
                WHERE found.community = ? AND found.key = ? AND found.record = born.record)
            LIMIT ?
            """)
        try statement.bind(1, Int64(birth.date.dayNumber))
        try statement.bind(2, community)
        try statement.bind(3, key)
        try statement.bind(4, DuplicateQuestion.recordsMax)
        return try records(statement)
    }

    private func records(_ statement: Statement) throws(SQLiteError) -> [Int64] {
        var records: [Int64] = []
        try statement.forEach { row throws(SQLiteError) in records.append(row.int64(0)) }
        return records
    }
}
