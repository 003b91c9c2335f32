import SQLite
import Threads

/// What memory holds of the record: the communities with their generations, and who may come in.
///
/// Published after each commit that changes it and before the answers of that commit leave, so that whoever has an
/// answer finds what it changed.
package final class LiveRecord: Sendable {
    private let communities = Guarded<[String: Community]>([:])
    private let grants = Guarded<[TokenHash: TokenGrant]>([:])
    private let names = Guarded<PublicIDs?>(nil)

    private let lastCommit = Guarded(true)

    /// Whether the last group of changes was kept.
    package var isLastCommitGood: Bool { lastCommit.with { $0 } }

    private let forgotten = Guarded(false)

    /// Nothing is known after a commit whose changes could not be read back.
    var isForgotten: Bool { forgotten.with { $0 } }

    func forget() {
        communities.with { $0 = [:] }
        grants.with { $0 = [:] }
        forgotten.with { $0 = true }
    }

    func note(isGood: Bool) { lastCommit.with { $0 = isGood } }

    /// The community of that number as of the last commit.
    package func community(id: Int64) -> Community? { communities.with { $0.values.first { $0.id == id } } }

    /// The community of that code as of the last commit.
    package func community(_ code: String) -> Community? { communities.with { $0[code] } }

    /// What the token of that hash is for, as of the last commit.
    package func grant(_ hash: TokenHash) -> TokenGrant? { grants.with { $0[hash] } }

    /// How people, facts and households are called outside; `nil` while there is no community.
    package var publicIDs: PublicIDs? { names.with { $0 } }

    package var codes: [String] { communities.with { $0.keys.sorted() } }

    func readEverything(_ connection: Connection) throws(SQLiteError) {
        try read(Set(try CommunityTable(connection: connection).communities().map(\.id)), connection)
        try readTokens(connection)
        forgotten.with { $0 = false }
    }

    func read(_ changed: Set<Int64>, _ connection: Connection) throws(SQLiteError) {
        for id in changed {
            guard let community = try CommunityTable(connection: connection).community(id) else { continue }
            communities.with { $0[community.code] = community }
        }
        guard publicIDs == nil else { return }
        let ids = try PublicIDs.read(connection)
        names.with { $0 = ids }
    }

    func readTokens(_ connection: Connection) throws(SQLiteError) {
        let found = try TokenTable(connection: connection).all()
        grants.with { $0 = Dictionary(uniqueKeysWithValues: found.map { ($0.hash, $0.grant) }) }
    }
}
