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
    /// orders, and no birth date that contradicts.
    ///
    /// A name of one word alone says little: there the birth dates have to be the same. Every intake asks this, so that
    /// it looks up points only, and of a very common name no more than a bounded number of records.
    ///
    /// - Parameters:
    ///   - besides: the record of the intake itself, if it was written already.
    ///   - may: whether the caller may know of a person; who may not be known of, is as if they were not there.
    package func possibleDuplicates(
        of identity: IdentityDetails, birth: BirthDate?, externalIDs: [ExternalID],
        in community: Int64, besides: PersonID? = nil, limit: Int = 5, may: (PersonID) throws -> Bool
    ) throws -> [PossibleDuplicate] {
        let question = DuplicateQuestion(
            connection: connection, community: community, name: SearchableName(identity), birth: birth)
        let (sameNumber, sameName) = try translatingErrors { () throws(SQLiteError) in
            (try question.records(externalIDs), try question.recordsOfSameName())
        }
        var found: [PossibleDuplicate] = []
        for record in Set(sameNumber + sameName) where PersonID(record) != besides {
            let person = PersonID(record)
            guard try may(person) else { continue }
            let who = try translatingErrors { () throws(SQLiteError) in try standingIdentity(of: person) }
            let reasons = question.reasons(who.identity, who.birth, hasSameNumber: sameNumber.contains(record))
            if !reasons.isEmpty { found.append(PossibleDuplicate(person: person, reasons: reasons)) }
        }
        found.sort { left, right in
            let (leftWeight, rightWeight) = (DuplicateQuestion.weight(left), DuplicateQuestion.weight(right))
            return leftWeight != rightWeight ? leftWeight > rightWeight : left.person < right.person
        }
        return Array(found.prefix(limit))
    }
}

/// Looks for the same person under another record.
private struct DuplicateQuestion {
    /// Records of one name or number that are looked at.
    private static let recordsMax = 64
    /// Numbers of an intake that are looked at.
    private static let numbersMax = 16

    let connection: Connection
    let community: Int64
    let name: SearchableName
    let birth: BirthDate?
    private let canonical: String?

    init(connection: Connection, community: Int64, name: SearchableName, birth: BirthDate?) {
        self.connection = connection
        self.community = community
        self.name = name
        self.birth = birth
        canonical = name.canonical(NicknameFile.nicknames)
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
            let births = try BirthTable(connection: connection).births(of: record)
            if births.isEmpty || births.contains(where: { !$0.contradicts(birth) }) { fitting.append(record) }
        }
        return fitting
    }

    func reasons(_ identity: IdentityDetails, _ born: BirthDate?, hasSameNumber: Bool) -> [MatchReason] {
        var reasons: [MatchReason] = hasSameNumber ? [.externalID] : []
        let isSameBirth = birth != nil && birth?.quality == .full && birth == born
        let contradicts = birth.flatMap { birth in born.map(birth.contradicts) } ?? false
        let other = SearchableName(identity)
        if let canonical, !contradicts, canonical == other.canonical(NicknameFile.nicknames),
            name.sorted.count > 1 || isSameBirth
        {
            reasons.append(name.sorted == other.sorted ? .sameName : .nickname)
        }
        if isSameBirth, !reasons.isEmpty { reasons.append(.birthDate) }
        return reasons
    }

    /// What speaks more strongly comes first: a number, then the birth date, then the name as it is.
    static func weight(_ duplicate: PossibleDuplicate) -> Int {
        duplicate.reasons.reduce(0) { sum, reason in
            switch reason {
            case .externalID: sum + 8
            case .birthDate: sum + 4
            case .sameName: sum + 2
            case .nickname: sum + 1
            case .typo, .age, .description: sum
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
