package import ByNameList
import SQLite

/// Somebody who was found, with what a worker tells people apart by.
package struct SearchMatch: Sendable {
    package let found: FoundPerson
    package let identity: IdentityDetails
    package let birth: BirthDate?
}

extension Reader {
    /// Who was found, described.
    package func matches(_ found: [FoundPerson]) throws(StoreError) -> Withheld<[SearchMatch]> {
        try translatingErrors { () throws(SQLiteError) in
            var matches: [SearchMatch] = []
            for found in found {
                let who = try standingIdentity(of: found.person)
                matches.append(SearchMatch(found: found, identity: who.identity, birth: who.birth))
            }
            return Withheld(matches, about: found.map(\.person))
        }
    }
}
