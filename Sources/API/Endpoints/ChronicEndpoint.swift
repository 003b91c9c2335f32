import ByNameList
import CivilTime
import HTTP
import JSON
import ShippedConfig
import Store
import Views

/// Chronic homelessness: the verdicts on a person, and on stays that nobody has recorded.
enum ChronicEndpoint {
    static func person(_ service: Service, _ call: Call) async throws -> Response {
        let (knownAt, day) = try call.parameters { parameters in
            (
                parameters.knownAt(latest: call.latestKnown),
                parameters.optional("as_of", must: ChronicCase.dayWords, ChronicCase.day)
            )
        }
        let today = knownAt.map { service.store.calendar(call.community.zone, $0) } ?? call.today
        let asOf = day.map { min($0, today) } ?? today
        let person = try call.person()
        let withheld = try await service.store.ask { reader in
            let sight = try call.sight(of: person, reader, knownAt: knownAt)
            guard sight > .nothing else { throw Problem(.noSuchPerson) }
            return try page(
                of: person, reader, call, asOf: asOf, knownAt: knownAt, sight
            ).rendered { answer($0, call.stated(knownAt, $0.knownAt, service.store.calendar), call) }
        }
        return try await service.store.handOut(withheld, to: call.disclosure("chronic"))
    }

    private static func page(
        of person: PersonID, _ reader: Reader, _ call: Call, asOf: CivilDate, knownAt: Instant?, _ sight: Sight
    ) throws -> Withheld<ChronicPage> {
        do {
            return try reader.chronicPage(
                of: person, in: try reader.community(call.community.code), rules: ChronicRuleDocument.shipped,
                asOf: asOf, knownAt: knownAt, sight: sight,
                mayShow: { try call.sight(of: $0, reader, knownAt: knownAt) == .everything })
        } catch StoreError.notFound {
            throw Problem(.noSuchPerson)
        }
    }

    private static func answer(_ page: ChronicPage, _ knownAt: Instant, _ call: Call) -> Response {
        Answers.json { object in
            object.field("person", call.ids.text(of: page.person))
            object.field("known_at", "\(knownAt)")
            ChronicAnswer(page, names: RecordNames(call.ids)).write(to: &object)
        }
    }

    /// A what-if: nothing is read from the record, and nothing kept.
    static func evaluate(_ service: Service, _ call: Call) async throws -> Response {
        try call.parameters { _ in () }
        let asked = try call.body { value, problems in ChronicCase(value, problems) }
        // Thousands of stays take longer than a loop may be held.
        return try await service.store.ask { _ in Answers.json { object in asked.answer(to: &object) } }
    }
}
