import ByNameList
import CivilTime
package import HTTP
package import Store

/// What stands behind the server: finds the route, lets in who may come in, and puts failures into words.
package final class Service: Handler {
    package let store: Store
    package let cache: AnswerCache
    package let metrics: Metrics
    private let clock: Clock
    /// Its endpoints are places in `Routes.all`.
    private let router: Router
    private let rates: Rates
    private let forwarded: Forwarded
    private let origins: Origins
    package let bodyBytesMax: Int
    private let log: @Sendable (Exchange, _ loop: Int) -> Void
    private let complain: @Sendable (_ request: UInt64, _ error: any Error) -> Void

    /// - Parameters:
    ///   - log: hears of every answer, on the loop of its connection; it must not wait.
    ///   - complain: hears of every failure that is ours, with the number of its request.
    package init(
        store: Store, clock: @escaping Clock, loops: Int, settings: ServiceSettings = ServiceSettings(),
        log: @escaping @Sendable (Exchange, _ loop: Int) -> Void,
        complain: @escaping @Sendable (_ request: UInt64, _ error: any Error) -> Void
    ) {
        self.store = store
        self.clock = clock
        self.log = log
        self.complain = complain
        bodyBytesMax = settings.bodyBytesMax
        rates = Rates(settings.rates)
        forwarded = Forwarded(proxies: settings.proxies)
        origins = settings.origins
        cache = AnswerCache(bytesMax: settings.cacheBytesMax)
        metrics = Metrics(loops: loops)
        var router = Router()
        for (place, route) in Routes.all.enumerated() { router.add(route.method, route.pattern, place) }
        self.router = router
    }

    package func admit(_ head: Request) -> Admission {
        do {
            let (route, captures) = try route(of: head)
            switch route.access {
            case .anybody: break
            case .bearers(let permission, _): _ = try authorize(head, route, permission, captures)
            }
            guard route.takes != .nothing else { return .accepted(bodyBytesMax: min(bodyBytesMax, 65_536)) }
            try checkForm(of: head)
            return .accepted(bodyBytesMax: bodyBytesMax)
        } catch {
            var refusal = problem(error, head, route: pattern(of: head))
            origins.mark(&refusal, to: head)
            return .refused(refusal)
        }
    }

    package func answer(_ request: Request) async -> Response {
        var response: Response
        do {
            let (route, captures) = try route(of: request)
            do {
                response = try await answer(request, route, captures)
                response.route = route.pattern
            } catch {
                response = problem(error, request, route: route.pattern)
            }
        } catch {
            response = problem(error, request, route: pattern(of: request))
        }
        if !origins.isEmpty { origins.mark(&response, to: request) }
        return response
    }

    package func refusal(_ status: Int, reason: StaticString) -> Response {
        Problem(ProblemType(serverStatus: status), "\(reason)").response(closes: true)
    }

    package func finished(_ exchange: Exchange, onLoop loop: Int) {
        metrics.count(exchange, onLoop: loop)
        log(exchange, loop)
    }

    // MARK: Steps

    private func answer(_ request: Request, _ route: Route, _ captures: [Range<Int>]) async throws -> Response {
        if request.isChoosy, route.forms.allSatisfy({ MediaType.isRefused($0, by: request) }) {
            throw Problem(.notAcceptable, "The answer is \(route.forms.joined(separator: " or ")).")
        }
        let response: Response
        switch route.access {
        case .anybody(let endpoint):
            response = try await endpoint(self, request)
        case .bearers(let permission, let endpoint):
            let call = try authorize(request, route, permission, captures)
            try checkSearches(call)
            if route.takes != .nothing { try checkForm(of: request) }
            if route.method != .get, !route.asksPreconditions { try Preconditions.check(request, etag: nil) }
            do {
                response = try await endpoint(self, call)
            } catch let problem as Problem where problem.hidesSomebody {
                try await note(refusal: problem, call)
                throw problem
            }
        }
        return route.asksPreconditions ? response : try tagged(response, request)
    }

    /// Whoever asks for somebody whom they may not see, or who is not there, is written down either way: so both take
    /// alike long, too.
    func note(refusal problem: Problem, _ call: Call) async throws {
        let disclosure = call.disclosure("refused")
        let asked = problem.subject.map { .person($0) } ?? call.asked
        try await store.write { transaction in try transaction.logRefusal(disclosure, of: asked) }
    }

    /// Every representation has its tag, and whoever has it already is spared it.
    private func tagged(_ response: Response, _ request: Request) throws -> Response {
        guard response.status == 200, request.method == .get || request.method == .head else { return response }
        return try TaggedAnswer(response).answer(to: request)
    }

    private func checkSearches(_ call: Call) throws {
        guard call.route.permission == .searchPeople, let seconds = rates.search(call.grant.id, at: call.now) else {
            return
        }
        throw Problem.tooMany("Too many searches with this token", retryAfter: seconds)
    }

    private func route(of request: Request) throws -> (Route, [Range<Int>]) {
        // No tunnels (RFC 9110 §9.3.6).
        if request.method == .connect { throw Problem(.notImplemented, "This server makes no tunnels.") }
        switch router.match(request) {
        case .found(let place, let captures): return (Routes.all[place], captures)
        case .otherMethods(let methods): throw Self.methodNotAllowed(methods)
        // What came would be sent back, credentials and all: no resource does that (RFC 9110 §9.3.8).
        case .nothing where request.method == .trace: throw Self.methodNotAllowed([.options])
        case .nothing: throw Problem(.noSuchResource)
        }
    }

    private static func methodNotAllowed(_ methods: [Method]) -> Problem {
        let allowed = methods.map(\.rawValue).joined(separator: ", ")
        var problem = Problem(.methodNotAllowed, "The resource has these methods: \(allowed).")
        problem.fields.add("Allow", allowed)
        return problem
    }

    private func pattern(of request: Request) -> String { (try? route(of: request))?.0.pattern ?? "-" }

    /// What the request's token is for.
    ///
    /// A form tool can send it as a password only; that is taken of a proxy alone, which speaks TLS with the tool.
    private func grant(of request: Request, _ route: Route, at now: Instant) -> TokenGrant? {
        if let grant = Bearer.grant(of: request, in: store.live, at: now) { return grant }
        guard case .submission = route.takes, forwarded.proxies.contains(request.peer) else { return nil }
        let password = BasicCredentials.password(of: request)
        return password.flatMap { Bearer.hash(of: $0) }.flatMap { store.live.grant($0, usedAt: now) }
    }

    /// Who asks, of which community; whoever may not is told nothing of what is there.
    private func authorize(
        _ request: Request, _ route: Route, _ permission: Permission, _ captures: [Range<Int>]
    ) throws -> Call {
        let now = clock()
        guard let grant = grant(of: request, route, at: now) else {
            if let seconds = rates.failure(forwarded.client(of: request), at: now) {
                throw Problem.tooMany("Too many requests without a good token", retryAfter: seconds)
            }
            throw Problem(.unknownToken, "Send Authorization: Bearer with a token that is neither expired nor revoked.")
        }
        // A body was let in by its head, which was counted.
        if request.body.isEmpty, let seconds = rates.request(grant.id, at: now) {
            throw Problem.tooMany("Too many requests with this token", retryAfter: seconds)
        }
        var names: [String] = []
        for place in captures {
            guard let name = PercentEncoding.decoded(request.head[place]) else { throw Problem(.noSuchResource) }
            names.append(name)
        }
        let own = grant.origin.community
        let community =
            route.namesCommunity ? names.first.flatMap { store.live.community($0) } : store.live.community(id: own)
        guard let community, grant.opens(community.id), let ids = store.live.publicIDs else {
            throw Problem(.noSuchResource)
        }
        let relation = permission.relation(of: grant.caller.role)
        guard relation != .nobody else {
            throw Problem(.notYourRole, "The role \(grant.caller.role.code) has no permission for this.")
        }
        return Call(
            request: request, route: route, captures: names, grant: grant, community: community, relation: relation,
            now: now, today: store.calendar(community.zone, now), ids: ids)
    }

    /// JSON and nothing else, unpacked (RFC 9110 §8.3, §8.4).
    private func checkForm(of request: Request) throws {
        let isFramed = request.count("content-length") + request.count("transfer-encoding") > 0
        guard isFramed || !request.body.isEmpty else {
            throw Problem(.lengthRequired, "Send the body with Content-Length, or in chunks.")
        }
        guard request.count("content-type") == 1, let type = request.value("content-type"), MediaType.isJSON(type)
        else {
            var problem = Problem(.unsupportedMediaType, "Send Content-Type: application/json.")
            problem.fields.add("Accept", "application/json")
            throw problem
        }
        guard request.count("content-encoding") == 0 else {
            // RFC 9110 §12.5.3; what is not unpacked cannot swell.
            var problem = Problem(.unsupportedMediaType, "Send the body without Content-Encoding.")
            problem.fields.add("Accept-Encoding", "identity")
            throw problem
        }
    }

    private func problem(_ error: any Error, _ request: Request, route: String) -> Response {
        if request.method == .options, request.head[request.path].elementsEqual("*".utf8) {
            return Response(204, fields: FieldLines(["Allow": "GET, HEAD, POST, PUT, PATCH, OPTIONS"]), route: "*")
        }
        if request.method == .options, let problem = error as? Problem, problem.type == .methodNotAllowed {
            return Response(204, fields: problem.fields, route: route)
        }
        var problem = Problem(describing: error)
        if problem.type.status >= 500, problem.type != .notImplemented {
            complain(request.id, error)
            problem.requestID = request.id
        }
        return problem.response(route: route, closes: request.method == .connect)
    }
}
