import ByNameList
import CivilTime
import HTTP
import JSON
import Store

/// The by-name list itself: who is actively homeless, page by page.
enum ListEndpoint {
    static func list(_ service: Service, _ call: Call) async throws -> Response {
        let (population, day, after) = try call.parameters { parameters in
            (
                parameters.population() ?? .all, parameters.date("as_of"),
                parameters.optional("cursor", must: "be the cursor of a page before") { call.ids.person($0) }
            )
        }
        let asOf = day.map { min($0, call.today) } ?? call.today
        let withheld = try await service.store.ask { reader in
            try reader.activeList(
                of: try reader.community(call.community.code), population: population, on: asOf,
                after: after ?? PersonID(0),
                mayShow: { person in
                    try call.relation == .everybody || call.reaches(reader.reach(of: person, in: call.community.id))
                }
            ).rendered { answer($0, population, asOf, call) }
        }
        return try await service.store.handOut(withheld, to: call.disclosure("list"))
    }

    private static func answer(
        _ page: ListPage, _ population: Population, _ asOf: CivilDate, _ call: Call
    ) -> Response {
        Answers.json { object in
            object.field("as_of", "\(asOf)")
            object.field("population", population.code)
            object.array("people") { array in
                for entry in page.entries { write(entry, call, days: asOf - entry.activeSince, &array) }
            }
            object.field("next", page.next.map { call.ids.text(of: $0) })
        }
    }

    private static func write(_ entry: ListEntry, _ call: Call, days: Int, _ array: inout JSONWriter) {
        array.object { person in
            person.field("person", call.ids.text(of: entry.person))
            ProfileAnswer.profile(entry.identity, entry.birth, &person)
            person.field("active_since", "\(entry.activeSince)")
            person.field("days_active", days)
            let populations = Population.allCases.filter { entry.spell.populations.contains($0, .persons) }
            person.field("populations", populations.map(\.code))
        }
    }
}
