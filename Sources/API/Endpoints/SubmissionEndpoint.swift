import ByNameList
import Crypto
import HTTP
import JSON
import Store

/// A submission of a form tool: an intake by the map of its form, or kept whole for a coordinator.
enum SubmissionEndpoint {
    static func submit(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let map = try await FormEndpoint.map(service, call)
        guard let submission = FormSubmission(try call.json()) else {
            throw Problem(.invalidFields, errors: [FieldProblem("", "must be an object")])
        }
        let mapped = MappedSubmission(submission, by: map, ids: call.ids, today: call.today)
        let request = request(submission, call)
        guard let body = mapped.intake else { return try await hold(mapped.problems, request, service, call) }
        let work = try await IntakeEndpoint.work(body, IntakeEndpoint.Author(call), service, call)
        do {
            return answer(try await service.answered(request, call, work))
        } catch let problem as Problem where problem.type == .invalidFields {
            return try await hold(mapped.problems(of: problem.errors), request, service, call)
        } catch let problem as Problem where problem.type == .noSuchPerson {
            try await service.note(refusal: problem, call)
            let unknown = FieldProblem("/person", "names nobody known to you")
            return try await hold(mapped.problems(of: [unknown]), request, service, call)
        }
    }

    /// What the receipt of a submission is found by: the form tool sends no Idempotency-Key.
    private static func request(_ submission: FormSubmission, _ call: Call) -> IdempotentRequest {
        // One that has no name is known by its bytes.
        let key =
            submission.key ?? "sha256-" + SHA256.hash(data: call.request.body).map { String($0, radix: 16) }.joined()
        return IdempotentRequest(
            community: call.community.id, actor: call.grant.origin.actor, route: route(call.captures[1]), key: key,
            bodyHash: submission.hash)
    }

    /// Under which the receipts of a form's submissions lie.
    static func route(_ form: String) -> String { "forms/submissions " + form }

    /// Keeps a refused submission, so that nothing is lost, and says what is wrong with it; a repeat is told the same.
    private static func hold(
        _ problems: [FieldProblem], _ request: IdempotentRequest, _ service: Service, _ call: Call
    ) async throws -> Response {
        let text = text(problems)
        // Who sends nothing personal has nothing personal kept: only that something was refused.
        let keeps = call.grant.caller.kind != .victimServices
        let content = keeps ? String(decoding: call.request.body, as: UTF8.self) : nil
        let form = call.captures[1]
        return answer(
            try await service.answered(request, call) { ledger in
                try ledger.hold(request, form: form, content: content, problems: text)
                return AnsweredOnce(status: 422, body: Array(text.utf8), people: [])
            })
    }

    private static func answer(_ answered: (answer: AnsweredOnce, isReplay: Bool)) -> Response {
        var response: Response
        if answered.answer.status == 422 {
            let detail = "It was kept for a coordinator, who hears of it: it need not be sent again."
            response = Problem(.invalidFields, detail, errors: problems(answered.answer.body)).response()
        } else {
            response = Answers.json(answered.answer.status, bytes: answered.answer.body)
        }
        if answered.isReplay { response.fields.add("Idempotent-Replayed", "true") }
        return response
    }

    // MARK: Problems as they are kept

    private static func text(_ problems: [FieldProblem]) -> String {
        var writer = JSONWriter()
        writer.array { array in
            for problem in problems {
                array.object { entry in
                    entry.field("pointer", problem.pointer)
                    entry.field("detail", problem.reason)
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func problems(_ text: [UInt8]) -> [FieldProblem] {
        guard let value = try? JSONValue(text), case .array(let elements) = value else { return [] }
        return elements.compactMap { element in
            guard case .string(let pointer)? = element["pointer"], case .string(let reason)? = element["detail"] else {
                return nil
            }
            return FieldProblem(pointer, reason)
        }
    }
}
