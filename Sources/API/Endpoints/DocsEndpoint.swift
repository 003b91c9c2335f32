import HTTP
import JSON

/// The interface as pages for people.
enum DocsEndpoint {
    static func page(_ service: Service, _ request: Request) async throws -> Response { try whole.answer(to: request) }

    /// Where the `type` of a problem leads.
    static func problem(_ service: Service, _ request: Request) async throws -> Response {
        let name = String(decoding: request.head[request.path], as: UTF8.self).split(separator: "/").last ?? ""
        guard let answer = problems[String(name)] else { throw Problem(.noSuchResource) }
        return try answer.answer(to: request)
    }

    private static let document = DocsPage(document: OpenAPI.value)

    private static let whole = answer(document.page)

    private static let problems = Dictionary(
        uniqueKeysWithValues: ProblemType.allCases.map { ($0.rawValue, answer(document.page(of: $0))) })

    private static func answer(_ page: String) -> TaggedAnswer {
        TaggedAnswer(
            Response(
                200,
                fields: FieldLines([
                    "Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff",
                    "Content-Security-Policy": DocsStyle.policy, "Referrer-Policy": "no-referrer",
                ]), body: Array(page.utf8)))
    }
}
