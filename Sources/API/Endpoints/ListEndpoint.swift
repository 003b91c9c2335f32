import ByNameList
import CivilTime
import HTTP
import JSON
import Store

/// The by-name list itself: who is actively homeless, page by page.
enum ListEndpoint {
    static func list(_ service: Service, _ call: Call) async throws -> Response {
        let (population, day, order, after) = try call.parameters { parameters in
            let sort = parameters.optional("sort", must: "be record or projected_chronic", ListOrder.init(rawValue:))
            let order = sort ?? .record
            return (
                parameters.population(), parameters.date("as_of"), order,
                parameters.optional("cursor", must: "be the cursor of a page before") {
                    PageCursor.place($0, order: order, ids: call.ids)
                }
            )
        }
        guard order == .record || day == nil || day == call.today else {
            throw Problem(
                .invalidFields,
                errors: [FieldProblem("as_of", "must be absent: what is to come is projected from today only")])
        }
        let asOf = day.map { min($0, call.today) } ?? call.today
        let withheld = try await service.store.ask { reader in
            let community = try reader.community(call.community.code)
            let populations = try reader.projection(of: community).policy.populations
            let asked = try populations.named(population ?? Population.all.code)
            return try reader.activeList(
                of: community, population: asked, on: asOf, by: order, after: after,
                sight: { person in try call.sight(of: person, reader) }
            ).rendered { answer($0, asked, populations, asOf, call) }
        }
        return try await service.store.handOut(withheld, to: call.disclosure("list"))
    }

    private static func answer(
        _ page: ListPage, _ population: Population, _ populations: [Population], _ asOf: CivilDate, _ call: Call
    ) -> Response {
        Answers.json { object in
            object.field("as_of", "\(asOf)")
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
