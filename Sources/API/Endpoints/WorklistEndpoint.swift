import ByNameList
import HTTP
import JSON
import Store

/// What waits for a coordinator: records that may be one person, and submissions of forms that were refused.
enum WorklistEndpoint {
    static func list(_ service: Service, _ call: Call) async throws -> Response {
        let after = try call.parameters { parameters in
            parameters.optional("cursor", must: "be the cursor of a page before", PageCursor.entry)
        }
        let withheld = try await service.store.ask { reader in
            try reader.worklist(of: call.community.id, after: after ?? 0, limit: 100) { person in
                // A line between a name and somebody sealed would say who that is.
                try call.sight(of: person, reader) == .everything
            }
        }
        let forms = try await service.store.ask { reader in
            try reader.waitingSubmissions(in: call.community.id)
        }
        let page = try await service.store.handOut(withheld, to: call.disclosure("worklist"))
        return Answers.json { object in
            object.array("items") { array in
                for entry in page.entries {
                    array.object { item in
                        item.field("person", call.ids.text(of: entry.item.person))
                        item.field("other", entry.item.other.map { call.ids.text(of: $0) })
                        item.field("reason", entry.item.reason.code)
                        item.field("recorded", "\(entry.recorded)")
                    }
                }
            }
            object.array("forms") { array in
                for waiting in forms {
                    array.object { entry in
                        entry.field("form", waiting.form)
                        entry.field("submissions", waiting.count)
                    }
                }
            }
            object.field("next", page.next.map(PageCursor.text(ofEntry:)))
        }
    }
}
