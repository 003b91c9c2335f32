import ByNameList
import Foundation
import SQLite
import Store

/// A record with people to search for.
extension TrialStore {
    /// Somebody new of that identity.
    @discardableResult
    func add(
        _ identity: IdentityDetails, birth: BirthDate? = nil, to other: Origin? = nil
    ) throws -> PersonID {
        let origin = other ?? origin
        return try store.change { transaction in
            let person = try transaction.newPerson(in: origin.community)
            try transaction.append(TrialStore.identity(identity, birth, person), from: origin)
            return person
        }
    }

    /// Somebody new of that given and family name.
    @discardableResult
    func add(_ given: String?, _ family: String? = nil, birth: BirthDate? = nil) throws -> PersonID {
        try add(IdentityDetails(givenName: given, familyName: family), birth: birth)
    }

    /// A further fact about who somebody is.
    @discardableResult
    func say(
        _ identity: IdentityDetails, birth: BirthDate? = nil, of person: PersonID, replacing former: FactID? = nil
    ) throws -> FactID {
        let origin = origin
        return try store.change { transaction in
            try transaction.append(TrialStore.identity(identity, birth, person, replacing: former), from: origin)
        }
    }

    func void(_ fact: FactID, of person: PersonID) throws -> FactID {
        let origin = origin
        return try store.change { transaction in
            try transaction.append(NewFact(.void(fact), about: person), from: origin)
        }
    }

    func firstFact(of person: PersonID) throws -> FactID {
        try store.read { reader in try reader.facts(of: person)[0].id }
    }

    func search(
        _ question: PersonSearch, in community: Int64? = nil, limit: Int = 20,
        may: @escaping @Sendable (PersonID) -> Bool = { _ in true }
    ) throws -> [FoundPerson] {
        let community = community ?? origin.community
        return try store.read { reader in try reader.search(question, in: community, limit: limit, may: may) }
    }

    /// The numbers of those who answer to a name, in order.
    func search(_ name: String) throws -> [PersonID] { try search(PersonSearch(name: name)).map(\.person) }

    func duplicates(
        of identity: IdentityDetails, birth: BirthDate? = nil, externalIDs: [ExternalID] = [],
        besides: PersonID? = nil, may: @escaping @Sendable (PersonID) -> Bool = { _ in true }
    ) throws -> [PossibleDuplicate] {
        let community = origin.community
        let numbers = externalIDs
        return try store.read { reader in
            try reader.possibleDuplicates(
                of: identity, birth: birth, externalIDs: numbers, in: community, besides: besides, may: may)
        }
    }

    /// The first column of all rows.
    func texts(_ sql: String) throws -> [String] {
        let connection = try Connection(path: folder.databasePath, mode: .readOnly, applicationID: 0x424E_4C31)
        var found: [String] = []
        try connection.prepare(sql).forEach { row in found.append(row.string(0)) }
        return found
    }

    /// Changes the file behind the program's back.
    func execute(_ sql: String) throws {
        close()
        let connection = try Connection(path: folder.databasePath, mode: .readWriteCreate, applicationID: 0x424E_4C31)
        try connection.execute(sql)
    }

    private static func identity(
        _ identity: IdentityDetails, _ birth: BirthDate?, _ person: PersonID, replacing former: FactID? = nil
    ) -> NewFact {
        NewFact(
            .identity(named: identity.isNamed, birth: birth), about: person, replaces: former, identity: identity)
    }
}
