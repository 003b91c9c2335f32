package import CivilTime
import SQLite
import Threads

/// What memory holds of the record: the communities with their generations, and who may come in.
///
/// Published after each commit that changes it and before the answers of that commit leave, so that whoever has an
/// answer finds what it changed.
package final class LiveRecord: Sendable {
    private let communities = Guarded<[String: Community]>([:])
    private let doors = Guarded(Doors())
    private let names = Guarded<PublicIDs?>(nil)

    /// Who may come in, and who did since the uses were last written down.
    private struct Doors {
        var grants: [TokenHash: TokenGrant] = [:]
        var uses: [Int64: Instant] = [:]
    }

    private let state = Guarded(WritingState.good)

    /// Whether changes are kept, as of the last group of them.
    package var writing: WritingState { state.with { $0 } }

    private let forgotten = Guarded(false)

    /// Nothing is known after a commit whose changes could not be read back.
    var isForgotten: Bool { forgotten.with { $0 } }

    func forget() {
        communities.with { $0 = [:] }
        doors.with { $0.grants = [:] }
        forgotten.with { $0 = true }
    }

    private let committed = Guarded(0)

    /// Groups of changes that were kept since the start.
    var commits: Int { committed.with { $0 } }

    func countCommit() { committed.with { $0 += 1 } }

    /// Nothing but a new start ends the state `stopped`.
    func note(_ new: WritingState) {
        state.with { state in
            if state != .stopped { state = new }
        }
    }

    /// The community of that number as of the last commit.
    package func community(id: Int64) -> Community? { communities.with { $0.values.first { $0.id == id } } }

    /// The community of that code as of the last commit.
    package func community(_ code: String) -> Community? { communities.with { $0[code] } }

    /// What the token of that hash is for, as of the last commit.
    package func grant(_ hash: TokenHash) -> TokenGrant? { doors.with { $0.grants[hash] } }

    /// What the token of that hash is for, if it opens anything then; that it was used is remembered.
    package func grant(_ hash: TokenHash, usedAt now: Instant) -> TokenGrant? {
        doors.with { doors in
            guard let grant = doors.grants[hash], grant.isValid(at: now) else { return nil }
            // To the minute: a poll a second is no reason to write each time.
            let last = doors.uses[grant.id] ?? grant.lastUsed
            if last.map({ now.seconds - $0.seconds >= 60 }) ?? true { doors.uses[grant.id] = now }
            return grant
        }
    }

    /// Hands over when tokens were used, to be written down.
    package func takeUses() -> [Int64: Instant] {
        doors.with { doors in
            defer { doors.uses = [:] }
            return doors.uses
        }
    }

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
        doors.with { $0.grants = Dictionary(uniqueKeysWithValues: found.map { ($0.hash, $0.grant) }) }
    }
}
