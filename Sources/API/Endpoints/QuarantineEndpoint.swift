import ByNameList
import HTTP
import JSON
import Store

/// Submissions that were refused, for a coordinator to look at and to settle.
enum QuarantineEndpoint {
    /// Those that wait, and what was wrong with each; nothing of what they say.
    static func list(_ service: Service, _ call: Call) async throws -> Response {
        let after = try call.parameters { parameters in
            parameters.optional("cursor", must: "be the cursor of a page before", PageCursor.entry)
        }
        guard let form = try await FormEndpoint.recorded(service, call) else { throw Problem(.noSuchResource) }
        let limit = 100
        let page = try await service.store.ask { reader in
            try reader.held(of: form.code, in: call.community.id, after: after ?? 0, limit: limit)
        }
        return Answers.json { object in
            object.array("submissions") { array in
                for submission in page { array.object { write(submission, call, &$0) } }
            }
            object.field("next", page.count == limit ? page.last.map { PageCursor.text(ofEntry: $0.number) } : nil)
        }
    }

    /// One of them as it came; who has looked at it is written down.
    static func submission(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let (held, withheld) = try await held(service, call)
        let content = try await service.store.handOut(withheld, to: call.disclosure("quarantine"))
        return Answers.json { object in
            write(held, call, &object)
            object.field("content", content.flatMap { try? JSONValue(Array($0.utf8)) })
        }
    }

    /// Reads it by the map as it is now; what is still wrong is told, and it waits on.
    static func retry(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let (held, withheld) = try await held(service, call)
        guard held.state == .waits else { return state(held.state, held, call) }
        let map = try await FormEndpoint.map(service, call)
        guard let submission = withheld.read(FormSubmission.init(text:)) else {
            throw Problem(.invalidFields, "Its text was not kept: whoever sent it has to send it again.")
        }
        let mapped = MappedSubmission(submission, by: map, ids: call.ids, today: call.today)
        guard let body = mapped.intake else { throw Problem(.invalidFields, errors: mapped.problems) }
        // As the sender's own: the agency that sent it serves the person, and the answer is the sender's to hear.
        let work = try await IntakeEndpoint.work(body, IntakeEndpoint.Author(senderOf: held), service, call)
        let request = IdempotentRequest(
            community: call.community.id, actor: held.origin.actor, route: SubmissionEndpoint.route(held.form),
            key: held.key, bodyHash: held.bodyHash)
        do {
            let isSettled = try await service.store.write { transaction in
                guard try transaction.settle(held, as: .admitted) else { return false }
                let answered = try work(CommunityLedger(transaction, origin: held.origin))
                try transaction.keep(Receipt(request, answer: KeptAnswer(answered).text(call.ids)))
                return true
            }
            return isSettled ? state(.admitted, held, call) : try await retry(service, call)
        } catch let problem as Problem where problem.type == .invalidFields {
            throw Problem(.invalidFields, errors: mapped.problems(of: problem.errors))
        }
    }

    /// Throws it away: a repeat is answered as the first time.
    static func discard(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let (found, _) = try await held(service, call)
        let isSettled = try await service.store.write { transaction in
            try transaction.settle(found, as: .discarded)
        }
        if isSettled { return state(.discarded, found, call) }
        let settled = try await held(service, call).submission
        return state(settled.state, settled, call)
    }

    // MARK: Parts

    private static func held(
        _ service: Service, _ call: Call
    ) async throws -> (submission: HeldSubmission, content: Withheld<String?>) {
        guard let form = try await FormEndpoint.recorded(service, call), call.captures.count > 2,
            let number = call.ids.submission(call.captures[2]),
            let held = try await service.store.ask({ reader in
                try reader.held(number, of: form.code, in: call.community.id)
            })
        else { throw Problem(.noSuchResource) }
        return held
    }

    private static func state(_ state: HeldSubmission.State, _ held: HeldSubmission, _ call: Call) -> Response {
        Answers.json { object in
            object.field("submission", call.ids.text(ofSubmission: held.number))
            object.field("state", state.code)
        }
    }

    private static func write(_ held: HeldSubmission, _ call: Call, _ object: inout JSONWriter) {
        object.field("submission", call.ids.text(ofSubmission: held.number))
        object.field("agency", held.agency)
        object.field("recorded", "\(held.recorded)")
        object.field("state", held.state.code)
        object.field("errors", (try? JSONValue(Array(held.problems.utf8))) ?? .array([]))
    }
}

extension FormSubmission {
    /// `nil` where there is none.
    fileprivate init?(text: String?) {
        guard let text, let value = try? JSONValue(Array(text.utf8)) else { return nil }
        self.init(value)
    }
}
