import ByNameList
import CivilTime
import HTTP
import JSON
import Store

/// The by-name list itself: who is actively homeless, page by page.
enum ListEndpoint {
    static func list(_ service: Service, _ call: Call) async throws -> Response {
        let asked = try call.parameters { Question(&$0, call) }
        let knownAt = asked.knownAt
        let today = knownAt.map { service.store.calendar(call.community.zone, $0) } ?? call.today
        guard asked.order == .record || asked.day == nil || asked.day == today else {
            throw Problem(
                .invalidFields,
                errors: [FieldProblem("as_of", "must be absent: what is to come is projected from today only")])
        }
        let asOf = asked.day.map { min($0, today) } ?? today
        let withheld = try await service.store.ask(isSlow: knownAt != nil) { reader in
            let community = try reader.community(call.community.code)
            let populations = try reader.policy(of: community, knownAt: knownAt).populations
            let population = try populations.named(asked.population ?? Population.all.code)
            let stated = call.stated(knownAt, community.changed, service.store.calendar)
            return try page(reader, community, population, asked, asOf, call).rendered {
                answer($0, population, populations, asOf, stated, call)
            }
        }
        return try await service.store.handOut(withheld, to: call.disclosure("list"))
    }

    private struct Question {
        let population: String?
        let day: CivilDate?
        let order: ListOrder
        let after: ListPlace?
        let knownAt: Instant?

        init(_ parameters: inout Parameters, _ call: Call) {
            let sort = parameters.optional("sort", must: "be record or projected_chronic", ListOrder.init(rawValue:))
            let order = sort ?? .record
            self.order = order
            population = parameters.population()
            day = parameters.date("as_of")
            after = parameters.optional("cursor", must: "be the cursor of a page before") {
                PageCursor.place($0, order: order, ids: call.ids)
            }
            knownAt = parameters.knownAt(latest: call.latestKnown)
        }
    }

    private static func page(
        _ reader: Reader, _ community: Community, _ population: Population, _ asked: Question, _ asOf: CivilDate,
        _ call: Call
    ) throws -> Withheld<ListPage> {
        let sight = { person in try call.sight(of: person, reader, knownAt: asked.knownAt) }
        guard let knownAt = asked.knownAt else {
            return try reader.activeList(
                of: community, population: population, on: asOf, by: asked.order, after: asked.after,
                sight: sight)
        }
        return try reader.activeList(
            of: community, population: population, on: asOf, by: asked.order, after: asked.after,
            knownAt: knownAt, sight: sight)
    }

    private static func answer(
        _ page: ListPage, _ population: Population, _ populations: [Population], _ asOf: CivilDate,
        _ knownAt: Instant, _ call: Call
    ) -> Response {
        Answers.json { object in
            object.field("as_of", "\(asOf)")
            object.field("known_at", "\(knownAt)")
            object.field("population", population.code)
            object.array("people") { array in
                for entry in page.entries { write(entry, populations, call, days: asOf - entry.activeSince, &array) }
            }
            object.field("next", page.next.map { PageCursor.text(of: $0, ids: call.ids) })
        }
    }

    private static func write(
        _ entry: ListEntry, _ populations: [Population], _ call: Call, days: Int, _ array: inout JSONWriter
    ) {
        array.object { person in
            person.field("person", call.ids.text(of: entry.person))
            ProfileAnswer.profile(entry.identity, entry.birth, &person)
            person.field("is_code_only", entry.sight == .codeOnly)
            person.field("active_since", "\(entry.activeSince)")
            person.field("days_active", days)
            person.field("populations", populations.of(entry.spell.populations).map(\.code))
            person.field("projected_chronic", entry.projectedChronic.map { "\($0)" })
        }
    }
}
