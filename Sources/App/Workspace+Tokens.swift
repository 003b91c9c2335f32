import API
package import ByNameList
import CivilTime
package import Store

extension Workspace {
    /// Writes down that the community has such an agency, or what it does from now on.
    package func setAgency(_ name: String, kind: AgencyKind, in community: Community) throws {
        try store.change { transaction in try transaction.setAgency(name, kind: kind, in: community.id) }
    }

    /// Makes a token, which is nowhere kept: what is kept is its hash.
    package func makeToken(
        in community: Community, with others: [Community] = [], agency: String, user: String, role: Role, days: Int
    ) throws -> (id: Int64, token: String) {
        let token = Bearer.newToken()
        guard let hash = Bearer.hash(of: token.utf8) else { preconditionFailure("SHA-256 has 32 bytes") }
        let id = try store.change { transaction in
            let end = transaction.recorded.microseconds + Int64(days) * 86_400 * 1_000_000
            return try transaction.addToken(
                hash, in: community.id, with: others.map(\.id), agency: agency, user: user, role: role,
                expires: Instant(microseconds: end))
        }
        return (id, token)
    }
}
