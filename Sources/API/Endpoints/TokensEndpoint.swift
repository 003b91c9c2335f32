import ByNameList
import CivilTime
import HTTP
import JSON
import Store

/// Who may come in: tokens made, listed and ended by an administrator.
enum TokensEndpoint {
    static func list(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let tokens = try await service.store.ask { reader in try reader.tokens(of: call.community.id) }
        return Answers.json { object in
            object.array("tokens") { array in
                for token in tokens { write(token, &array) }
            }
        }
    }

    private static func write(_ token: TokenGrant, _ array: inout JSONWriter) {
        array.object { entry in
            entry.field("id", token.id)
            entry.field("role", token.caller.role.code)
            entry.field("agency", token.caller.agency)
            entry.field("user", token.user)
            entry.field("created", "\(token.created)")
            entry.field("expires", "\(token.expires)")
            entry.field("revoked", token.revoked.map { "\($0)" })
            entry.field("last_used", token.lastUsed.map { "\($0)" })
        }
    }

    /// Shown once: whoever did not hear the answer revokes the token that the list has more, and makes another.
    static func create(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let wish = try call.body { value, problems in problems.object(value) { read(&$0) } }
        let token = Bearer.newToken()
        guard let hash = Bearer.hash(of: token.utf8) else { throw Problem(.internalError) }
        let made = try await service.store.write { transaction in
            let end = transaction.recorded.microseconds + Int64(wish.days) * 86_400 * 1_000_000
            let expires = Instant(microseconds: end)
            let id = try transaction.addToken(
                hash, in: call.community.id, agency: wish.agency, user: wish.user, role: wish.role, expires: expires)
            return (id: id, expires: expires)
        }
        return Answers.json(201) { object in
            object.field("id", made.id)
            object.field("token", token)
            object.field("expires", "\(made.expires)")
        }
    }

    private struct Wish: Sendable {
        let agency: String
        let user: String
        let role: Role
        let days: Int
    }

    private static func read(_ fields: inout JSONFields) -> Wish? {
        let agency = fields.text("agency", must: AgenciesEndpoint.nameWords, AgenciesEndpoint.name)
        let user = fields.text("user", must: AgenciesEndpoint.nameWords, AgenciesEndpoint.name)
        let words = "be one of " + Role.allCases.map(\.code).joined(separator: ", ")
        let role = fields.text("role", must: words) { word in Role.allCases.first { $0.code == word } }
        let days = fields.optionalInteger("days", in: 1...3_650) ?? 365
        guard let agency, let user, let role else { return nil }
        return Wish(agency: agency, user: user, role: role, days: Int(days))
    }

    static func revoke(_ service: Service, _ call: Call) async throws -> Response {
        _ = try call.body { value, problems in problems.object(value) { _ in true } }
        guard call.captures.count > 1, let id = Int64(call.captures[1]) else { throw Problem(.noSuchResource) }
        let isDone = try await service.store.write { transaction in
            try transaction.revokeToken(id, in: call.community.id)
        }
        guard isDone else { throw Problem(.noSuchResource) }
        return Answers.json { object in object.field("revoked", id) }
    }

    /// The communities that the token is for.
    static func communities(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let found = service.store.live.codes.compactMap { service.store.live.community($0) }
        return Answers.json { object in
            object.array("communities") { array in
                for community in found where call.grant.opens(community.id) {
                    array.object { entry in
                        entry.field("community", community.code)
                        entry.field("name", community.name)
                        entry.field("zone", community.zone)
                    }
                }
            }
        }
    }
}
