import ByNameList
import CivilTime
import HTTP
import JSON
import Store

/// Who was shown to whom: for the auditor, and for the person themselves.
enum AccessesEndpoint {
    /// The whole log of the community, page by page.
    static func all(_ service: Service, _ call: Call) async throws -> Response {
        let calendar = service.store.calendar
        let question = try call.parameters { parameters in
            let person = parameters.optional("person", must: "be a person's id, as p_0123456789ABC") {
                call.ids.person($0)
            }
            let (from, to) = (parameters.date("from"), parameters.date("to"))
            return AccessQuestion(
                person: person, from: from.map { call.start(of: $0, calendar) },
                // The last day that is meant is in it.
                to: to.map { call.start(of: $0.adding(days: 1), calendar) },
                after: parameters.optional("cursor", must: "be the cursor of a page before", PageCursor.entry) ?? 0)
        }
        let page = try await service.store.ask { reader in try reader.accesses(of: call.community.id, question) }
        return answer(page.entries, next: page.next, call)
    }

    /// What the log says of one person; that it was read is written into it.
    static func ofPerson(_ service: Service, _ call: Call) async throws -> Response {
        let after = try call.parameters { parameters in
            parameters.optional("cursor", must: "be the cursor of a page before", PageCursor.entry)
        }
        let person = try call.person()
        let withheld = try await service.store.ask { reader in
            // By whom somebody sealed was seen tells who serves them: an auditor's to know, and their own agency's.
            let least: Sight = call.relation == .numbersOnly ? .codeOnly : .everything
            guard try call.sight(of: person, reader) >= least else { throw Problem(.noSuchPerson) }
            return try reader.withheldAccesses(of: person, in: call.community.id, after: after ?? 0)
        }
        let page = try await service.store.handOut(withheld, to: call.disclosure("accesses"))
        return answer(page.entries, next: page.next, call)
    }

    /// What each user was shown in a week.
    static func week(_ service: Service, _ call: Call) async throws -> Response {
        let calendar = service.store.calendar
        let monday = try call.parameters { parameters in
            parameters.optional("week", must: "be the date of a Monday, as 2024-03-04") { text in
                CivilDate(text).flatMap { $0.isMonday ? $0 : nil }
            }
        }
        let first = monday ?? call.today.mondayOfItsWeek.adding(days: -7)
        let (from, to) = (call.start(of: first, calendar), call.start(of: first.adding(days: 7), calendar))
        let lines = try await service.store.ask { reader in
            try reader.accessSummary(of: call.community.id, from: from, to: to)
        }
        return Answers.json { object in
            object.field("from", "\(first)")
            object.field("to", "\(first.adding(days: 6))")
            object.array("users") { array in
                for line in lines {
                    array.object { entry in
                        entry.field("agency", line.agency)
                        entry.field("user", line.user)
                        entry.field("shown", line.shown)
                        entry.field("people", line.people)
                        entry.field("by_search", line.bySearch)
                        entry.field("refused", line.refused)
                    }
                }
            }
        }
    }

    private static func answer(_ entries: [AccessEntry], next: Int64?, _ call: Call) -> Response {
        Answers.json { object in
            object.array("accesses") { array in
                for entry in entries {
                    array.object { line in
                        line.field("number", entry.number)
                        line.field("at", "\(entry.recorded)")
                        line.field("agency", entry.agency)
                        line.field("user", entry.user)
                        line.field("person", entry.person.map { call.ids.text(of: $0) })
                        line.field("fields", entry.fields)
                        line.field("purpose", entry.purpose)
                        line.field("request", String(entry.request, radix: 16))
                    }
                }
            }
            object.field("next", next.map(PageCursor.text(ofEntry:)))
        }
    }
}
