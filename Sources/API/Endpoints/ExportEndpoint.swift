import ByNameList
import CivilTime
import HTTP
import Store
import Views

/// A month that has ended, in the layouts in which others take it.
enum ExportEndpoint {
    static func builtForZeroUS(_ service: Service, _ call: Call) async throws -> Response {
        let bytes = try await ask(service, call) { question, reader, community, calendar in
            try question.builtForZero(reader, community: community, calendar: calendar)
        }
        return Answers.json(bytes: bytes)
    }

    static func caeh(_ service: Service, _ call: Call) async throws -> Response {
        let rows = try await ask(service, call) { question, reader, community, calendar in
            try question.caeh(reader, community: community, calendar: calendar)
        }
        guard MediaType.asksForCSV(call.request) else { return Answers.json(bytes: rows.json) }
        return Answers.csv(rows.csv)
    }

    private static func ask<Answer: Sendable>(
        _ service: Service, _ call: Call,
        _ read: @escaping @Sendable (ExportQuestion, Reader, Community, Calendar) throws -> Answer
    ) async throws -> Answer {
        let knownAt = try call.parameters { $0.knownAt(latest: call.latestKnown) }
        let calendar = service.store.calendar
        let month = try call.endedMonth(by: knownAt.map { calendar(call.community.zone, $0) } ?? call.today)
        let question = ExportQuestion(month: month, knownAt: knownAt, now: call.startOfToday(calendar))
        return try await service.store.ask(isSlow: knownAt != nil) { reader in
            try read(question, reader, try reader.community(call.community.code), calendar)
        }
    }
}
