import ByNameList
import HTTP
import Store
import Views

/// Whether months balance, as flat rows.
enum ReliabilityEndpoint {
    static func rows(_ service: Service, _ call: Call) async throws -> Response {
        let read = try call.parameters { parameters in
            (
                months: parameters.months(), population: parameters.population(),
                unit: parameters.unit() ?? .persons, knownAt: parameters.knownAt(latest: call.latestKnown)
            )
        }
        let calendar = service.store.calendar
        let asOf = read.knownAt.map { calendar(call.community.zone, $0) } ?? call.today
        let page = try call.monthPage(read.months.from, read.months.to, of: read.population, by: asOf)
        let rows = try await service.store.ask(isSlow: read.knownAt != nil) { reader in
            try ReliabilityQuestion(
                months: page.months, population: read.population, unit: read.unit, asOf: asOf, knownAt: read.knownAt,
                now: call.startOfToday(calendar)
            ).rows(
                reader, community: try reader.community(call.community.code), calendar: calendar)
        }
        let next = page.link(
            call.request,
            [
                ("population", read.population), ("unit", read.unit.code),
                ("known_at", read.knownAt.map { "\($0)" }),
            ])
        return Answers.json(bytes: FlatRows(rows, next: next).json)
    }
}
