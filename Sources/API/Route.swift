package import HTTP

/// One thing that can be asked, declared together with who may ask it: there is no initialiser without.
///
/// A class: every request takes hold of one, and not of each text in it.
package final class Route: Sendable {
    package let method: Method
    package let pattern: String
    let access: Access
    package let takes: Body
    /// Why people are shown by this route, as the access log keeps it.
    let purpose: String
    /// Whether the first name in the path is that of a community; elsewhere the token says which.
    let namesCommunity: Bool
    /// The media types of its answers, one of which a client has to take; of its problems it is not asked.
    let forms: [String]
    /// Whether it sees itself to what the request's preconditions say; else it is only read, or has no representation
    /// that a precondition could name.
    let asksPreconditions: Bool

    /// Who may ask, and what answers.
    enum Access: Sendable {
        /// Anybody: nothing of any community is in the answer.
        case anybody(@Sendable (Service, Request) async throws -> Response)
        /// Bearers of a token of the community in the path whose role has the permission.
        case bearers(Permission, @Sendable (Service, Call) async throws -> Response)
    }

    /// What a request has to carry.
    package enum Body: Sendable {
        case nothing
        case json
        /// JSON that adds facts: with a key by which a retry is known for one.
        case jsonOnce
        /// JSON as a form tool sends it, with a name of its own for the same purpose.
        case submission
    }

    init(
        _ method: Method, _ pattern: String, asksPreconditions: Bool = false, form: String = "text/plain",
        anybody endpoint: @escaping @Sendable (Service, Request) async throws -> Response
    ) {
        self.method = method
        self.pattern = pattern
        namesCommunity = pattern.contains("{community}")
        access = .anybody(endpoint)
        takes = .nothing
        purpose = "none"
        forms = [form]
        self.asksPreconditions = asksPreconditions
    }

    init(
        _ method: Method, _ pattern: String, _ permission: Permission, takes: Body = .nothing, purpose: String,
        asksPreconditions: Bool = false, forms: [String] = ["application/json"],
        _ endpoint: @escaping @Sendable (Service, Call) async throws -> Response
    ) {
        self.method = method
        self.pattern = pattern
        namesCommunity = pattern.contains("{community}")
        access = .bearers(permission, endpoint)
        self.takes = takes
        self.purpose = purpose
        self.forms = forms
        self.asksPreconditions = asksPreconditions
    }

    /// What the route's bearers may do; `nil` where anybody may ask.
    package var permission: Permission? {
        guard case .bearers(let permission, _) = access else { return nil }
        return permission
    }
}
